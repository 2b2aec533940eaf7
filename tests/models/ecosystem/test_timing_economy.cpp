// SPDX-License-Identifier: Apache-2.0
// Deal timing in a whole economy: no deal is made by it, none moves twice, the ledger balances, and
// the spike at a quarter's end is its own dip (SA15, SA20).
#include <gtest/gtest.h>

#include <array>
#include <cmath>
#include <map>
#include <set>

#include "tests/models/ecosystem/phases.h"

namespace {

using namespace ecosystem;
using support::Phases;

std::vector<std::string> with(std::vector<std::string> more) {
  std::vector<std::string> all{"run.vary=chance",
                               "market.accounts=2000",
                               "vendor.account_executives=40",
                               "account_executive.quota=150000",
                               "timing.pull_weeks=4",
                               "timing.push_weeks=1",
                               "timing.loss=0",
                               "timing.least_stage=0",
                               "choice.stage_gain=0.000001",
                               "run.weeks=160"};
  all.insert(all.end(), more.begin(), more.end());
  return all;
}

std::uint64_t digest_of(const World& world) {
  sim::Digest digest;
  world.hash(digest);
  return digest.value();
}

// SA20's null: a linear plan, the switch on or off, is the same to the last bit.
TEST(TimingEconomy, UnderALinearPlanTheSwitchDoesNothing) {
  const auto run = [](std::vector<std::string> more) {
    more.insert(more.end(), {"market.accounts=400", "partner_seller.quota=20000",
                             "partner_seller.accelerator=1", "timing.loss=0.02"});
    auto economy = std::make_unique<Phases>("textbook", with(std::move(more)));
    economy->weeks(80);
    return economy;
  };
  const auto on = run({}), off = run({"timing.pull_weeks=0", "timing.push_weeks=0"});
  EXPECT_GT(on->world.books.totals.won, 50);
  EXPECT_EQ(digest_of(on->world), digest_of(off->world));
  EXPECT_EQ(on->world.books.totals.pulled_in + on->world.books.totals.pushed_out, 0);
}

struct Won {
  std::map<std::uint64_t, int> day;  // by opportunity
  std::array<double, 13> by_week{};  // of the quarter
};

Won won_in(const World& world, int from_day, int to_day) {
  Won won;
  for (std::size_t i = 0; i < world.log.size(); ++i) {
    const Log::Id row(i);
    if (world.log.outcome[row] != static_cast<std::int64_t>(Outcome::won)) continue;
    const auto day = static_cast<int>(world.log.closed_day[row]);
    won.day[world.log.key(row).value] = day;
    if (day >= from_day && day < to_day) won.by_week[static_cast<std::size_t>(day / 7 % 13)] += 1;
  }
  return won;
}

// EQ6, SA15: pure timing conserves deals. With the stage of no weight every deal won is won in
// either world, the same one; the spike is what the weeks around it lack.
TEST(TimingEconomy, DealsAreConservedAndTheSpikeIsItsOwnDip) {
  constexpr int first = 26, end = first + 8 * 13, weeks = end + 10;
  const std::vector<std::string> large{"account_executive.accelerator=2",
                                       "account_executive.quota=120000",
                                       "market.accounts=12000",
                                       "vendor.account_executives=240",
                                       "program.candidates=0",
                                       "program.signed_at_start=0"};
  std::vector<std::string> switched_off = large;
  switched_off.insert(switched_off.end(), {"timing.pull_weeks=0", "timing.push_weeks=0"});
  Phases on("textbook", with(large)), off("textbook", with(switched_off));
  on.weeks(weeks);
  off.weeks(weeks);
  const Won moved = won_in(on.world, 7 * first, 7 * end),
            plain = won_in(off.world, 7 * first, 7 * end);
  constexpr int settled = 7 * (weeks - 8);  // later ones may be on the other side of the end
  int compared = 0;
  for (const auto& [key, day] : plain.day)
    if (day < settled) {
      ASSERT_TRUE(moved.day.contains(key));
      ++compared;
    }
  for (const auto& [key, day] : moved.day) ASSERT_TRUE(day >= settled || plain.day.contains(key));
  EXPECT_GT(compared, 2000);
  EXPECT_EQ(on.world.books.totals.needs, off.world.books.totals.needs);
  EXPECT_GT(on.world.books.totals.pulled_in, 100);
  EXPECT_GT(on.world.books.totals.discount_given, 0);
  const auto last_over_mean = [](const Won& won) {
    double sum = 0;
    for (const double week : won.by_week) sum += week / 13;
    return won.by_week[12] / sum;
  };
  const double noise = 4 * std::sqrt(13 / static_cast<double>(compared));
  EXPECT_GT(last_over_mean(moved), 1.3);
  EXPECT_LT(moved.by_week[1] + moved.by_week[2] + moved.by_week[3],
            .9 * (plain.by_week[1] + plain.by_week[2] + plain.by_week[3]));
  EXPECT_NEAR(last_over_mean(plain), 1, noise);
}

TEST(TimingEconomy, NeedsAreDecidedOnceMovedOnceAndTheLedgerBalances) {
  Phases economy("saas_60",
                 {"run.vary=chance+population", "timing.pull_weeks=4", "timing.push_weeks=2",
                  "account_executive.accelerator=2.5", "account_executive.cap=1.4",
                  "account_executive.bonus=5000", "partner_seller.quota=8000",
                  "partner_seller.bonus=3000", "timing.loss=0.3", "choice.stage_gain=0.4"});
  std::map<std::uint64_t, int> moved;
  std::set<std::uint64_t> gone;
  for (int week = 0; week < 160; ++week) {
    economy.week([&](std::string_view phase) {
      if (phase != "booking") return;
      const World& w = economy.world;
      for (std::size_t i = 0; i < w.needs.size(); ++i) {
        const Needs::Id need(i);
        if (!w.needs.alive(need)) continue;
        const std::uint64_t key = w.needs.key(need).value;
        ASSERT_FALSE(gone.contains(key));
        const int now = w.needs.moved[need];
        ASSERT_TRUE(!moved.contains(key) || moved[key] == 0 || moved[key] == now);
        ASSERT_EQ(w.needs.discount[need] > 0, now == 1);
        moved[key] = now;
      }
    });
    const World& w = economy.world;
    for (std::size_t i = 0; i < w.needs.size(); ++i)
      if (const Needs::Id need(i); !w.needs.alive(need)) gone.insert(w.needs.key(need).value);
    std::int64_t sum = 0;
    for (const std::int64_t balance : w.books.ledger.balances()) sum += balance;
    ASSERT_EQ(sum, 0);
    ASSERT_EQ(w.books.totals.needs,
              w.books.totals.decided + static_cast<std::int64_t>(w.needs.living()));
  }
  const Totals& totals = economy.world.books.totals;
  EXPECT_GT(totals.pulled_in, 20);
  EXPECT_GT(totals.pushed_out, 20);
  std::int64_t pulled = 0;
  for (const auto& [key, how] : moved) pulled += how == 1;
  EXPECT_EQ(totals.pulled_in, pulled);
}

// Whatever period quota is measured over, its last week is the one.
TEST(TimingEconomy, ThePeriodIsTheOneOfThePlan) {
  for (const char* per : {"month", "quarter", "year"}) {
    Phases economy("textbook", with({"account_executive.accelerator=2", "timing.push_weeks=0",
                                     "account_executive.quota=40000", "program.signed_at_start=0",
                                     "program.candidates=0", "run.warmup=0",
                                     std::string("account_executive.quota_per=") + per}));
    std::int64_t before = 0;
    std::set<int> seen;
    for (int week = 0; week < 108; ++week) {
      economy.week();
      const std::int64_t pulled = economy.world.books.totals.pulled_in;
      if (pulled > before) seen.insert(week % 52);
      before = pulled;
    }
    std::set<int> ends;
    for (int week = 0; week < 52; ++week) {
      const int of_quarter = week % 13;
      const bool month = of_quarter == 3 || of_quarter == 7 || of_quarter == 12;
      const std::string_view name(per);
      if (name == "month" ? month : name == "quarter" ? of_quarter == 12 : week == 51)
        ends.insert(week);
    }
    EXPECT_EQ(seen, ends) << per;
  }
}

}  // namespace
