// SPDX-License-Identifier: Apache-2.0
#pragma once
// Startups that set out to sign one large firm each, on the terms of the scenario (H15, I2-I4, Q9):
// which one, on what evidence, and whether the firm takes them. Beside the offers of partnering.h,
// where founders follow what they hope for.
//
//   brand   the largest name x base                    (what a program looks like from outside)
//   fit     the product that goes best with theirs     (as it is)
//   belief  the same as business developers see it, with an error
//   pull    the base in which most of their customers are, so far
//   net     what they expect to gain by it, less what they expect to lose (cooperation.h)
//
// Nobody signs before `gate` of its customers, and accounts that ask, are in the firm's base. The
// firm takes a startup that is worth more to it than a partnership costs (`cost`); if it refuses,
// the startup comes back each quarter, and customers may have spoken meanwhile.

#include <cstdint>

#include "models/startups/state.h"
#include "sim/field.h"

namespace startups {

enum class ChooseBy : std::uint8_t { brand, fit, belief, pull, net };

struct Program {
  bool on = false;
  Kind kind = Kind::joint_selling;
  Interface interface = Interface::open;
  std::int64_t from_week = 0;
  std::int64_t signers = 1'000'000;
  ChooseBy choose_by = ChooseBy::brand;
  double belief_sigma = 0.3;
  std::int64_t gate = 0;
  sim::Money cost = sim::Money::whole(0);
  static constexpr auto fields = sim::Pack{
      sim::field(
          &Program::on,
          {.name = "on", .unit = "1", .meaning = "every startup looks for a large firm to sign"}),
      sim::field(&Program::kind,
                 {.name = "kind",
                  .unit = "1",
                  .meaning = "of partnership",
                  .choices = {"joint_selling", "platform", "marketplace", "oem", "logo"}}),
      sim::field(&Program::interface, {.name = "interface",
                                       .unit = "1",
                                       .meaning = "that a platform gives: open ones are public, "
                                                  "restricted ones the owner's own",
                                       .choices = {"open", "restricted"},
                                       .source = "H8, H9"}),
      sim::field(&Program::from_week, {.name = "from_week",
                                       .unit = "week",
                                       .meaning = "from which startups look",
                                       .min = 0,
                                       .max = 1e5,
                                       .source = "SD5"}),
      sim::field(&Program::signers, {.name = "signers",
                                     .unit = "1",
                                     .meaning = "startups that look: the first so many",
                                     .min = 0,
                                     .max = 1e6,
                                     .source = "H5 (0, 5, 20)"}),
      sim::field(&Program::choose_by, {.name = "choose_by",
                                       .unit = "1",
                                       .meaning = "by what a startup chooses",
                                       .choices = {"brand", "fit", "belief", "pull", "net"},
                                       .source = "H15, I4, SD5"}),
      sim::field(&Program::belief_sigma,
                 {.name = "belief_sigma",
                  .unit = "1",
                  .meaning = "standard deviation of the error about complementarity",
                  .min = 0,
                  .max = 10,
                  .source = "I4; none: sweep it"}),
      sim::field(&Program::gate,
                 {.name = "gate",
                  .unit = "1",
                  .meaning = "customers in the firm's base without whom nobody signs",
                  .min = 0,
                  .max = 1e6,
                  .source = "I3"}),
      sim::field(&Program::cost, {.name = "cost",
                                  .unit = "currency/year",
                                  .meaning = "what a partnership costs the firm: who is worth less "
                                             "to it is refused",
                                  .min = 0,
                                  .max = 1e12,
                                  .source = "I2; none: sweep it"})};
};

}  // namespace startups
