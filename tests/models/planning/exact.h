// SPDX-License-Identifier: Apache-2.0
#pragma once
// For the exact tests of reps (P-EX): plans from the pay engine, means with their errors.

#include <array>

#include "models/planning/pay_curve.h"
#include "tests/models/compensation/exact.h"

namespace planning_tests {

using exact::all_luck;
using exact::expect_exact;
using exact::luck_stream;
using exact::Mean;

inline constexpr std::int64_t quota = 100'000'000;  // cents: a million

// A quarter's pay of a plan with that quota, by attainment, in quotas: from the real engine.
inline planning::PayCurve curve_of(const std::string& components) {
  compensation::Payroll payroll(
      exact::plan_with("[quota]\namount = \"1M\"\nper = \"quarter\"\n" + components),
      compensation::Payroll::Trace::no);
  const auto payee = payroll.add_payee("Ann");
  planning::PayCurve sum;
  const auto count = static_cast<std::int32_t>(payroll.plan().first().components.size());
  for (std::int32_t i = 0; i < count; ++i)
    sum += planning::PayCurve::of(payroll.function(payee, i, random_plans::new_year()), quota);
  return sum *= 1.0 / quota;
}

inline std::string commission(const std::string& tiers, const std::string& reading = "marginal") {
  return "[component.c]\ntype = \"commission\"\nreading = \"" + reading +
         "\"\nmeasure = \"quarter\"\ntiers = [" + tiers + "]\n";
}

inline std::string bonus(const std::string& amount) {
  return "[component.b]\ntype = \"bonus\"\nmeasure = \"quarter\"\nat = \"100%\"\ncatch_up = "
         "false\namount = " +
         amount + "\n";
}

// Twice the rate beyond the quota, and a bonus at it.
inline planning::PayCurve kinked() {
  return curve_of(commission("{from = \"0%\", rate = \"10%\"}, {from = \"100%\", rate = \"20%\"}") +
                  bonus("50000"));
}

inline sim::Draw luck(std::uint64_t key) { return all_luck.draw(luck_stream, sim::Key{key}); }

}  // namespace planning_tests
