// SPDX-License-Identifier: Apache-2.0
#pragma once
// A joint project needs both firms (SC1): what is risky for each is riskier together, less so if
// the same shocks hit both.

#include "sim/math.h"

namespace ventures {

// P(both survive), of firms that survive with p1 and p2; correlation of the two events. At equal p
// any correlation in [0, 1] is possible, elsewhere not all are (see SharedShock).
inline double pair_survival(double p1, double p2, double correlation = 0) {
  return p1 * p2 + correlation * sim::sqrt(p1 * (1 - p1) * p2 * (1 - p2));
}

// How they come to be correlated: each dies of its own causes, or of a shock that takes both
// (Marshall, Olkin 1967). Hazards per unit of time, constant.
struct SharedShock {
  double first = 0, second = 0;  // own hazards
  double shared = 0;             // of what takes both at once

  double first_alive(double time) const { return sim::exp(-(first + shared) * time); }
  double second_alive(double time) const { return sim::exp(-(second + shared) * time); }
  double both_alive(double time) const { return sim::exp(-first_break() * time); }
  double first_break() const { return first + second + shared; }  // hazard of it: hazards add

  // Of "the one lives" and "the other lives" at a time; some hazard is above 0.
  double correlation(double time) const {
    const double p1 = first_alive(time), p2 = second_alive(time);
    return (both_alive(time) - p1 * p2) / sim::sqrt(p1 * (1 - p1) * p2 * (1 - p2));
  }

  // Firms that live at `time` with p1 and p2 (in (0, 1)), so correlated then. Where that is more
  // than shared shocks can do, all shocks that can be are shared.
  static SharedShock of(double p1, double p2, double correlation, double time) {
    const double h1 = -sim::log(p1) / time, h2 = -sim::log(p2) / time;
    const double most = h1 < h2 ? h1 : h2;
    const double wanted = sim::log(pair_survival(p1, p2, correlation) / (p1 * p2)) / time;
    const double both = wanted < most ? wanted : most;
    return {h1 - both, h2 - both, both};
  }
};

}  // namespace ventures
