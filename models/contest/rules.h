// SPDX-License-Identifier: Apache-2.0
#pragma once
// The numbers of the account contest. The defaults are its version 1: change any but `reps` and its
// bands no longer apply (the invariants still do). contest.md's symbols stand in brackets.

#include <cstdint>
#include <string_view>

#include "sim/field.h"

namespace contest {

// All of them are part of the declared benchmark.
constexpr sim::About declared(std::string_view name, std::string_view unit,
                              std::string_view meaning, double min, double max) {
  return {.name = name,
          .unit = unit,
          .meaning = meaning,
          .min = min,
          .max = max,
          .source = "account contest, version 1",
          .evidence = sim::Evidence::definition,
          .role = sim::Role::structural};
}

struct Rules {
  std::int64_t reps = 1'000;            // [R]
  double hours_scale = 20;              // [h0]
  double no_decision = 2.5;             // [c0]
  double weeks_between_decisions = 13;  // [1/lambda]
  double sd_fit = 0.5;
  double sd_skill = 0.25;
  double median_size = 50'000;
  double sd_size = 0.8;
  double partner_share = 0.3;          // [p_partner]
  std::int64_t quota = 250'000;        // [Q]
  std::int64_t rate = 8;               // [r1]
  std::int64_t accelerated_rate = 16;  // [r2]
  std::int64_t partner_rate = 11;      // [rp]
  double sd_bookings = 45'000;         // [s]

  static constexpr auto fields = sim::Pack{
      sim::field(&Rules::reps,
                 declared("reps", "1", "reps of all eight firms, a multiple of 8", 8, 8e6)),
      sim::field(
          &Rules::hours_scale,
          declared("hours_scale", "hour", "hours that double the odds twice over", 0.001, 1e6)),
      sim::field(&Rules::no_decision,
                 declared("no_decision", "1", "weight of deciding for nobody", 1e-06, 1e6)),
      sim::field(&Rules::weeks_between_decisions,
                 declared("weeks_between_decisions", "week",
                          "mean time between two decisions of an account", 0.001, 1e6)),
      sim::field(&Rules::sd_fit,
                 declared("sd_fit", "1", "log-sd of how well an opportunity fits", 0, 5)),
      sim::field(&Rules::sd_skill, declared("sd_skill", "1", "log-sd of skill between reps", 0, 5)),
      sim::field(&Rules::median_size, declared("median_size", "USD", "median deal", 1000, 1e7)),
      sim::field(&Rules::sd_size, declared("sd_size", "1", "log-sd of deal sizes", 0, 5)),
      sim::field(&Rules::partner_share,
                 declared("partner_share", "1",
                          "chance that an opportunity is for a partner's product", 0, 1)),
      sim::field(&Rules::quota,
                 declared("quota", "USD",
                          "own bookings of a rep per quarter from which the rate rises", 1, 1e9)),
      sim::field(&Rules::rate, declared("rate", "USD cent/USD", "commission below quota", 0, 100)),
      sim::field(&Rules::accelerated_rate,
                 declared("accelerated_rate", "USD cent/USD", "commission above quota", 0, 100)),
      sim::field(&Rules::partner_rate, declared("partner_rate", "USD cent/USD",
                                                "commission on partner products", 0, 100)),
      sim::field(&Rules::sd_bookings, declared("sd_bookings", "USD/week^0.5",
                                               "spread of bookings that a rep expects", 1, 1e9))};
};

}  // namespace contest
