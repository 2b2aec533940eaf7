// SPDX-License-Identifier: Apache-2.0
#pragma once
// What a startup makes of what it hears. A buyer it meets itself says whether the product would do:
// yes with the probability of the true fit; that is all it learns of its fit (Beta belief, EQ10).
// Direct contact also teaches what buyers want, without which a change of strategy is a guess. In a
// meeting that a partner arranges it hears a share 1 - hides of that (E6, E7).

#include "models/startups/about.h"

namespace startups {

struct Learning {
  double prior = 0.6;
  double prior_weight = 6;
  double per_meeting = 0.01;
  double hides = 0.8;
  double noise = 0.1;
  static constexpr auto fields = sim::Pack{
      sim::field(&Learning::prior,
                 unknown("prior", "1", "fit that founders believe in when they begin", 0.4, 0.8,
                         0.01, 0.99, "SC21 (>95% miss their projection): sign")),
      sim::field(&Learning::prior_weight,
                 unknown("prior_weight", "1", "buyers' answers that weigh as much as that belief",
                         2, 20, 0.1, 1e6)),
      sim::field(&Learning::per_meeting,
                 unknown("per_meeting", "1",
                         "share of what is not yet known that a direct meeting "
                         "teaches; 0: nothing",
                         0.01, 0.1, 0, 1, "E6, E7; none: sweep it")),
      sim::field(&Learning::hides,
                 unknown("hides", "1",
                         "share of what is heard and learned that is lost where a "
                         "partner arranges the meeting; 0: nothing",
                         0.5, 1, 0, 1, "E6, E7; none: sweep it")),
      sim::field(&Learning::noise,
                 unknown("noise", "1", "sd of error about a strategy's fitness, without knowledge",
                         0.05, 0.2, 0, 10))};

  double learned(double knowledge, double of_meeting) const {
    return knowledge + per_meeting * of_meeting * (1 - knowledge);
  }
  double error(double knowledge, double normal) const { return noise * (1 - knowledge) * normal; }
};

}  // namespace startups
