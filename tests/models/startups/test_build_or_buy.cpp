// SPDX-License-Identifier: Apache-2.0
// Build, buy or let lie (EQ12, SC4), and the product that comes of it (H2).
#include <gtest/gtest.h>

#include <cmath>

#include "tests/models/startups/giants.h"

namespace {

using namespace startups;

BuildOrBuy::Stake usual() {
  const BuildOrBuy law;
  return {.market = static_cast<double>(law.market.minor), .resourced = true};
}

TEST(BuildOrBuy, HazardsAreThoseOfTheEquation) {
  BuildOrBuy law;
  law.build_rate = 0.04;
  law.buy_rate = 0.02;
  auto stake = usual();
  EXPECT_DOUBLE_EQ(law.hazards(stake)[BuildOrBuy::build], law.build_rate);
  EXPECT_DOUBLE_EQ(law.hazards(stake)[BuildOrBuy::buy], law.buy_rate);
  EXPECT_EQ(law.hazards(stake)[BuildOrBuy::drop], 0);
  stake.market *= 4;
  stake.success = 2 * static_cast<double>(law.success.minor);
  stake.knowledge = 0.5;
  stake.effort = 0.25;
  stake.protect = 0.4;
  law.build_cost = 2;
  EXPECT_NEAR(law.hazards(stake)[BuildOrBuy::build],
              law.build_rate * 2 * 3 * std::exp(1.5 * .5) / 2 * std::exp(-.25), 1e-12);
  EXPECT_NEAR(law.hazards(stake)[BuildOrBuy::buy], law.buy_rate * 2 * 3 * std::exp(.4), 1e-12);
  stake.resourced = false;
  EXPECT_EQ(law.hazards(stake)[BuildOrBuy::drop], law.drop_rate);
  stake.market = 0;
  EXPECT_TRUE(std::isfinite(law.hazards(stake)[BuildOrBuy::build]));
}

// I1: spend of customers who asked for the startup is held against building, not against buying.
TEST(BuildOrBuy, CustomersWhoAskAreHeldAgainstBuilding) {
  BuildOrBuy law;
  law.build_rate = law.buy_rate = 0.04;
  auto stake = usual();
  stake.customers = stake.market * 0.75;
  EXPECT_NEAR(law.hazards(stake)[BuildOrBuy::build], 0.04 * std::pow(0.25, law.market_weight),
              1e-12);
  EXPECT_EQ(law.hazards(stake)[BuildOrBuy::buy], law.buy_rate);
  stake.customers = stake.market * 2;
  EXPECT_LT(law.hazards(stake)[BuildOrBuy::build], 0.001);
}

// SC4: P(cause k) = h_k / sum h, whatever the step.
TEST(BuildOrBuy, CausesAreFirstInProportionToTheirHazards) {
  const std::array<double, 3> hazards{0.5, 0.3, 0.2};
  std::array<int, 3> count{};
  constexpr int trials = 40'000;
  for (int i = 0; i < trials; ++i) {
    sim::Draw draw(1, {static_cast<std::uint64_t>(i)}, 0, 16);
    std::array<double, 3> left{};
    for (double& one : left) one = draw.exponential();
    int cause = -1;
    while (cause < 0) cause = first_cause(left, hazards, 1.0);
    ++count[static_cast<std::size_t>(cause)];
  }
  for (std::size_t k = 0; k < 3; ++k) {
    const double p = hazards[k], error = std::sqrt(p * (1 - p) / trials);
    EXPECT_NEAR(count[k] / double(trials), p, 4 * error);
  }
}

// A hazard that changes half way uses up the threshold piece by piece.
TEST(BuildOrBuy, AThresholdIsUsedUpByTheIntegral) {
  std::array<double, 1> left{1.0};
  EXPECT_EQ(first_cause(left, {0.4}, 1.0), -1);
  EXPECT_EQ(first_cause(left, {0.0}, 1.0), -1);
  EXPECT_EQ(first_cause(left, {1.0}, 0.5), -1);
  EXPECT_NEAR(left[0], 0.1, 1e-15);
  EXPECT_EQ(first_cause(left, {1.0}, 0.2), 0);
}

int week_of_entry(double knowledge, double* quality = nullptr) {
  support::OneGiant one({"leak.rate=0", "build_or_buy.build_rate=100", "build_or_buy.buy_rate=0"});
  one.sign(0, Kind::joint_selling);
  one.giants_week();
  one.world.dealings.knowledge[one.dealing(0)] = knowledge;
  while (one.world.entrants.size() == 0 && one.week() < 500) one.giants_week();
  if (quality != nullptr) *quality = one.world.entrants.quality[Entrants::Id(0)];
  return one.week() - 1 - static_cast<int>(one.world.dealings.decided[one.dealing(0)]);
}

// H2: what is known makes it quicker and better; the firm that entered is a partner no more.
TEST(BuildOrBuy, KnowledgeMakesItSoonerAndBetter) {
  double blind = 0, half = 0, all = 0;
  const int first = week_of_entry(0, &blind), second = week_of_entry(0.5, &half),
            third = week_of_entry(1, &all);
  EXPECT_NEAR(first, 78, 1);
  EXPECT_NEAR(second, 78 * 0.7, 1);
  EXPECT_NEAR(third, 78 * 0.4, 1);
  EXPECT_NEAR(blind, 0.8 * 0.4, 1e-12);
  EXPECT_NEAR(half, 0.8 * 0.7, 1e-12);
  EXPECT_NEAR(all, 0.8, 1e-12);
}

TEST(BuildOrBuy, WhoEntersIsNoPartnerAnyMore) {
  support::OneGiant one(
      {"build_or_buy.build_rate=100", "build_or_buy.buy_rate=0", "build_or_buy.build_weeks=4"});
  one.sign(0, Kind::joint_selling);
  for (int i = 0; i < 10; ++i) one.giants_week();
  EXPECT_EQ(one.world.entrants.size(), 1u);
  EXPECT_FALSE(one.world.dealings.partners(one.dealing(0)));
  EXPECT_EQ(one.world.dealings.decision[one.dealing(0)], Decision::build);
}

// Drop: only where there is no hour for the partner (attention.h), so pull lowers it.
TEST(BuildOrBuy, WhoGetsHoursIsNotDropped) {
  const auto decision = [](const char* lined_up) {
    support::OneGiant one({"attention.on=true", "stake.importance=0.001", "leak.rate=0",
                           "build_or_buy.build_rate=0", "build_or_buy.buy_rate=0",
                           "build_or_buy.drop_rate=100", "giant.revenue=1_000_000_000",
                           std::string("pull.lined_up=") + lined_up});
    one.sign(0, Kind::joint_selling);
    for (int i = 0; i < 26; ++i) one.giants_week();
    return one.world.dealings.decision[one.dealing(0)];
  };
  EXPECT_EQ(decision("0"), Decision::drop);
  EXPECT_EQ(decision("10"), Decision::open);
}

}  // namespace
