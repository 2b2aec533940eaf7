// SPDX-License-Identifier: Apache-2.0
#pragma once
// A rep who makes at most one sale a step and knows the end of the period (SA8, EQ3).
//
// Effort e in [0, 1] brings the sale with probability chance x (unforced + (1 - unforced) e) and
// costs cost x e^2 / 2 now; all pay comes at the end of the period. Present bias (quasi-hyperbolic)
// weighs all pay after today by `bias`; the rep knows that later selves do the same.

#include <algorithm>
#include <vector>

namespace planning {

struct LumpyStep {
  double chance = 1;    // of a sale at full effort
  double cost = 1;      // unit of pay; > 0
  double bias = 1;      // weight of what comes after today against today's cost
  double discount = 1;  // of a step
  double unforced = 0;  // share of sales that come without effort

  struct Choice {
    double effort;
    double value;  // to the rep's own plans: without the weight of present bias
    double gain;   // of the sale, discounted
  };
  // `stay` and `won` are the values of the next step's states.
  Choice operator()(double stay, double won) const {
    const double gain = discount * (won - stay), forced = chance * (1 - unforced);
    const double effort = std::clamp(bias * forced * gain / cost, 0.0, 1.0);
    const double probability = chance * unforced + forced * effort;
    return {effort, discount * stay + probability * gain - cost * effort * effort / 2, gain};
  }
};

// The exact recursion over the number of sales; `pay(n)` for n sales at the end.
class LumpyProgramme {
 public:
  template <class Pay>
  LumpyProgramme(int steps, const LumpyStep& step, const Pay& pay) : step_(step) {
    last_.resize(static_cast<std::size_t>(2 * steps) + 1);
    for (std::size_t n = 0; n < last_.size(); ++n) last_[n] = pay(static_cast<int>(n));
    for (int left = 1; left <= steps; ++left) {
      const std::vector<double>& next = values_at(left - 1);
      std::vector<double> value(next.size() - 1), effort(next.size() - 1);
      for (std::size_t n = 0; n < value.size(); ++n) {
        const LumpyStep::Choice choice = step(next[n], next[n + 1]);
        value[n] = choice.value;
        effort[n] = choice.effort;
      }
      values_.push_back(std::move(value));
      efforts_.push_back(std::move(effort));
    }
  }
  // With `left` steps to go and so many sales (0 .. steps).
  double value(int left, int sales) const {
    return values_at(left)[static_cast<std::size_t>(sales)];
  }
  double effort(int left, int sales) const {  // left >= 1
    return efforts_[static_cast<std::size_t>(left - 1)][static_cast<std::size_t>(sales)];
  }
  double chance(int left, int sales) const {  // of a sale in this step
    return step_.chance * (step_.unforced + (1 - step_.unforced) * effort(left, sales));
  }

 private:
  const std::vector<double>& values_at(int left) const {
    return left == 0 ? last_ : values_[static_cast<std::size_t>(left - 1)];
  }
  LumpyStep step_;
  std::vector<double> last_;
  std::vector<std::vector<double>> values_, efforts_;  // by steps left - 1
};

}  // namespace planning
