// SPDX-License-Identifier: Apache-2.0
// Blocks of assignments laid over the defaults make Settings.
#include <fmt/format.h>

#include <algorithm>
#include <map>

#include "sim/scenario_state.h"

namespace sim {
namespace {

using Entries = std::vector<std::pair<std::string, std::string>>;

// Section by section, in each by first mention.
Entries all_entries(const ModelSections& model, std::span<const Block* const> blocks) {
  Entries entries;
  for (const Section& section : model.sections)
    for (const Block* block : blocks)
      for (const auto& entry : block->entries)
        if (entry.first == section.name && std::ranges::find(entries, entry) == entries.end())
          entries.push_back(entry);
  return entries;
}

void add_defaults(const Section& section, const std::string& path, int digits,
                  std::vector<Setting>& settings) {
  for (const Parameter& parameter : section.parameters)
    settings.push_back(default_setting(path + "." + parameter.name, parameter, digits));
}

}  // namespace

Settings lay_over(const Scenario::State& state, std::span<const Block* const> blocks,
                  Problems* problems) {
  auto out = std::make_shared<Settings::State>();
  const int digits = state.terms.digits;
  out->model = state.model;
  out->run = state.run;
  out->digits = digits;
  out->entries = all_entries(*state.model, blocks);
  add_defaults(run_section(), "run", digits, out->settings);
  for (const Section& section : state.model->sections) {
    if (!section.repeated) add_defaults(section, section.name, digits, out->settings);
    for (const auto& [of, name] : out->entries)
      if (of == section.name) add_defaults(section, of + "." + name, digits, out->settings);
  }
  std::map<std::string, std::size_t, std::less<>> index;
  for (std::size_t i = 0; i < out->settings.size(); ++i) index[out->settings[i].key] = i;

  std::map<std::size_t, const Assignment*> last;
  for (const Block* block : blocks)
    for (const Assignment& assignment : block->assignments) {
      const std::size_t at = index.at(assignment.key);
      apply(assignment.given, assignment.place.text(), digits, out->settings[at]);
      last[at] = &assignment;
    }
  for (const auto& [at, assignment] : last) {
    const std::string fault = belief_fault(out->settings[at], digits);
    if (problems && !fault.empty())
      problems->add(assignment->place, assignment->key, assignment->key + ": " + fault);
  }
  out->index.assign(index.begin(), index.end());
  return Settings(std::move(out));
}

}  // namespace sim
