// SPDX-License-Identifier: Apache-2.0
#pragma once
// From a plan file to a Plan: docs/plans.md is the format, keys.h its keys.

#include <string_view>

#include "models/compensation/plan.h"

namespace compensation {

// Throws sim::ScenarioError with every problem found (file, line, column, rule, what is allowed).
// `display_name` is what messages call the text.
Plan read_plan(std::string_view text, std::string_view display_name);

}  // namespace compensation
