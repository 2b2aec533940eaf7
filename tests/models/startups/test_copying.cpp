// SPDX-License-Identifier: Apache-2.0
// Firms that copy what they need of a partner (F7), and what a platform adds to a product (C6).
#include <gtest/gtest.h>

#include <cmath>

#include "tests/models/startups/giants.h"

namespace {

using namespace startups;

std::vector<std::string> rules(std::vector<std::string> more) {
  more.insert(more.end(), {"build_or_buy.build_rate=0", "build_or_buy.buy_rate=0", "leak.rate=0"});
  return more;
}

TEST(Copying, ResentmentIsNeedWithoutControl) {
  const Copying law;
  const auto usual = static_cast<double>(law.usual.minor);
  EXPECT_EQ(law.need(0), 0);
  EXPECT_EQ(law.need(-usual), 0);
  EXPECT_DOUBLE_EQ(law.need(usual), 0.5);
  EXPECT_DOUBLE_EQ(law.resentment(3 * usual, 0), 0.75);
  EXPECT_DOUBLE_EQ(law.resentment(3 * usual, 0.6), 0.3);
  EXPECT_EQ(law.resentment(3 * usual, 1), 0);
}

// The first try: exponential at rate x need. Tries go on for as long as none succeeds.
TEST(Copying, TriesComeAtTheRateOfResentment) {
  constexpr int firms = 1'000;
  support::OneGiant one(rules({"copying.rate=0.5", "copying.replicability=0",
                               "build_or_buy.build_weeks=520", "stake.multiplier=0.001"}),
                        firms);
  for (std::size_t i = 0; i < firms; ++i) one.sign(i, Kind::joint_selling);
  for (int i = 0; i < 52; ++i) one.giants_week();
  double tried = 0;
  for (const std::int64_t tries : one.world.dealings.tries) tried += tries > 0;
  const double need = one.world.the<Copying>().need(one.world.dealings.uplift[one.dealing(0)]);
  ASSERT_GT(need, .3);
  const double p = 1 - std::exp(-.5 * need);
  EXPECT_NEAR(tried / firms, p, 4 * std::sqrt(p * (1 - p) / firms));
  EXPECT_DOUBLE_EQ(one.world.resentment(one.dealing(0)), need);
}

struct After {
  std::size_t partners = 0;
  double copied = 0, tries = 0;
};
After after(const char* replicability, const char* rate = "4", const char* multiplier = "0.001") {
  support::OneGiant one(
      rules({std::string("copying.rate=") + rate,
             std::string("copying.replicability=") + replicability,
             std::string("stake.multiplier=") + multiplier, "build_or_buy.build_weeks=13"}),
      100);
  for (std::size_t i = 0; i < 100; ++i) one.sign(i, Kind::joint_selling);
  for (int i = 0; i < 260; ++i) one.giants_week();
  After found{.partners = one.world.programs.living()};
  for (std::size_t i = 0; i < 100; ++i) {
    found.copied += one.world.dealings.decision[one.dealing(i)] == Decision::build;
    found.tries += static_cast<double>(one.world.dealings.tries[one.dealing(i)]);
  }
  EXPECT_EQ(one.world.entrants.size(), found.copied > 0 ? 1u : 0u);  // one market
  return found;
}

TEST(Copying, WhoCanBeCopiedIsReplacedOthersAreNotLeftAlone) {
  const After none = after("0"), all = after("1");
  EXPECT_EQ(none.partners, 100u);
  EXPECT_EQ(none.copied, 0);
  EXPECT_EQ(all.partners, 0u);
  EXPECT_EQ(all.copied, 100);
  EXPECT_EQ(all.tries, 100);
  EXPECT_GT(none.tries, 4 * all.tries);      // it bothers them for ever
  EXPECT_EQ(after("1", "4", "0").tries, 0);  // nobody copies what it does not need
  EXPECT_EQ(after("1", "0").tries, 0);
}

// Of many tries the share of successes is the chance given.
TEST(Copying, TriesSucceedWithTheChanceGiven) {
  support::OneGiant one(
      rules({"copying.rate=50", "copying.replicability=0.3", "build_or_buy.build_weeks=1"}), 400);
  for (std::size_t i = 0; i < 400; ++i) one.sign(i, Kind::joint_selling);
  for (int i = 0; i < 260; ++i) one.giants_week();
  double tries = 0, copied = 0;
  for (std::size_t i = 0; i < 400; ++i) {
    tries += static_cast<double>(one.world.dealings.tries[one.dealing(i)]);
    copied += one.world.dealings.decision[one.dealing(i)] == Decision::build;
  }
  ASSERT_EQ(copied, 400);
  EXPECT_NEAR(copied / tries, .3, 4 * std::sqrt(.3 * .7 / tries));
}

// C6: only a platform's own interfaces, only while there is access.
TEST(Interfaces, APlatformsOwnInterfacesMatureAProduct) {
  const auto grown = [](Kind kind, Interface interface, const char* revocation) {
    support::OneGiant one(rules({"interfaces.maturing=1", "strategy.maturing=0.5",
                                 std::string("interfaces.revocation=") + revocation}));
    const Startups::Id startup(0);
    one.sign(0, kind, interface);
    one.world.rebuild_edges();
    one.giants_week();
    one.world.startups.maturity[startup] = 0.2;
    for (int i = 0; i < 26; ++i) one.world.grow(one.step());
    return one.world.startups.maturity[startup];
  };
  const double alone = 1 - .8 * std::exp(-.25), lent = 1 - .8 * std::exp(-.75);
  EXPECT_NEAR(grown(Kind::platform, Interface::restricted, "0"), lent, 1e-12);
  EXPECT_NEAR(grown(Kind::platform, Interface::open, "0"), alone, 1e-12);
  EXPECT_NEAR(grown(Kind::joint_selling, Interface::restricted, "0"), alone, 1e-12);
  EXPECT_NEAR(grown(Kind::platform, Interface::restricted, "100"), alone, 1e-12);
}

}  // namespace
