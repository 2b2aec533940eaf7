// SPDX-License-Identifier: Apache-2.0
// Tiers (M5) and rebates (R25).
#include <gtest/gtest.h>

#include "tests/models/ecosystem/phases.h"

namespace {

using namespace ecosystem;
using support::Phases;

TEST(Tiers, ATierIsReachedIfAllItsDemandsAreMet) {
  Tiers tiers;
  EXPECT_FALSE(tiers.on());
  tiers.revenue = {100, 200, 300};
  tiers.certification = {0, .5};
  EXPECT_EQ(tiers.reached(99.9, 1), 0);
  EXPECT_EQ(tiers.reached(100, 0), 1);
  EXPECT_EQ(tiers.reached(250, .4), 1);
  EXPECT_EQ(tiers.reached(250, .5), 2);
  EXPECT_EQ(tiers.reached(1e9, .5), 3);
  tiers.discount = {.02, .05};
  EXPECT_EQ(tiers.discount_of(0), 0);
  EXPECT_EQ(tiers.discount_of(1), .02);
  EXPECT_EQ(tiers.discount_of(3), .05);  // the last holds on
  EXPECT_EQ(tiers.priority_of(2), 1);
}

const std::vector<std::string> floor_with(std::vector<std::string> more) {
  more.insert(more.begin(), {"run.warmup=0", "run.weeks=160", "tiers.revenue=[1, 400000]"});
  return more;
}

TEST(Tiers, TiersWithoutBenefitsChangeNothing) {
  Phases with("reseller_floor", floor_with({})), without("reseller_floor");
  with.weeks(104);
  without.weeks(104);
  EXPECT_EQ(with.world.books.totals.contribution(), without.world.books.totals.contribution());
  int in_tier = 0;
  for (const std::uint8_t tier : with.world.partnerships.tier) in_tier += tier > 0;
  EXPECT_EQ(in_tier, 8);
}

// Points of discount go into what the partner keeps, and into its sellers' pay.
TEST(Tiers, PointsRaiseMarginAndEffort) {
  Phases with("reseller_floor", floor_with({"tiers.discount=[0.1]"}));
  Phases without("reseller_floor", floor_with({}));
  with.weeks(156);
  without.weeks(156);
  const Totals &a = with.world.books.totals, &b = without.world.books.totals;
  EXPECT_GT(a.seller_hours, b.seller_hours);
  EXPECT_GT(static_cast<double>(a.partner_margin) / static_cast<double>(a.bookings_partner),
            static_cast<double>(b.partner_margin) / static_cast<double>(b.bookings_partner));
}

// Retroactive: whoever is in the tier at the review is paid on everything since the last.
TEST(Tiers, ARebateIsPaidOnTheWholePeriod) {
  Phases economy("reseller_floor", floor_with({"tiers.rebate=[0.05, 0.05]"}));
  economy.weeks(52);
  const Totals& t = economy.world.books.totals;
  std::int64_t due = 0;
  for (const std::int64_t revenue : economy.world.partnerships.revenue)
    due += Money{revenue}.share(.05).minor;
  EXPECT_GT(due, 0);
  EXPECT_EQ(t.rebates, due);
}

}  // namespace
