// SPDX-License-Identifier: Apache-2.0
// SB10: a partner manager against an account executive, deal by deal through the books, equals the
// identity of the figures to the cent.
#include <gtest/gtest.h>
#include <rapidcheck.h>

#include "models/ecosystem/books.h"
#include "models/partnering/break_even.h"

namespace {

using namespace partnering;
using ecosystem::Book;
using ecosystem::Books;

Books empty_books() {
  return {60,
          {},
          std::make_shared<const sim::Calendar>(sim::Calendar::Kind::fiscal,
                                                sim::Date::from_civil(2026, 2, 2)),
          {"platform"}};
}

void hire(Books& books, std::int64_t cost) {
  books.ledger.post(Book::vendor, Book::staff, cost);
  books.totals.fixed_pay += cost;
}

// A year's list price of 100 minor units is divided into deals; discounts and margins are whole
// percents, so that nothing is rounded.
struct Year {
  std::int64_t partners, active, deals, hundreds_a_deal, discount, margin;  // of the manager
  std::int64_t sold, margin_direct;                                         // of the executive
  std::int64_t cost_manager, cost_executive;
};

Year any_year() {
  const auto upto = [](std::int64_t most) { return *rc::gen::inRange<std::int64_t>(0, most + 1); };
  Year y{};
  y.partners = 1 + upto(30);
  y.active = upto(y.partners);
  y.deals = 1 + upto(5);
  y.hundreds_a_deal = 100 * upto(30'000);
  y.discount = upto(60);
  y.margin = upto(100);
  y.sold = 10'000 * upto(10'000);
  y.margin_direct = upto(100);
  y.cost_manager = upto(20'000'000);
  y.cost_executive = upto(20'000'000);
  return y;
}

std::int64_t by_the_books(const Year& y, bool manager) {
  Books books = empty_books();
  if (manager) {
    hire(books, y.cost_manager);
    const std::int64_t list = 100 * y.hundreds_a_deal, net = list / 100 * (100 - y.discount);
    for (std::int64_t deal = 0; deal < y.active * y.deals; ++deal)
      books.invoice(list, net, net / 100 * (100 - y.margin), true, 0, 0);
  } else {
    hire(books, y.cost_executive);
    books.invoice(y.sold, y.sold, y.sold / 100 * (100 - y.margin_direct), false, 0, 0);
  }
  books.ledger.verify();
  EXPECT_EQ(books.totals.contribution(), books.ledger.balance(Book::vendor));
  return books.totals.contribution();
}

TEST(Partnering, SB10ManagerOrExecutiveIsAnIdentityOfTheBooks) {
  EXPECT_TRUE(rc::check("contribution and its sign", [] {
    const Year y = any_year();
    const auto real = [](std::int64_t n) { return static_cast<double>(n); };
    const ManagerHired manager{real(y.partners),
                               real(y.active) / real(y.partners),
                               real(y.deals * y.hundreds_a_deal * 100),
                               real(y.discount) / 100,
                               real(y.margin) / 100,
                               real(y.cost_manager)};
    const double quota = 150'000'000;
    const ExecutiveHired executive{quota, real(y.sold) / quota, real(y.margin_direct) / 100,
                                   real(y.cost_executive)};
    const std::int64_t with_manager = by_the_books(y, true), with_rep = by_the_books(y, false);
    RC_ASSERT(std::abs(manager.contribution() - real(with_manager)) < .01);
    RC_ASSERT(std::abs(executive.contribution() - real(with_rep)) < .01);
    if (with_manager != with_rep)
      RC_ASSERT(manager_pays_more(manager, executive) == (with_manager > with_rep));
    if (manager.active * manager.revenue * manager.margin > 0 && manager.discount < 1) {
      ManagerHired level = manager;
      level.partners = partners_to_break_even(manager, executive);
      RC_ASSERT(std::abs(level.contribution() - executive.contribution()) < .01);
    }
  }));
}

}  // namespace
