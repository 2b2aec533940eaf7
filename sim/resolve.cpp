// SPDX-License-Identifier: Apache-2.0
// From parsed files to what they mean: which model, [run], settings, arms, interventions.
#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "sim/scenario_state.h"

namespace sim {
namespace {

using Type = TomlNode::Type;
using State = Scenario::State;

constexpr std::array<std::string_view, 5> top_level{"format", "extends", "run", "arms",
                                                    "interventions"};

bool is_override(const Layer& layer) { return layer.name == "override"; }

void find_model(State& state, Problems& problems) {
  const TomlNode* said = nullptr;
  for (const Layer& layer : state.layers)
    if (const TomlNode* run = layer.root.find("run"))
      if (const TomlNode* model = run->find("model")) said = model;
  std::vector<std::string> names;
  std::string list;
  for (const ModelSections& model : *state.models) {
    names.push_back(model.name);
    list += (list.empty() ? "" : ", ") + model.name;
    if (said && model.name == said->text)
      state.model = std::shared_ptr<const ModelSections>(state.models, &model);
  }
  if (state.model) return;
  const std::string near = said ? nearest(said->text, names) : "";
  const std::string help =
      near.empty() ? "models: " + list : fmt::format("did you mean \"{}\"?", near);
  const Layer& top = state.layers.back();
  Place whole{top.root.place.source, 0, 0, 1};
  problems.add(said ? said->place : whole, "run.model",
               said
                   ? fmt::format("run.model: expected the name of a model, found {}", said->found())
                   : "[run] does not say which model",
               help);
  problems.throw_if_any();
}

const Assignment* last_of(const Block& block, std::string_view key) {
  const auto at = std::find_if(block.assignments.rbegin(), block.assignments.rend(),
                               [&](const Assignment& assignment) { return assignment.key == key; });
  return at == block.assignments.rend() ? nullptr : &*at;
}

Place place_of(const Block& block, std::string_view key) {
  const Assignment* assignment = last_of(block, key);
  return assignment ? assignment->place : Place{};
}

void read_run(State& state, Problems& problems) {
  for (const Layer& layer : state.layers)
    if (const TomlNode* run = layer.root.find("run"))
      read_section(*state.model, run_section(), *run, "run", {}, state.run_block, problems);
  for_each_field<RunSettings>([&](const auto& field) {
    for (const Assignment& said : state.run_block.assignments)
      if (said.parameter->name == field.about.name && said.given.value)
        from_value(state.run.*field.member, *said.given.value, field.about.choices);
  });
  const auto attempt = [&](std::string key, auto&& action) {
    try {
      action();
    } catch (const BadInput& error) {
      problems.add(place_of(state.run_block, key), key, key + ": " + error.what());
    }
  };
  attempt("run.currency", [&] { state.terms.digits = currency_digits(state.run.currency); });
  attempt("run.fiscal_year",
          [&] { state.calendar = std::make_shared<Calendar>(state.run.make_calendar()); });
  state.terms.currency = state.run.currency;
  state.terms.calendar = state.calendar.get();
}

// The most derived file that has `key`, and overrides after it.
std::vector<const TomlNode*> last_word(const State& state, std::string_view key) {
  std::vector<const TomlNode*> nodes;
  for (const Layer& layer : state.layers)
    if (const TomlNode* node = layer.root.find(key)) {
      if (!is_override(layer)) nodes.clear();
      nodes.push_back(node);
    }
  return nodes;
}

bool is_name(std::string_view name) {
  return !name.empty() && name.size() <= 64 &&
         name.find_first_not_of(
             "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-") == name.npos;
}

std::string read_title(const TomlNode& table, const std::string& key, Problems& problems) {
  const TomlNode* title = table.find("title");
  if (!title) return "";
  if (title->type != Type::text || title->text.size() > 1000)
    problems.add(title->place, key,
                 fmt::format("{}.title: expected a text, found {}", key, title->found()));
  return title->text;
}

void read_arm(State& state, const TomlNode& node, bool may_be_new, Problems& problems) {
  const std::string key = "arms." + node.key;
  auto at = std::ranges::find(state.arm_blocks, node.key,
                              [](const ArmBlock& known) { return known.arm.name; });
  if (node.type != Type::table)
    return problems.add(node.key_place, key,
                        fmt::format("[{}] is a table, found {}", key, node.found()));
  if (!is_name(node.key))
    return problems.add(node.key_place, key, fmt::format("\"{}\" is no name", node.key),
                        "names have 1 to 64 letters, digits, '_' and '-'");
  if (at == state.arm_blocks.end() && !may_be_new)
    return problems.add(node.key_place, key, fmt::format("there is no arm '{}'", node.key));
  if (at == state.arm_blocks.end() && state.arm_blocks.size() >= ScenarioLimits::arms)
    return problems.add(node.key_place, key, "too many arms",
                        fmt::format("at most {}", ScenarioLimits::arms));
  if (at == state.arm_blocks.end()) {
    state.arm_blocks.push_back({{node.key, node.key}, {}});
    at = state.arm_blocks.end() - 1;
  }
  if (const std::string title = read_title(node, key, problems); !title.empty())
    at->arm.title = title;
  if (const TomlNode* run = node.find("run"))
    problems.add(run->key_place, key, fmt::format("[{}] cannot change [run]", key),
                 "[run] is the same for all arms");
  constexpr std::array<std::string_view, 2> skip{"title", "run"};
  read_block(state, node, skip, at->block, problems);
}

void read_arms(State& state, Problems& problems) {
  bool first = true;
  for (const TomlNode* arms : last_word(state, "arms")) {
    if (arms->type != Type::table) {
      problems.add(arms->key_place, "arms", "[arms] is a table, found " + arms->found());
      continue;
    }
    const bool from_override = arms->place.source->name == "override";
    for (const TomlNode& node : arms->children)
      if (!problems.full()) read_arm(state, node, first && !from_override, problems);
    first = false;
  }
  if (state.arm_blocks.empty()) state.arm_blocks.push_back({{"base", "base"}, {}});
  for (const ArmBlock& arm : state.arm_blocks) state.arms.push_back(arm.arm);
}

std::vector<std::string> arm_names(const State& state) {
  std::vector<std::string> names;
  for (const Arm& arm : state.arms) names.push_back(arm.name);
  return names;
}

bool has_entry(const Block& block, const std::pair<std::string, std::string>& entry) {
  return std::ranges::find(block.entries, entry) != block.entries.end();
}

// Entries are born with the run, and structure stays.
void check_change(const State& state, const Intervention& intervention, Problems& problems) {
  const Block& block = intervention.block;
  for (const Assignment& assignment : block.assignments)
    if (assignment.parameter->role == Role::structural)
      problems.add(assignment.place, assignment.key,
                   assignment.key + " is structural: it cannot change while a run goes on");
  for (std::size_t i = 0; i < block.entries.size(); ++i) {
    const auto& entry = block.entries[i];
    const bool everywhere = std::ranges::all_of(state.arm_blocks, [&](const ArmBlock& arm) {
      return !applies(intervention, arm.arm.name) || has_entry(state.base, entry) ||
             has_entry(arm.block, entry);
    });
    if (!everywhere)
      problems.add(block.entry_places[i], entry.first + "." + entry.second,
                   fmt::format("there is no [{}.{}] to change", entry.first, entry.second),
                   "an intervention cannot add entries");
  }
}

void read_date(const State& state, const TomlNode& node, Intervention& out, Problems& problems) {
  static const Parameter date =
      make_parameter({.name = "date", .unit = "date", .meaning = "when an intervention begins"},
                     Kind::date, Date{}, 0, 0);
  const auto given = read_given(node, date, "interventions.date", state.terms, problems);
  if (!given || !given->value) return;
  out.date = std::get<Date>(*given->value);
  if (out.date < state.run.start)
    problems.add(node.place, "interventions.date",
                 fmt::format("the intervention of {} comes before the start of the run, {}",
                             out.date.text(), state.run.start.text()));
}

void read_arm_name(const State& state, const TomlNode& node, Intervention& out,
                   Problems& problems) {
  const std::vector<std::string> names = arm_names(state);
  out.arm = node.text;
  if (std::ranges::find(names, node.text) != names.end()) return;
  std::string list;
  for (const std::string& name : names) list += (list.empty() ? "" : ", ") + name;
  const std::string near = nearest(node.text, names);
  problems.add(node.place, "interventions.arm",
               fmt::format("there is no arm {}", toml_quoted(node.text)),
               near.empty() ? "arms: " + list : fmt::format("did you mean \"{}\"?", near));
}

void read_intervention(State& state, const TomlNode& node, Problems& problems) {
  if (node.type != Type::table)
    return problems.add(node.place, "interventions",
                        "an intervention is a table, found " + node.found(), "[[interventions]]");
  Intervention out;
  out.place = node.place;
  out.title = read_title(node, "interventions", problems);
  for (const TomlNode& part : node.children)
    if (part.key != "date" && part.key != "arm" && part.key != "set" && part.key != "title")
      problems.add(part.key_place, "interventions." + part.key,
                   fmt::format("an intervention has no '{}'", part.key),
                   "it has date, set, arm, title");
  if (const TomlNode* arm = node.find("arm")) read_arm_name(state, *arm, out, problems);
  const TomlNode* set = node.find("set");
  const TomlNode* date = node.find("date");
  if (set) read_block(state, *set, {}, out.block, problems);
  if (!set || (out.block.assignments.empty() && !problems.any()))
    problems.add(node.place, "interventions.set", "the intervention sets nothing",
                 "write set.SECTION.PARAMETER = VALUE");
  if (date)
    read_date(state, *date, out, problems);
  else
    problems.add(node.place, "interventions.date", "the intervention has no date");
  check_change(state, out, problems);
  state.interventions.push_back(std::move(out));
}

void read_interventions(State& state, Problems& problems) {
  const auto words = last_word(state, "interventions");
  if (words.empty()) return;
  const TomlNode& list = *words.back();
  if (list.type != Type::array)
    return problems.add(list.key_place, "interventions",
                        "interventions is a list of tables, found " + list.found(),
                        "[[interventions]]");
  if (list.children.size() > ScenarioLimits::interventions)
    return problems.add(list.key_place, "interventions", "too many interventions",
                        fmt::format("at most {}", ScenarioLimits::interventions));
  for (const TomlNode& node : list.children) {
    if (problems.full()) return;
    read_intervention(state, node, problems);
  }
  std::ranges::stable_sort(state.interventions, {}, &Intervention::date);
  const Date end = state.run.start + static_cast<int>(7 * state.run.weeks);
  for (const Intervention& intervention : state.interventions)
    if (intervention.date >= end)
      state.warnings.push_back(
          fmt::format("{}: the intervention of {} comes after the end of the run and does nothing",
                      intervention.place.text(), intervention.date.text()));
}

void check_entries(const State& state, Problems& problems) {
  std::size_t count = state.base.entries.size();
  Place place = count > 0 ? state.base.entry_places.back() : Place{};
  for (const ArmBlock& arm : state.arm_blocks) {
    count += arm.block.entries.size();
    if (!arm.block.entries.empty()) place = arm.block.entry_places.back();
  }
  if (count > ScenarioLimits::entries)
    problems.add(place, "", fmt::format("the scenario has {} named entries", count),
                 fmt::format("at most {}", ScenarioLimits::entries));
}

// At the start of each arm and after its last intervention.
void check_beliefs(const State& state, Problems& problems) {
  std::vector<const Block*> blocks{&state.run_block, &state.base};
  lay_over(state, blocks, &problems);
  for (const ArmBlock& arm : state.arm_blocks) {
    problems.throw_if_any();
    blocks.resize(2);
    blocks.push_back(&arm.block);
    lay_over(state, blocks, &problems);
    for (const Intervention& intervention : state.interventions)
      if (applies(intervention, arm.arm.name)) blocks.push_back(&intervention.block);
    if (!problems.any()) lay_over(state, blocks, &problems);
  }
}

}  // namespace

bool applies(const Intervention& intervention, std::string_view arm) {
  return intervention.arm.empty() || intervention.arm == arm;
}

void resolve(State& state) {
  Problems problems;
  find_model(state, problems);

  read_run(state, problems);
  for (const Layer& layer : state.layers)
    read_block(state, layer.root, top_level, state.base, problems);
  read_arms(state, problems);
  read_interventions(state, problems);
  check_entries(state, problems);
  problems.throw_if_any();
  check_beliefs(state, problems);
  problems.throw_if_any();
}

}  // namespace sim
