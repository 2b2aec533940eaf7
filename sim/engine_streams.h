// SPDX-License-Identifier: Apache-2.0
#pragma once
// The engine's own random streams (ids 0..15; those of models start at 16). Append only.

#include "sim/random.h"

namespace sim::engine {

inline constexpr Stream inputs{0, "inputs", "parameter",
                               "position of an uncertain parameter within its belief"};

}  // namespace sim::engine
