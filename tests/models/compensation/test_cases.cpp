// SPDX-License-Identifier: Apache-2.0
// Cases worked by hand from the rules R1-R30 (cases.toml): a plan, a log, and what they pay.
#include <gtest/gtest.h>

#include <algorithm>
#include <cctype>
#include <fstream>
#include <map>
#include <set>
#include <sstream>

#include "models/compensation/pay_log.h"
#include "models/compensation/read_plan.h"
#include "sim/toml_tree.h"

namespace {

using compensation::Payroll;
using sim::TomlNode;

std::string text_of(const std::string& path) {
  std::ifstream file(path);
  std::ostringstream all;
  all << file.rdbuf();
  return all.str();
}

const TomlNode& cases() {
  static const TomlNode root = [] {
    const std::string path = PARDNER_SOURCE_DIR "/tests/models/compensation/cases.toml";
    return sim::parse_toml(
        std::make_shared<const sim::Source>(sim::Source{"cases.toml", text_of(path)}));
  }();
  return *root.find("case");
}

std::string word(const TomlNode& node, std::string_view key) {
  const TomlNode* at = node.find(key);
  return at ? at->text : "";
}

std::string lower(std::string text) {
  std::ranges::transform(text, text.begin(), [](unsigned char c) { return std::tolower(c); });
  return text;
}

using Amounts = std::map<std::string, std::int64_t>;  // "Ann | commission | 2027-01" -> cents

void put(Amounts& amounts, const std::string& key, std::int64_t cents) {
  if ((amounts[key] += cents) == 0) amounts.erase(key);
}

// With period "*" in what is expected, all periods of that payee and component are one.
struct PaidCase {
  compensation::Statement statement;
  std::shared_ptr<const compensation::Plan> plan;

  std::string period(std::int32_t index) const { return plan->periods.label(plan->paid, index); }
  std::string name(std::uint32_t payee) const { return statement.payroll->payee(payee); }
};

PaidCase pay(const TomlNode& test) {
  PaidCase paid;
  paid.plan = std::make_shared<const compensation::Plan>(
      compensation::read_plan(word(test, "plan"), "plan.toml"));
  const auto log = compensation::read_deals(word(test, "deals"), "deals.csv", *paid.plan);
  paid.statement = compensation::pay(paid.plan, log, Payroll::Trace::yes);
  return paid;
}

void expect_lines(const TomlNode& test, const PaidCase& paid) {
  Amounts expected, found;
  std::set<std::string> summed;
  for (const TomlNode& line : test.find("lines")->children) {
    const std::string who = word(line, "payee") + " | " + word(line, "component") + " | ";
    if (word(line, "period") == "*") summed.insert(who);
    put(expected, who + word(line, "period"), line.find("cents")->integer);
  }
  for (const auto& line : paid.statement.payroll->lines()) {
    const std::string who = paid.name(line.payee) + " | " +
                            paid.statement.payroll->component_name(line.component) + " | ";
    put(found, who + (summed.contains(who) ? "*" : paid.period(line.period)), line.cents);
  }
  EXPECT_EQ(expected, found);
}

void expect_payouts(const TomlNode& test, const PaidCase& paid) {
  if (const TomlNode* payable = test.find("payable")) {
    Amounts expected, found;
    for (const TomlNode& line : payable->children)
      put(expected, word(line, "payee") + " | " + word(line, "period"),
          line.find("cents")->integer);
    for (const auto& payout : paid.statement.payroll->payouts())
      put(found, paid.name(payout.payee) + " | " + paid.period(payout.period), payout.payable);
    EXPECT_EQ(expected, found);
  }
  const TomlNode* balance = test.find("balance");
  if (!balance) return;
  for (const TomlNode& line : balance->children) {
    std::int64_t draw = -1, debt = -1;
    for (const auto& payout : paid.statement.payroll->payouts())
      if (paid.name(payout.payee) == word(line, "payee")) {
        draw = payout.draw_balance;
        debt = payout.debt;
      }
    if (const TomlNode* expected = line.find("draw")) {
      EXPECT_EQ(draw, expected->integer);
    }
    if (const TomlNode* expected = line.find("debt")) {
      EXPECT_EQ(debt, expected->integer);
    }
  }
}

// R28: the entries of a line sum to it.
void expect_traces(const PaidCase& paid) {
  std::map<std::tuple<std::uint32_t, std::int32_t, std::int32_t>, std::int64_t> rest;
  for (const auto& line : paid.statement.payroll->lines())
    rest[{line.payee, line.component, line.period}] += line.cents;
  for (const auto& entry : paid.statement.payroll->entries())
    rest[{entry.payee, entry.component, entry.period}] -= entry.cents;
  for (const auto& [key, cents] : rest)
    EXPECT_EQ(cents, 0) << paid.name(std::get<0>(key)) << " "
                        << paid.statement.payroll->component_name(std::get<1>(key));
}

void expect_error(const TomlNode& test) {
  const TomlNode& error = *test.find("error");
  try {
    pay(test);
    FAIL() << "nothing was wrong";
  } catch (const sim::ScenarioError& caught) {
    const std::string file = word(error, "in") == "plan" ? "plan.toml" : "deals.csv";
    EXPECT_EQ(caught.file(), file) << caught.what();
    bool found = false;
    for (const sim::Problem& problem : caught.problems())
      found = found ||
              (problem.place.line == error.find("line")->integer &&
               lower(problem.text()).find(lower(word(error, "contains"))) != std::string::npos);
    EXPECT_TRUE(found) << "line " << error.find("line")->integer << ", \""
                       << word(error, "contains") << "\" expected in\n"
                       << caught.what();
  }
}

class Cases : public testing::TestWithParam<std::size_t> {};

TEST_P(Cases, PayWhatWasWorkedByHand) {
  const TomlNode& test = cases().children[GetParam()];
  SCOPED_TRACE(word(test, "name") + ": " + word(test, "why"));
  if (test.find("error")) return expect_error(test);
  try {
    const PaidCase paid = pay(test);
    expect_lines(test, paid);
    expect_payouts(test, paid);
    expect_traces(paid);
  } catch (const sim::Error& error) {
    FAIL() << error.what();
  }
}

INSTANTIATE_TEST_SUITE_P(Rules, Cases, testing::Range(std::size_t{0}, cases().children.size()),
                         [](const auto& test) {
                           std::string name = word(cases().children[test.param], "name");
                           for (char& c : name)
                             if (!std::isalnum(static_cast<unsigned char>(c))) c = '_';
                           return name;
                         });

TEST(CasesFile, HasEveryRule) {
  std::set<std::string> rules;
  for (const TomlNode& test : cases().children)
    for (const TomlNode& rule : test.find("rules")->children) rules.insert(rule.text);
  for (int i = 1; i <= 30; ++i) EXPECT_TRUE(rules.contains("R" + std::to_string(i))) << "R" << i;
}

}  // namespace
