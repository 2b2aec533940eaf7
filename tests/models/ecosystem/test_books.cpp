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
  rc::check("sums and spread", [] {
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
  });
}

TEST(Books, WeeklyPartsAddUpToTheYear) {
  rc::check("52 parts", [] {
    const std::int64_t yearly = amount_up_to(1'000'000'000);
    std::int64_t sum = 0;
    for (int week = 104; week < 156; ++week) {
      const std::int64_t part = weekly_part(yearly, week);
      RC_ASSERT(part >= yearly / 52 && part <= yearly / 52 + 1);
      sum += part;
    }
    RC_ASSERT(sum == yearly);
  });
}

TEST(Books, LedgerBalancesAfterAnyEntries) {
  rc::check("sum 0", [] {
    Ledger ledger;
    constexpr int books = static_cast<int>(Book::count);
    for (int i = *rc::gen::inRange(1, 30); i > 0; --i)
      ledger.post(static_cast<Book>(*rc::gen::inRange(0, books)),
                  static_cast<Book>(*rc::gen::inRange(0, books)), amount_up_to(1'000'000));
    ledger.verify();
    std::int64_t sum = 0;
    for (const std::int64_t balance : ledger.balances()) sum += balance;
    RC_ASSERT(sum == 0);
  });
}

TEST(Books, AnAmountTooLargeForTheLedgerIsAnError) {
  Ledger ledger;
  ledger.post(Book::customers, Book::vendor, std::numeric_limits<std::int64_t>::max());
  EXPECT_THROW(ledger.post(Book::customers, Book::vendor, 2), sim::Error);
}

// 10% to a quota of 225,000, 15% above: worked by hand.
TEST(TwoTierPlan, OneKink) {
  const TwoTierPlan plan = TwoTierPlan::of(22'500'000, .10, 1.5);
  EXPECT_EQ(plan.due(0), 0);
  EXPECT_EQ(plan.due(10'000'000), 1'000'000);
  EXPECT_EQ(plan.due(22'500'000), 2'250'000);
  EXPECT_EQ(plan.due(30'000'000), 2'250'000 + 1'125'000);
  EXPECT_EQ(plan.due(5), 1);  // half a cent, away from zero
  EXPECT_EQ(plan.due(4), 0);
  EXPECT_EQ(plan.due(-5), -1);
  EXPECT_EQ(TwoTierPlan::of(0, .10, 1.5).due(30'000'000), 3'000'000);  // no quota, no kink
  EXPECT_EQ(TwoTierPlan::of(0, 1, 20).due(9'000'000'000'000'000), 9'000'000'000'000'000);
}

// Whatever the order of deals, their pays add up to the pay of the sum; no deal's pay is negative.
TEST(TwoTierPlan, OrderOfDealsDoesNotMatterInSum) {
  rc::check("order", [] {
    const TwoTierPlan plan = TwoTierPlan::of(amount_up_to(50'000'000), .1, 1.5);
    auto deals = *rc::gen::container<std::vector<std::int64_t>>(
        rc::gen::inRange<std::int64_t>(0, 20'000'000));
    const auto paid = [&] {
      std::int64_t credit = 0, sum = 0;
      for (const std::int64_t deal : deals) {
        const std::int64_t pay = plan.due(credit + deal) - plan.due(credit);
        RC_ASSERT(pay >= 0);
        credit += deal;
        sum += pay;
      }
      return sum;
    };
    const std::int64_t first = paid();
    std::reverse(deals.begin(), deals.end());
    RC_ASSERT(paid() == first);
    const std::int64_t all = std::accumulate(deals.begin(), deals.end(), std::int64_t{0});
    RC_ASSERT(first == plan.due(all));
  });
}

// SA11: mean marginal rate = derivative of expected pay of a kinked plan under a normal total.
TEST(TwoTierPlan, ShadowRateIsTheSlopeOfExpectedPay) {
  const TwoTierPlan plan = TwoTierPlan::of(22'500'000, .10, 1.5);
  EXPECT_NEAR(plan.shadow_rate(0, 13, .35), .10 + .05 * .5, 1e-12);  // expects to end at quota
  const auto expected_pay = [](double mean, double sd) {             // SA11, quota 1
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
    EXPECT_NEAR(plan.shadow_rate(static_cast<std::int64_t>(credit * 22'500'000), 6, .35), slope,
                1e-6);
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
  Books books{120};
  Reps reps;
  Managers managers;
  Products products;
  Booking booking;
  Reps::Id rep = reps.add(sim::named("rep"));
  explicit OneDeal(Role role, int manager_count = 2) {
    reps.role[rep] = role;
    const Products::Id product = products.add(sim::named("platform"));
    products.unit_cost[product] = .2;
    products.term_weeks[product] = 52;
    for (int i = 0; i < manager_count; ++i)
      managers.start_week[managers.add(sim::child(kinds::manager, sim::named("v"),
                                                  static_cast<std::uint64_t>(i)))] = i == 2 ? 9 : 0;
    booking.win(rep, Products::Id(0), 4'000'000, products, reps, managers, books,
                TwoTierPlan::of(22'500'000, .10, 1.5), TwoTierPlan::of(0, .05, 1), 0);
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
  deal.books.ledger.verify();
}

}  // namespace

TEST(Booking, ALowerPriceDoesNotMakeGoodsCheaper) {
  EXPECT_EQ(ecosystem::Booking::goods_of(1'000'000, .2, 1), 200'000);
  EXPECT_EQ(ecosystem::Booking::goods_of(500'000, .2, .5), 200'000);  // same goods, half price
}
