// SPDX-License-Identifier: Apache-2.0
#pragma once
// What a live partnership does: when a customer of the partner looks for something in the startup's
// market, the partner brings the startup in, with probability rate x complementarity (x the giant's
// attention), in weeks in which both sides gave it hours. The partner keeps a share of the fees.
// From the second year on it bargains for more, the less the startup knows of buyers (SD10): of
// what is left, renewal (1 - knowledge).

#include <cstdint>

#include "models/startups/about.h"

namespace startups {

struct Introductions {
  double rate = 0.6;
  double share = 0.2;
  double share_of_giant = 0.2;
  double renewal = 0;
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
                           lever("share_of_giant", "1", "the same for a giant", 0, 1, "SB20")),
                sim::field(&Introductions::renewal,
                           unknown("renewal", "1",
                                   "of what the startup keeps, that a partner gets in addition "
                                   "from the second year on if the startup knows nothing of buyers",
                                   0, 0.5, 0, 1, "SD10; none: sweep it"))};

  // Of a contract so many weeks old.
  double partners(double agreed, std::int64_t weeks, double knowledge) const {
    return weeks < 52 ? agreed : agreed + (1 - agreed) * renewal * (1 - knowledge);
  }
  double chance(double complementarity, double attention) const {
    return rate * complementarity * attention;
  }
};

}  // namespace startups
