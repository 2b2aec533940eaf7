// SPDX-License-Identifier: Apache-2.0
// Where the money goes between firms: what test_money.cpp checks of packaged companies, with all of
// a group of mechanisms at once.
#include <fmt/format.h>
#include <gtest/gtest.h>

#include "tests/models/ecosystem/money.h"

namespace {

using support::follow_money;

// Many partners who sell, buyers who ask for rebates and remedies, a SPIF that the vendor pays.
const std::vector<std::string> busy{"program.signed_at_start=20",
                                    "program.activation_share=1",
                                    "demand.rate=2",
                                    "leads.partner_reach=1",
                                    "partner_seller.own_opportunities=1",
                                    "misselling.over_claim=0.5",
                                    "misselling.remedy=0.3",
                                    "timing.pull_weeks=3"};

void follow(std::vector<std::string> more, const std::string& toml = "", int weeks = 160) {
  more.insert(more.begin(), busy.begin(), busy.end());
  support::Economy economy(more, support::margin_and_spif + toml);
  follow_money(economy, weeks);
}

// All kinds of partnership: fees, royalties, guarantees, costs of having them; tiers with rebates;
// marketing funds; press.
const std::string every_kind = R"([tiers]
revenue = [1, 200_000]
discount = [0.02, 0.05]
rebate = [0.01, 0.03]
[mdf]
budget = 160_000
accrual = 0.04
stickers = 10_000
[press]
releases = 4
release_cost = 3_000
[routing]
inbound = 0.2
to = "round_robin"
[partnership.logos]
kind = "logo"
candidates = 3
signed_at_start = 3
cost = 5_200
signing_cost = 1_000
[partnership.referrals]
kind = "referral"
candidates = 4
signed_at_start = 4
reach = 0.5
fee = 0.15
lead_cost = 500
[partnership.resellers]
kind = "reseller"
candidates = 4
signed_at_start = 4
reach = 0.5
[partnership.oem]
kind = "oem"
candidates = 1
signed_at_start = 1
reach = 0.5
royalty = 0.4
guarantee = 3_000_000
[partnership.cosell]
kind = "cosell"
joint = true
candidates = 2
signed_at_start = 2
reach = 0.5
fee = 0.1
[partnership.market]
kind = "marketplace"
candidates = 1
signed_at_start = 1
territory = "everywhere"
habit = 0.4
posted_price = 0.95
cost = 60_000
fee_from = [0, 1_000_000]
fee_rate = [0.03, 0.02]
renewal_fee = 0.015
)";

TEST(MoneyOfPartners, EveryKindOfPartnership) {
  for (const int term : {0, 26, 52, 78, 156})
    follow({fmt::format("product.platform.term_weeks={}", term)}, every_kind);
}

std::vector<std::string> claims(const std::string& policy, int window) {
  return {
      "attribution.policy=" + policy,
      "attribution.rate=0.2",
      "attribution.cap=0.5",
      "attribution.claim_hours=1",
      "attribution.on_direct=true",
      fmt::format("registration.window_weeks={}", window),
      "registration.extra_margin=0.1",
      "engagement.rule=soft",
      "engagement.quota_credit=0.5",
      "engagement.commission_credit=0.5",
      "account_control.incumbency=0.5",
      "account_control.incumbent_margin=0.1",
      "account_control.partner_expansion=0.5",
      window == 0 ? "account_control.contracting_party=vendor" : "account_control.renewals=vendor",
      "confusion.weight=0.3",
      "confusion.assist_hours=3"};
}

// Leads for other products and fees for them, demands, people set aside for partners' deals.
std::vector<std::string> between_firms(const std::string& policy) {
  return {"lead_sharing.policy=" + policy,
          "lead_sharing.heard_by_vendor=4",
          "lead_sharing.heard_by_partners=0.3",
          "lead_sharing.hours=1",
          "lead_sharing.chance=0.2",
          "lead_sharing.referral_fee=0.1",
          "lead_sharing.promised=3",
          "lead_sharing.follow_up_hours=1",
          "complaints.rate=2",
          "complaints.cost=2_000",
          "complaints.comply=true",
          "commitment.needs_hours=2",
          "commitment.vendor_hours=20",
          "commitment.hour_cost=80",
          "trust.evidence=4",
          "exit.tolerance=0.3"};
}

