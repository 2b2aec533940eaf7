// SPDX-License-Identifier: Apache-2.0
#include "models/catalog.h"

#include <array>

#include "models/bass/model.h"
#include "models/boltzmann/model.h"
#include "models/contest/model.h"
#include "models/ecosystem/model.h"
#include "models/packaged_files.h"
#include "models/startups/model.h"

namespace models {

std::span<const sim::ModelInfo* const> all() {
  static const std::array list{
      &bass::info(), &boltzmann::info(), &contest::info(), &ecosystem::info(), &startups::info(),
  };
  return list;
}

const sim::ModelInfo* find(std::string_view name) {
  for (const sim::ModelInfo* model : all())
    if (model->sections.name == name) return model;
  return nullptr;
}

sim::Vocabulary vocabulary() {
  static const std::vector<sim::ModelSections> sections = [] {
    std::vector<sim::ModelSections> list;
    for (const sim::ModelInfo* model : all()) list.push_back(model->sections);
    return list;
  }();
  sim::Vocabulary vocabulary;
  vocabulary.models = sections;
  vocabulary.packaged = [](std::string_view name) -> std::optional<std::string> {
    for (const PackagedFile& scenario : packaged_scenarios())
      if (scenario.name == name) return std::string(scenario.toml);
    return std::nullopt;
  };
  for (const PackagedFile& scenario : packaged_scenarios())
    vocabulary.packaged_names.emplace_back(scenario.name);
  return vocabulary;
}

}  // namespace models
