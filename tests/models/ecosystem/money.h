// SPDX-License-Identifier: Apache-2.0
#pragma once
// The vendor's money, followed week by week: the ledger sums to 0, and whatever changes the
// vendor's cash is in contribution or still to be recognised.

#include <gtest/gtest.h>

#include "tests/models/ecosystem/economy.h"

namespace support {

// Cash is what has been earned and spent, plus what customers paid ahead, less goods paid ahead.
inline std::int64_t cash_explained(const ecosystem::World& w) {
  return w.books.totals.contribution() + w.books.revenue.outstanding() - w.books.cost.outstanding();
}

// What the vendor's people have earned since their last payday, leavers included.
inline std::int64_t owed_to_people(const ecosystem::World& w) {
  std::int64_t sum = 0;
  for (std::size_t i = 0; i < w.reps.size(); ++i)
    if (const ecosystem::Reps::Id rep(i); w.reps.role[rep] == ecosystem::Role::account_executive)
      sum += w.books.executives.accrued(w.reps.payee[rep]);
  for (const std::uint32_t payee : w.managers.payee) sum += w.books.managers.accrued(payee);
  return sum;
}

inline void follow_money(Economy& economy, int weeks) {
  using ecosystem::Book;
  // Contracts that ran before the first week were paid before it.
  const ecosystem::World& world = economy.world;
  const std::int64_t before = world.books.ledger.balance(Book::vendor) - cash_explained(world);
  const std::int64_t entries = world.books.ledger.entries();
  economy.weeks(weeks, [&](const ecosystem::World& w) {
    std::int64_t sum = 0;
    for (const std::int64_t balance : w.books.ledger.balances()) sum += balance;
    ASSERT_EQ(sum, 0);
    ASSERT_EQ(w.books.ledger.balance(Book::vendor) - cash_explained(w), before);
    // Commission accrued and not yet paid out is owed, never the other way round, and to whom.
    ASSERT_GE(w.books.ledger.balance(Book::payable), 0);
    ASSERT_EQ(w.books.ledger.balance(Book::payable), owed_to_people(w));
  });
  EXPECT_GT(world.books.ledger.entries(), entries + weeks);
}

// A seller's plan with a SPIF on the vendor's product.
inline const std::string margin_and_spif = R"([partner_seller]
plan = '''
format = 1
name = "margin and a SPIF"
currency = "USD"
paid = "quarter"
crediting_event = "booking"
splits = "sum_to_100"
products = ["platform", "own"]
[component.commission]
type = "commission"
basis = "margin"
measure = "quarter"
reading = "marginal"
tiers = [{from = 0, rate = "10%"}]
[component.spif]
type = "spif"
products = ["platform"]
from = 2026-08-03
to = 2027-11-01
per_deal = 500
stackable = true
'''
)";

}  // namespace support
