// SPDX-License-Identifier: Apache-2.0
#pragma once
// What the parts of an outlook share.

#include "models/compensation/outlook.h"
#include "models/compensation/plan.h"
#include "sim/math.h"

namespace compensation {

inline double normal_density(double z) {
  constexpr double at_zero = 0.3989422804014327;  // 1 / sqrt(2 pi)
  return at_zero * sim::exp(-0.5 * z * z);
}

// `rate` pays for each unit of a basis.
inline void credit(Outlook& out, const Offer& offer, Basis basis, double rate) {
  const double worth = offer.worth[static_cast<std::size_t>(basis)];
  (basis == Basis::units ? out.per_deal : out.per_unit) += rate * worth;
}

}  // namespace compensation
