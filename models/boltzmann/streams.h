// SPDX-License-Identifier: Apache-2.0
#pragma once
// The random streams of boltzmann. Append only: an old run must keep its numbers.

#include <array>

#include "sim/random.h"

namespace boltzmann::streams {

inline constexpr sim::Stream exchange{16, "exchange", "agent",
                                      "who receives from this agent (rule synchronous)"};
inline constexpr sim::Stream order{17, "order", "population", "the order of a shuffled sweep"};
inline constexpr sim::Stream sweep{18, "sweep", "population",
                                   "who receives, in order of the sweep (rules shuffled, random)"};

inline constexpr std::array all{exchange, order, sweep};

}  // namespace boltzmann::streams
