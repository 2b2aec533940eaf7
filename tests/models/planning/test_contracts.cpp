// SPDX-License-Identifier: Apache-2.0
// What a rate does to effort: SA1, SA2, SA3 (risk against incentive, tasks nobody measures) and
// SA10 (one bonus). Agents find their effort by trying; plans are curves of the pay engine.
// SA9 (hole and heap) is in tests/models/compensation/test_exact_choice.cpp; SA11, SA12 and SA16 in
// test_exact.cpp there.
#include "models/planning/dynamic.h"
#include "models/planning/normal_programme.h"
#include "tests/models/planning/exact.h"
#include "tests/models/planning/optimisers.h"

namespace {

using namespace planning;
using namespace planning_tests;

// Sales k e + noise, cost of effort c e^2 / 2, absolute risk aversion r, margin of sales 1.
struct Job {
  double k = 1, c = 1, noise = 1, r = 2;
  double best_rate() const { return k * k / (k * k + r * c * noise * noise); }
  double surplus() const { return k * k * best_rate() / (2 * c); }
};

// What certain pay an agent would take for pay of so many equally likely amounts (CARA).
double certain(const std::vector<double>& pays, double r) {
  double sum = 0;
  for (const double pay : pays) sum += sim::exp(-r * pay);
  return -sim::log(sum / static_cast<double>(pays.size())) / r;
}

std::vector<double> quantiles(int n) {
  std::vector<double> z;
  for (int i = 0; i < n; ++i) z.push_back(sim::normal_quantile((i + 0.5) / n));
  return z;
}

std::vector<double> pays_at(const PayCurve& pay, const Job& job, double effort,
                            const std::vector<double>& noise) {
  std::vector<double> pays;
  for (const double z : noise) pays.push_back(pay(job.k * effort + job.noise * z));
  return pays;
}

double chosen_effort(const PayCurve& pay, const Job& job, const std::vector<double>& noise) {
  return top_of(
      [&](double e) { return certain(pays_at(pay, job, e, noise), job.r) - job.c * e * e / 2; }, 0,
      4, 40);
}

// --- SA1 ----------------------------------------------------------------------------------------

// Sales less pay, plus what the pay is worth to the agent: the salary between them cancels.
Mean surplus(const PayCurve& pay, const Job& job, const std::vector<double>& few,
             const std::vector<double>& noise) {
  const double e = chosen_effort(pay, job, few);
  const std::vector<double> pays = pays_at(pay, job, e, noise);
  const double sure = certain(pays, job.r), scale = sim::exp(-job.r * sure);
  Mean mean;
  for (std::size_t i = 0; i < pays.size(); ++i) {
    // The last term has mean 0; with it the error of `sure` is in the spread, too.
    const double felt = (1 - sim::exp(-job.r * pays[i]) / scale) / job.r;
    mean.add(job.k * e + job.noise * noise[i] - pays[i] + sure - job.c * e * e / 2 + felt);
  }
  return mean;
}

TEST(Planning, SA1RiskAgainstIncentive) {
  const std::vector<double> few = quantiles(100);
  std::vector<double> noise(2'000'000);
  sim::Draw draw = luck(1);
  for (double& u : noise) u = draw.uniform();
  sim::normal_quantile(noise, noise);
  const std::vector<double> some(noise.begin(), noise.begin() + 200'000);
  for (const auto& [r, rate, worth] :
       {std::tuple{2.0, "33.333333%", 1.0 / 6}, std::tuple{0.5, "66.666667%", 1.0 / 3}}) {
    Job job;
    job.r = r;
    EXPECT_NEAR(job.surplus(), worth, 1e-12);
    int best = 0;
    double most = 0;
    for (int percent = 5; percent <= 100; percent += 5) {
      const PayCurve pay =
          curve_of(commission(fmt::format("{{from = \"0%\", rate = \"{}%\"}}", percent)));
      const double value = surplus(pay, job, few, some).mean();
      if (value > most) most = value, best = percent;
    }
    EXPECT_NEAR(best, 100 * job.best_rate(), 5);
    const PayCurve pay =
        curve_of(commission(std::string("{from = \"0%\", rate = \"") + rate + "\"}"));
    expect_exact(surplus(pay, job, few, noise), worth, "surplus");
    EXPECT_NEAR(chosen_effort(pay, job, few), job.best_rate(), 1e-4);
  }
}

// --- SA2 ----------------------------------------------------------------------------------------

struct Deal {
  double rate, salary_share;
};

// The rate a principal finds best by trying, and the salary that keeps the agent at `outside`.
Deal best_deal(const Job& job, double outside) {
  static const std::vector<double> noise = quantiles(1000);
  const auto sure = [&](double rate, double e) {
    return certain(pays_at(PayCurve::line(rate), job, e, noise), job.r) - job.c * e * e / 2;
  };
  const auto worth = [&](double rate) {
    const double e = chosen_effort(PayCurve::line(rate), job, quantiles(5));
    return (1 - rate) * job.k * e + sure(rate, e);
  };
  const double rate = top_of(worth, 0, 1, 30);
  const double e = chosen_effort(PayCurve::line(rate), job, quantiles(5));
  const double salary = outside - sure(rate, e);
  return {rate, salary / (salary + rate * job.k * e)};
}

TEST(Planning, SA2ComparativeStatics) {
  const Job job;
  const Deal base = best_deal(job, 0.5);
  EXPECT_NEAR(base.rate, job.best_rate(), 0.005);
  const auto with = [&](double Job::*what) {
    Job other = job;
    other.*what *= 2;
    const Deal deal = best_deal(other, 0.5);
    EXPECT_NEAR(deal.rate, other.best_rate(), 0.005);
    return deal;
  };
  EXPECT_LT(with(&Job::r).rate, base.rate - 0.05);
  EXPECT_LT(with(&Job::noise).rate, base.rate - 0.05);
  EXPECT_LT(with(&Job::c).rate, base.rate - 0.05);
  EXPECT_GT(with(&Job::k).rate, base.rate + 0.05);
  EXPECT_GT(with(&Job::noise).salary_share, base.salary_share + 0.05);
  EXPECT_GT(best_deal(job, 1).salary_share, base.salary_share + 0.05);
}

// --- SA3 ----------------------------------------------------------------------------------------

// Two tasks of value 1 each; cost e' C e / 2 with C = [1, c12; c12, 1].
struct Tasks {
  double c12 = 0;
  std::array<double, 2> noise{1, 1}, value{1, 1};
  double r = 1;

  double cost(const std::vector<double>& e) const {
    return (e[0] * e[0] + e[1] * e[1]) / 2 + c12 * e[0] * e[1];
  }
  std::vector<double> efforts(const std::vector<double>& rates) const {
    return climb(
        [&](const std::vector<double>& e) { return rates[0] * e[0] + rates[1] * e[1] - cost(e); },
        {0, 0}, -4, 4);
  }
  double surplus(const std::vector<double>& rates) const {
    const std::vector<double> e = efforts(rates);
    const double risk =
        r / 2 *
        (rates[0] * rates[0] * noise[0] * noise[0] + rates[1] * rates[1] * noise[1] * noise[1]);
    return value[0] * e[0] + value[1] * e[1] - cost(e) - risk;
  }
};

TEST(Planning, SA3ATaskNobodyMeasures) {
  for (const auto& [c12, rate] :
       {std::pair{0.5, 0.2857}, std::pair{0.0, 0.5}, std::pair{-0.5, 0.8571}}) {
    const Tasks tasks{c12};
    EXPECT_NEAR(top_of([&](double b) { return tasks.surplus({b, 0}); }, -1, 2), rate, 1e-4) << c12;
  }
  // A commission on the own product takes effort from the other, if effort is one budget.
  EXPECT_LT(Tasks{0.5}.efforts({0.8, 0})[1], Tasks{0.5}.efforts({0.2, 0})[1] - 0.2);
}

TEST(Planning, SA3AllTasksMeasured) {
  // beta = (I + r C Sigma)^-1 B
  Tasks tasks{0.4};
  tasks.noise = {1, 0.7};
  tasks.r = 1.5;
  const double a = 1 + tasks.r, b = tasks.r * 0.4 * 0.49, c = tasks.r * 0.4, d = 1 + tasks.r * 0.49;
  const auto rates =
      climb([&](const std::vector<double>& x) { return tasks.surplus(x); }, {0, 0}, -1, 2, 12);
  EXPECT_NEAR(rates[0], (d - b) / (a * d - b * c), 2e-4);
  EXPECT_NEAR(rates[1], (a - c) / (a * d - b * c), 2e-4);
}

// SA2, several products: the more effective and the less noisy one has the higher rate.
TEST(Planning, SA2SeveralProducts) {
  Tasks tasks;
  tasks.noise = {1, 0.5};
  const auto best = [&] {
    return climb([&](const std::vector<double>& x) { return tasks.surplus(x); }, {0, 0}, -1, 3, 12);
  };
  auto rates = best();
  EXPECT_GT(rates[1], rates[0] + 0.1);
  tasks.noise = {1, 1};
  tasks.value = {2, 1};  // margin, i.e. a lower marginal cost
  rates = best();
  EXPECT_GT(rates[0], rates[1] + 0.1);
}

// --- SA10 ---------------------------------------------------------------------------------------

TEST(Planning, SA10OneBonus) {
  const std::array goals{0.0, 0.5, 1.0, 1.5, 2.0};
  const std::array efforts{0.3722, 0.3968, 0.3157, 0.1633, 0.0609};
  const PayCurve pay = curve_of(bonus("1000000"));  // at 1: a goal of g is a start at 1 - g
  DynamicSetup setup;
  setup.weeks = 1;
  setup.paces = {1};
  setup.biases = {1};
  setup.sd = 1;
  setup.cells = 20;
  const DynamicTable table(pay, setup);
  const NormalStep step{1, 1, 1, 1, 1, 0};
  for (std::size_t i = 0; i < goals.size(); ++i) {
    const double start = 1 - goals[i];
    const double tried =
        best_of([&](double e) { return pay.expected(start + e, 1) - e * e / 2; }, 0, 1);
    EXPECT_NEAR(tried, efforts[i], 5.1e-5);
    NormalProgramme programme(pay, step, {start - 2, 0.05, 81});
    programme.back();
    EXPECT_NEAR(programme.effort()[40], efforts[i], 2e-4);
    if (start < 0) continue;  // below the table
    EXPECT_NEAR(table.effort(1, start, 1, 0), efforts[i], 2e-4);
  }
  const double peak = best_of(
      [&](double goal) {
        return best_of([&](double e) { return pay.expected(1 - goal + e, 1) - e * e / 2; }, 0, 1,
                       20);
      },
      0, 2, 20);
  EXPECT_NEAR(peak, 0.4, 0.02);
}

}  // namespace
