// SPDX-License-Identifier: Apache-2.0
#pragma once
// People who leave and people who start (SA17). Times in any one unit.

#include <algorithm>

#include "sim/math.h"

namespace planning {

// The hazard at which a share `lost` in [0, 1) of people leaves within one unit of time.
inline double hazard_of(double lost) { return -sim::log1p(-lost); }

// Chance to leave within `time`: exact for any step (SC7).
inline double chance_to_leave(double hazard, double time) { return -sim::expm1(-hazard * time); }

// Capacity of somebody who started `age` ago: grows from 0 to 1 over `ramp`.
inline double ramped(double age, double ramp) {
  return ramp > 0 ? std::clamp(age / ramp, 0.0, 1.0) : 1;
}

// In the long run, with leavers replaced at once: mean capacity of a seat.
inline double mean_capacity(double hazard, double ramp) {
  const double reach = hazard * ramp;
  return reach > 0 ? -sim::expm1(-reach) / reach : 1;
}

}  // namespace planning
