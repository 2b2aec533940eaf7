// SPDX-License-Identifier: Apache-2.0
// SC20: survival of those who started together, against the figures of the U.S. Bureau of Labor
// Statistics.
#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <vector>

#include "models/ventures/cohort.h"
#include "tests/models/planning/optimisers.h"
#include "tests/models/ventures/luck.h"

namespace {

using namespace ventures;
using namespace ventures_tests;

double squares(const Cohort& law) {
  double sum = 0;
  for (std::size_t year = 0; year < bls_survival.size(); ++year) {
    const double off = law.alive(static_cast<double>(year + 1)) - bls_survival[year];
    sum += off * off;
  }
  return sum;
}

TEST(Ventures, SC20TheCohortIsTheLeastSquaresOfTheTable) {
  const auto at = planning_tests::climb(
      [](const std::vector<double>& x) {
        return -squares({x[0], x[1]});
      },
      {1, 3}, .1, 10, 4000);
  EXPECT_NEAR(at[0], bls_cohort.shape, .003);
  EXPECT_NEAR(at[1], bls_cohort.scale, .03);
  EXPECT_LE(squares(bls_cohort), 1.001 * squares({at[0], at[1]}));
}

TEST(Ventures, SC20SurvivalIsWithinTwoPercent) {
  double most = 0;
  for (std::size_t year = 0; year < bls_survival.size(); ++year)
    most = std::max(most,
                    std::abs(bls_cohort.alive(static_cast<double>(year + 1)) - bls_survival[year]));
  EXPECT_LE(most, .0125);
  EXPECT_NEAR(bls_survival[4] * bls_survival[4], .246, 5e-4);  // pairs, SC1
  EXPECT_NEAR(bls_survival[9] * bls_survival[9], .113, 5e-4);
  EXPECT_NEAR(bls_cohort.pair_alive(5), .246, .02);
  EXPECT_NEAR(bls_cohort.pair_alive(10), .113, .02);
}

struct Cohorts {
  std::array<Mean, 10> alive;       // by year
  std::array<double, 10> hazard{};  // of a year, of those alive at its start
};

template <class Hazard>
Cohorts simulate(const Hazard& hazard, std::uint64_t firms) {
  Cohorts found;
  for (std::uint64_t firm = 0; firm < firms; ++firm) {
    sim::Draw draw = luck(60'000'000 + firm);
    const double own = hazard(draw);
    const double death = draw.exponential() / own;
    for (std::size_t year = 0; year < 10; ++year)
      found.alive[year].add(death > static_cast<double>(year + 1));
  }
  for (std::size_t year = 0; year < 10; ++year)
    found.hazard[year] = 1 - found.alive[year].sum / (year == 0 ? static_cast<double>(firms)
                                                                : found.alive[year - 1].sum);
  return found;
}

// Every firm's hazard is constant; the cohort's falls year by year, and its survival is the
// table's.
TEST(Ventures, SC20UnequalFirmsAreEnoughForAFallingHazard) {
  const Cohorts found = simulate([](sim::Draw& draw) { return bls_cohort.draw(draw); }, 400'000);
  for (std::size_t year = 0; year < 10; ++year) {
    const double time = static_cast<double>(year + 1);
    expect_exact(found.alive[year], bls_cohort.alive(time), "alive");
    EXPECT_NEAR(found.alive[year].mean(), bls_survival[year], .02);
    if (year > 0) {
      EXPECT_LT(found.hazard[year], found.hazard[year - 1]) << "year " << year + 1;
    }
  }
}

// Firms alike: no constant hazard fits within .02, and it does not fall.
TEST(Ventures, SC20EqualFirmsAreNot) {
  double least = 1;
  for (double hazard = .01; hazard < 1; hazard += .001) {
    double most = 0;
    for (std::size_t year = 0; year < 10; ++year)
      most = std::max(
          most, std::abs(std::exp(-hazard * static_cast<double>(year + 1)) - bls_survival[year]));
    least = std::min(least, most);
  }
  EXPECT_GT(least, .08);
  const Cohorts found = simulate([](sim::Draw&) { return .136; }, 100'000);
  EXPECT_NEAR(found.hazard[9], found.hazard[0], .01);
}

TEST(Ventures, SC20HazardsAreGamma) {
  for (const Cohort& law : {bls_cohort, Cohort{3, .5}, Cohort{.2, 1}, Cohort{1, 2}}) {
    Mean first, second, survivors;
    for (std::uint64_t i = 0; i < 200'000; ++i) {
      sim::Draw draw = luck(70'000'000 + i);
      const double hazard = law.draw(draw);
      first.add(hazard);
      second.add(hazard * hazard);
      if (draw.exponential() / hazard > 1) survivors.add(hazard);
    }
    const double mean = law.shape / law.scale;
    EXPECT_NEAR(first.mean(), mean, 4 * first.error());
    EXPECT_NEAR(second.mean(), mean * mean * (1 + 1 / law.shape), 4 * second.error());
    EXPECT_NEAR(survivors.mean(), mean * law.frailty(1), 4 * survivors.error());
    EXPECT_NEAR(law.hazard(1), mean * law.frailty(1), 1e-12);
  }
}

// What the law says of hazards is what its survival does.
TEST(Ventures, SC20TheHazardIsTheSlopeOfSurvival) {
  for (const double t : {0., 1., 5., 20.}) {
    const double slope = std::log(bls_cohort.alive(t) / bls_cohort.alive(t + 1e-6)) / 1e-6;
    EXPECT_NEAR(slope, bls_cohort.hazard(t), 1e-6);
  }
}

}  // namespace
