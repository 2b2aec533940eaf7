// SPDX-License-Identifier: Apache-2.0
// Attention and competition of an owner's entry (SD3, EQ17), and what complements cost an owner to
// sell (SD1).
#include <gtest/gtest.h>

#include <cmath>

#include "tests/models/startups/giants.h"
#include "tests/models/startups/society.h"

namespace {

using namespace startups;
using support::Overrides;

// Of accounts in the base the startup has w / (w0 + w + e) instead of w / (w0 + w), of the others
// as before.
TEST(Updates, TheMarginIsTheExactShareThatIsLeft) {
  const double w = 0.6, w0 = 0.5, e = 0.8, base = 0.3;
  const double with = base * w / (w0 + w + e) + (1 - base) * w / (w0 + w);
  EXPECT_NEAR(Updates::left(base, e, w0 + w), with / (w / (w0 + w)), 1e-12);
  EXPECT_EQ(Updates::left(base, 0, w0 + w), 1);
}

double updates_of(const Overrides& more, bool entered, int weeks = 104) {
  support::Society society(support::quiet(200) + support::unpaid +
                           Overrides{"giant.giants=1", "updates.rate=2", "giant.base=0.5",
                                     "giant.base_sigma=0", "strategy.fixed_fit=0.5",
                                     "strategy.maturity=1"} +
                           more);
  if (entered) {
    auto& entrants = society.world.entrants;
    const auto id = entrants.add(sim::named("test"));
    entrants.giant[id] = Giants::Id(0);
    entrants.market[id] = Markets::Id(0);
    entrants.quality[id] = 1;
  }
  society.weeks(weeks);
  double count = 0;
  for (const std::int64_t one : society.world.startups.updates) count += static_cast<double>(one);
  return count / 200;
}

// Poisson of mean rate x years x margin: 4; a margin of 1 - .5 x 1/2 leaves 3; attention of a half
// makes that 4.5. At most one update a week takes some 2% off.
TEST(Updates, FallByCompetitionAndRiseByAttention) {
  EXPECT_NEAR(updates_of({}, false), 4, 4 * std::sqrt(4. / 200) + 0.1);
  EXPECT_NEAR(updates_of({}, true), 3, 4 * std::sqrt(3. / 200) + 0.1);
  EXPECT_NEAR(updates_of({"platform_entry.spillover=0.5"}, true), 4.5,
              4 * std::sqrt(4.5 / 200) + 0.1);
  EXPECT_EQ(updates_of({"updates.weight=0"}, true), updates_of({"updates.weight=0"}, false));
  EXPECT_EQ(updates_of({"updates.rate=0"}, false), 0);
}

// Attention brings accounts to the market: needs come sooner, and only once somebody has entered.
TEST(Updates, AttentionBringsAccounts) {
  const auto needs = [](const char* spillover, bool entered) {
    support::Society society(support::quiet(1) +
                             Overrides{"population.accounts=400", "giant.giants=1",
                                       "demand.imitation_early=0", "demand.imitation_main=0",
                                       "demand.coupling=0",
                                       std::string("platform_entry.spillover=") + spillover});
    if (entered) {
      auto& entrants = society.world.entrants;
      const auto id = entrants.add(sim::named("test"));
      entrants.giant[id] = Giants::Id(0);
      entrants.market[id] = Markets::Id(0);
      entrants.quality[id] = 1e-9;
    }
    society.weeks(104);
    return static_cast<double>(society.world.tally.needs);
  };
  EXPECT_EQ(needs("1", false), needs("0", false));
  EXPECT_EQ(needs("0", true), needs("0", false));
  EXPECT_NEAR(needs("1", true) / needs("0", true), 2, 0.25);
}

// Work differs between complements, keyed by them; its median is the scenario's.
TEST(Effort, DiffersBetweenComplements) {
  support::OneGiant one({"platform_entry.effort_sigma=0.7", "build_or_buy.build_rate=0"}, 400);
  for (std::size_t i = 0; i < 400; ++i) one.sign(i, Kind::platform);
  one.giants_week();
  double below = 0, logs = 0;
  for (const double effort : one.world.dealings.effort) {
    below += effort < 1;
    logs += std::log(effort) * std::log(effort);
  }
  EXPECT_NEAR(below / 400, 0.5, 0.1);
  EXPECT_NEAR(std::sqrt(logs / 400), 0.7, 0.1);
  support::OneGiant same({"build_or_buy.build_rate=0"}, 4);
  for (std::size_t i = 0; i < 4; ++i) same.sign(i, Kind::platform);
  same.giants_week();
  for (const double effort : same.world.dealings.effort) EXPECT_EQ(effort, 1);
}

// EQ12's b5: a usual complement's work of 1 million a year takes exp(-1) of the hazard of building.
TEST(Effort, KeepsAFirmFromBuilding) {
  const auto left = [](const char* cost) {
    support::OneGiant one({std::string("platform_entry.effort_cost=") + cost,
                           "build_or_buy.build_rate=0.01", "build_or_buy.buy_rate=0",
                           "leak.rate=0"});
    one.sign(0, Kind::oem);
    one.world.meet_giants(one.step());
    const double before = one.world.dealings.to_build[one.dealing(0)];
    one.giants_week();
    return before - one.world.dealings.to_build[one.dealing(0)];
  };
  EXPECT_NEAR(left("1_000_000") / left("0"), std::exp(-1), 1e-9);
}

// SD10: what the partner takes from the second year on goes by what the startup does not know.
TEST(Renewal, GoesByWhatTheStartupDoesNotKnowOfBuyers) {
  Introductions law;
  EXPECT_EQ(law.partners(0.2, 500, 0), 0.2);  // off by default
  law.renewal = 0.5;
  EXPECT_EQ(law.partners(0.2, 51, 0), 0.2);
  EXPECT_NEAR(law.partners(0.2, 52, 0), 0.6, 1e-12);
  EXPECT_NEAR(law.partners(0.2, 52, 0.5), 0.4, 1e-12);
  EXPECT_EQ(law.partners(0.2, 52, 1), 0.2);
}

// SD8: it leaves once what is still to be learned and the fees are worth less than the hours.
TEST(Race, LeavesWhoHasLearnedEnough) {
  Race law;
  EXPECT_FALSE(law.leaves(0, 1, 1e9));  // off by default
  law.rate = 0.7;
  law.worth = sim::Money{1000};
  EXPECT_FALSE(law.leaves(0, 0.5, 499));
  EXPECT_TRUE(law.leaves(0, 0.5, 501));
  EXPECT_FALSE(law.leaves(2, 0.5, 501));
  double weekly = 0;
  for (int week = 0; week < 104; ++week) weekly = law.after(weekly, 1. / 52);
  EXPECT_NEAR(weekly, 1 - std::exp(-1.4), 1e-12);
}

TEST(Race, WhoLearnsFasterLeavesSooner) {
  const auto left = [](const char* rate) {
    support::OneGiant one({std::string("race.rate=") + rate, "attention.on=true",
                           "attention.large_firms=0", "build_or_buy.build_rate=0",
                           "build_or_buy.buy_rate=0", "leak.rate=0"});
    one.sign(0, Kind::oem);
    one.world.startups.win_rate[Startups::Id(0)] = 0.2;
    one.world.startups.people[Startups::Id(0)] = 4;
    int weeks = 0;
    while (weeks < 1000 && (weeks == 0 || one.world.dealings.left[one.dealing(0)] < 0)) {
      one.giants_week();
      ++weeks;
    }
    return weeks;
  };
  const int fast = left("2"), slow = left("0.3");
  EXPECT_LT(fast, slow);
  EXPECT_LT(slow, 1000);
  EXPECT_EQ(left("0"), 1000);
}

}  // namespace
