// SPDX-License-Identifier: Apache-2.0
// What the law protects (SD4, X19), and whether a startup expects to gain by a large firm (SD4,
// SD5).
#include <gtest/gtest.h>

#include <cmath>

#include "tests/models/startups/giants.h"

namespace {

using namespace startups;

// Under full protection a firm that knows everything builds like one that knows nothing, and takes
// 1 + around times as long.
TEST(Rights, FullProtectionMakesKnowledgeUseless) {
  const auto ready = [](const char* strength, bool knows) {
    support::OneGiant one({std::string("rights.strength=") + strength, "build_or_buy.buy_rate=0",
                           "build_or_buy.build_rate=0", "leak.rate=0"});
    one.sign(0, Kind::oem);
    one.world.meet_giants(one.step());
    const Dealings::Id id = one.dealing(0);
    one.world.dealings.knowledge[id] = knows ? 1 : 0;
    one.world.dealings.decision[id] = Decision::build;
    int weeks = 0;
    while (one.world.entrants.size() == 0 && weeks < 500) {
      one.giants_week();
      ++weeks;
    }
    return std::pair{weeks, one.world.entrants.quality[Entrants::Id(0)]};
  };
  const auto free = ready("0", true), ignorant = ready("0", false), bound = ready("1", true);
  EXPECT_NEAR(ignorant.first, 78, 1);    // build_or_buy.build_weeks
  EXPECT_NEAR(free.first, 78 * 0.4, 1);  // less knowledge_saves
  EXPECT_NEAR(bound.first, 78 * 2, 1);   // rights.around = 1
  EXPECT_NEAR(bound.second, ignorant.second, 1e-12);
  EXPECT_GT(free.second, 2 * bound.second);
}

// Of the hazard: exp(-cost_weight ln 2) for what must be built around.
TEST(Rights, SlowDecisionsToBuild) {
  BuildOrBuy law;
  law.build_rate = 1;
  BuildOrBuy::Stake stake{.market = 1e8, .success = 1e8};
  const double freely = law.hazards(stake)[BuildOrBuy::build];
  stake.dearer = Rights{.strength = 1, .around = 1}.dearer();
  EXPECT_NEAR(law.hazards(stake)[BuildOrBuy::build], freely / 2, 1e-12);
}

TEST(Cooperation, IsAComparisonOfMoney) {
  const Cooperation law{.weighs = true, .misuse = 0.5};
  EXPECT_NEAR(law.gain({.through = 100, .own = 60, .known = 0, .hours = 30}), 70, 1e-12);
  EXPECT_NEAR(law.gain({.through = 100, .own = 60, .known = 1, .hours = 30}), -10, 1e-12);
  EXPECT_NEAR(law.gain({.through = 100, .own = 60, .known = .5, .hours = 0}), 60, 1e-12);
}

// How many of 60 startups that win one customer a week set out to sign.
std::size_t sign(std::vector<std::string> more) {
  more.insert(more.begin(), {"program.on=true", "program.kind=oem", "cooperation.weighs=true",
                             "cooperation.misuse=1", "stake.share=1", "bias.optimism=1"});
  support::OneGiant one(more, 60);
  for (const auto id : sim::ids<Startups>(0, 60)) {
    one.world.startups.win_rate[id] = 0.02 * static_cast<double>(id.index());
    one.world.startups.own_wins[id] = one.world.startups.meetings[id] = 0;
  }
  one.world.seek_programs(one.step());
  return one.world.programs.living();
}

TEST(Cooperation, FallsWithLeakageAndRisesWithRights) {
  const std::size_t tight = sign({"leak.rate=0"}), leaky = sign({"leak.rate=3"}),
                    bound = sign({"leak.rate=3", "rights.strength=0.9"}),
                    off = sign({"leak.rate=3", "cooperation.weighs=false"}),
                    tame = sign({"leak.rate=3", "cooperation.tame=1"});
  EXPECT_LT(leaky, tight);
  EXPECT_LT(leaky, bound);
  EXPECT_EQ(off, 60u);
  EXPECT_EQ(tame, tight);
}

// A firm that is known to be tame does nothing of what another does in the same place.
TEST(Cooperation, TameFirmsNeitherBuildEnterNorTurn) {
  const auto harmed = [](const char* tame) {
    support::OneGiant one(
        {std::string("cooperation.tame=") + tame, "turning.on=true", "platform_entry.on=true",
         "platform_entry.cost=1000", "leak.rate=5", "turning.cost=0", "turning.error=0",
         "stake.multiplier=0", "stake.share=1", "build_or_buy.build_rate=10",
         "build_or_buy.buy_rate=0"},
        20);
    for (std::size_t i = 0; i < 20; ++i) {
      one.sign(i, Kind::platform);
      one.sell(i, 20, true);
    }
    for (int week = 0; week < 104; ++week) one.giants_week();
    int count = 0;
    for (const auto id : sim::ids<Dealings>(0, one.world.dealings.size()))
      count +=
          one.world.dealings.decision[id] == Decision::build || one.world.dealings.turned[id] >= 0;
    return count;
  };
  EXPECT_EQ(harmed("0"), 20);
  EXPECT_EQ(harmed("1"), 0);
}

}  // namespace
