// SPDX-License-Identifier: Apache-2.0
#pragma once
// What a large firm's own product does to the startups of its market. An account in the firm's base
// weighs it as it weighs startups (selling.h), by quality, more if it is free:
//
//   weight = quality (1 + free_weight if given away)
//
// It stands beside the startups whenever such an account looks for a product, and customers of
// startups look at it at `switching` and go over with the chance of the logit between the two. Who
// took it has bought in this market, and others imitate (EQ13): entry also brings a niche attention
// (SD3).

#include "sim/field.h"
#include "sim/math.h"

namespace startups {

struct Competition {
  double switching = 0.5;
  double free_weight = 1;
  static constexpr auto fields = sim::Pack{
      sim::field(&Competition::switching,
                 {.name = "switching",
                  .unit = "1/year",
                  .meaning = "rate at which customers in the base look at the large firm's product",
                  .low = .2,
                  .high = 1,
                  .min = 0,
                  .max = 100,
                  .source = "SD1; none: sweep it"}),
      sim::field(&Competition::free_weight,
                 {.name = "free_weight",
                  .unit = "1",
                  .meaning = "what being free adds to a product's weight",
                  .min = 0,
                  .max = 100,
                  .source = "H7; none: sweep it"})};

  double weight(double quality, bool free) const {
    return quality * (1 + (free ? free_weight : 0.0));
  }
  // Hazard a year at which a customer of a startup of this quality goes over.
  double leaving(double its_weight, double startups_quality) const {
    if (its_weight <= 0) return 0;
    return switching * its_weight / (its_weight + startups_quality);
  }
};

}  // namespace startups
