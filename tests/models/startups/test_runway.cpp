// SPDX-License-Identifier: Apache-2.0
// Cash, costs, people, and the ledger (EQ11, SC3).
#include <gtest/gtest.h>

#include "models/ventures/runway.h"
#include "tests/models/startups/society.h"

namespace {

using namespace startups;
using support::Overrides;
using support::Society;

// 18 months of cash at a burn of 1 and a sd of 3 (SC3), looked at every week.
TEST(Runway, RuinIsTheFirstPassageOfItsCash) {
  constexpr int n = 20'000;
  Society society(support::quiet(n) + Overrides{"runway.cost_sd=3", "runway.people=4",
                                                "runway.pay=120000", "runway.overhead=0.25",
                                                "runway.cash=900000"});
  const double step = 12.0 / 52;
  const ventures::Runway law = ventures::Runway{18, 1, 3}.looked_at_every(step);
  for (const int weeks : {52, 78, 104}) {
    society.weeks(weeks - static_cast<int>(society.step().week()));
    const double expected = law.ruined_by(weeks * step);
    const double found = 1 - society.alive() / static_cast<double>(n);
    EXPECT_NEAR(found, expected, support::four_errors(expected, n) + 0.004) << weeks;
  }
}

TEST(Runway, WithoutLuckCashLastsForCashOverBurn) {
  Society society(support::quiet(10) + Overrides{"runway.people=4", "runway.pay=104000",
                                                 "runway.overhead=0", "runway.cash=80000"});
  society.weeks(10);  // 8,000 a week: cash is 0 and not below
  EXPECT_EQ(society.alive(), 10);
  society.week();
  EXPECT_EQ(society.alive(), 0);
}

TEST(Runway, CommonShocksMakeDeathsComeTogether) {
  const auto variance = [](const char* correlation) {
    double sum = 0, squares = 0;
    constexpr int runs = 60;
    for (int i = 0; i < runs; ++i) {
      Society society(
          support::quiet(200) + Overrides{"runway.cost_sd=3", "runway.cash=900000",
                                          std::string("runway.shock_correlation=") + correlation},
          static_cast<std::uint64_t>(i));
      society.weeks(78);
      const double alive = society.alive();
      sum += alive;
      squares += alive * alive;
    }
    return squares / runs - sum / runs * (sum / runs);
  };
  EXPECT_GT(variance("0.5"), 4 * variance("0"));
}

TEST(Runway, HiringMakesTheBurnGrowForGood) {
  const Overrides rich = support::quiet(20) + Overrides{"runway.cash=50000000"};
  Society still(rich), hiring(rich + Overrides{"runway.hiring=true"});
  still.weeks(60);
  hiring.weeks(60);
  const Startups::Id first(0);
  EXPECT_EQ(still.world.startups.people[first], 4);
  EXPECT_GT(hiring.world.startups.people[first], 8);
  EXPECT_GT(hiring.world.startups.burn[first], 2 * still.world.startups.burn[first]);
}

// Six months, with and without room for a standard error of surprises; who only breaks even with
// an empty bank is short of cash too.
TEST(Runway, ShortOfCashAllowsForSurprises) {
  Runway law;
  law.cost_sd = 0;
  const double month = law.burn(8) * weeks_per_month;
  EXPECT_TRUE(law.short_of_cash(8, 5.9 * month, 0));
  EXPECT_FALSE(law.short_of_cash(8, 6.1 * month, 0));
  EXPECT_FALSE(law.short_of_cash(8, 0.1 * month, law.burn(8)));
  law.cost_sd = 0.3;
  const double surprise = 0.3 * std::sqrt(6.0);
  EXPECT_TRUE(law.short_of_cash(8, (surprise - 0.01) * month, law.burn(8)));
  EXPECT_FALSE(law.short_of_cash(8, (surprise + 0.01) * month, law.burn(8)));
}

// What is missing from the reserve is saved in the planned time, in people; founders stay.
TEST(Runway, WhoIsShortOfCashFillsUpTheReserve) {
  const Runway law;
  const double month = law.burn(8) * weeks_per_month;
  EXPECT_NEAR(law.hires(8, 0.5 * month, law.burn(8)), -8 * 5.5 / law.planned_months, 1e-9);
  EXPECT_EQ(law.hires(8, 0.5 * month, 0), law.people - 8);
  EXPECT_EQ(law.hires(8, 5.9 * month, law.burn(8)), 0);  // below the reserve, and not short
}

TEST(Ledger, NoCentIsMadeOrLost) {
  Society society;
  society.weeks(104, [](const World& w) {
    std::int64_t sum = 0;
    for (const std::int64_t balance : w.ledger.balances()) sum += balance;
    ASSERT_EQ(sum, 0);
  });
  EXPECT_LT(society.world.ledger.balance(Book::customers), 0);
  EXPECT_GT(society.world.ledger.balance(Book::staff), 0);
  EXPECT_GT(society.world.ledger.balance(Book::giants), 0);
  society.world.startups.cash[Startups::Id(0)] += 1;  // a cent out of nothing
  EXPECT_THROW(society.week(), sim::Error);
}

}  // namespace
