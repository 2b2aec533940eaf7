// SPDX-License-Identifier: Apache-2.0
#pragma once
// What is said of a parameter, in one line where it needs no more.

#include <string_view>

#include "sim/field.h"

namespace startups {

// Somebody decides it, or it switches something.
constexpr sim::About lever(std::string_view name, std::string_view unit, std::string_view meaning,
                           double min, double max, std::string_view source = "") {
  return {.name = name, .unit = unit, .meaning = meaning, .min = min, .max = max, .source = source};
}

// Nobody knows it: low and high are its 10% and 90% values.
constexpr sim::About unknown(std::string_view name, std::string_view unit, std::string_view meaning,
                             double low, double high, double min, double max,
                             std::string_view source = "none: sweep it",
                             sim::Evidence evidence = sim::Evidence::guess) {
  return {.name = name,
          .unit = unit,
          .meaning = meaning,
          .low = low,
          .high = high,
          .distribution = sim::Distribution::uniform,
          .min = min,
          .max = max,
          .source = source,
          .evidence = evidence,
          .role = sim::Role::uncertainty};
}

// A switch.
constexpr sim::About yes_or_no(std::string_view name, std::string_view meaning,
                               std::string_view source = "") {
  return {.name = name, .unit = "1", .meaning = meaning, .source = source};
}

// What the world is made of: it cannot change while a run goes on.
constexpr sim::About fixed(std::string_view name, std::string_view unit, std::string_view meaning,
                           double min, double max, std::string_view source = "") {
  return {.name = name,
          .unit = unit,
          .meaning = meaning,
          .min = min,
          .max = max,
          .source = source,
          .role = sim::Role::structural};
}

inline constexpr double weeks_per_year = 52, weeks_per_month = 52.0 / 12;

}  // namespace startups
