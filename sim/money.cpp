// SPDX-License-Identifier: Apache-2.0
#include "sim/money.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

namespace sim {
namespace {

// ISO 4217, the currencies that do not have two digits.
constexpr std::array<std::string_view, 16> without_digits{"BIF", "CLP", "DJF", "GNF", "ISK", "JPY",
                                                          "KMF", "KRW", "PYG", "RWF", "UGX", "VND",
                                                          "VUV", "XAF", "XOF", "XPF"};
constexpr std::array<std::string_view, 7> with_three{"BHD", "IQD", "JOD", "KWD",
                                                     "LYD", "OMR", "TND"};

}  // namespace

int currency_digits(std::string_view code) {
  const bool shape = code.size() == 3 && std::all_of(code.begin(), code.end(),
                                                     [](char c) { return c >= 'A' && c <= 'Z'; });
  validate(shape, fmt::format("\"{}\" is no currency: three capital letters like \"USD\"", code));
  if (std::ranges::find(without_digits, code) != without_digits.end()) return 0;
  return std::ranges::find(with_three, code) != with_three.end() ? 3 : 2;
}

std::int64_t power_of_ten(int digits) {
  std::int64_t power = 1;
  for (int i = 0; i < digits; ++i) power *= 10;
  return power;
}

std::string to_text(Money amount, int digits) {
  const auto scale = static_cast<std::uint64_t>(power_of_ten(digits));
  const bool negative = amount.minor < 0;
  const std::uint64_t size = negative ? 0 - static_cast<std::uint64_t>(amount.minor)
                                      : static_cast<std::uint64_t>(amount.minor);
  const std::string whole = fmt::format("{}{}", negative ? "-" : "", size / scale);
  return size % scale == 0 ? whole : fmt::format("{}.{:0{}}", whole, size % scale, digits);
}

}  // namespace sim
