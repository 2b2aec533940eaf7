// SPDX-License-Identifier: Apache-2.0
// Marketing funds (M11): who asks, what is paid, what it brings.
#include <gtest/gtest.h>

#include "tests/models/ecosystem/phases.h"

namespace {

using namespace ecosystem;
using support::Phases;

TEST(Mdf, AskedForIfItPays) {
  Mdf mdf;
  mdf.match = .5;
  EXPECT_EQ(mdf.campaign_of(500'000), 1'000'000);
  // 10,000 spent at 1 lead per 1,000 worth 600 each brings 6,000; own part 5,000 and 1,500 of work.
  EXPECT_FALSE(mdf.wanted(500'000, 60'000, 1, 100));
  EXPECT_TRUE(mdf.wanted(500'000, 65'100, 1, 100));
  EXPECT_FALSE(mdf.wanted(99'999, 1e9, 1, 100));  // below the least claim
  mdf.accrual = .04;
  mdf.budget = Money::whole(4'000);
  EXPECT_EQ(mdf.allocated(10'000'000, 4), 100'000 + 25'000);
}

Totals totals(std::vector<std::string> more) {
  more.insert(more.begin(), {"run.warmup=0", "leads.partner_reach=0.1", "mdf.budget=160_000"});
  Phases economy("reseller_floor", more);
  economy.weeks(104);
  return economy.world.books.totals;
}

TEST(Mdf, CampaignsBringLeadsWhereTheProductFits) {
  const Totals off = totals({"mdf.budget=0"}), on = totals({}), unfit = totals({"mdf.fit=0"});
  EXPECT_EQ(off.leads_campaign, 0);
  EXPECT_EQ(off.mdf_allocated, 0);
  EXPECT_GT(on.leads_campaign, 50);
  EXPECT_GT(on.won, off.won);
  EXPECT_EQ(unfit.leads_campaign, 0);
  EXPECT_EQ(unfit.won, off.won);
  EXPECT_LT(unfit.mdf_paid, on.mdf_paid);  // partners learn that nothing comes of it
}

TEST(Mdf, WhatIsNotProvedInTimeIsNotPaid) {
  const Totals late = totals({"mdf.deadline_weeks=0", "mdf.proof_weeks=1"});
  EXPECT_EQ(late.mdf_paid, 0);
  EXPECT_GT(late.mdf_late, 0);
  const Totals in_time = totals({"mdf.proof_weeks=0"});
  EXPECT_GT(in_time.mdf_paid, 0);
  EXPECT_EQ(in_time.mdf_late, 0);
  EXPECT_LE(in_time.mdf_paid, in_time.mdf_allocated);
}

TEST(Mdf, ACapIsNeverOverspent) {
  const Totals t = totals({"mdf.cap=10_000", "mdf.proof_weeks=0"});
  EXPECT_GT(t.mdf_paid, 0);
  EXPECT_LE(t.mdf_paid, 8 * 1'000'000);
}

TEST(Mdf, StickersAreABill) {
  const Totals with = totals({"mdf.budget=0", "mdf.stickers=52_000"}),
               without = totals({"mdf.budget=0"});
  EXPECT_EQ(without.contribution() - with.contribution(), 2 * 5'200'000);
  EXPECT_EQ(with.won, without.won);
}

}  // namespace
