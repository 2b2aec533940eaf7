// SPDX-License-Identifier: Apache-2.0
// Owners of platforms who enter complements' spaces (H7, H10, L3, SD6).
#include <gtest/gtest.h>

#include <algorithm>

#include "tests/models/startups/giants.h"

namespace {

using namespace startups;

// SD6, an identity: given away if and only if multiplier x base exceeds the margin forgone.
TEST(PlatformEntry, IsGivenAwayExactlyWhereTheBaseGainsMore) {
  PlatformEntry law;
  for (const double multiplier : {0.0, 0.0001, 0.001, 0.01})
    for (const double base : {1e6, 1e9, 1e11})
      for (const double revenue : {0.0, 1e5, 1e7}) {
        law.multiplier = multiplier;
        const PlatformEntry::Stake stake{.base_spend = base, .revenue = revenue};
        EXPECT_EQ(law.gives_away(stake), multiplier * base > law.share * law.margin * revenue);
      }
}

// The same in profit: being able to give away is worth something to the owner exactly there.
TEST(PlatformEntry, GivingAwayPaysExactlyWhereItIsDone) {
  PlatformEntry able, unable;
  unable.multiplier = 0;
  for (const double multiplier : {0.0001, 0.001, 0.01})
    for (const double base : {1e6, 1e9, 1e11})
      for (const double revenue : {0.0, 1e5, 1e7, 1e9}) {
        able.multiplier = multiplier;
        const PlatformEntry::Stake stake{.base_spend = base, .revenue = revenue};
        const double more = able.surplus(stake) - unable.surplus(stake);
        const double margin = multiplier * base - able.share * able.margin * revenue;
        EXPECT_EQ(more > 0, margin > 0);
        EXPECT_NEAR(more, able.horizon * std::max(0.0, margin), 1e-3);
      }
}

// What the owner has of the complement, and customers who would mind, stand on the side of staying.
TEST(PlatformEntry, IsAComparisonOfMoney) {
  PlatformEntry law;
  law.cost = sim::Money::whole(0);
  const PlatformEntry::Stake bare{.base_spend = 1e9, .revenue = 1e6, .complement = 5e4};
  EXPECT_NEAR(law.surplus(bare), 3 * (5e5 - 5e4), 1);  // free: .0005 x 1e9
  auto more = bare;
  more.complement += 1e5;
  EXPECT_NEAR(law.surplus(bare) - law.surplus(more), 3e5, 1);
  more = bare;
  more.customers = 1e6;
  EXPECT_LT(law.surplus(more), 0);
  law.cost = sim::Money{1'000'000};
  more = bare;
  more.knowledge = 1;
  EXPECT_NEAR(law.surplus(more) - law.surplus(bare), 5e5, 1);
  law.effort_cost = sim::Money{500'000};
  EXPECT_NEAR(law.surplus(bare), 3 * (5e5 - 5e4 - 5e5) - 1e6, 1);
}

// Share of complements whose owner has decided to enter in the first year.
double entered(const std::string& fee, std::vector<std::string> more = {}) {
  more.insert(more.end(), {"platform_entry.on=true", "build_or_buy.build_rate=0",
                           "build_or_buy.buy_rate=0", "platform_entry.multiplier=0",
                           "stake.multiplier=0", "leak.rate=0", "platform_entry.cost=1_000_000"});
  support::OneGiant one(more, 100);
  for (std::size_t i = 0; i < 100; ++i) {
    one.sign(i, Kind::platform);
    one.sell(i, 20, true, std::stoll(fee) * 100);
  }
  for (int week = 0; week < 52; ++week) one.giants_week();
  double count = 0;
  for (const Decision decision : one.world.dealings.decision) count += decision == Decision::build;
  return count / 100;
}

// H10: nobody told the owner to look at success; what it could take is worth more.
TEST(PlatformEntry, ComesWhereComplementsSucceed) {
  const double little = entered("1000"), some = entered("50000"), much = entered("300000");
  EXPECT_LT(little, 0.05);
  EXPECT_LT(little, some);
  EXPECT_LT(some, much);
  EXPECT_GT(much, 0.9);
  EXPECT_EQ(entered("300000", {"platform_entry.share=0"}), 0);  // nothing to take
}

// SD1: work that the complement does now keeps owners away.
TEST(PlatformEntry, StaysAwayFromWork) {
  EXPECT_LT(entered("50000", {"platform_entry.effort_cost=300_000"}), entered("50000"));
}

// L3: on a base that is large enough a tiny multiplier is enough, with no revenue to take at all.
TEST(PlatformEntry, ATinyMultiplierOnALargeBaseIsEnough) {
  const auto decision = [](const char* revenue) {
    support::OneGiant one({"platform_entry.on=true", "build_or_buy.build_rate=0",
                           "build_or_buy.buy_rate=0", "platform_entry.multiplier=0.0001",
                           "platform_entry.cost_sigma=0", "stake.multiplier=0",
                           std::string("giant.revenue=") + revenue});
    one.sign(0, Kind::platform);
    for (int i = 0; i < 13; ++i) one.giants_week();
    return one.world.dealings.decision[one.dealing(0)];
  };
  EXPECT_EQ(decision("1_000_000_000"), Decision::open);     // 100k a year for 6M
  EXPECT_EQ(decision("100_000_000_000"), Decision::build);  // 10M a year
}

// The entrant takes customers in the base and no others; more if it is free.
TEST(Competition, TakesCustomersInTheBaseOnly) {
  const auto lost = [](bool in_base, bool free) {
    support::OneGiant one({"build_or_buy.build_rate=0", "build_or_buy.buy_rate=0"}, 1);
    one.sign(0, Kind::joint_selling);
    one.sell(0, 100, in_base, 1'000'000, 0.51);
    auto& entrants = one.world.entrants;
    const auto id = entrants.add(sim::named("test"));
    entrants.giant[id] = support::OneGiant::giant();
    entrants.market[id] = Markets::Id(0);
    entrants.quality[id] = 0.8;
    entrants.free[id] = free;
    for (int i = 0; i < 104; ++i) one.giants_week();
    int gone = 0;
    for (const double left : one.world.contracts.to_churn) gone += left <= 0;
    EXPECT_EQ(entrants.customers[id], gone);
    return gone;
  };
  EXPECT_EQ(lost(false, true), 0);
  EXPECT_EQ(lost(true, false), 0);   // .5 x 1/2 x 2 years of a threshold of .51
  EXPECT_EQ(lost(true, true), 100);  // .5 x 2/3 x 2 years
}

}  // namespace
