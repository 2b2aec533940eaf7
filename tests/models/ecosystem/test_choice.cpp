// SPDX-License-Identifier: Apache-2.0
// Choice against the closed forms of (nested) logit, by P-EX; demand, leads and program by theirs.
#include <gtest/gtest.h>

#include <cmath>

#include "tests/models/ecosystem/economy.h"

namespace {

using namespace ecosystem;

// `count` needs, each with the same sellers at the same stages; who wins them.
struct Stage {
  Needs needs;
  Opportunities opportunities;
  Reps reps;
  Firms firms;
  std::vector<sim::Event> due;
  std::vector<Decision> decisions;
};

struct Shares {
  std::vector<double> seller;  // of the need's opportunities
  double rivals = 0, nobody = 0;
};

Shares shares(const Choice& choice, std::size_t count, std::size_t rivals,
              const std::vector<double>& skills, std::size_t untouched = 99) {
  Stage m;
  for (std::size_t r = 0; r < rivals; ++r)
    m.firms.kind[m.firms.add(sim::child(kinds::firm, sim::named("r"), r))] = FirmKind::rival;
  m.firms.kind[m.firms.add(sim::named("vendor"))] = FirmKind::vendor;
  for (std::size_t s = 0; s < skills.size(); ++s)
    m.reps.skill[m.reps.add(sim::child(kinds::rep, sim::named("v"), s))] = skills[s];
  for (std::size_t n = 0; n < count; ++n) {
    const auto need = m.needs.add(sim::child(kinds::need, sim::named("a"), n));
    m.needs.product[need] = Products::Id(0);
    m.needs.first_opportunity[need] = Opportunities::Id(m.opportunities.size());
    m.needs.opportunities[need] = static_cast<std::uint32_t>(skills.size());
    for (std::size_t s = 0; s < skills.size(); ++s) {
      const auto row = m.opportunities.add(sim::child(kinds::opportunity, m.needs.key(need), s));
      m.opportunities.need[row] = need;
      m.opportunities.rep[row] = Reps::Id(s);
      m.opportunities.product[row] = Products::Id(0);
      m.opportunities.engaged_day[row] = s == untouched ? never : 0;
    }
    sim::Event event;
    event.entity = need.index();
    m.due.push_back(event);
  }
  support::Economy economy;
  choice(m.decisions, m.due, m.needs, m.opportunities, m.reps, m.firms, 0, economy.step());
  Shares result;
  result.seller.resize(skills.size());
  const double one = 1 / static_cast<double>(count);
  for (const Decision& decision : m.decisions) {
    if (decision.opportunity)
      result.seller[decision.opportunity.index() % skills.size()] += one;
    else
      (decision.firm ? result.rivals : result.nobody) += one;
  }
  return result;
}

double band(double p, std::size_t count) {
  return 4 * std::sqrt(p * (1 - p) / static_cast<double>(count));
}

// SC8: V = (1, .5, 0) gives .5065, .3072, .1863.
TEST(Choice, IsMultinomialLogit) {
  Choice choice;
  choice.taste_sigma = 0;
  choice.base = 1;
  choice.rival_strength = .5;
  choice.no_decision = 0;
  constexpr std::size_t count = 160'000;  // standard error below 0.5% of each target
  const Shares s = shares(choice, count, 1, {0});
  EXPECT_NEAR(s.seller[0], .5065, band(.5065, count));
  EXPECT_NEAR(s.rivals, .3072, band(.3072, count));
  EXPECT_NEAR(s.nobody, .1863, band(.1863, count));
}

// Two sellers of one product: P(nest) = S^lambda / (1 + S^lambda), within it e^(V/lambda) / S.
TEST(Choice, OffersOfOneProductAreOneNest) {
  for (const double lambda : {.3, 1.0}) {
    Choice choice;
    choice.taste_sigma = 0;
    choice.base = .2;
    choice.no_decision = 0;
    choice.nest = lambda;
    constexpr std::size_t count = 160'000;
    const double first = std::exp(.2 / lambda), second = std::exp(.5 / lambda);
    const double nest = std::pow(first + second, lambda);
    const Shares s = shares(choice, count, 0, {0, .3});
    for (const auto& [got, weight] : {std::pair{s.seller[0], first}, {s.seller[1], second}}) {
      const double exact = nest / (1 + nest) * weight / (first + second);
      EXPECT_NEAR(got, exact, band(exact, count)) << lambda;
    }
  }
}

// An offer nobody worked on is no offer: the need is decided among the others.
TEST(Choice, WhoDidNotWorkIsNotChosen) {
  Choice choice;
  choice.taste_sigma = 0;
  const Shares both = shares(choice, 10'000, 1, {0, 0}, 1);
  EXPECT_EQ(both.seller[1], 0);
  EXPECT_GT(both.seller[0], 0);
  EXPECT_EQ(shares(choice, 10'000, 1, {0}, 0).seller[0], 0);
}

TEST(Choice, TastesAreNormalWithTheirSigma) {
  Choice choice;
  choice.taste_sigma = 1;
  choice.base = -.5;
  choice.no_decision = 0;
  constexpr std::size_t count = 160'000;
  double exact = 0;  // mean of the logit over a normal taste, by the midpoint rule
  for (int i = 0; i < 4000; ++i) {
    const double x = -8 + 16 * (i + .5) / 4000;
    exact += 16.0 / 4000 * std::exp(-x * x / 2) / std::sqrt(2 * 3.14159265358979) /
             (1 + std::exp(.5 - x));
  }
  EXPECT_NEAR(shares(choice, count, 0, {0}).seller[0], exact, band(exact, count));
}

// A small dissimilarity must not overflow, whatever the utilities.
TEST(Choice, ExtremeUtilitiesStayFinite) {
  Choice choice;
  choice.taste_sigma = 0;
  choice.nest = .01;
  choice.no_decision = 0;
  for (const double base : {-20.0, -9.0, 9.0, 20.0}) {
    choice.base = base;
    const double exact = 1 / (1 + std::exp(-base));
    EXPECT_NEAR(shares(choice, 10'000, 0, {0}).seller[0], exact, band(exact, 10'000) + 1e-3)
        << base;
  }
}

TEST(Demand, ComesAtTheRateOfEachAccount) {
  support::Economy economy({"market.accounts=4000", "market.partner_only=0", "vendor.customers=0",
                            "demand.while_busy=1", "demand.rate=2", "demand.rate_sigma=0.5"});
  economy.weeks(104);
  const auto needs = static_cast<double>(economy.world.books.totals.needs);
  // Poisson given the rates; rates are lognormal with mean 2 a year: variance 16 000 (e^.25 - 1) 4.
  const double sd = std::sqrt(16'000 + 4'000 * 16 * (std::exp(.25) - 1));
  EXPECT_NEAR(needs, 16'000, 4 * sd);
}

// Open needs by Little's law: arrivals a week x mean clock.
TEST(Demand, ClocksAreTheirMinimumAndAnExponential) {
  support::Economy economy({"market.accounts=6000", "demand.rate=3", "demand.while_busy=1"});
  economy.weeks(100);
  const World& w = economy.world;
  double open = 0;
  const std::int64_t before = w.books.totals.needs;
  economy.weeks(100,
                [&](const World& now) { open += static_cast<double>(now.needs.living()) / 100; });
  const double a_week = static_cast<double>(w.books.totals.needs - before) / 100;
  EXPECT_NEAR(open / a_week, 6 + 8, .2);
}

// Each executive of a region gets an equal part of its accounts; a newcomer takes from all alike.
TEST(Leads, AccountsAreSharedOutEvenly) {
  support::Economy economy({"market.regions=1", "market.accounts=6000", "market.partner_only=0",
                            "vendor.account_executives=4", "program.candidates=0",
                            "program.signed_at_start=0", "demand.rate=5"});
  economy.weeks(8);
  const World& w = economy.world;
  std::vector<double> have(w.reps.size());
  double all = 0;
  for (std::size_t row = 0; row < w.opportunities.size(); ++row, ++all)
    ++have[w.opportunities.rep[Opportunities::Id(row)].index()];
  ASSERT_GT(all, 2'000);
  for (const double count : have) EXPECT_NEAR(count / all, .25, band(.25, 2'000));
}

TEST(Leads, PartnersKnowTheirShareOfAccounts) {
  support::Economy economy({"market.regions=1", "market.accounts=6000", "market.partner_only=0",
                            "program.candidates=10", "program.signed_at_start=10",
                            "program.activation_share=1", "leads.partner_reach=0.2",
                            "vendor.account_executives=0", "demand.rate=5"});
  economy.weeks(9);
  const World& w = economy.world;
  double opportunities = 0, needs = 0;
  for (std::size_t row = 0; row < w.needs.size(); ++row) {
    if (w.needs.born_day[Needs::Id(row)] < 7) continue;  // before the partners are active
    ++needs;
    opportunities += w.needs.opportunities[Needs::Id(row)];
  }
  EXPECT_NEAR(opportunities / needs, 2, 4 * std::sqrt(10 * .2 * .8 / needs));
}

// Without support and growth of managers, signings follow an exponential race: the share of
// candidates signed after t years is 1 - exp(-managers x recruits / candidates x t).
TEST(Program, SigningsFollowTheRecruitingHazard) {
  support::Economy economy({"program.candidates=4000", "program.signed_at_start=0",
                            "program.recruits_per_year=1000", "program.activation_share=0.25",
                            "vendor.partner_managers=2", "market.accounts=10", "run.weeks=156"});
  economy.weeks(104);
  const Totals& t = economy.world.books.totals;
  const double p = 1 - std::exp(-2.0 * 1000 / 4000 * 2);
  EXPECT_NEAR(static_cast<double>(t.signed_up) / 4000, p, band(p, 4000));
  economy.weeks(104);  // by then nearly all who ever become active are
  const double signed_up = static_cast<double>(t.signed_up);
  EXPECT_NEAR(static_cast<double>(t.activated) / signed_up, .25 * .8, .08);
}

// Hired people cost from their first day, ask a fee when asked for, and take no day off the plan.
TEST(Hiring, CostsAreThosePlanned) {
  const std::vector<std::string> base{"vendor.account_executives=0", "vendor.partner_managers=0",
                                      "program.signed_at_start=0", "run.warmup=0"};
  auto hire = base;
  hire.insert(hire.end(), {"hiring.account_executives=2", "hiring.weeks_to_hire=10"});
  support::Economy none(base), two(hire);
  none.weeks(10 + 52);
  two.weeks(10 + 52);
  const Totals &a = none.world.books.totals, &b = two.world.books.totals;
  EXPECT_EQ(a.fixed_pay, 0);
  EXPECT_EQ(b.fixed_pay, 2 * fixed_cost(two.world.the<AccountExecutive>()));
  EXPECT_EQ(b.support - a.support, 2 * two.world.the<Hiring>().fee.minor);
}

}  // namespace
