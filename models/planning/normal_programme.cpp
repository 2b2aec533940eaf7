// SPDX-License-Identifier: Apache-2.0
#include "models/planning/normal_programme.h"

#include "sim/math.h"

namespace planning {

namespace {

// Weights of the nodes around, of a normal with that standard deviation (in nodes): the expected
// hat functions, second differences of E(sd N - k)+. A hat spreads by 1/6 of a square node, which
// is taken off first, or many small steps would add up to a noise that is not there.
std::vector<double> normal_kernel(double wanted) {
  const double sd = sim::sqrt(std::max(0.0, wanted * wanted - 1.0 / 6));
  const int half = static_cast<int>(std::ceil(7 * sd)) + 1;
  const auto beyond = [sd](int k) -> double {
    if (sd <= 0) return std::max(0, -k);
    const double z = k / sd;
    return sd * 0.3989422804014327 * sim::exp(-z * z / 2) - k * sim::normal_cdf(-z);
  };
  std::vector<double> kernel;
  double sum = 0;
  for (int k = -half; k <= half; ++k) {
    const int i = std::abs(k);  // by symmetry, where nothing cancels
    kernel.push_back(std::max(0.0, beyond(i - 1) - 2 * beyond(i) + beyond(i + 1)));
    sum += kernel.back();
  }
  for (double& weight : kernel) weight /= sum;
  return kernel;
}

}  // namespace

NormalProgramme::NormalProgramme(const PayCurve& pay, const NormalStep& step, const Grid& grid)
    : pay_(pay),
      step_(step),
      grid_(grid),
      below_(pay.slope_at(grid.low) * grid.step),
      above_(pay.slope_at(grid.high()) * grid.step),
      kernel_(normal_kernel(step.sd / grid.step)),
      value_(grid.nodes),
      expected_(grid.nodes),
      effort_(grid.nodes),
      rate_(grid.nodes) {
  for (std::size_t i = 0; i < grid.nodes; ++i) value_[i] = pay(grid.at(i));
}

void NormalProgramme::expect() {
  if (left_ == 0) {
    for (std::size_t i = 0; i < grid_.nodes; ++i)
      expected_[i] = pay_.expected(grid_.at(i), step_.sd);
    return;
  }
  const auto half = static_cast<std::ptrdiff_t>(kernel_.size() / 2);
  std::vector<double> padded(grid_.nodes + kernel_.size() - 1);
  for (std::size_t i = 0; i < padded.size(); ++i)
    padded[i] =
        Grid::read(value_, static_cast<double>(i) - static_cast<double>(half), below_, above_);
  for (std::size_t i = 0; i < grid_.nodes; ++i) {
    double sum = 0;
    for (std::size_t k = 0; k < kernel_.size(); ++k) sum += kernel_[k] * padded[i + k];
    expected_[i] = sum;
  }
}

// Linear beyond the grid.
double NormalProgramme::expected_at(std::ptrdiff_t node) const {
  return Grid::read(expected_, static_cast<double>(node), below_, above_);
}

void NormalProgramme::back() {
  expect();
  for (std::size_t i = 0; i < grid_.nodes; ++i) choose(i);
  ++left_;
  below_ *= step_.discount;
  above_ *= step_.discount;
}

// The node that is best to aim at, before the fine search; `from` and `reach` in nodes.
std::size_t NormalProgramme::best_target(double from, double reach) const {
  const auto first = static_cast<std::size_t>(std::max(0.0, std::floor(from)));
  const auto last = static_cast<std::size_t>(std::ceil(from + reach));
  std::size_t best = first;
  double most = 0;
  for (std::size_t k = first; k <= last; ++k) {
    const double effort =
        reach > 0 ? std::clamp((static_cast<double>(k) - from) / reach, 0.0, 1.0) : 0;
    const double value = step_.bias * step_.discount * expected_at(static_cast<std::ptrdiff_t>(k)) -
                         step_.cost * effort * effort / 2;
    if (k == first || value > most) best = k, most = value;
  }
  return best;
}

// Maximises bias x discount x E V(x + growth) - cost e^2 / 2: the best node, then the top of the
// parabola through it and its neighbours.
void NormalProgramme::choose(std::size_t node) {
  const double pace = step_.pace / grid_.step;
  const double from = static_cast<double>(node) + pace * step_.unforced;
  const double reach = pace * (1 - step_.unforced), weight = step_.bias * step_.discount;
  const auto k = static_cast<std::ptrdiff_t>(best_target(from, reach));
  const double middle = expected_at(k), less = expected_at(k - 1), more = expected_at(k + 1);
  const double slope = (more - less) / 2, bend = (more - 2 * middle + less) / 2;
  const double offset = from - static_cast<double>(k);  // of effort 0 from node k
  const double steepness = step_.cost - 2 * weight * bend * reach * reach;
  double effort = reach > 0 ? std::clamp(-offset / reach, 0.0, 1.0) : 0;
  if (steepness > 0)
    effort = std::clamp(weight * reach * (slope + 2 * bend * offset) / steepness,
                        std::clamp((-1 - offset) / std::max(reach, 1e-300), 0.0, effort),
                        std::clamp((1 - offset) / std::max(reach, 1e-300), effort, 1.0));
  const double u = offset + effort * reach;
  effort_[node] = effort;
  rate_[node] = step_.discount * (slope + 2 * bend * u) / grid_.step;
  value_[node] =
      step_.discount * (middle + slope * u + bend * u * u) - step_.cost * effort * effort / 2;
}

}  // namespace planning
