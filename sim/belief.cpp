// SPDX-License-Identifier: Apache-2.0
// How what a file says changes a setting, and how to say it again (read_value.h).
#include <fmt/format.h>

#include <algorithm>

#include "sim/read_value.h"

namespace sim {
namespace {

void declared_belief(Setting& setting) {
  const Parameter& parameter = *setting.parameter;
  setting.low = parameter.low;
  setting.high = parameter.high;
  setting.distribution = parameter.distribution;
  setting.source = parameter.source;
  setting.evidence = parameter.evidence;
}

// The declared range around another value.
void moved_belief(double number, Setting& setting) {
  const Parameter& parameter = *setting.parameter;
  const double fallback = parameter.fallback_number();
  declared_belief(setting);
  setting.source.clear();
  setting.evidence = Evidence::guess;
  if (parameter.distribution == Distribution::lognormal && fallback > 0 && number > 0) {
    setting.low = parameter.low * (number / fallback);
    setting.high = parameter.high * (number / fallback);
  } else {
    setting.low = parameter.low + (number - fallback);
    setting.high = parameter.high + (number - fallback);
  }
  // Rounding must not put the value outside its own range.
  setting.low = std::min(std::clamp(setting.low, parameter.min, parameter.max), number);
  setting.high = std::max(std::clamp(setting.high, parameter.min, parameter.max), number);
  if (setting.distribution == Distribution::lognormal && setting.low <= 0) {
    setting.low = setting.high = number;
    setting.distribution = Distribution::fixed;
  }
}

void set_value(const Value& value, int digits, Setting& setting) {
  const bool same = value == setting.value;
  setting.value = value;
  if (same) return;
  const Setting untouched = default_setting(setting.key, *setting.parameter, digits);
  if (value == untouched.value) {
    declared_belief(setting);
  } else if (setting.parameter->numeric()) {
    moved_belief(file_number(value, digits), setting);
  } else {
    setting.source.clear();
    setting.evidence = Evidence::guess;
  }
}

Distribution usual_distribution(double low) {
  return low > 0 ? Distribution::lognormal : Distribution::normal;
}

}  // namespace

Setting default_setting(std::string key, const Parameter& parameter, int digits) {
  Setting setting;
  setting.key = std::move(key);
  setting.parameter = &parameter;
  setting.value = parameter.fallback;
  if (const auto* money = std::get_if<Money>(&parameter.fallback))
    setting.value = Money::rounded(static_cast<double>(money->minor) / 100 *
                                   static_cast<double>(power_of_ten(digits)));
  setting.origin = "default";
  declared_belief(setting);
  return setting;
}

void apply(const Given& given, std::string origin, int digits, Setting& setting) {
  if (given.value) set_value(*given.value, digits, setting);
  if (given.low) {
    setting.low = *given.low;
    setting.high = *given.high;
    if (setting.distribution == Distribution::fixed || setting.low <= 0)
      setting.distribution = usual_distribution(setting.low);
  }
  if (given.distribution) setting.distribution = *given.distribution;
  if (given.source) setting.source = *given.source;
  if (given.evidence) setting.evidence = *given.evidence;
  setting.origin = std::move(origin);
}

std::string belief_fault(const Setting& setting, int digits) {
  if (!setting.parameter->numeric()) return "";
  const double number = file_number(setting.value, digits);
  if (number < setting.low || number > setting.high)
    return fmt::format("the value {} is not between low {} and high {}", number_words(number),
                       number_words(setting.low), number_words(setting.high));
  if (setting.distribution == Distribution::lognormal && setting.low <= 0)
    return "a lognormal needs low above 0";
  return "";
}

std::string to_toml(const Given& given, int digits) {
  if (given.value && !given.low && !given.distribution && !given.source && !given.evidence)
    return to_toml(*given.value, digits);
  std::string out;
  const auto part = [&](const char* name, const std::string& text) {
    out += fmt::format("{}{} = {}", out.empty() ? "{ " : ", ", name, text);
  };
  if (given.value) part("value", to_toml(*given.value, digits));
  if (given.low) part("low", to_toml(*given.low));
  if (given.high) part("high", to_toml(*given.high));
  if (given.distribution) part("distribution", toml_quoted(name_of(*given.distribution)));
  if (given.source) part("source", toml_quoted(*given.source));
  if (given.evidence) part("evidence", toml_quoted(name_of(*given.evidence)));
  return out + " }";
}

}  // namespace sim
