// SPDX-License-Identifier: Apache-2.0
// A scenario as one flat file that reads back to the same (Scenario::text).
#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "sim/scenario_state.h"

namespace sim {
namespace {

bool same_belief(const Setting& a, const Setting& b) {
  return a.low == b.low && a.high == b.high && a.distribution == b.distribution &&
         a.source == b.source && a.evidence == b.evidence;
}

std::string full_text(const Setting& setting, int digits) {
  Given given;
  given.value = setting.value;
  if (setting.parameter->numeric()) {
    given.low = setting.low;
    given.high = setting.high;
    given.distribution = setting.distribution;
  }
  given.source = setting.source;
  given.evidence = setting.evidence;
  return to_toml(given, digits);
}

// The bare value if that alone brings this belief, else all of it.
std::string setting_text(const Setting& setting, int digits) {
  Setting bare = default_setting(setting.key, *setting.parameter, digits);
  Given given;
  given.value = setting.value;
  apply(given, "", digits, bare);
  return same_belief(bare, setting) ? to_toml(given, digits) : full_text(setting, digits);
}
void write_section(const Settings& settings, const std::string& path, const Section& section,
                   std::string& out) {
  out += fmt::format("\n[{}]\n", path);
  for (const Parameter& parameter : section.parameters)
    out += fmt::format(
        "{} = {}\n", parameter.name,
        setting_text(settings.at(path + "." + parameter.name), settings.currency_digits()));
}

std::string section_path(const std::string& key) { return key.substr(0, key.rfind('.')); }

bool is_said_twice(const Block& block, const std::string& key) {
  return std::ranges::count(block.assignments, key, &Assignment::key) > 1;
}

// What the arm sets in one section or entry. A key said twice (by a file and an override) is
// written as the arm ends up with it.
void write_arm_section(const ArmBlock& arm, const Settings& settings, const std::string& path,
                       std::string& out) {
  out += fmt::format("\n[arms.{}.{}]\n", arm.arm.name, path);
  std::set<std::string> written;
  for (const Assignment& assignment : arm.block.assignments) {
    const std::string& key = assignment.key;
    if (section_path(key) != path || !written.insert(key).second) continue;
    const int digits = settings.currency_digits();
    out += fmt::format("{} = {}\n", assignment.parameter->name,
                       is_said_twice(arm.block, key) ? full_text(settings.at(key), digits)
                                                     : to_toml(assignment.given, digits));
  }
}

void write_arm(const ArmBlock& arm, const Settings& settings, std::string& out) {
  out += fmt::format("\n[arms.{}]\ntitle = {}\n", arm.arm.name, toml_quoted(arm.arm.title));
  std::vector<std::string> paths;
  const auto add = [&](const std::string& path) {
    if (std::ranges::find(paths, path) == paths.end()) paths.push_back(path);
  };
  for (const auto& [section, entry] : arm.block.entries) add(section + "." + entry);
  for (const Assignment& assignment : arm.block.assignments) add(section_path(assignment.key));
  for (const std::string& path : paths) write_arm_section(arm, settings, path, out);
}

void write_intervention(const Intervention& intervention, int digits, std::string& out) {
  out += fmt::format("\n[[interventions]]\ndate = {}\n", intervention.date.text());
  if (!intervention.arm.empty()) out += fmt::format("arm = {}\n", toml_quoted(intervention.arm));
  if (!intervention.title.empty())
    out += fmt::format("title = {}\n", toml_quoted(intervention.title));
  for (const Assignment& assignment : intervention.block.assignments)
    out += fmt::format("set.{} = {}\n", assignment.key, to_toml(assignment.given, digits));
}

}  // namespace

std::string flat_text(const Scenario::State& state) {
  const Block* blocks[] = {&state.run_block, &state.base};
  const Settings settings = lay_over(state, blocks);
  std::string out = "format = 1\n";
  write_section(settings, "run", run_section(), out);
  for (const Section& section : state.model->sections) {
    if (!section.repeated) write_section(settings, section.name, section, out);
    for (const std::string& name : settings.entry_names(section.name))
      write_section(settings, section.name + "." + name, section, out);
  }
  for (const ArmBlock& arm : state.arm_blocks) {
    const Block* with_arm[] = {&state.run_block, &state.base, &arm.block};
    write_arm(arm, lay_over(state, with_arm), out);
  }
  for (const Intervention& intervention : state.interventions)
    write_intervention(intervention, settings.currency_digits(), out);
  return out;
}

}  // namespace sim
