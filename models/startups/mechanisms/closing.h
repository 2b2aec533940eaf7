// SPDX-License-Identifier: Apache-2.0
#pragma once
// Founders close for reasons that have nothing to do with money (health, quarrels, a better job):
// a constant hazard of each startup's own, lognormal between them with mean `rate`. The frail go
// first, so the hazard of those who are left falls (SC20: heterogeneity alone suffices).
// `forced` closes one startup in a given week: two options that differ in it are the test that
// nothing reaches where it should not.

#include <cstdint>

#include "models/startups/about.h"
#include "sim/math.h"

namespace startups {

struct Closing {
  double rate = 0.06;
  double frailty_sigma = 1.5;
  std::int64_t forced = -1;
  std::int64_t forced_week = 0;
  static constexpr auto fields = sim::Pack{
      sim::field(&Closing::rate,
                 unknown("rate", "1/year", "mean hazard of closing for other reasons; 0: never",
                         0.02, 0.2, 0, 100, "calibrated to SC20 (BLS, March 1994 cohort)")),
      sim::field(&Closing::frailty_sigma,
                 fixed("frailty_sigma", "1", "log-sd of that hazard between startups", 0, 5,
                       "calibrated to SC20")),
      sim::field(&Closing::forced,
                 lever("forced", "1", "number of a startup that closes; -1: none", -1, 1e6)),
      sim::field(&Closing::forced_week, lever("forced_week", "week", "when it does", 0, 1e5))};

  double frailty(double normal) const {
    return sim::exp(frailty_sigma * normal - frailty_sigma * frailty_sigma / 2);
  }
};

}  // namespace startups
