// SPDX-License-Identifier: Apache-2.0
#pragma once
// A scenario: a stack of TOML files (each `extends` the next), then overrides; what it says about
// the run, its arms and its dated interventions. docs/scenario_format.md is the user's page.
//
// Everything is checked when it is made: a Scenario that exists is valid for every arm and date.
// Errors are ScenarioError (diagnostic.h): up to ten problems at once, each with file, line,
// column, the line with a caret, what was found, what is allowed and the nearest known name.

#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "sim/diagnostic.h"
#include "sim/parameters.h"
#include "sim/settings.h"

namespace sim {

// What a scenario may talk about. The models' sections are copied.
struct Vocabulary {
  std::span<const ModelSections> models;
  // Text of a packaged scenario, nullopt if there is none of that name.
  std::function<std::optional<std::string>(std::string_view name)> packaged;
  std::vector<std::string> packaged_names;  // for "did you mean"
};

struct Arm {
  std::string name, title;  // title: the name if the file gives none
};

// From `date` on (the week that holds it) the arm runs with `settings`.
struct Change {
  Date date;
  Settings settings;              // complete: all earlier changes included
  std::vector<std::string> keys;  // what this change sets
  std::string title;              // as the file says, may be empty
};

class Scenario {
 public:
  // A file (if it has a '/' or ends in ".toml") or the name of a packaged scenario.
  // Each override is "dotted.key=value", the value as in TOML or a bare word.
  static Scenario load(std::string_view file_or_name, const Vocabulary& vocabulary,
                       std::span<const std::string> overrides = {});
  // `display_name` stands for the file in messages; `extends` with a relative path is relative to
  // the current folder.
  static Scenario parse(std::string_view text, std::string_view display_name,
                        const Vocabulary& vocabulary, std::span<const std::string> overrides = {});
  // These overrides after those it has.
  Scenario with_overrides(std::span<const std::string> overrides) const;

  const std::string& name() const;  // "acme" for acme.toml
  const ModelSections& model() const;
  const RunSettings& run() const;
  std::span<const Arm> arms() const;              // at least one; the first is the reference
  Settings settings(std::string_view arm) const;  // at the start; BadInput if there is no such arm
  Settings settings() const { return settings(arms().front().name); }
  std::vector<Change> changes(std::string_view arm) const;  // by date, then in order of the file

  std::span<const std::string> files() const;     // most derived first, as typed
  std::span<const std::string> warnings() const;  // worth a line on stderr

  // One flat TOML file with every value written out. Reading it gives equal settings, arms and
  // changes, and the same text.
  const std::string& text() const;
  std::string hash() const;  // XXH3 of text(), 16 hex digits

  struct State;
  explicit Scenario(std::shared_ptr<const State> state) : state_(std::move(state)) {}

 private:
  std::shared_ptr<const State> state_;
};

}  // namespace sim
