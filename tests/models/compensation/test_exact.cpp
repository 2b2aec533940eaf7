// SPDX-License-Identifier: Apache-2.0
// What theory says of pay to the last digit (science.md): expected pay SA11, the draw as a queue
// SA12, normal attainment SA16 (SA9: test_exact_choice.cpp). Simulated shares are
// accepted within 4 standard errors, which are at most 0.5% of the target.
#include <numbers>

#include "tests/models/compensation/exact.h"

namespace {

using namespace exact;

// --- SA11 ---------------------------------------------------------------------------------------

double expected_share(const std::string& tiers) {
  Payroll payroll(plan_with("[quota]\namount = \"1M\"\nper = \"quarter\"\n[component.c]\n"
                            "type = \"commission\"\nreading = \"marginal\"\n"
                            "measure = \"quarter\"\ntiers = " +
                            tiers + "\n"),
                  Payroll::Trace::no);
  const auto payee = payroll.add_payee("Ann");
  return payroll.function(payee, 0, random_plans::new_year()).expected(1e8, 0.35e8) / 1e8;
}

TEST(Exact, ExpectedPayOfAKinkedPlan) {
  EXPECT_NEAR(
      expected_share("[{from = \"0%\", rate = \"10%\"}, {from = \"100%\", rate = \"15%\"}]"),
      0.106981, 1e-6);
  EXPECT_NEAR(expected_share("[{from = \"0%\", rate = \"10%\"}, {from = \"100%\", rate = \"15%\"}, "
                             "{from = \"150%\", rate = 0}]"),
              0.105174, 1e-6);
}

// The first credit that reaches the threshold, found by asking.
double first_paid(const compensation::PayFunction& f) {
  std::int64_t low = 0, high = std::int64_t{1} << 40;
  while (low < high) {
    const std::int64_t middle = (low + high) / 2;
    if (f.reached(middle))
      high = middle;
    else
      low = middle + 1;
  }
  return static_cast<double>(high);
}

// The same by summing over each piece, whose ends alone are taken from the function.
double by_simpson(const compensation::PayFunction& f, double mean, double sd) {
  const double scale = static_cast<double>(f.scale()), far = 9 * sd;
  const auto cents = [&](double c) {
    const auto whole = static_cast<std::int64_t>(c);
    return f.reached(whole)
               ? static_cast<double>(f.due(whole)) / static_cast<double>(f.denominator())
               : 0;
  };
  std::vector<double> ends{mean - far, mean + far};
  for (const auto& piece : f.pieces())
    if (piece.from != 0 || &piece != &f.pieces()[0])
      ends.push_back(static_cast<double>(piece.from) / scale);
  if (f.has_threshold()) ends.push_back(first_paid(f));
  std::ranges::sort(ends);
  double total = 0;
  for (std::size_t i = 0; i + 1 < ends.size(); ++i) {
    const double a = std::max(ends[i], mean - far), b = std::min(ends[i + 1], mean + far);
    if (b - a < 3) continue;
    const double at = std::ceil(a), slope = cents(at + 1) - cents(at);
    constexpr int steps = 4000;
    const double h = (b - a) / steps;
    for (int k = 0; k <= steps; ++k) {
      const double x = a + k * h, z = (x - mean) / sd;
      const double weight = k == 0 || k == steps ? 1 : k % 2 == 1 ? 4 : 2;
      total += weight * h / 3 * (cents(at) + (x - at) * slope) * std::exp(-z * z / 2) /
               (sd * std::sqrt(2 * std::numbers::pi));
    }
  }
  return total;
}

TEST(Exact, ExpectedPayOfRandomFunctions) {
  Wish wish;
  wish.plain = true;
  wish.per_deal = wish.outside = wish.windfall = wish.minimum = wish.guarantee = false;
  wish.catch_up = wish.change = wish.clawback = wish.draw = wish.cap = wish.subquota = false;
  for (std::uint64_t i = 0; i < 300; ++i) {
    Luck luck(i);
    const Case c = random_plans::random_case(luck, wish);
    Payroll payroll(plan_of(c), Payroll::Trace::no);
    const auto ann = payroll.add_payee("Ann");
    for (std::int32_t k = 0; k < std::ssize(payroll.plan().first().components); ++k) {
      const auto& f = payroll.function(ann, k, random_plans::new_year() + 100);
      const double mean = static_cast<double>(10'000 + luck.below(1'000'000));
      const double sd = mean * (0.1 + static_cast<double>(luck.below(60)) / 100);
      const double found = f.expected(mean, sd), summed = by_simpson(f, mean, sd);
      EXPECT_NEAR(found, summed, 1e-6 * std::abs(summed) + 0.05)
          << "seed " << i << ", component " << k << ", mean " << mean << ", sd " << sd << "\n"
          << c.plan();
      const double step = sd * 1e-4;
      const double slope = (f.expected(mean + step, sd) - f.expected(mean - step, sd)) / (2 * step);
      EXPECT_NEAR(f.expected_rate(mean, sd), slope, 1e-5 * (1 + std::abs(slope))) << c.plan();
      if (HasFailure()) return;
    }
  }
}

// --- SA12 ---------------------------------------------------------------------------------------

// Months of payees who are paid all they earn, exponential with mean `mean`, on a draw.
void draw_as_queue(double ratio, int payees, int months) {
  constexpr double mean = 1e6;  // cents
  const double draw = ratio * mean;
  Payroll payroll(
      plan_with(fmt::format("[component.c]\ntype = \"commission\"\nreading = \"marginal\"\n"
                            "measure = \"month\"\ntiers = [{{from = 0, rate = \"100%\"}}]\n"
                            "[draw]\namount = {}\nkind = \"recoverable\"\nfloor = \"draw\"\n"
                            "recovery_starts = 1\nrecovery_share = \"100%\"\nleaver = \"owed\"\n",
                            static_cast<int>(draw / 100)),
                "month"),
      Payroll::Trace::no);
  const auto kind = payroll.add_kind({});
  std::vector<sim::Draw> draws;
  std::vector<double> free(static_cast<std::size_t>(payees)), debt(free.size());
  for (int i = 0; i < payees; ++i) {
    payroll.add_payee(fmt::format("{}", i));
    draws.push_back(all_luck.draw(luck_stream, sim::Key{static_cast<std::uint64_t>(i)}));
  }
  const auto first = payroll.plan().periods.month(sim::Date::from_civil(2000, 1, 1));
  constexpr int warm_up = 200;
  for (int m = 0; m < months + warm_up; ++m) {
    const sim::Date day = payroll.plan().periods.first_day_of_month(first + m);
    for (std::uint32_t i = 0; i < payroll.payees(); ++i)
      payroll.post(credit_of(i, kind, std::llround(mean * draws[i].exponential()), day));
    payroll.settle(first + m);
    for (const auto& payout : payroll.payouts()) {
      if (m < warm_up) continue;
      free[payout.payee] += payout.draw_balance == 0;
      debt[payout.payee] += static_cast<double>(payout.draw_balance);
    }
    payroll.forget();
  }
  Mean none, balance;
  for (std::size_t i = 0; i < free.size(); ++i) {
    none.add(free[i] / months);
    balance.add(debt[i] / months / mean);
  }
  expect_exact(none, 1 - ratio, "P(no debt)");
  expect_exact(balance, ratio * ratio / (2 * (1 - ratio)), "mean debt");
}

TEST(Exact, ARecoverableDrawIsAQueue) { draw_as_queue(0.6, 200, 5000); }

TEST(Exact, ARecoverableDrawIsALongerQueue) { draw_as_queue(0.8, 300, 11000); }

// --- SA16 ---------------------------------------------------------------------------------------

void bonus_share(double quota, double target) {
  constexpr double mean = 1e8;
  Payroll payroll(plan_with(fmt::format("[quota]\namount = {}\nper = \"month\"\n[component.c]\n"
                                        "type = \"bonus\"\nmeasure = \"month\"\namount = 1000\n"
                                        "at = \"100%\"\ncatch_up = false\n",
                                        std::llround(quota * mean / 100)),
                            "month"),
                  Payroll::Trace::no);
  const auto kind = payroll.add_kind({});
  constexpr int payees = 20, months = 5000;
  const auto first = payroll.plan().periods.month(sim::Date::from_civil(2000, 1, 1));
  Mean paid;
  for (int i = 0; i < payees; ++i) payroll.add_payee(fmt::format("{}", i));
  for (int m = 0; m < months; ++m) {
    const sim::Date day = payroll.plan().periods.first_day_of_month(first + m);
    sim::Draw draw =
        all_luck.draw(luck_stream, sim::Key{1'000'000 + static_cast<std::uint64_t>(m)});
    for (std::uint32_t i = 0; i < payees; ++i)
      payroll.post(credit_of(i, kind, std::llround(mean * (1 + 0.5 * draw.normal())), day));
    payroll.settle(first + m);
    for (const auto& payout : payroll.payouts()) paid.add(payout.payable == 100'000);
    payroll.forget();
  }
  expect_exact(paid, 1 - sim::normal_cdf((quota - 1) / 0.5), "share paid");
  EXPECT_NEAR(paid.mean(), target, 4 * paid.error() + 0.003) << "the quota is rounded";
}

TEST(Exact, ShareOfBonusesUnderNormalAttainment) {
  bonus_share(1.127, 0.4);
  bonus_share(1.00, 0.5);
  bonus_share(0.87, 0.6);
}

}  // namespace
