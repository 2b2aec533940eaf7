// SPDX-License-Identifier: Apache-2.0
// Who partners with whom, what it takes, and what becomes of it (SC1, SC2, SC30, X14, X15; G1, G3,
// G4, G6, G8, D10).
#include <gtest/gtest.h>

#include "tests/models/startups/society.h"

namespace {

using namespace startups;
using support::Overrides;
using support::Society;

// SC1: with independent ends both are alive with the product of the chances.
TEST(Pairs, RiskIsSquared) {
  constexpr int n = 20'000;
  Society society(support::quiet(n) + support::unpaid +
                  Overrides{"closing.rate=0.536", "closing.frailty_sigma=0",
                            "partnering.pairs_at_start=true", "projects.patience=10000"});
  society.weeks(156);  // exp(-.536 x 3) = .2
  const double p = society.alive() / static_cast<double>(n);
  EXPECT_NEAR(p, 0.2, support::four_errors(0.2, n));
  const double both = static_cast<double>(society.world.pairs.living()) / (n / 2);
  EXPECT_NEAR(both, 0.04, support::four_errors(0.04, n / 2));
}

// X14: shocks that pairs share make them live and die together.
TEST(Pairs, CommonShocksRaiseJointSurvival) {
  double alive[2] = {}, both[2] = {};
  constexpr int n = 40, runs = 150;
  for (int correlated = 0; correlated < 2; ++correlated)
    for (int i = 0; i < runs; ++i) {
      Society society(
          support::quiet(n) +
              Overrides{"runway.cost_sd=3", "runway.cash=900000", "partnering.pairs_at_start=true",
                        "projects.patience=10000",
                        correlated ? "runway.shock_correlation=0.5" : "runway.shock_correlation=0"},
          static_cast<std::uint64_t>(i));
      society.weeks(78);
      alive[correlated] += society.alive() / double(n * runs);
      both[correlated] += static_cast<double>(society.world.pairs.living()) / double(n / 2 * runs);
    }
  EXPECT_NEAR(alive[0], alive[1], 0.05);
  EXPECT_NEAR(both[0], alive[0] * alive[0], 0.02);
  EXPECT_GT(both[1], alive[1] * alive[1] + 0.03);
}

// X15, SC2. Fit decides how busy the market keeps a startup; nobody looks at fit to partner.
double mean_fit(const Society& society, bool partnered) {
  double sum = 0, n = 0;
  for (const auto id : sim::ids<Startups>(0, society.world.startups.size()))
    if (!partnered || society.world.startups.partners_ever[id] > 0) {
      sum += society.world.startups.fit[id];
      ++n;
    }
  return sum / n;
}
// Fit of those who partnered, less that of all.
double selected(const char* rule, const char* customer_hours, const char* insight = "0.2") {
  double difference = 0;
  constexpr int runs = 10;
  for (int i = 0; i < runs; ++i) {
    Society society({"population.startups=300", "population.adopted_at_start=0.5", "runway.pay=0",
                     "runway.hiring=false", "closing.rate=0", "acquisition.rate=0", "pivot.rate=0",
                     "funding.rate=0", "giant.giants=0", "introductions.rate=0.6",
                     "partnering.offers=0.5", std::string("partnering.rule=") + rule,
                     std::string("selling.customer_hours=") + customer_hours,
                     std::string("partnering.insight=") + insight},
                    static_cast<std::uint64_t>(i));
    society.weeks(260);
    difference += (mean_fit(society, true) - mean_fit(society, false)) / runs;
  }
  return difference;
}
// Two forces: who has customers is asked and accepted, and who has customers has no hours. The more
// hours a customer takes, the worse are those who partner. By chance nobody is picked.
TEST(Partnering, ScarceHoursMoveTheChoiceTowardsTheWeak) {
  const double light = selected("by_hours", "0.5"), heavy = selected("by_hours", "6");
  std::printf("fit of the partnered less that of all: %+.3f light, %+.3f heavy\n", light, heavy);
  EXPECT_LT(heavy, light - 0.02);
  EXPECT_NEAR(selected("by_chance", "0.5"), 0, 0.015);
}

// Hidden quality is the other half of adverse selection: who sees candidates as they are picks the
// strong.
TEST(Partnering, InsightMovesTheChoiceTowardsTheStrong) {
  EXPECT_GT(selected("by_hours", "2", "1"), selected("by_hours", "2", "0") + 0.02);
}

// G3: own business pre-empts. The more of a startup's time customers take, the more is dropped.
double dropped(const char* hours_of_customer) {
  Society society({"runway.pay=0", "closing.rate=0", "acquisition.rate=0", "pivot.rate=0",
                   "funding.rate=0", "runway.hiring=false", "strategy.fixed_fit=0.5",
                   "giant.giants=0", "partnering.rule=by_chance", "partnering.accept=1",
                   "defection.on=false", "selling.meeting_hours=20",
                   std::string("selling.customer_hours=") + hours_of_customer});
  society.weeks(260);
  const Tally& tally = society.world.tally;
  return static_cast<double>(tally.pairs_dropped) / static_cast<double>(tally.pairs_signed);
}
TEST(Projects, AreDroppedByWhoIsBusy) {
  EXPECT_LT(dropped("0"), 0.3);
  EXPECT_GT(dropped("8"), dropped("0") + 0.2);
}

TEST(Projects, PledgesComeBeforeOwnBusiness) {
  const auto hours = [](const char* pledge) {
    Society society(support::quiet(2) + support::unpaid +
                    Overrides{"partnering.pairs_at_start=true", "selling.hours=0",
                              std::string("projects.pledge=") + pledge});
    society.week();
    const Pairs::Id pair(0);
    return std::pair(society.world.pairs.from_hours[pair], society.world.pairs.to_hours[pair]);
  };
  EXPECT_EQ(hours("none"), std::pair(0.0, 0.0));
  EXPECT_EQ(hours("one"), std::pair(10.0, 0.0));
  EXPECT_EQ(hours("both"), std::pair(10.0, 10.0));
}

// What has brought customers is own business: its upkeep comes also from who has no free hour.
TEST(Projects, WhatHasBroughtCustomersGetsItsUpkeep) {
  Society society(support::quiet(2) + support::unpaid +
                  Overrides{"partnering.pairs_at_start=true", "selling.hours=0",
                            "projects.paper=true", "projects.upkeep=2"});
  society.weeks(2);
  const Pairs::Id pair(0);
  ASSERT_EQ(society.world.pairs.phase[pair], Phase::live);
  EXPECT_EQ(society.world.pairs.from_hours[pair], 0);
  society.world.pairs.joint_customers[pair] = 1;
  society.week();
  EXPECT_EQ(society.world.pairs.from_hours[pair], 2);
  EXPECT_EQ(society.world.pairs.to_hours[pair], 2);
}

TEST(Projects, BringNothingUntilTheyAreDone) {
  Society society(
      support::quiet(2) + support::unpaid +
      Overrides{"partnering.pairs_at_start=true", "projects.work=100", "projects.pace=10"});
  society.weeks(9);
  EXPECT_EQ(society.world.tally.pairs_live, 0);
  society.week();
  EXPECT_EQ(society.world.tally.pairs_live, 1);
}

TEST(Bias, OptimismAndDesperationSignMore) {
  const auto offers = [](const char* optimism, const char* desperation) {
    Society society(
        {std::string("bias.optimism=") + optimism, std::string("bias.desperation=") + desperation});
    society.weeks(156);
    return society.world.tally.offers;
  };
  const auto sober = offers("1", "0");
  EXPECT_GT(offers("6", "0"), sober);
  EXPECT_GT(offers("1", "5"), sober);
}

// D10: a payoff comparison, so a larger share for the partner turns the balance sooner.
TEST(Defection, PaysOnceMoreWasWonThanIsStillToCome) {
  Defection defection;
  defection.dispute = {};
  const double won = 100;
  const auto turns_after = [&](double share) {  // years of even traction until one turns
    for (double years = 0.25; years < 20; years += 0.25)
      if (defection.pays(share * won, 0, (1 - share) * won / years)) return years;
    return 20.0;
  };
  EXPECT_LT(turns_after(0.5), turns_after(0.2));
  EXPECT_GT(turns_after(0.2), 1);
  EXPECT_FALSE(defection.pays(0, 0, 0));
  EXPECT_FALSE(defection.pays(10, 20, 0));  // who is paid more than it pays goes on
  defection.on = false;
  EXPECT_FALSE(defection.pays(1e9, 0, 0));
}

}  // namespace
