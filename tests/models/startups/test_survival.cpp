// SPDX-License-Identifier: Apache-2.0
// How long startups live, against the field: SC20 (BLS, establishments of March 1994), SC21.
#include <gtest/gtest.h>

#include "tests/models/startups/society.h"

namespace {

using namespace startups;
using support::Society;

constexpr double bls[] = {0.796, 0.681, 0.606, 0.543, 0.496, 0.452, 0.415, 0.383, 0.357, 0.336};

// 40 worlds of the packaged scenario, not those it was calibrated in: 8,000 startups, so the error
// of a share is .006 at most.
TEST(Survival, IsThatOfEstablishmentsAndItsHazardFalls) {
  constexpr int runs = 40;
  double alive[11] = {}, all = 0, bought_by_7 = 0;
  for (int i = 0; i < runs; ++i) {
    Society society({}, static_cast<std::uint64_t>(5000 + i));
    all += static_cast<double>(society.world.startups.size());
    alive[0] = all;
    for (int year = 1; year <= 10; ++year) {
      society.weeks(52);
      alive[year] += society.alive();
      if (year == 7)
        bought_by_7 +=
            society.number([](const auto& s, auto id) { return s.status[id] == Status::acquired; });
    }
  }
  std::printf("year  survival  BLS    hazard\n");
  double before = 1, last = 1, first_half = 0, second_half = 0;
  for (int year = 1; year <= 10; ++year) {
    const double share = alive[year] / all, hazard = 1 - share / before;
    std::printf("%4d  %.3f     %.3f  %.3f\n", year, share, bls[year - 1], hazard);
    EXPECT_NEAR(share, bls[year - 1], 0.02) << "year " << year;
    EXPECT_LT(hazard, last + 0.012) << "year " << year;  // two standard errors
    (year <= 5 ? first_half : second_half) += hazard / 5;
    before = share;
    last = hazard;
  }
  EXPECT_LT(second_half, 0.75 * first_half);
  std::printf("bought by year 7: %.3f (SC21: .055)\n", bought_by_7 / all);
}

// The frail go first: without differences of frailty and cash the hazard does not fall.
TEST(Survival, WithEqualStartupsTheHazardOfClosingStaysAsItIs) {
  const auto ratio = [](const char* sigma) {
    Society society(
        support::quiet(20'000) + support::unpaid +
        support::Overrides{"closing.rate=0.2", std::string("closing.frailty_sigma=") + sigma});
    society.weeks(52);
    const double one = society.alive();
    society.weeks(4 * 52);
    const double five = society.alive();
    society.weeks(52);
    return (1 - society.alive() / five) / (1 - one / 20'000);
  };
  EXPECT_NEAR(ratio("0"), 1, 0.08);
  EXPECT_LT(ratio("1.5"), 0.6);
}

}  // namespace
