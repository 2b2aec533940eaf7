// SPDX-License-Identifier: Apache-2.0
#include "sim/scenario.h"

#include <fmt/format.h>

#define XXH_INLINE_ALL
#include <xxhash.h>

#include <algorithm>

#include "sim/scenario_state.h"

namespace sim {
namespace {

std::string stem(const std::string& path) {
  std::string name = path.substr(path.find_last_of('/') + 1);
  if (name.ends_with(".toml")) name.resize(name.size() - 5);
  return name;
}

Scenario make(std::shared_ptr<const std::vector<ModelSections>> models, std::vector<Layer> layers,
              std::span<const std::string> overrides) {
  auto state = std::make_shared<Scenario::State>();
  state->models = std::move(models);
  state->layers = std::move(layers);
  for (const std::string& text : overrides) state->layers.push_back(override_layer(text));
  for (const Layer& layer : state->layers)
    if (layer.name != "override") state->files.insert(state->files.begin(), layer.name);
  state->name = stem(state->files.front());
  resolve(*state);
  state->text = flat_text(*state);
  if (state->text.size() > TomlLimits::bytes)
    throw ScenarioError(
        {{{},
          "",
          fmt::format("the scenario is too large: written out it has {} bytes", state->text.size()),
          fmt::format("at most {}", TomlLimits::bytes)}});
  return Scenario(std::move(state));
}

std::shared_ptr<const std::vector<ModelSections>> copied(const Vocabulary& vocabulary) {
  return std::make_shared<std::vector<ModelSections>>(vocabulary.models.begin(),
                                                      vocabulary.models.end());
}

const ArmBlock& arm_of(const Scenario::State& state, std::string_view name) {
  const auto at = std::ranges::find(
      state.arm_blocks, name, [](const ArmBlock& arm) { return std::string_view(arm.arm.name); });
  if (at != state.arm_blocks.end()) return *at;
  std::string list;
  for (const Arm& arm : state.arms) list += (list.empty() ? "" : ", ") + arm.name;
  throw BadInput(fmt::format("scenario '{}' has no arm '{}'; it has: {}", state.name, name, list));
}

}  // namespace

Scenario Scenario::load(std::string_view file_or_name, const Vocabulary& vocabulary,
                        std::span<const std::string> overrides) {
  return make(copied(vocabulary), load_layers(file_or_name, vocabulary), overrides);
}

Scenario Scenario::parse(std::string_view text, std::string_view display_name,
                         const Vocabulary& vocabulary, std::span<const std::string> overrides) {
  return make(copied(vocabulary), layers_of_text(text, display_name, vocabulary), overrides);
}

Scenario Scenario::with_overrides(std::span<const std::string> overrides) const {
  return make(state_->models, state_->layers, overrides);
}

const std::string& Scenario::name() const { return state_->name; }
const ModelSections& Scenario::model() const { return *state_->model; }
const RunSettings& Scenario::run() const { return state_->run; }
std::span<const Arm> Scenario::arms() const { return state_->arms; }
std::span<const std::string> Scenario::files() const { return state_->files; }
std::span<const std::string> Scenario::warnings() const { return state_->warnings; }
const std::string& Scenario::text() const { return state_->text; }

Settings Scenario::settings(std::string_view arm) const {
  const Block* blocks[] = {&state_->run_block, &state_->base, &arm_of(*state_, arm).block};
  return lay_over(*state_, blocks);
}

std::vector<Change> Scenario::changes(std::string_view arm) const {
  std::vector<const Block*> blocks{&state_->run_block, &state_->base, &arm_of(*state_, arm).block};
  std::vector<Change> changes;
  for (const Intervention& intervention : state_->interventions) {
    if (!applies(intervention, arm)) continue;
    blocks.push_back(&intervention.block);
    Change change{intervention.date, lay_over(*state_, blocks), {}, intervention.title};
    for (const Assignment& assignment : intervention.block.assignments)
      change.keys.push_back(assignment.key);
    changes.push_back(std::move(change));
  }
  return changes;
}

std::string Scenario::hash() const {
  return fmt::format("{:016x}", XXH3_64bits(state_->text.data(), state_->text.size()));
}

}  // namespace sim
