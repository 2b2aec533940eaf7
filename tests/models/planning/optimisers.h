// SPDX-License-Identifier: Apache-2.0
#pragma once
// Optimisers of agents in tests: they try and compare, and know no formula.

#include <cstddef>
#include <span>
#include <vector>

namespace planning_tests {

// Where a function with one top is highest in [low, high], by golden section.
template <class F>
double top_of(const F& f, double low, double high, int rounds = 60) {
  constexpr double golden = 0.6180339887498949;
  double a = high - golden * (high - low), b = low + golden * (high - low);
  auto at_a = f(a), at_b = f(b);
  for (int i = 0; i < rounds; ++i) {
    if (at_a < at_b) {
      low = a;
      a = b;
      at_a = at_b;
      b = low + golden * (high - low);
      at_b = f(b);
    } else {
      high = b;
      b = a;
      at_b = at_a;
      a = high - golden * (high - low);
      at_a = f(a);
    }
  }
  return (low + high) / 2;
}

// The same for a function with several tops: the best of `pieces` neighbourhoods first.
template <class F>
double best_of(const F& f, double low, double high, int pieces = 200) {
  const double step = (high - low) / pieces;
  int best = 0;
  auto most = f(low);
  for (int i = 1; i <= pieces; ++i)
    if (const auto value = f(low + i * step); value > most) most = value, best = i;
  const double from = low + (best > 0 ? best - 1 : 0) * step;
  const double to = low + (best < pieces ? best + 1 : pieces) * step;
  const double top = top_of(f, from, to);
  return f(top) >= most ? top : low + best * step;
}

// Coordinate after coordinate, each between the same ends, until nothing moves.
template <class F>
std::vector<double> climb(const F& f, std::vector<double> x, double low, double high,
                          int sweeps = 100) {
  for (int sweep = 0; sweep < sweeps; ++sweep) {
    double moved = 0;
    for (double& coordinate : x) {
      const double before = coordinate;
      coordinate = top_of(
          [&](double value) {
            coordinate = value;
            return f(x);
          },
          low, high);
      moved = moved > before - coordinate ? moved : before - coordinate;
      moved = moved > coordinate - before ? moved : coordinate - before;
    }
    if (moved < 1e-9) break;
  }
  return x;
}

}  // namespace planning_tests
