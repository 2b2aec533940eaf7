// SPDX-License-Identifier: Apache-2.0
// How long to look at candidates, and whom to take: against closed forms and brute force.
#include <gtest/gtest.h>

#include <cmath>

#include "models/planning/screening.h"
#include "sim/random.h"

namespace {

using namespace planning;

constexpr sim::Stream stream{1, "test", "test", "test", sim::Level::chance};

TEST(Screening, WithNothingToSeeAllAreTakenUnseen) {
  for (const Candidates those : {Candidates{100, 0, 2, 20, 40, 8}, Candidates{0, 300, 0, 20, 40, 8},
                                 Candidates{50, 70, 0, 5, 5, 8}}) {
    const Screen best = best_screen(those);
    EXPECT_EQ(best.look_hours, 0);
    EXPECT_EQ(best.taken, 1);
    EXPECT_NEAR(best.per_hour, (those.fixed + those.scale) / (those.find + those.take), 1e-9);
  }
}

TEST(Screening, WhatIsWorthNothingTakesNoHours) {
  EXPECT_EQ(best_screen({0, 0, 1, 20, 40, 8}).per_hour, 0);
  EXPECT_EQ(best_screen({-100, 50, 1, 20, 40, 8}).per_hour, 0);
}

// The more candidates differ, the more a look is worth; who is paid a fixed sum for each never
// looks.
TEST(Screening, LooksWhereItPays) {
  double before = 0, taken_before = 1.1;
  for (const double sigma : {0., .5, 1., 1.5}) {
    const Screen best = best_screen({0, 1000, sigma, 10, 80, 8});
    EXPECT_GE(best.per_hour, before);
    EXPECT_LT(best.taken, taken_before) << sigma;
    before = best.per_hour;
    taken_before = best.taken;
  }
  EXPECT_GT(best_screen({0, 1000, 1, 10, 80, 8}).look_hours, 0);
  EXPECT_EQ(best_screen({1000, 100, .3, 10, 80, 8}).look_hours, 0);
}

// Worth per hour of the rule, by drawing candidates, for several rules: the closed form is right,
// and no other rule of the same kind does better.
TEST(Screening, TheRuleIsTheBestOfItsKind) {
  const Candidates those{200, 1000, 1.2, 20, 40, 8};
  const Screen best = best_screen(those);
  const sim::Random random(7, 0);
  const auto simulated = [&](double look, double least) {
    const double seen = look / (look + those.half_hours);
    double worth = 0, hours = 0;
    for (std::uint64_t i = 0; i < 400'000; ++i) {
      sim::Draw draw = random.draw(stream, sim::child(sim::named("c"), sim::named("c"), i));
      const double z = draw.normal();
      const double m = seen * z + std::sqrt(seen * (1 - seen)) * draw.normal();
      hours += those.find + look;
      if (worth_of(those, seen, m) < least) continue;
      hours += those.take;
      worth +=
          those.fixed + those.scale * std::exp(those.sigma * z - those.sigma * those.sigma / 2);
    }
    return worth / hours;
  };
  const double at = simulated(best.look_hours, best.per_hour * those.take);
  EXPECT_NEAR(at, best.per_hour, .02 * best.per_hour);
  for (const double look : {0., 4., 16., 64.})
    for (const double factor : {0., .5, 1.5, 3.})
      EXPECT_LT(simulated(look, factor * best.per_hour * those.take), 1.02 * best.per_hour);
}

}  // namespace
