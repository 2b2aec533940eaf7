// SPDX-License-Identifier: Apache-2.0
#pragma once
// Two products in one project (D11). What was sold together has to be deployed together, and fails
// with a chance that falls with how well the products go together. Then each side can mend it at a
// cost or say that it is the other's fault. Without a shared plan each compares the cost of mending
// with its own part of the contract that it would lose, and mends only if it loses more; if neither
// does, the customer's project stands still for `weeks` and uses up as much of the customer's
// patience as a hazard of `churn` would in that time. A shared plan puts the cost on both by their
// parts.

#include <algorithm>

#include "sim/field.h"

namespace startups {

struct Deployment {
  double failure = 0;
  bool shared_plan = false;
  double part = 0.5;
  double mend = 0.6;
  double mend_sigma = 0.7;
  double churn = 1;
  double weeks = 26;
  static constexpr auto fields = sim::Pack{
      sim::field(&Deployment::failure,
                 {.name = "failure",
                  .unit = "share",
                  .meaning = "of joint deployments that fail where the products do not go together "
                             "at all; 0: none does",
                  .low = 0,
                  .high = .6,
                  .min = 0,
                  .max = 1,
                  .source = "D11; none: sweep it"}),
      sim::field(&Deployment::shared_plan,
                 {.name = "shared_plan",
                  .unit = "1",
                  .meaning = "partners agreed beforehand who mends what, and share the cost"}),
      sim::field(&Deployment::part, {.name = "part",
                                     .unit = "share",
                                     .meaning = "of such a contract's fee that the startup lives "
                                                "by; the rest is the other side's",
                                     .min = 0,
                                     .max = 1,
                                     .source = "D11; none: sweep it"}),
      sim::field(&Deployment::mend, {.name = "mend",
                                     .unit = "share",
                                     .meaning = "median cost of mending it, of the yearly fee",
                                     .low = .2,
                                     .high = 1.5,
                                     .min = 0,
                                     .max = 100,
                                     .source = "D11; none: sweep it"}),
      sim::field(&Deployment::mend_sigma, {.name = "mend_sigma",
                                           .unit = "1",
                                           .meaning = "its log-standard deviation",
                                           .min = 0,
                                           .max = 5,
                                           .source = "none: sweep it"}),
      sim::field(
          &Deployment::churn,
          {.name = "churn",
           .unit = "1/year",
           .meaning = "hazard of leaving that a customer whose project stands still has more",
           .low = .3,
           .high = 3,
           .min = 0,
           .max = 100,
           .source = "D11; none: sweep it"}),
      sim::field(&Deployment::weeks,
                 {.name = "weeks",
                  .unit = "week",
                  .meaning = "until a project that stands still works after all",
                  .min = 0,
                  .max = 1000,
                  .source = "none: sweep it"})};

  bool fails(double complementarity, double u) const { return u < failure * (1 - complementarity); }
  // Does either side mend it? `cost` over the yearly fee. What is lost while the project stands
  // still is what the customer is expected not to pay; a shared plan splits cost as it splits that.
  bool mended(double cost) const {
    const double lost = churn * weeks / 52;
    return cost < (shared_plan ? 1.0 : std::max(part, 1 - part)) * lost;
  }
};

}  // namespace startups
