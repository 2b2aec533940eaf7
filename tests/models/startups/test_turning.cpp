// SPDX-License-Identifier: Apache-2.0
// Large firms that turn on partners (H1, H13), and the signals before (H14).
#include <gtest/gtest.h>

#include <cmath>

#include "tests/models/startups/giants.h"

namespace {

using namespace startups;

TEST(Turning, IsAComparisonOfMoney) {
  Turning law;
  law.cost = sim::Money{100'000};
  Turning::Stake stake{.worth = 2e5, .revenue = 1e6, .customers = 5e4, .knowledge = 0.8};
  EXPECT_NEAR(law.gain(stake), 4e5 - 5e4 - 2e5 - 1e5, 1e-6);
  const double before = law.gain(stake);
  stake.friendly_years = 10;
  EXPECT_EQ(law.gain(stake), before);  // friendship has no weight ...
  law.friendship = 1;
  EXPECT_LT(law.gain(stake), before - 1.9e5);  // ... unless it is given one
}

// The chance of turning is the logistic function of the gain.
TEST(Turning, ErrsLogistically) {
  Turning law;
  law.cost = sim::Money{100'000};
  law.error = 0.5;
  const Turning::Stake stake{.worth = 0, .revenue = 3e5, .knowledge = 1};
  const double p = 1 / (1 + std::exp(-law.gain(stake) / 5e4));
  EXPECT_FALSE(law.turns(stake, 1 - p - 1e-9));
  EXPECT_TRUE(law.turns(stake, 1 - p + 1e-9));
}

std::vector<std::string> rules(std::vector<std::string> more) {
  more.insert(more.end(),
              {"turning.on=true", "build_or_buy.build_rate=0", "build_or_buy.buy_rate=0",
               "stake.multiplier=0.000001", "turning.cost=50_000", "leak.rate=3", "stake.share=1",
               "turning.error=0.05"});
  return more;
}

// How many of 60 partners have been turned on after so many weeks; revenue of 20 customers each.
int turned(std::vector<std::string> more, std::int64_t fee = 20'000'00, int weeks = 104,
           std::int64_t* taken = nullptr) {
  support::OneGiant one(rules(std::move(more)), 60);
  for (std::size_t i = 0; i < 60; ++i) {
    one.sign(i, Kind::oem);
    one.sell(i, 20, true, fee);
  }
  for (int i = 0; i < weeks; ++i) one.giants_week();
  int count = 0;
  for (const std::int64_t week : one.world.dealings.turned) count += week >= 0;
  if (taken != nullptr) {
    *taken = 0;
    for (const std::int64_t cents : one.world.dealings.taken) *taken += cents;
  }
  return count;
}

// H1: it comes with success.
TEST(Turning, ComesWithSuccess) {
  const int little = turned({}, 1'000'00), some = turned({}, 6'000'00),
            much = turned({}, 20'000'00);
  EXPECT_LT(little, 6);
  EXPECT_LT(little, some);
  EXPECT_LE(some, much);
  EXPECT_EQ(much, 60);
  EXPECT_EQ(turned({"turning.grab=0"}, 20'000'00), 0);
}

// H13: years of friendship before change not one decision; given a weight they do.
TEST(Turning, KnowsNoPast) {
  const std::vector<std::string> old{"turning.history=520"};
  const int without = turned({}, 6'000'00, 52);
  EXPECT_GT(without, 10);
  EXPECT_EQ(without, turned(old, 6'000'00, 52));
  const auto friends = [&](std::vector<std::string> more) {
    more.insert(more.end(), {"turning.friendship=10"});
    return turned(more, 6'000'00, 52);
  };
  EXPECT_GT(friends({}), friends(old));
}

// Customers who would mind keep the firm from it.
TEST(Turning, CustomersStandInTheWay) { EXPECT_LT(turned({"pull.lined_up=10"}), turned({})); }

// H14: signals say nothing, so whoever goes by them is taken as often as whoever is not on guard;
// who counts payoffs loses less. With signals that cannot be hidden the difference is gone.
TEST(Turning, SignalTrustersLoseMore) {
  std::int64_t naive = 0, signals = 0, payoffs = 0;
  turned({"turning.guard=none"}, 6'000'00, 104, &naive);
  turned({"turning.guard=signals"}, 6'000'00, 104, &signals);
  turned({"turning.guard=payoffs"}, 6'000'00, 104, &payoffs);
  EXPECT_GT(signals, 2 * payoffs);
  EXPECT_GT(naive, 0);
}

// Meetings are friendly as often before a turn as otherwise.
TEST(Turning, SignalsAreFriendlyWhateverTheIntent) {
  Turning law;
  for (const double u : {0.1, 0.5, 0.89, 0.91})
    EXPECT_EQ(law.is_friendly(true, u), law.is_friendly(false, u));
  law.informative = 1;
  EXPECT_FALSE(law.is_friendly(true, 0.01));
}

}  // namespace
