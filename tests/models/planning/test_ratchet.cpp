// SPDX-License-Identifier: Apache-2.0
// SA18: a quota that follows sales, and a rep who sees it.
#include "models/planning/grid.h"
#include "models/planning/ratchet.h"
#include "tests/models/planning/exact.h"

namespace {

using planning::Grid;
using planning::ratchet_factor;

constexpr double commission = 0.1, cost = 0.08;  // of sales x: x^2 / 2; a naive rep sells 1.25

// The best sales at each quota, by value iteration over quotas, searching sales by thirds.
struct Ratchet {
  double discount, weight;
  Grid quotas{0, 0.25, 17};
  std::vector<double> value = std::vector<double>(quotas.nodes);

  double worth(double quota, double sales) const {
    const double next = (quota + weight * (sales - quota) - quotas.low) / quotas.step;
    const std::size_t n = value.size();
    const double below = value[1] - value[0], above = value[n - 1] - value[n - 2];
    return commission * (sales - quota) - cost * sales * sales / 2 +
           discount * Grid::read(value, next, below, above);
  }
  double best_sales(double quota) const {
    double low = 0, high = 4;
    while (high - low > 1e-7) {
      const double a = low + (high - low) / 3, b = high - (high - low) / 3;
      if (worth(quota, a) < worth(quota, b))
        low = a;
      else
        high = b;
    }
    return low;
  }
  void solve() {
    for (double change = 1; change > 1e-9;) {
      std::vector<double> next;
      for (std::size_t i = 0; i < value.size(); ++i)
        next.push_back(worth(quotas.at(i), best_sales(quotas.at(i))));
      change = 0;
      for (std::size_t i = 0; i < value.size(); ++i)
        change = std::max(change, std::abs(next[i] - value[i]));
      value = std::move(next);
    }
  }
};

TEST(Planning, SA18FarSightedRepsUnderARatchet) {
  for (const auto& [weight, share] :
       {std::pair{0.25, 0.174}, std::pair{0.5, 0.095}, std::pair{1.0, 0.05}}) {
    EXPECT_NEAR(ratchet_factor(0.95, weight), share, 5e-4);
    Ratchet ratchet{0.95, weight};
    ratchet.solve();
    for (const double quota : {0.5, 1.0, 2.0})
      EXPECT_NEAR(ratchet.best_sales(quota), ratchet_factor(0.95, weight) * commission / cost, 2e-4)
          << weight;
  }
}

TEST(Planning, SA18WithoutRatchetOrForesight) {
  EXPECT_EQ(ratchet_factor(0.95, 0), 1);
  EXPECT_EQ(ratchet_factor(0, 0.7), 1);
  Ratchet fixed{0.95, 0}, naive{0, 0.5};
  fixed.solve();
  naive.solve();
  EXPECT_NEAR(fixed.best_sales(1), commission / cost, 2e-4);
  EXPECT_NEAR(naive.best_sales(1), commission / cost, 2e-4);
}

}  // namespace
