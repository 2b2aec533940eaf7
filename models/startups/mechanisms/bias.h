// SPDX-License-Identifier: Apache-2.0
#pragma once
// What founders think partners will do for them. Optimism multiplies the value they expect (G6);
// desperation multiplies it further as own results fall short of plan (G8); complacency is what
// they no longer hire for, once somebody else is to sell (G7). Without bias: 1, 0, 0.

#include <algorithm>

#include "models/startups/about.h"

namespace startups {

struct Bias {
  double optimism = 3;
  double desperation = 2;
  double complacency = 0.5;
  double planned_wins = 1;
  static constexpr auto fields = sim::Pack{
      sim::field(&Bias::optimism, unknown("optimism", "1", "expected over true value of partnering",
                                          1, 6, 0, 100, "G6; none: sweep it")),
      sim::field(&Bias::desperation,
                 unknown("desperation", "1", "what results of 0 add to that, as a share", 0, 5, 0,
                         100, "G8; none: sweep it")),
      sim::field(&Bias::complacency,
                 unknown("complacency", "1", "share of hiring forgone while there is a partner", 0,
                         1, 0, 1, "G7; none: sweep it")),
      sim::field(&Bias::planned_wins, lever("planned_wins", "1",
                                            "wins a quarter that count as "
                                            "results according to plan",
                                            0.01, 1e4))};

  // win_rate: own wins a week.
  double shortfall(double win_rate) const {
    return std::clamp(1 - win_rate * 13 / planned_wins, 0.0, 1.0);
  }
  double rosy(double value, double win_rate) const {
    return value * optimism * (1 + desperation * shortfall(win_rate));
  }
};

}  // namespace startups
