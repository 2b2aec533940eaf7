// SPDX-License-Identifier: Apache-2.0
#pragma once
// Exact arithmetic of pay: amounts are whole minor units, rates exact decimals with nine places,
// products fractions of 128-bit integers, rounded once (R1). Nothing here uses floating point.

#include <bit>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "sim/check.h"

namespace compensation {

__extension__ typedef __int128 Int128;
__extension__ typedef unsigned __int128 UInt128;

inline constexpr std::int64_t billion = 1'000'000'000;

// Largest amount, in minor units, that the engine takes; the sums of a period stay below 2^63.
inline constexpr std::int64_t largest_amount = 9'000'000'000'000'000;

struct Overflow : sim::BadInput {
  Overflow() : BadInput("R1: an amount is too large to be computed exactly") {}
};

inline int bits(Int128 value) {
  const UInt128 size = value < 0 ? -static_cast<UInt128>(value) : static_cast<UInt128>(value);
  const auto high = static_cast<std::uint64_t>(size >> 64);
  return static_cast<int>(high ? 64 + std::bit_width(high)
                               : std::bit_width(static_cast<std::uint64_t>(size)));
}

// a * b and a + b, or Overflow. (The compiler's own check needs a library that clang lacks here.)
inline Int128 product(Int128 a, Int128 b) {
  if (bits(a) + bits(b) > 126) throw Overflow();
  return a * b;
}
inline Int128 sum(Int128 a, Int128 b) {
  if (bits(a) > 126 || bits(b) > 126) throw Overflow();
  return a + b;
}
inline std::int64_t add(std::int64_t a, std::int64_t b) {
  std::int64_t c;
  if (__builtin_add_overflow(a, b, &c)) throw Overflow();
  return c;
}
inline std::int64_t narrow(Int128 value) {
  if (value != static_cast<std::int64_t>(value)) throw Overflow();
  return static_cast<std::int64_t>(value);
}

// numerator / denominator to the nearest whole number, halves away from zero; denominator > 0.
inline std::int64_t round_div(Int128 numerator, Int128 denominator) {
  const bool small = numerator == static_cast<std::int64_t>(numerator) &&
                     denominator == static_cast<std::int64_t>(denominator);
  if (small) {
    const auto n = static_cast<std::int64_t>(numerator), d = static_cast<std::int64_t>(denominator);
    const std::int64_t whole = n / d, rest = n % d;
    const std::int64_t size = rest < 0 ? -rest : rest;
    return size >= d - size ? whole + (n < 0 ? -1 : 1) : whole;
  }
  const Int128 whole = numerator / denominator, rest = numerator % denominator;
  const Int128 size = rest < 0 ? -rest : rest;
  const bool up = size >= denominator - size;
  return narrow(whole + (up ? (numerator < 0 ? -1 : 1) : 0));
}

// Towards minus infinity.
inline Int128 floor_quotient(Int128 numerator, Int128 denominator) {
  if (denominator < 0) return floor_quotient(-numerator, -denominator);
  return numerator / denominator - (numerator % denominator < 0 ? 1 : 0);
}
inline std::int64_t floor_div(Int128 numerator, Int128 denominator) {
  return narrow(floor_quotient(numerator, denominator));
}

// Shares of an amount that sum to it exactly: the largest remainders get the cents that are left,
// the earlier one of equals (R1). `weights` are not negative and not all 0.
std::vector<std::int64_t> largest_remainder(std::int64_t amount,
                                            std::span<const std::int64_t> weights);

inline Int128 gcd(Int128 a, Int128 b) {
  if (a < 0) a = -a;
  if (b < 0) b = -b;
  while (b != 0) {
    const Int128 rest = a % b;
    a = b;
    b = rest;
  }
  return a;
}

// An exact decimal: 8% is {80'000'000}.
struct Share {
  std::int64_t billionths = 0;
  friend constexpr auto operator<=>(Share, Share) = default;
  static constexpr Share whole(std::int64_t n) { return {n * billion}; }
  double number() const { return static_cast<double>(billionths) / 1e9; }
  std::string text() const;  // "8%", "150%", "0.5%"
};

inline std::int64_t share_of(std::int64_t amount, Share share) {
  return round_div(static_cast<Int128>(amount) * share.billionths, billion);
}

// "0.08", "8%", "1.5": at most nine places (of the plain number), nothing rounded; nullopt if
// `text` is no such number.
std::optional<Share> read_share(std::string_view text);

// "225k", "1.5M", "99.95", "-10": minor units with `digits` places, nothing rounded.
std::optional<std::int64_t> read_amount(std::string_view text, int digits);

}  // namespace compensation
