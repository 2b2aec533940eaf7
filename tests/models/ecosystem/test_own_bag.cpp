// SPDX-License-Identifier: Apache-2.0
// What a reseller's sellers sell beside the vendor's: how many, and what it does to their plan
// (A2).
#include <gtest/gtest.h>

#include <cmath>

#include "models/ecosystem/mechanisms/own_bag.h"
#include "tests/models/ecosystem/phases.h"

namespace {

using namespace ecosystem;
using support::Phases;

constexpr sim::Stream luck{901, "test", "row", "luck of a test"};

TEST(OwnBag, CountsArePoisson) {
  const sim::Random random(3, 0);
  for (const double mean : {.01, .3, 2.0, 15.0}) {
    constexpr int n = 200'000;
    double sum = 0, squares = 0;
    for (int i = 0; i < n; ++i) {
      const int count =
          OwnBag::poisson(mean, random.draw(luck, {static_cast<std::uint64_t>(i)}).uniform());
      sum += count;
      squares += static_cast<double>(count) * count;
    }
    const double found = sum / n, variance = squares / n - found * found;
    EXPECT_NEAR(found, mean, 4 * std::sqrt(mean / n));
    // The variance of a sample variance: (mu4 - s^4) / n with mu4 = m + 3 m^2.
    EXPECT_NEAR(variance, mean, 4 * std::sqrt((mean + 2 * mean * mean) / n));
  }
}

TEST(OwnBag, TheInverseIsExact) {
  EXPECT_EQ(OwnBag::poisson(0, .999999), 0);
  EXPECT_EQ(OwnBag::poisson(1, std::exp(-1.0) - 1e-12), 0);
  EXPECT_EQ(OwnBag::poisson(1, std::exp(-1.0) + 1e-12), 1);
  EXPECT_EQ(OwnBag::poisson(1, 2 * std::exp(-1.0) + 1e-12), 2);
  EXPECT_LE(OwnBag::poisson(1e6, .5), 60);
}

// Sellers with a push of their own and nothing else.
struct Shop {
  Reps reps;
  Books books;
  PartnerSeller seller;
  sim::Calendar calendar{sim::Calendar::Kind::fiscal, sim::Date::from_civil(2026, 2, 2)};
  sim::Random random{11, 0};

