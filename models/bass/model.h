// SPDX-License-Identifier: Apache-2.0
#pragma once
// Adoption of one product (Bass 1969): who has not adopted yet does so with hazard p + q F, where F
// is the share that has. The smallest whole model: its curve is known, so it tests the engine.
//
// An engine week is one step of `step` years in which the hazard stays as it was at the beginning.
// Each agent has a threshold, drawn once: it adopts when the cumulative hazard passes it. That
// gives the exact probability 1 - exp(-hazard step) in each step, and costs nothing while it waits.

#include <array>
#include <cstdint>
#include <span>
#include <vector>

#include "models/bass/streams.h"
#include "sim/events.h"
#include "sim/model.h"

namespace bass {

using sim::Measured;

struct Adoption {
  double innovation = 0.03;
  double imitation = 0.38;
  std::int64_t agents = 1'000;
  double step = 1.0 / 52;

  static constexpr auto fields = sim::Pack{
      sim::field(&Adoption::innovation,
                 {.name = "innovation",
                  .unit = "1/year",
                  .meaning = "hazard of adopting without any adopter (Bass's p)",
                  .low = 0.01,
                  .high = 0.05,
                  .distribution = sim::Distribution::lognormal,
                  .min = 0,
                  .max = 100,
                  .source = "Sultan, Farley, Lehmann 1990 (science.md SC7)",
                  .evidence = sim::Evidence::field_study,
                  .role = sim::Role::uncertainty}),
      sim::field(&Adoption::imitation,
                 {.name = "imitation",
                  .unit = "1/year",
                  .meaning = "hazard added when all others have adopted (Bass's q)",
                  .low = 0.2,
                  .high = 0.6,
                  .distribution = sim::Distribution::lognormal,
                  .min = 0,
                  .max = 100,
                  .source = "Sultan, Farley, Lehmann 1990 (science.md SC7)",
                  .evidence = sim::Evidence::field_study,
                  .role = sim::Role::uncertainty}),
      sim::field(&Adoption::agents, {.name = "agents",
                                     .unit = "1",
                                     .meaning = "people who may adopt",
                                     .min = 1,
                                     .max = 100'000'000,
                                     .evidence = sim::Evidence::definition,
                                     .role = sim::Role::structural}),
      sim::field(&Adoption::step, {.name = "step",
                                   .unit = "year",
                                   .meaning = "time that one week of the engine stands for",
                                   .min = 1e-6,
                                   .max = 10,
                                   .evidence = sim::Evidence::definition,
                                   .role = sim::Role::structural})};
};

struct People : sim::Table<People> {
  Column<std::int64_t> adopted;  // week, -1 before
  static constexpr auto columns = sim::Pack{&People::adopted};
};

struct World {
  Adoption adoption;
  People people;
  sim::HazardCalendar calendar{1};  // one clock: all share the hazard
  std::vector<sim::Event> events;
  std::int64_t adopters = 0;

  World(const sim::Settings& settings, const sim::Setup& setup);
  void apply(const sim::Settings& settings) { adoption = settings.get<Adoption>("adoption"); }

  double share() const {
    return static_cast<double>(adopters) / static_cast<double>(people.size());
  }
  void adopt(const sim::Step& step);

  static const std::array<sim::Phase<World>, 1> week;
  static const std::array<sim::Outcome<World>, 2> outcomes;
  static const std::array<sim::AgentColumn<World>, 1> columns;

  void hash(sim::Digest& digest) const { digest.add_table(people); }
  static std::size_t bytes(const sim::Settings& settings);
};

inline constexpr std::array<sim::Phase<World>, 1> World::week{
    {{"adopt", "those whose threshold the cumulative hazard passes adopt",
      [](World& world, const sim::Step& step) { world.adopt(step); }}}};

inline constexpr std::array<sim::Outcome<World>, 2> World::outcomes{
    sim::integer_outcome<World>("adopters", "1", "people who have adopted", Measured::stock,
                                [](const World& world) { return world.adopters; }),
    sim::real_outcome<World>("share", "1", "share of people who have adopted", Measured::stock,
                             [](const World& world) { return world.share(); })};

inline constexpr std::array<sim::AgentColumn<World>, 1> World::columns{
    {{"people", "adopted", "week", "week of adoption, -1 before",
      [](const World& world) { return world.people.size(); },
      [](const World& world) { return world.people.adopted.span(); }}}};

const sim::ModelInfo& info();

}  // namespace bass
