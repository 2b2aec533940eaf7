// SPDX-License-Identifier: Apache-2.0
// SA17: seats whose people leave at random and are replaced at once by people who must ramp up.
#include "models/planning/tenure.h"
#include "tests/models/planning/exact.h"

namespace {

using namespace planning;
using namespace planning_tests;

constexpr double hazard = 0.4308, ramp = 5.0 / 12;  // a year; years

struct Seats {
  Mean tenure, in_ramp, capacity;
};

// Each seat for 12 years, looked at in the middle of the last step; the tenures of who left.
Seats fill_seats(int steps_a_year, int seats) {
  const double step = 1.0 / steps_a_year;
  Seats all;
  const double chance = chance_to_leave(hazard, step);
  for (int seat = 0; seat < seats; ++seat) {
    sim::Draw draw = luck(17'000'000 + static_cast<std::uint64_t>(seat));
    int age = 0;
    for (int i = 0; i < 12 * steps_a_year; ++i) {
      const bool leaves = draw.bernoulli(chance);
      if (leaves && i < steps_a_year) {
        // Only who came in the first year, whenever they leave: no tenure is cut off.
        int more = 1;
        while (!draw.bernoulli(chance)) ++more;
        all.tenure.add((more - 0.5) * step);
      }
      age = leaves ? 0 : age + 1;
    }
    const double time = (age + 0.5) * step;
    all.in_ramp.add(time < ramp);
    all.capacity.add(ramped(time, ramp));
  }
  return all;
}

TEST(Planning, SA17TurnoverAndRamp) {
  EXPECT_NEAR(hazard_of(0.35), hazard, 5e-5);
  EXPECT_NEAR(mean_capacity(hazard, ramp), 0.9154, 5e-5);
  const Seats seats = fill_seats(24, 250'000);
  expect_exact(seats.tenure, 2.32, "years of tenure");
  expect_exact(seats.in_ramp, 0.164, "seats in ramp");
  expect_exact(seats.capacity, 0.9154, "capacity");
}

// The law of leaving is exact for any step; a chance of hazard x step is not.
TEST(Planning, SA17StepsDoNotMatter) {
  const double year = 1 - chance_to_leave(hazard, 1);
  for (const int steps : {4, 12, 52})
    EXPECT_NEAR(std::pow(1 - chance_to_leave(hazard, 1.0 / steps), steps), year, 1e-12);
  double before = 1;
  for (const int steps : {4, 12, 52}) {
    const double error = std::abs(std::pow(1 - hazard / steps, steps) - year);
    EXPECT_GT(error, 1e-4);
    EXPECT_LT(error, 0.4 * before);
    before = error;
  }
  EXPECT_EQ(mean_capacity(0, ramp), 1);
  EXPECT_EQ(ramped(3, 0), 1);
  EXPECT_EQ(ramped(-1, 2), 0);
}

}  // namespace
