// SPDX-License-Identifier: Apache-2.0
// How many hours are worked if an hour costs its rep something (SA1, SA6): until the last one
// earns no more than it costs, by brute force.
#include <gtest/gtest.h>
#include <rapidcheck.h>

#include <algorithm>
#include <cmath>
#include <numeric>

#include "models/ecosystem/mechanisms/effort.h"
#include "sim/calendar.h"

namespace {

using namespace ecosystem;

constexpr double full = 30;

// An executive at 10% without quota, one deal of each size.
struct HourDesk {
  Effort effort;
  std::vector<std::int64_t> sizes;
  Reps reps;
  explicit HourDesk(std::vector<std::int64_t> of) : sizes(std::move(of)) {}

  // Expected pay per (h / h0)^eps of a deal [minor units].
  static double value_of(std::int64_t size) { return .1 * static_cast<double>(size) * .1 * .45; }

  std::vector<double> spend() {
    reps = Reps{};
    Opportunities opportunities;
    Needs needs;
    Products products;
    products.add(sim::named("platform"));
    const Reps::Id rep = reps.add(sim::named("rep"));
    reps.start_week[rep] = -1000;
    reps.knows(rep, Products::Id(0)) = reps.plan_credit[rep] = 1;
    for (std::size_t i = 0; i < sizes.size(); ++i) {
      const auto row = opportunities.add(sim::child(kinds::opportunity, reps.key(rep), i));
      const auto need = needs.add(sim::child(kinds::need, reps.key(rep), i));
      needs.value[need] = sizes[i];
      opportunities.rep[row] = rep;
      opportunities.need[row] = need;
      opportunities.product[row] = Products::Id(0);
      effort.weigh(opportunities, row, sizes[i]);
    }
    sim::Groups<Opportunities, Reps> books;
    books.assign(opportunities, opportunities.rep, reps.size());
    const auto calendar = std::make_shared<const sim::Calendar>(sim::Calendar::Kind::fiscal,
                                                                sim::Date::from_civil(2026, 2, 2));
    PlanTerms terms;
    terms.base_rate = .1;
    RolePayroll payroll(terms, calendar, {"platform"});
    payroll.join(reps.key(rep), 0);
    payroll.begin(calendar->date(0, 0));
    const Reasoning reasoning;
    const Foresight foresight(reasoning, payroll, products, nullptr, {1, .25}, -1);
    const sim::Random random(1, 0);
    const Effort::Job job{foresight, full, 0};
    effort(reps, opportunities, books, needs, {{.1, .1, .1, .1}, .45}, {job, job},
           sim::Step(0, *calendar, random, sim::serial_workers()));
    const auto hours = opportunities.hours.span();
    return {hours.begin(), hours.end()};
  }

