// SPDX-License-Identifier: Apache-2.0
#include "sim/parameters.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <set>

#include "sim/check.h"
#include "sim/math.h"

namespace sim {
namespace {

constexpr double z_90 = 1.2815515655446004;  // 90% quantile of the standard normal distribution

bool is_snake_case(std::string_view name) {
  return !name.empty() && name.front() >= 'a' && name.front() <= 'z' &&
         std::ranges::all_of(name, [](char c) {
           return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_';
         });
}

void require(bool holds, std::string_view name, const char* what) {
  if (!holds) throw Error(fmt::format("declaration of parameter '{}': {}", name, what));
}

void check_numbers(const Parameter& parameter) {
  const double number = parameter.fallback_number();
  const std::string& name = parameter.name;
  require(std::isfinite(number), name, "the default is no finite number");
  require(parameter.min <= number && number <= parameter.max, name, "the default is out of bounds");
  require(parameter.low <= number && number <= parameter.high, name,
          "the default is not between low and high");
  require(parameter.min <= parameter.low && parameter.high <= parameter.max, name,
          "low or high is out of bounds");
  if (parameter.distribution == Distribution::lognormal)
    require(parameter.low > 0, name, "a lognormal needs low > 0");
}

}  // namespace

const char* name_of(Distribution distribution) {
  static constexpr const char* names[] = {"fixed", "uniform", "normal", "lognormal"};
  return names[static_cast<int>(distribution)];
}

const char* name_of(Evidence evidence) {
  static constexpr const char* names[] = {"measured", "field_study", "vendor_claim", "guess",
                                          "definition"};
  return names[static_cast<int>(evidence)];
}

const char* name_of(Role role) {
  static constexpr const char* names[] = {"lever", "uncertainty", "structural"};
  return names[static_cast<int>(role)];
}

double Parameter::fallback_number() const {
  if (kind == Kind::money) return static_cast<double>(std::get<Money>(fallback).minor) / 100;
  if (kind == Kind::integer) return static_cast<double>(std::get<std::int64_t>(fallback));
  return std::get<double>(fallback);
}

const Parameter* Section::find(std::string_view parameter) const {
  const auto at = std::ranges::find(parameters, parameter, &Parameter::name);
  return at == parameters.end() ? nullptr : &*at;
}

const Section* ModelSections::find(std::string_view section) const {
  const auto at = std::ranges::find(sections, section, &Section::name);
  return at == sections.end() ? nullptr : &*at;
}

double quantile(const Belief& belief, double p) {
  const double middle = (belief.low + belief.high) / 2;
  const double spread = belief.high - belief.low;
  double number = belief.value;
  switch (belief.distribution) {
    case Distribution::fixed:
      return belief.value;
    case Distribution::uniform:
      number = belief.low + (p - .1) / .8 * spread;
      break;
    case Distribution::normal:
      number = middle + normal_quantile(p) * (spread / (2 * z_90));
      break;
    case Distribution::lognormal: {
      const double log_low = log(belief.low);
      const double log_high = log(belief.high);
      const double sigma = (log_high - log_low) / (2 * z_90);
      number = exp((log_low + log_high) / 2 + normal_quantile(p) * sigma);
      break;
    }
  }
  return std::clamp(number, belief.min, belief.max);
}

Parameter make_parameter(const About& about, Kind kind, Value fallback, double type_min,
                         double type_max) {
  Parameter made;
  made.name = about.name;
  made.unit = about.unit;
  made.meaning = about.meaning;
  made.kind = kind;
  made.fallback = std::move(fallback);
  for (std::size_t i = 0; i < about.choices.count; ++i)
    made.choices.emplace_back(about.choices.names[i]);
  made.distribution = about.distribution;
  made.min = std::max(about.min, type_min);
  made.max = std::min(about.max, type_max);
  made.source = about.source;
  made.evidence = about.evidence;
  made.role = about.role;
  made.low = about.low;
  made.high = about.high;
  require(is_snake_case(made.name), made.name, "the name is not snake_case");
  require(!made.unit.empty(), made.name, "the unit is missing (\"1\" for none)");
  require(!made.meaning.empty(), made.name, "the meaning is missing");
  require((kind == Kind::choice) == !made.choices.empty(), made.name,
          "an enum needs choices, nothing else has them");
  const bool spread = !std::isnan(about.low) && !std::isnan(about.high);
  require(spread || made.distribution == Distribution::fixed, made.name,
          "a distribution needs low and high");
  require(made.numeric() || !spread, made.name, "only numbers have low and high");
  if (made.numeric()) {
    if (!spread) made.low = made.high = made.fallback_number();
    check_numbers(made);
  } else {
    made.low = made.high = 0;
  }
  return made;
}

void check_section(const Section& section) {
  require(is_snake_case(section.name), section.name, "the section's name is not snake_case");
  require(!section.meaning.empty(), section.name, "the section's meaning is missing");
  std::set<std::string_view> names;
  for (const Parameter& parameter : section.parameters)
    require(names.insert(parameter.name).second, parameter.name, "declared twice in a section");
}

}  // namespace sim
