// SPDX-License-Identifier: Apache-2.0
// Account control (D12, M10, C18): who sold there last, on whose paper, who renews.
#include <gtest/gtest.h>

#include "tests/models/ecosystem/overlap.h"

namespace {

using namespace ecosystem;
using support::overlap;
using support::Phases;
using support::with;

std::vector<std::string> contracts(const std::vector<std::string>& more) {
  return with(
      {"product.widget.term_weeks=52", "booking.reseller_discount=0.25", "attribution.rate=0"},
      more);
}

TEST(AccountControl, CountsWhoSoldLast) {
  Phases economy = overlap(contracts({}));
  economy.weeks(156);
  const World& w = economy.world;
  std::int64_t vendor = 0, partners = 0;
  for (const Firms::Id firm : w.accounts.controller) {
    vendor += firm && w.firms.kind[firm] == FirmKind::vendor;
    partners += firm && w.firms.kind[firm] == FirmKind::partner;
  }
  EXPECT_EQ(vendor, w.accounts_of_vendor);
  EXPECT_EQ(partners, w.accounts_of_partners);
  EXPECT_GT(vendor, 10);
  EXPECT_GT(partners, 10);
}

// The last deal won decides, by the events.
TEST(AccountControl, IsWhoseDealWasLast) {
  Phases economy = overlap();
  economy.weeks(156);
  const World& w = economy.world;
  std::vector<std::int64_t> last(w.accounts.size(), -1);
  support::each_event(w, DealEvent::won, [&](DealEvents::Id id) {
    last[static_cast<std::size_t>(w.deal_events.account[id])] = w.deal_events.firm[id];
  });
  for (std::size_t i = 0; i < last.size(); ++i)
    if (const Firms::Id firm = w.accounts.controller[Accounts::Id(i)]; firm) {
      ASSERT_EQ(static_cast<std::int64_t>(firm.index()), last[i]);
    }
}

// On the vendor's paper it gets the list price, pays the first year's margin and renews itself.
TEST(AccountControl, OnTheVendorsPaper) {
  Phases economy = overlap(contracts({"account_control.contracting_party=vendor"}));
  economy.weeks(156);
  const World& w = economy.world;
  EXPECT_EQ(w.books.totals.partner_margin, 0);
  EXPECT_EQ(w.accounts_of_partners, 0);
  EXPECT_GT(w.books.totals.won_partner, 20);
  EXPECT_NEAR(static_cast<double>(w.books.totals.partner_claims),
              .25 * static_cast<double>(w.books.totals.bookings_partner),
              static_cast<double>(w.books.totals.won_partner));
  for (std::size_t i = 0; i < w.contracts.size(); ++i)
    if (const Contracts::Id id(i); w.contracts.alive(id) && w.contracts.ours[id]) {
      ASSERT_EQ(w.contracts.net_acv[id], w.contracts.list_acv[id]);
    }
  w.books.ledger.verify();
}

TEST(AccountControl, TheVendorTakesRenewalsOver) {
  Phases economy = overlap(contracts({"account_control.renewals=vendor"}));
  economy.weeks(208);
  const World& w = economy.world;
  EXPECT_GT(w.books.totals.kept_acv, 0);
  for (std::size_t i = 0; i < w.contracts.size(); ++i) {
    const Contracts::Id id(i);
    if (!w.contracts.alive(id) || w.contracts.invoices[id] == 0 || !w.contracts.ours[id]) continue;
    ASSERT_EQ(w.contracts.paper[id], Firms::Id(2));  // the vendor, after two rivals
    ASSERT_EQ(w.contracts.net_acv[id], w.contracts.list_acv[id]);
  }
}

TEST(AccountControl, IncumbentsKeepWhatIsLeftThem) {
  const auto margin_of_renewed = [](const char* kept) {
    Phases economy = overlap(contracts({std::string("account_control.incumbent_margin=") + kept}));
    economy.weeks(208);
    const World& w = economy.world;
    double list = 0, net = 0;
    for (std::size_t i = 0; i < w.contracts.size(); ++i) {
      const Contracts::Id id(i);
      if (!w.contracts.alive(id) || w.contracts.invoices[id] == 0 || !w.contracts.ours[id] ||
          w.firms.kind[w.contracts.paper[id]] != FirmKind::partner)
        continue;
      list += static_cast<double>(w.contracts.list_acv[id]);
      net += static_cast<double>(w.contracts.net_acv[id]);
    }
    EXPECT_GT(list, 0);
    return 1 - net / list;
  };
  EXPECT_NEAR(margin_of_renewed("1"), .25, 1e-5);
  EXPECT_NEAR(margin_of_renewed("0.4"), .1, 1e-5);
}

// Whoever sold there last is ahead; and where nobody has an edge all is as without the mechanism.
TEST(AccountControl, IncumbentsHaveAnEdge) {
  const auto again = [](const char* edge) {
    Phases economy = overlap({std::string("account_control.incumbency=") + edge});
    economy.weeks(312);
    const World& w = economy.world;
    std::vector<std::int64_t> last(w.accounts.size(), -1);
    double same = 0, all = 0;
    support::each_event(w, DealEvent::won, [&](DealEvents::Id id) {
      std::int64_t& before = last[static_cast<std::size_t>(w.deal_events.account[id])];
      if (before >= 0) {
        same += before == w.deal_events.firm[id];
        ++all;
      }
      before = w.deal_events.firm[id];
    });
    return same / all;
  };
  EXPECT_GT(again("0.5"), again("0") + .1);
}

}  // namespace
