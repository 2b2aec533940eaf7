// SPDX-License-Identifier: Apache-2.0
// Claims on deals won (M2, R26, D4): who claims, what is paid, that money is conserved.
#include <gtest/gtest.h>

#include <map>
#include <set>

#include "tests/models/ecosystem/overlap.h"

namespace {

using namespace ecosystem;
using support::overlap;
using support::Phases;
using support::with;

struct Deal {
  std::int64_t net = 0, paid = 0;
  int claims = 0;
  bool direct = false;
};

std::map<std::int64_t, Deal> deals(const World& w) {
  std::map<std::int64_t, Deal> all;
  for (std::size_t row = 0; row < w.deal_events.size(); ++row) {
    const DealEvents::Id id(row);
    Deal& deal = all[w.deal_events.need[id]];
    switch (static_cast<DealEvent>(w.deal_events.kind[id])) {
      case DealEvent::won:
        deal.net = w.deal_events.amount[id];
        deal.direct = w.firms.kind[Firms::Id(static_cast<std::size_t>(w.deal_events.firm[id]))] ==
                      FirmKind::vendor;
        break;
      case DealEvent::claimed:
        ++deal.claims;
        break;
      case DealEvent::paid:
        deal.paid += w.deal_events.amount[id];
        break;
      default:
        break;
    }
  }
  return all;
}

TEST(Attribution, OffIsNothingAtAll) {
  Phases economy = overlap({"attribution.rate=0"});
  economy.weeks(80);
  EXPECT_EQ(economy.world.books.totals.claims, 0);
  EXPECT_EQ(economy.world.books.totals.partner_claims, 0);
}

// Each policy pays what it says, each payout is in the ledger, none is forgotten in contribution.
TEST(Attribution, PoliciesPayWhatTheySay) {
  for (const char* policy : {"first_registered", "first_touch", "last_touch", "equal", "effort",
                             "time_decay", "pay_all", "house"}) {
    Phases economy = overlap({std::string("attribution.policy=") + policy});
    economy.weeks(80);
    const World& w = economy.world;
    std::int64_t paid = 0;
    int shared = 0;
    for (const auto& [need, deal] : deals(w)) {
      if (deal.net == 0) continue;
      const std::int64_t one = Money{deal.net}.share(.2).minor;
      const bool all = policy == std::string("pay_all");
      const bool nobody = policy == std::string("house") ||
                          policy == std::string("first_registered");  // nobody can register
      if (deal.claims == 0 || nobody) {
        ASSERT_EQ(deal.paid, 0);
      } else if (all) {
        ASSERT_EQ(deal.paid, deal.claims * one);
      } else if (deal.paid != 0) {  // first touched on the day of the decision or later: not paid
        ASSERT_EQ(deal.paid, one);
      }
      shared += deal.claims > 1;
      paid += deal.paid;
    }
    // Who can't be paid does not work for it.
    const bool hopeless =
        policy == std::string("house") || policy == std::string("first_registered");
    EXPECT_EQ(shared > 50, !hopeless) << policy;
    EXPECT_EQ(paid, w.books.totals.partner_claims);
    const Totals& t = w.books.totals;
    EXPECT_EQ(t.contribution(), t.gross_margin() - t.fixed_pay - t.commission - t.support -
                                    t.partner_incentives - t.partner_claims);
    w.books.ledger.verify();
  }
}

// D4, as arithmetic: three claims of 20% are 60%.
TEST(Attribution, ThreeClaimsAreSixtyPercent) {
  Phases economy = overlap();
  economy.weeks(104);
  int threes = 0;
  for (const auto& [need, deal] : deals(economy.world)) {
    if (deal.claims != 3) continue;
    EXPECT_NEAR(static_cast<double>(deal.paid), .6 * static_cast<double>(deal.net), 2);
    ++threes;
  }
  EXPECT_GT(threes, 20);
}

TEST(Attribution, TheCapHolds) {
  Phases economy = overlap({"attribution.cap=0.3"});
  economy.weeks(104);
  int capped = 0;
  for (const auto& [need, deal] : deals(economy.world)) {
    EXPECT_LE(deal.paid, Money{deal.net}.share(.3).minor);
    capped += deal.claims > 1;
  }
  EXPECT_GT(capped, 50);
}

// R26: whether deals that the vendor closed itself can be claimed.
TEST(Attribution, DirectClosesAsTheRuleSays) {
  for (const bool rule : {true, false}) {
    Phases economy = overlap({std::string("attribution.on_direct=") + (rule ? "true" : "false")});
    economy.weeks(104);
    int direct = 0, claimed = 0;
    for (const auto& [need, deal] : deals(economy.world)) {
      direct += deal.direct;
      claimed += deal.direct && deal.claims > 0;
    }
    EXPECT_GT(direct, 20);
    EXPECT_EQ(claimed > 0, rule);
  }
}

TEST(Attribution, AClaimTakesHours) {
  const auto claims = [](const char* hours) {
    Phases economy = overlap({std::string("attribution.claim_hours=") + hours});
    economy.weeks(104);
    support::each_event(economy.world, DealEvent::claimed, [&](DealEvents::Id id) {
      EXPECT_GE(economy.world.deal_events.amount[id], 1000 * std::stoll(hours) - 1);
    });
    return economy.world.books.totals.claims;
  };
  EXPECT_GT(claims("2"), claims("20"));
  EXPECT_GT(claims("20"), claims("60"));
}

// Sellers work for a claim they believe in: without it a deal pays them nothing here.
TEST(Attribution, SellersWorkForWhatTheyBelieve) {
  const auto hours = [](const char* believed) {
    Phases economy = overlap({std::string("attribution.believed=") + believed});
    economy.weeks(52);
    return economy.world.books.totals.seller_hours;
  };
  EXPECT_NEAR(hours("0"), 0, 1e-9);
  EXPECT_GT(hours("1"), hours("0.5"));
}

}  // namespace
