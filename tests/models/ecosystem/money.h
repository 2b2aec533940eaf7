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
    // Commission accrued and not yet paid out is owed, never the other way round.
    ASSERT_GE(w.books.ledger.balance(Book::payable), 0);
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
