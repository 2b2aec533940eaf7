// SPDX-License-Identifier: Apache-2.0
// Territories: cells of region x vertical x function, each its own executive's.
#include <gtest/gtest.h>

#include "tests/models/ecosystem/economy.h"

namespace {

using namespace ecosystem;
using support::Economy;

struct Count {
  int own_cell = 0, own_region = 0, elsewhere = 0;
};

// Who pursues needs of accounts in cells that have somebody, and in cells that have nobody.
std::array<Count, 2> pursuers(Economy& economy, int weeks, std::size_t covered) {
  std::array<Count, 2> counts;
  economy.weeks(weeks, [&](const World& w) {
    for (std::size_t row = 0; row < w.opportunities.size(); ++row) {
      const Opportunities::Id id(row);
      if (!w.opportunities.alive(id)) continue;
      const Reps::Id rep = w.opportunities.rep[id];
      if (w.reps.role[rep] != Role::account_executive) continue;
      const Accounts::Id account = w.needs.account[w.opportunities.need[id]];
      Count& count = counts[w.accounts.cell[account] < covered ? 0 : 1];
      if (w.reps.cell[rep] == w.accounts.cell[account])
        ++count.own_cell;
      else if (w.reps.region[rep] == w.accounts.region[account])
        ++count.own_region;
      else
        ++count.elsewhere;
    }
  });
  return counts;
}

// Six executives, 3 x 2 x 2 cells: half of the cells have nobody of their own.
TEST(Territories, ACellWithoutItsOwnExecutiveFallsBackToTheRegion) {
  Economy economy({"run.vary=chance", "market.verticals=2", "market.functions=2"});
  const auto [covered, open] = pursuers(economy, 52, 6);
  EXPECT_GT(covered.own_cell, 100);
  EXPECT_EQ(covered.own_region + covered.elsewhere, 0);
  EXPECT_GT(open.own_region, 100);
  EXPECT_EQ(open.own_cell + open.elsewhere, 0);
}

TEST(Territories, AVacantCellIsTheRegionsUntilTheSuccessorComes) {
  Economy economy({"run.vary=chance", "market.verticals=2", "turnover.rate=1",
                   "hiring.weeks_to_hire=26", "run.weeks=260"});
  const auto [covered, open] = pursuers(economy, 208, 6);
  EXPECT_GT(economy.world.books.totals.quits, 4);
  EXPECT_GT(covered.own_cell, covered.own_region);
  EXPECT_GT(covered.own_region, 50);
  EXPECT_EQ(open.own_cell + open.own_region + open.elsewhere, 0);
}

// What cells there are changes who works where, and nothing of who needs what.
TEST(Territories, AccountsAndTheirNeedsStayTheSame) {
  Economy one({"run.vary=chance"}), many({"run.vary=chance", "market.verticals=5"});
  for (std::size_t row = 0; row < one.world.accounts.size(); ++row) {
    const Accounts::Id account(row);
    ASSERT_EQ(one.world.accounts.region[account], many.world.accounts.region[account]);
    ASSERT_EQ(one.world.accounts.need_rate[account], many.world.accounts.need_rate[account]);
    ASSERT_EQ(many.world.accounts.cell[account] % 3, many.world.accounts.region[account]);
  }
  one.weeks(4);
  many.weeks(4);
  EXPECT_EQ(one.world.books.totals.needs, many.world.books.totals.needs);
}

}  // namespace
