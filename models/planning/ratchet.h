// SPDX-License-Identifier: Apache-2.0
#pragma once
// A quota that follows sales (SA18, Weitzman 1980): Q' = Q + weight x (x - Q).

namespace planning {

// What a far-sighted rep, who discounts a period by `discount` (in [0, 1)), sees of the commission
// on x - Q, as a share of its rate: one more sale raises all quotas to come. A naive rep sees 1.
constexpr double ratchet_factor(double discount, double weight) {
  return (1 - discount) / (1 - discount * (1 - weight));
}

}  // namespace planning
