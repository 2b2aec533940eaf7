// SPDX-License-Identifier: Apache-2.0
#pragma once
// When accounts come to look for something in a market (EQ13): two segments, each with Bass hazard
// p + q F, F the share of the segment that has bought; the main one also hears from the early one
// (coupling), which is all that leads across the chasm. Nobody's effort is in it (G9): a startup
// can meet a need and not make one.

#include <algorithm>

#include "models/startups/about.h"
#include "models/startups/state.h"

namespace startups {

struct Demand {
  double innovation_early = 0.5;
  double imitation_early = 0.5;
  double innovation_main = 0.1;
  double imitation_main = 1;
  double coupling = 0.3;
  double chasm_share = 0.16;
  static constexpr auto fields = sim::Pack{
      sim::field(&Demand::innovation_early,
                 unknown("innovation_early", "1/year", "hazard of early accounts by themselves",
                         0.1, 1, 0, 1000, "SC7: shape; scale: sweep it")),
      sim::field(&Demand::imitation_early,
                 unknown("imitation_early", "1/year", "added when all early accounts have bought",
                         0.2, 1, 0, 1000, "SC7: shape; scale: sweep it")),
      sim::field(&Demand::innovation_main,
                 unknown("innovation_main", "1/year", "hazard of main accounts by themselves", 0.01,
                         0.3, 0, 1000, "SC7, SC32: sweep it")),
      sim::field(&Demand::imitation_main,
                 unknown("imitation_main", "1/year", "added when all main accounts have bought",
                         0.3, 2, 0, 1000, "SC7: shape; scale: sweep it")),
      sim::field(&Demand::coupling,
                 unknown("coupling", "1/year",
                         "added for main accounts when all early ones have bought; 0: two worlds",
                         0.05, 0.6, 0, 1000, "EQ13 q_x; Moore 1991: small")),
      sim::field(&Demand::chasm_share,
                 lever("chasm_share", "1",
                       "share of accounts that have bought from which a market "
                       "counts as past its chasm",
                       0, 1, "SC32: 16%"))};

  static double share(std::int64_t part, std::int64_t all) {
    return all > 0 ? static_cast<double>(part) / static_cast<double>(all) : 0;
  }
  // A year.
  double hazard(Segment segment, double early, double main) const {
    return segment == Segment::early ? innovation_early + imitation_early * early
                                     : innovation_main + imitation_main * main + coupling * early;
  }
  Stage stage(const Markets& markets, Markets::Id market) const {
    const double all = share(markets.early_adopted[market] + markets.main_adopted[market],
                             markets.early[market] + markets.main[market]);
    return all >= chasm_share ? Stage::post_chasm : Stage::pre_chasm;
  }
};

}  // namespace startups
