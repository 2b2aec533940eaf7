// SPDX-License-Identifier: Apache-2.0
#pragma once
// The inside of a Scenario: what its files say, read but not yet laid over each other. Private to
// scenario*.cpp.

#include <memory>
#include <optional>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "sim/layers.h"
#include "sim/read_value.h"
#include "sim/scenario.h"

namespace sim {

// "key = value", understood.
struct Assignment {
  std::string key;
  const Parameter* parameter = nullptr;
  Given given;
  Place place;
};

// What one table of settings says: a file, an arm, the `set` of an intervention.
struct Block {
  std::vector<Assignment> assignments;
  std::vector<std::pair<std::string, std::string>> entries;  // (section, entry) it mentions
  std::vector<Place> entry_places;
};

struct ArmBlock {
  Arm arm;
  Block block;
};

struct Intervention {
  Date date;
  std::string arm, title;  // arm "": all of them
  Block block;
  Place place;
};

struct Scenario::State {
  std::shared_ptr<const std::vector<ModelSections>> models;
  std::vector<Layer> layers;  // the most basic first, overrides last
  std::shared_ptr<const ModelSections> model;
  Block run_block, base;
  RunSettings run;
  Terms terms;
  std::shared_ptr<const Calendar> calendar;
  std::vector<ArmBlock> arm_blocks;
  std::vector<Intervention> interventions;  // by date, then in order of the file
  std::vector<Arm> arms;
  std::vector<std::string> files, warnings;
  std::string name, text;
};

// What one scenario may hold, so that no file takes more than a moment.
struct ScenarioLimits {
  static constexpr std::size_t arms = 64;
  static constexpr std::size_t interventions = 200;
  static constexpr std::size_t entries = 1000;
};

// Lays blocks over the defaults. Beliefs that do not fit their values become problems, if given.
Settings lay_over(const Scenario::State& state, std::span<const Block* const> blocks,
                  Problems* problems = nullptr);

// Fills everything from `models` and `layers`, or throws ScenarioError.
void resolve(Scenario::State& state);

// Reads a table of settings into `block`; keys in `skip` are somebody else's.
void read_block(const Scenario::State& state, const TomlNode& table,
                std::span<const std::string_view> skip, Block& block, Problems& problems);
void read_section(const ModelSections& model, const Section& section, const TomlNode& table,
                  const std::string& path, const Terms& terms, Block& block, Problems& problems);

bool applies(const Intervention& intervention, std::string_view arm);
std::string flat_text(const Scenario::State& state);

}  // namespace sim
