// SPDX-License-Identifier: Apache-2.0
#include "models/command/wording.h"

#include <fmt/format.h>

#include <cmath>

#include "sim/money.h"

namespace command {

namespace {

// Three significant digits, so that 999.9 thousand is not "1000k".
std::string money(double units, const std::string& currency) {
  const double size = std::fabs(units);
  if (size >= 999'500'000) return fmt::format("{:.3g}B {}", units / 1e9, currency);
  if (size >= 999'500) return fmt::format("{:.3g}M {}", units / 1e6, currency);
  if (size >= 999.5) return fmt::format("{:.3g}k {}", units / 1e3, currency);
  return fmt::format("{:.0f} {}", units, currency);
}

}  // namespace

std::string in_words(double value, const std::string& unit) {
  if (std::isnan(value)) return "-";
  if (unit.size() == 8 && unit.ends_with(" cent")) {
    const std::string currency = unit.substr(0, 3);
    return money(value / static_cast<double>(sim::power_of_ten(sim::currency_digits(currency))),
                 currency);
  }
  if (std::fabs(value) >= 100 || value == std::floor(value)) return fmt::format("{:.0f}", value);
  return fmt::format("{:.3g}", value);
}

std::string shortened(const std::string& text, std::size_t length) {
  if (text.size() <= length) return text;
  return text.substr(0, length - 1) + "…";
}

}  // namespace command