  // What a week of these hours earns, less what it costs: each hour k (h / H)^g.
  double earns(const std::vector<double>& hours) const {
    double sum = 0;
    for (std::size_t i = 0; i < sizes.size(); ++i)
      if (hours[i] > effort.touch_hours)
        sum += value_of(sizes[i]) *
               std::pow((hours[i] - effort.touch_hours) / effort.scale_hours, effort.elasticity);
    return sum;
  }
  double costs(double worked) const {
    const double g = effort.hour_cost_power;
    return static_cast<double>(effort.hour_cost.minor) * std::pow(worked / full, g) * worked /
           (g + 1);
  }
  // The most that the n best can earn in so many hours (SA5).
  double best_of(std::size_t n, double worked) const {
    const double left = worked - static_cast<double>(n) * effort.touch_hours;
    if (left <= 0) return 0;
    std::vector<std::int64_t> sorted = sizes;
    std::ranges::sort(sorted, std::greater<>());
    double sum = 0;
    for (std::size_t i = 0; i < n; ++i)
      sum += std::pow(value_of(sorted[i]), 1 / (1 - effort.elasticity));
    return std::pow(left / effort.scale_hours, effort.elasticity) *
           std::pow(sum, 1 - effort.elasticity);
  }
  double best_net() const {
    double best = 0;
    for (std::size_t n = 1; n <= sizes.size(); ++n)
      for (int i = 1; i <= 30'000; ++i) {
        const double worked = full * i / 30'000;
        best = std::max(best, best_of(n, worked) - costs(worked));
      }
    return best;
  }
};

double total(const std::vector<double>& hours) {
  return std::accumulate(hours.begin(), hours.end(), 0.0);
}

// dV/dH = k (H / full)^g, where V is summed by the test itself.
TEST(HourCost, TheLastHourIsWorthWhatItCosts) {
  for (const double power : {1.0, 0.0, 2.0})
    for (const int cost : {2, 5, 20, 80}) {
      HourDesk desk({1'000'000, 3'000'000, 8'000'000});
      desk.effort.touch_hours = 0;
      desk.effort.hour_cost = Money::whole(cost);
      desk.effort.hour_cost_power = power;
      const double worked = total(desk.spend());
      const double step = 1e-3 * worked;
      const double slope =
          (desk.best_of(3, worked + step) - desk.best_of(3, worked - step)) / (2 * step);
      const double price = 100.0 * cost * std::pow(worked / full, power);
      if (worked >= full - 1e-9) {
        EXPECT_GE(slope, price * (1 - 1e-3)) << cost << " " << power;
      } else {
        EXPECT_NEAR(slope / price, 1, 1e-4) << cost << " " << power;
      }
      EXPECT_NEAR(desk.reps.hours_left[Reps::Id(0)], full - worked, 1e-9);
      EXPECT_NEAR(desk.reps.hour_value[Reps::Id(0)] / slope, 1, 1e-4);
    }
}

// The closed form without a touch: (k / full^g) H^g = eps S^(1-eps) H^(eps-1) / h0^eps.
TEST(HourCost, IsTheClosedFormOfOneDeal) {
  HourDesk desk({5'000'000});
  desk.effort.touch_hours = 0;
  desk.effort.hour_cost = Money::whole(10);
  const double v = HourDesk::value_of(5'000'000), eps = .34;
  const double exact = std::pow(eps * v * std::pow(4, -eps) * full / 1000, 1 / (2 - eps));
  EXPECT_NEAR(total(desk.spend()), exact, 1e-4);
  EXPECT_LT(exact, full);
}

TEST(HourCost, OfZeroWorksEveryHour) {
  HourDesk desk({100});
  desk.effort.touch_hours = 0;
  EXPECT_NEAR(total(desk.spend()), full, 1e-9);
}

TEST(HourCost, WorksMoreForMorePayAndLessForMoreCost) {
  double before = 0;
  for (const std::int64_t size : {500'000, 1'000'000, 4'000'000, 9'000'000}) {
    HourDesk desk({size, size});
    desk.effort.hour_cost = Money::whole(20);
    const double worked = total(desk.spend());
    EXPECT_GT(worked, before) << size;
    before = worked;
  }
  before = 1e9;
  for (const int cost : {1, 10, 40, 160, 640}) {
    HourDesk desk({2'000'000, 4'000'000});
    desk.effort.hour_cost = Money::whole(cost);
    const double worked = total(desk.spend());
    EXPECT_LE(worked, before) << cost;
    before = worked;
  }
}

// No number of hours and no subset whatever is better, within a percent of the best there is.
TEST(HourCost, NothingElseIsBetter) {
  EXPECT_TRUE(rc::check("best of all hours and subsets", [] {
    const auto count = *rc::gen::inRange<std::size_t>(1, 7);
    const auto sizes = *rc::gen::container<std::vector<std::int64_t>>(
        count, rc::gen::inRange<std::int64_t>(200'000, 20'000'000));
    HourDesk desk(sizes);
    desk.effort.touch_hours = *rc::gen::inRange(0, 30) / 10.0;
    desk.effort.hour_cost = Money::whole(*rc::gen::inRange(1, 60));
    desk.effort.hour_cost_power = *rc::gen::element(0.0, 1.0, 2.0);
    const auto hours = desk.spend();
    const double worked = total(hours);
    RC_ASSERT(worked <= full + 1e-9);
    const double net = desk.earns(hours) - desk.costs(worked), best = desk.best_net();
    RC_LOG() << "net " << net << " of " << best << ", " << worked << " hours, touch "
             << desk.effort.touch_hours << ", cost " << desk.effort.hour_cost.minor << " power "
             << desk.effort.hour_cost_power;
    RC_ASSERT(net >= best - .01 * std::abs(best) - 1);
  }));
}

}  // namespace
