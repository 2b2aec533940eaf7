// SPDX-License-Identifier: Apache-2.0
#pragma once
// What a live partnership does: when a customer of the partner looks for something in the startup's
// market, the partner brings the startup in, with probability rate x complementarity (x the giant's
// attention), in weeks in which both sides gave it hours. The partner keeps a share of the fees.

#include "models/startups/about.h"

namespace startups {

struct Introductions {
  double rate = 0.6;
  double share = 0.2;
  double share_of_giant = 0.2;
  static constexpr auto fields =
      sim::Pack{sim::field(&Introductions::rate,
                           unknown("rate", "1",
                                   "chance of an introduction where products go together "
                                   "perfectly; 0: none",
                                   0.2, 0.9, 0, 1)),
                sim::field(&Introductions::share,
                           lever("share", "1",
                                 "of fees from joint customers, for the startup that introduced", 0,
                                 1, "SB20; D10")),
                sim::field(&Introductions::share_of_giant,
                           lever("share_of_giant", "1", "the same for a giant", 0, 1, "SB20"))};

  double chance(double complementarity, double attention) const {
    return rate * complementarity * attention;
  }
};

}  // namespace startups
