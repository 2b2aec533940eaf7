// SPDX-License-Identifier: Apache-2.0
// Hours of a week: SA4, SA5, hours that have a price, and what holds for any values.
#include <rapidcheck.h>

#include <numeric>

#include "models/planning/split.h"
#include "tests/models/planning/exact.h"
#include "tests/models/planning/optimisers.h"

namespace {

using namespace planning;
using namespace planning_tests;

struct Week {
  std::vector<double> hours;
  Supply supply;
};

Week week(const std::vector<double>& values, double most, const Response& response,
          const HourPrice& price = {}) {
  static HourSplit split;
  Week result{std::vector<double>(values.size()), {}};
  result.supply = split(values, most, response, price, result.hours);
  return result;
}

// What a week is worth to the rep.
long double worth(const std::vector<double>& values, const std::vector<double>& hours, double most,
                  const Response& response, const HourPrice& price = {}) {
  long double sum = 0, all = 0;
  for (std::size_t j = 0; j < values.size(); ++j) {
    all += hours[j];
    if (hours[j] > response.touch_hours)
      sum += values[j] * std::pow(static_cast<long double>(hours[j] - response.touch_hours),
                                  static_cast<long double>(response.elasticity));
  }
  return sum - price.last * most / (1 + price.curvature) *
                   std::pow(all / most, static_cast<long double>(1 + price.curvature));
}

// Any two items trade hours until no trade pays.
std::vector<double> by_trading(const std::vector<double>& values, double most, double eps) {
  const std::size_t n = values.size();
  std::vector<double> hours(n, most / static_cast<double>(n));
  const auto paid = [&](std::size_t j, double h) -> long double {
    return values[j] * std::pow(static_cast<long double>(h), static_cast<long double>(eps));
  };
  for (int sweep = 0; sweep < 200; ++sweep)
    for (std::size_t i = 0; i < n; ++i)
      for (std::size_t j = i + 1; j < n; ++j) {
        const double both = hours[i] + hours[j];
        hours[i] = top_of([&](double h) { return paid(i, h) + paid(j, both - h); }, 0, both);
        hours[j] = both - hours[i];
      }
  return hours;
}

// --- SA5 ----------------------------------------------------------------------------------------

TEST(Planning, SA5IsWhatTradingEndsAt) {
  const std::vector<double> values{1, 2, 5, 0.3, 1.7};
  for (const double eps : {0.1, 0.34, 0.6, 0.8}) {
    const auto found = week(values, 30, {eps, 0}).hours;
    const auto traded = by_trading(values, 30, eps);
    for (std::size_t j = 0; j < values.size(); ++j) EXPECT_NEAR(found[j], traded[j], 1e-6) << eps;
    EXPECT_NEAR(found[2] / found[0] / std::pow(5, 1 / (1 - eps)), 1, 1e-12);
  }
  const auto two = week({1, 2}, 30, {0.34, 0}).hours;
  EXPECT_NEAR(two[1] / two[0], std::pow(2, 1.515151515151515), 1e-12);
}

TEST(Planning, PowersGiveTheSameWeek) {
  const std::vector<double> values{1, 2, 5, 0.3, 1.7};
  const Response response{0.34, 1.5};
  const HourPrice price{0.3, 1};
  std::vector<double> powers, hours(values.size());
  for (const double value : values) powers.push_back(std::pow(value, response.exponent()));
  const Supply supply = HourSplit().of_powers(powers, 30, response, price, hours);
  const Week found = week(values, 30, response, price);
  EXPECT_EQ(supply.touched, found.supply.touched);
  EXPECT_LT(supply.hours, 29);
  for (std::size_t j = 0; j < values.size(); ++j) EXPECT_NEAR(hours[j], found.hours[j], 1e-9);
}

// --- SA4 ----------------------------------------------------------------------------------------

// A seller's share of hours on a partner's product that pays `tenths` of a percent of margin, the
// own product paying 10%; equal deals, chances and paces. Rates are what the pay engine pays next.
double partner_share(int tenths, double eps, double touch = 0) {
  compensation::Payroll payroll(
      exact::plan_with(
          "products = [\"own\", \"theirs\"]\n[component.own]\ntype = \"commission\"\n"
          "reading = \"marginal\"\nmeasure = \"quarter\"\nproducts = [\"own\"]\n"
          "tiers = [{from = 0, rate = \"10%\"}]\n[component.theirs]\ntype = \"commission\"\n"
          "reading = \"marginal\"\nmeasure = \"quarter\"\nproducts = [\"theirs\"]\n"
          "tiers = [{from = 0, rate = \"" +
          fmt::format("{}.{}%", tenths / 10, tenths % 10) + "\"}]\n"),
      compensation::Payroll::Trace::no);
  const auto payee = payroll.add_payee("Ann");
  std::vector<double> values;
  for (const char* product : {"own", "theirs"}) {
    compensation::CreditKind of;
    of.product = product;
    const auto kind = payroll.add_kind(of);
    values.push_back(
        static_cast<double>(payroll.marginal(payee, kind, 5'000'000, random_plans::new_year())));
  }
  const Week found = week(values, 30, {eps, touch});
  return found.hours[1] / (found.hours[0] + found.hours[1]);
}

TEST(Planning, SA4AllHoursJumpUnderALinearResponse) {
  for (const int tenths : {0, 50, 80, 95, 99}) {
    EXPECT_EQ(partner_share(tenths, 1), 0) << tenths;
    EXPECT_EQ(partner_share(tenths, 1, 1), 0) << tenths;
  }
  EXPECT_EQ(partner_share(100, 1), 0.5);  // indifferent
  for (const int tenths : {101, 105, 120, 300}) {
    EXPECT_EQ(partner_share(tenths, 1), 1) << tenths;
    EXPECT_EQ(partner_share(tenths, 1, 1), 1) << tenths;
  }
}

TEST(Planning, SA4NoJumpUnderAConcaveResponse) {
  double before = 0;
  for (int tenths = 50; tenths <= 200; ++tenths) {
    const double share = partner_share(tenths, 0.34), odds = std::pow(tenths / 100.0, 1 / 0.66);
    EXPECT_NEAR(share, odds / (1 + odds), 1e-9);
    if (tenths > 50) {
      EXPECT_GT(share, before);
      EXPECT_LT(share, before + 0.006);
    }
    before = share;
  }
  // The jump is the limit of responses near 1.
  EXPECT_LT(partner_share(95, 0.99), 0.01);
  EXPECT_GT(partner_share(105, 0.99), 0.99);
}

// --- Hours with a price -------------------------------------------------------------------------

TEST(Planning, HoursStopWhereTheyNoLongerPay) {
  const std::vector<double> values{1, 2, 5};
  const Response response{0.34, 0};
  for (const double price : {0.05, 0.2, 0.8, 3.0})
    for (const double curvature : {0.0, 1.0, 3.0}) {
      const Week found = week(values, 30, response, {price, curvature});
      const double best = top_of(
          [&](double all) {
            return worth(values, week(values, all, response).hours, 30, response,
                         {price, curvature});
          },
          0, 30, 80);
      EXPECT_NEAR(found.supply.hours, best, 1e-6) << price << " " << curvature;
      EXPECT_NEAR(std::accumulate(found.hours.begin(), found.hours.end(), 0.0), best, 1e-6);
    }
  EXPECT_EQ(week(values, 30, response, {0, 1}).supply.hours, 30);
  EXPECT_EQ(week(values, 30, response, {1e-6, 1}).supply.hours, 30);
  EXPECT_LT(week(values, 30, response, {1e6, 1}).supply.hours, 0.1);
}

TEST(Planning, LinearHoursWithAPrice) {
  for (const double price : {0.5, 2.0, 5.0, 40.0})
    for (const double curvature : {0.0, 0.5, 2.0}) {
      const Response response{1, 0.5};
      const Week found = week({3, 4, 1}, 30, response, {price, curvature});
      const auto paid = [&](double all) {
        return worth({3, 4, 1}, {0, all, 0}, 30, response, {price, curvature});
      };
      const double best = best_of(paid, 0, 30, 3000);
      EXPECT_GE(paid(found.supply.hours), paid(best) - 1e-9L) << price << " " << curvature;
      EXPECT_EQ(found.hours[0] + found.hours[2], 0);
    }
}

// The best over all numbers of items and hours, by trying.
long double best_by_trying(std::vector<double> values, double most, const Response& response,
                           const HourPrice& price) {
  std::sort(values.begin(), values.end(), std::greater<>());
  long double best = 0;
  for (std::size_t n = 1; n <= values.size(); ++n) {
    const double touched = static_cast<double>(n) * response.touch_hours;
    if (touched >= most) break;
    const std::vector<double> some(values.begin(), values.begin() + static_cast<std::ptrdiff_t>(n));
    const auto paid = [&](double all) {
      std::vector<double> hours = week(some, all - touched, {response.elasticity, 0}).hours;
      for (double& h : hours) h += response.touch_hours;
      return worth(some, hours, most, response, price);
    };
    best = std::max(best, paid(top_of(paid, touched, most, 80)));
  }
  return best;
}

// --- What holds for any values ------------------------------------------------------------------

struct Any {
  std::vector<double> values;
  double most;
  Response response;
  HourPrice price;
};

Any any() {
  Any any;
  const auto sizes = *rc::gen::container<std::vector<int>>(
      static_cast<std::size_t>(*rc::gen::inRange(1, 12)), rc::gen::inRange(0, 2000));
  for (const int size : sizes) any.values.push_back(size * 0.01);
  any.most = *rc::gen::inRange(1, 400) / 10.0;
  any.response = {*rc::gen::inRange(5, 95) / 100.0,
                  *rc::gen::element(0.0, 1.0) * *rc::gen::inRange(1, 300) / 100.0};
  any.price = {*rc::gen::element(0.0, 1.0) * *rc::gen::inRange(1, 3000) / 100.0,
               *rc::gen::inRange(0, 40) / 10.0};
  return any;
}

Week week(const Any& any) { return week(any.values, any.most, any.response, any.price); }

TEST(Planning, NoOtherWeekIsWorthMore) {
  EXPECT_TRUE(rc::check("best of all numbers of items and hours", [] {
    const Any a = any();
    const long double found = worth(a.values, week(a).hours, a.most, a.response, a.price);
    const long double best = best_by_trying(a.values, a.most, a.response, a.price);
    RC_ASSERT(found >= best - 1e-9L * (1 + best));
    RC_ASSERT(found <= best + 1e-7L * (1 + best));
  }));
}

TEST(Planning, NeverMoreThanTheWeekHas) {
  EXPECT_TRUE(rc::check("hours add up", [] {
    const Any a = any();
    const Week w = week(a);
    const double sum = std::accumulate(w.hours.begin(), w.hours.end(), 0.0);
    RC_ASSERT(sum <= a.most * (1 + 1e-12));
    RC_ASSERT(std::abs(sum - w.supply.hours) <= 1e-9 * a.most);
    std::size_t touched = 0;
    for (std::size_t j = 0; j < a.values.size(); ++j) {
      RC_ASSERT(w.hours[j] == 0 || w.hours[j] >= a.response.touch_hours);
      RC_ASSERT(w.hours[j] == 0 || a.values[j] > 0);
      touched += w.hours[j] > 0;
    }
    RC_ASSERT(touched <= w.supply.touched);
    if (a.price.last == 0 && w.supply.touched > 0) RC_ASSERT(w.supply.hours == a.most);
  }));
}

TEST(Planning, ScaleDoesNotMatter) {
  EXPECT_TRUE(rc::check("values and price in another currency", [] {
    const Any a = any();
    const Week before = week(a);
    for (const double factor : {1.0 / 1024, 1e6}) {
      Any scaled = a;
      for (double& value : scaled.values) value *= factor;
      scaled.price.last *= factor;
      const Week after = week(scaled);
      RC_ASSERT(after.supply.touched == before.supply.touched);
      for (std::size_t j = 0; j < a.values.size(); ++j)
        RC_ASSERT(std::abs(after.hours[j] - before.hours[j]) <= 1e-9 * a.most);
    }
  }));
}

TEST(Planning, OrderDoesNotMatter) {
  EXPECT_TRUE(rc::check("relabelled items", [] {
    Any a = any();
    std::sort(a.values.begin(), a.values.end());  // equal ones: the earlier first, whichever it is
    a.values.erase(std::unique(a.values.begin(), a.values.end()), a.values.end());
    const Week before = week(a);
    Any reversed = a;
    std::reverse(reversed.values.begin(), reversed.values.end());
    Week after = week(reversed);
    std::reverse(after.hours.begin(), after.hours.end());
    for (std::size_t j = 0; j < a.values.size(); ++j)
      RC_ASSERT(std::abs(after.hours[j] - before.hours[j]) <= 1e-9 * a.most);
  }));
}

TEST(Planning, NothingToDo) {
  EXPECT_EQ(week({}, 30, {}).supply.hours, 0);
  EXPECT_EQ(week({0, -1}, 30, {}).supply.hours, 0);
  EXPECT_EQ(week({1, 2}, 0, {}).supply.hours, 0);
  EXPECT_EQ(week({1, 2}, 1, {0.34, 1}).supply.hours, 0);  // not even the touch
  EXPECT_EQ(week({1, 2}, 1.5, {0.34, 1}).hours[1], 1.5);
}

}  // namespace
