// SPDX-License-Identifier: Apache-2.0
// Effort against SA5 and brute force; the plan it looks at; pursuit's law.
#include <gtest/gtest.h>
#include <rapidcheck.h>

#include <algorithm>
#include <cmath>
#include <numeric>

#include "tests/models/ecosystem/economy.h"

namespace {

using namespace ecosystem;

// One rep with opportunities of the given sizes (in minor units).
struct Desk {
  Reps reps;
  Opportunities opportunities;
  sim::Groups<Opportunities, Reps> books;
  Effort effort;
  Reasoning reasoning;
  Products products;
  Needs needs;
  std::int64_t credit = 0;  // booked before the week
  int week = 0;
  AccountExecutive executive;
  PartnerSeller seller;
  Effort::Prospects prospects{{.1, .1, .1, .1}, .45};
  double discount = .25;

  explicit Desk(Role role, const std::vector<std::int64_t>& sizes) {
    const Reps::Id rep = reps.add(sim::named("rep"));
    reps.role[rep] = role;
    reps.payee[rep] = 0;
    reps.start_week[rep] = -1000;
    reps.plan_credit[rep] = 1;
    products.add(sim::named("platform"));
    reps.knows(rep, Products::Id(0)) = 1;
    for (std::size_t i = 0; i < sizes.size(); ++i) {
      const auto row = opportunities.add(sim::child(kinds::opportunity, reps.key(rep), i));
      const auto need = needs.add(sim::child(kinds::need, reps.key(rep), i));
      needs.value[need] = sizes[i];
      opportunities.rep[row] = rep;
      opportunities.need[row] = need;
      opportunities.product[row] = Products::Id(0);
    }
    sizes_ = sizes;
  }
  // Hours of the week by opportunity, touch included.
  std::vector<double> spend() {
    for (std::size_t i = 0; i < sizes_.size(); ++i) {
      const Opportunities::Id row(i);
      effort.weigh(opportunities, row, sizes_[i]);
      opportunities.hours[row] = 0;
    }
    books.assign(opportunities, opportunities.rep, reps.size());
    const sim::Calendar calendar(sim::Calendar::Kind::fiscal, sim::Date::from_civil(2026, 2, 2));
    const sim::Random random(1, 0);
    const auto shared = std::make_shared<const sim::Calendar>(calendar);
    RolePayroll executives(executive.terms(), shared, {"platform"});
    RolePayroll sellers(seller.terms(), shared, {"platform", "own"});
    for (RolePayroll* payroll : {&executives, &sellers}) {
      payroll->join(reps.key(Reps::Id(0)), 0);
      if (credit > 0)
        payroll->credit(0, {sim::named("before"), calendar.date(0, 0), 0, credit, credit, credit});
      payroll->begin(calendar.date(week, 0));
    }
    const Foresight::Terms terms{1, discount};
    const Foresight direct(reasoning, executives, products, nullptr, terms, -1);
    const Foresight partner(reasoning, sellers, products, &seller, terms, -1);
    effort(reps, opportunities, books, needs, prospects,
           {{direct, executive.hours, executive.ramp_weeks},
            {partner, seller.hours, 0, static_cast<std::size_t>(seller.own_opportunities),
             static_cast<double>(seller.own_deal.minor)}},
           sim::Step(week, calendar, random, sim::serial_workers()));
    const auto hours = opportunities.hours.span();
    return {hours.begin(), hours.end()};
  }

