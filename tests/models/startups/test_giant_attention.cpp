// SPDX-License-Identifier: Apache-2.0
// Hours of a large firm for its partners (H4, H6).
#include <gtest/gtest.h>

#include <numeric>

#include "tests/models/startups/giants.h"

namespace {

using namespace startups;

std::vector<double> split(const Attention& attention, std::vector<double> worth) {
  planning::HourSplit hours;
  std::vector<double> scratch, given(worth.size());
  attention(worth, hours, scratch, given);
  return given;
}

// SA5: without touch, hours go as worth^(1/(1-elasticity)).
TEST(GiantAttention, IsTheClosedForm) {
  Attention attention;
  attention.hours = 100;
  attention.touch_hours = 0;
  attention.elasticity = 0.5;
  attention.large_firms = 2;
  attention.large_worth = sim::Money{200};
  const auto given = split(attention, {100, 300});
  const double all = 2 * 200. * 200 + 100. * 100 + 300. * 300;
  EXPECT_NEAR(given[0], 100 * 100. * 100 / all, 1e-9);
  EXPECT_NEAR(given[1], 100 * 300. * 300 / all, 1e-9);
}

// H6: a startup's share falls faster than its worth does, and is nothing below the touch.
TEST(GiantAttention, TheSmallGetLessThanTheirShareAndTheSmallestNothing) {
  Attention attention;
  const double large = static_cast<double>(attention.large_worth.minor);
  double before = 1;
  for (const double size : {1.0, 0.5, 0.25, 0.15}) {
    const double share = split(attention, {size * large})[0] / attention.hours;
    EXPECT_LT(share, before);
    EXPECT_LE(share, size / (size + 12) + .004) << size;  // .004: the touch of 2 of 400 hours
    before = share;
  }
  EXPECT_EQ(split(attention, {1e-4 * large})[0], 0);
  EXPECT_EQ(attention.field(attention.touch_hours), 0);
}

// Of two startups the one that is worth more gets the hours; nobody gets more than there are.
TEST(GiantAttention, FollowsWorthInTheWorld) {
  support::OneGiant one(
      {"attention.on=true", "attention.large_worth=100_000", "attention.touch_hours=0.5"}, 2);
  one.world.startups.fit[Startups::Id(1)] = 0.1;
  one.sign(0, Kind::joint_selling);
  one.sign(1, Kind::joint_selling);
  one.giants_week();
  const auto& dealings = one.world.dealings;
  EXPECT_NEAR(dealings.worth[one.dealing(0)] / dealings.worth[one.dealing(1)], 8, 1e-9);
  EXPECT_GT(dealings.hours[one.dealing(0)], 8 * dealings.hours[one.dealing(1)]);
  EXPECT_LT(dealings.hours[one.dealing(0)], 400);
  EXPECT_EQ(one.world.programs.to_hours[dealings.program[one.dealing(0)]], 10);  // the pace
}

TEST(GiantAttention, WhoHasLeftGetsNone) {
  support::OneGiant one({"attention.on=true", "attention.large_worth=100_000"});
  const auto program = one.sign(0, Kind::joint_selling);
  one.giants_week();
  EXPECT_GT(one.world.dealings.hours[one.dealing(0)], 0);
  one.world.programs.retire(program);
  one.giants_week();
  EXPECT_EQ(one.world.dealings.hours[one.dealing(0)], 0);
  EXPECT_FALSE(one.world.dealings.partners(one.dealing(0)));
}

}  // namespace
