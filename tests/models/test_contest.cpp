// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include <cmath>

#include "models/contest/model.h"
#include "tests/models/plan.h"

namespace {

struct Figure {
  const char* outcome;
  double centre, sd;  // sd at R = 1,000
};

// contest.md, section 7.
constexpr Figure figures[] = {{"won_per_rep_week", 0.3097, 0.0023},
                              {"won_share", 0.2093, 0.0011},
                              {"nobody_share", 0.4502, 0.0027},
                              {"pursuers_per_decision", 2.628, 0.0064},
                              {"mean_deal", 74'310, 640},
                              {"commission_per_rep_week", 2'356, 31.6},
                              {"partner_share", 0.3018, 0.0039},
                              {"attained_share", 0.3249, 0.0080},
                              {"partner_hours_week_1", 0.2473, 0.0046},
                              {"partner_hours_week_7", 0.3238, 0.0050},
                              {"partner_hours_week_13", 0.3610, 0.0064}};

// The run's own check phase verifies all five invariants after the last week, or throws.
void expect_within_bands(int reps, int seed) {
  const auto plan = support::plan(
      "contest", {"contest.reps=" + std::to_string(reps), "run.seed=" + std::to_string(seed)});
  const auto result = support::run(plan);
  ASSERT_EQ(result.report.completed, 1u);
  for (const Figure& figure : figures) {
    const double value = result.last(figure.outcome)[0];
    const double band = 4 * figure.sd * std::sqrt(1000.0 / reps);
    EXPECT_NEAR(value, figure.centre, band) << figure.outcome << " at R = " << reps;
  }
  // Exactly K (1 - exp(-lambda)); each of the R K opportunities is closed with p every week.
  const double p = -std::expm1(-1.0 / 13), closed = result.last("closed_per_rep_week")[0];
  const double sd = std::sqrt(20 * 2.7 * p * (1 - p) / (52.0 * reps));  // 2.7 share an account
  EXPECT_NEAR(closed, 20 * p, 4 * sd);
}

TEST(Contest, KeepsItsBandsWithAThousandReps) {
  for (int seed = 1; seed <= 3; ++seed) expect_within_bands(1000, seed);
}

TEST(Contest, KeepsItsBandsWithTenThousandReps) { expect_within_bands(10'000, 1); }

}  // namespace
