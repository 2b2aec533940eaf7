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

template <class World>
void run_week(World& world, std::span<const Phase<World>> phases, const Step& step,
              PhaseSeconds& seconds) {
  using Clock = std::chrono::steady_clock;
  seconds.resize(phases.size());
  auto before = Clock::now();
  for (std::size_t i = 0; i < phases.size(); ++i) {
    phases[i].run(world, step);
    const auto after = Clock::now();
    seconds[i] += std::chrono::duration<double>(after - before).count();
    before = after;
  }
}

}  // namespace sim
