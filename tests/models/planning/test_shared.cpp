// SPDX-License-Identifier: Apache-2.0
// Reps whose pay depends on each other: SA13 (tournaments) and SA14 (shared credit). Agents find
// their best answer by trying, until nobody changes; prizes and commission are the pay engine's.
#include "tests/models/planning/exact.h"
#include "tests/models/planning/optimisers.h"

namespace {

using namespace planning_tests;

// --- SA13 ---------------------------------------------------------------------------------------

// What each rank takes of a contest with these prizes, by the pay engine: `outputs` in quotas.
class Contest {
 public:
  explicit Contest(const std::vector<double>& prizes) {
    std::string list;
    for (const double prize : prizes) list += fmt::format("\"{:.2f}\", ", 1e6 * prize);
    plan_ = exact::plan_with(
        "[component.race]\ntype = \"contest\"\nfrom = 2027-01-01\nto = "
        "2027-03-31\nprizes = [" +
        list.substr(0, list.size() - 2) + "]\n");
  }
  std::vector<double> takes(const std::vector<double>& outputs) const {
    compensation::Payroll payroll(plan_, compensation::Payroll::Trace::no);
    const auto kind = payroll.add_kind({});
    for (std::size_t i = 0; i < outputs.size(); ++i) {
      const auto payee = payroll.add_payee(fmt::format("{:02}", i));
      payroll.post(exact::credit_of(payee, kind,
                                    static_cast<std::int64_t>((outputs[i] + 20) * quota), day_));
    }
    payroll.settle(payroll.plan().periods.index(compensation::Span::quarter, day_));
    std::vector<double> takes(outputs.size());
    for (const auto& payout : payroll.payouts())
      takes[payout.payee] += static_cast<double>(payout.payable) / quota;
    return takes;
  }
  // Prizes by rank.
  std::vector<double> table(int reps) const {
    std::vector<double> outputs;
    for (int i = 0; i < reps; ++i) outputs.push_back(-i * 0.5);
    return takes(outputs);
  }

 private:
  std::shared_ptr<const compensation::Plan> plan_;
  sim::Date day_ = sim::Date::from_civil(2027, 2, 1);
};

// Expected prize of a rep whose effort is `ahead` of all others', noise standard normal: sum over
// the noise and the number of others who are better.
double expected_prize(const std::vector<double>& prizes, double ahead) {
  constexpr int steps = 600;
  const int others = static_cast<int>(prizes.size()) - 1;
  double sum = 0;
  for (int i = 0; i < steps; ++i) {
    const double z = -6 + 12 * (i + 0.5) / steps, below = sim::normal_cdf(z + ahead);
    double chance = sim::pow(below, others), prize = 0;  // nobody is better
    for (int k = 0; k <= others; ++k) {
      prize += chance * prizes[static_cast<std::size_t>(k)];
      chance *= (1 - below) / below * (others - k) / (k + 1);
    }
    sum += prize * std::exp(-z * z / 2);
  }
  return sum * 12 / steps / std::sqrt(2 * 3.141592653589793);
}

// Everybody answers what the others do, half way each time.
double settled_effort(const std::vector<double>& prizes, double cost) {
  double effort = 0.5;
  for (int round = 0; round < 40; ++round) {
    const double answer = best_of(
        [&](double e) { return expected_prize(prizes, e - effort) - cost * e * e / 2; }, 0, 1, 12);
    if (std::abs(answer - effort) < 1e-8) break;
    effort += (answer - effort) / 2;
  }
  return effort;
}

TEST(Planning, SA13WinnerTakesAll) {
  for (const auto& [reps, effort] :
       {std::pair{2, 0.28209}, std::pair{3, 0.28209}, std::pair{5, 0.23259}, std::pair{10, 0.15388},
        std::pair{20, 0.09337}}) {
    const auto prizes = Contest({1}).table(reps);
    ASSERT_EQ(prizes[0], 1);
    EXPECT_NEAR(settled_effort(prizes, 1), effort, 2e-5) << reps;
  }
  EXPECT_NEAR(settled_effort(Contest({0.5}).table(2), 1), 0.28209 / 2, 2e-5);  // ~ the prize
  EXPECT_NEAR(settled_effort(Contest({1}).table(2), 2), 0.28209 / 2, 2e-5);    // ~ 1 / cost
}

TEST(Planning, SA13OneWinnerIsBestForASplitPurse) {
  const std::array efforts{0.1539, 0.1270, 0.1065, 0.0893, 0.0739};
  for (std::size_t winners = 1; winners <= efforts.size(); ++winners) {
    const auto prizes =
        Contest(std::vector<double>(winners, 1.0 / static_cast<double>(winners))).table(10);
    EXPECT_NEAR(settled_effort(prizes, 1), efforts[winners - 1], 6e-5) << winners;
  }
}

// The chance that the optimiser counts with is the one at which the engine pays.
TEST(Planning, SA13ThePayEnginePaysThosePrizes) {
  const Contest contest({0.6, 0.4});
  const auto prizes = contest.table(5);
  Mean took;
  sim::Draw draw = luck(13);
  for (int round = 0; round < 30'000; ++round) {
    std::vector<double> outputs;
    for (int rep = 0; rep < 5; ++rep) outputs.push_back((rep == 0 ? 1.5 : 0) + draw.normal());
    took.add(contest.takes(outputs)[0]);
  }
  expect_exact(took, expected_prize(prizes, 1.5), "prize");
}

// --- SA14 ---------------------------------------------------------------------------------------

// Best effort of a rep of a team, of which each gets a share of the credit of everybody's sales.
double team_effort(int reps, double share, const std::string& splits_allowed) {
  const auto plan = std::make_shared<const compensation::Plan>(compensation::read_plan(
      "format = 1\nname = \"team\"\ncurrency = \"USD\"\npaid = \"quarter\"\ncrediting_event = "
      "\"booking\"\nsplits = \"" +
          splits_allowed + "\"\n" + commission("{from = 0, rate = \"50%\"}"),
      "plan.toml"));
  compensation::Payroll payroll(plan, compensation::Payroll::Trace::no);
  const auto payee = payroll.add_payee("Ann");
  const auto kind = payroll.add_kind({});
  const auto pay = [&](double sales) {  // of the team, in quotas
    const auto credit = static_cast<std::int64_t>(std::llround(share * sales * quota));
    return static_cast<double>(payroll.marginal(payee, kind, credit, random_plans::new_year())) /
           quota;
  };
  std::vector<double> efforts(static_cast<std::size_t>(reps), 0.3);
  for (int round = 0; round < 3; ++round)
    for (double& mine : efforts) {
      double others = -mine;
      for (const double e : efforts) others += e;
      mine = top_of([&](double e) { return pay(others + e) - e * e / 2; }, 0, 2, 30);
    }
  return efforts[0];
}

TEST(Planning, SA14SharedCreditSharesEffort) {
  const double alone = team_effort(1, 1, "sum_to_100");
  EXPECT_NEAR(alone, 0.5, 1e-3);
  for (const int reps : {2, 3, 5}) {
    EXPECT_NEAR(team_effort(reps, 1.0 / reps, "sum_to_100"), alone / reps, 1e-3) << reps;
    EXPECT_NEAR(team_effort(reps, 1, "may_exceed_100"), alone, 1e-3) << reps;
  }
}

}  // namespace
