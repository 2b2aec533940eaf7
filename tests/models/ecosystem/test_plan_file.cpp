// SPDX-License-Identifier: Apache-2.0
// A role's plan as a file: its content, or the name of one that comes with the program.
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <map>

#include "models/compensation/read_plan.h"
#include "models/packaged_files.h"
#include "tests/models/ecosystem/phases.h"
#include "tests/models/ecosystem/plan_person.h"

namespace {

using namespace plan_person;
using support::Phases;

const std::string two_products = R"(format = 1
name = "two products"
currency = "USD"
paid = "month"
crediting_event = "booking"
splits = "sum_to_100"
products = ["core", "extra"]
[component.core]
type = "commission"
products = ["core"]
reading = "marginal"
measure = "month"
tiers = [{from = 0, rate = "10%"}]
[component.extra]
type = "commission"
products = ["extra"]
reading = "marginal"
measure = "month"
tiers = [{from = 0, rate = "3%"}]
)";

TEST(PlanFile, ReplacesTheFigures) {
  PlanTerms terms = kinked();
  terms.file = two_products;
  Person person(terms, {"core", "extra"});
  EXPECT_EQ(person.sell(0, 1'000'000, 0), 100'000);
  EXPECT_EQ(person.sell(0, 1'000'000, 1), 30'000);
}

TEST(PlanFile, APackagedNameIsOne) {
  for (const models::PackagedFile& file : models::packaged_plans()) {
    PlanTerms terms;
    terms.file = file.name;
    std::vector<std::string> products{"product"};
    const auto plan = compensation::read_plan(file.toml, "packaged");
    for (const std::string& product : plan.products) products.push_back(product);
    Person person(terms, products);
    EXPECT_GE(person.sell(0, 1'000'000), 0) << file.name;
  }
  PlanTerms flat;
  flat.file = "flat_10";
  EXPECT_EQ(Person(flat).sell(0, 1'000'000), 100'000);
}

TEST(PlanFile, AnUnknownNameListsTheKnown) {
  PlanTerms terms;
  terms.file = "flat_11";
  const std::string text = said([&] { plan_file(terms, {"product"}); });
  EXPECT_NE(text.find("there is no plan 'flat_11'"), std::string::npos) << text;
  EXPECT_NE(text.find("flat_10"), std::string::npos) << text;
  EXPECT_NE(text.find("account_executive"), std::string::npos) << text;
}

TEST(PlanFile, AnUnknownProductIsNamed) {
  PlanTerms terms;
  terms.file = two_products;
  const std::string text = said([&] { plan_file(terms, {"core", "widget"}); });
  EXPECT_NE(text.find("'two products' names the product 'extra'"), std::string::npos) << text;
  EXPECT_NE(text.find("core, widget"), std::string::npos) << text;
}

TEST(PlanFile, AFaultInItHasItsPlace) {
  PlanTerms terms;
  terms.file = two_products;
  terms.file.replace(terms.file.find("marginal"), 8, "marginel");
  const std::string text = said([&] { plan_file(terms, {"core", "extra"}); });
  EXPECT_NE(text.find("the scenario's plan file:11:"), std::string::npos) << text;
  EXPECT_NE(text.find("marginal"), std::string::npos) << text;
}

// A change from one file to another: more caps, sub-quotas and filters than before.
TEST(PlanFile, ADatedChangeMayBringMore) {
  PlanTerms before, after;
  before.file = after.file = two_products;
  after.file +=
      "[subquota.extra]\nkind = \"gate\"\napplies_to = [\"core\"]\nmeasure = \"month\"\n"
      "products = [\"extra\"]\nunits = 1\n"
      "[cap.core]\ncomponents = [\"core\"]\namount = 5000\nper = \"month\"\nover = \"forfeited\"\n";
  Person person(before, {"core", "extra"});
  EXPECT_EQ(person.sell(0, 1'000'000, 0), 100'000);
  person.payroll.change(after, first_day + 7 * 4);
  EXPECT_EQ(person.sell(4, 9'000'000, 0), 0);        // the gate is shut
  EXPECT_EQ(person.sell(5, 1'000'000, 1), 930'000);  // and open: 900,000 and 3%
  const auto paid = person.payroll.paydays(first_day + 7 * 8 - 1);
  ASSERT_EQ(paid.size(), 2u);
  EXPECT_EQ(paid[1].accrued, 930'000);
  EXPECT_EQ(paid[1].payable, 530'000);  // the cap of 5,000 and what lies outside it
}

// Named by a path, it is part of what a result keeps.
TEST(PlanFile, ItsContentIsInTheScenariosText) {
  const auto file = std::filesystem::path(testing::TempDir()) / "kept_plan.toml";
  const std::string content = models::packaged_plans()[0].name == "account_executive"
                                  ? std::string(models::packaged_plans()[0].toml)
                                  : two_products;
  std::ofstream(file) << content;
  const std::vector<std::string> overrides{"account_executive.plan=" + file.string()};
  const auto read = sim::Scenario::parse("format = 1\nextends = \"textbook\"\n", "test.toml",
                                         models::vocabulary(), overrides);
  std::filesystem::remove(file);
  EXPECT_EQ(read.settings().get<AccountExecutive>("account_executive").plan, content);
  EXPECT_NE(read.text().find("[component.commission]"), std::string::npos);
  const auto again = sim::Scenario::parse(read.text(), "kept.toml", models::vocabulary());
  EXPECT_EQ(again.text(), read.text());
  EXPECT_EQ(again.settings().get<AccountExecutive>("account_executive").plan, content);
}

// Executives paid by a file earn what the file says, in a whole economy.
TEST(PlanFile, PaysInTheEconomy) {
  Phases economy("textbook", {"account_executive.plan=flat_10", "run.warmup=0"});
  economy.weeks(104);
  const World& w = economy.world;
  std::int64_t paid = 0, bookings = w.books.totals.bookings_acv - w.books.totals.bookings_partner;
  for (std::size_t i = 0; i < w.reps.size(); ++i)
    if (w.reps.role[Reps::Id(i)] == Role::account_executive) paid += w.reps.paid[Reps::Id(i)];
  EXPECT_GT(bookings, 0);
  EXPECT_NEAR(static_cast<double>(paid), .1 * static_cast<double>(bookings), 500);
}

// R16: a draw is for who is employed: not before the first day, not after the last.
TEST(PlanFile, ADrawIsPaidToWhoIsThere) {
  PlanTerms terms = kinked();
  terms.file = two_products + "[draw]\namount = 1000\nkind = \"non_recoverable\"\n";
  RolePayroll payroll(terms, calendar(), {"core", "extra"});
  const std::uint32_t old = payroll.join(sim::named("old"), 0);
  const std::uint32_t hired =
      payroll.join(sim::named("hired"), 1, {.first_day = first_day + 7 * 26, .quota = {}});
  const std::uint32_t leaver = payroll.join(sim::named("leaver"), 2);
  std::map<std::uint32_t, std::int64_t> first_half, second_half;
  for (int week = 0; week < 52; ++week) {
    if (week == 20) payroll.leave(leaver, first_day + 7 * 20 - 1);
    for (const RolePayroll::Pay& pay : payroll.paydays(first_day + 7 * week + 6))
      (week < 26 ? first_half : second_half)[pay.who] += pay.payable;
  }
  EXPECT_EQ(first_half[old], 600'000);
  EXPECT_EQ(second_half[old], 600'000);
  EXPECT_EQ(first_half[hired], 0);
  EXPECT_EQ(second_half[hired], 600'000);
  EXPECT_EQ(first_half[leaver], 500'000);  // of the month that the last day is in, too
  EXPECT_EQ(second_half[leaver], 0);
}

}  // namespace
