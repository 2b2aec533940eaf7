// SPDX-License-Identifier: Apache-2.0
// Deal timing (EQ6): how far a rep goes to have a deal in time (SA15), and that none is made by it.
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>

#include "models/ecosystem/mechanisms/timing.h"

namespace {

using namespace ecosystem;

const sim::Date first_day = sim::Date::from_civil(2026, 2, 2);

// One executive with many finished deals, all of one size.
struct Desk {
  sim::Calendar calendar{sim::Calendar::Kind::fiscal, first_day};
  sim::Random random{7, 0};
  Reps reps;
  Needs needs;
  Opportunities opportunities;
  Products products;
  Timing timing;
  Reasoning reasoning;
  PlanTerms terms;
  sim::Agenda decisions;
  std::vector<sim::Event> due;
  std::int64_t credit = 0;
  int week = 12;  // the quarter's last

  Desk() {
    reps.add(sim::named("rep"));
    reps.planner[Reps::Id(0)] = Planner::myopic;
    reps.plan_credit[Reps::Id(0)] = 1;
    products.add(sim::named("platform"));
    terms.quota = 10'000'000;
    terms.base_rate = .1;
    timing.max_discount = .9;
    timing.inconvenience = .2;
  }
  // A deal that is to be decided so many weeks from the week's beginning.
  Needs::Id deal(double ahead, std::uint8_t stage = stages) {
    const auto n = needs.size();
    const Needs::Id need = needs.add(sim::child(kinds::need, sim::named("desk"), n));
    const auto row = opportunities.add(sim::pair(needs.key(need), reps.key(Reps::Id(0))));
    needs.value[need] = 1'000'000;
    needs.decides[need] = week + ahead;
    needs.first_opportunity[need] = row;
    needs.opportunities[need] = 1;
    opportunities.need[row] = need;
    opportunities.rep[row] = Reps::Id(0);
    opportunities.product[row] = Products::Id(0);
    opportunities.stage[row] = stage;
    opportunities.engaged_day[row] = 0;
    if (ahead < 1) {
      sim::Event event;
      event.key = needs.key(need);
      event.entity = need.index();
      event.tie = static_cast<std::uint32_t>(event.key.value);
      event.time = ahead;
      due.push_back(event);
    }
    return need;
  }
  void run() {
    const auto shared = std::make_shared<const sim::Calendar>(calendar);
    RolePayroll payroll(terms, shared, {"platform"});
    payroll.join(reps.key(Reps::Id(0)), 0);
    if (credit > 0)
      payroll.credit(0, {sim::named("before"), calendar.date(week, 0), 0, credit, credit, credit});
    payroll.begin(calendar.date(week, 0));
    const Foresight foresight(reasoning, payroll, products, nullptr, {1, .25}, -1);
    const sim::Step step(week, calendar, random, sim::serial_workers());
    DealPay pay;
    foresight.deals(reps, Reps::Id(0), step, pay);
    now = pay[0].per_unit;
    foresight.deals_of_next_period(reps, Reps::Id(0), step, pay);
    next = pay[0].per_unit;
    // Nobody counts on more than the next deal: chances of 0 make no lot.
    timing(needs, opportunities, reps, {foresight, foresight}, Timing::Chances{}, decisions, due,
           step);
  }
  double asked(Needs::Id need, double early) const {
    const sim::Step step(week, calendar, random, sim::serial_workers());
    return timing.inconvenience * early *
           step.draw_once(streams::of("timing"), needs.key(need)).exponential();
  }
  double now = 0, next = 0;
};

// SA15: r_now against r_next; all deals that cost less than `most` are had, none that costs more.
void expect_conceded_up_to(Desk& desk, double most) {
  std::vector<double> early;
  for (int i = 0; i < 4000; ++i) {
    early.push_back(.002 + 5.0 * i / 4000);
    desk.deal(1 + early.back());
  }
  desk.run();
  double largest = 0;
  int moved = 0;
  for (std::size_t i = 0; i < early.size(); ++i) {
    const Needs::Id need(i);
    const double asked = desk.asked(need, early[i]);
    const bool expected = early[i] <= 4 && asked <= most;
    ASSERT_EQ(desk.needs.moved[need] != 0, expected) << early[i] << " weeks early, asks " << asked;
    ASSERT_NEAR(desk.needs.discount[need], expected ? asked : 0, 1e-15);
    largest = std::max(largest, desk.needs.discount[need]);
    moved += expected;
  }
  EXPECT_NEAR(largest, most, .01 * most + 1e-3);
  EXPECT_EQ(desk.due.size(), static_cast<std::size_t>(moved));
  EXPECT_GT(moved, 100);
  for (std::size_t i = 0; i < desk.due.size(); ++i) {
    ASSERT_GE(desk.due[i].time, 0);
    ASSERT_LT(desk.due[i].time, 1);
    ASSERT_GE(desk.due[i].time, i == 0 ? 0 : desk.due[i - 1].time);
  }
}

TEST(Timing, ConcedesWhatSA15Says) {
  for (const double accelerator : {1.5, 2.0, 1.05}) {
    Desk desk;
    desk.timing.pull_weeks = 4;
    desk.terms.accelerator = accelerator;
    desk.credit = 15'000'000;  // beyond quota: the accelerated rate now, the base rate next
    expect_conceded_up_to(desk, 1 - 1 / accelerator);  // 33.3%, 50%
  }
}

TEST(Timing, ConcedesNoMoreThanIsAllowed) {
  Desk desk;
  desk.timing.pull_weeks = 4;
  desk.timing.max_discount = .1;
  desk.terms.accelerator = 2;
  desk.credit = 15'000'000;
  expect_conceded_up_to(desk, .1);
}

// Who looks ahead knows that the next quarter may end above quota, too.
TEST(Timing, ForesightMovesTheThreshold) {
  Desk desk;
  desk.reps.planner[Reps::Id(0)] = Planner::shadow;
  desk.timing.pull_weeks = 4;
  desk.terms.accelerator = 2;
  desk.credit = 15'000'000;
  Desk probe = desk;
  probe.run();
  EXPECT_NEAR(probe.now, .2, 1e-4);
  EXPECT_NEAR(probe.next, .15, 1e-9);  // expects to end at quota
  expect_conceded_up_to(desk, 1 - probe.next / probe.now);
}

// d of SA15: the pay of the next period comes a quarter later.
TEST(Timing, PatienceIsPartOfTheThreshold) {
  Desk desk;
  desk.timing.pull_weeks = 4;
  desk.terms.accelerator = 1.5;
  desk.credit = 15'000'000;
  desk.reasoning.discount = .4;
  expect_conceded_up_to(desk, 1 - std::exp(-.4 / 4) / 1.5);
}

TEST(Timing, NothingIsPulledOutOfSeason) {
  for (int week = 0; week < 26; ++week) {
    Desk desk;
    desk.week = week;
    desk.timing.pull_weeks = 4;
    desk.terms.accelerator = 2;
    desk.credit = 15'000'000;
    for (int i = 0; i < 200; ++i) desk.deal(1 + i / 50.0 + .001);
    desk.run();
    EXPECT_EQ(desk.due.empty(), week % 13 != 12) << week;
  }
}

TEST(Timing, ALinearPlanMovesNothing) {
  for (const double inconvenience : {0.0, .03})
    for (const double loss : {0.0, .02, .5}) {
      Desk desk;
      desk.timing.pull_weeks = desk.timing.push_weeks = 4;
      desk.timing.inconvenience = inconvenience;
      desk.timing.loss = loss;
      desk.credit = 15'000'000;
      for (int i = 0; i < 500; ++i) desk.deal(i / 100.0);
      const std::size_t due = desk.due.size();
      desk.run();
      EXPECT_EQ(desk.due.size(), due);
      EXPECT_EQ(desk.decisions.size(), 0u);
      for (const std::uint8_t moved : desk.needs.moved) EXPECT_EQ(moved, 0);
    }
}

TEST(Timing, OnlyReadyDealsMove) {
  Desk desk;
  desk.timing.pull_weeks = 4;
  desk.timing.least_stage = 2;
  desk.timing.inconvenience = 0;
  desk.terms.accelerator = 2;
  desk.credit = 15'000'000;
  for (std::uint8_t stage = 0; stage <= stages; ++stage) desk.deal(2, stage);
  const Needs::Id idle = desk.deal(2);
  desk.opportunities.engaged_day[desk.needs.first_opportunity[idle]] = never;
  desk.run();
  for (std::size_t i = 0; i < desk.needs.size(); ++i)
    EXPECT_EQ(desk.needs.moved[Needs::Id(i)], i == 2 || i == 3) << i;
}

// --- holding back -------------------------------------------------------------------------------

// Beyond the cap a deal earns nothing until the quarter is over.
Desk capped() {
  Desk desk;
  desk.timing.push_weeks = 2;
  desk.terms.cap = 1;
  desk.credit = 15'000'000;
  return desk;
}

TEST(Timing, WhatEarnsMoreNextPeriodIsHeldUntilThen) {
  for (const int week : {10, 11, 12}) {
    Desk desk = capped();
    desk.week = week;
    for (int i = 0; i < 300; ++i) desk.deal((i + .5) / 300);
    const std::vector<sim::Event> before = desk.due;
    desk.run();
    if (week < 11) {
      EXPECT_EQ(desk.due.size(), 300u);
      continue;
    }
    EXPECT_TRUE(desk.due.empty());
    EXPECT_EQ(desk.decisions.size(), 300u);
    std::vector<sim::Event> later;
    for (int w = week + 1; w <= 13; ++w) {
      EXPECT_TRUE(later.empty());
      desk.decisions.advance(later);
    }
    ASSERT_EQ(later.size(), 300u);  // all in the first week of the new quarter
    for (std::size_t i = 0; i < 300; ++i) {
      EXPECT_EQ(later[i].key, before[i].key);
      EXPECT_NEAR(later[i].time, before[i].time, 1e-12);
      const Needs::Id need(later[i].entity);
      EXPECT_EQ(desk.needs.moved[need], 2);
      EXPECT_NEAR(desk.needs.decides[need], 13 + later[i].time, 1e-12);
    }
  }
}

// (1 - chi) r_next must exceed r_now.
TEST(Timing, WaitingMustPayForItsRisk) {
  for (const double loss : {.45, .55}) {
    Desk desk;
    desk.timing.push_weeks = 1;
    desk.timing.loss = loss;
    desk.terms.accelerator = .5;  // a rate that falls: .05 now, .10 next
    desk.credit = 15'000'000;
    desk.deal(.5);
    desk.run();
    EXPECT_EQ(desk.due.empty(), (1 - loss) * .10 > .05) << loss;
  }
}

TEST(Timing, OfThoseHeldBackTheShareLossIsLost) {
  Desk desk = capped();
  desk.timing.loss = .2;
  constexpr int count = 20'000;
  for (int i = 0; i < count; ++i) desk.deal((i + .5) / count);
  const Needs::Id never_held = desk.deal(3);
  desk.run();
  const sim::Step step(13, desk.calendar, desk.random, sim::serial_workers());
  int lost = 0;
  for (int i = 0; i < count; ++i)
    lost +=
        desk.timing.lost_while_waiting(desk.needs, Needs::Id(static_cast<std::size_t>(i)), step);
  EXPECT_NEAR(lost, .2 * count, 4 * std::sqrt(.2 * .8 * count));
  desk.timing.loss = 1;
  EXPECT_FALSE(desk.timing.lost_while_waiting(desk.needs, never_held, step));
}

TEST(Timing, ADealIsMovedOnceAtMost) {
  Desk desk = capped();
  desk.deal(.5);
  desk.run();
  ASSERT_TRUE(desk.due.empty());
  desk.week = 25;  // the next quarter's last: it may not be held again
  std::vector<sim::Event> again;
  while (again.empty()) desk.decisions.advance(again);
  desk.due = again;
  desk.run();
  EXPECT_EQ(desk.due.size(), 1u);
}

// Civil months end within weeks: what is pulled comes before the end, what is held after it.
TEST(Timing, PeriodsMayEndWithinAWeek) {
  int pulled = 0, held = 0;
  for (int week = 0; week < 60; ++week)
    for (const bool pull : {true, false}) {
      Desk desk = capped();
      desk.calendar = sim::Calendar(sim::Calendar::Kind::gregorian, first_day);
      desk.week = week;
      desk.terms.per = compensation::Span::month;
      desk.terms.cap = pull ? 0 : 1;
      desk.terms.accelerator = 2;
      desk.timing.pull_weeks = pull ? 4 : 0;
      desk.timing.push_weeks = pull ? 0 : 1;
      desk.timing.inconvenience = 0;
      const sim::Date today = desk.calendar.date(week, 0);
      const auto periods =
          compensation::Periods::of(std::make_shared<const sim::Calendar>(desk.calendar));
      const double left = (periods.first_day_of_month(periods.month(today) + 1) - today) / 7.0;
      if (pull) {
        desk.deal(2);
      } else {
        for (int i = 0; i < 10; ++i) desk.deal((i + .5) / 10);
      }
      desk.run();
      if (pull) {
        ASSERT_EQ(desk.due.size(), left <= 1 ? 1u : 0u) << today.text();
        for (const sim::Event& event : desk.due) ASSERT_LT(event.time, left);
        pulled += static_cast<int>(desk.due.size());
        continue;
      }
      for (std::size_t i = 0; i < desk.needs.size(); ++i) {
        const Needs::Id need(i);
        const double before = (static_cast<double>(i) + .5) / 10;
        ASSERT_EQ(desk.needs.moved[need], left <= 1 && before < left ? 2 : 0) << today.text();
        if (desk.needs.moved[need] == 0) continue;
        ASSERT_GE(desk.needs.decides[need], week + left);
        ASSERT_GE(desk.needs.decides[need], week + 1);
        ++held;
      }
    }
  EXPECT_GE(pulled, 12);
  EXPECT_GE(held, 30);
}

}  // namespace
