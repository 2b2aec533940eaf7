// SPDX-License-Identifier: Apache-2.0
// Curves against the pay engine's own functions, and programmes in which effort does nothing
// against expected pay.
#include "models/planning/dynamic.h"
#include "tests/models/planning/exact.h"

namespace {

using namespace planning;
using namespace planning_tests;
using random_plans::Luck;
using random_plans::Wish;

Wish functions_only() {
  Wish wish;
  wish.plain = true;
  wish.per_deal = wish.outside = wish.windfall = wish.minimum = wish.guarantee = false;
  wish.catch_up = wish.change = wish.clawback = wish.draw = wish.cap = wish.subquota = false;
  return wish;
}

TEST(Planning, ACurveIsThePayFunction) {
  int gates = 0, kinks = 0;
  for (std::uint64_t i = 0; i < 300; ++i) {
    Luck luck(i);
    const auto c = random_plans::random_case(luck, functions_only());
    compensation::Payroll payroll(pay_properties::plan_of(c), compensation::Payroll::Trace::no);
    const auto ann = payroll.add_payee("Ann");
    for (std::int32_t k = 0; k < std::ssize(payroll.plan().first().components); ++k) {
      const auto& function = payroll.function(ann, k, random_plans::new_year() + 100);
      constexpr std::int64_t goal = 7'654'321;
      const PayCurve curve = PayCurve::of(function, goal);
      gates += function.has_threshold();
      kinks += curve.pieces().size() > 1;
      for (std::int64_t credit = 0; credit < 4 * goal; credit += 123'457) {
        const double at = static_cast<double>(credit) / goal;
        ASSERT_NEAR(curve(at), static_cast<double>(function.cents(credit)), 0.6) << i;
      }
      for (const double mean : {0.3, 1.0, 1.6}) {
        const double said = function.expected(mean * goal, 0.4 * goal);
        EXPECT_NEAR(curve.expected(mean, 0.4), said, 1e-6 * std::abs(said) + 0.1) << i;
        EXPECT_EQ(curve.expected(mean, 0), curve(mean));
      }
    }
  }
  EXPECT_GT(gates, 20);
  EXPECT_GT(kinks, 100);
}

TEST(Planning, CurvesAdd) {
  PayCurve bonus;
  bonus.then(1, 0, 5);
  PayCurve sum = PayCurve::line(2);
  sum.then(1.5, 3);
  sum += bonus;
  for (const auto& [at, pay] : {std::pair{-1.0, -2.0}, std::pair{0.5, 1.0}, std::pair{1.0, 7.0},
                                std::pair{1.5, 8.0}, std::pair{2.0, 9.5}})
    EXPECT_DOUBLE_EQ(sum(at), pay);
  EXPECT_EQ(sum.slope_at(1.2), 2);
  EXPECT_EQ(sum.base_rate(), 2);
  EXPECT_EQ(bonus.base_rate(), 5);
  EXPECT_EQ(sum.last_kink(), 1.5);
}

// All sales come without effort: the value is the pay that chance brings (SA11).
TEST(Planning, WithoutEffortTheValueIsExpectedPay) {
  const PayCurve pay = kinked();
  DynamicSetup setup;
  setup.paces = {0.05, 0.08};
  setup.biases = {1};
  setup.unforced = 1;
  const DynamicTable normal(pay, setup);
  setup.lumps = {{1, 0.1}};
  setup.steps_per_week = 1;
  const DynamicTable lumpy(pay, setup);
  for (const int left : {1, 4, 13})
    for (const double at : {0.0, 0.4, 0.9, 1.1}) {
      const double said = pay.expected(at + 0.08 * left, 0.1 * std::sqrt(left));
      EXPECT_NEAR(normal.value(left, at, 0.08, 0), said, 2e-4 * said) << left << " " << at;
      EXPECT_EQ(normal.effort(left, at, 0.08, 0), 0);
      double sum = 0, chance = std::pow(0.2, left);  // binomial with .8
      for (int n = 0; n <= left; ++n) {
        sum += chance * pay(at + 0.1 * n);
        chance *= 0.8 / 0.2 * (left - n) / (n + 1);
      }
      EXPECT_NEAR(lumpy.value(left, at, 0.08, 0), sum, 1e-6 * sum) << left << " " << at;
    }
}

// Half of the pace comes by itself: under a linear plan that half adds its pay and nothing else.
TEST(Planning, UnforcedSalesAddTheirPay) {
  for (const bool normal : {true, false}) {
    DynamicSetup setup;
    setup.paces = {0.08};
    setup.biases = {1};
    setup.cost = 0.02;
    setup.unforced = 0.5;
    if (!normal) setup.lumps = {{1, 0.1}};
    const DynamicTable half(PayCurve::line(0.1), setup);
    const double effort = 0.04 * 0.1 / 0.02;
    EXPECT_NEAR(half.effort(5, 0.3, 0.08, 0), effort, 1e-5);
    EXPECT_NEAR(half.value(5, 0.3, 0.08, 0),
                0.03 + 5 * (0.004 + 0.004 * effort - 0.01 * effort * effort), 1e-6);
  }
}

// Several sizes of deal: against a recursion over counts of each.
TEST(Planning, LumpsOfTwoSizes) {
  const PayCurve pay = kinked();
  DynamicSetup setup;
  setup.weeks = 6;
  setup.paces = {0.08};
  setup.biases = {0.7, 1};
  setup.cost = 0.01;
  setup.lumps = {{0.75, 0.1}, {0.25, 0.3}};
  setup.steps_per_week = 1;
  const DynamicTable table(pay, setup);
  for (std::size_t bias = 0; bias < 2; ++bias) {
    const auto value = [&](auto&& self, int left, int tenths) -> double {
      if (left == 0) return pay(0.1 * tenths);
      const double stay = self(self, left - 1, tenths);
      const double gain =
          0.75 * self(self, left - 1, tenths + 1) + 0.25 * self(self, left - 1, tenths + 3) - stay;
      const double effort = std::clamp(setup.biases[bias] * 0.08 / 0.15 * gain / 0.01, 0.0, 1.0);
      return stay + 0.08 / 0.15 * effort * gain - 0.005 * effort * effort;
    };
    for (const int tenths : {0, 3, 7, 9, 10})
      EXPECT_NEAR(table.value(6, 0.1 * tenths, 0.08, bias), value(value, 6, tenths), 1e-6);
  }
}

}  // namespace
