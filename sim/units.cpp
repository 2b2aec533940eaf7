// SPDX-License-Identifier: Apache-2.0
#include "sim/units.h"

#include <fmt/format.h>

#include <array>
#include <charconv>
#include <limits>
#include <system_error>
#include <utility>

#include "sim/text.h"

namespace sim {
namespace {

struct TimeUnit {
  std::string_view name;
  double twelfths_of_days;  // whole numbers, so that 3 months are exactly 13 weeks
};
constexpr std::array<TimeUnit, 5> times{
    {{"day", 12}, {"week", 84}, {"month", 364}, {"quarter", 1092}, {"year", 4368}}};

struct Scale {
  std::string_view name;
  int exponent;
};
constexpr std::array<Scale, 3> scales{{{"k", 3}, {"M", 6}, {"bn", 9}}};

double time_of(std::string_view word) {
  for (const TimeUnit& time : times)
    if (time.name == word) return time.twelfths_of_days;
  return 0;
}

std::string_view singular(std::string_view word) {
  if (word.size() > 2 && word.back() == 's') word.remove_suffix(1);
  return word;
}

// "hour/week" or "hours per week" as ("hour", "week"); no denominator: second is empty.
std::pair<std::string_view, std::string_view> split(std::string_view unit) {
  std::size_t at = unit.find('/');
  std::size_t length = 1;
  if (at == unit.npos && unit.starts_with("per ")) {
    at = 0;
    length = 4;
  } else if (at == unit.npos) {
    at = unit.find(" per ");
    length = 5;
  }
  if (at == unit.npos) return {singular(trimmed(unit)), {}};
  return {singular(trimmed(unit.substr(0, at))), singular(trimmed(unit.substr(at + length)))};
}

bool is_digit(char c) { return c >= '0' && c <= '9'; }

std::size_t skip_digits(std::string_view text, std::size_t at) {
  while (at < text.size() && (is_digit(text[at]) || (text[at] == '_' && is_digit(text[at - 1]))))
    ++at;
  return at;
}

// Takes a decimal number off the front of `text`: its mantissa without '_', and its exponent.
bool take_number(std::string_view& text, std::string& mantissa, int& exponent) {
  std::size_t at = !text.empty() && (text[0] == '+' || text[0] == '-') ? 1 : 0;
  if (at >= text.size() || !is_digit(text[at])) return false;
  at = skip_digits(text, at);
  if (at + 1 < text.size() && text[at] == '.' && is_digit(text[at + 1]))
    at = skip_digits(text, at + 1);
  for (char c : text.substr(text[0] == '+' ? 1 : 0, at - (text[0] == '+' ? 1 : 0)))
    if (c != '_') mantissa += c;
  text.remove_prefix(at);
  if (text.size() < 2 || (text[0] != 'e' && text[0] != 'E')) return true;
  const std::size_t sign = text[1] == '+' ? 2 : 1;
  const auto [end, error] =
      std::from_chars(text.data() + sign, text.data() + text.size(), exponent);
  if (error == std::errc::invalid_argument) return true;  // "3 e..." is a unit, if anything
  if (error != std::errc() || exponent > 9999 || exponent < -9999)
    exponent = text[1] == '-' ? -9999 : 9999;
  text.remove_prefix(static_cast<std::size_t>(end - text.data()));
  return true;
}

double decimal(const std::string& mantissa, int exponent) {
  const std::string text = fmt::format("{}e{}", mantissa, exponent);
  double number = 0;
  const auto result = std::from_chars(text.data(), text.data() + text.size(), number);
  if (result.ec == std::errc::result_out_of_range)
    return exponent > 0 ? std::numeric_limits<double>::infinity() : 0.0;
  return number;
}

bool take(std::string_view& text, std::string_view prefix) {
  if (!text.starts_with(prefix)) return false;
  text.remove_prefix(prefix.size());
  return true;
}

// k, M or bn in front of a unit, a space or the end: not the k of "kg".
int take_scale(std::string_view& text) {
  for (const Scale& scale : scales) {
    std::string_view rest = text;
    if (take(rest, scale.name) && (rest.empty() || rest[0] == ' ' || rest[0] == '/')) {
      text = rest;
      return scale.exponent;
    }
  }
  return 0;
}

// A number without a unit, which may be written in percent: 0.2 is "20%".
bool is_ratio(std::string_view unit) { return unit == "1" || unit == "share" || unit == "%"; }

// What to multiply a number in the `given` unit by to have it in `declared`; 0 if it cannot be.
double conversion(std::string_view given, std::string_view declared, std::string_view currency) {
  const auto [top, bottom] = split(declared);
  const auto [given_top, given_bottom] = split(given);
  double factor = 1;
  if (!given_top.empty() && given_top != top) {
    const bool is_currency = top == "currency" && given_top == currency;
    const double from = time_of(given_top);
    const double to = time_of(top);
    if (from > 0 && to > 0)
      factor = from / to;
    else if (!is_currency)
      return 0;
  }
  if (!given_bottom.empty() && given_bottom != bottom) {
    const double from = time_of(given_bottom);
    const double to = time_of(bottom);
    factor = from > 0 && to > 0 ? factor * to / from : 0;
  }
  return factor;
}

}  // namespace

std::optional<double> read_quantity(std::string_view text, std::string_view unit,
                                    std::string_view currency) {
  text = trimmed(text);
  std::string mantissa;
  int exponent = 0;
  if (!take_number(text, mantissa, exponent)) return std::nullopt;
  std::string_view rest = trimmed(text);
  exponent += take_scale(rest);
  rest = trimmed(rest);
  const std::string_view top = split(unit).first;
  if (is_ratio(top)) {
    const bool percent = take(rest, "%");
    if (percent && top != "%") exponent -= 2;
    rest = trimmed(rest);
  }
  const bool slash = rest.starts_with('/') || rest.starts_with("per ");
  if (rest.empty()) return decimal(mantissa, exponent);
  if (is_ratio(top) && !slash) return std::nullopt;
  const double factor = conversion(rest, unit, currency);
  if (factor == 0 || rest.ends_with('/')) return std::nullopt;
  return decimal(mantissa, exponent) * factor;
}

std::string quantity_help(std::string_view unit, std::string_view currency) {
  const auto [top, bottom] = split(unit);
  const auto sample = [&](std::string_view text) {
    return fmt::format("a number or a text like \"{}\"", text);
  };
  if (top == "currency")
    return sample(fmt::format("28k {}{}{}", currency, bottom.empty() ? "" : "/", bottom));
  if (top != "%" && is_ratio(top) && time_of(bottom) > 0) return sample("0.1/month");
  if (is_ratio(top)) return sample("20%");
  if (time_of(top) > 0 && bottom.empty()) return sample("3 months");
  return sample(fmt::format("3 {}", unit));
}

namespace {

std::string pattern_of(std::string_view word) {
  if (time_of(word) > 0) return "(day|week|month|quarter|year)s?";
  std::string escaped;
  for (char c : word) {
    if (std::string_view("\\^$.|?*+()[]{}").find(c) != std::string_view::npos) escaped += '\\';
    escaped += c;
  }
  return escaped + "s?";
}

}  // namespace

std::string quantity_pattern(std::string_view unit) {
  const auto [top, bottom] = split(unit);
  const std::string numerator = is_ratio(top)       ? "%"
                                : top == "currency" ? "([A-Z]{3}|currency)"
                                                    : pattern_of(top);
  std::string pattern = R"(^ *[+-]?[0-9](_?[0-9])*_?(\.[0-9](_?[0-9])*_?)?([eE][+-]?[0-9]+)? *)";
  pattern += "((k|M|bn)(?=[ /]|$))? *";
  pattern += fmt::format("({})?", numerator);
  if (!bottom.empty()) pattern += fmt::format("( *(/|per ) *{})?", pattern_of(bottom));
  return pattern + " *$";
}

}  // namespace sim
