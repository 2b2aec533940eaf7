// SPDX-License-Identifier: Apache-2.0
// A role's plan as figures of a scenario, and its dated changes.
#include <gtest/gtest.h>
#include <rapidcheck.h>

#include "tests/models/ecosystem/plan_person.h"

namespace {

using namespace ecosystem;
using namespace plan_person;
using compensation::Span;

// --- figures ------------------------------------------------------------------------------------

TEST(PlanTerms, BaseRateAndAccelerator) {
  Person person(kinked());
  EXPECT_EQ(person.sell(0, quota), quota / 10);
  EXPECT_EQ(person.sell(1, 1'000'000), 150'000);
  EXPECT_EQ(person.sell(13, 1'000'000), 100'000);  // a new quarter
}

TEST(PlanTerms, ABonusIsPaidOnceAtQuota) {
  PlanTerms terms = kinked();
  terms.bonus = 500'000;
  Person person(terms);
  EXPECT_EQ(person.sell(0, quota - 1), (quota - 1 + 5) / 10);
  EXPECT_NEAR(static_cast<double>(person.sell(1, 1)), 500'000, 1);
  EXPECT_EQ(person.sell(2, 1'000'000), 150'000);
}

TEST(PlanTerms, ACapEndsAllPay) {
  for (const double cap : {.8, 1.0, 1.4}) {
    PlanTerms terms = kinked();
    terms.cap = cap;
    Person person(terms);
    const double below = std::min(cap, 1.0), above = std::max(0.0, cap - 1);
    EXPECT_EQ(person.sell(0, 3 * quota), std::llround(.1 * quota * (below + 1.5 * above))) << cap;
    EXPECT_EQ(person.sell(1, quota), 0);
  }
}

// Whatever the figures, pay is base x min(x, Q) + base x accelerator x what lies between Q and cap.
TEST(PlanTerms, PayIsItsFormula) {
  EXPECT_TRUE(rc::check("formula", [] {
    PlanTerms terms;
    terms.quota = *rc::gen::inRange<std::int64_t>(1, 40) * 1'000'000;
    terms.base_rate = *rc::gen::inRange(0, 400) / 1000.0;
    terms.accelerator = *rc::gen::inRange(0, 300) / 100.0;
    terms.cap = *rc::gen::element(0.0, .5, 1.0, 1.25, 2.0);
    terms.bonus = *rc::gen::inRange<std::int64_t>(0, 100) * 10'000;
    terms.per = *rc::gen::element(Span::month, Span::quarter, Span::year);
    const double periods = terms.per == Span::month ? 1 / 3.0 : terms.per == Span::quarter ? 1 : 4;
    const std::int64_t sold = *rc::gen::inRange<std::int64_t>(0, 200'000'000);
    Person person(terms);
    const double q = static_cast<double>(terms.quota) * periods, x = static_cast<double>(sold);
    const double end = terms.cap > 0 ? terms.cap * q : 1e300;
    const double slow = std::min({x, q, end}), fast = std::max(0.0, std::min(x, end) - q);
    const double bonus = sold > 0 && x >= q ? static_cast<double>(terms.bonus) * periods : 0;
    const double expected = terms.base_rate * (slow + terms.accelerator * fast) + bonus;
    RC_ASSERT(std::abs(static_cast<double>(person.sell(0, sold)) - expected) <= 3);
  }));
}

TEST(PlanTerms, QuotaIsOfMonthQuarterOrYear) {
  PlanTerms terms = kinked();
  terms.quota = 30'000'000;
  const auto accelerated_at = [&](Span per) {
    terms.per = per;
    Person person(terms);
    std::int64_t sold = 0;
    while (person.sell(0, 1'000'000) == 100'000) sold += 1'000'000;
    return sold;
  };
  EXPECT_EQ(accelerated_at(Span::month), 10'000'000);
  EXPECT_EQ(accelerated_at(Span::quarter), 30'000'000);
  EXPECT_EQ(accelerated_at(Span::year), 120'000'000);
  // A month is 4, 4, 5 weeks: in week 4 it begins anew.
  terms.per = Span::month;
  Person person(terms);
  EXPECT_EQ(person.sell(3, 12'000'000), 1'000'000 + 300'000);
  EXPECT_EQ(person.sell(4, 1'000'000), 100'000);
}

TEST(PlanTerms, ASeasonDividesTheYear) {
  PlanTerms terms = kinked();
  terms.season = {.4, .3, .2, .1};
  Person person(terms);
  for (int quarter = 0; quarter < 4; ++quarter) {
    const double q = 4.0 * quota * terms.season[static_cast<std::size_t>(quarter)];
    const std::int64_t due = person.sell(13 * quarter, 2 * quota);
    EXPECT_EQ(due,
              std::llround(.1 * std::min(q, 2.0 * quota) + .15 * std::max(0.0, 2.0 * quota - q)))
        << quarter;
  }
}

TEST(PlanTerms, MonthsShareTheirQuartersSeason) {
  PlanTerms terms = kinked();
  terms.quota = 30'000'000;
  terms.season = {.4, .3, .2, .1};
  terms.per = Span::month;
  for (const int week : {0, 4, 8, 13, 39}) {
    Person person(terms);
    const double q = 120'000'000 * terms.season[static_cast<std::size_t>(week / 13)] / 3;
    person.payroll.begin(first_day + 7 * week);
    EXPECT_NEAR(person.payroll.standing(person.who, first_day + 7 * week).quota, q, 1) << week;
  }
}

TEST(PlanTerms, ASeasonMustSumToOne) {
  PlanTerms terms = kinked();
  for (const std::vector<double>& season :
       {std::vector<double>{.5, .5}, {.4, .3, .2, .2}, {.25, .25, .25, .25, 0}}) {
    terms.season = season;
    EXPECT_THROW(version_of(terms), sim::BadInput);
  }
}

// R20: q' = (1 - L) q + L x, up and down.
TEST(PlanTerms, ARatchetMovesTheNextQuota) {
  PlanTerms terms = kinked();
  terms.ratchet = .5;
  Person person(terms);
  person.sell(0, 2 * quota);
  const auto quota_in = [&](int week) {
    person.payroll.begin(first_day + 7 * week);
    return person.payroll.standing(person.who, first_day + 7 * week).quota;
  };
  EXPECT_NEAR(quota_in(13), 1.5 * quota, 1);
  person.sell(13, quota / 10);
  EXPECT_NEAR(quota_in(26), .5 * 1.5 * quota + .05 * quota, 1);
}

// The plan engine has no meaning for these (R20), so a scenario may not ask for them.
TEST(PlanTerms, ARatchetGoesWithQuartersAlone) {
  PlanTerms terms = kinked();
  terms.ratchet = .5;
  terms.per = Span::year;
  EXPECT_THROW(version_of(terms), sim::BadInput);
  terms.per = Span::month;
  EXPECT_NO_THROW(version_of(terms));
  terms.season = {.4, .3, .2, .1};
  EXPECT_THROW(version_of(terms), sim::BadInput);
}

TEST(PlanTerms, RatchetWeightIsSA18s) {
  PlanTerms terms = kinked();
  const auto weight = [&](double lambda, double far_sighted) {
    terms.ratchet = lambda;
    return RolePayroll(terms, calendar()).ratchet_weight(far_sighted, -std::log(.95));
  };
  EXPECT_NEAR(weight(.25, 1), .174, 5e-4);  // science.md
  EXPECT_NEAR(weight(.5, 1), .095, 5e-4);
  EXPECT_NEAR(weight(1, 1), .05, 5e-4);
  EXPECT_EQ(weight(.5, 0), 1);
  EXPECT_NEAR(weight(.5, .5), .5 + .5 * weight(.5, 1), 1e-12);
}

// --- dated changes ------------------------------------------------------------------------------

TEST(PlanTerms, ADatedChangeMayBringQuotaBonusAndCap) {
  PlanTerms none;
  none.base_rate = .1;
  Person person(none);
  EXPECT_EQ(person.sell(0, quota), quota / 10);
  PlanTerms terms = kinked();
  terms.bonus = 500'000;
  terms.cap = 2;
  person.payroll.change(terms, first_day + 7 * 13);
  EXPECT_EQ(person.sell(13, quota), quota / 10 + 500'000);
  EXPECT_EQ(person.sell(14, 2 * quota), std::llround(.15 * quota));
  person.payroll.change(none, first_day + 7 * 26);
  EXPECT_EQ(person.sell(26, 3 * quota), 3 * quota / 10);
}

TEST(PlanTerms, TwoChangesOfOneDayAreTheLast) {
  Person person(kinked());
  PlanTerms first = kinked(), second = kinked();
  first.base_rate = .5;
  second.base_rate = .2;
  person.payroll.change(first, first_day + 7);
  person.payroll.change(second, first_day + 7);
  EXPECT_EQ(person.sell(0, 1'000'000), 100'000);
  EXPECT_EQ(person.sell(1, 1'000'000), 200'000);
}

TEST(PlanTerms, OtherComponentsAreRefused) {
  Person person(kinked());
  PlanTerms yearly = kinked();
  yearly.per = Span::year;  // a component's measure may not change (docs/plans.md)
  PlanTerms file;
  file.file = "flat_10";
  for (const PlanTerms& terms : {yearly, file}) {
    const std::string text = said([&] { person.payroll.change(terms, first_day + 7); });
    EXPECT_NE(text.find("must have the components of the plan before it"), std::string::npos)
        << text;
  }
  EXPECT_EQ(person.sell(2, 1'000'000), 100'000);  // and nothing has changed
}

// A scenario's dated change of a plan's kind ends with that message, too.
TEST(PlanTerms, AScenariosChangeOfComponentsIsRefused) {
  const auto plan = support::plan("textbook", {"run.replicates=1", "run.warmup=0"},
                                  "[[interventions]]\ndate = 2026-05-04\n"
                                  "set.account_executive.plan = \"flat_10\"\n");
  const std::string text = said([&] { support::run(plan); });
  EXPECT_NE(text.find("must have the components"), std::string::npos) << text;
}

TEST(PlanTerms, AScenariosChangeOfFiguresIsNot) {
  const auto plan = support::plan("textbook", {"run.replicates=1", "run.warmup=0", "run.weeks=52"},
                                  "[[interventions]]\ndate = 2026-05-04\n"
                                  "set.partner_seller.quota = 30000\n"
                                  "set.account_executive.bonus = 9000\n");
  EXPECT_EQ(said([&] { support::run(plan); }), "");
}

}  // namespace
