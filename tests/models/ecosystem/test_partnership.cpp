// SPDX-License-Identifier: Apache-2.0
// Classes of partners: who hears of what, who is paid what, and that a class which does nothing
// changes nothing.
#include <gtest/gtest.h>

#include "tests/models/ecosystem/phases.h"

namespace {

using namespace ecosystem;
using support::Phases;

// A vendor with four executives and nobody else, beside one class of partners.
std::string vendor(const std::string& terms) {
  return "[run]\nwarmup = 0\n[program]\ncandidates = 0\nsigned_at_start = 0\n[market]\n"
         "accounts = 200\npartner_only = 0.5\n[partnership.friends]\n" +
         terms;
}
Totals totals(const std::string& terms, int weeks = 104, std::vector<std::string> more = {}) {
  Phases economy("textbook", more, vendor(terms));
  economy.weeks(weeks);
  return economy.world.books.totals;
}
const Totals::OfKind& of(const Totals& t, PartnershipKind kind) {
  return t.of_kind[static_cast<std::size_t>(kind)];
}

TEST(Partnership, AClassWithoutPartnersChangesNothing) {
  Phases with("reseller_floor", {}, "[partnership.none]\nkind = \"oem\"\ncandidates = 5\n");
  Phases without("reseller_floor");
  with.weeks(60);
  without.weeks(60);
  const Totals &a = with.world.books.totals, &b = without.world.books.totals;
  EXPECT_EQ(a.contribution(), b.contribution());
  EXPECT_EQ(a.won, b.won);
  EXPECT_EQ(a.seller_hours, b.seller_hours);
  EXPECT_EQ(a.partner_margin, b.partner_margin);
}

// A further class of resellers on the terms of [program] is the same partners under another name:
// the same law, other luck.
TEST(Partnership, AClassOfResellersIsAReseller) {
  const Totals t =
      totals("kind = \"reseller\"\ncandidates = 4\nsigned_at_start = 4\nreach = 0.5\n");
  EXPECT_GT(of(t, PartnershipKind::reseller).deals, 20);
  EXPECT_EQ(of(t, PartnershipKind::reseller).deals, t.won_partner);
  EXPECT_EQ(of(t, PartnershipKind::reseller).bookings, t.bookings_partner);
  // What customers paid is the vendor's and the partners', 75 to 25.
  EXPECT_NEAR(static_cast<double>(t.partner_margin), static_cast<double>(t.bookings_partner) / 3,
              static_cast<double>(t.won_partner));
}

// C1: a logo costs and brings nothing.
TEST(Partnership, ALogoIsAPageAndABill) {
  const std::string logo = "kind = \"logo\"\ncandidates = 3\nsigned_at_start = 3\ncost = 5_200\n";
  const Totals with = totals(logo), without = totals("candidates = 0\n");
  EXPECT_EQ(with.won, without.won);
  EXPECT_EQ(with.contribution(), without.contribution() - 3 * 2 * 520'000);
  EXPECT_EQ(of(with, PartnershipKind::logo).cost, 3 * 2 * 520'000);
}

// C2: the fee is what makes anybody pass leads on; it is paid on the first year, to the cent.
TEST(Partnership, ReferralsComeForAFee) {
  const std::string some =
      "kind = \"referral\"\ncandidates = 4\nsigned_at_start = 4\nreach = 0.5\n";
  const Totals without = totals(some + "fee = 0\n");
  EXPECT_EQ(without.leads_referred, 0);
  EXPECT_EQ(without.partner_fees, 0);
  std::int64_t before = 0;
  for (const char* fee : {"0.02", "0.05", "0.2"}) {
    const Totals t = totals(some + "lead_cost = 2_000\nfee = " + fee + "\n");
    EXPECT_GT(t.leads_referred, before) << fee;
    before = t.leads_referred;
    EXPECT_EQ(t.partner_fees,
              Money{of(t, PartnershipKind::referral).bookings}.share(std::stod(fee)).minor);
  }
}

// Of accounts that its own people reach the vendor hears anyway: their fees buy nothing.
TEST(Partnership, AReferralOfAnOwnAccountIsPaidAndBringsNothing) {
  const std::string some =
      "kind = \"referral\"\ncandidates = 4\nsigned_at_start = 4\nreach = 0.5\n";
  const Totals none = totals(some + "fee = 0\n");
  const Totals own = totals(some + "fee = 0.2\noverlap = 1\n");
  EXPECT_GT(own.partner_fees, 0);
  EXPECT_EQ(own.won, none.won);
  EXPECT_GT(totals(some + "fee = 0.2\noverlap = 0\n").won, none.won);
}

// C11, M24: an OEM's deals are the vendor's at the royalty only, and what they fall short of the
// guarantee is owed at each anniversary.
TEST(Partnership, AnOemPaysRoyaltiesAndItsGuarantee) {
  const std::string oem =
      "kind = \"oem\"\ncandidates = 1\nsigned_at_start = 1\nreach = 0.5\nroyalty = 0.4\n";
  const Totals t = totals(oem);
  EXPECT_GT(of(t, PartnershipKind::oem).deals, 10);
  EXPECT_EQ(t.royalties, of(t, PartnershipKind::oem).bookings);
  EXPECT_NEAR(static_cast<double>(t.royalties) / .4, static_cast<double>(t.partner_margin) / .6,
              100);
  const Totals owed = totals(oem + "guarantee = 100_000_000\n");
  EXPECT_EQ(owed.royalties + owed.guarantees, 2 * 10'000'000'000);
  EXPECT_EQ(owed.contribution() - t.contribution(), owed.guarantees);
}

TEST(Partnership, AnExclusiveOemHasItsTerritoryForItself) {
  const std::string oem =
      "kind = \"oem\"\ncandidates = 1\nsigned_at_start = 1\nreach = 0.5\nterritory = "
      "\"everywhere\"\n";
  // The needs of the first week came before it had begun.
  const Totals soon = totals(oem + "exclusive = true\n", 60);
  const Totals late = totals(oem + "exclusive = true\n", 160);
  EXPECT_GT(of(late, PartnershipKind::oem).deals, of(soon, PartnershipKind::oem).deals);
  EXPECT_EQ(late.won - of(late, PartnershipKind::oem).deals, late.won_contact);
  EXPECT_EQ(late.won_contact, soon.won_contact);
  EXPECT_GT(totals(oem, 160).won_contact, totals(oem, 60).won_contact);
}

// C13: a deal won together is one deal on the vendor's paper, and both are paid by their own plan.
TEST(Partnership, ASharedDealPaysBoth) {
  Phases economy("textbook", {},
                 vendor("kind = \"cosell\"\njoint = true\ncandidates = 2\nsigned_at_start = 2\n"
                        "reach = 0.5\nfee = 0.1\n"));
  economy.weeks(104);
  const World& w = economy.world;
  const Totals& t = w.books.totals;
  EXPECT_GT(of(t, PartnershipKind::cosell).deals, 20);
  EXPECT_EQ(t.bookings_partner, 0);
  EXPECT_EQ(t.contested, 0);
  std::int64_t executives = 0, sellers = 0, credit = 0;
  for (std::size_t i = 0; i < w.reps.size(); ++i) {
    const Reps::Id rep(i);
    (w.reps.role[rep] == Role::partner_seller ? sellers : executives) += w.reps.deals[rep];
  }
  EXPECT_EQ(executives, t.won);
  EXPECT_GE(sellers, of(t, PartnershipKind::cosell).deals);
  for (std::size_t i = 0; i < w.partnerships.size(); ++i)
    credit += w.partnerships.revenue[Partnerships::Id(i)];
  EXPECT_EQ(credit, of(t, PartnershipKind::cosell).bookings);
}

// Work of both adds up: the executive's opportunity is never behind the helper's.
TEST(Partnership, WorkOnASharedDealAddsUp) {
  Phases economy("textbook", {},
                 vendor("kind = \"cosell\"\njoint = true\ncandidates = 2\nsigned_at_start = 2\n"
                        "reach = 0.5\nfee = 0.2\n"));
  int seen = 0;
  for (int week = 0; week < 30; ++week)
    economy.week({}, [&](std::string_view phase) {
      if (phase != "pursuit") return;
      const World& w = economy.world;
      for (std::size_t i = 0; i < w.opportunities.size(); ++i) {
        const Opportunities::Id row(i);
        if (!w.opportunities.alive(row) || w.opportunities.joint_with[row] == 0) continue;
        const Needs::Id need = w.opportunities.need[row];
        const Opportunities::Id lead(w.needs.first_opportunity[need].index() +
                                     w.opportunities.joint_with[row] - 1);
        EXPECT_EQ(w.reps.role[w.opportunities.rep[lead]], Role::account_executive);
        EXPECT_GE(w.opportunities.work[lead], w.opportunities.work[row]);
        EXPECT_EQ(w.opportunities.stage[row], w.opportunities.stage[lead]);
        ++seen;
      }
    });
  EXPECT_GT(seen, 100);
}

// M23: the fee of a page follows the size of the contract; the buyer pays no more than it says.
TEST(Partnership, APageTakesItsFeeAndPostsThePrice) {
  const std::string page =
      "kind = \"marketplace\"\ncandidates = 1\nsigned_at_start = 1\nterritory = \"everywhere\"\n"
      "habit = 0.5\npage_hours = 4\nfee_from = [0, 20_000]\nfee_rate = [0.03, 0.02]\n"
      "posted_price = 0.8\n";
  const Totals t = totals(page);
  EXPECT_GT(of(t, PartnershipKind::marketplace).deals, 10);
  // Median deals of 28,000, all alike: 2%, of 80% of list.
  EXPECT_EQ(t.partner_fees, of(t, PartnershipKind::marketplace).deals * 44'800);
  EXPECT_EQ(of(t, PartnershipKind::marketplace).bookings,
            of(t, PartnershipKind::marketplace).deals * 2'240'000);
  EXPECT_LT(t.bookings_acv, t.list_won);
  EXPECT_LT(t.won_contact, t.won);
  // Rivals beside it win some of those, and of others who only look at it.
  EXPECT_LT(totals(page + "imposed_rivals = 4\nlooked_up = 1\n").won,
            totals(page + "imposed_rivals = 4\n").won);
  // They are there whether the vendor lists or not.
  const std::string unlisted = "kind = \"marketplace\"\ncandidates = 1\nhabit = 0.5\n";
  EXPECT_LT(totals(unlisted + "imposed_rivals = 4\n").won, totals(unlisted).won);
  EXPECT_LT(totals(page + "imposed_rivals = 4\n").won, t.won);
  EXPECT_EQ(of(totals(page + "gate = 0.6\n"), PartnershipKind::marketplace).deals, 0);
}

// Q10: it is listed only once the vendor's own people have won so many deals.
TEST(Partnership, APageMayWaitForOwnWins) {
  const std::string page =
      "kind = \"marketplace\"\ncandidates = 1\nterritory = \"everywhere\"\nhabit = 0.5\n"
      "page_hours = 4\n";
  const auto listed = [&](const char* wins) {
    return totals(page + "signed_at_start = 1\ngate_wins = " + wins + "\n");
  };
  const auto deals = [](const Totals& t) { return of(t, PartnershipKind::marketplace).deals; };
  const Totals never = totals(page);
  EXPECT_EQ(listed("100_000").won, never.won);
  EXPECT_EQ(listed("100_000").contribution(), never.contribution());
  EXPECT_EQ(deals(listed("100_000")), 0);
  EXPECT_GT(deals(listed("20")), 0);
  EXPECT_GT(deals(listed("1")), deals(listed("20")));
  EXPECT_GT(listed("20").won - deals(listed("20")), 20);
}

TEST(Partnership, FeesAreThoseOfTheirTier) {
  Partnership terms;
  EXPECT_EQ(terms.fee_of(5, 100), 0);
  terms.fee_from = {0, 1e6, 1e7};
  terms.fee_rate = {.03, .02, .015};
  EXPECT_EQ(terms.fee_of(99'999'999, 100), .03);
  EXPECT_EQ(terms.fee_of(100'000'000, 100), .02);
  EXPECT_EQ(terms.fee_of(1'000'000'000, 100), .015);
}

// L2: reach stays what it is while the overlap changes.
TEST(Partnership, OverlapMovesReachAndKeepsIt) {
  Partnership terms;
  terms.reach = .3;
  for (const double overlap : {0., .25, .5, .75, 1.}) {
    terms.overlap = overlap;
    EXPECT_NEAR(.6 * terms.knows(true, .6) + .4 * terms.knows(false, .6), .3, 1e-12) << overlap;
  }
  terms.overlap = -1;
  EXPECT_EQ(terms.knows(true, .6), .3);
}

// C17: a territory is the slice of the cells that the candidate's number picks.
TEST(Partnership, TerritoriesAreSlicesOfTheCells) {
  Market market;
  market.regions = 3;
  market.verticals = 4;
  market.functions = 2;
  Partnership terms;
  const auto covered = [&](Territory territory) {
    terms.territory = territory;
    int cells = 0;
    for (std::uint32_t cell = 0; cell < market.cells(); ++cell)
      cells += terms.covers(5, cell, market);
    return cells;
  };
  EXPECT_EQ(covered(Territory::everywhere), 24);
  EXPECT_EQ(covered(Territory::region), 8);
  EXPECT_EQ(covered(Territory::vertical), 6);
  EXPECT_EQ(covered(Territory::function), 12);
  EXPECT_EQ(covered(Territory::cell), 1);
}

// C5: who has a product of its own that pays more pitches that, the more the better it pays.
TEST(Partnership, WhoHasABetterPaidProductPitchesIt) {
  const std::string some =
      "kind = \"reseller\"\ncandidates = 4\nsigned_at_start = 4\nreach = 0.5\nsubstitute = 0.5\n";
  std::int64_t before = -1;
  for (const char* margin : {"0.1", "0.25", "0.8"}) {
    const Totals t = totals(some + "substitute_margin = " + margin + "\n");
    EXPECT_GT(t.field_clashes, before) << margin;
    before = t.field_clashes;
  }
  EXPECT_EQ(totals("kind = \"reseller\"\ncandidates = 4\nsigned_at_start = 4\n").field_clashes, 0);
}

// M10: who holds the paper turns renewals to what pays more.
TEST(Partnership, PaperTurnsRenewals) {
  const std::string some =
      "kind = \"reseller\"\ncandidates = 4\nsigned_at_start = 4\nreach = 0.8\n";
  const std::vector<std::string> contracts{"product.widget.term_weeks=52", "demand.while_busy=0"};
  const Totals keeps = totals(some, 208, contracts);
  const Totals turns = totals(some + "rival_margin = 0.5\nfollow = 1\n", 208, contracts);
  EXPECT_EQ(keeps.steered, 0);
  EXPECT_GT(turns.steered, 20);
  EXPECT_LT(turns.kept_acv, keeps.kept_acv);
}

// Recruited one by one, screened, or from a week on.
TEST(Partnership, WhoSignsWhen) {
  const auto first = [](const std::string& terms, std::vector<std::string> more = {}) {
    Phases economy("textbook", more, vendor("kind = \"logo\"\ncandidates = 6\n" + terms));
    economy.weeks(104);
    std::vector<std::int32_t> weeks;
    for (const std::int32_t week : economy.world.partnerships.signed_week) weeks.push_back(week);
    return weeks;
  };
  EXPECT_EQ(first("signed_at_start = 6\nfrom_week = 20\n"), std::vector<std::int32_t>(6, 20));
  EXPECT_EQ(first("signed_at_start = 6\nscreen = 0.5\n"), std::vector<std::int32_t>(6, 0));
  EXPECT_EQ(first(""), std::vector<std::int32_t>(6, never));
  const auto skewed = first("signed_at_start = 6\nscreen = 0.5\ncomplement_skew = 3\n");
  EXPECT_GT(std::count(skewed.begin(), skewed.end(), never), 0);
  const auto recruited = first("", {"vendor.partner_managers=1", "program.recruits_per_year=12"});
  EXPECT_LT(std::count(recruited.begin(), recruited.end(), never), 6);
}

// Whatever there is, the ledger sums to 0 each week (verify() runs in every week) and partners'
// order in the file decides nothing.
TEST(Partnership, TheOrderOfClassesDecidesNothing) {
  const std::string a =
      "[partnership.a]\nkind = \"referral\"\ncandidates = 3\nsigned_at_start = 3\n"
      "reach = 0.4\nfee = 0.2\n";
  const std::string b =
      "[partnership.b]\nkind = \"reseller\"\ncandidates = 3\nsigned_at_start = 3\n"
      "reach = 0.4\n";
  Phases ab("textbook", {"market.partner_only=0.5"}, a + b);
  Phases ba("textbook", {"market.partner_only=0.5"}, b + a);
  ab.weeks(80);
  ba.weeks(80);
  EXPECT_EQ(ab.world.books.totals.contribution(), ba.world.books.totals.contribution());
  EXPECT_EQ(ab.world.books.totals.leads_referred, ba.world.books.totals.leads_referred);
  EXPECT_GT(ab.world.books.totals.leads_referred, 0);
}

}  // namespace
