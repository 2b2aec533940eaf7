// SPDX-License-Identifier: Apache-2.0
#pragma once
// Cooperate with a large firm or compete without it (SD4, SD5). A startup that weighs compares
// money a year over its horizon, by what it knows itself:
//
//   through - misuse known (through + own) - hours
//
// through: fees it hopes to win by the firm; own: fees of customers in the firm's base that it
// expects to win by itself; known: what the firm could use of its product by the end of the horizon
// (leak.h, rights.h); hours: what the partnership's hours would win in its own business. It signs
// where that is above 0. Nothing says that it signs more under strong rights.
//
// Some firms are known never to enter, build or turn (`tame`): nothing is lost by what they know.

#include <cstdint>

#include "sim/field.h"

namespace startups {

struct Cooperation {
  bool weighs = false;
  double misuse = 0.5;
  std::int64_t tame = 0;
  static constexpr auto fields = sim::Pack{
      sim::field(&Cooperation::weighs,
                 {.name = "weighs",
                  .unit = "1",
                  .meaning = "startups that set out to sign a large firm sign only where they "
                             "expect to gain; off: wherever they are taken",
                  .source = "SD4"}),
      sim::field(&Cooperation::misuse,
                 {.name = "misuse",
                  .unit = "share",
                  .meaning = "of its fees from the firm's base that a startup expects to lose to a "
                             "firm that can use all it knows",
                  .min = 0,
                  .max = 1,
                  .source = "SD4; none: sweep it"}),
      sim::field(&Cooperation::tame,
                 {.name = "tame",
                  .unit = "1",
                  .meaning = "large firms, the last so many, that never enter, build against or "
                             "turn on partners, and are known for it",
                  .min = 0,
                  .max = 64,
                  .source = "SD5 (Katila et al. 2008: sharks and others)"})};

  struct Prospect {  // money a year, in minor units; known as a share
    double through = 0, own = 0, known = 0, hours = 0;
  };
  double gain(const Prospect& p) const {
    return p.through - misuse * p.known * (p.through + p.own) - p.hours;
  }
};

}  // namespace startups
