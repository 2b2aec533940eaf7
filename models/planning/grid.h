// SPDX-License-Identifier: Apache-2.0
#pragma once
// Values of attainment on evenly spaced nodes, straight lines between and beyond them.

#include <algorithm>
#include <cmath>
#include <span>
#include <vector>

namespace planning {

struct Grid {
  double low = 0, step = 0.01;
  std::size_t nodes = 0;

  double at(std::size_t node) const { return low + static_cast<double>(node) * step; }
  double high() const { return at(nodes - 1); }

  // Value at `position` (in steps from low, snapped to a node nearby); beyond the ends the slopes
  // there, per step.
  static double read(std::span<const double> values, double position, double below, double above) {
    const double last = static_cast<double>(values.size() - 1);
    if (position <= 0) return values.front() + below * position;
    if (position >= last) return values.back() + above * (position - last);
    const double near = std::round(position);
    if (std::abs(position - near) < 1e-7) return values[static_cast<std::size_t>(near)];
    const auto cell = static_cast<std::size_t>(position);
    const double share = position - static_cast<double>(cell);
    return values[cell] + share * (values[cell + 1] - values[cell]);
  }
};

}  // namespace planning
