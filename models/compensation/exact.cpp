// SPDX-License-Identifier: Apache-2.0
#include "models/compensation/exact.h"

#include <fmt/format.h>

#include <algorithm>

#include "sim/text.h"

namespace compensation {
namespace {

// A plain decimal number as digits * 10^-places, at most 18 digits that count.
struct Decimal {
  std::int64_t digits = 0;
  int places = 0;
};

bool is_digit(char c) { return c >= '0' && c <= '9'; }

// Takes the number off the front of `text`. Underscores and commas between digits are fine.
std::optional<Decimal> take_decimal(std::string_view& text) {
  Decimal number;
  const bool negative = text.starts_with('-');
  if (negative || text.starts_with('+')) text.remove_prefix(1);
  bool any = false, point = false;
  while (!text.empty()) {
    const char c = text.front();
    const bool between = text.size() > 1 && is_digit(text[1]);
    if (is_digit(c)) {
      if (number.digits > (INT64_MAX - 9) / 10) return std::nullopt;
      number.digits = 10 * number.digits + (c - '0');
      number.places += point;
      any = true;
    } else if (c == '.' && !point && any && between) {
      point = true;
    } else if (!((c == '_' || (c == ',' && !point)) && any && between)) {
      break;
    }
    text.remove_prefix(1);
  }
  if (!any) return std::nullopt;
  while (number.places > 0 && number.digits % 10 == 0) {
    number.digits /= 10;
    --number.places;
  }
  if (negative) number.digits = -number.digits;
  return number;
}

// digits * 10^(-places + shift) as a whole number, if it is one and fits.
std::optional<std::int64_t> scaled(Decimal number, int shift) {
  int exponent = shift - number.places;
  if (number.digits == 0) return 0;
  if (exponent < 0) return std::nullopt;
  Int128 value = number.digits;
  for (; exponent > 0; --exponent) {
    value *= 10;
    if (value != static_cast<std::int64_t>(value)) return std::nullopt;
  }
  return static_cast<std::int64_t>(value);
}

}  // namespace

std::optional<Share> read_share(std::string_view text) {
  text = sim::trimmed(text);
  const auto number = take_decimal(text);
  if (!number) return std::nullopt;
  text = sim::trimmed(text);
  const bool percent = text == "%";
  if (!percent && !text.empty()) return std::nullopt;
  const auto billionths = scaled(*number, percent ? 7 : 9);
  if (!billionths) return std::nullopt;
  return Share{*billionths};
}

std::optional<std::int64_t> read_amount(std::string_view text, int digits) {
  text = sim::trimmed(text);
  const auto number = take_decimal(text);
  if (!number) return std::nullopt;
  int shift = digits;
  if (text == "k")
    shift += 3;
  else if (text == "M")
    shift += 6;
  else if (text == "bn")
    shift += 9;
  else if (!text.empty())
    return std::nullopt;
  const auto amount = scaled(*number, shift);
  if (!amount || *amount > largest_amount || *amount < -largest_amount) return std::nullopt;
  return amount;
}

std::vector<std::int64_t> largest_remainder(std::int64_t amount,
                                            std::span<const std::int64_t> weights) {
  if (amount < 0) {  // a refund is divided as what it refunds
    auto parts = largest_remainder(-amount, weights);
    for (std::int64_t& part : parts) part = -part;
    return parts;
  }
  Int128 total = 0;
  for (const std::int64_t weight : weights) total += weight;
  std::vector<std::int64_t> parts;
  std::vector<Int128> rests;
  std::int64_t left = amount;
  for (const std::int64_t weight : weights) {
    const Int128 exact = product(amount, weight);
    parts.push_back(floor_div(exact, total));
    rests.push_back(exact - product(parts.back(), total));
    left -= parts.back();
  }
  std::vector<std::size_t> order(parts.size());
  for (std::size_t i = 0; i < order.size(); ++i) order[i] = i;
  std::ranges::stable_sort(order,
                           [&](std::size_t a, std::size_t b) { return rests[a] > rests[b]; });
  for (std::size_t i = 0; left > 0; ++i, --left) ++parts[order[i]];
  return parts;
}

namespace {
std::string decimal_text(std::int64_t value, int places) {
  std::string text = fmt::format("{:0{}d}", value < 0 ? -value : value, places + 1);
  text.insert(text.size() - static_cast<std::size_t>(places), 1, '.');
  while (text.back() == '0') text.pop_back();
  if (text.back() == '.') text.pop_back();
  if (value < 0) text.insert(text.begin(), '-');
  return text;
}
}  // namespace

std::string Share::text() const { return decimal_text(billionths, 7) + "%"; }

}  // namespace compensation
