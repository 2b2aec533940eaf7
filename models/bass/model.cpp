// SPDX-License-Identifier: Apache-2.0
#include "models/bass/model.h"

namespace bass {

namespace {
constexpr sim::Key person = sim::named("bass.person");
}

World::World(const sim::Settings& settings, const sim::Setup& setup)
    : adoption(settings.get<Adoption>("adoption")) {
  const auto agents = static_cast<std::size_t>(adoption.agents);
  people.reserve(agents);
  calendar.reserve(agents);
  calendar.reserve_clock(0, agents);
  for (std::size_t i = 0; i < agents; ++i) {
    const sim::Key key = sim::child(person, {}, i);
    const People::Id id = people.add(key);
    people.adopted[id] = -1;
    sim::Draw draw = setup.random.draw(streams::adoption, key);
    const double threshold = draw.exponential();
    calendar.schedule({.key = key, .entity = id.index(), .tie = draw(), .threshold = threshold});
  }
}

void World::adopt(const sim::Step& step) {
  const double hazard = (adoption.innovation + adoption.imitation * share()) * adoption.step;
  calendar.advance(step.week(), std::span(&hazard, 1), events);
  for (const sim::Event& event : events) people.adopted[People::Id(event.entity)] = step.week();
  adopters += static_cast<std::int64_t>(events.size());
}

std::size_t World::bytes(const sim::Settings& settings) {
  const auto agents = static_cast<std::size_t>(settings.get<Adoption>("adoption").agents);
  constexpr std::size_t row = sizeof(sim::Key) + 1 + sizeof(std::int64_t);
  return agents * (row + sim::HazardCalendar::bytes_per_entry);
}

const sim::ModelInfo& info() {
  static const sim::ModelInfo described =
      sim::describe<World>({"bass",
                            "adoption of one product by people who imitate each other",
                            {sim::section<Adoption>("adoption", "who adopts, and how fast")}},
                           streams::all);
  return described;
}

}  // namespace bass
