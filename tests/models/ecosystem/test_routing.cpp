// SPDX-License-Identifier: Apache-2.0
// Leads that come by themselves (M6): to whom they go, and back.
#include <gtest/gtest.h>

#include "tests/models/ecosystem/phases.h"

namespace {

using namespace ecosystem;
using support::Phases;

// Half of the accounts are reached by nobody; partners know none.
World run(std::vector<std::string> more, int weeks = 80) {
  more.insert(more.begin(), {"run.warmup=0", "leads.partner_reach=0", "market.partner_only=1",
                             "routing.inbound=0.5", "vendor.account_executives=2"});
  Phases economy("reseller_floor", more);
  economy.weeks(weeks);
  return std::move(economy.world);
}

TEST(Routing, OffIsNothing) {
  const World w = run({"routing.inbound=0", "routing.to=round_robin", "routing.pull_back_weeks=4"});
  EXPECT_EQ(w.books.totals.leads_inbound, 0);
  EXPECT_EQ(w.books.totals.leads_routed, 0);
}

TEST(Routing, LeadsGoToTheVendorsPeopleUnlessGivenAway) {
  const World own = run({}), away = run({"routing.to=round_robin"});
  EXPECT_GT(own.books.totals.leads_inbound, 100);
  EXPECT_EQ(own.books.totals.leads_routed, 0);
  // Partners begin at the end of the first week.
  EXPECT_GT(away.books.totals.leads_routed, away.books.totals.leads_inbound - 12);
  EXPECT_EQ(own.books.totals.won_partner, 0);
  EXPECT_GT(away.books.totals.won_partner, 0);
}

// By turns everybody gets as many; the highest tier gets most if tiers count.
TEST(Routing, TurnsAreEvenAndLevelsAreNot) {
  const auto deals = [](const World& w) {
    std::vector<std::int64_t> all;
    for (const std::int64_t each : w.partnerships.deals) all.push_back(each);
    return *std::max_element(all.begin(), all.end()) - *std::min_element(all.begin(), all.end());
  };
  const World turns = run({"routing.to=round_robin"}, 200);
  const World levels = run(
      {"routing.to=level", "tiers.revenue=[150000]", "tiers.priority=[50]", "tiers.review=quarter"},
      200);
  EXPECT_LT(deals(turns), deals(levels));
}

// A lead nobody touches is taken back; the need keeps its one opportunity.
TEST(Routing, IdleLeadsArePulledBack) {
  const std::vector<std::string> busy{"routing.to=round_robin", "effort.touch_hours=2",
                                      "partner_seller.own_opportunities=20"};
  auto back = busy;
  back.push_back("routing.pull_back_weeks=2");
  const World stays = run(busy), moves = run(back);
  EXPECT_EQ(stays.books.totals.leads_pulled_back, 0);
  EXPECT_GT(moves.books.totals.leads_pulled_back, 0);
  EXPECT_EQ(moves.books.totals.leads_routed, stays.books.totals.leads_routed);
}

}  // namespace
