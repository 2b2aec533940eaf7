// SPDX-License-Identifier: Apache-2.0
// Boltzmann wealth against its stationary distributions: the share of people with nothing tells the
// three rules apart.
#include <gtest/gtest.h>

#include <cmath>

#include "models/boltzmann/model.h"
#include "tests/models/plan.h"

namespace {

support::Outcome simulate(const std::string& rule, int agents, int weeks, int replicates,
                          int record_every) {
  return support::run(support::plan(
      "boltzmann",
      {"exchange.rule=" + rule, "exchange.agents=" + std::to_string(agents),
       "run.weeks=" + std::to_string(weeks), "run.record_every=" + std::to_string(record_every),
       "run.replicates=" + std::to_string(replicates)}));
}

// The mean of an outcome over the later half of each replicate, one number per replicate: their
// spread gives an error that knows of the correlation in time.
support::Estimate stationary(const support::Outcome& result, const char* outcome) {
  std::vector<double> means;
  for (std::size_t k = 0; k < result.blocks.size(); ++k) {
    const auto& series = result.series(outcome, k).reals;
    double sum = 0;
    for (std::size_t i = series.size() / 2; i < series.size(); ++i) sum += series[i];
    means.push_back(sum / static_cast<double>(series.size() - series.size() / 2));
  }
  return support::mean_of(means);
}

TEST(Boltzmann, RandomActivationLeavesHalfWithNothing) {
  const auto result = simulate("random", 10'000, 400, 24, 10);
  const auto share = stationary(result, "share_zero");
  EXPECT_NEAR(share.value, 0.5, 4 * share.error);
  EXPECT_LT(share.error, 0.0005);
  const auto gini = stationary(result, "gini");
  EXPECT_NEAR(gini.value, 2.0 / 3, 4 * gini.error);
}

// With 20 people the stationary law is exact: all divisions of 20 units are equally likely.
TEST(Boltzmann, RandomActivationOfFewIsUniformOverAllDivisions) {
  const auto result = simulate("random", 20, 2'000, 200, 20);
  const auto share = stationary(result, "share_zero");
  EXPECT_NEAR(share.value, 19.0 / 39, 4 * share.error);
  EXPECT_GT(std::abs(share.value - 0.5), 4 * share.error);  // the test can tell
}

TEST(Boltzmann, SynchronousGivingLeavesRootTwoMinusOne) {
  const auto share = stationary(simulate("synchronous", 10'000, 400, 24, 10), "share_zero");
  EXPECT_NEAR(share.value, std::sqrt(2.0) - 1, 4 * share.error);
  EXPECT_LT(share.error, 0.0005);
}

TEST(Boltzmann, AShuffledSweepLeavesLessThanRandomActivation) {
  const auto share = stationary(simulate("shuffled", 10'000, 400, 24, 10), "share_zero");
  EXPECT_NEAR(share.value, 0.462, 0.001);
  EXPECT_LT(share.error, 0.0005);
}

TEST(Boltzmann, TheSumIsKeptInEachStep) {
  for (const char* rule : {"random", "synchronous", "shuffled"}) {
    const auto result = simulate(rule, 5'000, 100, 1, 1);
    const auto& totals = result.series("total").integers;
    ASSERT_EQ(totals.size(), 100u);
    for (const std::int64_t total : totals) EXPECT_EQ(total, 5'000);
  }
}

// The check of each step can fail.
TEST(Boltzmann, ALostUnitIsNoticed) {
  const auto plan = support::plan("boltzmann", {"exchange.agents=100"});
  const sim::Settings& settings = plan.arms[0].settings;
  const sim::Calendar calendar = settings.run().make_calendar();
  const sim::Random random(1, 0);
  boltzmann::World world(settings, {calendar, random, sim::serial_workers()});
  const sim::Step step(0, calendar, random, sim::serial_workers());
  world.give(step);
  EXPECT_NO_THROW(world.check(step));
  --world.people.wealth[boltzmann::People::Id(0)];
  EXPECT_THROW(world.check(step), sim::Error);
}

TEST(Boltzmann, GiniOfKnownDivisions) {
  const auto plan = support::plan("boltzmann", {"exchange.agents=4"});
  const sim::Settings& settings = plan.arms[0].settings;
  const sim::Calendar calendar = settings.run().make_calendar();
  const sim::Random random(1, 0);
  boltzmann::World world(settings, {calendar, random, sim::serial_workers()});
  EXPECT_EQ(world.gini(), 0);  // one each
  world.people.wealth.fill(0);
  EXPECT_EQ(world.share_zero(), 1);
  world.people.wealth[boltzmann::People::Id(2)] = 4;
  EXPECT_DOUBLE_EQ(world.gini(), 0.75);  // one has all: 1 - 1/n
  world.people.wealth[boltzmann::People::Id(2)] = 3;
  world.people.wealth[boltzmann::People::Id(0)] = 1;
  EXPECT_DOUBLE_EQ(world.gini(), 0.625);  // 0 0 1 3: half the mean difference over the mean
}

TEST(Boltzmann, OneAgentAndNoMoneyAreFine) {
  const auto plan =
      support::plan("boltzmann", {"exchange.agents=1", "exchange.endowment=0", "run.replicates=1"});
  EXPECT_EQ(support::run(plan).last("gini")[0], 0);
}

}  // namespace
