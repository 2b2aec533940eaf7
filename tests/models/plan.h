// SPDX-License-Identifier: Apache-2.0
#pragma once
// Plans for the packaged models, from scenario text as a user writes it.

#include <string>
#include <string_view>
#include <vector>

#include "models/catalog.h"
#include "tests/support/run.h"

namespace support {

inline sim::Plan plan(std::string_view packaged, const std::vector<std::string>& overrides = {},
                      std::string_view more_toml = "") {
  const std::string text =
      "format = 1\nextends = \"" + std::string(packaged) + "\"\n" + std::string(more_toml);
  const auto scenario = sim::Scenario::parse(text, "test.toml", models::vocabulary(), overrides);
  return sim::plan_of(scenario, *models::find(scenario.model().name));
}

// The books hold as many weeks as the scenario has; tests of single weeks may go on for longer.
inline std::vector<std::string> long_enough(std::vector<std::string> overrides) {
  overrides.insert(overrides.begin(), "run.weeks=1560");
  return overrides;
}

}  // namespace support
