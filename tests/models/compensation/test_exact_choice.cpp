// SPDX-License-Identifier: Apache-2.0
// Pay side of SA9: two rates make a hole around the quota, a cap makes a heap.
#include "tests/models/compensation/exact.h"

namespace {

using namespace exact;

constexpr std::int64_t goal = 10'000'000;  // cents: 100,000 of sales
constexpr int steps = 400;                 // of a hundredth of the quota

// Pay of sales of 0, .01, .02 ... 4 quotas, each posted for a payee of its own.
std::vector<double> pays(const std::string& second, const std::string& cap) {
  Payroll payroll(
      plan_with("[quota]\namount = 100000\nper = \"quarter\"\n[component.c]\n"
                "type = \"commission\"\nreading = \"marginal\"\nmeasure = \"quarter\"\n"
                "tiers = [{from = \"0%\", rate = \"10%\"}, {from = \"100%\", rate = \"" +
                second + "\"}]\n" + cap),
      Payroll::Trace::no);
  const auto kind = payroll.add_kind({});
  for (int i = 0; i <= steps; ++i) {
    const auto payee = payroll.add_payee(fmt::format("{:03}", i));
    payroll.post(credit_of(payee, kind, goal / 100 * i, random_plans::new_year()));
  }
  payroll.settle(
      payroll.plan().periods.index(compensation::Span::quarter, random_plans::new_year()));
  std::vector<double> all(steps + 1);
  for (const auto& payout : payroll.payouts())
    all[payout.payee] = static_cast<double>(payout.payable);
  return all;
}

// Which step is best for a rep whose sales are theta x effort, at a cost of effort^2 / 2.
int best_step(const std::vector<double>& pay, double theta) {
  int best = 0;
  double most = 0;
  for (int i = 0; i <= steps; ++i) {
    const double effort = static_cast<double>(goal / 100 * i) / theta;
    const double left = pay[static_cast<std::size_t>(i)] - effort * effort / 2;
    if (left > most) most = left, best = i;
  }
  return best;
}

TEST(Exact, TheSlopeOfPayChangesAtTheQuota) {
  const auto pay = pays("20%", "");
  for (int i = 1; i <= steps; ++i)
    EXPECT_EQ(pay[static_cast<std::size_t>(i)] - pay[static_cast<std::size_t>(i - 1)],
              i <= 100 ? 10'000 : 20'000)
        << i;
}

// Median rep: would stop at the quota if the first rate were all there is.
double theta_of(sim::Draw& draw) { return std::sqrt(goal / 0.10) * std::exp(0.5 * draw.normal()); }

TEST(Exact, NobodyEndsAroundTheQuotaUnderTwoRates) {
  for (const auto& [rate, second] : {std::pair{"15%", 0.15}, std::pair{"20%", 0.20}}) {
    const auto pay = pays(rate, "");
    const double low = 100 * 2 * 0.10 / (0.10 + second), high = 100 * 2 * second / (0.10 + second);
    sim::Draw draw = all_luck.draw(luck_stream, sim::Key{2'000'000});
    int inside = 0, below = 0, above = 0;
    for (int i = 0; i < 100'000; ++i) {
      const int best = best_step(pay, theta_of(draw));
      (best < low + 1 ? below : best > high - 1 ? above : inside) += 1;
    }
    EXPECT_EQ(inside, 0) << rate;
    EXPECT_GT(below, 20'000);
    EXPECT_GT(above, 20'000);
  }
}

TEST(Exact, ACapMakesAHeap) {
  const auto pay = pays("10%",
                        "[cap.c]\ncomponents = [\"c\"]\namount = 12000\nper = \"quarter\"\n"
                        "over = \"forfeited\"\n");  // reached at 1.2 quotas
  sim::Draw draw = all_luck.draw(luck_stream, sim::Key{2'000'001});
  Mean heap, beyond;
  for (int i = 0; i < 150'000; ++i) {
    const int best = best_step(pay, theta_of(draw));
    heap.add(best == 120);
    beyond.add(best > 120);
  }
  // theta^2 >= K / r, but for the last half step of the grid: x* = r theta^2 > 119.5 steps.
  const double z = std::log(std::sqrt(1.195)) / 0.5;
  expect_exact(heap, 1 - sim::normal_cdf(z), "share at the cap");
  EXPECT_EQ(beyond.sum, 0);
}

}  // namespace
