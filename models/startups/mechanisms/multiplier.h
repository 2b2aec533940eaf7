// SPDX-License-Identifier: Apache-2.0
#pragma once
// For every dollar of the vendor, its ecosystem makes `dollars` (L1): customers buy services and
// hardware around the product from firms that install it. Those firms have hours, and other
// business to spend them on; they give a product hours by what it brings them (planning/split.h),
// and hours bring the product to accounts. Each dollar has one payer: the customer pays the vendor
// for the product and the service firm for the rest.

#include <cstdint>

#include "sim/field.h"

namespace startups {

struct Multiplier {
  std::int64_t firms = 0;
  double dollars = 0;
  double margin = 0.3;
  double hours = 40;
  sim::Money other_business = sim::Money::whole(8'000);
  std::int64_t other_products = 4;
  double reach_hours = 150;
  double elasticity = 0.34;
  double touch_hours = 0.5;
  static constexpr auto fields = sim::Pack{
      sim::field(&Multiplier::firms, {.name = "firms",
                                      .unit = "1",
                                      .meaning = "service firms of each region; 0: there are none",
                                      .min = 0,
                                      .max = 10'000,
                                      .source = "L1",
                                      .role = sim::Role::structural}),
      sim::field(&Multiplier::dollars,
                 {.name = "dollars",
                  .unit = "1",
                  .meaning = "that a customer spends around the product for each it pays for it",
                  .low = 0,
                  .high = 8,
                  .min = 0,
                  .max = 100,
                  .source = "L1 (.5, 2, 8)"}),
      sim::field(&Multiplier::margin, {.name = "margin",
                                       .unit = "share",
                                       .meaning = "of that, left to the service firm",
                                       .min = 0,
                                       .max = 1,
                                       .source = "none: sweep it"}),
      sim::field(&Multiplier::hours, {.name = "hours",
                                      .unit = "hour/week",
                                      .meaning = "of a service firm for finding business",
                                      .min = 0,
                                      .max = 1e6,
                                      .source = "none: sweep it"}),
      sim::field(&Multiplier::other_business,
                 {.name = "other_business",
                  .unit = "currency/year",
                  .meaning = "margin that each other product brings it for a first hour a week",
                  .min = 0,
                  .max = 1e12,
                  .source = "150 an hour; none: sweep it"}),
      sim::field(&Multiplier::other_products, {.name = "other_products",
                                               .unit = "1",
                                               .meaning = "other products it may sell",
                                               .min = 0,
                                               .max = 1000,
                                               .source = "none: sweep it"}),
      sim::field(&Multiplier::reach_hours,
                 {.name = "reach_hours",
                  .unit = "hour/week",
                  .meaning = "of service firms that bring a startup to 63% of needs",
                  .min = .01,
                  .max = 1e9,
                  .source = "as [selling]; none: sweep it"}),
      sim::field(&Multiplier::elasticity, {.name = "elasticity",
                                           .unit = "1",
                                           .meaning = "of what hours bring",
                                           .min = .01,
                                           .max = .99,
                                           .source = "EQ5"}),
      sim::field(&Multiplier::touch_hours, {.name = "touch_hours",
                                            .unit = "hour/week",
                                            .meaning = "what a product costs before an hour counts",
                                            .min = 0,
                                            .max = 100,
                                            .source = "feasibility.md, finding 2"})};

  // What a first hour a week on a startup brings a firm a year, in minor units.
  double worth_of_hour(std::int64_t fee, double needs_a_year, double win_share) const {
    const double bought = dollars * static_cast<double>(fee) * margin;
    return bought * needs_a_year * win_share / reach_hours;
  }
  // What the customer of a contract of this fee pays around it, in minor units.
  std::int64_t around(std::int64_t fee) const { return sim::Money{fee}.share(dollars).minor; }
};

}  // namespace startups
