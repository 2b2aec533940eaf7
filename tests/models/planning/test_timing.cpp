// SPDX-License-Identifier: Apache-2.0
// Deal timing: SA15, and a toy of ready deals (science.md 0.1): the spike of the last week of a
// quarter needs both a plan that is not linear and reps who can move deals.
#include "models/planning/timing.h"
#include "tests/models/planning/exact.h"
#include "tests/models/planning/optimisers.h"

namespace {

using namespace planning;
using namespace planning_tests;

std::string two_rates(const std::string& second) {
  return commission("{from = \"0%\", rate = \"10%\"}, {from = \"100%\", rate = \"" + second +
                    "\"}");
}

compensation::PayFunction function_of(const std::string& components) {
  compensation::Payroll payroll(
      exact::plan_with("[quota]\namount = \"1M\"\nper = \"quarter\"\n" + components),
      compensation::Payroll::Trace::no);
  const auto payee = payroll.add_payee("Ann");
  return payroll.function(payee, 0, random_plans::new_year());
}

// --- SA15 ---------------------------------------------------------------------------------------

// The cut at which a rep beyond quota earns as much on a deal now as at the start of the next
// quarter, found by asking the pay engine.
double indifferent_cut(const compensation::PayFunction& pay, double discount, double loss) {
  constexpr std::int64_t deal = 5'000'000, reached = 120'000'000;
  const auto more_now = [&](double cut) {
    const auto price = static_cast<std::int64_t>(static_cast<double>(deal) * (1 - cut));
    const auto now = pay.cents(reached + price) - pay.cents(reached);
    return static_cast<double>(now) > discount * (1 - loss) * static_cast<double>(pay.cents(deal));
  };
  double low = -1, high = 1;
  while (high - low > 1e-9) {
    const double middle = (low + high) / 2;
    (more_now(middle) ? low : high) = middle;
  }
  return low;
}

TEST(Planning, SA15ReservationDiscount) {
  struct Case {
    const char* second;
    double discount, loss, cut;
  };
  for (const auto& [second, discount, loss, cut] :
       {Case{"15%", 1, 0, 1.0 / 3}, Case{"20%", 1, 0, 0.5}, Case{"20%", 0.99, 0.02, 0.5149},
        Case{"10%", 1, 0.02, 0.02}, Case{"5%", 1, 0, -1}}) {
    const PayCurve curve = curve_of(two_rates(second));
    const PeriodEnd end{curve.slope_at(1.2), curve.slope_at(0), discount, loss};
    EXPECT_NEAR(end.reservation(), cut, 1e-6);
    EXPECT_NEAR(indifferent_cut(function_of(two_rates(second)), discount, loss), cut, 1e-5);
    EXPECT_EQ(end.of_later(cut - 0.01), Move::pull_in);
    EXPECT_EQ(end.of_later(cut + 0.01), Move::leave);
    EXPECT_EQ(end.of_ready(), cut < 0 ? Move::push_out : Move::leave);
  }
}

TEST(Planning, NothingMovesAtEquality) {
  const PeriodEnd linear{0.1, 0.1};
  EXPECT_EQ(linear.of_later(0), Move::leave);
  EXPECT_EQ(linear.of_ready(), Move::leave);
  const PeriodEnd capped{0, 0.1};
  EXPECT_EQ(capped.of_later(0), Move::leave);
  EXPECT_EQ(capped.of_ready(), Move::push_out);
  EXPECT_EQ(PeriodEnd{}.of_ready(), Move::leave);
}

// --- The toy ------------------------------------------------------------------------------------

constexpr int weeks = 13, window = 4;  // deals of the first four weeks can be pulled in
constexpr double ready_a_week = 0.5, cut_a_week = 0.03, push_loss = 0.02;

struct Quarters {
  std::array<Mean, weeks> week;  // deals closed by week of quarter, over quarters
  std::int64_t ready = 0, closed = 0, lost = 0, waiting = 0;

