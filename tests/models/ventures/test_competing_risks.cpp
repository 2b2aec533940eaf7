// SPDX-License-Identifier: Apache-2.0
// SC4: fail, acquired, pivot, or a partner builds against it, whichever comes first.
#include <gtest/gtest.h>

#include <array>
#include <cmath>
#include <vector>

#include "models/ventures/competing_risks.h"
#include "tests/models/ventures/luck.h"

namespace {

using namespace ventures;
using namespace ventures_tests;

constexpr std::array hazards{.6, .3, .48, .35};  // a year
constexpr CompetingRisks risks{hazards};

// Of all uniform numbers alike: each cause gets its share, in one piece.
TEST(Ventures, SC4OneUniformNumberDrawsTheCause) {
  constexpr int numbers = 1'000'000;
  for (const double step : {1. / 52, .25, 2.}) {
    std::array<int, hazards.size()> count{};
    int none = 0;
    for (int i = 0; i < numbers; ++i) {
      const std::size_t cause = risks.draw(step, (i + .5) / numbers);
      if (cause == nothing)
        ++none;
      else
        ++count[cause];
    }
    const double total = 1.73;
    for (std::size_t k = 0; k < hazards.size(); ++k) {
      const double exact = hazards[k] / total * (1 - std::exp(-total * step));
      EXPECT_NEAR(static_cast<double>(count[k]) / numbers, exact, 3. / numbers);
      EXPECT_NEAR(risks.chance(k, step), exact, 1e-12);
    }
    EXPECT_NEAR(static_cast<double>(none) / numbers, std::exp(-total * step), 2. / numbers);
  }
}

struct Ends {
  std::array<Mean, hazards.size()> ever, within_a_year;
};

template <class Step>
Ends simulate(double step, std::uint64_t firms, const Step& which) {
  Ends ends;
  for (std::uint64_t firm = 0; firm < firms; ++firm) {
    sim::Draw draw = luck(40'000'000 + firm);
    std::size_t cause = nothing;
    double time = 0;
    for (; cause == nothing; time += step) cause = which(step, draw);
    for (std::size_t k = 0; k < hazards.size(); ++k) {
      ends.ever[k].add(cause == k);
      ends.within_a_year[k].add(cause == k && time < 1 + step / 2);
    }
  }
  return ends;
}

TEST(Ventures, SC4StepsOfAnyLengthGiveTheSharesOfTheHazards) {
  for (const double step : {1. / 52, .25, 2.}) {
    const Ends ends = simulate(
        step, 250'000, [](double dt, sim::Draw& draw) { return risks.draw(dt, draw.uniform()); });
    for (std::size_t k = 0; k < hazards.size(); ++k) {
      EXPECT_NEAR(risks.share(k), hazards[k] / 1.73, 1e-12);
      expect_exact(ends.ever[k], hazards[k] / 1.73, "share");
      if (step < 1)
        expect_exact(ends.within_a_year[k], hazards[k] / 1.73 * (1 - std::exp(-1.73)), "a year");
    }
  }
}

// One draw for each cause, the first that happens counts: what is asked first gets too much.
TEST(Ventures, SC4OneDrawForEachCauseDoesNot) {
  const Ends ends = simulate(1, 250'000, [](double dt, sim::Draw& draw) {
    for (std::size_t k = 0; k < hazards.size(); ++k)
      if (draw.uniform() < 1 - std::exp(-hazards[k] * dt)) return k;
    return nothing;
  });
  expect_other(ends.ever[0], hazards[0] / 1.73, "asked first");
  EXPECT_GT(ends.ever[0].mean(), risks.share(0));
  EXPECT_LT(ends.ever[3].mean(), risks.share(3));
}

// Hazards that move from step to step: the chances of steps add up to the cumulative incidence.
TEST(Ventures, SC4HazardsMayMoveBetweenSteps) {
  // Failing at rate t (a year of 52 weeks), acquired at .5 all along: survival exp(-t^2/2 - t/2).
  double alive = 1, failed = 0, exact = 0;
  for (int week = 0; week < 104; ++week) {
    const double step = 1. / 52, middle = (week + .5) * step;
    const std::array now{middle, .5};
    failed += alive * CompetingRisks{now}.chance(0, step);
    alive *= 1 - CompetingRisks{now}.any(step);
    for (int i = 0; i < 100; ++i) {
      const double t = (week + (i + .5) / 100) * step;
      exact += step / 100 * t * std::exp(-t * t / 2 - t / 2);
    }
  }
  EXPECT_NEAR(alive, std::exp(-3.), 1e-9);
  EXPECT_NEAR(failed, exact, 1e-4);
}

TEST(Ventures, SC4CausesWithoutHazardNeverHappen) {
  constexpr std::array none{0., 0.};
  EXPECT_EQ(CompetingRisks{none}.draw(1e9, .001), nothing);
  EXPECT_EQ(CompetingRisks{none}.chance(0, 1), 0);
  EXPECT_EQ(CompetingRisks{{}}.draw(1, .5), nothing);
  constexpr std::array some{0., 2., 0.};
  for (int i = 0; i < 1000; ++i) EXPECT_EQ(CompetingRisks{some}.cause((i + .5) / 1000), 1u);
  EXPECT_EQ(CompetingRisks{some}.draw(1e9, 1 - 1e-16), 1u);
}

}  // namespace
