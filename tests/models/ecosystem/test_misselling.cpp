// SPDX-License-Identifier: Apache-2.0
// E1: over-claiming comes with ignorance, costs what it is said to cost, and changes nothing else.
#include <gtest/gtest.h>

#include <cmath>
#include <map>

#include "tests/models/ecosystem/economy.h"

namespace {

using namespace ecosystem;
using support::Economy;

std::vector<std::string> with(std::vector<std::string> more) {
  more.insert(more.begin(), {"run.vary=chance", "run.weeks=1000", "demand.rate=4",
                             "demand.while_busy=1", "program.signed_at_start=20",
                             "program.activation_share=1", "product.platform.term_weeks=0"});
  return more;
}

TEST(Misselling, IsWhatSellersDoNotKnow) {
  Economy economy(with({"misselling.over_claim=0.5", "partner_seller.knowledge=0.3",
                        "learning.newcomer=0.3", "vendor.account_executives=40"}));
  economy.weeks(400);
  const Totals& t = economy.world.books.totals;
  const auto n = static_cast<double>(t.won);
  ASSERT_GT(n, 1000);
  EXPECT_NEAR(static_cast<double>(t.missold) / n, .35, 4 * std::sqrt(.35 * .65 / n));
}

TEST(Misselling, CostsTheRemedyAndNothingElse) {
  Economy none(with({})), some(with({"misselling.over_claim=0.8", "misselling.remedy=0.2"}));
  none.weeks(104);
  some.weeks(104);
  const Totals &a = none.world.books.totals, &b = some.world.books.totals;
  EXPECT_EQ(a.missold, 0);
  EXPECT_GT(b.missold, 50);
  EXPECT_EQ(a.revenue, b.revenue);
  EXPECT_EQ(a.commission, b.commission);
  EXPECT_EQ(a.contribution() - b.contribution(), b.support - a.support);
  const double mean_net =
      static_cast<double>(b.bookings_partner) / static_cast<double>(b.won_partner);
  EXPECT_NEAR(static_cast<double>(b.support - a.support) / static_cast<double>(b.missold),
              .2 * mean_net, .2 * .2 * mean_net);
}

TEST(Misselling, ToTheCentWhenAllDealsAreEqual) {
  Economy none(with({"product.platform.size_sigma=0"})),
      some(with({"product.platform.size_sigma=0", "misselling.over_claim=1"}));
  none.weeks(52);
  some.weeks(52);
  const Totals &a = none.world.books.totals, &b = some.world.books.totals;
  EXPECT_EQ(b.support - a.support, b.missold * (2'100'000 * 15 / 100));  // net is 75% of 28,000
}

// Contracts that were missold are renewed with kept x share, the others with share.
TEST(Misselling, CostsRenewals) {
  for (const double kept : {0., .5, 1.}) {
    Economy economy(
        with({"product.platform.term_weeks=13", "misselling.over_claim=1", "learning.newcomer=0.5",
              "vendor.account_executives=40", "renewal.share=0.8", "demand.rate=2",
              "vendor.customers=0", "misselling.kept=" + std::to_string(kept)}));
    std::map<std::uint64_t, std::pair<bool, std::int32_t>> before;  // missold, terms so far
    std::array<double, 2> due{}, renewed{};
    economy.weeks(260, [&](const World& w) {
      std::map<std::uint64_t, std::pair<bool, std::int32_t>> now;
      for (std::size_t row = 0; row < w.contracts.size(); ++row)
        if (const Contracts::Id id(row); w.contracts.alive(id) && w.contracts.ours[id] != 0)
          now[w.contracts.key(id).value] = {w.contracts.missold[id] != 0, w.contracts.invoices[id]};
      for (const auto& [key, contract] : before) {
        const auto found = now.find(key);
        if (found != now.end() && found->second.second == contract.second) continue;
        ++due[contract.first];
        renewed[contract.first] += found != now.end();
      }
      before = std::move(now);
    });
    for (const std::size_t missold : {0u, 1u}) {
      const double p = missold == 1 ? .8 * kept : .8;
      ASSERT_GT(due[missold], 100) << missold;
      EXPECT_NEAR(renewed[missold] / due[missold], p, 4 * std::sqrt(p * (1 - p) / due[missold]));
    }
  }
}

}  // namespace
