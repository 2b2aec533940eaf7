// SPDX-License-Identifier: Apache-2.0
// SA17: who quits, how long seats stay empty, how many are in ramp; SA27: sorting by pay.
#include <fmt/format.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <map>

#include "tests/models/ecosystem/economy.h"

namespace {

using namespace ecosystem;
using support::Economy;

// 35% a year leave.
const double hazard = -std::log1p(-.35);

std::vector<std::string> turnover_plan(std::vector<std::string> more) {
  more.insert(more.begin(), {"run.vary=chance", "run.weeks=2000"});
  return more;
}

// The weeks of seats only: people come, people quit.
template <class Look>
void seats(Economy& economy, int weeks, Look look) {
  const sim::Calendar calendar = economy.settings().run().make_calendar();
  for (int week = 0; week < weeks; ++week) {
    const sim::Step step(week, calendar, economy.random(), sim::serial_workers());
    economy.world.hire(step);
    look(economy.world);
    economy.world.turn_over(step);
  }
}

// SA17 by P-EX: mean tenure 2.32 years, 16.4% of seats in a ramp of 5 months, capacity .9154.
TEST(Turnover, TenureAndRampAreThoseOfTheHazard) {
  const double ramp = 52 * 5. / 12;
  Economy economy(
      turnover_plan({"market.accounts=1", "vendor.customers=0", "vendor.account_executives=8000",
                     "hiring.weeks_to_hire=0", fmt::format("turnover.rate={:.17g}", hazard)}));
  double in_ramp = 0, lost = 0, people = 0;
  std::int64_t quits_before = 0;
  seats(economy, 700, [&](const World& w) {
    if (w.current_week() == 50) quits_before = w.books.totals.quits;
    if (w.current_week() < 50) return;
    for (const std::uint32_t row : w.reps.by_key()) {
      if (w.reps.role[Reps::Id(row)] != Role::account_executive) continue;
      const double k = w.current_week() - w.reps.start_week[Reps::Id(row)];
      ASSERT_GE(k, 0);                                     // no seat is ever empty
      const double within = std::clamp(ramp - k, 0., 1.);  // part of the week spent in ramp
      in_ramp += within;
      lost += within * (1 - (k + within / 2) / ramp);
      ++people;
    }
  });
  const auto quits = static_cast<double>(economy.world.books.totals.quits - quits_before);
  const double error = 1 / std::sqrt(quits);
  ASSERT_LT(error, .005);
  const double tenure = -1 / (52 * std::log1p(-quits / people));
  EXPECT_NEAR(tenure, 1 / hazard, 4 * error * tenure);
  EXPECT_NEAR(tenure, 2.32, 4 * error * tenure);
  const double share = -std::expm1(-hazard * 5 / 12);
  EXPECT_NEAR(in_ramp / people, share, 4 * error * share);
  EXPECT_NEAR(share, .164, 5e-4);
  EXPECT_NEAR(1 - lost / people, .9154, 4 * error * (1 - .9154) + 5e-5);
}

// A vacancy lasts weeks_to_hire; nobody is paid for it; each successor costs a fee.
TEST(Turnover, SeatsStayVacantUntilTheSuccessorComes) {
  Economy economy(
      turnover_plan({"market.accounts=1", "vendor.customers=0", "vendor.account_executives=2000",
                     "vendor.partner_managers=0", "program.candidates=0",
                     "program.signed_at_start=0", "turnover.rate=2"}));
  std::int64_t vacant = 0, seen = 0, paid = 0;
  seats(economy, 156, [&](const World& w) {
    const std::int64_t now = w.books.totals.fixed_pay;
    std::int64_t at_work = 0;
    for (const std::int64_t here : w.staff().at_work) at_work += here;
    const std::int64_t each = weekly_part(fixed_cost(w.the<AccountExecutive>()), w.current_week());
    ASSERT_EQ(now - paid, at_work * each);
    paid = now;
    if (w.current_week() < 52) return;
    vacant += 2000 - at_work;
    seen += 2000;
  });
  const Totals& t = economy.world.books.totals;
  EXPECT_EQ(t.support, t.quits * 1'500'000);
  EXPECT_LE(t.hires, t.quits);
  EXPECT_GT(t.hires, t.quits * 9 / 10);
  const double stay = 1 / -std::expm1(-2. / 52), share = 10 / (10 + stay);  // whole weeks
  EXPECT_NEAR(static_cast<double>(vacant) / static_cast<double>(seen), share, .02 * share);
}

TEST(Turnover, NobodyQuitsUnlessToldTo) {
  Economy economy(turnover_plan({}));
  economy.weeks(104);
  EXPECT_EQ(economy.world.books.totals.quits, 0);
  EXPECT_EQ(economy.world.vacant_seats(), 0);
}

// A higher hazard brings resignations forward and changes nobody's luck: the thresholds stay.
TEST(Turnover, ThresholdsAreTheirOwn) {
  const auto stay = [](double rate) {
    Economy economy(
        turnover_plan({"turnover.rate=" + std::to_string(rate), "hiring.weeks_to_hire=260"}));
    std::vector<int> weeks(6);
    seats(economy, 250, [&](const World& w) {
      for (std::size_t seat = 0; seat < 6; ++seat) weeks[seat] += w.reps.alive(Reps::Id(seat));
    });
    return weeks;
  };
  const auto slow = stay(.5), fast = stay(1);
  for (std::size_t seat = 0; seat < 6; ++seat) {
    if (slow[seat] == 250) continue;
    EXPECT_NEAR(fast[seat], slow[seat] / 2., 1);
  }
}

// Every open opportunity is somebody's who is there or will be, with the work that was handed over.
TEST(Turnover, OpportunitiesGoToWhoHoldsTheAccount) {
  Economy economy(turnover_plan({"turnover.rate=3", "turnover.handover_loss=0.25", "demand.rate=2",
                                 "vendor.account_executives=7"}));
  std::map<std::uint64_t, std::pair<std::uint32_t, double>> before;  // rep, work
  int moved = 0, left_alone = 0;
  economy.weeks(156, [&](const World& w) {
    std::map<std::uint64_t, std::pair<std::uint32_t, double>> now;
    for (std::size_t row = 0; row < w.opportunities.size(); ++row) {
      const Opportunities::Id id(row);
      if (!w.opportunities.alive(id)) continue;
      const Reps::Id rep = w.opportunities.rep[id];
      ASSERT_TRUE(w.reps.alive(rep));
      const double work = w.opportunities.work[id];
      const int stage = (work >= w.opportunities.threshold1[id]) +
                        (work >= w.opportunities.threshold2[id]) +
                        (work >= w.opportunities.threshold3[id]);
      ASSERT_EQ(w.opportunities.stage[id], stage);
      now[w.opportunities.key(id).value] = {rep.index(), work};
      const auto known = before.find(w.opportunities.key(id).value);
      if (known == before.end()) continue;
      if (known->second.first == rep.index()) {
        ASSERT_GE(work, known->second.second);
        ++left_alone;
      } else {
        // A quarter is lost of what was done up to and including the leaver's last week.
        const double done = known->second.second + .45 * w.opportunities.push[id];
        ASSERT_NEAR(work, .75 * done, 1e-12);
        ++moved;
      }
    }
    before = std::move(now);
  });
  EXPECT_GT(moved, 20);
  EXPECT_GT(left_alone, 1000);
}

double mean_skill(const World& w) {
  double sum = 0, people = 0;
  for (const std::uint32_t row : w.reps.by_key())
    if (w.reps.role[Reps::Id(row)] == Role::account_executive) {
      sum += w.reps.skill[Reps::Id(row)];
      ++people;
    }
  return sum / people;
}

// SA27: where pay follows performance the weak leave and the strong stay; flat pay sorts nobody.
TEST(Turnover, PayForPerformanceSorts) {
  const auto skill_after = [](const std::string& rate) {
    Economy economy(turnover_plan({"vendor.account_executives=100", "market.accounts=8000",
                                   "vendor.customers=0", "demand.rate=1.5", "demand.while_busy=1",
                                   "product.platform.term_weeks=0", "program.candidates=0",
                                   "program.signed_at_start=0", "account_executive.skill_sigma=1",
                                   "turnover.rate=0.5", "turnover.pay_sensitivity=4", rate}));
    economy.weeks(416);
    EXPECT_GT(economy.world.books.totals.quits, 150);
    return mean_skill(economy.world);
  };
  const double error = 1 / std::sqrt(100.);
  EXPECT_LT(std::fabs(skill_after("account_executive.base_rate=0")), 4 * error);
  EXPECT_GT(skill_after("account_executive.base_rate=0.1"), 4 * error);
}

TEST(Turnover, SelectionRaisesSuccessors) {
  Economy economy(
      turnover_plan({"market.accounts=1", "vendor.customers=0", "vendor.account_executives=2000",
                     "hiring.weeks_to_hire=0", "turnover.rate=20", "turnover.selection=1"}));
  seats(economy, 52, [](const World&) {});
  EXPECT_NEAR(mean_skill(economy.world), .3, .3 * 4 / std::sqrt(2000.));
}

TEST(Turnover, SnapshotsHaveRoomForSuccessors) {
  const auto plan =
      support::plan("saas_60", {"run.snapshot_every=52", "run.replicates=4", "turnover.rate=6",
                                "turnover.pay_sensitivity=1", "hiring.weeks_to_hire=1"});
  const auto tables = sim::describe_results(plan).agent_tables;
  const auto result = support::run(plan);
  ASSERT_FALSE(result.agents.empty());
  for (const auto& block : result.agents) {
    const std::size_t rows = std::visit([](const auto& v) { return v.size(); }, block.values);
    ASSERT_LE(rows, tables[block.table].rows);
  }
}

}  // namespace
