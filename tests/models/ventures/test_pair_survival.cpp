// SPDX-License-Identifier: Apache-2.0
// SC1: two firms that a joint project both needs.
#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <cmath>

#include "models/ventures/pair_survival.h"
#include "tests/models/ventures/luck.h"

namespace {

using namespace ventures;
using namespace ventures_tests;

constexpr double months = 36;

TEST(Ventures, SC1RiskSquared) {
  EXPECT_NEAR(pair_survival(.2, .2), .04, 1e-12);
  EXPECT_NEAR(pair_survival(.2, .2, .25), .08, 1e-12);
  EXPECT_NEAR(pair_survival(.2, .2, .5), .12, 1e-12);
  EXPECT_NEAR(pair_survival(.2, .2, 1), .2, 1e-12);
  EXPECT_NEAR(pair_survival(.5, .1), .05, 1e-12);
}

struct Pairs {
  Mean one, other, both, first_break;
};

// Each firm dies of what comes first. With `same` off, the shock hits each at a time of its own.
Pairs simulate(const SharedShock& law, std::uint64_t count, bool same, std::uint64_t first_key) {
  Pairs result;
  for (std::uint64_t i = 0; i < count; ++i) {
    sim::Draw draw = luck(first_key + i);
    const double own_1 = draw.exponential() / law.first, own_2 = draw.exponential() / law.second;
    const double shock_1 = draw.exponential() / law.shared;
    const double shock_2 = same ? shock_1 : draw.exponential() / law.shared;
    const double t1 = std::min(own_1, shock_1), t2 = std::min(own_2, shock_2);
    result.one.add(t1 > months);
    result.other.add(t2 > months);
    result.both.add(std::min(t1, t2) > months);
    result.first_break.add(std::min(t1, t2));
  }
  return result;
}

TEST(Ventures, SC1SharedShocksRaiseJointSurvival) {
  double before = 0;
  for (const auto& [correlation, both] : {std::pair{0., .04}, {.25, .08}, {.5, .12}}) {
    const auto law = SharedShock::of(.2, .2, correlation, months);
    EXPECT_NEAR(law.correlation(months), correlation, 1e-9);
    // Standard error at most .5% of the target.
    const auto count = static_cast<std::uint64_t>(45'000 * (1 - both) / both);
    const Pairs pairs = simulate(law, count, true, 1'000'000);
    expect_exact(pairs.one, .2, "the one");
    expect_exact(pairs.other, .2, "the other");
    expect_exact(pairs.both, both, "both");
    expect_exact(pairs.first_break, 1 / (law.first + law.second + law.shared), "first break");
    EXPECT_NEAR(law.both_alive(months), both, 1e-9);
    EXPECT_NEAR(law.first_alive(months), .2, 1e-9);
    EXPECT_GT(pairs.both.mean(), before);
    before = pairs.both.mean();
  }
}

// The same hazards, but no shock in common: risk squared again, and a break sooner.
TEST(Ventures, SC1OnlyWhatIsSharedCorrelates) {
  const auto law = SharedShock::of(.2, .2, .25, months);
  const Pairs pairs = simulate(law, 1'100'000, false, 5'000'000);
  expect_exact(pairs.one, .2, "the one");
  expect_exact(pairs.both, .04, "both");
  expect_other(pairs.both, .08, "both");
  expect_exact(pairs.first_break, 1 / (law.first_break() + law.shared), "first break");
}

TEST(Ventures, SC1NoMoreIsSharedThanTheSaferFirmSuffers) {
  const auto law = SharedShock::of(.8, .2, 1, months);
  EXPECT_NEAR(law.first, 0, 1e-12);
  EXPECT_GT(law.second, 0);
  EXPECT_NEAR(law.first_alive(months), .8, 1e-9);
  EXPECT_NEAR(law.second_alive(months), .2, 1e-9);
  EXPECT_NEAR(law.both_alive(months), .2, 1e-9);  // who dies less dies only with the other
  EXPECT_LT(law.correlation(months), .5);
}

}  // namespace
