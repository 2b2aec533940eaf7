// SPDX-License-Identifier: Apache-2.0
#pragma once
// Rounds from investors (EQ11): hazard f0 exp(a growth + b endorsement) (1 - exp(-months / tau)),
// months since the last round or founding; later rounds are rarer by `later` each. What investors
// see of an endorsement is endorsement.h's business. Shares of SC21: seed 56%, A 36%, B 15%, C 4%.

#include <algorithm>
#include <cstdint>

#include "models/startups/about.h"
#include "models/startups/state.h"
#include "sim/math.h"
#include "sim/money.h"

namespace startups {

struct Funding {
  double rate = 0.23;
  double later = 0.9;
  double growth_weight = 0.7;
  double endorsement_weight = 1;
  double tau = 12;
  sim::Money seed = sim::Money::whole(1'500'000);
  sim::Money a = sim::Money::whole(6'000'000);
  sim::Money b = sim::Money::whole(15'000'000);
  sim::Money c = sim::Money::whole(30'000'000);
  static constexpr auto fields = sim::Pack{
      sim::field(&Funding::rate,
                 unknown("rate", "1/year", "hazard of a seed round without growth or a name", 0.1,
                         1, 0, 100, "calibrated to SC21, SC22")),
      sim::field(&Funding::later,
                 unknown("later", "1", "hazard of a round over that of the round before", 0.4, 1, 0,
                         10, "calibrated to SC21, SC22")),
      sim::field(&Funding::growth_weight,
                 unknown("growth_weight", "year", "of growth in the log hazard", 0.5, 2, 0, 100,
                         "EQ11; none: sweep it")),
      sim::field(&Funding::endorsement_weight,
                 unknown("endorsement_weight", "1", "of a whole endorsement in the log hazard", 0.2,
                         1.5, 0, 100, "EQ11; SC27 (Stuart, Hoang, Hybels 1999: sign)")),
      sim::field(&Funding::tau, unknown("tau", "month", "after which investors look again", 6, 18,
                                        0, 1000, "SC22")),
      sim::field(&Funding::seed, lever("seed", "currency", "size of a seed round", 0, 1e12)),
      sim::field(&Funding::a, lever("a", "currency", "size of an A round", 0, 1e12)),
      sim::field(&Funding::b, lever("b", "currency", "size of a B round", 0, 1e12)),
      sim::field(&Funding::c, lever("c", "currency", "size of a C round", 0, 1e12))};

  static Round next(Round last) { return static_cast<Round>(static_cast<int>(last) + 1); }
  sim::Money size(Round round) const {
    const sim::Money sizes[] = {{}, seed, a, b, c};
    return sizes[static_cast<int>(round)];
  }
  // A year; 0 after the last round.
  double hazard(Round last, double growth, double endorsement, double months) const {
    if (last == Round::c || rate == 0) return 0;
    const double patience = tau > 0 ? -sim::expm1(-months / tau) : 1;
    return rate * sim::pow(later, static_cast<int>(last)) *
           sim::exp(growth_weight * growth + endorsement_weight * endorsement) * patience;
  }
};

}  // namespace startups