// What managers are paid beside their plan, what signing and support cost, deliveries planned by
// what partners report.
const std::vector<std::string> managers{"vendor.partner_managers=2",
                                        "program.signed_at_start=8",
                                        "partner_development.hours=30",
                                        "partner_development.per_signed=2_000",
                                        "partner_development.per_satisfaction=5_000",
                                        "signing.cost=3_000",
                                        "support_capacity.on=true",
                                        "support_capacity.staff=1.5",
                                        "support_capacity.staff_cost=90_000",
                                        "scorecard.cull=0.1",
                                        "expectation.on=true",
                                        "expectation.ready_cost=0.05",
                                        "expectation.rush_cost=0.2"};

TEST(MoneyOfPartners, EveryAttributionPolicy) {
  for (const char* policy : {"first_registered", "first_touch", "last_touch", "equal", "effort",
                             "time_decay", "pay_all", "house", "marketplace"})
    for (const int window : {0, 13}) follow(claims(policy, window), "", 104);
}

TEST(MoneyOfPartners, LeadsBothWaysAndDemands) {
  for (const char* policy : {"open", "lead_for_lead"}) follow(between_firms(policy));
}

TEST(MoneyOfPartners, ManagersSupportAndDelivery) { follow(managers); }

// Customers who cancel and are given back part of what they paid; each role's plan takes back what
// it paid for them (R17), also from people who quit. The sellers' plan is a file.
const std::vector<std::string> cancellations{"cancellation.rate=0.6",
                                             "cancellation.missold=2",
                                             "cancellation.refund=0.7",
                                             "account_executive.clawback_months=12",
                                             "partner_manager.clawback_months=18",
                                             "partner_manager.clawback_amount=pro_rata",
                                             "turnover.rate=1"};
const std::string sellers_clawback = R"([clawback]
triggers = ["churn"]
components = ["commission", "spif"]
window_months = 12
amount = "full"
valued_at = "original_rate"
'''
)";

void follow_cancellations(std::vector<std::string> more, const std::string& toml, int weeks) {
  more.insert(more.begin(), busy.begin(), busy.end());
  more.insert(more.end(), cancellations.begin(), cancellations.end());
  std::string plan = support::margin_and_spif;
  plan.replace(plan.rfind("'''"), 3, sellers_clawback);
  support::Economy economy(more, plan + toml);
  follow_money(economy, weeks);
  const ecosystem::Totals& t = economy.world.books.totals;
  EXPECT_GT(t.cancelled, 0);
  EXPECT_GT(t.refunded, 0);
  EXPECT_GT(t.clawed_back, 0);
  EXPECT_GE(t.commission, 0);
}

TEST(MoneyOfPartners, Cancellations) {
  for (const int term : {26, 52, 78, 156})
    for (const char* party : {"seller", "vendor"})
      follow_cancellations({fmt::format("product.platform.term_weeks={}", term),
                            fmt::format("account_control.contracting_party={}", party)},
                           "", 160);
}

// Whatever two groups do to each other's entries.
std::vector<std::string> all_groups(const std::string& policy) {
  std::vector<std::string> all = claims(policy, 13);
  for (const auto& group : {between_firms("lead_for_lead"), managers})
    all.insert(all.end(), group.begin(), group.end());
  return all;
}

TEST(MoneyOfPartners, AllGroupsAtOnce) {
  for (const char* policy : {"pay_all", "first_registered"}) follow(all_groups(policy), every_kind);
}

// Issue 5, line 4: every week balances with all programs on, clawbacks and disputes included, over
// seeds.
TEST(MoneyOfPartners, AllGroupsAtOnceAndClawbacks) {
  for (int seed = 1; seed <= 6; ++seed) {
    SCOPED_TRACE(seed);
    std::vector<std::string> all = all_groups(seed % 2 == 0 ? "pay_all" : "first_registered");
    all.push_back(fmt::format("run.seed={}", seed));
    follow_cancellations(all, every_kind, 160);
  }
}

}  // namespace
