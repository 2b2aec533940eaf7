// SPDX-License-Identifier: Apache-2.0
#pragma once
// The scenarios that travel inside the program (generated from scenarios/*.toml at build time).

#include <span>
#include <string_view>

namespace models {

struct PackagedScenario {
  std::string_view name;  // "saas_60"
  std::string_view toml;  // the file, verbatim
};

std::span<const PackagedScenario> packaged_scenarios();

}  // namespace models
