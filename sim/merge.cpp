// SPDX-License-Identifier: Apache-2.0
#include "sim/merge.h"

#include <fmt/format.h>

#include "sim/check.h"
#include "sim/read_value.h"

namespace sim {

namespace {

// `key = { value, belief }` as a file would say it, complete.
std::string line_of(const Setting& setting, int digits) {
  Given given;
  given.value = setting.value;
  if (setting.parameter->numeric()) {
    given.low = setting.low;
    given.high = setting.high;
    given.distribution = setting.distribution;
  }
  given.source = setting.source;
  given.evidence = setting.evidence;
  return fmt::format("{} = {}\n", setting.key, to_toml(given, digits));
}

bool same(const Setting& a, const Setting& b) {
  return a.value == b.value && a.low == b.low && a.high == b.high &&
         a.distribution == b.distribution && a.source == b.source && a.evidence == b.evidence;
}

bool of_run(const Setting& setting) { return setting.key.starts_with("run."); }

// These may differ: the reference's are taken.
bool of_reference(std::string_view key) {
  return key == "run.title" || key == "run.seed" || key == "run.replicates";
}

// Everything the reference's file says before its arms.
std::string without_arms(const std::string& text) { return text.substr(0, text.find("\n[arms.")); }

void check_fits(const Settings& reference, const Settings& other, const std::string& name) {
  validate(reference.model().name == other.model().name,
           fmt::format("'{}' is of model {}, the first one of model {}: they can't be compared",
                       name, other.model().name, reference.model().name));
  for (const Setting& setting : reference.all()) {
    const Setting* own = other.find(setting.key);
    validate(own != nullptr,
             fmt::format("'{}' lacks {}, which the first one has", name, setting.key));
    validate(!of_run(setting) || of_reference(setting.key) || own->value == setting.value,
             fmt::format("'{}' and the first one differ in {}: it must be the same for all", name,
                         setting.key));
  }
}

std::string arm_text(const Settings& base, const Settings& own, const std::string& name,
                     const std::string& title) {
  std::string text = fmt::format("\n[arms.{}]\ntitle = {}\n", name, toml_quoted(title));
  for (const Setting& setting : own.all()) {
    const Setting* common = base.find(setting.key);
    if (!of_run(setting) && (common == nullptr || !same(*common, setting)))
      text += line_of(setting, own.currency_digits());
  }
  return text;
}

std::string changes_text(const Scenario& scenario, const std::string& name) {
  std::string text;
  for (const Change& change : scenario.changes(scenario.arms().front().name)) {
    text += fmt::format("\n[[interventions]]\ndate = {}\narm = {}\n", change.date.text(),
                        toml_quoted(name));
    if (!change.title.empty()) text += fmt::format("title = {}\n", toml_quoted(change.title));
    for (const std::string& key : change.keys)
      text += "set." + line_of(change.settings.at(key), change.settings.currency_digits());
  }
  return text;
}

}  // namespace

Scenario merged(std::span<const Scenario> scenarios, std::span<const std::string> names,
                std::span<const std::string> titles, const Vocabulary& vocabulary) {
  validate(!scenarios.empty(), "there is nothing to compare");
  validate(names.size() == scenarios.size() && titles.size() == scenarios.size(),
           "each scenario to compare needs one name and one title");
  const std::string base_text = without_arms(scenarios.front().text());
  const Settings base = Scenario::parse(base_text, "base", vocabulary).settings();
  std::string text = base_text, changes;
  for (std::size_t i = 0; i < scenarios.size(); ++i) {
    const Settings own = scenarios[i].settings();
    check_fits(scenarios.front().settings(), own, titles[i]);
    text += arm_text(base, own, names[i], titles[i]);
    changes += changes_text(scenarios[i], names[i]);
  }
  return Scenario::parse(text + changes, scenarios.front().name(), vocabulary);
}

}  // namespace sim
