// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include <cmath>

#include "sim/experiment.h"
#include "tests/sim/toy_world.h"
#include "tests/support/digests.h"

namespace {

using support::run;

bool same_bits(const sim::ReplicateBlock& a, const sim::ReplicateBlock& b) {
  for (std::size_t i = 0; i < a.series.size(); ++i)
    if (a.series[i].integers != b.series[i].integers || a.series[i].reals != b.series[i].reals)
      return false;
  return a.series.size() == b.series.size() && !a.series.empty();
}

TEST(Experiment, EqualArmsGiveEqualBits) {
  const auto plan = toy_world::plan("replicates = 5\n[arms.base]\n[arms.same]\n");
  const auto result = run(plan);
  for (std::size_t k = 0; k < 5; ++k) {
    EXPECT_TRUE(same_bits(result.blocks[2 * k], result.blocks[2 * k + 1]));
    EXPECT_EQ(result.report.state_digests[2 * k], result.report.state_digests[2 * k + 1]);
  }
  EXPECT_FALSE(same_bits(result.blocks[0], result.blocks[2]));  // another replicate
}

double correlation(const std::vector<double>& x, const std::vector<double>& y) {
  const double mx = support::mean_of(x).value, my = support::mean_of(y).value;
  double xy = 0, xx = 0, yy = 0;
  for (std::size_t i = 0; i < x.size(); ++i) {
    xy += (x[i] - mx) * (y[i] - my);
    xx += (x[i] - mx) * (x[i] - mx);
    yy += (y[i] - my) * (y[i] - my);
  }
  return xy / std::sqrt(xx * yy);
}

TEST(Experiment, ArmsMeetTheSameLuck) {
  const auto plan =
      toy_world::plan("replicates = 60\n[arms.base]\n[arms.dear]\nmarket.south_price = 1.01\n");
  const auto result = run(plan);
  const auto base = result.last("revenue", 0), dear = result.last("revenue", 1);
  EXPECT_NE(base, dear);
  EXPECT_GT(correlation(base, dear), 0.8);
  auto unpaired = dear;  // replicate k against k + 1: the luck is another
  std::rotate(unpaired.begin(), unpaired.begin() + 1, unpaired.end());
  EXPECT_LT(std::abs(correlation(base, unpaired)), 4 / std::sqrt(60.0));
}

TEST(Experiment, FirstReplicateGivesAPartOfTheSameReplicates) {
  sim::Plan plan = toy_world::plan("replicates = 6\n");
  const auto all = run(plan);
  plan.first_replicate = 4;
  plan.replicates = 2;
  const auto part = run(plan);
  EXPECT_TRUE(same_bits(part.blocks[0], all.blocks[4]));
  EXPECT_TRUE(same_bits(part.blocks[1], all.blocks[5]));
}

TEST(Experiment, TheSeedDecides) {
  sim::Plan plan = toy_world::plan();
  const auto one = run(plan);
  plan.seed = 2;
  EXPECT_FALSE(same_bits(run(plan).blocks[0], one.blocks[0]));
}

// Stops the run after so many replicates.
class Stopper : public support::Keep {
 public:
  Stopper(const sim::Plan& plan, sim::Control& control, int after)
      : Keep(plan), control_(control), left_(after) {}
  void replicate(sim::ReplicateBlock&& block) override {
    Keep::replicate(std::move(block));
    if (--left_ == 0) control_.stop = true;
  }

