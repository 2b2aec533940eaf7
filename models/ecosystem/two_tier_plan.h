// SPDX-License-Identifier: Apache-2.0
#pragma once
// A commission with one kink: base rate up to the quota of a quarter, base rate x accelerator above
// it (mission.md R6, R10; marginal reading). Integers in, integers out; the full engine of
// models/compensation takes its place.

#include <algorithm>
#include <cstdint>

#include "sim/math.h"

namespace ecosystem {

__extension__ typedef __int128 Int128;  // products of two 64-bit amounts

struct TwoTierPlan {
  std::int64_t quota = 0;     // credit per quarter [minor units]; 0: the base rate always
  std::int64_t base_ppm = 0;  // parts per million of credit
  std::int64_t top_ppm = 0;   // above quota

  static TwoTierPlan of(std::int64_t quota, double base_rate, double accelerator) {
    const auto ppm = [](double rate) { return static_cast<std::int64_t>(rate * 1e6 + 0.5); };
    return {quota, ppm(base_rate), ppm(base_rate * accelerator)};
  }

  // Commission due on all credit of the quarter so far, rounded once, half away from zero. Pay for
  // one deal is the difference of two calls, so a quarter never rounds twice.
  std::int64_t due(std::int64_t credit) const {
    const std::int64_t low = quota > 0 ? std::min(credit, quota) : credit;
    const Int128 parts =
        static_cast<Int128>(low) * base_ppm + static_cast<Int128>(credit - low) * top_ppm;
    const Int128 half = parts < 0 ? -500'000 : 500'000;
    return static_cast<std::int64_t>((parts + half) / 1'000'000);
  }

  // Expected rate on the next cent of credit (EQ2, shadow commission): the quarter's end is normal
  // around credit + quota * weeks_left / 13 with standard deviation cv * quota *
  // sqrt(weeks_left/13).
  double shadow_rate(std::int64_t credit, int weeks_left, double cv) const {
    const double base = static_cast<double>(base_ppm) * 1e-6;
    if (quota <= 0 || top_ppm == base_ppm) return base;
    const double share = static_cast<double>(weeks_left) / 13.0;
    const double gap = static_cast<double>(credit) / static_cast<double>(quota) + share - 1.0;
    const double reach = sim::normal_cdf(gap / (cv * sim::sqrt(share)));
    return base + (static_cast<double>(top_ppm) * 1e-6 - base) * reach;
  }
};

}  // namespace ecosystem
