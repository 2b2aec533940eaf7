// SPDX-License-Identifier: Apache-2.0
// Leads passed both ways (A4, C2, F1): who passes what, what it costs, what it brings.
#include <gtest/gtest.h>

#include <set>

#include "tests/models/ecosystem/economy.h"
#include "tests/models/ecosystem/phases.h"

namespace {

using namespace ecosystem;
using support::Phases;

std::vector<std::string> sharing_plan(std::vector<std::string> more) {
  std::vector<std::string> all{"vendor.account_executives=4", "market.partner_only=0.5",
                               "lead_sharing.heard_by_vendor=12",
                               "lead_sharing.heard_by_partners=0.05", "lead_sharing.hours=4"};
  all.insert(all.end(), more.begin(), more.end());
  return all;
}

struct Flow {
  std::int64_t in = 0, out = 0, fees = 0, bookings = 0, contribution = 0, most_owed = 0;
  std::int64_t promised = 0, own_deals = 0;
  double manager_hours = 0;
};
Flow flow(std::vector<std::string> more, int weeks = 104) {
  Phases economy("reseller_floor", sharing_plan(std::move(more)));
  economy.weeks(weeks);
  const World& w = economy.world;
  Flow flow;
  for (std::size_t i = 0; i < w.relations.size(); ++i) {
    const Relations::Id row(i);
    flow.in += w.relations.leads_in[row];
    flow.out += w.relations.leads_out[row];
    flow.most_owed =
        std::max(flow.most_owed, w.relations.leads_out[row] - w.relations.leads_in[row]);
  }
  for (const std::int64_t deals : w.reps.own_deals) flow.own_deals += deals;
  flow.fees = w.books.totals.referral_fees;
  flow.bookings = w.books.totals.bookings_acv - w.books.totals.bookings_partner;
  flow.contribution = w.books.totals.contribution();
  flow.promised = w.books.totals.leads_promised;
  flow.manager_hours = w.books.totals.manager_hours;
  return flow;
}

TEST(LeadSharing, PaysOrIsNotDone) {
  EXPECT_TRUE(LeadSharing::seller_passes(10, 0, 0, 9));
  EXPECT_FALSE(LeadSharing::seller_passes(9, 0, 100, 9));
  EXPECT_TRUE(LeadSharing::seller_passes(0, .5, 100, 49));  // SB7: w > c / b
  EXPECT_FALSE(LeadSharing::seller_passes(0, .5, 100, 50));
}

// A4: nobody owes one back, unless leads stop coming.
TEST(LeadSharing, OneWayUnlessReturned) {
  const Flow open = flow({}), tit = flow({"lead_sharing.policy=lead_for_lead"});
  EXPECT_EQ(open.in, 0);
  EXPECT_GT(open.out, 100);
  EXPECT_GT(tit.in, 20);
  EXPECT_LT(tit.out, open.out);
  EXPECT_EQ(tit.most_owed, 1);
}

TEST(LeadSharing, WithoutTrustNothingIsReturned) {
  const auto trusting = [](const char* start) {
    return flow({"lead_sharing.policy=lead_for_lead", "trust.evidence=1000000",
                 std::string("trust.start=") + start})
        .in;
  };
  EXPECT_EQ(trusting("0"), 0);
  EXPECT_GT(trusting("1"), 20);
}

// C2, Q16: a fee brings leads, and the deals won by them pay it.
TEST(LeadSharing, AFeeBringsLeads) {
  const Flow none = flow({}), paid = flow({"lead_sharing.referral_fee=0.1"});
  EXPECT_EQ(none.fees, 0);
  EXPECT_GT(paid.in, 100);
  EXPECT_GT(paid.fees, 0);
  EXPECT_GT(paid.bookings, none.bookings);
  // The fee is 10% of what was won by leads, so at most that of all the vendor's own bookings.
  EXPECT_LT(paid.fees, paid.bookings / 10);
}

// Leads come from accounts the vendor does not reach, each from somebody who does not sell there,
// and open exactly one opportunity of an account executive.
TEST(LeadSharing, LeadsAreOfAccountsTheVendorDoesNotReach) {
  Phases economy("reseller_floor", sharing_plan({"lead_sharing.referral_fee=0.1"}));
  int seen = 0;
  std::set<std::uint64_t> needs;
  economy.weeks(12);
  const World& w = economy.world;
  for (std::size_t i = 0; i < w.opportunities.size(); ++i) {
    const Opportunities::Id row(i);
    const Reps::Id rep = w.opportunities.rep[row];
    const Needs::Id need = w.opportunities.need[row];
    if (!w.opportunities.alive(row)) continue;
    const bool led = static_cast<bool>(w.opportunities.referrer[row]);
    const Accounts::Id account = w.needs.account[need];
    EXPECT_EQ(led, w.reps.role[rep] == Role::account_executive && !w.accounts.direct[account]);
    if (!led) continue;
    ++seen;
    EXPECT_TRUE(needs.insert(w.needs.key(need).value).second);
    EXPECT_FALSE(w.the<Leads>().knows(w.partnerships, w.firms, w.opportunities.referrer[row],
                                      w.accounts.key(account), economy.step().random()));
  }
  EXPECT_GT(seen, 5);
}

// What a lead costs its giver: the hours owed are those of the leads passed.
TEST(LeadSharing, GivingCostsHours) {
  Phases economy("reseller_floor", sharing_plan({"lead_sharing.heard_by_partners=0"}));
  double owed = 0;
  std::int64_t given = 0;
  for (int week = 0; week < 60; ++week)
    economy.week({}, [&](std::string_view phase) {
      const World& w = economy.world;
      if (phase != "lead_sharing") return;
      double now = 0;
      for (const double hours : w.reps.hours_owed) now += hours;
      std::int64_t out = 0;
      for (const std::int64_t leads : w.relations.leads_out) out += leads;
      owed += now;
      EXPECT_NEAR(now, 4. * static_cast<double>(out - given), 1e-9);  // paid back each week
      given = out;
    });
  EXPECT_GT(owed, 200);
}

// A lead for a partner's other products sells with its chance, in the seller's own plan.
TEST(LeadSharing, LeadsForPartnersSell) {
  const Flow none = flow({"lead_sharing.chance=0"}), half = flow({"lead_sharing.chance=0.5"});
  EXPECT_EQ(none.out, half.out);
  EXPECT_NEAR(static_cast<double>(half.own_deals - none.own_deals),
              .5 * static_cast<double>(half.out),
              4 * std::sqrt(.25 * static_cast<double>(half.out)) + 40);
  EXPECT_GT(half.own_deals, none.own_deals);
}

// F1: promised each quarter, followed up in managers' hours, which they lack elsewhere.
TEST(LeadSharing, PromisesCostWhoFollowsThemUp) {
  const Flow cut = flow({"lead_sharing.promised=3", "vendor.partner_managers=1"});
  const Flow chased = flow(
      {"lead_sharing.promised=3", "vendor.partner_managers=1", "lead_sharing.follow_up_hours=0.5"});
  EXPECT_EQ(cut.promised, 8 * 3 * 8);
  EXPECT_EQ(cut.manager_hours, 0);
  EXPECT_NEAR(chased.manager_hours, 91 * 8 * 3 * .5, 1);  // nothing came: from week 13 on, all
  EXPECT_EQ(chased.in, cut.in);
  const auto signed_up = [](const char* hours) {
    Phases economy("reseller_floor",
                   sharing_plan({"lead_sharing.promised=3", "vendor.partner_managers=1",
                                 "program.candidates=40", "program.recruits_per_year=20",
                                 std::string("lead_sharing.follow_up_hours=") + hours}));
    economy.weeks(80);
    return economy.world.books.totals.signed_up;
  };
  EXPECT_LT(signed_up("1.5"), signed_up("0"));
}

// Where partners promise and do not deliver, the vendor stops believing, and stops following up.
TEST(LeadSharing, VendorStopsBelieving) {
  const auto hours = [](const char* above) {
    return flow({"lead_sharing.promised=3", "vendor.partner_managers=1", "trust.evidence=10",
                 "lead_sharing.follow_up_hours=0.5",
                 std::string("lead_sharing.follow_up_above=") + above})
        .manager_hours;
  };
  EXPECT_LT(hours("0.6"), .5 * hours("0"));
}

// Leads that come do not move the luck of anything else: identical where nobody passes.
TEST(LeadSharing, HearingAloneChangesNothing) {
  const Flow off = flow({"lead_sharing.heard_by_partners=0"}), deaf = flow({});
  EXPECT_EQ(off.contribution, deaf.contribution);
}

// Any number of threads, the same bits, with everything of this topic on.
TEST(LeadSharing, ThreadsDoNotMatter) {
  const auto digest = [](const sim::Workers& workers) {
    support::Economy economy(
        {"program.activation_share=1", "lead_sharing.heard_by_vendor=20",
         "lead_sharing.heard_by_partners=0.3", "lead_sharing.policy=lead_for_lead",
         "lead_sharing.referral_fee=0.05", "lead_sharing.promised=2",
         "lead_sharing.follow_up_hours=0.1", "trust.evidence=10", "trust.spillover=0.1",
         "trust.fear=0.1", "trust.shading=0.01", "joint_calls.hours=3", "complaints.rate=2",
         "exit.tolerance=0.6", "exit.balance_pay=3", "complementarity.sigma=0.3",
         "complementarity.error=0.3", "commitment.needs_hours=1", "commitment.vendor_hours=40"},
        "", 0, workers);
    economy.weeks(110);
    sim::Digest sum;
    economy.world.hash(sum);
    return sum.value();
  };
  const sim::Workers three(3);
  EXPECT_EQ(digest(sim::serial_workers()), digest(three));
}

}  // namespace
