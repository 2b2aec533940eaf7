// SPDX-License-Identifier: Apache-2.0
#pragma once
// When a startup changes what it is, and into what (EQ10, G2, SC23, SC24):
//
//   hazard = rate exp(a (plan - belief)+ + b / months of runway - c ln(1 + customers))
//
// A pivot is large with a probability that rises as the runway falls below half a year (survival
// pivots), else small. Small: one choice is turned if that seems better. Large: the best-looking of
// a few forms at random is taken, whatever the old one was worth; the product is killed, so
// customers leave, its maturity is lost, perhaps the market is left, and whoever was a partner fits
// anew. What seems better is the true fitness with an error (learning.h).

#include <algorithm>

#include "models/startups/about.h"
#include "sim/math.h"

namespace startups {

struct Pivot {
  double rate = 0.3;
  double contradiction = 4;
  double runway = 2;
  double sunk = 0.8;
  double large_share = 0.1;
  bool large = true;
  bool small = true;
  std::int64_t looks = 3;
  double customers_lost = 0.8;
  double maturity_kept = 0.3;
  double leaves_market = 0.3;
  double small_redraw = 0.2;
  double breaks_below = 0.25;
  static constexpr auto fields = sim::Pack{
      sim::field(&Pivot::rate,
                 unknown("rate", "1/year",
                         "hazard of a pivot for who has neither bad news nor "
                         "customers, and time; 0: never",
                         0.1, 0.6, 0, 100, "SC5 (.04 a month gives 1 to 2 in three years)")),
      sim::field(&Pivot::contradiction,
                 unknown("contradiction", "1",
                         "in the log hazard, of each unit by which belief has "
                         "fallen below the plan",
                         1, 8, 0, 100, "EQ10, SC24; none: sweep it")),
      sim::field(&Pivot::runway,
                 unknown("runway", "month", "in the log hazard, over months of runway", 0, 6, 0,
                         100, "EQ10, SC24; none: sweep it")),
      sim::field(&Pivot::sunk, unknown("sunk", "1", "in the log hazard, of ln(1 + customers)", 0.2,
                                       1.5, 0, 100, "EQ10; none: sweep it")),
      sim::field(&Pivot::large_share,
                 unknown("large_share", "1", "share of pivots that are large with a long runway", 0,
                         0.3, 0, 1, "SC24")),
      sim::field(&Pivot::large, yes_or_no("large", "whether there are large pivots", "X22")),
      sim::field(&Pivot::small, yes_or_no("small", "whether there are small pivots", "X22")),
      sim::field(&Pivot::looks, lever("looks", "1", "forms that a large pivot looks at", 1, 100)),
      sim::field(&Pivot::customers_lost,
                 unknown("customers_lost", "1", "share of customers who leave with the old product",
                         0.5, 1, 0, 1, "G2: product killed")),
      sim::field(&Pivot::maturity_kept,
                 unknown("maturity_kept", "1", "share of the product's maturity kept", 0, 0.6, 0, 1,
                         "G2")),
      sim::field(&Pivot::leaves_market, unknown("leaves_market", "1",
                                                "share of large pivots into another market of the "
                                                "region",
                                                0.1, 0.5, 0, 1, "G2")),
      sim::field(&Pivot::small_redraw, unknown("small_redraw", "1",
                                               "share of small pivots after which a partner fits "
                                               "anew; of large ones all",
                                               0, 0.5, 0, 1, "EQ10")),
      sim::field(&Pivot::breaks_below,
                 lever("breaks_below", "1", "complementarity below which a partnership ends then",
                       0, 1, "G2"))};

  double hazard(double plan, double belief, double months, double customers) const {
    if (rate == 0 || (!large && !small)) return 0;
    const double pressure = runway / std::max(1.0, months);
    return rate * sim::exp(contradiction * std::max(0.0, plan - belief) + pressure -
                           sunk * sim::log1p(customers));
  }
  double share_of_large(double months) const {
    if (!large) return 0;
    if (!small) return 1;
    const double threat = std::clamp(1 - months / 6, 0.0, 1.0);
    return large_share + (1 - large_share) * threat;
  }
};

}  // namespace startups
