// SPDX-License-Identifier: Apache-2.0
// Where the money goes, in every packaged company and each of its options: the ledger sums to 0
// each week, and whatever changes the vendor's cash is in contribution or still to be recognised.
#include <gtest/gtest.h>

#include "models/packaged_files.h"
#include "tests/models/ecosystem/economy.h"

namespace {

using namespace ecosystem;
using support::Economy;

// Cash is what has been earned and spent, plus what customers paid ahead, less goods paid ahead.
std::int64_t cash_explained(const World& w) {
  return w.books.totals.contribution() + w.books.revenue.outstanding() - w.books.cost.outstanding();
}

void follow(Economy& economy, int weeks) {
  // Contracts that ran before the first week were paid before it.
  const World& world = economy.world;
  const std::int64_t before = world.books.ledger.balance(Book::vendor) - cash_explained(world);
  const std::int64_t entries = world.books.ledger.entries();
  economy.weeks(weeks, [&](const World& w) {
    std::int64_t sum = 0;
    for (const std::int64_t balance : w.books.ledger.balances()) sum += balance;
    ASSERT_EQ(sum, 0);
    ASSERT_EQ(w.books.ledger.balance(Book::vendor) - cash_explained(w), before);
    // Commission accrued and not yet paid out is owed, never the other way round.
    ASSERT_GE(w.books.ledger.balance(Book::payable), 0);
  });
  EXPECT_GT(world.books.ledger.entries(), entries + weeks);
}

class MoneyTrail : public testing::TestWithParam<std::string> {};

TEST_P(MoneyTrail, IsNeitherMadeNorLost) {
  const std::size_t arms = support::plan(GetParam()).arms.size();
  for (std::size_t arm = 0; arm < arms; ++arm) {
    SCOPED_TRACE(arm);
    Economy economy({}, "", arm, sim::serial_workers(), GetParam());
    follow(economy, 110);
  }
}

std::vector<std::string> economies() {
  std::vector<std::string> names;
  for (const auto& scenario : models::packaged_scenarios()) {
    const std::string name(scenario.name);
    const std::string text = "format = 1\nextends = \"" + name + "\"\n";
    if (sim::Scenario::parse(text, "test.toml", models::vocabulary(), {}).run().model ==
        "ecosystem")
      names.push_back(name);
  }
  return names;
}

INSTANTIATE_TEST_SUITE_P(Packaged, MoneyTrail, testing::ValuesIn(economies()),
                         [](const auto& one) { return one.param; });

const std::string margin_and_spif = R"([partner_seller]
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

// All that moves money at once: discounts, SPIFs, slots paid for, remedies, fees of agencies,
// contracts of half a year.
TEST(Money, EverythingOn) {
  Economy economy(
      {"program.signed_at_start=40", "learning.training_hours=2", "learning.forgetting=0.004",
       "product.platform.options=3", "product.platform.maturity=0.9",
       "product.platform.term_weeks=26", "sales_meeting.slot_hours=0.5",
       "sales_meeting.slot_payment=5_000", "misselling.over_claim=0.5", "misselling.remedy=0.3",
       "turnover.rate=2", "turnover.pay_sensitivity=2", "hiring.account_executives=2",
       "hiring.partner_managers=1", "reporting.audit=0.1", "timing.pull_weeks=3",
       "timing.push_weeks=2"},
      margin_and_spif);
  follow(economy, 200);
  const Totals& t = economy.world.books.totals;
  EXPECT_GT(t.discount_given, 0);
  EXPECT_GT(t.won_partner, 20);
  EXPECT_GT(t.partner_incentives, 0);
  EXPECT_GT(t.slots_won, 0);
  EXPECT_GT(t.missold, 0);
  EXPECT_GT(t.hires, 2);
  EXPECT_GT(t.kept_acv, 0);
}

}  // namespace
