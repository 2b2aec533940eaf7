// SPDX-License-Identifier: Apache-2.0
// Pivots: when, and what they break (EQ10, SC5, SC24, G2).
#include <gtest/gtest.h>

#include "tests/models/startups/society.h"

namespace {

using namespace startups;
using support::Overrides;
using support::Society;

const Overrides constant{"pivot.contradiction=0", "pivot.runway=0", "pivot.sunk=0"};

// SC5: at .04 a month, in three years.
TEST(Pivot, CountsUnderAConstantHazardArePoisson) {
  constexpr int n = 20'000;
  Society society(support::quiet(n) + support::unpaid + constant + Overrides{"pivot.rate=0.48"});
  society.weeks(156);
  int none = 0, few = 0;
  for (const auto id : sim::ids<Startups>(0, n)) {
    const auto pivots =
        society.world.startups.small_pivots[id] + society.world.startups.large_pivots[id];
    none += pivots == 0;
    few += pivots == 1 || pivots == 2;
  }
  EXPECT_NEAR(none / static_cast<double>(n), 0.237, support::four_errors(0.237, n));
  EXPECT_NEAR(few / static_cast<double>(n), 0.587, support::four_errors(0.587, n));
}

TEST(Pivot, BadNewsAndAShortRunwayHastenItAndCustomersDelayIt) {
  const Pivot pivot;
  const double calm = pivot.hazard(0.6, 0.6, 60, 0);
  EXPECT_GT(pivot.hazard(0.6, 0.3, 60, 0), 1.5 * calm);
  EXPECT_DOUBLE_EQ(pivot.hazard(0.6, 0.9, 60, 0), calm);  // good news are no reason
  EXPECT_GT(pivot.hazard(0.6, 0.6, 2, 0), 1.5 * calm);
  EXPECT_LT(pivot.hazard(0.6, 0.6, 60, 10), 0.5 * calm);
  EXPECT_DOUBLE_EQ(pivot.share_of_large(12), pivot.large_share);
  EXPECT_DOUBLE_EQ(pivot.share_of_large(0), 1);
}

// Small pivots climb if startups know what they see, and drift if they do not.
TEST(Pivot, KnowledgeTurnsSmallPivotsIntoProgress) {
  const auto fit = [](const char* noise) {
    Society society(
        support::quiet(2'000) + support::unpaid + constant +
        Overrides{"pivot.rate=4", "pivot.large=false", std::string("learning.noise=") + noise});
    const auto mean = [&] {
      double sum = 0;
      for (const double one : society.world.startups.fit) sum += one;
      return sum / 2'000;
    };
    const double before = mean();
    society.weeks(156);
    return mean() - before;
  };
  EXPECT_GT(fit("0"), 0.2);
  EXPECT_LT(fit("10"), 0.5 * fit("0"));
}

TEST(Pivot, ALargeOneKillsTheProduct) {
  const Overrides world{"runway.pay=0",           "closing.rate=0",        "acquisition.rate=0",
                        "strategy.fixed_fit=0.7", "pivot.small=false",     "pivot.contradiction=0",
                        "pivot.sunk=0",           "pivot.customers_lost=1"};
  Society society(world + Overrides{"pivot.rate=0"});
  society.weeks(104);
  const std::size_t before = society.world.contracts.living();
  EXPECT_GT(before, 100u);
  Society turning(world + Overrides{"pivot.rate=5"});
  turning.weeks(104);
  EXPECT_LT(turning.world.contracts.living(), before / 2);
  EXPECT_EQ(turning.world.tally.small_pivots, 0);
}

// G2: the half-life of partnerships falls as pivots become more likely.
TEST(Pivot, BreaksPartnerships) {
  const auto left = [](const char* rate) {
    Society society(support::quiet(2'000) + support::unpaid + constant +
                    Overrides{"partnering.pairs_at_start=true", "partnering.same_market=1",
                              "projects.patience=10000", std::string("pivot.rate=") + rate});
    society.weeks(104);
    return society.world.pairs.living();
  };
  const std::size_t none = left("0"), some = left("0.5"), many = left("2");
  EXPECT_EQ(none, 1'000u);
  EXPECT_LT(some, 950u);
  EXPECT_LT(many, some - 50);
}

}  // namespace
