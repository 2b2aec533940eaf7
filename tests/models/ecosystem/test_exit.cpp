// SPDX-License-Identifier: Apache-2.0
// Partnerships end (F2, F3, B3): who ends one when, and what is lost with it.
#include <gtest/gtest.h>

#include <map>

#include "tests/models/ecosystem/phases.h"

namespace {

using namespace ecosystem;
using support::Phases;

std::vector<std::string> exit_plan(std::vector<std::string> more) {
  std::vector<std::string> all{"vendor.account_executives=4", "market.partner_only=0.5"};
  all.insert(all.end(), more.begin(), more.end());
  return all;
}

TEST(Exit, JudgesByProfitPerHour) {
  Exit exit;
  exit.tolerance = .5;
  Relations r;
  const Relations::Id row = r.add(sim::named("edge"));
  EXPECT_FALSE(exit.partner_disappointed(r, row, .5));  // nothing done, nothing to leave
  r.margin[row] = 100;
  r.hours[row] = 10;
  r.own_margin[row] = 210;
  r.own_hours[row] = 10;
  EXPECT_TRUE(exit.partner_disappointed(r, row, .5));
  EXPECT_FALSE(exit.partner_disappointed(r, row, .4));
  r.value_out[row] = 10;  // leads received count
  EXPECT_FALSE(exit.partner_disappointed(r, row, .5));
  r.value_in[row] = 20;
  EXPECT_TRUE(exit.partner_disappointed(r, row, .5));
}

TEST(Exit, ManagersJudgeByTheirPlan) {
  Relations r;
  const Relations::Id row = r.add(sim::named("edge"));
  r.bookings[row] = 100;
  r.value_out[row] = 60;
  r.value_in[row] = 20;
  Exit exit;
  EXPECT_FALSE(exit.managers_disappointed(r, row));
  exit.balance_pay = 2;
  EXPECT_FALSE(exit.managers_disappointed(r, row));
  exit.balance_pay = 3;
  EXPECT_TRUE(exit.managers_disappointed(r, row));
}

TEST(Exit, OldQuartersFade) {
  Exit exit;
  Relations r;
  const Relations::Id row = r.add(sim::named("edge"));
  exit.remember(r, row, {.margin = 100});
  exit.remember(r, row, {.margin = 10, .hours = 4});
  EXPECT_DOUBLE_EQ(r.margin[row], 85);
  EXPECT_DOUBLE_EQ(r.hours[row], 4);
}

// Everybody leaves where nothing is good enough, after so many quarters as their patience lasts.
TEST(Exit, PatienceIsCountedInQuarters) {
  for (const int patience : {1, 3}) {
    Phases economy("reseller_floor",
                   exit_plan({"exit.tolerance=50", "exit.patience=" + std::to_string(patience)}));
    economy.weeks(13 * patience);
    EXPECT_GT(economy.world.books.totals.left_by_partners, 5) << patience;
    for (std::size_t i = 0; i < economy.world.relations.size(); ++i) {
      const std::int32_t ended = economy.world.relations.ended_week[Relations::Id(i)];
      EXPECT_TRUE(ended == never || ended == 13 * patience - 1);
    }
  }
}

// Who has left works for the vendor no more, offers nothing, and comes back to no account.
TEST(Exit, WhatEndsWithAnEdge) {
  Phases economy("reseller_floor", exit_plan({"exit.tolerance=50", "exit.patience=1"}));
  economy.weeks(13);
  const World& w = economy.world;
  const std::int64_t won = w.books.totals.won_partner;
  const double hours = w.books.totals.seller_hours;
  std::int64_t own = 0;
  for (const std::int64_t deals : w.reps.own_deals) own += deals;
  std::size_t ended = 0;
  for (std::size_t i = 0; i < w.partnerships.size(); ++i)
    ended += w.partnerships.status[Partnerships::Id(i)] == PartnershipStatus::ended;
  ASSERT_EQ(ended, w.partnerships.size());
  economy.weeks(30);
  EXPECT_EQ(w.books.totals.won_partner, won);
  EXPECT_EQ(w.books.totals.seller_hours, hours);
  std::int64_t more = 0;
  for (const std::int64_t deals : w.reps.own_deals) more += deals;
  EXPECT_GT(more, own);  // their own business goes on
  EXPECT_GT(w.books.totals.won, won);
}

// feasibility.md, finding 7: contracts in accounts that only the partner reached end with their
// term, the others go over to the vendor at list price.
TEST(Exit, AccountsOnlyThePartnerReachedAreLost) {
  Phases economy("reseller_floor", exit_plan({"product.widget.term_weeks=52", "exit.tolerance=50",
                                              "exit.patience=4", "renewal.share=1"}));
  const World& w = economy.world;
  const auto of_partner = [&](Contracts::Id row) {
    return w.contracts.alive(row) && w.contracts.ours[row] != 0 &&
           w.firms.kind[w.contracts.paper[row]] == FirmKind::partner;
  };
  economy.weeks(52);
  std::map<std::uint64_t, bool> reached;  // contracts on partners' paper
  std::size_t beyond = 0;
  for (std::size_t i = 0; i < w.contracts.size(); ++i)
    if (const Contracts::Id row(i); of_partner(row)) {
      const bool direct = w.accounts.direct[w.contracts.account[row]] != 0;
      reached[w.contracts.key(row).value] = direct;
      beyond += !direct;
    }
  ASSERT_GT(beyond, 10u);
  economy.weeks(60);
  std::size_t taken_over = 0;
  for (std::size_t i = 0; i < w.contracts.size(); ++i) {
    const Contracts::Id row(i);
    EXPECT_FALSE(of_partner(row));
    const auto before = reached.find(w.contracts.key(row).value);
    if (!w.contracts.alive(row) || before == reached.end()) continue;
    EXPECT_TRUE(before->second);
    EXPECT_EQ(w.contracts.net_acv[row], w.contracts.list_acv[row]);
    ++taken_over;
  }
  EXPECT_EQ(taken_over, reached.size() - beyond);
}

TEST(Exit, OffNobodyLeaves) {
  Phases economy("reseller_floor", exit_plan({}));
  economy.weeks(104);
  EXPECT_EQ(economy.world.books.totals.left_by_partners, 0);
  EXPECT_EQ(economy.world.books.totals.ended_by_vendor, 0);
}

}  // namespace
