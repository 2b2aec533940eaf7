// SPDX-License-Identifier: Apache-2.0
// Money to the cent: ledger, recognition, the plan with one kink, terms, what a deal books.
#include <gtest/gtest.h>
#include <rapidcheck.h>

#include <numeric>

#include "models/ecosystem/mechanisms/booking.h"
#include "tests/models/ecosystem/economy.h"

namespace {

using namespace ecosystem;

std::int64_t amount_up_to(std::int64_t most) { return *rc::gen::inRange<std::int64_t>(0, most); }

TEST(Books, RecognitionGivesEveryCentOnceAndEvenly) {
  EXPECT_TRUE(rc::check("sums and spread", [] {
    constexpr int weeks = 300;
    Recognition recognition(weeks);
    std::vector<std::int64_t> expected(weeks);
    std::int64_t total = 0;
    for (int i = *rc::gen::inRange(1, 6); i > 0; --i) {
      const std::int64_t amount = amount_up_to(1'000'000'000'000);
      const int first = *rc::gen::inRange(0, 200), length = *rc::gen::inRange(1, 100);
      recognition.add(amount, first, length);
      total += amount;
      for (int k = 0; k < length; ++k)
        expected[static_cast<std::size_t>(first + k)] += amount / length + (k < amount % length);
    }
    std::int64_t sum = 0;
    RC_ASSERT(recognition.outstanding() == total);
    for (int week = 0; week < weeks; ++week) {
      const std::int64_t part = recognition.recognise(week);
      RC_ASSERT(part == expected[static_cast<std::size_t>(week)]);
      sum += part;
      RC_ASSERT(recognition.outstanding() == total - sum);
    }
    RC_ASSERT(sum == total);
  }));
}

TEST(Books, WeeklyPartsAddUpToTheYear) {
  EXPECT_TRUE(rc::check("52 parts", [] {
    const std::int64_t yearly = amount_up_to(1'000'000'000);
    std::int64_t sum = 0;
    for (int week = 104; week < 156; ++week) {
      const std::int64_t part = weekly_part(yearly, week);
      RC_ASSERT(part >= yearly / 52 && part <= yearly / 52 + 1);
      sum += part;
    }
    RC_ASSERT(sum == yearly);
  }));
}

TEST(Books, LedgerBalancesAfterAnyEntries) {
  EXPECT_TRUE(rc::check("sum 0", [] {
    Ledger ledger;
    constexpr int books = static_cast<int>(Book::count);
    for (int i = *rc::gen::inRange(1, 30); i > 0; --i)
      ledger.post(static_cast<Book>(*rc::gen::inRange(0, books)),
                  static_cast<Book>(*rc::gen::inRange(0, books)), amount_up_to(1'000'000));
    ledger.verify();
    std::int64_t sum = 0;
    for (const std::int64_t balance : ledger.balances()) sum += balance;
    RC_ASSERT(sum == 0);
  }));
}

TEST(Books, AnAmountTooLargeForTheLedgerIsAnError) {
  Ledger ledger;
  ledger.post(Book::customers, Book::vendor, std::numeric_limits<std::int64_t>::max());
  EXPECT_THROW(ledger.post(Book::customers, Book::vendor, 2), sim::Error);
}

std::shared_ptr<const sim::Calendar> calendar() {
  return std::make_shared<const sim::Calendar>(sim::Calendar::Kind::fiscal,
                                               sim::Date::from_civil(2026, 2, 2));
}

const sim::Date first_day = sim::Date::from_civil(2026, 2, 2);

PlanTerms kinked(std::int64_t quota, double base_rate, double accelerator) {
  PlanTerms terms;
  terms.quota = quota;
  terms.base_rate = base_rate;
  terms.accelerator = accelerator;
  return terms;
}

Sale sale(const char* deal, sim::Date day, std::int64_t amount) {
  return {sim::named(deal), day, 0, amount, amount, amount};
}

// 10% to a quota of 225,000 a quarter, 15% above: worked by hand.
TEST(RolePayroll, OneKink) {
  const auto due = [](const PlanTerms& terms, std::int64_t credit) {
    RolePayroll payroll(terms, calendar());
    return payroll.credit(payroll.join(sim::named("rep"), 0), sale("deal", first_day, credit));
  };
  const PlanTerms terms = kinked(22'500'000, .10, 1.5);
  EXPECT_EQ(due(terms, 10'000'000), 1'000'000);
  EXPECT_EQ(due(terms, 22'500'000), 2'250'000);
  EXPECT_EQ(due(terms, 30'000'000), 2'250'000 + 1'125'000);
  EXPECT_EQ(due(terms, 5), 1);  // half a cent, away from zero
  EXPECT_EQ(due(terms, 4), 0);
  EXPECT_EQ(due(terms, -5), -1);
  EXPECT_EQ(due(kinked(0, .10, 1.5), 30'000'000), 3'000'000);  // no quota, no kink
  EXPECT_EQ(due(kinked(0, 1, 20), 9'000'000'000'000'000), 9'000'000'000'000'000);
}

TEST(RolePayroll, PaysOnTheLastDayOfTheQuarterWhatWasAccrued) {
  RolePayroll payroll(kinked(22'500'000, .10, 1.5), calendar());
  const auto rep = payroll.join(sim::named("rep"), 7);
  EXPECT_EQ(payroll.credit(rep, sale("a", first_day, 22'000'000)), 2'200'000);
  EXPECT_EQ(payroll.credit(rep, sale("b", first_day + 90, 1'000'000)), 50'000 + 75'000);
  EXPECT_TRUE(payroll.paydays(first_day + 89).empty());
  // A deal of the next quarter begins a new accumulation, whenever the payday is asked for.
  EXPECT_EQ(payroll.credit(rep, sale("c", first_day + 91, 1'000'000)), 100'000);
  const auto paid = payroll.paydays(first_day + 97);
  ASSERT_EQ(paid.size(), 1u);
  EXPECT_EQ(payroll.row(paid[0].who), 7u);
  EXPECT_EQ(paid[0].payable, 2'325'000);
  EXPECT_EQ(paid[0].accrued, 2'325'000);
  EXPECT_EQ(payroll.accrued(rep), 100'000);
}

// R3: deals booked before the change keep their rate, the credit reached stays.
TEST(RolePayroll, AStrokeOfThePenHoldsFromItsDay) {
  RolePayroll payroll(kinked(22'500'000, .10, 1.5), calendar());
  const auto rep = payroll.join(sim::named("rep"), 0);
  EXPECT_EQ(payroll.credit(rep, sale("a", first_day, 20'000'000)), 2'000'000);
  payroll.change(kinked(22'500'000, .05, 1.5), first_day + 7);
  EXPECT_EQ(payroll.credit(rep, sale("b", first_day + 7, 5'000'000)), 125'000 + 187'500);
}

// EQ2, SA11: the shadow rate is the slope of the expected pay of a kinked plan.
TEST(RolePayroll, ExpectedRateIsTheSlopeOfExpectedPay) {
  const auto rate_at = [](std::int64_t credit, int weeks_left) {
    RolePayroll payroll(kinked(22'500'000, .10, 1.5), calendar());
    const auto rep = payroll.join(sim::named("rep"), 0);
    payroll.credit(rep, sale("a", first_day, credit));
    const sim::Date day = first_day + 7 * (13 - weeks_left);
    payroll.begin(day);
    compensation::Offer offer;
    offer.worth.fill(1);
    compensation::Outlook deal;
    payroll.outlook(rep, day, {}, {&offer, 1}, {&deal, 1});
    return deal.per_unit;
  };
  EXPECT_NEAR(rate_at(0, 13), .10 + .05 * .5, 1e-12);     // expects to end at quota
  const auto expected_pay = [](double mean, double sd) {  // SA11, quota 1
    const double d = (mean - 1) / sd;
    const double above = (mean - 1) * sim::normal_cdf(d) +
                         sd * std::exp(-d * d / 2) / std::sqrt(2 * 3.14159265358979);
    return .10 * mean + .05 * above;
  };
  EXPECT_NEAR(expected_pay(1, .35), .106981, 1e-6);  // science.md
  for (const double credit : {.1, .5, 1.2}) {
    const double share = 6.0 / 13, sd = .35 * std::sqrt(share), step = 1e-5;
    const double slope =
        (expected_pay(credit + share + step, sd) - expected_pay(credit + share - step, sd)) /
        (2 * step);
    EXPECT_NEAR(rate_at(static_cast<std::int64_t>(credit * 22'500'000), 6), slope, 1e-6);
  }
}

TEST(Terms, ArePaidAheadYearByYear) {
  for (const int term : {1, 26, 52, 53, 78, 104, 520}) {
    int weeks = 0, invoice = 0;
    do weeks += paid_weeks(term, invoice++);
    while (!term_ends(term, invoice));
    EXPECT_EQ(weeks, term);
    EXPECT_EQ(invoice, (term + 51) / 52);
    EXPECT_EQ(paid_weeks(term, invoice), paid_weeks(term, 0));  // and so on in the next term
  }
  EXPECT_EQ(paid_weeks(0, 0), 0);
}

// One deal, by hand: list 40,000 for a year, cost of goods 20%, reseller discount 25%.
struct OneDeal {
  static PlanTerms on_margin(PlanTerms terms) {
    terms.basis = compensation::Basis::margin;
    return terms;
  }
  Books books{120,
              {kinked(22'500'000, .10, 1.5), kinked(0, .05, 1), on_margin(kinked(0, .10, 1))},
              calendar(),
              {"platform"}};
  Reps reps;
  Managers managers;
  Products products;
  Booking booking;
  Reps::Id rep = reps.add(sim::named("rep"));
  explicit OneDeal(Role role, int manager_count = 2) {
    reps.role[rep] = role;
    reps.plan_credit[rep] = 1;
    reps.payee[rep] =
        (role == Role::partner_seller ? books.sellers : books.executives).join(reps.key(rep), 0);
    const Products::Id product = products.add(sim::named("platform"));
    products.unit_cost[product] = .2;
    products.term_weeks[product] = 52;
    for (int i = 0; i < manager_count; ++i) {
      const auto key = sim::child(kinds::manager, sim::named("v"), static_cast<std::uint64_t>(i));
      const Managers::Id manager = managers.add(key);
      managers.start_week[manager] = i == 2 ? 9 : 0;
      managers.payee[manager] = books.managers.join(key, manager.index());
    }
    booking.win(rep, Products::Id(0), 4'000'000, products, reps, managers, books,
                sim::named("deal"), first_day, 0, 1, PartnerSeller{});
  }
  std::int64_t cash(Book book) const { return books.ledger.balance(book); }
};

TEST(Booking, OnTheVendorsPaper) {
  const OneDeal deal(Role::account_executive);
  EXPECT_EQ(deal.cash(Book::customers), -4'000'000);
  EXPECT_EQ(deal.cash(Book::suppliers), 800'000);
  EXPECT_EQ(deal.cash(Book::payable), 400'000);
  EXPECT_EQ(deal.cash(Book::vendor), 4'000'000 - 800'000 - 400'000);
  EXPECT_EQ(deal.cash(Book::partners), 0);
  EXPECT_EQ(deal.books.totals.bookings_acv, 4'000'000);
  EXPECT_EQ(deal.books.revenue.outstanding(), 4'000'000);
  EXPECT_EQ(deal.reps.booked[deal.rep], 4'000'000);
  deal.books.ledger.verify();
}

TEST(Booking, OnAPartnersPaper) {
  const OneDeal deal(Role::partner_seller, 3);  // the third manager has not begun
  EXPECT_EQ(deal.cash(Book::customers), -4'000'000);
  EXPECT_EQ(deal.cash(Book::partners), 1'000'000);  // 25% of list
  EXPECT_EQ(deal.cash(Book::payable), 150'000);     // 5% of 3,000,000 to two managers
  EXPECT_EQ(deal.cash(Book::vendor), 3'000'000 - 800'000 - 150'000);
  EXPECT_EQ(deal.books.totals.partner_margin, 1'000'000);
  EXPECT_EQ(deal.books.totals.bookings_partner, 3'000'000);
  EXPECT_EQ(deal.managers.booked[Managers::Id(0)] + deal.managers.booked[Managers::Id(1)],
            3'000'000);
  EXPECT_EQ(deal.managers.booked[Managers::Id(2)], 0);
  EXPECT_EQ(deal.reps.accrued[deal.rep], 100'000);  // 10% of the margin, from the partner
  deal.books.ledger.verify();
}

}  // namespace

TEST(Booking, ALowerPriceDoesNotMakeGoodsCheaper) {
  EXPECT_EQ(ecosystem::Booking::goods_of(1'000'000, .2, 1), 200'000);
  EXPECT_EQ(ecosystem::Booking::goods_of(500'000, .2, .5), 200'000);  // same goods, half price
}
