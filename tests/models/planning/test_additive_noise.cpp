// SPDX-License-Identifier: Apache-2.0
// SA6: a whole-period plan under additive noise. Unit of time: the period; sales x, noise s = 1,
// cost c = 1, bonus 1 at .5. Attainment is x / .5, so the pace of effort 1 is 2 quotas a period.
#include "models/planning/dynamic.h"
#include "models/planning/normal_programme.h"
#include "tests/models/planning/exact.h"

namespace {

using namespace planning;
using namespace planning_tests;

constexpr double exact_value = 0.4254, exact_chance = 0.5481, exact_effort = 0.3954;
constexpr double most_effort = 40;  // SA6 has no end of effort: near the goal it grows without one

PayCurve prize() { return curve_of(bonus("1000000")); }

NormalStep step_of(int steps) {
  NormalStep step;
  step.pace = 2 * most_effort / steps;
  step.sd = 2 / std::sqrt(steps);
  step.cost = most_effort * most_effort / steps;
  return step;
}

struct Policy {
  Grid grid{-8, 0.02, 951};
  double value = 0, first_effort = 0;
  std::vector<std::vector<double>> effort;  // by steps left - 1, then node

  double at(int left, double attainment) const {
    const auto& efforts = effort[static_cast<std::size_t>(left - 1)];
    return most_effort * Grid::read(efforts, (attainment - grid.low) / grid.step, 0, 0);
  }
};

Policy policy_of(int steps) {
  Policy policy;
  const PayCurve pay = prize();
  NormalProgramme programme(pay, step_of(steps), policy.grid);
  for (int i = 0; i < steps; ++i) {
    programme.back();
    policy.effort.push_back(programme.effort());
  }
  policy.value = programme.value()[400];  // attainment 0
  policy.first_effort = policy.at(steps, 0);
  return policy;
}

// Chance to reach the goal of reps who keep to the policy.
// Reps who keep to the policy.
struct Rollout {
  Mean attained;
  std::array<Mean, 5> effort;  // at 0, .25, .5, .75 and .98 of the period
  std::array<int, 2> ends{};   // reps who end with sales of -.5 .. .2 and of .8 .. 1.5
};

Rollout roll_out(const Policy& policy, int steps, int reps, std::uint64_t key) {
  Rollout all;
  sim::Draw draw = luck(key);
  const double sd = 2 / std::sqrt(steps);
  std::vector<std::uint32_t> words(static_cast<std::size_t>(2 * steps));
  std::vector<double> noise(static_cast<std::size_t>(steps));
  const std::array looks{0, steps / 4, steps / 2, 3 * steps / 4, steps - steps / 50};
  for (int rep = 0; rep < reps; ++rep) {
    draw.fill(words);
    for (std::size_t i = 0; i < noise.size(); ++i)
      noise[i] = sim::open_uniform(words[2 * i], words[2 * i + 1]);
    sim::normal_quantile(noise, noise);
    double x = 0;
    std::size_t look = 0;
    for (int i = 0; i < steps; ++i) {
      const double e = policy.at(steps - i, x);
      if (look < looks.size() && i == looks[look]) all.effort[look++].add(e);
      x += 2 * e / steps + sd * noise[static_cast<std::size_t>(i)];
    }
    all.attained.add(x >= 1);
    all.ends[0] += std::abs(x + 0.3) < 0.7;
    all.ends[1] += std::abs(x - 2.3) < 0.7;
  }
  return all;
}

TEST(Planning, SA6ValueAndFirstEffort) {
  const Policy coarse = policy_of(100), fine = policy_of(400);
  const double error_100 = exact_value - coarse.value, error_400 = exact_value - fine.value;
  EXPECT_LT(error_400, 0.6 * error_100);  // ~ sqrt(dt)
  EXPECT_LT(error_400, 0.01 * exact_value);
  EXPECT_NEAR(2 * fine.value - coarse.value, exact_value, 0.002 * exact_value);
  EXPECT_NEAR(fine.first_effort, exact_effort, 0.003 * exact_effort);
}

TEST(Planning, SA6AttainmentAndMeanEffort) {
  const Policy policy = policy_of(200);
  const Rollout coarse = roll_out(policy_of(25), 25, 60'000, 5);
  const Rollout fine = roll_out(policy, 200, 165'000, 6);
  EXPECT_LE(fine.attained.error(), 0.005 * exact_chance);
  const double error_25 = exact_chance - coarse.attained.mean();
  const double error_200 = exact_chance - fine.attained.mean();
  EXPECT_GT(error_25, 0.02);  // about .029: ~ sqrt(dt)
  EXPECT_LT(error_200, 0.5 * error_25);
  EXPECT_NEAR(policy.first_effort, exact_effort, 0.004 * exact_effort);
  for (std::size_t i = 1; i < fine.effort.size(); ++i)
    expect_exact(fine.effort[i], exact_effort, "mean effort");
  // (b): the density is that without effort times exp(w(x)).
  const auto between = [](double a, double b) { return sim::normal_cdf(b) - sim::normal_cdf(a); };
  EXPECT_NEAR(static_cast<double>(fine.ends[1]) / fine.ends[0],
              std::exp(1) * between(0.8, 1.5) / between(-0.5, 0.2), 0.02);
}

// 13 weeks of 31 steps each, by the table as a rep would read it.
TEST(Planning, SA6ThroughTheTable) {
  DynamicSetup setup;
  setup.paces = {2 * most_effort / 13};
  setup.biases = {1};
  setup.cost = most_effort * most_effort / 13;
  setup.sd = 2 / std::sqrt(13);
  setup.steps_per_week = 31;
  setup.cells = 50;
  const DynamicTable table(prize(), setup);
  EXPECT_NEAR(table.value(13, 0, setup.paces[0], 0), exact_value, 0.01 * exact_value);
  EXPECT_NEAR(most_effort * table.effort(13, 0, setup.paces[0], 0), exact_effort, 0.002);
  for (const double x : {0.2, 0.5, 0.7}) {  // V_x = e phi' / phi, half of the period left
    const double z = (x - 0.5) / std::sqrt(6.0 / 13), b = std::exp(1) - 1;
    const double density = std::exp(-z * z / 2) / std::sqrt(2 * 3.141592653589793 * 6 / 13);
    const double effort = b * density / (1 + b * sim::normal_cdf(z));
    EXPECT_NEAR(most_effort * table.effort(6, x / 0.5, setup.paces[0], 0), effort, 0.02 * effort);
  }
}

// SA6(c): under a discount effort rises with exp(rho t).
TEST(Planning, SA6EffortRisesWithTheDiscount) {
  constexpr int steps = 13;
  constexpr double rate = 0.4;
  NormalStep step = step_of(steps);
  step.discount = std::exp(-rate / steps);
  const PayCurve pay = PayCurve::line(0.5);
  NormalProgramme programme(pay, step, {-2, 0.05, 121});
  for (int left = 1; left <= steps; ++left) {
    programme.back();
    EXPECT_NEAR(most_effort * programme.effort()[40], std::exp(-rate * left / steps), 1e-6);
  }
}

}  // namespace
