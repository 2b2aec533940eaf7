// SPDX-License-Identifier: Apache-2.0
// Buyers in doubt (D3) and the vendor's sales assist (D5).
#include <gtest/gtest.h>

#include <map>

#include "tests/models/ecosystem/overlap.h"

namespace {

using namespace ecosystem;
using support::overlap;
using support::Phases;
using support::with;

// weight for each partner met beyond the first, by brute force; none where a registration holds.
TEST(Confusion, CostsUtilityForEachPartnerBeyondTheFirst) {
  Phases economy = overlap({"confusion.weight=0.25", "confusion.assist_hours=0",
                            "registration.window_weeks=3", "engagement.rule=none"});
  int doubts = 0, named = 0;
  for (int week = 0; week < 80; ++week)
    economy.week({}, [&](std::string_view phase) {
      if (phase != "confusion") return;
      const World& w = economy.world;
      for (std::size_t i = 0; i < w.needs.size(); ++i) {
        const Needs::Id need(i);
        if (!w.needs.alive(need)) continue;
        int met = 0;
        for (std::uint32_t j = 0; j < w.needs.opportunities[need]; ++j) {
          const Opportunities::Id row(w.needs.first_opportunity[need].index() + j);
          met += w.reps.role[w.opportunities.rep[row]] == Role::partner_seller &&
                 w.opportunities.engaged_day[row] != never;
        }
        const bool registered = w.needs.holder[need] != 0;
        const double cost = met > 1 && !registered ? .25 * (met - 1) : 0;
        ASSERT_EQ(w.needs.confusion[need], cost);
        doubts += cost > 0;
        named += met > 1 && registered;
      }
    });
  EXPECT_GT(doubts, 500);
  EXPECT_GT(named, 500);
}

TEST(Confusion, LowersWinsWhereSeveralCall) {
  const auto won = [](const char* weight) {
    Phases economy =
        overlap({std::string("confusion.weight=") + weight, "confusion.assist_hours=0"});
    economy.weeks(156);
    return economy.world.books.totals.won;
  };
  EXPECT_GT(won("0"), won("0.3"));
  EXPECT_GT(won("0.3"), won("1"));
}

// Each assist costs the executive its hours of the week that follows, and no more than one a need.
TEST(Confusion, AssistsCostHoursOfTheNextWeek) {
  Phases economy = overlap({"confusion.assist_hours=2"});
  std::map<std::size_t, double> owed;
  std::int64_t before = 0;
  for (int week = 0; week < 80; ++week) {
    std::map<std::size_t, double> asked;
    economy.week({}, [&](std::string_view phase) {
      const World& w = economy.world;
      for (std::size_t i = 0; i < w.reps.size(); ++i) {
        const Reps::Id rep(i);
        if (w.reps.role[rep] != Role::account_executive) continue;
        if (phase == "effort") {
          ASSERT_NEAR(w.reps.hours_given[rep], std::max(0., 30 - owed[i]), 1e-9);
        }
        if (phase == "confusion") owed[i] = w.reps.hours_owed[rep];
      }
    });
    EXPECT_GE(economy.world.books.totals.assists, before);
    before = economy.world.books.totals.assists;
  }
  EXPECT_GT(before, 100);
  EXPECT_LE(before, economy.world.books.totals.needs);
}

TEST(Confusion, AnAssistPutsTheExecutiveOnTheDeal) {
  Phases economy = overlap({"confusion.assist_hours=2", "confusion.clears=0.4"});
  int settled = 0;
  for (int week = 0; week < 60; ++week)
    economy.week({}, [&](std::string_view phase) {
      if (phase != "confusion") return;
      const World& w = economy.world;
      for (std::size_t i = 0; i < w.needs.size(); ++i) {
        const Needs::Id need(i);
        if (!w.needs.alive(need) || w.needs.sorted[need] != Confusion::done) continue;
        for (std::uint32_t j = 0; j < w.needs.opportunities[need]; ++j) {
          const Opportunities::Id row(w.needs.first_opportunity[need].index() + j);
          if (w.reps.role[w.opportunities.rep[row]] != Role::account_executive) continue;
          ASSERT_NE(w.opportunities.engaged_day[row], never);
          ASSERT_GE(w.opportunities.hours[row], 2);
          ++settled;
        }
      }
    });
  EXPECT_GT(settled, 100);
}

}  // namespace
