// SPDX-License-Identifier: Apache-2.0
#pragma once
// An amount of money: whole minor units (cents), so sums do not depend on their order. How many
// minor units one unit of the run's currency has is a matter of reading and printing
// (currency_digits, to_text); in between nobody needs to know.
//
// + - and * by an integer are exact and throw sim::Error on overflow. A product with a real number
// is rounded half away from zero, once.

#include <cmath>
#include <compare>
#include <cstdint>
#include <string>
#include <string_view>

#include "sim/check.h"

namespace sim {

struct Money {
  std::int64_t minor = 0;

  // Largest amount a scenario may hold: up to here every minor unit is exact in a double.
  static constexpr std::int64_t largest = 9'000'000'000'000'000;

  // For defaults in code, which are written in units of 100 minor units: Money::whole(28'000).
  static constexpr Money whole(std::int64_t units) { return {units * 100}; }

  // Nearest minor unit, halves away from zero. Throws if it does not fit (or is no number).
  static Money rounded(double minor_units) {
    if (!(std::fabs(minor_units) < 9.2e18)) overflow();
    return {static_cast<std::int64_t>(std::round(minor_units))};
  }

  friend constexpr auto operator<=>(Money, Money) = default;
  friend Money operator+(Money a, Money b) {
    Money sum;
    if (__builtin_add_overflow(a.minor, b.minor, &sum.minor)) overflow();
    return sum;
  }
  friend Money operator-(Money a, Money b) {
    Money difference;
    if (__builtin_sub_overflow(a.minor, b.minor, &difference.minor)) overflow();
    return difference;
  }
  friend Money operator-(Money a) { return Money{} - a; }
  friend Money operator*(Money a, std::int64_t times) {
    Money product;
    if (__builtin_mul_overflow(a.minor, times, &product.minor)) overflow();
    return product;
  }
  Money& operator+=(Money b) { return *this = *this + b; }
  Money& operator-=(Money b) { return *this = *this - b; }

  // This share of the amount: Money::whole(50'000).share(0.2).
  Money share(double fraction) const { return rounded(static_cast<double>(minor) * fraction); }

 private:
  [[noreturn]] static void overflow() { throw Error("an amount of money does not fit 64 bits"); }
};

// Digits after the decimal point of a currency (ISO 4217): 2 for USD, 0 for JPY, 3 for KWD.
// Throws BadInput unless `code` is three capital letters.
int currency_digits(std::string_view code);
std::int64_t power_of_ten(int digits);

// "28000" or "28000.50": exact, and what a scenario reads back.
std::string to_text(Money amount, int digits = 2);

}  // namespace sim
