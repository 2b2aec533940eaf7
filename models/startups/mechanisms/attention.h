// SPDX-License-Identifier: Apache-2.0
#pragma once
// A large firm's hours for its partners (H4, H6). They go to the counterparts that are worth most
// to it, by the same closed form as a rep's hours (planning/split.h): other large firms first,
// because they are worth most, and startups by what is left. Whoever is worth too little for the
// touch gets nothing, and its project is never finished. Nothing here knows who is a startup.

#include <algorithm>
#include <cstdint>
#include <span>
#include <vector>

#include "models/planning/split.h"
#include "sim/field.h"

namespace startups {

struct Attention {
  bool on = false;
  double hours = 400;
  double touch_hours = 2;
  double elasticity = 0.34;
  std::int64_t large_firms = 12;
  sim::Money large_worth = sim::Money::whole(2'000'000);
  double full_hours = 40;
  static constexpr auto fields = sim::Pack{
      sim::field(&Attention::on, {.name = "on",
                                  .unit = "1",
                                  .meaning = "large firms split hours by worth; off: as [giant] "
                                             "says"}),
      sim::field(&Attention::hours, {.name = "hours",
                                     .unit = "hour/week",
                                     .meaning = "hours that a large firm has for all its partners",
                                     .low = 100,
                                     .high = 2000,
                                     .min = 0,
                                     .max = 1e6,
                                     .source = "H4; none: sweep it"}),
      sim::field(&Attention::touch_hours, {.name = "touch_hours",
                                           .unit = "hour/week",
                                           .meaning = "what a partner costs before an hour counts",
                                           .min = 0,
                                           .max = 1000,
                                           .source = "feasibility.md, finding 2"}),
      sim::field(&Attention::elasticity,
                 {.name = "elasticity",
                  .unit = "1",
                  .meaning = "of what a partner brings in hours given to it",
                  .min = .01,
                  .max = .99,
                  .source = "EQ5 (Albers, Mantrala, Sridhar 2010: .34)"}),
      sim::field(&Attention::large_firms, {.name = "large_firms",
                                           .unit = "1",
                                           .meaning = "other large firms it is a partner of",
                                           .min = 0,
                                           .max = 10'000,
                                           .source = "H6; none: sweep it"}),
      sim::field(&Attention::large_worth, {.name = "large_worth",
                                           .unit = "currency/year",
                                           .meaning = "what each of those is worth to it",
                                           .min = 0,
                                           .max = 1e12,
                                           .source = "H6; none: sweep it"}),
      sim::field(&Attention::full_hours,
                 {.name = "full_hours",
                  .unit = "hour/week",
                  .meaning = "at which the firm's whole field carries a product",
                  .min = .01,
                  .max = 1e6,
                  .source = "none: sweep it"})};

  // Splits the hours of one firm over partners worth `worth` a year each; `hours` is what each
  // gets, touch included. `all` is scratch.
  void operator()(std::span<const double> worth, planning::HourSplit& split,
                  std::vector<double>& all, std::span<double> given) const {
    const auto large = static_cast<std::size_t>(large_firms);
    all.assign(2 * (large + worth.size()), 0.0);
    const std::span<double> values(all.data(), large + worth.size());
    const std::span<double> split_hours(all.data() + values.size(), values.size());
    for (std::size_t i = 0; i < large; ++i) values[i] = static_cast<double>(large_worth.minor);
    for (std::size_t i = 0; i < worth.size(); ++i) values[large + i] = worth[i];
    split(values, hours, {elasticity, touch_hours}, {}, split_hours);
    for (std::size_t i = 0; i < worth.size(); ++i) given[i] = split_hours[large + i];
  }
  // Hours beyond the touch, and the share of the field that they move.
  double productive(double given) const { return given > touch_hours ? given - touch_hours : 0; }
  double field(double given) const {
    const double hours_that_count = productive(given);
    if (hours_that_count <= 0) return 0;
    return std::min(1.0, sim::pow(hours_that_count / full_hours, elasticity));
  }
};

}  // namespace startups
