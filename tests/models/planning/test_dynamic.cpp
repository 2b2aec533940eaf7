// SPDX-License-Identifier: Apache-2.0
// Reps who look ahead to the end of the period: SA7, SA8, SA8b exactly, and through the table.
#include <thread>

#include "models/planning/dynamic.h"
#include "models/planning/lumpy.h"
#include "tests/models/planning/exact.h"

namespace {

using namespace planning;
using namespace planning_tests;

// --- SA8 ----------------------------------------------------------------------------------------

// Unit of pay: the credit of a sale, of which `goal` make the quota. Each brings .4, the quota 4.
struct Sprint {
  int goal;
  double value, sales;
};
constexpr std::array sprints{Sprint{4, 2.12609, 3.9385}, Sprint{6, 0.49468, 2.7497},
                             Sprint{2, 3.65948, 2.4970}};

PayCurve sprint_curve(int goal) {  // in quotas
  return curve_of(commission("{from = \"0%\", rate = \"40%\"}") +
                  bonus(fmt::format("{}", static_cast<int>(4e6 / goal))));
}

LumpyProgramme sprint_programme(int goal) {
  const PayCurve curve = sprint_curve(goal);
  return {13, LumpyStep{.chance = 0.5, .cost = 1},
          [=](int sales) { return goal * curve(static_cast<double>(sales) / goal); }};
}

// Chances of each number of sales, week after week; `visit(week, sales, chance)` before each.
template <class Effort, class Visit>
std::vector<double> follow(const Effort& effort, const Visit& visit) {
  std::vector<double> chance(14);
  chance[0] = 1;
  for (int week = 1; week <= 13; ++week) {
    std::vector<double> next(14);
    for (int n = 0; n < week; ++n) {
      const double here = chance[static_cast<std::size_t>(n)], e = effort(week, n);
      visit(week, n, here);
      next[static_cast<std::size_t>(n)] += here * (1 - 0.5 * e);
      next[static_cast<std::size_t>(n + 1)] += here * 0.5 * e;
    }
    chance = std::move(next);
  }
  return chance;
}

TEST(Planning, SA8ThirteenWeeksOfLumps) {
  for (const auto& [goal, value, sales] : sprints) {
    const LumpyProgramme programme = sprint_programme(goal);
    EXPECT_NEAR(programme.value(13, 0), value, 1e-5) << goal;
    double mean = 0;
    const auto chance = follow([&](int week, int n) { return programme.effort(14 - week, n); },
                               [](int, int, double) {});
    for (std::size_t n = 0; n < chance.size(); ++n) mean += static_cast<double>(n) * chance[n];
    EXPECT_NEAR(mean, sales, 1e-4) << goal;
  }
}

TEST(Planning, SA8EffortIsAHump) {
  const LumpyProgramme programme = sprint_programme(4);
  const std::array week_10{0.243, 0.757, 1.0, 0.729, 0.2, 0.2};
  for (std::size_t n = 0; n < week_10.size(); ++n)
    EXPECT_NEAR(programme.effort(4, static_cast<int>(n)), week_10[n], 5.1e-4) << n;
  std::array<double, 14> mean{};
  const auto chance = follow([&](int week, int n) { return programme.effort(14 - week, n); },
                             [&](int week, int n, double p) {
                               mean[static_cast<std::size_t>(week)] +=
                                   p * programme.effort(14 - week, n);
                             });
  EXPECT_NEAR(mean[1], 0.6682, 1e-4);
  EXPECT_NEAR(mean[7], 0.6539, 1e-4);
  EXPECT_NEAR(mean[13], 0.3271, 1e-4);
  double missed = 0;
  for (std::size_t n = 0; n < 4; ++n) missed += chance[n];
  EXPECT_NEAR(1 - missed, 0.8320, 1e-4);
}

// Reps who do what the programme says: their pay less cost, sales and attainment.
TEST(Planning, SA8RolledOut) {
  for (const auto& [goal, target, expected_sales] : sprints) {
    const LumpyProgramme programme = sprint_programme(goal);
    const PayCurve curve = sprint_curve(goal);
    sim::Draw draw = luck(static_cast<std::uint64_t>(goal));
    Mean value, sales, attained;
    for (int rep = 0; rep < (goal == 6 ? 600'000 : 60'000); ++rep) {
      int n = 0;
      double cost = 0;
      for (int left = 13; left > 0; --left) {
        const double e = programme.effort(left, n);
        cost += e * e / 2;
        n += draw.bernoulli(0.5 * e);
      }
      value.add(goal * curve(static_cast<double>(n) / goal) - cost);
      sales.add(n);
      attained.add(n >= goal);
    }
    expect_exact(value, target, "V0");
    expect_exact(sales, expected_sales, "sales");
    if (goal == 4) expect_exact(attained, 0.8320, "attainment");
  }
}

DynamicSetup sprint_setup(int goal, std::vector<double> paces) {
  DynamicSetup setup;
  setup.paces = std::move(paces);
  setup.biases = {1};
  setup.cost = 1.0 / goal;
  setup.lumps = {{1, 1.0 / goal}};
  setup.steps_per_week = 1;
  return setup;
}

TEST(Planning, SA8ThroughTheTable) {
  for (const auto& [goal, value, sales] : sprints) {
    const double pace = 0.5 / goal;
    const auto paces = paces_between(0.1 / goal, 1.0 / goal, 64);  // none is `pace`
    const DynamicTable table(sprint_curve(goal), sprint_setup(goal, paces));
    EXPECT_NEAR(goal * table.value(13, 0, pace, 0), value, 0.01 * value) << goal;
    EXPECT_LE(table.bytes(), DynamicTable::most_bytes);
    // On a class of pace: no error but that of a float, in any state.
    const DynamicTable exact(sprint_curve(goal), sprint_setup(goal, {pace}));
    const LumpyProgramme programme = sprint_programme(goal);
    for (int left = 1; left <= 13; ++left)
      for (int n = 0; n <= 13 - left; ++n) {
        const double at = static_cast<double>(n) / goal;
        EXPECT_NEAR(goal * exact.value(left, at, pace, 0), programme.value(left, n), 1e-5);
        EXPECT_NEAR(exact.effort(left, at, pace, 0), programme.effort(left, n), 1e-5);
        EXPECT_NEAR(exact.rate(left, at, pace, 0),
                    programme.value(left - 1, n + 1) - programme.value(left - 1, n), 1e-5);
      }
  }
}

// --- SA8b ---------------------------------------------------------------------------------------

TEST(Planning, SA8bCountdown) {
  const std::array efforts{1.0, 0.5, 0.375, 0.3047, 0.2583, 0.2249};
  const LumpyProgramme programme(6, LumpyStep{}, [](int sales) { return sales > 0 ? 1.0 : 0.0; });
  for (std::size_t k = 0; k < efforts.size(); ++k) {
    const int left = static_cast<int>(k) + 1;
    EXPECT_NEAR(programme.effort(left, 0), efforts[k], 5e-5);
    EXPECT_EQ(programme.effort(left, 1), 0);
    EXPECT_NEAR(programme.effort(left, 0), 1 - programme.value(left - 1, 0), 1e-12);
  }
  DynamicSetup setup;
  setup.weeks = 6;
  setup.paces = {1};
  setup.biases = {1};
  setup.lumps = {{1, 1}};
  setup.steps_per_week = 1;
  const DynamicTable table(curve_of(bonus("1000000")), setup);
  for (std::size_t k = 0; k < efforts.size(); ++k)
    EXPECT_NEAR(table.effort(static_cast<int>(k) + 1, 0, 1, 0), efforts[k], 5e-5);
}

// --- SA7 ----------------------------------------------------------------------------------------

// The null test of every claim about the end of a quarter.
TEST(Planning, SA7ALinearPlanGivesConstantEffort) {
  const PayCurve curve = curve_of(commission("{from = \"0%\", rate = \"10%\"}"));
  for (const bool normal : {false, true}) {
    DynamicSetup setup;
    setup.paces = {0.02, 0.05, 1.0 / 13, 0.1};
    setup.cost = 0.1 / 13 / 0.5;  // effort .5 at the pace of a thirteenth of quota
    setup.high = 2;
    if (!normal) setup.lumps = {{0.5, 0.05}, {0.3, 0.1}, {0.2, 0.25}};
    const DynamicTable table(curve, setup);
    for (std::size_t bias = 0; bias < 3; ++bias)
      for (int left = 1; left <= 13; ++left)
        for (double at = 0; at < 2.5; at += 0.0173) {
          ASSERT_NEAR(table.relative_rate(left, at, 0.07, bias), 1, 1e-5);
          ASSERT_NEAR(table.effort(left, at, 1.0 / 13, bias), 0.5 * table.biases()[bias], 1e-5);
        }
    const double weekly = (1.0 / 13 * 0.5 - 0.5 * 0.5 / 2 * 0.2 / 13 * 10) * 0.1;
    EXPECT_NEAR(table.value(13, 0, 1.0 / 13, 2), 13 * weekly, 1e-6);
  }
}

// --- What else a table promises -----------------------------------------------------------------

DynamicSetup quarter() {
  DynamicSetup setup;
  setup.paces = paces_between(0.02, 0.25, 16);
  setup.cost = 0.1 / 13;
  setup.lumps = {{0.4, 0.06}, {0.4, 0.12}, {0.2, 0.3}};
  return setup;
}

TEST(Planning, GivesUpSprintsAndRelaxes) {
  const DynamicTable table(kinked(), quarter());
  const double far = table.rate(2, 0.2, 0.08, 2), near = table.rate(2, 0.9, 0.08, 2);
  const double over = table.rate(2, 1.3, 0.08, 2);
  EXPECT_NEAR(far, 0.1, 0.01);
  EXPECT_GT(near, 1.5 * over);
  EXPECT_NEAR(over, 0.2, 1e-6);
}

// A biased rep counts on a lazy self tomorrow: less value, and never more effort at the end.
TEST(Planning, PresentBiasLowersEffortAndValue) {
  const DynamicTable table(kinked(), quarter());
  for (int left = 1; left <= 13; ++left)
    for (double at = 0; at < 1.5; at += 0.05) {
      EXPECT_LE(table.value(left, at, 0.09, 0), table.value(left, at, 0.09, 1) + 1e-9);
      EXPECT_LE(table.value(left, at, 0.09, 1), table.value(left, at, 0.09, 2) + 1e-9);
    }
}

// In the last week there is no later self: effort is the unbiased one times the bias.
TEST(Planning, PresentBiasInTheLastWeek) {
  DynamicSetup setup = sprint_setup(4, {0.125});
  setup.biases = {0.6, 1};
  const DynamicTable table(sprint_curve(4), setup);
  for (const double at : {0.0, 0.5, 1.0})
    EXPECT_NEAR(table.effort(1, at, 0.125, 0), 0.6 * table.effort(1, at, 0.125, 1), 1e-6);
  EXPECT_LT(table.value(13, 0, 0.125, 0), 0.95 * table.value(13, 0, 0.125, 1));
}

TEST(Planning, SplittingAWeekChangesLittle) {
  DynamicSetup setup = quarter();
  const DynamicTable coarse(kinked(), setup);
  setup.steps_per_week = 8;
  const DynamicTable fine(kinked(), setup);
  for (const double at : {0.0, 0.3, 0.6})
    EXPECT_NEAR(coarse.value(13, at, 0.09, 2) / fine.value(13, at, 0.09, 2), 1, 0.03);
}

TEST(Planning, ATableOfAYearFits) {
  DynamicSetup setup = quarter();
  setup.weeks = 52;
  setup.paces = paces_between(0.005, 0.06, 16);
  setup.lumps = {{0.5, 0.02}, {0.5, 0.06}};
  const DynamicTable table(kinked(), setup);
  EXPECT_EQ(table.bytes(), 3u * 52 * 16 * 101 * 8);
  setup.cells = 1000;
  EXPECT_THROW(DynamicTable(kinked(), setup), std::invalid_argument);
}

TEST(Planning, RefusesNonsense) {
  const auto refuses = [](auto&& change) {
    DynamicSetup setup = quarter();
    change(setup);
    EXPECT_THROW(DynamicTable(kinked(), setup), std::invalid_argument);
  };
  refuses([](DynamicSetup& s) { s.weeks = 0; });
  refuses([](DynamicSetup& s) { s.weeks = 53; });
  refuses([](DynamicSetup& s) { s.paces = {}; });
  refuses([](DynamicSetup& s) { s.paces = {0.1, 0.1}; });
  refuses([](DynamicSetup& s) { s.biases = {1.2}; });
  refuses([](DynamicSetup& s) { s.cost = 0; });
  refuses([](DynamicSetup& s) { s.unforced = 1.1; });
  refuses([](DynamicSetup& s) { s.lumps[0].size = 0; });
  refuses([](DynamicSetup& s) { s.steps_per_week = 1, s.paces = {1}; });
}

TEST(Planning, SeveralThreadsReadTheSame) {
  const DynamicTable table(kinked(), quarter());
  std::array<double, 4> sums{};
  std::vector<std::thread> threads;
  for (double& sum : sums)
    threads.emplace_back([&table, &sum] {
      for (int i = 0; i < 100'000; ++i) sum += table.rate(1 + i % 13, i % 17 * 0.1, 0.1, 2);
    });
  for (std::thread& thread : threads) thread.join();
  for (const double sum : sums) EXPECT_EQ(sum, sums[0]);
}

}  // namespace
