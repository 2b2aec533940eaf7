// SPDX-License-Identifier: Apache-2.0
#include "sim/settings.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "sim/check.h"
#include "sim/diagnostic.h"
#include "sim/read_value.h"

namespace sim {
namespace {

// Whole numbers are welcome where numbers are asked for.
Value converted(const Parameter& parameter, const Value& value) {
  const auto* whole = std::get_if<std::int64_t>(&value);
  if (whole && parameter.kind == Kind::number) return static_cast<double>(*whole);
  return value;
}

bool has_kind(const Parameter& parameter, const Value& value) {
  return value.index() == parameter.fallback.index();
}

bool is_allowed(const Parameter& parameter, double number) {
  return number >= parameter.min && number <= parameter.max;  // false for NaN
}

void require_allowed(const Setting& setting, const Value& value, double number) {
  const Parameter& parameter = *setting.parameter;
  validate(has_kind(parameter, value),
           fmt::format("{}: expected {}", setting.key, kind_phrase(parameter.kind)));
  bool fits = !parameter.numeric() || is_allowed(parameter, number);
  if (const auto* list = std::get_if<std::vector<double>>(&value))
    fits = std::ranges::all_of(*list, [&](double item) { return is_allowed(parameter, item); });
  validate(fits, fmt::format("{}: {} is out of its bounds, {} to {}", setting.key, number,
                             parameter.min, parameter.max));
  if (parameter.kind == Kind::choice) {
    const auto& name = std::get<std::string>(value);
    validate(std::ranges::find(parameter.choices, name) != parameter.choices.end(),
             fmt::format("{}: there is no \"{}\"", setting.key, name));
  }
}

}  // namespace

const Setting* Settings::find(std::string_view key) const {
  const auto& index = state_->index;
  const auto at = std::ranges::lower_bound(
      index, key, {}, [](const auto& entry) { return std::string_view(entry.first); });
  return at != index.end() && at->first == key ? &state_->settings[at->second] : nullptr;
}

const Setting& Settings::at(std::string_view key) const {
  if (const Setting* setting = find(key)) return *setting;
  std::vector<std::string> known;
  for (const auto& entry : state_->index) known.push_back(entry.first);
  const std::string near = nearest(key, known);
  throw BadInput(fmt::format("there is no parameter '{}'{}", key,
                             near.empty() ? "" : fmt::format("; did you mean '{}'?", near)));
}

std::vector<std::string> Settings::entry_names(std::string_view section) const {
  std::vector<std::string> names;
  for (const auto& [of, name] : state_->entries)
    if (of == section) names.push_back(name);
  return names;
}

Settings Settings::with(std::span<const std::pair<std::string, Value>> values) const {
  auto state = std::make_shared<State>(*state_);
  for (const auto& [key, given] : values) {
    validate(!key.starts_with("run."), fmt::format("{}: [run] is the same in all of a run", key));
    Setting& setting = state->settings[static_cast<std::size_t>(&at(key) - all().data())];
    const Value value = converted(*setting.parameter, given);
    require_allowed(setting, value, file_number(value, state_->digits));
    setting.value = value;
    setting.origin = "set by a program";
  }
  return Settings(std::move(state));
}

double Settings::number(const Setting& setting) const {
  return file_number(setting.value, state_->digits);
}

Value Settings::quantile(const Setting& setting, double p) const {
  const Parameter& parameter = *setting.parameter;
  if (!parameter.numeric() || setting.distribution == Distribution::fixed) return setting.value;
  const double drawn = sim::quantile({number(setting), setting.low, setting.high,
                                      setting.distribution, parameter.min, parameter.max},
                                     p);
  if (parameter.kind == Kind::integer) return static_cast<std::int64_t>(std::round(drawn));
  if (parameter.kind == Kind::money)
    return Money::rounded(drawn * static_cast<double>(power_of_ten(state_->digits)));
  return drawn;
}

bool operator==(const Settings& a, const Settings& b) {
  const auto same = [](const Setting& x, const Setting& y) {
    return x.key == y.key && x.value == y.value && x.low == y.low && x.high == y.high &&
           x.distribution == y.distribution && x.source == y.source && x.evidence == y.evidence;
  };
  return a.model().name == b.model().name && a.state_->entries == b.state_->entries &&
         std::ranges::equal(a.all(), b.all(), same);
}

}  // namespace sim