  Shop(std::size_t people, const PlanTerms& terms)
      : books(60, {{}, {}, terms},
              std::make_shared<const sim::Calendar>(sim::Calendar::Kind::fiscal,
                                                    sim::Date::from_civil(2026, 2, 2)),
              {"platform"}) {
    for (std::size_t i = 0; i < people; ++i) {
      const Reps::Id rep = reps.add(sim::child(kinds::rep, sim::named("shop"), i));
      reps.role[rep] = Role::partner_seller;
      reps.own_push[rep] = 1 + static_cast<double>(i % 3);
      reps.payee[rep] = books.sellers.join(reps.key(rep), i);
    }
  }
  void sell(int week, double won_per_push) {
    OwnBag::sell(reps, seller, won_per_push, books, 1,
                 sim::Step(week, calendar, random, sim::serial_workers()));
  }
};

PlanTerms margin_plan(std::int64_t quota) {
  PlanTerms terms;
  terms.base_rate = .1;
  terms.accelerator = 1.5;
  terms.quota = quota;
  terms.basis = compensation::Basis::margin;
  return terms;
}

TEST(OwnBag, SellsAsMuchAsItIsPushed) {
  Shop shop(30'000, margin_plan(0));
  shop.sell(3, .2);
  double sum = 0, mean = 0;
  for (std::size_t i = 0; i < shop.reps.size(); ++i) {
    sum += static_cast<double>(shop.reps.own_deals[Reps::Id(i)]);
    mean += .2 * shop.reps.own_push[Reps::Id(i)];
  }
  EXPECT_NEAR(sum, mean, 4 * std::sqrt(mean));
}

// The employer's plan pays for it, to the cent; the vendor's ledger does not see it.
TEST(OwnBag, CreditIsTheMarginInTheEmployersPlan) {
  Shop shop(300, margin_plan(2'000'000));
  const std::int64_t margin = 900'000;  // 30% of 30,000
  for (int week = 0; week < 13; ++week) shop.sell(week, .25);
  std::int64_t above = 0;
  for (std::size_t i = 0; i < shop.reps.size(); ++i) {
    const Reps::Id rep(i);
    const std::int64_t credit = margin * shop.reps.own_deals[rep];
    const std::int64_t due = credit / 10 + std::max<std::int64_t>(0, credit - 2'000'000) / 20;
    EXPECT_EQ(shop.reps.booked[rep], credit);
    EXPECT_EQ(shop.reps.week_credit[rep], credit);
    EXPECT_EQ(shop.reps.accrued[rep], due);
    above += credit > 2'000'000;
  }
  EXPECT_GT(above, 20);
  EXPECT_LT(above, 300);
  for (const std::int64_t balance : shop.books.ledger.balances()) EXPECT_EQ(balance, 0);
}

TEST(OwnBag, ASellersLuckIsTheirOwn) {
  Shop few(10, margin_plan(0)), many(400, margin_plan(0));
  for (int week = 0; week < 20; ++week) {
    few.sell(week, .4);
    many.sell(week, .4);
  }
  for (std::size_t i = 0; i < 10; ++i)
    EXPECT_EQ(few.reps.own_deals[Reps::Id(i)], many.reps.own_deals[Reps::Id(i)]);
}

TEST(OwnBag, ExecutivesHaveNone) {
  Shop shop(50, margin_plan(0));
  for (std::size_t i = 0; i < 50; ++i) shop.reps.role[Reps::Id(i)] = Role::account_executive;
  shop.sell(0, 1);
  for (const std::int64_t deals : shop.reps.own_deals) EXPECT_EQ(deals, 0);
}

// Share of active partners' hours that the vendor's deals get, over a year.
double share_of_hours(std::vector<std::string> more) {
  std::vector<std::string> all{"run.vary=chance+population", "program.activation_share=1",
                               "effort.touch_hours=0", "leads.partner_reach=0.5"};
  all.insert(all.end(), more.begin(), more.end());
  Phases economy("saas_60", all);
  economy.weeks(104);
  const Totals& totals = economy.world.books.totals;
  return totals.seller_hours / totals.seller_hours_all;
}

// A2: where your deals help to make quota and do no more, who made it with their own has no use for
// you until the next quarter.
TEST(OwnBag, WhoMadeQuotaWithTheirOwnHasNoUseForYours) {
  Phases economy("saas_60", {"run.vary=chance+population", "program.activation_share=1",
                             "effort.touch_hours=0", "leads.partner_reach=0.5",
                             "partner_seller.commission_share=0", "partner_seller.accelerator=3",
                             "partner_seller.quota=20000"});
  double before[2] = {0, 0}, after[2] = {0, 0};  // hours for the vendor's deals, all hours
  for (int week = 0; week < 156; ++week)
    economy.week({}, [&](std::string_view phase) {
      if (phase != "effort") return;
      const World& w = economy.world;
      for (std::size_t i = 0; i < w.reps.size(); ++i) {
        const Reps::Id rep(i);
        if (w.reps.role[rep] != Role::partner_seller) continue;
        const double all = w.reps.hours_given[rep] - w.reps.hours_left[rep];
        const double attained = static_cast<double>(w.reps.booked[rep]) / 2'000'000;
        double* sums = attained < 1 ? before : attained > 2 ? after : nullptr;
        if (!sums) continue;
        sums[0] += all - w.reps.own_bag_hours[rep];
        sums[1] += all;
      }
    });
  EXPECT_GT(before[0] / before[1], .02);
  EXPECT_GT(after[1], 3000);
  EXPECT_LT(after[0] / after[1], .1 * before[0] / before[1]);
}

// Where all counts alike quota is no reason to choose: the rate cancels.
TEST(OwnBag, AQuotaThatAllCountsForChangesNoShare) {
  const double none = share_of_hours({"partner_seller.quota=0"});
  const double some = share_of_hours({"partner_seller.quota=40000"});
  EXPECT_NEAR(some, none, 1e-9);
}

}  // namespace
