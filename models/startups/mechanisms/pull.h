// SPDX-License-Identifier: Apache-2.0
#pragma once
// Customers carry the largest sticks (I1, I2). Accounts in a large firm's base ask it to work with
// a startup: those the startup has lined up, and of its customers those who ask by themselves. What
// they are worth to the firm is what they pay it; how much of that is at risk is how likely they
// are not to renew. That money stands beside all else in whatever the firm weighs (hours, refusal,
// turning, entry): nobody is told to obey.
//
// In the quarter in which an account's own contract with the firm comes up, an account that would
// threaten threatens with all of it (`at_renewal`); in other quarters with `threat` of it.

#include <cstdint>

#include "sim/field.h"

namespace startups {

struct Pull {
  std::int64_t lined_up = 0;
  double ask = 0;
  double threat = 0.05;
  double at_renewal = 0;
  static constexpr auto fields = sim::Pack{
      sim::field(&Pull::lined_up,
                 {.name = "lined_up",
                  .unit = "1",
                  .meaning = "accounts in a large firm's base that each startup gets to ask it",
                  .min = 0,
                  .max = 10'000,
                  .source = "I1 (0, 3, 10)"}),
      sim::field(&Pull::ask,
                 {.name = "ask",
                  .unit = "share",
                  .meaning = "of a startup's customers in the base that ask by themselves",
                  .min = 0,
                  .max = 1,
                  .source = "I4; none: sweep it"}),
      sim::field(&Pull::threat, {.name = "threat",
                                 .unit = "share",
                                 .meaning = "of what they pay the firm that it sees at risk if it "
                                            "does not do as they ask",
                                 .low = .01,
                                 .high = .2,
                                 .min = 0,
                                 .max = 1,
                                 .source = "I1; none: sweep it"}),
      sim::field(&Pull::at_renewal,
                 {.name = "at_renewal",
                  .unit = "share",
                  .meaning = "and of accounts whose contract with it comes up in the quarter",
                  .min = 0,
                  .max = 1,
                  .source = "I2; none: sweep it"})};

  // Of what an account pays, in the given quarter of the year; it renews in its own.
  double share_at_risk(int quarter, int renews_in) const {
    return quarter == renews_in && at_renewal > threat ? at_renewal : threat;
  }
};

}  // namespace startups
