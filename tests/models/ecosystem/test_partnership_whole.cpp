// SPDX-License-Identifier: Apache-2.0
// Partnerships of all kinds in one economy.
#include <gtest/gtest.h>

#include "tests/models/ecosystem/economy.h"

namespace {

using namespace ecosystem;

// All kinds, tiers, funds, routing, press and people who quit, for three years: the same bits with
// any number of threads, and a ledger that sums to 0 each week.
TEST(Partnership, EverythingAtOnceIsTheSameWithAnyThreads) {
  const std::string all = R"(
[tiers]
revenue = [20_000, 200_000]
discount = [0.02, 0.05]
rebate = [0.01, 0.02]
priority = [2, 5]
review = "quarter"
[mdf]
budget = 80_000
[routing]
inbound = 0.2
to = "shark_tank"
pull_back_weeks = 3
[press]
releases = 4
[turnover]
rate = 0.4
[partnership.page]
kind = "marketplace"
candidates = 1
signed_at_start = 1
territory = "everywhere"
habit = 0.2
looked_up = 0.2
imposed_rivals = 2
fee_rate = [0.03]
renewal_fee = 0.015
posted_price = 0.95
[partnership.pairs]
kind = "cosell"
joint = true
candidates = 4
signed_at_start = 4
reach = 0.3
fee = 0.15
[partnership.shops]
kind = "reseller"
candidates = 6
signed_at_start = 3
rival_margin = 0.3
substitute = 0.2
[partnership.friends]
kind = "referral"
candidates = 3
signed_at_start = 3
from_week = 10
fee = 0.15
newsworthy = 1
[partnership.makers]
kind = "oem"
candidates = 2
signed_at_start = 2
guarantee = 50_000
exposure = 0.5
)";
  const sim::Workers workers(3);
  const auto [one, digest] = support::whole(all, 180, sim::serial_workers());
  const auto [many, same] = support::whole(all, 180, workers);
  EXPECT_EQ(digest, same);
  EXPECT_EQ(one.contribution(), many.contribution());
  for (const PartnershipKind kind :
       {PartnershipKind::marketplace, PartnershipKind::cosell, PartnershipKind::reseller,
        PartnershipKind::referral, PartnershipKind::oem})
    EXPECT_GT(one.of_kind[static_cast<std::size_t>(kind)].deals, 0) << static_cast<int>(kind);
  EXPECT_GT(one.quits, 0);
  EXPECT_GT(one.leads_pulled_back, 0);
  EXPECT_GT(one.rebates, 0);
  EXPECT_GT(one.mdf_allocated, 0);
  EXPECT_GT(one.guarantees, 0);
}

}  // namespace
