// SPDX-License-Identifier: Apache-2.0
// Press releases (L4): how many, when, and how they are forgotten.
#include <gtest/gtest.h>

#include "tests/models/ecosystem/phases.h"

namespace {

using namespace ecosystem;
using support::Phases;

TEST(Press, ReleasesAreSpreadOverTheFirstYear) {
  for (const std::int64_t releases : {0, 1, 5, 52}) {
    Press press;
    press.releases = releases;
    int sum = 0;
    for (int week = -5; week < 120; ++week) sum += press.released(week);
    EXPECT_EQ(sum, releases);
  }
}

TEST(Press, AShockIsForgottenAtItsHalfLife) {
  Phases economy("textbook", {"run.warmup=0", "press.releases=1", "press.half_life=4"});
  for (int week = 0; week < 9; ++week) {
    economy.week();
    EXPECT_NEAR(economy.world.awareness(), std::pow(.5, week / 4.), 1e-12);
  }
}

TEST(Press, ANewsworthySigningIsARelease) {
  Phases economy("textbook", {"run.warmup=0"},
                 "[partnership.big]\nkind = \"logo\"\ncandidates = 1\nsigned_at_start = 1\n"
                 "from_week = 3\nnewsworthy = 2\nsigning_cost = 1_000\n");
  economy.weeks(3);
  EXPECT_EQ(economy.world.awareness(), 0);
  economy.week();
  EXPECT_EQ(economy.world.awareness(), 2);
  EXPECT_EQ(economy.world.books.totals.partner_program, 100'000);
}

// C1: with neither leads nor lift a release is a bill.
TEST(Press, OpticsAloneSellNothing) {
  const auto run = [](std::vector<std::string> more) {
    more.insert(more.begin(), {"run.warmup=0", "market.partner_only=1"});
    Phases economy("textbook", more);
    economy.weeks(60);
    return economy.world.books.totals;
  };
  const Totals none = run({}), optics = run({"press.releases=5", "press.leads=0", "press.lift=0"});
  EXPECT_EQ(optics.won, none.won);
  EXPECT_EQ(none.contribution() - optics.contribution(), 5 * 200'000);
  EXPECT_GT(run({"press.releases=5", "press.leads=0.5", "press.lift=0"}).leads_inbound, 0);
  EXPECT_GT(run({"press.releases=5", "press.leads=0", "press.lift=2"}).won, none.won);
}

}  // namespace
