// SPDX-License-Identifier: Apache-2.0
// Further classes of partners under the rules made for those of [program]: registrations, claims,
// contracting party, the end of a partnership.
#include <gtest/gtest.h>

#include "tests/models/ecosystem/economy.h"
#include "tests/models/ecosystem/phases.h"

namespace {

using namespace ecosystem;
using support::Phases;

// Six resellers of a class of their own beside two executives.
std::string resellers(const std::string& terms) {
  return "[run]\nwarmup = 0\nweeks = 520\n[program]\ncandidates = 0\nsigned_at_start = 0\n"
         "[market]\naccounts = 200\nregions = 1\npartner_only = 0.5\n[vendor]\n"
         "account_executives = 2\n[partnership.friends]\ncandidates = 6\nsigned_at_start = 6\n"
         "reach = 0.5\n" +
         terms;
}

// What partners keep of what their customers pay, as a share.
double kept(const Totals& t) {
  const auto margin = static_cast<double>(t.partner_margin);
  return margin / (margin + static_cast<double>(t.bookings_partner));
}

TEST(ClassesMeet, ARegistrationAddsToTheMarginOfTheClass) {
  const std::string own = resellers("kind = \"reseller\"\nmargin = 0.15\n");
  Phases usual("textbook", {}, own);
  Phases registered("textbook",
                    {"registration.window_weeks=26", "registration.extra_margin=0.1",
                     "engagement.rule=hard", "registration.filing_hours=0"},
                    own);
  usual.weeks(104);
  registered.weeks(104);
  EXPECT_NEAR(kept(usual.world.books.totals), .15, 1e-6);
  EXPECT_GT(registered.world.books.totals.converted, 0);
  EXPECT_GT(kept(registered.world.books.totals), .151);
  EXPECT_LT(kept(registered.world.books.totals), .25 + 1e-6);
}

// With the vendor as contracting party what the class keeps is a commission on the first year.
TEST(ClassesMeet, TheClassSaysTheCommissionOnTheVendorsPaper) {
  Phases economy("textbook", {"account_control.contracting_party=vendor"},
                 resellers("kind = \"reseller\"\nmargin = 0.15\n"));
  economy.weeks(104);
  const Totals& t = economy.world.books.totals;
  ASSERT_GT(t.won_partner, 10);
  EXPECT_EQ(t.partner_margin, 0);
  EXPECT_NEAR(static_cast<double>(t.partner_claims), .15 * static_cast<double>(t.bookings_partner),
              static_cast<double>(t.won_partner));
  EXPECT_EQ(t.of_kind[static_cast<std::size_t>(PartnershipKind::reseller)].cost, t.partner_claims);
}

TEST(ClassesMeet, AnOemKeepsItsPaper) {
  Phases economy("textbook", {"account_control.contracting_party=vendor"},
                 resellers("kind = \"oem\"\nroyalty = 0.4\n"));
  economy.weeks(52);
  EXPECT_GT(economy.world.books.totals.royalties, 0);
  EXPECT_EQ(economy.world.books.totals.partner_claims, 0);
  EXPECT_NEAR(kept(economy.world.books.totals), .6, 1e-6);
}

// Neither a page nor who shares the vendor's own deals registers, claims or clashes.
TEST(ClassesMeet, WhoSharesADealHasNoClaimToIt) {
  const std::vector<std::string> rules{"registration.window_weeks=26",     "engagement.count=true",
                                       "engagement.commission_credit=0.5", "attribution.rate=0.2",
                                       "attribution.policy=pay_all",       "confusion.weight=0.5",
                                       "attribution.on_direct=true"};
  for (const char* kind :
       {"kind = \"cosell\"\njoint = true\nfee = 0.1\n", "kind = \"marketplace\"\nhabit = 0.5\n"}) {
    Phases economy("textbook", rules, resellers(kind));
    economy.weeks(104);
    const Totals& t = economy.world.books.totals;
    EXPECT_GT(t.of_kind[4].deals + t.of_kind[6].deals, 10) << kind;
    EXPECT_EQ(t.filed + t.claims + t.conflict_events + t.taken, 0) << kind;
    EXPECT_EQ(economy.world.accounts_of_partners, 0) << kind;
    for (const double doubt : economy.world.needs.confusion) EXPECT_EQ(doubt, 0) << kind;
  }
}

// The vendor parts with all that have brought less than they cannot bring: of whatever class,
// nobody there hears of anything any more, and nothing is paid for them.
TEST(ClassesMeet, AnEndedPartnershipIsOver) {
  Phases economy("textbook",
                 {"scorecard.cull=1", "scorecard.every_weeks=52", "scorecard.protected_weeks=0",
                  "tiers.revenue=[1]", "mdf.accrual=0.5", "mdf.min_claim=0", "mdf.claim_cost=0",
                  "routing.inbound=0.5", "routing.to=round_robin"},
                 resellers("kind = \"reseller\"\ncost = 5_200\n"));
  economy.weeks(52);
  World& world = economy.world;
  for (const PartnershipStatus status : world.partnerships.status)
    EXPECT_EQ(status, PartnershipStatus::ended);
  const Totals before = world.books.totals;
  EXPECT_GT(before.won_partner, 10);
  economy.weeks(26);
  EXPECT_EQ(world.books.totals.leads_routed, before.leads_routed);
  EXPECT_EQ(world.books.totals.leads_campaign, before.leads_campaign);
  EXPECT_EQ(world.books.totals.mdf_paid, before.mdf_paid);
  EXPECT_EQ(world.books.totals.mdf_allocated, before.mdf_allocated);
  EXPECT_EQ(world.books.totals.partner_program, before.partner_program);
}

// All classes under all rules at once: the same bits with any number of threads, and a ledger that
// sums to 0 each week, while partnerships end.
TEST(ClassesMeet, AllRulesAtOnceAreTheSameWithAnyThreads) {
  const std::string all = R"(
[registration]
window_weeks = 13
extra_margin = 0.05
squatters = 0.1
[engagement]
rule = "soft"
commission_credit = 0.3
[attribution]
rate = 0.1
policy = "equal"
trace = true
[confusion]
weight = 0.3
assist_hours = 2
[account_control]
incumbency = 0.5
[trust]
start = 0.6
shading = 0.1
fear = 0.5
[lead_sharing]
heard_by_vendor = 4
heard_by_partners = 0.1
referral_fee = 0.1
promised = 1
[complaints]
rate = 2
[exit]
tolerance = 0.4
[complementarity]
sigma = 0.3
error = 0.3
[partner_traits]
reach_sigma = 0.4
capacity_sigma = 0.4
[attention]
others = 2
[support_capacity]
on = true
staff = 1
[scorecard]
cull = 0.2
[expectation]
on = true
[tiers]
revenue = [20_000, 200_000]
discount = [0.02, 0.05]
rebate = [0.01, 0.02]
review = "quarter"
[mdf]
budget = 80_000
[routing]
inbound = 0.2
to = "shark_tank"
pull_back_weeks = 3
[turnover]
rate = 0.4
[partnership.page]
kind = "marketplace"
candidates = 1
signed_at_start = 1
territory = "everywhere"
habit = 0.2
imposed_rivals = 2
fee_rate = [0.03]
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
candidates = 12
signed_at_start = 6
margin = 0.2
[partnership.friends]
kind = "referral"
candidates = 3
signed_at_start = 3
fee = 0.15
[partnership.makers]
kind = "oem"
candidates = 2
signed_at_start = 2
guarantee = 50_000
)";
  const sim::Workers workers(3);
  const auto [one, digest] = support::whole(all, 180, sim::serial_workers());
  const auto [many, same] = support::whole(all, 180, workers);
  EXPECT_EQ(digest, same);
  EXPECT_EQ(one.contribution(), many.contribution());
  EXPECT_GT(one.converted, 0);
  EXPECT_GT(one.partner_claims, 0);
  EXPECT_GT(one.culled + one.left_by_partners + one.ended_by_vendor, 0);
  EXPECT_GT(one.of_kind[static_cast<std::size_t>(PartnershipKind::cosell)].deals, 0);
}

}  // namespace
