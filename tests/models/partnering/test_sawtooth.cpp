// SPDX-License-Identifier: Apache-2.0
// SB11: training and forgetting, in small steps. (The economy's learning meets it, too:
// test_learning.cpp.)
#include <gtest/gtest.h>

#include <cmath>

#include "models/partnering/sawtooth.h"

namespace {

using partnering::Sawtooth;

TEST(Partnering, SB11TheSawtoothOfKnowledge) {
  const Sawtooth law{.5, .08, 12};
  EXPECT_NEAR(law.peak(), .618, 5e-4);
  EXPECT_NEAR(law.trough(), .237, 5e-4);
  EXPECT_NEAR(law.mean(), .398, 5e-4);
  for (const Sawtooth& one : {law, Sawtooth{.9, .288, 3}, Sawtooth{.1, .01, 1}}) {
    double knows = 0, peak = 0, trough = 0, mean = 0;
    constexpr int steps = 4000;
    const double keeps = std::exp(-one.decay * one.every / steps);
    for (int cycle = 0; cycle < 800; ++cycle) {
      trough = knows;
      peak = knows += one.gain * (1 - knows);
      mean = 0;
      for (int step = 0; step < steps; ++step) {
        mean += knows * (1 + keeps) / 2 / steps;
        knows *= keeps;
      }
    }
    EXPECT_NEAR(one.peak(), peak, 1e-9);
    EXPECT_NEAR(one.trough(), trough, 1e-9);
    EXPECT_NEAR(one.mean(), mean, 1e-7);
  }
}

}  // namespace
