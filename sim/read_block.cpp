// SPDX-License-Identifier: Apache-2.0
// Tables of settings: sections, entries, parameters, and what their misspelt names could mean.
#include <fmt/format.h>

#include <algorithm>

#include "sim/scenario_state.h"

namespace sim {
namespace {

using Type = TomlNode::Type;

std::string listed(const std::vector<std::string>& names) {
  constexpr std::size_t most = 12;
  std::string list;
  for (std::size_t i = 0; i < names.size() && i < most; ++i) list += (i > 0 ? ", " : "") + names[i];
  return names.size() > most ? list + ", ..." : list;
}

std::vector<std::string> section_names(const ModelSections& model) {
  std::vector<std::string> names{"run"};
  for (const Section& section : model.sections) names.push_back(section.name);
  return names;
}

// "needs.rate" for 'rate' or something near it, wherever it may be.
std::string in_another_section(const ModelSections& model, const std::string& word) {
  std::vector<std::string> names, paths;
  const auto add = [&](const Section& section) {
    for (const Parameter& parameter : section.parameters) {
      names.push_back(parameter.name);
      paths.push_back(section.name + (section.repeated ? ".NAME." : ".") + parameter.name);
    }
  };
  for (const Section& section : model.sections) add(section);
  add(run_section());
  const std::string near = nearest(word, names);
  if (near.empty()) return "";
  const auto at = std::ranges::find(names, near);
  return paths[static_cast<std::size_t>(at - names.begin())];
}

void unknown_section(const ModelSections& model, const TomlNode& node, Problems& problems) {
  const std::vector<std::string> known = section_names(model);
  std::string help = "sections: " + listed(known);
  if (const std::string near = nearest(node.key, known); !near.empty())
    help = fmt::format("did you mean [{}]?", near);
  else if (const std::string path = in_another_section(model, node.key); !path.empty())
    help = fmt::format("did you mean '{}'?", path);
  problems.add(node.key_place, node.key,
               fmt::format("model '{}' has no section [{}]", model.name, node.key), help);
}

void unknown_parameter(const ModelSections& model, const Section& section, const TomlNode& node,
                       const std::string& path, Problems& problems) {
  std::vector<std::string> known;
  for (const Parameter& parameter : section.parameters) known.push_back(parameter.name);
  const std::string near = nearest(node.key, known);
  const std::string elsewhere = in_another_section(model, node.key);
  std::string help = "it has: " + listed(known);
  if (model.find(node.key))
    help = fmt::format("[{}] is a section of its own and needs a line [{}]", node.key, node.key);
  else if (!near.empty() && !elsewhere.ends_with("." + node.key))
    help = fmt::format("did you mean '{}'?", near);
  else if (!elsewhere.empty())
    help = fmt::format("did you mean '{}'?", elsewhere);
  problems.add(node.key_place, path + "." + node.key,
               fmt::format("[{}] has no '{}'", path, node.key), help);
}

bool is_entry_name(std::string_view name) {
  return !name.empty() && name.size() <= 64 && std::ranges::all_of(name, [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' ||
           c == '-';
  });
}

bool is_table(const TomlNode& node, const std::string& path, Problems& problems) {
  if (node.type == Type::table) return true;
  problems.add(node.key_place, path, fmt::format("[{}] is a table, found {}", path, node.found()));
  return false;
}

void read_parameters(const ModelSections& model, const Section& section, const TomlNode& table,
                     const std::string& path, const Terms& terms, Block& block,
                     Problems& problems) {
  for (const TomlNode& node : table.children) {
    if (problems.full()) return;
    const Parameter* parameter = section.find(node.key);
    const std::string key = path + "." + node.key;
    if (!parameter) {
      unknown_parameter(model, section, node, path, problems);
    } else if (auto given = read_given(node, *parameter, key, terms, problems)) {
      block.assignments.push_back({key, parameter, std::move(*given), node.key_place});
    }
  }
}

void read_entries(const ModelSections& model, const Section& section, const TomlNode& table,
                  const Terms& terms, Block& block, Problems& problems) {
  for (const TomlNode& node : table.children) {
    if (problems.full()) return;
    const std::string path = section.name + "." + node.key;
    if (section.find(node.key) && node.type != Type::table) {
      problems.add(node.key_place, path,
                   fmt::format("[{}] has named entries, '{}' belongs into one of them",
                               section.name, node.key),
                   fmt::format("write [{}.NAME] with a name of your choice", section.name));
    } else if (!is_entry_name(node.key)) {
      problems.add(node.key_place, path, fmt::format("\"{}\" is no name", node.key),
                   "names have 1 to 64 letters, digits, '_' and '-'");
    } else if (is_table(node, path, problems)) {
      block.entries.emplace_back(section.name, node.key);
      block.entry_places.push_back(node.key_place);
      read_parameters(model, section, node, path, terms, block, problems);
    }
  }
}

}  // namespace

void read_section(const ModelSections& model, const Section& section, const TomlNode& table,
                  const std::string& path, const Terms& terms, Block& block, Problems& problems) {
  if (is_table(table, path, problems))
    read_parameters(model, section, table, path, terms, block, problems);
}

void read_block(const Scenario::State& state, const TomlNode& table,
                std::span<const std::string_view> skip, Block& block, Problems& problems) {
  const ModelSections& model = *state.model;
  for (const TomlNode& node : table.children) {
    if (problems.full()) return;
    if (std::ranges::find(skip, node.key) != skip.end()) continue;
    const Section* section = model.find(node.key);
    if (!section) {
      unknown_section(model, node, problems);
    } else if (is_table(node, node.key, problems)) {
      if (section->repeated)
        read_entries(model, *section, node, state.terms, block, problems);
      else
        read_parameters(model, *section, node, node.key, state.terms, block, problems);
    }
  }
}

}  // namespace sim
