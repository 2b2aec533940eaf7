// SPDX-License-Identifier: Apache-2.0
#pragma once
// Knowledge that training lifts every so often and time takes away (SB11), in the long run.

#include "sim/math.h"

namespace partnering {

struct Sawtooth {
  double gain = 0;   // g: share of the gap to 1 that a training closes, [0, 1]
  double decay = 0;  // d: of knowledge, per unit of time, > 0
  double every = 1;  // T: from training to training

  double peak() const { return gain / (1 - (1 - gain) * sim::exp(-decay * every)); }
  double trough() const { return peak() * sim::exp(-decay * every); }
  double mean() const { return peak() * -sim::expm1(-decay * every) / (decay * every); }
};

}  // namespace partnering
