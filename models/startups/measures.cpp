// SPDX-License-Identifier: Apache-2.0
// What is measured of the world of startups.
#include "models/startups/model.h"

namespace startups {

namespace {

using sim::Measured;

constexpr sim::Outcome<World> count_of(std::string_view name, std::string_view meaning,
                                       std::int64_t (*value)(const World&)) {
  return sim::integer_outcome<World>(name, "1", meaning, Measured::stock, value);
}

template <Status status>
std::int64_t startups_that_are(const World& world) {
  std::int64_t count = 0;
  for (const Status one : world.startups.status) count += one == status;
  return count;
}

constexpr std::array all_outcomes{
    count_of("alive", "startups alive", startups_that_are<Status::alive>),
    count_of("acquired", "startups that were bought", startups_that_are<Status::acquired>),
    count_of("dead", "startups that closed", startups_that_are<Status::dead>)};

constexpr std::array all_columns{sim::AgentColumn<World>{
    "startups", "cash", "money", "cash", [](const World& w) { return w.startups.size(); },
    [](const World& w) -> std::span<const std::int64_t> { return w.startups.cash.span(); }}};

}  // namespace

const std::span<const sim::Outcome<World>> World::outcomes{all_outcomes};
const std::span<const sim::AgentColumn<World>> World::columns{all_columns};

const sim::ModelInfo& info() {
  static const sim::ModelInfo described = sim::describe<World>(
      {"startups", "startups, large firms and their customers", sections()}, streams::all);
  return described;
}

}  // namespace startups
