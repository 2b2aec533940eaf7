// SPDX-License-Identifier: Apache-2.0
#pragma once
// The files a scenario is made of: parsed, but not yet understood.

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "sim/scenario.h"
#include "sim/toml_tree.h"

namespace sim {

struct Layer {
  std::string name;  // as messages show it
  TomlNode root;
};

// The file or packaged scenario and all it extends, the most basic first. Checks `format`,
// `extends` (no circle, at most 16 files) and that each file has `extends` or [run].
std::vector<Layer> load_layers(std::string_view file_or_name, const Vocabulary& vocabulary);
std::vector<Layer> layers_of_text(std::string_view text, std::string_view display_name,
                                  const Vocabulary& vocabulary);

// "dotted.key=value" as a file of one line.
Layer override_layer(std::string_view text);

}  // namespace sim
