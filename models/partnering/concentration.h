// SPDX-License-Identifier: Apache-2.0
#pragma once
// How much of the revenue the largest partners bring (SB9).

#include "sim/math.h"

namespace partnering {

// Revenue of a partner is Pareto with this exponent, alpha > 1.
struct ParetoRevenue {
  double alpha = 2;

  // Of the largest `top` of partners, (0, 1].
  double share(double top) const { return sim::pow(top, 1 - 1 / alpha); }
  double gini() const { return 1 / (2 * alpha - 1); }
  // Where `top` of partners bring `share`, as 20% bring 80%; top < share < 1.
  static double alpha_of(double top, double share) {
    return sim::log(top) / (sim::log(top) - sim::log(share));
  }
};

// Log revenue is normal with this standard deviation.
struct LognormalRevenue {
  double sigma = 1;

  double share(double top) const {
    return 1 - sim::normal_cdf(sim::normal_quantile(1 - top) - sigma);
  }
  double gini() const { return 2 * sim::normal_cdf(sigma / sim::sqrt(2)) - 1; }
  static double sigma_of(double top, double share) {
    return sim::normal_quantile(1 - top) - sim::normal_quantile(1 - share);
  }
};

// Among partners of whom a share is active and the rest sell nothing, the top of those signed are
// this top of the active.
constexpr double top_of_active(double top_of_signed, double activation) {
  return top_of_signed < activation ? top_of_signed / activation : 1;
}

}  // namespace partnering
