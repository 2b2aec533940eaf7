// SPDX-License-Identifier: Apache-2.0
#pragma once
// The values one arm runs with: every parameter resolved, with where it came from. Immutable and
// cheap to copy; any thread may read it.

#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "sim/parameters.h"
#include "sim/run_settings.h"

namespace sim {

// One parameter with its value and the belief about it in force.
struct Setting {
  std::string key;                       // "needs.rate", "product.core.price"
  const Parameter* parameter = nullptr;  // lives as long as a copy of the Settings
  Value value;
  std::string origin;        // "default", "acme.toml:12" or "override"
  double low = 0, high = 0;  // 10% and 90% values, in the unit of the file
  Distribution distribution = Distribution::fixed;
  std::string source;
  Evidence evidence = Evidence::guess;

  // May a run draw it ([run] vary = "chance+inputs")?
  bool uncertain() const {
    return parameter->role == Role::uncertainty && distribution != Distribution::fixed &&
           low < high;
  }
};

class Settings {
 public:
  // The section or entries as the struct that declared them.
  template <class Owner>
  Owner get(std::string_view section) const {
    return read<Owner>(std::string(section) + ".");
  }
  template <class Owner>
  std::vector<std::pair<std::string, Owner>> entries(std::string_view section) const {
    std::vector<std::pair<std::string, Owner>> all;
    for (const std::string& name : entry_names(section))
      all.emplace_back(name, read<Owner>(std::string(section) + "." + name + "."));
    return all;
  }

  const RunSettings& run() const { return state_->run; }
  int currency_digits() const { return state_->digits; }
  const ModelSections& model() const { return *state_->model; }

  // In order of declaration ([run] first); entries in the order the files name them.
  std::span<const Setting> all() const { return state_->settings; }
  const Setting* find(std::string_view key) const;
  const Setting& at(std::string_view key) const;  // throws BadInput naming the nearest key
  std::vector<std::string> entry_names(std::string_view section) const;

  // The same with other values. Values have the Kind of their parameter (numbers may also be given
  // as int64) and lie within its bounds; else BadInput. [run] cannot be changed this way.
  Settings with(std::span<const std::pair<std::string, Value>> values) const;

  // The value of an uncertain parameter at probability p of its belief, of its Kind.
  Value quantile(const Setting& setting, double p) const;

  // A number, whole number or money as a number in the unit of the file.
  double number(const Setting& setting) const;

  // Same values and beliefs, wherever they came from.
  friend bool operator==(const Settings& a, const Settings& b);

  struct State {
    std::shared_ptr<const ModelSections> model;
    RunSettings run;
    int digits = 2;
    std::vector<Setting> settings;
    std::vector<std::pair<std::string, std::size_t>> index;    // key -> setting, sorted
    std::vector<std::pair<std::string, std::string>> entries;  // (section, entry), in order
  };
  explicit Settings(std::shared_ptr<const State> state) : state_(std::move(state)) {}

 private:
  template <class Owner>
  Owner read(const std::string& prefix) const {
    Owner owner{};
    for_each_field<Owner>([&](const auto& field) {
      from_value(owner.*field.member, at(prefix + std::string(field.about.name)).value,
                 field.about.choices);
    });
    return owner;
  }

  std::shared_ptr<const State> state_;
};

}  // namespace sim
