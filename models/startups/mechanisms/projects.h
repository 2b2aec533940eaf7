// SPDX-License-Identifier: Apache-2.0
#pragma once
// What a partnership takes before it brings anything, and after. Each side owes a project `work`
// hours at `pace` a week, then `upkeep`. A startup gives what its own business leaves, to the
// partners that fit best first: own business pre-empts (G3). What has brought customers is own
// business by then, and gets its upkeep. Who sees no joint hour for `patience` weeks drops the
// partnership. On paper: it counts as done at signing, and who deploys it needs a forklift (F5).

#include <algorithm>
#include <cstdint>

#include "models/startups/about.h"
#include "models/startups/state.h"

namespace startups {

enum class Pledge : std::uint8_t { none, one, both };

struct Projects {
  double work = 150;
  double pace = 10;
  double upkeep = 2;
  double patience = 8;
  double share = 0.5;
  Pledge pledge = Pledge::none;
  bool paper = false;
  double forklift = 1;
  double giant_pace = 10;
  static constexpr auto fields = sim::Pack{
      sim::field(&Projects::work, unknown("work", "hour",
                                          "of each side before customers can use "
                                          "the two products together",
                                          50, 500, 0, 1e6)),
      sim::field(&Projects::pace, lever("pace", "hour/week", "most that a side can use", 0, 168)),
      sim::field(&Projects::upkeep,
                 unknown("upkeep", "hour/week", "that a live partnership takes of each side", 0.5,
                         5, 0, 168, "seed 002: the hard work begins with the agreement")),
      sim::field(&Projects::patience,
                 unknown("patience", "week", "without progress after which it is dropped", 4, 26, 0,
                         1e4, "G3, SC30")),
      sim::field(
          &Projects::share,
          lever("share", "1", "most of its free hours that a startup gives to partners", 0, 1)),
      sim::field(&Projects::pledge,
                 {.name = "pledge",
                  .unit = "1",
                  .meaning = "who gives a partnership its hours before own business",
                  .choices = {"none", "one", "both"},
                  .source = "Q12"}),
      sim::field(&Projects::paper,
                 yes_or_no("paper", "whether products are integrated on paper only", "F5")),
      sim::field(&Projects::forklift, unknown("forklift", "1/year",
                                              "what a product not integrated at all adds to the "
                                              "hazard that a joint customer leaves",
                                              0.3, 2, 0, 100, "F5; none: sweep it")),
      sim::field(&Projects::giant_pace, lever("giant_pace", "hour/week",
                                              "hours of a giant that give a partner its full "
                                              "attention",
                                              0.01, 1e4))};

  // What a side still owes, at most a week's worth.
  double wanted(Phase phase, double given) const {
    return phase == Phase::live ? upkeep : std::clamp(work - given, 0.0, pace);
  }
  double integration(double from_total, double to_total) const {
    return work > 0 ? std::clamp(std::min(from_total, to_total) / work, 0.0, 1.0) : 1;
  }
};

}  // namespace startups
