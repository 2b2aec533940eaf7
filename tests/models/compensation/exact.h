// SPDX-License-Identifier: Apache-2.0
#pragma once
// For tests of exact targets (P-EX): simulated means are accepted within 4 standard errors, which
// are at most 0.5% of the target.

#include <gtest/gtest.h>

#include <cmath>

#include "sim/math.h"
#include "sim/random.h"
#include "tests/models/compensation/pay_properties.h"

namespace exact {

using namespace pay_properties;

inline constexpr sim::Stream luck_stream{900, "test", "payee", "luck of a test"};
inline const sim::Random all_luck(20261122, 0);

inline std::shared_ptr<const compensation::Plan> plan_with(const std::string& tables,
                                                           std::string_view paid = "quarter") {
  return std::make_shared<const compensation::Plan>(compensation::read_plan(
      fmt::format("format = 1\nname = \"exact\"\ncurrency = \"USD\"\npaid = \"{}\"\n"
                  "crediting_event = \"booking\"\nsplits = \"sum_to_100\"\n{}",
                  paid, tables),
      "plan.toml"));
}

inline compensation::Credit credit_of(std::uint32_t payee, std::uint32_t kind, std::int64_t cents,
                                      sim::Date day) {
  compensation::Credit credit;
  credit.day = day;
  credit.payee = payee;
  credit.kind = kind;
  credit.size = cents;
  credit.value.fill(cents);
  return credit;
}

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

}  // namespace exact