 private:
  sim::Control& control_;
  std::atomic<int> left_;
};

TEST(Experiment, AStoppedRunKeepsWholeReplicates) {
  for (const unsigned threads : {1u, 2u}) {
    sim::Plan plan = toy_world::plan("replicates = 40\n");
    plan.threads = threads;
    const auto whole = run(plan);
    sim::Control control;
    Stopper sink(plan, control, 5);
    const sim::RunReport report = sim::run(plan, control, sink);
    EXPECT_TRUE(report.interrupted);
    EXPECT_GE(report.completed, 5u);
    EXPECT_LT(report.completed, 40u);
    EXPECT_EQ(control.replicates_done, report.completed);
    std::size_t kept = 0;
    for (std::size_t task = 0; task < sink.blocks().size(); ++task) {
      if (sink.blocks()[task].series.empty()) {
        EXPECT_EQ(report.state_digests[task], 0u);
        continue;
      }
      ++kept;
      EXPECT_TRUE(same_bits(sink.blocks()[task], whole.blocks[task]));
      EXPECT_EQ(report.state_digests[task], whole.report.state_digests[task]);
      EXPECT_LT(task, 5 + 2 * threads);  // the first ones, not some from everywhere
    }
    EXPECT_EQ(kept, report.completed);
  }
}

TEST(Experiment, AFinishedRunIsNotCalledInterrupted) {
  const sim::Plan plan = toy_world::plan("replicates = 3\n");
  sim::Control control;
  support::Keep keep(plan);
  const auto report = sim::run(plan, control, keep);
  EXPECT_FALSE(report.interrupted);
  EXPECT_EQ(report.completed, 3u);
  EXPECT_EQ(control.weeks_done, 36u);
  EXPECT_EQ(sim::weeks_in_total(plan), 36u);
  ASSERT_EQ(report.phase_seconds.size(), 3u);
  EXPECT_GT(report.phase_seconds[1], 0);
}

TEST(Experiment, RefusesBeforeItAllocates) {
  const sim::Plan plan = toy_world::plan("", {"market.buyers=1000000000000"});
  const int made = toy_world::worlds_made;
  sim::Control control;
  support::Keep keep(plan);
  try {
    sim::run(plan, control, keep);
    FAIL() << "a run of 100 TB was begun";
  } catch (const sim::NotEnoughMemory& error) {
    EXPECT_EQ(error.exit_code(), 4);
    EXPECT_NE(std::string(error.what()).find("TB"), std::string::npos) << error.what();
  }
  EXPECT_EQ(toy_world::worlds_made, made);
}

TEST(Experiment, AnErrorSaysWhereItHappened) {
  sim::Plan plan = toy_world::plan("replicates = 3\n");
  sim::ModelInfo broken = *plan.model;
  broken.make = [](const sim::Settings&, const sim::Setup&) -> std::unique_ptr<sim::Model> {
    throw std::runtime_error("no such thing");
  };
  plan.model = &broken;
  sim::Control control;
  support::Keep keep(plan);
  try {
    sim::run(plan, control, keep);
    FAIL();
  } catch (const sim::Error& error) {
    EXPECT_EQ(error.exit_code(), 1);
    // Whichever worker was first: with several threads that need not be future 0.
    EXPECT_NE(std::string(error.what()).find("future "), std::string::npos) << error.what();
    EXPECT_NE(std::string(error.what()).find("no such thing"), std::string::npos);
  }
  broken.make = [](const sim::Settings&, const sim::Setup&) -> std::unique_ptr<sim::Model> {
    throw std::bad_alloc();
  };
  sim::Control again;
  try {
    sim::run(plan, again, keep);
    FAIL();
  } catch (const sim::Error& error) {
    EXPECT_EQ(error.exit_code(), 4);
  }
}

// The population of the toy world is its budgets: the first week's sum of them.
TEST(Experiment, WhatAReplicateVariesIsDeclared) {
  const auto budgets = [](const std::string& vary) {
    const sim::Plan plan = toy_world::plan("vary = \"" + vary + "\"\n");
    std::vector<double> sums;
    for (std::uint64_t replicate = 0; replicate < 2; ++replicate) {
      const sim::RunSettings& run = plan.arms[0].settings.run();
      const sim::Random random(1, replicate, run.vary != sim::Vary::chance);
      const sim::Calendar calendar = run.make_calendar();
      const toy_world::World world(plan.arms[0].settings,
                                   {calendar, random, sim::serial_workers()});
      double sum = 0;
      for (const double budget : world.buyers.budget) sum += budget;
      sums.push_back(sum);
    }
    return sums;
  };
  EXPECT_EQ(budgets("chance")[0], budgets("chance")[1]);
  EXPECT_NE(budgets("chance+population")[0], budgets("chance+population")[1]);
}

TEST(Experiment, UncertainInputsAreDrawnPerReplicateAndTheSameInAllArms) {
  const sim::Plan plan = toy_world::plan(
      "replicates = 300\nvary = \"chance+inputs\"\n[arms.base]\n[arms.dear]\nmarket.south_price = "
      "2\n"
      "[arms.own]\nmarket.leaving = 0.07\n");
  std::vector<double> logs;
  int below = 0, above = 0;
  for (std::size_t replicate = 0; replicate < 300; ++replicate) {
    const auto drawn = sim::drawn_inputs(plan, replicate);
    ASSERT_EQ(drawn.size(), 1u);
    EXPECT_EQ(drawn[0].key, "market.leaving");
    EXPECT_EQ(drawn[0].values[0], drawn[0].values[1]);
    EXPECT_EQ(drawn[0].values[2], 0.07);  // the arm means its own value
    below += drawn[0].values[0] < 0.02;
    above += drawn[0].values[0] > 0.1;
  }
  EXPECT_NEAR(below, 30, 4 * std::sqrt(27));
  EXPECT_NEAR(above, 30, 4 * std::sqrt(27));
  EXPECT_TRUE(sim::drawn_inputs(toy_world::plan(), 0).empty());
}

// Flows are amounts per recorded interval, so they add up to the same whatever the interval.
TEST(Experiment, FlowsAreDifferencesAndStocksAreStates) {
  const auto weekly = run(toy_world::plan());
  const auto monthly = run(toy_world::plan("record_every = 4\n"));
  const auto& fine = weekly.series("sales").integers;
  const auto& coarse = monthly.series("sales").integers;
  ASSERT_EQ(fine.size(), 12u);
  ASSERT_EQ(coarse.size(), 3u);
  for (std::size_t i = 0; i < 3; ++i)
    EXPECT_EQ(coarse[i], fine[4 * i] + fine[4 * i + 1] + fine[4 * i + 2] + fine[4 * i + 3]);
  EXPECT_EQ(monthly.series("buyers").integers[2], weekly.series("buyers").integers[11]);
  const auto warm = run(toy_world::plan("warmup = 3\n", {"run.weeks=9"}));
  EXPECT_EQ(warm.series("sales").integers, std::vector<std::int64_t>(fine.begin() + 3, fine.end()));
}

TEST(Experiment, SnapshotsHoldTheColumnsAtTheirWeeks) {
  sim::Plan plan = toy_world::plan();
  plan.snapshot_every = 4;
  plan.snapshot_columns = {0, 1};
  const auto result = run(plan);
  ASSERT_EQ(sim::snapshot_weeks(plan), (std::vector{4, 8, 12}));
  ASSERT_EQ(result.agents.size(), 6u);
  double revenue = 0;
  for (const sim::AgentBlock& block : result.agents)
    if (block.snapshot == 2 && block.column == 1)
      for (const double value : std::get<std::vector<double>>(block.values)) revenue += value;
  double flows = 0;
  for (const double flow : result.series("revenue").reals) flows += flow;
  EXPECT_NEAR(revenue, flows, 1e-9 * flows);
  const auto info = sim::describe_results(plan);
  ASSERT_EQ(info.agent_tables.size(), 1u);
  EXPECT_EQ(info.agent_tables[0].rows, 40u);
  EXPECT_EQ(info.agent_tables[0].columns.size(), 2u);
}

TEST(Experiment, ADatedChangeActsFromItsWeekOn) {
  const auto plan = toy_world::plan(
      "[[interventions]]\narm = \"closed\"\ndate = 2026-03-16\nset.market.south_price = 3\n"
      "[arms.base]\n[arms.closed]\n");
  const auto result = run(plan);
  const auto& base = result.series("buyers", 0, 0).integers;
  const auto& closed = result.series("buyers", 0, 1).integers;
  for (std::size_t week = 0; week < 6; ++week) EXPECT_EQ(base[week], closed[week]);
  EXPECT_LT(closed[11], base[11]);
}

}  // namespace
