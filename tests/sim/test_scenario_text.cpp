// SPDX-License-Identifier: Apache-2.0
// Scenario::text() reads back to the same scenario, whatever it says.
#include <fmt/format.h>
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "sim/schema.h"
#include "tests/sim/toy_model.h"

namespace {

void expect_same(const sim::Scenario& a, const sim::Scenario& b) {
  ASSERT_EQ(a.text(), b.text());
  ASSERT_EQ(a.hash(), b.hash());
  ASSERT_EQ(a.arms().size(), b.arms().size());
  for (std::size_t i = 0; i < a.arms().size(); ++i) {
    const std::string& arm = a.arms()[i].name;
    ASSERT_EQ(arm, b.arms()[i].name);
    ASSERT_EQ(a.arms()[i].title, b.arms()[i].title);
    ASSERT_TRUE(a.settings(arm) == b.settings(arm));
    const auto before = a.changes(arm), after = b.changes(arm);
    ASSERT_EQ(before.size(), after.size());
    for (std::size_t j = 0; j < before.size(); ++j) {
      ASSERT_EQ(before[j].date, after[j].date);
      ASSERT_EQ(before[j].title, after[j].title);
      ASSERT_TRUE(before[j].settings == after[j].settings);
    }
  }
}

TEST(ScenarioText, ReadsBack) {
  const sim::Scenario scenario = toy::with(
      R"(title = "quotes \" and \\ and \u0007 é"
currency = "JPY"
start = 2026-03-01
calendar = "gregorian"
[product.zeta]
[vendor]
base_pay = { value = "9M JPY", low = "8M", high = "10M", source = "log", evidence = "measured" }
mix = [1e-300, 0.1, 1]
[product.alpha]
price = "28k"
[arms.as_is]
[arms.more]
title = "more of it"
vendor.account_executives = 4
product.new = {}
needs.rate = { low = 0.3, high = 0.5 }
[[interventions]]
date = "2026-W30"
set.vendor.hours = 20
[[interventions]]
date = 2026-04-01
arm = "more"
title = "raise"
set.product.new.price = 3
)",
      {"arms.more.needs.rate=0.45", "arms.more.vendor.account_executives=5", "run.seed=7"});
  expect_same(scenario, toy::parse(scenario.text()));
  EXPECT_NE(scenario.hash(), toy::with("").hash());
}

TEST(ScenarioText, LongLinesReadBack) {
  std::string mix = "0.5", beeps;
  for (int i = 0; i < 9'999; ++i) mix += i % 500 == 0 ? ",\n0.25" : ",0.25";
  for (int i = 0; i < 1'000; ++i) beeps += "\\u0007";
  const std::string about = ", source = \"" + beeps + "\" }";
  const sim::Scenario scenario = toy::with("[vendor]\nmix = { value = [" + mix + "]" + about +
                                           "\nmotto = { value = \"" + beeps + "\"" + about + "\n");
  expect_same(scenario, toy::parse(scenario.text()));
}

TEST(ScenarioText, BaseTomlSaysTheDefaults) {
  const std::string base = sim::base_toml(toy::models()[0]);
  const sim::Scenario scenario = toy::parse(base);
  EXPECT_TRUE(scenario.settings() == toy::with("").settings());
  EXPECT_EQ(scenario.text(), toy::with("").text());
}

// A value for each kind of parameter, sometimes with a belief.
rc::Gen<std::string> assignment() {
  return rc::gen::exec([] {
    const int a = *rc::gen::inRange(0, 1000);
    const int b = *rc::gen::inRange(0, 1000);
    const double low = std::min(a, b) / 1000.0;
    const double high = std::max(a, b) / 1000.0;
    switch (*rc::gen::inRange(0, 9)) {
      case 0:
        return fmt::format("needs.rate = {}", low + high);
      case 1:
        return fmt::format(
            "needs.rate = {{ value = {}, low = {}, high = {}, distribution = \"{}\" }}",
            (low + high) / 2, low, high, low > 0 && a % 2 == 0 ? "lognormal" : "normal");
      case 2:
        return fmt::format("vendor.win_share = \"{}%\"", a / 10.0);
      case 3:
        return fmt::format("vendor.base_pay = {}.{:02}", 1000 * a, b % 100);
      case 4:
        return fmt::format("vendor.cycle = {{ value = {}, source = \"{}\" }}", 1 + a % 520,
                           b % 2 == 0 ? "log" : "");
      case 5:
        return fmt::format("vendor.account_executives = {}", a);
      case 6:
        return fmt::format("product.p{}.price = \"{}k\"", a % 4, b);
      case 7:
        return fmt::format("product.p{}.margin = -{}", a % 4, low);
      default:
        return fmt::format("vendor.mix = [{}, {}]", low, high);
    }
  });
}

// Lines of a table, no key twice.
std::string table(const std::string& prefix) {
  const auto lines = *rc::gen::container<std::vector<std::string>>(assignment());
  std::map<std::string, std::string> unique;
  for (const std::string& line : lines) unique[line.substr(0, line.find(' '))] = line;
  std::string text;
  for (const auto& [key, line] : unique) text += prefix + line + "\n";
  return text;
}

RC_GTEST_PROP(ScenarioText, ReadsBackWhateverItSays, ()) {
  const std::string base = table("");
  std::string text = "format = 1\n" + base + "run.model = \"toy\"\n";
  const int arms = *rc::gen::inRange(0, 3);
  for (int i = 0; i < arms; ++i) text += fmt::format("[arms.a{}]\n{}", i, table(""));
  const int changes = *rc::gen::inRange(0, 3);
  for (int i = 0; i < changes; ++i)
    text += fmt::format(
        "[[interventions]]\ndate = 2026-{:02}-01\nset.needs.on = false\nset.vendor.hours = {}\n",
        *rc::gen::inRange(3, 13), *rc::gen::inRange(0, 81));
  std::vector<std::string> overrides;
  const int count = *rc::gen::inRange(0, 3);
  for (int i = 0; i < count; ++i)
    overrides.push_back((arms > 0 && i > 0 ? "arms.a0." : "") + *assignment());
  const sim::Scenario scenario = toy::parse(text, overrides);
  const sim::Scenario again = toy::parse(scenario.text());
  expect_same(scenario, again);
}

}  // namespace
