// SPDX-License-Identifier: Apache-2.0
#pragma once
// How many of those who started together are still there (SC20). Each firm has a constant hazard of
// its own, gamma distributed; the frail go first, so the hazard of who is left falls although
// nobody's does:
//
//   S(t) = (1 + t / b)^-a,   hazard a / (b + t)

#include <array>
#include <cstddef>

#include "sim/math.h"
#include "sim/random.h"

namespace ventures {

// Establishments of March 1994 (569,419) that still existed after 1, 2, .. 10 years. U.S. Bureau of
// Labor Statistics, Business Employment Dynamics (science.md SC20).
inline constexpr std::array bls_survival{.796, .681, .606, .543, .496,
                                         .452, .415, .383, .357, .336};

struct Cohort {
  double shape = 1;  // a, of the hazards' distribution
  double scale = 1;  // b: the same unit of time; mean hazard a / b

  double alive(double time) const { return sim::exp(-shape * sim::log1p(time / scale)); }
  double hazard(double time) const { return shape / (scale + time); }         // of those alive then
  double pair_alive(double time) const { return alive(time) * alive(time); }  // independent (SC1)
  // Of a mean firm's hazard, the share that is left among survivors.
  double frailty(double time) const { return scale / (scale + time); }

  // The hazard of one firm, from a Draw of its own (Marsaglia, Tsang 2000).
  double draw(sim::Draw& draw) const {
    // A shape below 1 is one above it times a power of a uniform number.
    const double boost = shape < 1 ? sim::exp(-draw.exponential() / shape) : 1;
    const double d = (shape < 1 ? shape + 1 : shape) - 1.0 / 3, c = 1 / sim::sqrt(9 * d);
    for (;;) {
      const double x = draw.normal();
      const double log_u = -draw.exponential();
      const double v = 1 + c * x;
      if (v <= 0) continue;
      const double cube = v * v * v;
      if (log_u < x * x / 2 + d - d * cube + d * sim::log(cube)) return boost * d * cube / scale;
    }
  }
};

// Least squares of the ten figures; none is off by more than .0125.
inline constexpr Cohort bls_cohort{.719, 2.906};  // years

}  // namespace ventures
