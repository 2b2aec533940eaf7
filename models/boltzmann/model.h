// SPDX-License-Identifier: Apache-2.0
#pragma once
// Wealth by giving (Dragulescu and Yakovenko 2000): who has anything gives one unit to somebody.
// The common yardstick of agent-based engines; the rule of activation decides what is measured:
//
//   random       as many times as there are agents, a random agent gives     half end with nothing
//   synchronous  all who had something at the beginning of the step give      sqrt(2) - 1
//   shuffled     each agent once, in a fresh random order                     about 0.462
//
// Any agent may receive, the giver too. Nothing is lost: the sum is checked in each step.

#include <array>
#include <cstdint>
#include <vector>

#include "models/boltzmann/streams.h"
#include "sim/group_by.h"
#include "sim/model.h"
#include "sim/shuffle.h"

namespace boltzmann {

using sim::Measured;

enum class Rule : std::uint8_t { random, synchronous, shuffled };

struct Exchange {
  Rule rule = Rule::shuffled;
  std::int64_t agents = 10'000;
  std::int64_t endowment = 1;

  static constexpr auto fields =
      sim::Pack{sim::field(&Exchange::rule, {.name = "rule",
                                             .unit = "1",
                                             .meaning = "who gives when",
                                             .choices = {"random", "synchronous", "shuffled"},
                                             .evidence = sim::Evidence::definition,
                                             .role = sim::Role::structural}),
                sim::field(&Exchange::agents, {.name = "agents",
                                               .unit = "1",
                                               .meaning = "people who give and receive",
                                               .min = 1,
                                               .max = 100'000'000,
                                               .evidence = sim::Evidence::definition,
                                               .role = sim::Role::structural}),
                sim::field(&Exchange::endowment, {.name = "endowment",
                                                  .unit = "1",
                                                  .meaning = "units each person begins with",
                                                  .min = 0,
                                                  .max = 1000,
                                                  .evidence = sim::Evidence::definition,
                                                  .role = sim::Role::structural})};
};

struct People : sim::Table<People> {
  Column<std::int32_t> wealth;
  Column<Id> receiver;  // of this step's unit, none if there was none to give (rule synchronous)
  Column<std::int32_t> received;
  static constexpr auto columns = sim::Pack{&People::wealth, &People::receiver, &People::received};
};

struct World {
  Exchange exchange;
  People people;
  sim::Sums<People, People> sums;
  sim::Shuffle shuffle;
  std::vector<std::uint32_t> words;  // of a sweep
  std::int64_t total = 0;            // what is there to own

  World(const sim::Settings& settings, const sim::Setup& setup);

  void give(const sim::Step& step);         // by the rule
  void check(const sim::Step& step) const;  // throws sim::Error if a unit was lost or made
  std::int64_t sum() const;
  double share_zero() const;
  double gini() const;

  static const std::array<sim::Phase<World>, 2> week;
  static const std::array<sim::Outcome<World>, 3> outcomes;

  void hash(sim::Digest& digest) const { digest.add_table(people); }
  static std::size_t bytes(const sim::Settings& settings);

 private:
  void give_at_random(const sim::Step& step);
  void give_together(const sim::Step& step);
  void give_in_turn(const sim::Step& step);
};

inline constexpr std::array<sim::Phase<World>, 2> World::week{
    {{"give", "who has something gives one unit to somebody",
      [](World& world, const sim::Step& step) { world.give(step); }},
     {"check", "nothing was lost and nothing made",
      [](World& world, const sim::Step& step) { world.check(step); }}}};

inline constexpr std::array<sim::Outcome<World>, 3> World::outcomes{
    sim::integer_outcome<World>("total", "1", "units owned by all", Measured::stock,
                                [](const World& world) { return world.sum(); }),
    sim::real_outcome<World>("share_zero", "1", "share of people who have nothing", Measured::stock,
                             [](const World& world) { return world.share_zero(); }),
    sim::real_outcome<World>("gini", "1", "Gini coefficient of wealth", Measured::stock,
                             [](const World& world) { return world.gini(); })};

const sim::ModelInfo& info();

}  // namespace boltzmann
