// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include "models/packaged_files.h"

TEST(PackagedScenarios, EachHasANameAndAText) {
  for (const auto& scenario : models::packaged_scenarios()) {
    EXPECT_FALSE(scenario.name.empty());
    EXPECT_FALSE(scenario.toml.empty());
  }
}
