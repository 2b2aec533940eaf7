// SPDX-License-Identifier: Apache-2.0
#pragma once
// The scenarios and plans that travel inside the program (generated at build time from
// scenarios/*.toml and models/compensation/plans/*.toml).

#include <span>
#include <string_view>

namespace models {

struct PackagedFile {
  std::string_view name;  // "saas_60"
  std::string_view toml;  // the file, verbatim
};

std::span<const PackagedFile> packaged_scenarios();
std::span<const PackagedFile> packaged_plans();

}  // namespace models
