// SPDX-License-Identifier: Apache-2.0
// Access that can be taken away (H8), and what porting costs (H9).
#include <gtest/gtest.h>

#include <cmath>

#include "tests/models/startups/giants.h"

namespace {

using namespace startups;

std::vector<std::string> rules(std::vector<std::string> more) {
  more.insert(more.end(), {"build_or_buy.build_rate=0", "build_or_buy.buy_rate=0"});
  return more;
}

// An exponential time at the rate given, and only for private interfaces.
TEST(Interfaces, ArePrivateOrCannotBeTakenAway) {
  const auto revoked = [](Interface interface) {
    support::OneGiant one(rules({"interfaces.revocation=0.5"}), 400);
    for (std::size_t i = 0; i < 400; ++i) one.sign(i, Kind::platform, interface);
    for (int i = 0; i < 52; ++i) one.giants_week();
    double count = 0;
    for (const std::int64_t week : one.world.dealings.revoked) count += week >= 0;
    return count / 400;
  };
  EXPECT_EQ(revoked(Interface::open), 0);
  const double p = 1 - std::exp(-.5);
  EXPECT_NEAR(revoked(Interface::restricted), p, 4 * std::sqrt(p * (1 - p) / 400));
}

// The bill, the weeks without access, and the customers who leave meanwhile.
TEST(Interfaces, PortingTakesTimeAndMoneyLessOnAStandard) {
  const auto after = [](const char* standard, int weeks) {
    support::OneGiant one(
        rules({"interfaces.revocation=100", std::string("interfaces.standard=") + standard}));
    one.sign(0, Kind::platform, Interface::restricted);
    one.sell(0, 50, true, 1'000'000, 0.4);
    one.sell(0, 50, false, 1'000'000, 0.4);
    const std::int64_t cash = one.world.startups.cash[Startups::Id(0)];
    for (int i = 0; i < weeks; ++i) one.giants_week();
    int lost = 0;
    for (const double left : one.world.contracts.to_churn) lost += left <= 0;
    return std::tuple{one.world.startups.cash[Startups::Id(0)] - cash,
                      one.world.dealings.blocked(one.dealing(0)), lost};
  };
  EXPECT_EQ(after("false", 30), std::tuple(-100'000'000, true, 50));  // 1.5 a year: .4 in 14 weeks
  EXPECT_EQ(after("false", 60), std::tuple(-100'000'000, false, 50));
  EXPECT_EQ(after("true", 7), std::tuple(-10'000'000, true, 0));
  EXPECT_EQ(after("true", 30), std::tuple(-10'000'000, false, 0));
}

TEST(Interfaces, AFirmThatTurnsTakesThemAway) {
  const auto blocked = [](Interface interface) {
    support::OneGiant one(
        rules({"turning.on=true", "turning.cost=0", "turning.grab=1", "stake.multiplier=0",
               "leak.rate=50", "stake.share=1", "turning.error=0"}));
    one.sign(0, Kind::platform, interface);
    one.sell(0, 20, true);
    for (int i = 0; i < 27; ++i) one.giants_week();
    EXPECT_GE(one.world.dealings.turned[one.dealing(0)], 0);
    return one.world.dealings.blocked(one.dealing(0));
  };
  EXPECT_TRUE(blocked(Interface::restricted));
  EXPECT_FALSE(blocked(Interface::open));
}

}  // namespace
