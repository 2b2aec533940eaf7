// SPDX-License-Identifier: Apache-2.0
#pragma once
// How often a firm changes course under a constant hazard (SC5): Poisson. A model that asks once a
// step, with the exact chance 1 - exp(-h dt), counts at most one a step: never to have changed
// keeps its exact chance, and the mean is too small by a share of about h dt / 2 (0.46% at .04 a
// month in weekly steps). With the chance h dt it is the other way round: the mean is exact, and
// too few never change.

#include "sim/math.h"

namespace ventures {

struct PivotCounts {
  double hazard = 0;  // per unit of time
  double time = 0;

  double mean() const { return hazard * time; }
  double chance(int count) const {  // Poisson
    double chance = sim::exp(-mean());
    for (int k = 1; k <= count; ++k) chance *= mean() / k;
    return chance;
  }
};

// Asked at the end of each of so many steps, at most one each: binomial.
struct SteppedPivots {
  double hazard = 0;
  double step = 0;  // unit of time
  int steps = 0;

  double in_a_step() const { return -sim::expm1(-hazard * step); }
  double mean() const { return steps * in_a_step(); }
  double chance(int count) const {
    const double p = in_a_step(), odds = sim::expm1(hazard * step);  // p / (1 - p)
    if (p >= 1) return count == steps ? 1 : 0;
    double chance = sim::exp(-hazard * step * steps);
    for (int k = 1; k <= count; ++k) chance *= odds * (steps - k + 1) / k;
    return chance;
  }
};

}  // namespace ventures