  double mean() const {
    double sum = 0;
    for (const Mean& w : week) sum += w.mean();
    return sum / weeks;
  }
};

// Poisson numbers by waiting times.
int poisson(sim::Draw& draw, double mean) {
  int n = -1;
  for (double left = mean; left > 0; ++n) left -= draw.exponential();
  return n;
}

using Deals = std::array<int, weeks>;

Quarters run(const std::string& plan, bool timing, double loss, int reps) {
  const auto pay = function_of(plan);
  const PayCurve curve = curve_of(plan);
  const double deal = 1 / (ready_a_week * weeks);  // quotas; the quota is what a rep expects
  PeriodEnd end;
  end.loss = loss;
  end.next = pay.expected_rate(quota, 0.39 * quota);  // of a rep who does not know how it will go
  Quarters all;
  for (int rep = 0; rep < reps; ++rep) {
    sim::Draw draw = luck(15'000'000 + static_cast<std::uint64_t>(rep));
    const auto fresh = [&] {
      Deals deals{};
      for (int& n : deals) all.ready += n = poisson(draw, ready_a_week);
      return deals;
    };
    Deals ready = fresh();
    for (int quarter = 0; quarter < 8; ++quarter) {
      Deals later = fresh();
      int before = 0;
      for (int w = 0; w < weeks - 1; ++w) before += ready[static_cast<std::size_t>(w)];
      end.now = curve.slope_at(before * deal);
      int pushed = 0;
      if (timing && end.of_ready() == Move::push_out) std::swap(pushed, ready[weeks - 1]);
      for (int w = 0; timing && w < window; ++w)
        if (end.of_later(cut_a_week * (w + 1)) == Move::pull_in)
          ready[weeks - 1] += std::exchange(later[static_cast<std::size_t>(w)], 0);
      sim::Draw fate = luck(16'000'000 + static_cast<std::uint64_t>(rep * 8 + quarter));
      for (int i = 0; i < pushed; ++i) (fate.bernoulli(loss) ? all.lost : all.waiting) += 1;
      for (std::size_t w = 0; w < weeks; ++w) {
        all.closed += ready[w];
        if (quarter > 0) all.week[w].add(ready[w]);
      }
      later[0] += static_cast<int>(std::exchange(all.waiting, 0));
      ready = later;
    }
    for (const int n : ready) all.waiting += n;
    all.ready -= std::exchange(all.waiting, 0);  // of the quarter nobody played
  }
  return all;
}

TEST(Planning, NoSpikeUnderALinearPlanOrWithoutTiming) {
  for (const auto& [plan, timing] :
       {std::pair{two_rates("10%"), true}, std::pair{two_rates("20%"), false}}) {
    const Quarters all = run(plan, timing, push_loss, 20'000);
    for (const Mean& w : all.week) expect_exact(w, ready_a_week, "deals of a week");
    EXPECT_EQ(all.closed, all.ready);
    EXPECT_EQ(all.lost, 0);
  }
}

TEST(Planning, AnAcceleratorAndTimingMakeASpikeAnEchoAndADip) {
  const Quarters all = run(two_rates("20%"), true, push_loss, 20'000);
  const double mean = all.mean();
  EXPECT_NEAR(all.week[12].mean() / mean, 1.73, 0.05);
  EXPECT_NEAR(all.week[0].mean() / mean, 1.26, 0.05);
  for (int w = 1; w < window; ++w)
    EXPECT_NEAR(all.week[static_cast<std::size_t>(w)].mean() / mean, 0.67, 0.04);
  for (std::size_t w = window; w < 12; ++w) expect_exact(all.week[w], ready_a_week, "mid quarter");
  EXPECT_EQ(all.closed + all.lost, all.ready);
  EXPECT_LT(static_cast<double>(all.lost), 0.002 * static_cast<double>(all.ready));
}

// Without loss deals only move: what the last week gains the first weeks of the next quarter lose.
TEST(Planning, SA15TimingConservesDeals) {
  const Quarters off = run(two_rates("20%"), false, 0, 5'000);
  const Quarters on = run(two_rates("20%"), true, 0, 5'000);
  EXPECT_EQ(on.ready, on.closed);
  EXPECT_EQ(off.ready, off.closed);
  double spike = on.week[12].mean() - off.week[12].mean(), dip = 0;
  for (std::size_t w = 0; w < window; ++w) dip += off.week[w].mean() - on.week[w].mean();
  EXPECT_GT(spike, 0.3);
  EXPECT_NEAR(spike, dip, 0.02);
}

}  // namespace
