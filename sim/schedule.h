// SPDX-License-Identifier: Apache-2.0
#pragma once
// The week as a list one can read, print (`pardner phases`) and time.

#include <chrono>
#include <cstddef>
#include <span>
#include <string_view>
#include <vector>

#include "sim/step.h"

namespace sim {

template <class World>
struct Phase {
  std::string_view name;
  std::string_view meaning;
  void (*run)(World&, const Step&);
};

// Seconds spent in each phase since the start of a run.
using PhaseSeconds = std::vector<double>;

// The place in the list of the phase that runs as number `i`, if all between the first and the last
// begin `rotated` phases later: the first opens a week and the last closes it. For a look at how
// far results hang on where a week begins.
constexpr std::size_t rotated_phase(std::size_t i, std::size_t phases, std::size_t rotated) {
  if (i == 0 || i + 1 >= phases) return i;
  return 1 + (i - 1 + rotated) % (phases - 2);
}

template <class World>
void run_week(World& world, std::span<const Phase<World>> phases, const Step& step,
              PhaseSeconds& seconds, std::size_t rotated = 0) {
  using Clock = std::chrono::steady_clock;
  seconds.resize(phases.size());
  auto before = Clock::now();
  for (std::size_t place = 0; place < phases.size(); ++place) {
    const std::size_t i = rotated == 0 ? place : rotated_phase(place, phases.size(), rotated);
    phases[i].run(world, step);
    const auto after = Clock::now();
    seconds[i] += std::chrono::duration<double>(after - before).count();
    before = after;
  }
}

}  // namespace sim
