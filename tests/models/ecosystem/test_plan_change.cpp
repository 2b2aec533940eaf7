// SPDX-License-Identifier: Apache-2.0
// Partners that change their pay plan (A8, X7): how often, what it does at once, and to nobody
// else.
#include <gtest/gtest.h>

#include <cmath>
#include <filesystem>
#include <fstream>
#include <map>
#include <tuple>
#include <vector>

#include "tests/models/ecosystem/phases.h"

namespace {

using namespace ecosystem;
using support::Phases;

// Active partners of two sellers each, and nothing else.
struct Village {
  Firms firms;
  Partnerships partnerships;
  Reps reps;
  sim::Calendar calendar{sim::Calendar::Kind::fiscal, sim::Date::from_civil(2026, 2, 2)};
  sim::Random random{5, 0};

  explicit Village(std::size_t partners) {
    for (std::size_t i = 0; i < partners; ++i) {
      const Firms::Id firm = firms.add(sim::child(kinds::firm, sim::named("village"), i));
      const auto row = partnerships.add(sim::pair(sim::named("vendor"), firms.key(firm)));
      partnerships.partner[row] = firm;
      partnerships.status[row] = PartnershipStatus::active;
      partnerships.first_seller[row] = Reps::Id(reps.size());
      partnerships.sellers[row] = 2;
      for (std::uint64_t s = 0; s < 2; ++s)
        reps.plan_credit[reps.add(sim::child(kinds::rep, firms.key(firm), s))] = 1;
    }
  }
  void week(const PlanChange& change, int week) {
    change(partnerships, firms, reps, sim::Step(week, calendar, random, sim::serial_workers()));
  }
};

// Each week with the old plan ends it with chance 1 - exp(-rate/52); then it is gone for `weeks`.
TEST(PlanChange, ComesAsOftenAsItsHazardSays) {
  for (const double rate : {.3, 2.0, 12.0}) {
    Village village(4000);
    PlanChange change;
    change.rate = rate;
    change.weeks = 9;
    double exposed = 0, changes = 0;
    for (int week = 0; week < 156; ++week) {
      const std::vector<std::int32_t> before(village.partnerships.plan_changes.begin(),
                                             village.partnerships.plan_changes.end());
      village.week(change, week);
      for (std::size_t i = 0; i < 4000; ++i) {
        const Partnerships::Id row(i);
        const std::int32_t more = village.partnerships.plan_changes[row] - before[i];
        ASSERT_TRUE(more == 0 || more == 1);
        changes += more;
        exposed += more == 1 || village.partnerships.plan_until[row] == 0;
      }
    }
    const double chance = -std::expm1(-rate / 52);
    EXPECT_NEAR(changes, exposed * chance, 4 * std::sqrt(exposed * chance * (1 - chance)));
    // A year: mean of the cycle, old plan and new.
    const double cycles = 4000 * 156.0 / (9 - 1 + 1 / chance);
    EXPECT_NEAR(changes / cycles, 1, .05) << rate;
  }
}

TEST(PlanChange, HoldsForItsWeeksAndGoesBack) {
  Village village(500);
  PlanChange change;
  change.rate = 3;
  change.credit = .25;
  change.weeks = 5;
  std::vector<int> low(500);
  int ended = 0;
  for (int week = 0; week < 200; ++week) {
    const std::vector<std::int32_t> before(village.partnerships.plan_changes.begin(),
                                           village.partnerships.plan_changes.end());
    village.week(change, week);
    for (std::size_t i = 0; i < 500; ++i) {
      const Partnerships::Id row(i);
      const Reps::Id first = village.partnerships.first_seller[row];
      const double credit = village.reps.plan_credit[first];
      ASSERT_EQ(credit, village.reps.plan_credit[Reps::Id(first.index() + 1)]);
      ASSERT_TRUE(credit == 1 || credit == .25);
      if (village.partnerships.plan_changes[row] > before[i]) {
        ASSERT_TRUE(low[i] == 0 || low[i] == 5);
        low[i] = 0;
      }
      if (credit == .25) {
        ++low[i];
        ASSERT_LE(low[i], 5);
      } else if (low[i] > 0) {
        ASSERT_EQ(low[i], 5);
        low[i] = 0;
        ++ended;
      }
    }
  }
  EXPECT_GT(ended, 1000);
}

TEST(PlanChange, OffIsOff) {
  Village village(50);
  for (int week = 0; week < 100; ++week) village.week({}, week);
  for (const double credit : village.reps.plan_credit) EXPECT_EQ(credit, 1);
}

// A partner's changes come when they come, whoever else there is and whatever they bring.
TEST(PlanChange, ComesAtTheSameTimesInEveryOption) {
  PlanChange change, other;
  change.rate = other.rate = 1.5;
  change.weeks = other.weeks = 7;
  other.credit = .8;
  Village few(40), many(300);
  for (int week = 0; week < 200; ++week) {
    few.week(change, week);
    many.week(other, week);
    for (std::size_t i = 0; i < 40; ++i)
      ASSERT_EQ(few.partnerships.plan_changes[Partnerships::Id(i)],
                many.partnerships.plan_changes[Partnerships::Id(i)]);
  }
}

std::vector<std::string> with(std::vector<std::string> more) {
  std::vector<std::string> all{"run.vary=chance+population", "program.activation_share=1",
                               "effort.touch_hours=0"};
  all.insert(all.end(), more.begin(), more.end());
  return all;
}

// Hours that each seller spends on the vendor's deals this week; fewer than none: not at work yet.
std::vector<double> hours_for_us(const World& w) {
  std::vector<double> hours(w.reps.size());
  for (std::size_t i = 0; i < w.reps.size(); ++i) {
    const Reps::Id rep(i);
    hours[i] = w.reps.hours_given[rep] - w.reps.hours_left[rep] - w.reps.own_bag_hours[rep];
  }
  return hours;
}

// X7: with the credit gone the hours are gone the same week, and with it they are back. The null:
// nobody's knowledge or liking moved.
TEST(PlanChange, HoursStopAtOnceAndComeBack) {
  Phases economy("saas_60", with({"plan_change.rate=1", "plan_change.weeks=10",
                                  "reasoning.liking=3", "leads.partner_reach=1"}));
  int stopped = 0, back = 0;
  std::map<std::size_t, double> credit_before, hours_before;
  for (int week = 0; week < 150; ++week)
    economy.week({}, [&](std::string_view phase) {
      if (phase != "effort") return;
      const World& w = economy.world;
      const auto hours = hours_for_us(w);
      for (std::size_t i = 0; i < hours.size(); ++i) {
        const Reps::Id rep(i);
        if (w.reps.role[rep] != Role::partner_seller) continue;
        const double credit = w.reps.plan_credit[rep];
        if (credit == 0) {
          ASSERT_NEAR(hours[i], 0, 1e-9);
        }
        if (credit == 0 && credit_before[i] == 1 && hours_before[i] > 1) ++stopped;
        if (credit == 1 && credit_before.contains(i) && credit_before[i] == 0 && hours[i] > 1)
          ++back;
        ASSERT_EQ(w.reps.knowledge[rep], w.the<PartnerSeller>().knowledge);
        credit_before[i] = credit;
        hours_before[i] = hours[i];
      }
    });
  EXPECT_GT(stopped, 10);
  EXPECT_GT(back, 10);
}

// A SPIF of the plan goes with the credit: what is not commissionable claims none (R22).
TEST(PlanChange, NoSpifKeepsThemAtWork) {
  const auto file = std::filesystem::path(testing::TempDir()) / "plan_with_spif.toml";
  std::ofstream(file) << R"(format = 1
name = "commission and a SPIF"
currency = "USD"
paid = "quarter"
crediting_event = "booking"
splits = "sum_to_100"
products = ["platform", "own"]
[component.c]
type = "commission"
basis = "margin"
reading = "marginal"
measure = "quarter"
tiers = [{from = 0, rate = "10%"}]
[component.s]
type = "spif"
products = ["platform"]
from = 2020-01-01
to = 2040-01-01
per_deal = 5000
stackable = true
)";
  const std::string plan = "partner_seller.plan=" + file.string();
  Phases economy("saas_60", with({"plan_change.rate=3", plan, "leads.partner_reach=1"}));
  int without = 0;
  std::int64_t spifs = 0;
  for (int week = 0; week < 100; ++week) {
    economy.week({}, [&](std::string_view phase) {
      if (phase != "effort") return;
      const World& w = economy.world;
      const auto hours = hours_for_us(w);
      for (std::size_t i = 0; i < hours.size(); ++i) {
        if (w.reps.role[Reps::Id(i)] != Role::partner_seller) continue;
        if (w.reps.plan_credit[Reps::Id(i)] > 0) continue;
        ASSERT_NEAR(hours[i], 0, 1e-9);
        ++without;
      }
    });
    spifs = economy.world.books.totals.partner_incentives;
  }
  EXPECT_GT(without, 50);
  EXPECT_GT(spifs, 0);
}

