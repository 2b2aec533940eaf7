// SPDX-License-Identifier: Apache-2.0
#pragma once
// What the vendor makes of what it hears of partners' pipeline (J3, J4): at the beginning of a
// quarter it believes the reported value (reporting.h) less a haircut, and keeps people ready to
// deliver so much. Who is ready for deals that do not come costs money, and so does who must be
// found in a hurry for deals that nobody believed in.

#include <algorithm>
#include <cstdint>

#include "models/ecosystem/company.h"
#include "sim/field.h"

namespace ecosystem {

struct Expectation {
  bool on = false;
  double haircut = 0;
  double ready_cost = 0.05;
  double rush_cost = 0.15;
  static constexpr auto fields = sim::Pack{
      sim::field(&Expectation::on, {.name = "on",
                                    .unit = "1",
                                    .meaning = "the vendor plans delivery of partners' deals by "
                                               "what they report; false: delivery plans itself",
                                    .source = "J4"}),
      sim::field(&Expectation::haircut,
                 {.name = "haircut",
                  .unit = "share",
                  .meaning = "of the reported pipeline of partners, what the vendor does not "
                             "believe",
                  .min = 0,
                  .max = 1,
                  .source = "J4 (0, .5, .8)"}),
      sim::field(&Expectation::ready_cost,
                 {.name = "ready_cost",
                  .unit = "share",
                  .meaning = "of the bookings expected of a quarter, what it costs to be ready",
                  .min = 0,
                  .max = 10,
                  .source = "none: sweep it"}),
      sim::field(&Expectation::rush_cost,
                 {.name = "rush_cost",
                  .unit = "share",
                  .meaning = "of the bookings beyond those expected, what it costs to deliver them",
                  .min = 0,
                  .max = 10,
                  .source = "none: sweep it"})};

  std::int64_t believed(std::int64_t reported) const {
    return reported - sim::Money{reported}.share(haircut).minor;
  }
  // What a quarter costs for which `expected` was believed and `booked` came.
  std::int64_t cost(std::int64_t expected, std::int64_t booked) const {
    return sim::Money{expected}.share(ready_cost).minor +
           sim::Money{std::max<std::int64_t>(0, booked - expected)}.share(rush_cost).minor;
  }
};

}  // namespace ecosystem
