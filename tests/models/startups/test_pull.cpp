// SPDX-License-Identifier: Apache-2.0
// Customers who ask (I1, I2), logos (H5), what is said in public (H11), joint projects (D11).
#include <gtest/gtest.h>

#include "tests/models/startups/giants.h"

namespace {

using namespace startups;

TEST(Pull, IsWhatTheFirmWouldLose) {
  support::OneGiant one({"pull.lined_up=10", "pull.threat=0.1"});
  one.sign(0, Kind::joint_selling);
  one.giants_week();
  ASSERT_EQ(one.world.asks.size(), 10u);
  double spend = 0;
  for (const double cents : one.world.asks.spend) spend += cents;
  EXPECT_NEAR(one.world.dealings.pull[one.dealing(0)], 0.1 * spend, 1);
  EXPECT_GT(one.world.dealings.worth[one.dealing(0)], one.world.dealings.pull[one.dealing(0)]);
}

// The base's accounts together pay what the firm earns.
TEST(Pull, SpendOfTheBaseIsItsRevenue) {
  support::OneGiant one({"pull.lined_up=10000", "pull.threat=1", "stake.multiplier=0"});
  one.sign(0, Kind::joint_selling);
  one.giants_week();
  EXPECT_NEAR(one.world.dealings.pull[one.dealing(0)] / 1e11, 1, 1e-9);
}

// Three of the ten are the three: options with more are options with the same and more.
TEST(Pull, TheSameOnesAreLinedUpFirst) {
  const auto asked = [](const char* count) {
    support::OneGiant one({std::string("pull.lined_up=") + count});
    one.sign(0, Kind::joint_selling);
    one.giants_week();
    return one.world.accounts.asked.span().size()
               ? std::vector<std::uint64_t>(one.world.accounts.asked.begin(),
                                            one.world.accounts.asked.end())
               : std::vector<std::uint64_t>{};
  };
  const auto three = asked("3"), ten = asked("10");
  int of_three = 0, of_ten = 0;
  for (std::size_t i = 0; i < three.size(); ++i) {
    of_three += three[i] != 0;
    of_ten += ten[i] != 0;
    EXPECT_TRUE(three[i] == 0 || ten[i] != 0);
  }
  EXPECT_EQ(of_three, 3);
  EXPECT_EQ(of_ten, 10);
}

// A renewal is a larger stick, once a year each.
TEST(Pull, RenewalsComeOnceAYear) {
  Pull pull;
  EXPECT_EQ(pull.share_at_risk(2, 2), pull.threat);
  pull.at_renewal = 0.9;
  int large = 0;
  for (int quarter = 0; quarter < 4; ++quarter) large += pull.share_at_risk(quarter, 2) == 0.9;
  EXPECT_EQ(large, 1);
}

// H5: hazard p + q F + m ln(1 + logos), exactly; nothing in it is the startup's.
TEST(Optics, MomentumIsTheFirms) {
  Optics law;
  law.momentum = 0.1;
  EXPECT_EQ(law.after(0.2, 0, 3), 0.2);
  EXPECT_NEAR(law.after(0.2, 9, 3), 1 - 0.8 * std::exp(-.3 * std::log(10.)), 1e-12);
  const auto gained = [](std::size_t logos, const char* momentum) {
    support::OneGiant one({std::string("optics.momentum=") + momentum, "stake.multiplier=0",
                           "build_or_buy.build_rate=0", "build_or_buy.buy_rate=0"},
                          20);
    for (std::size_t i = 0; i < logos; ++i) one.sign(i, Kind::logo);
    for (int i = 0; i < 52; ++i) one.giants_week();
    EXPECT_EQ(one.world.ledger.balance(Book::giants), one.world.platforms.gained[Platforms::Id(0)]);
    return one.world.platforms.gained[Platforms::Id(0)];
  };
  EXPECT_EQ(gained(0, "0.02"), 0);
  EXPECT_LT(gained(5, "0.02"), gained(20, "0.02"));
  EXPECT_EQ(gained(20, "0"), 0);
}

// H11: who gains by it says so, unless the message costs the flagship more; use is another matter.
TEST(Message, IsSuppressedWhereItClashes) {
  Message law;
  EXPECT_TRUE(law.says_so(1e6, 1e9, false));
  EXPECT_FALSE(law.says_so(1e6, 1e9, true));
  EXPECT_TRUE(law.says_so(2e6, 1e9, true));
  const auto heard = [](const char* clash) {
    support::OneGiant one({"attention.on=true", std::string("message.clash=") + clash});
    const auto program = one.sign(0, Kind::joint_selling);
    for (int i = 0; i < 14; ++i) one.giants_week();
    return std::pair{one.world.dealings.hours[one.dealing(0)],
                     one.world.programs.attention[program]};
  };
  const auto plain = heard("0"), clashing = heard("1");
  EXPECT_EQ(plain.first, clashing.first);
  EXPECT_NEAR(plain.second, 1.3 * clashing.second, 1e-12);
}

// D11: without a shared plan a side mends only for its own part.
TEST(Deployment, EachLooksAtItsOwnPart) {
  Deployment law;  // churn of 1 a year for 26 weeks: half of a year's fee at stake
  EXPECT_TRUE(law.mended(0.24));
  EXPECT_FALSE(law.mended(0.26));
  law.shared_plan = true;
  EXPECT_TRUE(law.mended(0.49));
  EXPECT_FALSE(law.mended(0.51));
  law.shared_plan = false;
  law.part = 0.9;
  EXPECT_TRUE(law.mended(0.44));
}

TEST(Deployment, ASharedPlanKeepsCustomersAndCostsBoth) {
  const auto outcome = [](const char* shared) {
    support::OneGiant one({"deployment.failure=1", std::string("deployment.shared_plan=") + shared,
                           "build_or_buy.build_rate=0", "build_or_buy.buy_rate=0"});
    const auto program = one.sign(0, Kind::joint_selling);
    one.sell(0, 100, true, 1'000'000, 0.3);
    for (auto& week : one.world.contracts.since) week = 0;
    one.world.contracts.program.fill(program);
    const std::int64_t cash = one.world.startups.cash[Startups::Id(0)];
    one.giants_week();
    int lost = 0;
    for (const double left : one.world.contracts.to_churn) lost += left <= 0;
    EXPECT_EQ(one.world.deployed, 100);
    EXPECT_EQ(one.world.failed, 100);
    EXPECT_EQ(one.world.squabbles, lost);  // .5 of a threshold of .3
    EXPECT_LT(one.world.startups.cash[Startups::Id(0)], cash);
    return std::pair{lost, one.world.ledger.balance(Book::giants)};
  };
  const auto alone = outcome("false"), shared = outcome("true");
  EXPECT_LT(shared.first, alone.first);
  EXPECT_LT(shared.second, alone.second);
}

}  // namespace
