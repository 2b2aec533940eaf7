// SPDX-License-Identifier: Apache-2.0
// Rounds, and what a name does to them (EQ11, SC21, SC27, X23).
#include <gtest/gtest.h>

#include <cmath>

#include "tests/models/startups/society.h"

namespace {

using namespace startups;
using support::Overrides;
using support::Society;

// Without growth and names the hazard is f0 (1 - exp(-months / tau)).
TEST(Funding, ASeedRoundComesWithItsHazard) {
  constexpr int n = 20'000;
  Society society(support::quiet(n) + support::unpaid +
                  Overrides{"funding.rate=0.8", "funding.tau=12"});
  society.weeks(104);
  double passed = 0;
  for (int week = 0; week < 104; ++week)
    passed += 0.8 / 52 * (1 - std::exp(-week * 12.0 / 52 / 12));
  const double expected = 1 - std::exp(-passed);
  const int seeds =
      society.number([](const auto& s, auto id) { return s.round[id] >= Round::seed; });
  EXPECT_NEAR(seeds / static_cast<double>(n), expected, support::four_errors(expected, n));
}

TEST(Funding, RoundsBringTheirSizesAndEndWithTheLast) {
  Society society(support::quiet(50) + support::unpaid +
                  Overrides{"funding.rate=100", "funding.tau=0", "funding.later=1", "runway.cash=0",
                            "funding.seed=1", "funding.a=2", "funding.b=3", "funding.c=4"});
  society.weeks(52);
  for (const auto id : sim::ids<Startups>(0, 50)) {
    EXPECT_EQ(society.world.startups.round[id], Round::c);
    EXPECT_EQ(society.world.startups.raised[id], 1000);  // cents
    EXPECT_EQ(society.world.startups.cash[id], 1000);
  }
}

TEST(Endorsement, CountsLessTheMoreAStartupHasToShow) {
  const Endorsement endorsement;
  EXPECT_DOUBLE_EQ(endorsement.seen(0.8, 0), 0.8);
  EXPECT_DOUBLE_EQ(endorsement.seen(0.8, endorsement.evidence), 0.4);
  EXPECT_LT(endorsement.faded(1, 2), endorsement.faded(1, 1));
}

// A name in week 26, and nothing else: no partner does anything (X23).
TEST(Endorsement, ANameBringsRoundsEarlyAndNotForEver) {
  constexpr int n = 5'000;
  const Overrides world = support::quiet(n) + support::unpaid + Overrides{"funding.rate=0.3"};
  Society plain(world), named(world);
  plain.weeks(26);
  named.weeks(26);
  named.world.startups.endorsement.fill(1);
  const auto rounds = [](Society& society, int weeks) {
    const std::int64_t before = society.world.tally.rounds;
    society.weeks(weeks);
    return static_cast<double>(society.world.tally.rounds - before);
  };
  const double early = rounds(named, 52) / rounds(plain, 52);
  EXPECT_GT(early, 1.3);
  for (Society* society : {&plain, &named}) society->weeks(260);
  EXPECT_LT(rounds(named, 52) / rounds(plain, 52), 1.15);  // the name is gone
}

}  // namespace
