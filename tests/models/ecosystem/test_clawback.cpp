// SPDX-License-Identifier: Apache-2.0
// Customers who cancel, and pay that is taken back for their deals (R17, R18; issue 5).
#include <gtest/gtest.h>

#include <algorithm>

#include "sim/math.h"
#include "tests/models/ecosystem/money.h"
#include "tests/models/ecosystem/plan_person.h"

namespace {

using namespace plan_person;
using support::Economy;

constexpr std::int64_t none = 0;

// 10% up to a quota of 225,000 a quarter, 15% above; churn within a year takes it back.
PlanTerms with_clawback(bool pro_rata = false) {
  PlanTerms terms = kinked();
  terms.clawback_months = 12;
  terms.clawback_pro_rata = pro_rata;
  return terms;
}

sim::Key deal(std::uint64_t number) {
  return sim::child(sim::named("deal"), sim::named("rep"), number);
}

// The only payday of a quarter, counted from 0; nothing if nobody is listed.
RolePayroll::Pay payday(Person& person, int quarter) {
  const auto listed = person.payroll.paydays(first_day + 91 * (quarter + 1) - 1);
  EXPECT_LE(listed.size(), 1u);
  return listed.empty() ? RolePayroll::Pay{} : listed[0];
}

// By hand: 200,000 at 10% are 20,000.00; the next 50,000 straddle the quota: 2,500.00 + 3,750.00.
struct Year {
  Person person;
  explicit Year(const PlanTerms& terms) : person(terms) {
    EXPECT_EQ(person.sell(0, 20'000'000), 2'000'000);
    EXPECT_EQ(person.sell(1, 5'000'000), 625'000);
    EXPECT_EQ(payday(person, 0).payable, 2'625'000);
  }
  void end(std::uint64_t number, sim::Date day) {
    person.payroll.end({deal(number), first_day + 7 * static_cast<int>(number), day, 52});
  }
};

TEST(Clawback, TakesBackWhatTheDealHadPaid) {
  Year year(with_clawback());
  year.end(1, first_day + 7 * 20);
  EXPECT_EQ(year.person.sell(21, 10'000'000), 1'000'000);
  const auto pay = payday(year.person, 1);
  EXPECT_EQ(pay.accrued, 1'000'000);
  EXPECT_EQ(pay.payable, 1'000'000 - 625'000);
  EXPECT_EQ(pay.recovered, 625'000);
  EXPECT_EQ(year.person.payroll.debt(year.person.who), none);
}

TEST(Clawback, WhatPayCannotCoverIsSetAgainstLaterPay) {
  Year year(with_clawback());
  year.end(0, first_day + 7 * 20);
  EXPECT_EQ(payday(year.person, 1).payable, none);
  EXPECT_EQ(year.person.payroll.debt(year.person.who), 2'000'000);
  year.person.sell(27, 10'000'000);
  const auto third = payday(year.person, 2);
  EXPECT_EQ(third.payable, none);
  EXPECT_EQ(third.recovered, 1'000'000);
  EXPECT_EQ(year.person.payroll.debt(year.person.who), 1'000'000);
  EXPECT_EQ(year.person.sell(40, 30'000'000), 3'375'000);
  const auto fourth = payday(year.person, 3);
  EXPECT_EQ(fourth.payable, 2'375'000);
  EXPECT_EQ(fourth.recovered, 1'000'000);
  EXPECT_EQ(year.person.payroll.debt(year.person.who), none);
}

// A quarter of the 364 days was served; a half of a cent is rounded away from zero, once.
TEST(Clawback, ProRataByTheDaysOfTheTerm) {
  Year year(with_clawback(true));
  year.end(0, first_day + 91);
  EXPECT_EQ(year.person.sell(14, 30'000'000), 3'375'000);
  EXPECT_EQ(payday(year.person, 1).recovered, 1'500'000);

  Person other(with_clawback(true));
  EXPECT_EQ(other.sell(0, 1'234'570), 123'457);
  other.payroll.end({deal(0), first_day, first_day + 182, 52});
  other.sell(27, 9'000'000);
  payday(other, 1);
  EXPECT_EQ(payday(other, 2).recovered, 61'729);  // 61,728.5
}

// Half-open, from the contract's start: 2 February 2026 to 2 February 2027.
TEST(Clawback, TheWindowIsHalfOpen) {
  for (const bool inside : {true, false}) {
    Year year(with_clawback());
    year.end(0, sim::Date::from_civil(2027, 2, inside ? 1 : 2));
    payday(year.person, 4);
    EXPECT_EQ(year.person.payroll.debt(year.person.who), inside ? 2'000'000 : none) << inside;
  }
}

TEST(Clawback, InTheDealsOwnQuarterNothingIsPaidForIt) {
  Person person(with_clawback());
  person.sell(0, 20'000'000);
  person.payroll.end({deal(0), first_day, first_day + 30, 52});
  const auto pay = payday(person, 0);
  EXPECT_EQ(pay.accrued, 2'000'000);
  EXPECT_EQ(pay.payable, none);
  EXPECT_EQ(pay.recovered, 2'000'000);
}

TEST(Clawback, WhoLeftKeepsOwingAndIsPaidNothing) {
  Year year(with_clawback());
  year.person.payroll.leave(year.person.who, first_day + 7 * 15);
  year.end(0, first_day + 7 * 20);
  for (int quarter = 1; quarter < 6; ++quarter) {
    const auto pay = payday(year.person, quarter);
    EXPECT_EQ(pay.payable, none);
    EXPECT_EQ(pay.recovered, none);
    EXPECT_EQ(year.person.payroll.debt(year.person.who), 2'000'000);
  }
}

TEST(Clawback, OnlyWhoWasCreditedPays) {
  RolePayroll payroll(with_clawback(), calendar());
  const auto first = payroll.join(sim::named("one"), 0),
             second = payroll.join(sim::named("two"), 1);
  payroll.credit(first, {deal(0), first_day, 0, 1'000'001, 0, 1'000'001});
  payroll.credit(second, {deal(0), first_day, 0, 1'000'000, 0, 1'000'000});
  payroll.credit(second, {deal(1), first_day + 1, 0, 7'000'000, 0, 7'000'000});
  payroll.paydays(first_day + 90);
  payroll.end({deal(0), first_day, first_day + 100, 52});
  payroll.end({deal(9), first_day, first_day + 100, 52});  // nobody's
  payroll.paydays(first_day + 181);
  EXPECT_EQ(payroll.debt(first), 100'000);
  EXPECT_EQ(payroll.debt(second), 100'000);
}

// The crediting event may come after the churn: what it pays is taken back, too.
TEST(Clawback, OfWhatIsCreditedLater) {
  Person person(with_clawback());
  person.payroll.end({deal(0), first_day, first_day + 7, 52});
  person.sell(2, 20'000'000);
  EXPECT_EQ(payday(person, 0).recovered, 2'000'000);
}

TEST(Clawback, APlanWithoutItTakesNothing) {
  Year year(kinked());
  year.end(0, first_day + 7 * 20);
  payday(year.person, 1);
  EXPECT_EQ(year.person.payroll.debt(year.person.who), none);
}

// In the middle of a quarter: earlier deals keep what they were promised (R3).
TEST(Clawback, ADatedChangeBringsItForLaterDeals) {
  Person person(kinked());
  person.sell(0, 20'000'000);
  person.payroll.change(with_clawback(), first_day + 7 * 4);
  person.sell(5, 5'000'000);
  EXPECT_EQ(payday(person, 0).payable, 2'625'000);
  person.payroll.end({deal(0), first_day, first_day + 7 * 20, 52});
  payday(person, 1);
  EXPECT_EQ(person.payroll.debt(person.who), none);
  person.payroll.end({deal(1), first_day + 7 * 5, first_day + 7 * 27, 52});
  payday(person, 2);
  EXPECT_EQ(person.payroll.debt(person.who), 625'000);
}

// --- the books -----------------------------------------------------------------------------------

// 20 of 52 weeks: 25,000.00 x 20/52 = 9,615.38 of list, 18,750.00 x 20/52 = 7,211.53 of net.
TEST(Refund, GoesBackTheWayItCame) {
  ecosystem::Books books(104, {}, calendar(), {"product"});
  books.invoice(2'500'000, 1'875'000, 0, true, 52, 0);
  books.refund(2'500'000, 1'875'000, true, 20, 32, 1);
  EXPECT_EQ(books.ledger.balance(Book::customers), -2'500'000 + 961'538);
  EXPECT_EQ(books.ledger.balance(Book::vendor), 1'875'000 - 721'153);
  EXPECT_EQ(books.totals.partner_margin, 625'000 - (961'538 - 721'153));
  books.ledger.verify();
  std::int64_t recognised = 0;
  for (int week = 0; week < 60; ++week) {
    recognised += books.revenue.recognise(week);
    if (week == 31) {
      EXPECT_NEAR(static_cast<double>(recognised), 1'875'000 * 32 / 52., 52);
    }
  }
  EXPECT_EQ(recognised, 1'875'000 - 721'153);
  EXPECT_EQ(books.revenue.outstanding(), 0);
}

// --- the economy ---------------------------------------------------------------------------------

// Exact: of a rate of 1 a year, 1 - 1/e cancel within 52 weeks (an event calendar is exact).
TEST(Cancellation, HasItsHazard) {
  double cancelled = 0, customers = 0;
  for (const char* seed : {"1", "2", "3", "4"}) {
    Economy economy({std::string("run.seed=") + seed, "cancellation.rate=1", "demand.rate=0.0001",
                     "renewal.share=1"});
    economy.weeks(52);
    cancelled += static_cast<double>(economy.world.books.totals.cancelled);
    customers += 285;
  }
  const double share = 1 - sim::exp(-1.0);
  EXPECT_NEAR(cancelled / customers, share, 4 * std::sqrt(share * (1 - share) / customers));
}

// Who cancels under a low hazard does so under a high one, not later.
TEST(Cancellation, AHigherHazardInventsNoLuck) {
  const auto left = [](const char* rate) {
    Economy economy(
        {std::string("cancellation.rate=") + rate, "demand.rate=0.0001", "renewal.share=1"});
    economy.weeks(40);
    std::vector<std::uint64_t> keys;
    for (std::size_t row = 0; row < economy.world.contracts.size(); ++row)
      if (const Contracts::Id id(row);
          economy.world.contracts.alive(id) && economy.world.contracts.ours[id] != 0)
        keys.push_back(economy.world.contracts.key(id).value);
    std::ranges::sort(keys);
    return keys;
  };
  const auto many = left("0.3"), few = left("0.9");
  EXPECT_LT(few.size(), many.size());
  EXPECT_TRUE(std::ranges::includes(many, few));
}

TEST(Cancellation, NoneMeansThatAClauseChangesNothing) {
  const auto digest = [](std::vector<std::string> more) {
    more.emplace_back("program.signed_at_start=20");
    Economy economy(more);
    economy.weeks(120);
    sim::Digest of_all;
    economy.world.hash(of_all);
    return of_all.value();
  };
  EXPECT_EQ(digest({}),
            digest({"account_executive.clawback_months=12", "partner_manager.clawback_months=12",
                    "partner_seller.clawback_months=12"}));
}

TEST(Cancellation, IsNotBegunByADate) {
  EXPECT_NE(
      said([] {
        Economy economy;
        economy.world.apply(support::plan("saas_60", support::long_enough({"cancellation.rate=1"}))
                                .arms[0]
                                .settings);
      }).find("cancellation.rate = 0"),
      std::string::npos);
}

// Executives at a flat 10%: what their plan takes back or has still to take is 10% of the deals
// whose customers cancelled, to a cent a deal (a quarter's cents are dealt to its deals). Renewals
// are certain and grow nothing: whatever was sold and does not run has been cancelled.
TEST(Cancellation, TakesBackTheCommissionOfItsDeals) {
  for (const char* seed : {"1", "2", "3"}) {
    Economy economy({std::string("run.seed=") + seed, "cancellation.rate=0.5", "renewal.share=1",
                     "renewal.expansion=0", "account_executive.quota=0",
                     "account_executive.base_rate=0.1", "account_executive.clawback_months=120",
                     "vendor.partner_managers=0", "program.candidates=0", "vendor.customers=0"});
    economy.weeks(156);
    const World& w = economy.world;
    std::int64_t ended = w.books.totals.bookings_acv, owing = 0;
    for (std::size_t row = 0; row < w.contracts.size(); ++row)
      if (const Contracts::Id id(row); w.contracts.alive(id) && w.contracts.ours[id] != 0)
        ended -= w.contracts.net_acv[id];
    for (std::size_t row = 0; row < w.reps.size(); ++row)
      owing += w.books.executives.debt(w.reps.payee[Reps::Id(row)]);
    EXPECT_GT(w.books.totals.cancelled, 10);
    EXPECT_GT(w.books.totals.clawed_back, 0);
    EXPECT_NEAR(static_cast<double>(w.books.totals.clawed_back + owing),
                .1 * static_cast<double>(ended), static_cast<double>(w.books.totals.cancelled));
  }
}

}  // namespace
