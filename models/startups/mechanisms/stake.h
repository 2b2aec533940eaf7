// SPDX-License-Identifier: Apache-2.0
#pragma once
// What a startup is to a large firm (H3, H4, L3): a small multiplier on the spend of its base, more
// where the startup's field matters to it and the product is good; and, where the firm's customers
// can see in the startup's product what its own lacks (H12), their spend that it stands to lose.

#include "sim/field.h"

namespace startups {

struct Stake {
  double multiplier = 0.0002;
  double importance = 1;
  double importance_sigma = 1;
  double gap = 0;
  double share = 0.5;
  static constexpr auto fields = sim::Pack{
      sim::field(&Stake::multiplier,
                 {.name = "multiplier",
                  .unit = "share",
                  .meaning = "by which a perfect complement raises what the firm's base spends",
                  .low = .00005,
                  .high = .002,
                  .min = 0,
                  .max = 1,
                  .source = "L3; none: sweep it"}),
      sim::field(&Stake::importance,
                 {.name = "importance",
                  .unit = "1",
                  .meaning = "median over startups of what a field matters to a "
                             "large firm",
                  .min = 0,
                  .max = 1000,
                  .source = "H3 (sweep)"}),
      sim::field(&Stake::importance_sigma, {.name = "importance_sigma",
                                            .unit = "1",
                                            .meaning = "its log-standard deviation",
                                            .min = 0,
                                            .max = 5,
                                            .source = "none: sweep it"}),
      sim::field(&Stake::gap, {.name = "gap",
                               .unit = "share",
                               .meaning = "of what the startup's customers in its base spend with "
                                          "the firm, that the firm sees at risk because they have "
                                          "seen what its own product lacks; 0: nobody sees it",
                               .min = 0,
                               .max = 1,
                               .source = "H12; none: sweep it"}),
      sim::field(&Stake::share, {.name = "share",
                                 .unit = "share",
                                 .meaning = "of its knowledge and contacts that a startup shows a "
                                            "large partner",
                                 .low = 0,
                                 .high = 1,
                                 .min = 0,
                                 .max = 1,
                                 .source = "H2 (0, .5, 1)"})};
};

}  // namespace startups
