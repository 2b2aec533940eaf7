// SPDX-License-Identifier: Apache-2.0
#pragma once
// A choice among offers by multinomial logit (SC8; McFadden 1974), and prices on such a market.

#include <cstddef>
#include <span>

#include "sim/math.h"

namespace ventures {

// Utilities plus independent Gumbel noise of that scale: the best of them.
struct Logit {
  std::span<const double> utility;  // one or more
  double scale = 1;                 // mu, > 0

  double best() const {
    double most = utility[0];
    for (const double v : utility) most = v > most ? v : most;
    return most;
  }
  double share(std::size_t which) const {
    return sim::exp((utility[which] - best()) / scale) / weight();
  }
  double logsum() const { return best() + scale * sim::log(weight()); }  // less Euler's .5772 scale

 private:
  double weight() const {
    double sum = 0;
    for (const double v : utility) sum += sim::exp((v - best()) / scale);
    return sum;
  }
};

// Firms alike sell at utility a - b price, at unit cost c, beside buying nothing: the price from
// which none gains by moving alone, p = c + 1 / (b (1 - P)) (Bertrand; Anderson, de Palma, Thisse).
struct LogitMarket {
  double a = 0, b = 1, c = 0;
  double outside = 0;  // utility
  int firms = 1;

  double share(double price) const {  // of each, all at that price
    return 1 / (firms + sim::exp(outside - a + b * price));
  }
  double price() const {
    // By bisection: the answer to a price falls in it, and lies between these two.
    double low = c + 1 / b, high = c + 1 / (b * (1 - share(low)));
    for (int i = 0; i < 60; ++i) {
      const double middle = (low + high) / 2;
      (c + 1 / (b * (1 - share(middle))) > middle ? low : high) = middle;
    }
    return low;
  }
};

}  // namespace ventures