 private:
  std::vector<std::int64_t> sizes_;
};

// What the hours earn, up to a factor common to all: sum of v h^eps beyond the touch.
double value(const std::vector<std::int64_t>& sizes, const std::vector<double>& hours, double touch,
             double eps) {
  double sum = 0;
  for (std::size_t i = 0; i < sizes.size(); ++i)
    if (hours[i] > touch) sum += static_cast<double>(sizes[i]) * std::pow(hours[i] - touch, eps);
  return sum;
}

// SA5's split over exactly this subset.
std::vector<double> closed_form(const std::vector<std::int64_t>& sizes, unsigned subset,
                                double hours, double touch, double eps) {
  std::vector<double> split(sizes.size());
  double sum = 0;
  for (std::size_t i = 0; i < sizes.size(); ++i)
    if (subset >> i & 1) {
      hours -= touch;
      sum += std::pow(static_cast<double>(sizes[i]), 1 / (1 - eps));
    }
  if (hours <= 0 || sum == 0) return split;
  for (std::size_t i = 0; i < sizes.size(); ++i)
    if (subset >> i & 1)
      split[i] = touch + hours * std::pow(static_cast<double>(sizes[i]), 1 / (1 - eps)) / sum;
  return split;
}

TEST(Effort, WithoutTouchCostIsSA5) {
  Desk desk(Role::account_executive, {1'000'000, 2'000'000, 5'000'000});
  desk.effort.touch_hours = 0;
  const auto hours = desk.spend();
  const auto exact = closed_form({1'000'000, 2'000'000, 5'000'000}, 7, 30, 0, .34);
  for (std::size_t i = 0; i < 3; ++i) EXPECT_NEAR(hours[i], exact[i], 1e-6);
  EXPECT_NEAR(hours[2] / hours[0], std::pow(5, 1 / .66), 1e-6);  // exponent 1.515
}

// No subset whatever, split as SA5 says, earns more than what a rep does.
TEST(Effort, ChoosesTheBestSubsetThereIs) {
  EXPECT_TRUE(rc::check("best of all subsets", [] {
    const auto count = *rc::gen::inRange(1, 9);
    const auto sizes = *rc::gen::container<std::vector<std::int64_t>>(
        static_cast<std::size_t>(count), rc::gen::inRange<std::int64_t>(100'000, 20'000'000));
    const double touch = *rc::gen::inRange(1, 800) / 100.0;
    const double eps = *rc::gen::inRange(10, 80) / 100.0;
    const double available = *rc::gen::inRange(1, 40);
    Desk desk(Role::account_executive, sizes);
    desk.effort.touch_hours = touch;
    desk.effort.elasticity = eps;
    desk.executive.hours = available;
    const auto hours = desk.spend();
    const double used = std::accumulate(hours.begin(), hours.end(), 0.0);
    RC_ASSERT(used <= available + 1e-9);
    const double got = value(sizes, hours, touch, eps);
    double best = 0;
    for (unsigned subset = 1; subset < 1u << count; ++subset)
      best = std::max(best,
                      value(sizes, closed_form(sizes, subset, available, touch, eps), touch, eps));
    RC_ASSERT(got >= best * (1 - 1e-9));
    RC_ASSERT(got <= best * (1 + 1e-9));
  }));
}

// A partner's seller: the vendor's share of hours is SA5's between its deal and the own bag.
TEST(Effort, SellersHoldTheirOwnBagAgainstYours) {
  Desk desk(Role::partner_seller, {3'000'000});
  desk.effort.touch_hours = 0;
  desk.seller.own_opportunities = 4;
  const auto hours = desk.spend();
  const double ours = std::pow(.25 * 3'000'000, 1 / .66), own = std::pow(.3 * 3'000'000, 1 / .66);
  EXPECT_NEAR(hours[0], 30 * ours / (ours + 4 * own), 1e-6);
  EXPECT_NEAR(desk.reps.own_bag_hours[Reps::Id(0)], 30 * 4 * own / (ours + 4 * own), 1e-6);
}

TEST(Effort, WhoEarnsNothingDoesNothing) {
  Desk desk(Role::partner_seller, {3'000'000, 9'000'000});
  desk.discount = 0;
  for (const double hours : desk.spend()) EXPECT_EQ(hours, 0);
  EXPECT_GT(desk.reps.own_bag_hours[Reps::Id(0)], 25);
}

TEST(Effort, PeopleRampUpInAStraightLine) {
  for (const int weeks_at_work : {-1, 0, 10, 21, 50}) {
    Desk desk(Role::account_executive, {1'000'000});
    desk.effort.touch_hours = 0;
    desk.reps.start_week[Reps::Id(0)] = -weeks_at_work;
    const double share = std::clamp((weeks_at_work + 1) / 22.0, 0.0, 1.0);
    EXPECT_NEAR(desk.spend()[0], 30 * share, 1e-9) << weeks_at_work;
  }
}

// What is pushed is what hours say: (h / h0)^eps, h beyond the touch.
TEST(Effort, PushFollowsTheHours) {
  Desk desk(Role::account_executive, {1'000'000, 4'000'000});
  const auto hours = desk.spend();
  for (std::size_t i = 0; i < 2; ++i)
    EXPECT_NEAR(desk.opportunities.push[Opportunities::Id(i)], std::pow((hours[i] - 1) / 4, .34),
                1e-9);
}

TEST(Pursuit, StagesComeWhenWorkPassesTheirThresholds) {
  support::Economy economy;
  const Pursuit pursuit;
  Opportunities opportunities;
  Reps reps;
  const Reps::Id rep = reps.add(sim::named("rep"));
  reps.pace(rep, Products::Id(0)) = pursuit.pace_of(.25);
  constexpr std::size_t count = 100'000;
  double work_of_stages = 0;
  for (std::size_t i = 0; i < count; ++i) {
    const auto row = opportunities.add(sim::child(kinds::opportunity, sim::named("p"), i));
    opportunities.rep[row] = rep;
    opportunities.product[row] = Products::Id(0);
    opportunities.push[row] = 2;
    opportunities.engaged_day[row] = never;
    pursuit.open(opportunities, row, economy.step());
    work_of_stages += opportunities.threshold3[row];
  }
  EXPECT_NEAR(work_of_stages / count, 3, 4 * std::sqrt(3.0 / count));  // three unit exponentials
  pursuit(opportunities, reps, economy.step());
  const double work = .45 * .5 * 2;  // rate, knowledge^.5, push
  std::array<double, 4> seen{};
  for (std::size_t i = 0; i < count; ++i) {
    const Opportunities::Id row(i);
    ASSERT_NEAR(opportunities.work[row], work, 1e-12);
    ASSERT_NE(opportunities.engaged_day[row], never);
    seen[opportunities.stage[row]] += 1.0 / count;
  }
  // Poisson(work) stages, the last class open.
  double probability = std::exp(-work), left = 1;
  for (int s = 0; s < 3; ++s) {
    EXPECT_NEAR(seen[static_cast<std::size_t>(s)], probability,
                4 * std::sqrt(probability * (1 - probability) / count));
    left -= probability;
    probability *= work / (s + 1);
  }
  EXPECT_NEAR(seen[3], left, 4 * std::sqrt(left * (1 - left) / count));
}

}  // namespace
