// SPDX-License-Identifier: Apache-2.0
#pragma once
// Who is first to register an account (SB4), and what is spent on one that nobody has registered
// (SB5; Tullock 1980).

#include <cstddef>
#include <span>

#include "sim/math.h"

namespace partnering {

// Partners come across an account at independent rates, each by chance alone.
struct RegistrationRace {
  std::span<const double> rates;  // per unit of time; not all 0

  double total() const {
    double sum = 0;
    for (const double rate : rates) sum += rate;
    return sum;
  }
  double first(std::size_t who) const { return rates[who] / total(); }
  double mean_time() const { return 1 / total(); }  // to the first, exponential
};

// A deal that closes at a constant rate, within a window of exclusivity.
inline double closes_inside(double rate, double window) { return -sim::expm1(-rate * window); }

// Each of n spends on an account of which one gets V, with the chance of its share of the spending:
// what each spends where nobody gains by another sum, and what they spend together.
constexpr double spent_by_each(double prize, int contestants) {
  return prize * (contestants - 1) / (static_cast<double>(contestants) * contestants);
}
constexpr double spent_by_all(double prize, int contestants) {
  return contestants * spent_by_each(prize, contestants);
}

// Two to whom it is not worth the same.
constexpr double spent_by_one(double own_prize, double others_prize) {
  const double sum = own_prize + others_prize;
  return own_prize * own_prize * others_prize / (sum * sum);
}
constexpr double chance_to_win(double own_prize, double others_prize) {
  return own_prize / (own_prize + others_prize);
}

}  // namespace partnering
