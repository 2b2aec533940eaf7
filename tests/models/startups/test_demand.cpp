// SPDX-License-Identifier: Apache-2.0
// When accounts look for something, and what startups and partners can and cannot do about it
// (EQ13, G9, G10, SC29).
#include <gtest/gtest.h>

#include "tests/models/startups/society.h"

namespace {

using namespace startups;
using support::Overrides;
using support::Society;

// Nobody is there to sell: each account looks again and again at its own rate.
TEST(Demand, WithoutSellersNeedsComeAtTheirRate) {
  Society society({"population.startups=0", "population.markets=4", "population.accounts=2000",
                   "demand.innovation_early=0.5", "demand.innovation_main=0.5"});
  society.weeks(104);
  const double expected = 2000 * 4 * 0.5 * 2;
  EXPECT_NEAR(static_cast<double>(society.world.tally.needs), expected, 4 * std::sqrt(expected));
}

TEST(Demand, TheMainSegmentWaitsForTheEarlyOne) {
  const Overrides split{"population.accounts=500", "demand.innovation_main=0",
                        "demand.imitation_main=0", "strategy.fixed_fit=0.8"};
  Society apart(split + Overrides{"demand.coupling=0"}), coupled(split);
  apart.weeks(156);
  coupled.weeks(156);
  std::int64_t early = 0, main = 0, main_coupled = 0;
  for (const std::int64_t n : apart.world.markets.early_adopted) early += n;
  for (const std::int64_t n : apart.world.markets.main_adopted) main += n;
  for (const std::int64_t n : coupled.world.markets.main_adopted) main_coupled += n;
  EXPECT_GT(early, 100);
  EXPECT_EQ(main, 0);
  EXPECT_GT(main_coupled, 100);
}

// What startups do moves nobody's need, unless somebody buys.
TEST(Demand, NobodyCanMakeANeed) {
  const Overrides unfit{"strategy.fixed_fit=0"};
  Society few(unfit + Overrides{"population.startups=10"}),
      many(unfit + Overrides{"population.startups=200", "partnering.offers=10"});
  few.weeks(104);
  many.weeks(104);
  EXPECT_EQ(few.world.tally.needs, many.world.tally.needs);
  EXPECT_GT(many.world.tally.own_meetings, 2 * few.world.tally.own_meetings);
}

// Partners on and off: more meetings in either case, more wins only where there is fit.
TEST(Introductions, AddMeetingsAndMultiplyWhatFitWins) {
  const auto run = [](double fit, bool partners) {
    Society society({"strategy.fixed_fit=" + std::to_string(fit), "runway.pay=0",
                     "runway.hiring=false", "closing.rate=0", "acquisition.rate=0", "pivot.rate=0",
                     "funding.rate=0", "partnering.rule=by_chance", "partnering.accept=1",
                     "giant.attention=2000",
                     std::string("partnering.offers=") + (partners ? "4" : "0")});
    society.weeks(156);
    return society.world.tally;
  };
  double last = 0;
  for (const double fit : {0.0, 0.1, 0.3}) {
    const Tally with = run(fit, true), without = run(fit, false);
    EXPECT_GT(with.partner_meetings, 100) << fit;
    const auto lift = static_cast<double>(with.own_wins + with.partner_wins - without.own_wins);
    if (fit == 0) {
      EXPECT_EQ(with.own_wins + with.partner_wins, 0);
      EXPECT_EQ(lift, 0);
    } else {
      EXPECT_GT(lift, last) << fit;
    }
    last = lift;
  }
}

}  // namespace
