// SPDX-License-Identifier: Apache-2.0
// What a partner learns (EQ12), and what it makes of it (H2).
#include <gtest/gtest.h>

#include <cmath>

#include "tests/models/startups/giants.h"

namespace {

using namespace startups;

// The differential equation has the solution 1 - exp(-rate access (1 - protect) t), in any steps.
TEST(Leak, IsTheExactSolutionOfItsEquation) {
  Leak leak;
  leak.rate = 0.8;
  leak.protect = 0.25;
  double weekly = 0;
  for (int week = 0; week < 104; ++week) weekly = leak.after(weekly, 0.5, 1. / 52);
  EXPECT_NEAR(weekly, 1 - std::exp(-0.8 * 0.5 * 0.75 * 2), 1e-12);
  EXPECT_NEAR(leak.after(0, 0.5, 2), weekly, 1e-12);
  EXPECT_EQ(leak.after(0.3, 0, 5), 0.3);
}

double known_after(std::vector<std::string> overrides, Kind kind, Interface interface, int weeks) {
  support::OneGiant one(overrides);
  one.sign(0, kind, interface);
  for (int i = 0; i < weeks; ++i) one.giants_week();
  return one.world.dealings.knowledge[one.dealing(0)];
}

TEST(Leak, GoesByWhatIsSharedAndByWhatTheKindLetsSee) {
  const auto known = [](const char* share, Kind kind, Interface interface) {
    return known_after({std::string("stake.share=") + share, "build_or_buy.build_rate=0",
                        "build_or_buy.buy_rate=0"},
                       kind, interface, 52);
  };
  EXPECT_EQ(known("0", Kind::oem, Interface::open), 0);
  EXPECT_EQ(known("1", Kind::logo, Interface::open), 0);
  EXPECT_NEAR(known("1", Kind::oem, Interface::open), 1 - std::exp(-.5 * .7), 1e-12);
  EXPECT_NEAR(known("0.5", Kind::oem, Interface::open), 1 - std::exp(-.25 * .7), 1e-12);
  EXPECT_GT(known("1", Kind::platform, Interface::restricted),
            known("1", Kind::platform, Interface::open));
}

// What has been learned stays when the partnership ends, and nothing is added.
TEST(Leak, StaysAfterTheEnd) {
  support::OneGiant one({"stake.share=1", "build_or_buy.build_rate=0", "build_or_buy.buy_rate=0"});
  const auto program = one.sign(0, Kind::oem);
  for (int i = 0; i < 26; ++i) one.giants_week();
  const double known = one.world.dealings.knowledge[one.dealing(0)];
  EXPECT_GT(known, 0.1);
  one.world.programs.retire(program);
  for (int i = 0; i < 26; ++i) one.giants_week();
  EXPECT_EQ(one.world.dealings.knowledge[one.dealing(0)], known);
}

}  // namespace
