// SPDX-License-Identifier: Apache-2.0
#pragma once
// Several things may happen to a firm, each at its own rate, and the first one to happen ends the
// wait (SC4): it fails, is acquired, pivots, a partner builds against it. The chances of a step are
// exact for hazards constant within it, whatever its length:
//
//   P(cause k within dt) = h_k / H  (1 - exp(-H dt)),   H = sum h
//
// which is not one draw for each cause: two of them could then happen at once.

#include <cstddef>
#include <span>

#include "sim/math.h"

namespace ventures {

inline constexpr std::size_t nothing = static_cast<std::size_t>(-1);

struct CompetingRisks {
  std::span<const double> hazards;  // per unit of time, >= 0, finite

  double total() const {
    double sum = 0;
    for (const double hazard : hazards) sum += hazard;
    return sum;
  }
  double any(double step) const { return -sim::expm1(-total() * step); }  // happens within it
  double share(std::size_t cause) const {  // of all that ever happens
    const double sum = total();
    return sum > 0 ? hazards[cause] / sum : 0;
  }
  double chance(std::size_t cause, double step) const { return share(cause) * any(step); }

  // Which cause happens within the step, by one uniform number in (0, 1); or nothing.
  std::size_t draw(double step, double uniform) const {
    const double happens = any(step);
    return uniform < happens ? cause(uniform / happens) : nothing;
  }

  // Which one it was, given that one of them happened (total > 0); for callers who know by a
  // threshold of their own when (statistics.md, "Common random numbers").
  std::size_t cause(double uniform) const {
    double mark = uniform * total();
    std::size_t last = nothing;
    for (std::size_t k = 0; k < hazards.size(); ++k) {
      if (!(hazards[k] > 0)) continue;
      last = k;
      mark -= hazards[k];
      if (mark < 0) break;
    }
    return last;
  }
};

}  // namespace ventures
