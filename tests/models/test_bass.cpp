// SPDX-License-Identifier: Apache-2.0
// Bass against what is known of it (science.md, SC7): its own synchronous recursion, the Markov
// chain of small populations, the pure-birth chain in fine steps, and the closed form.
#include <gtest/gtest.h>

#include <cmath>
#include <vector>

#include "tests/models/plan.h"

namespace {

constexpr double p = 0.03, q = 0.38;

support::Outcome simulate(int agents, double step, int weeks, int replicates,
                          int record_every = 1) {
  return support::run(support::plan(
      "bass",
      {"adoption.agents=" + std::to_string(agents), "adoption.step=" + std::to_string(step),
       "run.weeks=" + std::to_string(weeks), "run.record_every=" + std::to_string(record_every),
       "run.replicates=" + std::to_string(replicates)}));
}

// F after `steps` steps in which the hazard stays as at their beginning.
double recursion(double step, int steps) {
  double share = 0;
  for (int i = 0; i < steps; ++i) share += (1 - share) * -std::expm1(-(p + q * share) * step);
  return share;
}

double closed_form(double time) {
  const double e = std::exp(-(p + q) * time);
  return (1 - e) / (1 + q / p * e);
}

std::vector<double> shares_at_the_end(const support::Outcome& result) {
  return result.last("share");
}

TEST(Bass, FollowsItsSynchronousRecursion) {
  for (const double step : {1.0, 0.25}) {
    const int steps = static_cast<int>(std::lround(5 / step));
    const auto mean = support::mean_of(shares_at_the_end(simulate(40'000, step, steps, 40, steps)));
    EXPECT_NEAR(mean.value, recursion(step, steps), 4 * mean.error) << "step " << step;
    EXPECT_LT(mean.error, 0.005 * mean.value);  // the bound means something
  }
}

// In a small population the mean is not the recursion's: the exact chain of the same steps, whose
// transition is binomial.
TEST(Bass, FollowsTheMarkovChainOfASmallPopulation) {
  constexpr int agents = 20, steps = 12;
  constexpr double step = 0.5;
  std::vector<double> chance(agents + 1);
  chance[0] = 1;
  for (int i = 0; i < steps; ++i) {
    std::vector<double> next(agents + 1);
    for (int n = 0; n <= agents; ++n) {
      const double adopt = -std::expm1(-(p + q * n / agents) * step);
      double binomial = std::pow(1 - adopt, agents - n);  // of k = 0 more
      for (int k = 0; n + k <= agents; ++k) {
        next[static_cast<std::size_t>(n + k)] += chance[static_cast<std::size_t>(n)] * binomial;
        binomial *= (agents - n - k) * adopt / ((k + 1) * (1 - adopt));
      }
    }
    chance = next;
  }
  double mean = 0, none = chance[0];
  for (int n = 0; n <= agents; ++n) mean += n * chance[static_cast<std::size_t>(n)];
  const auto adopters = simulate(agents, step, steps, 20'000, steps).last("adopters");
  const auto seen = support::mean_of(adopters);
  EXPECT_NEAR(seen.value, mean, 4 * seen.error);
  EXPECT_GT(std::abs(seen.value - agents * recursion(step, steps)), 4 * seen.error);  // can tell
  const auto still_none = static_cast<double>(std::count(adopters.begin(), adopters.end(), 0.0));
  EXPECT_NEAR(still_none / 20'000, none, 4 * std::sqrt(none / 20'000));
}

// E[time to k adopters] = sum over n < k of 1 / ((m - n)(p + q n / m)).
TEST(Bass, InFineStepsIsThePureBirthChain) {
  constexpr int agents = 50, replicates = 3'000;
  constexpr double step = 1.0 / 200;
  const auto result = simulate(agents, step, 6'000, replicates);
  for (const int target : {5, 25, 45}) {
    double expected = 0;
    for (int n = 0; n < target; ++n) expected += 1 / ((agents - n) * (p + q * n / agents));
    std::vector<double> times;
    for (std::size_t k = 0; k < replicates; ++k) {
      const auto& adopters = result.series("adopters", k).integers;
      const auto reached = std::lower_bound(adopters.begin(), adopters.end(), target);
      ASSERT_NE(reached, adopters.end());
      // It happened within the step before; half a step is also what the frozen hazard costs.
      times.push_back(step * (static_cast<double>(reached - adopters.begin()) + 0.5));
    }
    const auto mean = support::mean_of(times);
    EXPECT_NEAR(mean.value, expected, 4 * mean.error + 2 * step) << target << " adopters";
    if (target == 25) {
      EXPECT_NEAR(expected, 6.806, 0.0005);  // SC7
    }
  }
}

// The bias against the closed form is of first order: halving the step halves it.
TEST(Bass, ItsBiasFallsInProportionToTheStep) {
  std::vector<double> bias;
  for (const double step : {1.0, 0.5, 0.25, 0.125}) {
    const int steps = static_cast<int>(std::lround(5 / step));
    const auto mean =
        support::mean_of(shares_at_the_end(simulate(200'000, step, steps, 10, steps)));
    bias.push_back(closed_form(5) - mean.value);
    EXPECT_LT(mean.error, 0.05 * bias.back());
  }
  EXPECT_NEAR(closed_form(5), 0.3312, 0.00005);
  for (std::size_t i = 1; i < bias.size(); ++i)
    EXPECT_NEAR(bias[i - 1] / bias[i], 2, 0.25) << "bias " << bias[i - 1] << " and " << bias[i];
}

TEST(Bass, ADatedChangeSpeedsAdoptionUpFromItsWeekOn) {
  const auto result = support::run(support::plan(
      "bass", {"run.weeks=104", "run.record_every=1", "run.replicates=2"},
      "[[interventions]]\narm = \"advertised\"\ndate = 2027-02-01\nset.adoption.innovation = 0.3\n"
      "[arms.base]\n[arms.advertised]\n"));
  const auto& base = result.series("adopters", 0, 0).integers;
  const auto& advertised = result.series("adopters", 0, 1).integers;
  EXPECT_TRUE(std::equal(base.begin(), base.begin() + 52, advertised.begin()));
  EXPECT_GT(advertised[103], base[103] + 50);
  for (std::size_t week = 52; week < 104; ++week) EXPECT_GE(advertised[week], base[week]);
}

}  // namespace
