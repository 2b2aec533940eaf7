// SPDX-License-Identifier: Apache-2.0
#include "models/boltzmann/model.h"

#include <fmt/format.h>

#include <algorithm>

namespace boltzmann {

namespace {

constexpr sim::Key person = sim::named("boltzmann.person");
constexpr sim::Key everybody = sim::named("boltzmann");
constexpr std::size_t batch = 2048;

// One unit from one to the other, if there is one. Without a branch: half of them would be guessed
// wrong.
void hand_over(std::int32_t* wealth, std::uint32_t giver, std::uint32_t receiver) {
  const std::int32_t unit = wealth[giver] > 0;
  wealth[giver] -= unit;
  wealth[receiver] += unit;
}

// A number below n from one word; the rare word that would bias it is replaced (Lemire 2019).
std::uint32_t below(std::uint32_t n, std::uint32_t floor, std::uint32_t word, sim::Draw& spare) {
  std::uint64_t product = static_cast<std::uint64_t>(word) * n;
  while (static_cast<std::uint32_t>(product) < floor)
    [[unlikely]] product = static_cast<std::uint64_t>(spare()) * n;
  return static_cast<std::uint32_t>(product >> 32);
}

}  // namespace

World::World(const sim::Settings& settings, const sim::Setup&)
    : exchange(settings.get<Exchange>("exchange")) {
  const auto agents = static_cast<std::size_t>(exchange.agents);
  people.reserve(agents);
  for (std::size_t i = 0; i < agents; ++i)
    people.wealth[people.add(sim::child(person, {}, i))] =
        static_cast<std::int32_t>(exchange.endowment);
  total = exchange.agents * exchange.endowment;
}

void World::give(const sim::Step& step) {
  switch (exchange.rule) {
    case Rule::random:
      return give_at_random(step);
    case Rule::synchronous:
      return give_together(step);
    case Rule::shuffled:
      return give_in_turn(step);
  }
}

void World::give_at_random(const sim::Step& step) {
  const auto n = static_cast<std::uint32_t>(people.size());
  const std::uint32_t floor = static_cast<std::uint32_t>(-n) % n;
  sim::Draw draw = step.draw(streams::sweep, everybody);
  for (std::size_t done = 0; done < n; done += words.size() / 2) {
    words.resize(2 * std::min(batch, n - done));
    draw.fill(words);
    for (std::size_t i = 0; i < words.size(); i += 2) {
      const std::uint32_t giver = below(n, floor, words[i], draw);
      const std::uint32_t receiver = below(n, floor, words[i + 1], draw);
      hand_over(people.wealth.data(), giver, receiver);
    }
  }
}

void World::give_together(const sim::Step& step) {
  const auto n = static_cast<std::uint32_t>(people.size());
  const std::span<std::int32_t> wealth = people.wealth.span(), received = people.received.span();
  const std::span<People::Id> receivers = people.receiver.span();
  step.each_rows(people, [&, wealth, received, receivers](std::size_t begin, std::size_t end) {
    std::array<std::uint32_t, sim::chunk_rows> drawn;
    step.fill_below(streams::exchange, people, begin, n, {drawn.data(), end - begin});
    for (std::size_t row = begin; row < end; ++row) {
      // none = all bits set, put in without a branch that would often be guessed wrong
      receivers[row] = People::Id(drawn[row - begin] | (std::uint32_t{wealth[row] > 0} - 1));
      received[row] = 0;
    }
  });
  sums.add(step.workers(), people, people.receiver, decltype(sums)::One{}, received);
  step.each_rows(people, [wealth, received](std::size_t begin, std::size_t end) {
    for (std::size_t row = begin; row < end; ++row)
      wealth[row] += received[row] - (wealth[row] > 0);
  });
}

void World::give_in_turn(const sim::Step& step) {
  const auto n = static_cast<std::uint32_t>(people.size());
  const std::uint32_t floor = static_cast<std::uint32_t>(-n) % n;
  const auto order = shuffle.order(n, step.draw(streams::order, everybody));
  sim::Draw draw = step.draw(streams::sweep, everybody);
  for (std::size_t done = 0; done < n; done += words.size()) {
    words.resize(std::min(batch, n - done));
    draw.fill(words);
    for (std::size_t i = 0; i < words.size(); ++i)
      hand_over(people.wealth.data(), order[done + i], below(n, floor, words[i], draw));
  }
}

std::int64_t World::sum() const {
  std::int64_t all = 0;
  for (const std::int32_t wealth : people.wealth) all += wealth;
  return all;
}

void World::check(const sim::Step&) const {
  if (const std::int64_t all = sum(); all != total)
    throw sim::Error(fmt::format("boltzmann: there were {} units and now are {}", total, all));
}

double World::share_zero() const {
  const auto poor = std::count(people.wealth.begin(), people.wealth.end(), 0);
  return static_cast<double>(poor) / static_cast<double>(people.size());
}

// Half the mean absolute difference of two people over the mean, from the numbers of people by
// wealth.
double World::gini() const {
  if (total == 0) return 0;
  std::vector<std::int64_t> people_with;
  for (const std::int32_t wealth : people.wealth) {
    if (static_cast<std::size_t>(wealth) >= people_with.size())
      people_with.resize(static_cast<std::size_t>(wealth) + 1);
    ++people_with[static_cast<std::size_t>(wealth)];
  }
  double weighted = 0;  // sum over people in order of wealth of (2 rank - n - 1) wealth
  std::int64_t before = 0;
  const auto n = static_cast<std::int64_t>(people.size());
  for (std::size_t wealth = 0; wealth < people_with.size(); ++wealth) {
    const std::int64_t count = people_with[wealth];
    weighted += static_cast<double>(wealth) * static_cast<double>(count) *
                static_cast<double>(2 * before + count - n);
    before += count;
  }
  return weighted / (static_cast<double>(n) * static_cast<double>(total));
}

std::size_t World::bytes(const sim::Settings& settings) {
  const auto agents = static_cast<std::size_t>(settings.get<Exchange>("exchange").agents);
  constexpr std::size_t row = sizeof(sim::Key) + 1 + 3 * sizeof(std::int32_t);
  constexpr std::size_t scratch = 2 * sizeof(std::uint32_t) + 1;
  return agents * (row + scratch);
}

const sim::ModelInfo& info() {
  static const sim::ModelInfo described =
      sim::describe<World>({"boltzmann",
                            "wealth by giving: the common yardstick of agent-based engines",
                            {sim::section<Exchange>("exchange", "who gives to whom")}},
                           streams::all);
  return described;
}

}  // namespace boltzmann
