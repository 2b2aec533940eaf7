// SPDX-License-Identifier: Apache-2.0
#pragma once
// For tests of exact targets (P-EX): simulated means are accepted within 4 standard errors, which
// are at most 0.5% of the target.

#include <gtest/gtest.h>

#include <cmath>
#include <string_view>

#include "sim/random.h"

namespace support {

inline constexpr sim::Stream luck_stream{900, "test", "payee", "luck of a test"};
inline const sim::Random all_luck(20261122, 0);

// A mean of independent numbers with its standard error.
struct Mean {
  double sum = 0, squares = 0;
  int n = 0;
  void add(double x) {
    sum += x;
    squares += x * x;
    ++n;
  }
  double mean() const { return sum / n; }
  double error() const { return std::sqrt((squares / n - mean() * mean()) / (n - 1)); }
};

inline void expect_exact(const Mean& found, double target, std::string_view what) {
  EXPECT_LE(found.error(), 0.005 * target) << what << ": too few to tell";
  EXPECT_NEAR(found.mean(), target, 4 * found.error()) << what;
}

}  // namespace support