// What the market and all others draw is the same with and without changes: needs, their sizes and
// clocks, who signs and who knows whom. Pursuit and choice differ by hours alone.
TEST(PlanChange, NobodyElsesLuckIsTouched) {
  Phases off("saas_60", with({"demand.while_busy=1"})),
      on("saas_60", with({"demand.while_busy=1", "plan_change.rate=2"}));
  std::map<std::uint64_t, std::tuple<std::int64_t, double, double>> needs, thresholds;
  for (Phases* economy : {&off, &on}) {
    const World& w = economy->world;
    for (int week = 0; week < 80; ++week) {
      economy->week();
      for (std::size_t i = 0; i < w.needs.size(); ++i) {
        const Needs::Id need(i);
        const std::tuple luck{w.needs.value[need], w.needs.decides[need],
                              static_cast<double>(w.needs.born_day[need])};
        const auto at = needs.emplace(w.needs.key(need).value, luck).first;
        ASSERT_EQ(at->second, luck);
      }
      for (std::size_t i = 0; i < w.opportunities.size(); ++i) {
        const Opportunities::Id row(i);
        const std::tuple luck{std::int64_t{0}, w.opportunities.threshold1[row],
                              w.opportunities.threshold3[row]};
        const auto at = thresholds.emplace(w.opportunities.key(row).value, luck).first;
        ASSERT_EQ(at->second, luck);
      }
    }
  }
  EXPECT_EQ(off.world.books.totals.needs, on.world.books.totals.needs);
  EXPECT_EQ(off.world.reps.size(), on.world.reps.size());
  EXPECT_EQ(off.world.opportunities.size(), on.world.opportunities.size());
  EXPECT_NE(off.world.books.totals.seller_hours, on.world.books.totals.seller_hours);
  // An executive's hours are their own.
  EXPECT_NEAR(off.world.books.totals.executive_hours, on.world.books.totals.executive_hours, 1e-6);
}

}  // namespace
