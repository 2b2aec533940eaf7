// SPDX-License-Identifier: Apache-2.0
#pragma once
// The random streams of bass. Append only: an old run must keep its numbers.

#include <array>

#include "sim/random.h"

namespace bass::streams {

inline constexpr sim::Stream adoption{16, "adoption", "agent",
                                      "unit-exponential threshold of the adoption hazard"};

inline constexpr std::array all{adoption};

}  // namespace bass::streams
