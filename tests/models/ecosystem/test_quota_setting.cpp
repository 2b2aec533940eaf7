// SPDX-License-Identifier: Apache-2.0
// M15, R19: quotas handed down from the company's target, read off the territory, ramped for who
// was hired.
#include <fmt/format.h>
#include <gtest/gtest.h>

#include <cmath>
#include <map>

#include "tests/models/ecosystem/economy.h"

namespace {

using namespace ecosystem;
using support::Economy;

std::vector<std::string> with(std::vector<std::string> more) {
  more.insert(more.begin(), {"vendor.account_executives=4", "market.regions=2",
                             "program.candidates=0", "program.signed_at_start=0"});
  return more;
}

// The quota of this week's period of everybody employed, by seat [minor units].
std::map<std::uint32_t, double> quotas(Economy& economy, bool at_work = true) {
  World& world = economy.world;
  const sim::Date today = economy.settings().run().make_calendar().date(economy.weeks_done(), 0);
  world.books.executives.begin(today);
  std::map<std::uint32_t, double> all;
  for (const std::uint32_t row : world.reps.by_key()) {
    const Reps::Id rep(row);
    if (world.reps.role[rep] != Role::account_executive) continue;
    if (at_work && world.reps.start_week[rep] > economy.weeks_done()) continue;
    all[world.reps.seat[rep]] = world.books.executives.standing(world.reps.payee[rep], today).quota;
  }
  return all;
}

double sum(const std::map<std::uint32_t, double>& quotas) {
  double total = 0;
  for (const auto& [seat, quota] : quotas) total += quota;
  return total;
}

TEST(QuotaSetting, FlatIsTheFigureOfTheRole) {
  Economy economy(with({"account_executive.quota=200000"}));
  for (const auto& [seat, quota] : quotas(economy)) EXPECT_EQ(quota, 20'000'000) << seat;
}

TEST(QuotaSetting, TopDownSharesTheCompanysTargetAndACushion) {
  Economy economy(with({"quota_setting.method=top_down", "quota_setting.company_target=1000000",
                        "quota_setting.cushion=0.25"}));
  EXPECT_EQ(sum(quotas(economy)), 125'000'000);
  for (const auto& [seat, quota] : quotas(economy)) EXPECT_EQ(quota, 31'250'000) << seat;
}

// Who comes in between gets the share of one of five; the others' falls with the next fiscal year.
TEST(QuotaSetting, AHireChangesTheOthersQuotasOnceAYear) {
  const std::vector<std::string> target{"quota_setting.method=top_down",
                                        "quota_setting.company_target=1000000",
                                        "quota_setting.cushion=0", "hiring.weeks_to_hire=3"};
  Economy economy(with(target));
  auto asks = target;
  asks.emplace_back("hiring.account_executives=1");
  const sim::Calendar calendar = economy.settings().run().make_calendar();
  economy.weeks(calendar.start_week() + 8);
  economy.world.apply(Economy(with(asks)).settings());
  economy.weeks(5);
  auto now = quotas(economy);
  ASSERT_EQ(now.size(), 5U);
  for (std::uint32_t seat = 0; seat < 4; ++seat) EXPECT_EQ(now[seat], 25'000'000);
  EXPECT_EQ(now[4], 20'000'000);
  const int year = calendar.year_of_week(economy.weeks_done());
  while (calendar.year_of_week(economy.weeks_done()) == year) economy.week();
  economy.week();  // in whose first phase quotas are handed out
  now = quotas(economy);
  for (std::uint32_t seat = 0; seat < 5; ++seat) EXPECT_EQ(now[seat], 20'000'000) << seat;
}

// All quotas together are the share of what all accounts that are reached may come to need, and
// each is that of the accounts its own executive is given.
TEST(QuotaSetting, BottomUpFollowsTheTerritory) {
  Economy economy(with({"quota_setting.method=bottom_up", "quota_setting.share_of_potential=0.2"}));
  const World& world = economy.world;
  double rate = 0, mean = 0, before = 0;
  for (std::size_t row = 0; row < world.accounts.size(); ++row)
    if (const Accounts::Id account(row); world.accounts.direct[account])
      rate += world.accounts.need_rate[account];
  for (const std::uint32_t row : world.products.by_key()) {
    const Products::Id product(row);
    const double sigma = world.products.size_sigma[product];
    mean += (world.products.share_to[product] - before) *
            static_cast<double>(world.products.list_price[product]) * std::exp(sigma * sigma / 2);
    before = world.products.share_to[product];
  }
  const auto now = quotas(economy);
  EXPECT_NEAR(sum(now), .2 * 13 * rate * mean, 4);
  std::map<std::uint32_t, double> own;
  for (const std::uint32_t row : world.accounts.by_key()) {
    const Accounts::Id account(row);
    Reps::Id best;
    sim::Key most{};
    for (const std::uint32_t r : world.reps.by_key()) {
      const Reps::Id rep(r);
      const sim::Key key = sim::pair(world.reps.key(rep), world.accounts.key(account));
      if (world.reps.cell[rep] == world.accounts.cell[account] && key > most) {
        most = key;
        best = rep;
      }
    }
    if (world.accounts.direct[account])
      own[world.reps.seat[best]] += world.accounts.need_rate[account];
  }
  for (const auto& [seat, quota] : now) EXPECT_NEAR(quota, .2 * 13 * own[seat] * mean, 1) << seat;
  EXPECT_NE(now.at(0), now.at(2));  // of one region
}

// R19: of a year's hire by month 25, 25, 50, 50, 75, 100% of the quota.
TEST(QuotaSetting, WhoIsHiredIsRampedFromTheFirstDay) {
  Economy economy(with({"account_executive.quota=240000", "hiring.account_executives=1",
                        "account_executive.quota_ramp=[0.25, 0.25, 0.5, 0.5, 0.75, 1]",
                        "hiring.weeks_to_hire=0"}));
  const sim::Calendar calendar = economy.settings().run().make_calendar();
  economy.weeks(calendar.start_week() + 1);
  const int quarter = calendar.quarter_of_week(calendar.start_week());
  std::vector<double> seen;
  for (int q = 0; q < 3; ++q) {
    while (calendar.quarter_of_week(economy.weeks_done()) < quarter + q) economy.week();
    const auto now = quotas(economy);
    ASSERT_EQ(now.size(), 5U);
    EXPECT_EQ(now.at(0), 24'000'000);
    seen.push_back(now.at(4));
  }
  EXPECT_EQ(seen, (std::vector<double>{8'000'000, 18'000'000, 24'000'000}));
}

// A ramp and handed-out quotas go together: the share is ramped.
TEST(QuotaSetting, ARampIsOfTheOwnQuota) {
  Economy economy(with({"quota_setting.method=top_down", "quota_setting.company_target=1000000",
                        "quota_setting.cushion=0", "hiring.account_executives=1",
                        "account_executive.quota_ramp=[0.5, 0.5, 0.5]", "hiring.weeks_to_hire=0"}));
  const int start = economy.settings().run().make_calendar().start_week();
  economy.weeks(start + 1);
  EXPECT_EQ(quotas(economy).at(4), 10'000'000);
}

TEST(QuotaSetting, WithoutAQuotaInThePlanThereIsNothingToHandOut) {
  EXPECT_THROW(Economy(with({"quota_setting.method=bottom_up", "account_executive.quota=0"})),
               sim::BadInput);
}

}  // namespace
