// SPDX-License-Identifier: Apache-2.0
// Rules of engagement (M8), clashes (D1), channel-neutral pay (M9).
#include <gtest/gtest.h>

#include <array>
#include <cmath>
#include <map>

#include "tests/models/ecosystem/overlap.h"

namespace {

using namespace ecosystem;
using support::overlap;
using support::Phases;
using support::registered;
using support::with;

bool direct(const World& w, Opportunities::Id row) {
  return w.reps.role[w.opportunities.rep[row]] == Role::account_executive;
}

// Who is barred gets no hours and wins nothing; the holder is never barred.
TEST(Engagement, HardRuleLeavesTheHolderAlone) {
  Phases economy = overlap(registered);
  std::map<std::uint64_t, double> hours;  // of who is barred
  int barred = 0;
  for (int week = 0; week < 104; ++week)
    economy.week({}, [&](std::string_view phase) {
      const World& w = economy.world;
      if (phase == "pursuit")
        for (std::size_t i = 0; i < w.opportunities.size(); ++i) {
          const Opportunities::Id row(i);
          const auto known = hours.find(w.opportunities.key(row).value);
          if (w.opportunities.alive(row) && known != hours.end()) {
            ASSERT_EQ(w.opportunities.hours[row], known->second);
          }
        }
      if (phase != "engagement") return;
      hours.clear();
      for (std::size_t i = 0; i < w.needs.size(); ++i) {
        const Needs::Id need(i);
        if (!w.needs.alive(need)) continue;
        for (std::uint32_t j = 0; j < w.needs.opportunities[need]; ++j) {
          const Opportunities::Id row(w.needs.first_opportunity[need].index() + j);
          const bool other = w.needs.holder[need] > 0 && w.needs.holder[need] != j + 1;
          ASSERT_EQ(w.opportunities.barred[row] != 0, other);
          if (!other) continue;
          hours[w.opportunities.key(row).value] = w.opportunities.hours[row];
          ++barred;
        }
      }
    });
  EXPECT_GT(barred, 1000);
  // All that were won while somebody held the need were won by the holder.
  const World& w = economy.world;
  EXPECT_GT(w.books.totals.converted, 20);
}

// Soft: who was at work before the registration held goes on.
TEST(Engagement, SoftRuleKeepsNewcomersOut) {
  Phases economy = overlap(with(registered, {"engagement.rule=soft"}));
  int out = 0, in = 0;
  for (int week = 0; week < 104; ++week)
    economy.week({}, [&](std::string_view phase) {
      if (phase != "engagement") return;
      const World& w = economy.world;
      for (std::size_t i = 0; i < w.needs.size(); ++i) {
        const Needs::Id need(i);
        if (!w.needs.alive(need) || w.needs.holder[need] == 0) continue;
        const Opportunities::Id holder(w.needs.first_opportunity[need].index() +
                                       w.needs.holder[need] - 1);
        for (std::uint32_t j = 0; j < w.needs.opportunities[need]; ++j) {
          const Opportunities::Id row(w.needs.first_opportunity[need].index() + j);
          if (row == holder) continue;
          const bool late = w.opportunities.engaged_day[row] >= w.opportunities.begins[holder];
          ASSERT_EQ(w.opportunities.barred[row] != 0, late);
          (late ? out : in)++;
        }
      }
    });
  EXPECT_GT(out, 100);
  EXPECT_GT(in, 100);
}

TEST(Engagement, TheCustomerComesFirst) {
  Phases economy = overlap(with(registered, {"engagement.customer_first=0.7"}));
  economy.weeks(60);
  const World& w = economy.world;
  for (std::size_t i = 0; i < w.opportunities.size(); ++i)
    if (const Opportunities::Id row(i); w.opportunities.alive(row) && direct(w, row)) {
      ASSERT_EQ(w.opportunities.barred[row], 0);
    }
}

// Clashes by brute force: an executive's first day on a need, and each partner with a right to
// mind.
TEST(Engagement, ClashesAreCountedOnceForEachPartner) {
  Phases economy = overlap({"account_control.incumbency=0.1"});
  std::int64_t counted = 0;
  for (int week = 0; week < 120; ++week) {
    economy.week({}, [&](std::string_view phase) {
      if (phase != "pursuit") return;
      const World& w = economy.world;
      for (std::size_t i = 0; i < w.opportunities.size(); ++i) {
        const Opportunities::Id row(i);
        const std::int32_t day = w.opportunities.engaged_day[row];
        if (!w.opportunities.alive(row) || !direct(w, row) || day == never || day / 7 != week)
          continue;
        const Needs::Id need = w.opportunities.need[row];
        const Firms::Id control = w.accounts.controller[w.needs.account[need]];
        const bool partners = control && w.firms.kind[control] == FirmKind::partner;
        counted += partners;
        for (std::uint32_t j = 0; j < w.needs.opportunities[need]; ++j) {
          const Opportunities::Id other(w.needs.first_opportunity[need].index() + j);
          if (direct(w, other) || w.opportunities.engaged_day[other] >= 7 * week) continue;
          counted += !(partners && w.reps.employer[w.opportunities.rep[other]] == control);
        }
      }
    });
    std::int64_t now = 0;
    for (const std::int64_t clashes : economy.world.partnerships.clashes) now += clashes;
    EXPECT_EQ(now, economy.world.books.totals.conflict_events);
  }
  EXPECT_EQ(economy.world.books.totals.conflict_events, counted);
  EXPECT_GT(counted, 100);
}

TEST(Engagement, StayingOutOfPartnersAccounts) {
  Phases economy = overlap({"engagement.pitch=false"});
  int out = 0;
  for (int week = 0; week < 120; ++week)
    economy.week({}, [&](std::string_view phase) {
      if (phase != "engagement") return;
      const World& w = economy.world;
      for (std::size_t i = 0; i < w.opportunities.size(); ++i) {
        const Opportunities::Id row(i);
        if (!w.opportunities.alive(row) || !direct(w, row)) continue;
        const Firms::Id control = w.accounts.controller[w.needs.account[w.opportunities.need[row]]];
        const bool partners = control && w.firms.kind[control] == FirmKind::partner;
        ASSERT_EQ(w.opportunities.barred[row] != 0, partners);
        out += partners;
      }
    });
  EXPECT_GT(out, 100);
  support::each_event(economy.world, DealEvent::clash, [&](DealEvents::Id id) {
    EXPECT_NE(economy.world.deal_events.reason[id], static_cast<std::int64_t>(DealReason::control));
  });
}

// D14: who signs first in a region has it for itself.
TEST(Engagement, AnExclusiveRegionHasOnePartner) {
  const auto signed_in = [](const char* exclusive) {
    Phases economy =
        overlap({std::string("engagement.exclusive=") + exclusive, "program.signed_at_start=0",
                 "vendor.partner_managers=1", "program.recruits_per_year=12"});
    economy.weeks(208);
    std::array<int, 2> partners{};
    const World& w = economy.world;
    for (std::size_t i = 0; i < w.partnerships.size(); ++i)
      if (const Partnerships::Id id(i); w.partnerships.status[id] != PartnershipStatus::candidate)
        ++partners[w.firms.region[w.partnerships.partner[id]]];
    EXPECT_EQ(partners[0] + partners[1], w.books.totals.signed_up);
    EXPECT_EQ(w.books.totals.signings_blocked > 0, partners[0] == 1);
    return partners;
  };
  EXPECT_EQ(signed_in("true"), (std::array{1, 1}));
  EXPECT_GT(signed_in("false")[0], 2);
}

// Of what one of two sellers alike wins, what the other alone would have won.
TEST(Engagement, DisplacedShareIsThatOfTheChoice) {
  Choice choice;
  const double one = std::exp(choice.utility(stages, 1, 0));
  const double others = std::exp(choice.no_decision) + 2 * std::exp(choice.rival_strength);
  const double alone = one / (one + others);
  const double both = one * std::pow(2, choice.nest) / (one * std::pow(2, choice.nest) + others);
  EXPECT_NEAR(choice.displaced(2), (alone - both / 2) / (both / 2), 1e-12);
  choice.nest = 1;  // a product of its own: little of it
  EXPECT_LT(choice.displaced(2), Choice{}.displaced(2));
}

// M9: what executives are credited is the partners' bookings in their territories.
TEST(Engagement, NeutralPayCreditsPartnersDeals) {
  Phases neutral = overlap({"engagement.commission_credit=1", "engagement.quota_credit=0.5",
                            "attribution.rate=0", "booking.reseller_discount=0.25"});
  neutral.weeks(80);
  const World& w = neutral.world;
  std::int64_t credited = 0;
  support::each_event(w, DealEvent::credited,
                      [&](DealEvents::Id id) { credited += w.deal_events.amount[id]; });
  EXPECT_EQ(credited, w.books.totals.bookings_partner);
  EXPECT_GT(credited, 0);
  w.books.ledger.verify();
}

// Who is paid for it anyway works less beside a partner: by the share that it would have won.
TEST(Engagement, NeutralPayLeavesDealsToPartners) {
  const auto hours_beside_partners = [](double credit) {
    Phases economy = overlap(
        {"engagement.commission_credit=" + std::to_string(credit), "confusion.assist_hours=0"});
    const double displaced = economy.world.the<Choice>().displaced(2);
    double hours = 0;
    for (int week = 0; week < 80; ++week)
      economy.week({}, [&](std::string_view phase) {
        if (phase != "engagement") return;
        const World& w = economy.world;
        for (std::size_t i = 0; i < w.opportunities.size(); ++i) {
          const Opportunities::Id row(i);
          if (!w.opportunities.alive(row) || !direct(w, row)) continue;
          const Needs::Id need = w.opportunities.need[row];
          bool beside = false;
          for (std::uint32_t j = 0; j < w.needs.opportunities[need]; ++j) {
            const Opportunities::Id other(w.needs.first_opportunity[need].index() + j);
            beside |= !direct(w, other) && w.opportunities.engaged_day[other] != never;
          }
          EXPECT_NEAR(w.opportunities.pay_change[row], beside ? -credit * displaced : 0, 1e-12);
          if (beside) hours += w.opportunities.push[row] > 0;
        }
      });
    return hours;
  };
  const double none = hours_beside_partners(0), half = hours_beside_partners(.5),
               full = hours_beside_partners(1);
  EXPECT_LT(half, none);
  EXPECT_LT(full, half);
  EXPECT_GT(full, 0);
}

}  // namespace
