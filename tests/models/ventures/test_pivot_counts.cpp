// SPDX-License-Identifier: Apache-2.0
// SC5: how often a firm changes course in 36 months, and what weekly steps make of it.
#include <gtest/gtest.h>

#include <array>
#include <cmath>

#include "models/ventures/pivot_counts.h"
#include "tests/models/ventures/luck.h"

namespace {

using namespace ventures;
using namespace ventures_tests;

constexpr PivotCounts law{.04, 36};                        // a month
constexpr SteppedPivots weekly{.04, 12. / 52, 156};        // weeks
constexpr std::array<double, 3> target{.237, .587, .176};  // none, 1-2, more

template <class Law>
std::array<double, 3> classes(const Law& of) {
  const double none = of.chance(0), some = of.chance(1) + of.chance(2);
  return {none, some, 1 - none - some};
}

TEST(Ventures, SC5CountsArePoisson) {
  const auto found = classes(law);
  for (std::size_t i = 0; i < 3; ++i) EXPECT_NEAR(found[i], target[i], 5e-4);
  std::array<Mean, 3> share;
  Mean count;
  for (std::uint64_t firm = 0; firm < 200'000; ++firm) {
    sim::Draw draw = luck(50'000'000 + firm);
    int pivots = 0;
    for (double t = draw.exponential() / .04; t < 36; t += draw.exponential() / .04) ++pivots;
    share[0].add(pivots == 0);
    share[1].add(pivots == 1 || pivots == 2);
    share[2].add(pivots > 2);
    count.add(pivots);
  }
  for (std::size_t i = 0; i < 3; ++i) expect_exact(share[i], found[i], "pivots");
  expect_exact(count, law.mean(), "mean");
}

TEST(Ventures, SC5WeeklyStepsKeepZeroAndLoseHalfAPercent) {
  const auto exact = classes(law), stepped = classes(weekly);
  EXPECT_NEAR(stepped[0], exact[0], 1e-12);
  EXPECT_NEAR(stepped[1], .5891, 5e-5);  // exact: .5868
  EXPECT_NEAR(stepped[2], .1740, 5e-5);  // exact: .1762
  EXPECT_NEAR(1 - weekly.mean() / law.mean(), .0046, 5e-5);
  const SteppedPivots monthly{.04, 1, 36};
  EXPECT_NEAR(1 - monthly.mean() / law.mean(), .0197, 5e-5);
  EXPECT_NEAR(monthly.chance(0), exact[0], 1e-12);

  const std::uint64_t changes = sim::threshold(weekly.in_a_step());
  std::array<Mean, 3> share;
  Mean count;
  for (std::uint64_t firm = 0; firm < 200'000; ++firm) {
    sim::Draw draw = luck(51'000'000 + firm);
    std::array<std::uint32_t, 156> words{};
    draw.fill(words);
    int pivots = 0;
    for (const std::uint32_t word : words) pivots += word < changes;
    share[0].add(pivots == 0);
    share[1].add(pivots == 1 || pivots == 2);
    share[2].add(pivots > 2);
    count.add(pivots);
  }
  for (std::size_t i = 0; i < 3; ++i) expect_exact(share[i], stepped[i], "pivots in weeks");
  expect_exact(count, weekly.mean(), "mean in weeks");
}

// The chance h dt in a step, in weeks: too few never change; in years it shows at once.
TEST(Ventures, SC5TheHazardTimesTheStepIsNoChance) {
  const auto none = [](double step) { return std::pow(1 - .04 * step, 36 / step); };
  EXPECT_NEAR(none(12. / 52), .2353, 5e-5);
  EXPECT_NEAR(none(12), .1406, 5e-5);
  for (const double step : {12. / 52, 1., 12.})
    EXPECT_NEAR((SteppedPivots{.04, step, static_cast<int>(std::lround(36 / step))}.chance(0)),
                std::exp(-1.44), 1e-12);
}

TEST(Ventures, SC5ChancesAddUp) {
  double poisson = 0, binomial = 0, mean = 0;
  for (int k = 0; k <= 156; ++k) {
    poisson += law.chance(k);
    binomial += weekly.chance(k);
    mean += k * weekly.chance(k);
  }
  EXPECT_NEAR(poisson, 1, 1e-12);
  EXPECT_NEAR(binomial, 1, 1e-12);
  EXPECT_NEAR(mean, weekly.mean(), 1e-12);
  EXPECT_EQ((SteppedPivots{1e9, 1, 3}.chance(3)), 1);
}

}  // namespace
