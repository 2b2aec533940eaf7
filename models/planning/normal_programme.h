// SPDX-License-Identifier: Apache-2.0
#pragma once
// A rep whose bookings of a step are normal (SA6, EQ3): attainment grows by
// pace x (unforced + (1 - unforced) e) + sd N, effort e in [0, 1] costs cost x e^2 / 2 now, pay
// comes at the end. Backward from the end on a grid, with weights over its nodes that have the mean
// and the variance of N, exact for the plan itself (jumps included) in the last step. A fifth
// of sd is a good step of the grid. Present bias as in lumpy.h.

#include <vector>

#include "models/planning/grid.h"
#include "models/planning/pay_curve.h"

namespace planning {

struct NormalStep {
  double pace = 0;  // of a step at full effort, in quotas
  double sd = 0;    // of a step, in quotas
  double cost = 1;  // of a step of full effort, unit of pay; > 0
  double bias = 1, discount = 1, unforced = 0;
};

class NormalProgramme {
 public:
  NormalProgramme(const PayCurve& pay, const NormalStep& step, const Grid& grid);

  void back();  // one step further from the end
  int steps_left() const { return left_; }
  const Grid& grid() const { return grid_; }
  // By node, with steps_left() to go (effort and rate: of the first of them).
  const std::vector<double>& value() const { return value_; }
  const std::vector<double>& effort() const { return effort_; }
  const std::vector<double>& rate() const { return rate_; }  // of value, by attainment

 private:
  void expect();  // value_ -> expected_
  void choose(std::size_t node);
  std::size_t best_target(double from, double reach) const;
  double expected_at(std::ptrdiff_t node) const;

  const PayCurve& pay_;
  NormalStep step_;
  Grid grid_;
  int left_ = 0;
  double below_, above_;        // slopes of value beyond the grid, per step of the grid
  std::vector<double> kernel_;  // chance of moving by -half .. half nodes
  std::vector<double> value_, expected_, effort_, rate_;
};

}  // namespace planning
