// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include <array>
#include <string>
#include <thread>

#include "sim/schedule.h"

namespace {

struct World {
  std::string done;
};

constexpr std::array week{
    sim::Phase<World>{"first", "",
                      [](World& world, const sim::Step& step) {
                        world.done += "a" + std::to_string(step.week());
                      }},
    sim::Phase<World>{"second", "", [](World& world, const sim::Step&) {
                        world.done += "b ";
                        std::this_thread::sleep_for(std::chrono::milliseconds(5));
                      }}};

TEST(Schedule, RunsPhasesInOrderAndTimesThem) {
  const sim::Calendar calendar(sim::Calendar::Kind::fiscal, sim::Date::from_civil(2026, 2, 2));
  const sim::Random random(1, 0);
  World world;
  sim::PhaseSeconds seconds;
  for (int number = 0; number < 3; ++number)
    sim::run_week<World>(world, week, sim::Step(number, calendar, random, sim::serial_workers()),
                         seconds);
  EXPECT_EQ(world.done, "a0b a1b a2b ");
  ASSERT_EQ(seconds.size(), 2u);
  EXPECT_GE(seconds[1], 0.015);
  EXPECT_LT(seconds[0], seconds[1]);
}

// Rotated: the first phase still opens the week, the last closes it, all others keep their cycle.
TEST(Schedule, RotatesWhatIsBetweenTheFirstAndTheLast) {
  using Letter = sim::Phase<World>;
  static constexpr std::array letters{
      Letter{"a", "", [](World& world, const sim::Step&) { world.done += "a"; }},
      Letter{"b", "", [](World& world, const sim::Step&) { world.done += "b"; }},
      Letter{"c", "", [](World& world, const sim::Step&) { world.done += "c"; }},
      Letter{"d", "", [](World& world, const sim::Step&) { world.done += "d"; }},
      Letter{"e", "", [](World& world, const sim::Step&) { world.done += "e"; }}};
  const sim::Calendar calendar(sim::Calendar::Kind::fiscal, sim::Date::from_civil(2026, 2, 2));
  const sim::Random random(1, 0);
  const auto order = [&](std::size_t rotated) {
    World world;
    sim::PhaseSeconds seconds;
    sim::run_week<World>(world, letters, sim::Step(0, calendar, random, sim::serial_workers()),
                         seconds, rotated);
    return world.done;
  };
  EXPECT_EQ(order(0), "abcde");
  EXPECT_EQ(order(1), "acdbe");
  EXPECT_EQ(order(2), "adbce");
  EXPECT_EQ(order(3), "abcde");
}

}  // namespace
