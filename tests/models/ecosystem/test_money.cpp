// SPDX-License-Identifier: Apache-2.0
// Where the money goes, in every packaged company and each of its options: the ledger sums to 0
// each week, and whatever changes the vendor's cash is in contribution or still to be recognised.
#include <gtest/gtest.h>

#include "models/packaged_files.h"
#include "tests/models/ecosystem/money.h"

namespace {

using ecosystem::Totals;
using support::Economy;
using support::follow_money;

class MoneyTrail : public testing::TestWithParam<std::string> {};

TEST_P(MoneyTrail, IsNeitherMadeNorLost) {
  const std::size_t arms = support::plan(GetParam()).arms.size();
  for (std::size_t arm = 0; arm < arms; ++arm) {
    SCOPED_TRACE(arm);
    Economy economy({}, "", arm, sim::serial_workers(), GetParam());
    follow_money(economy, 110);
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
      support::margin_and_spif);
  follow_money(economy, 200);
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
