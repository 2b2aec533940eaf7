// SPDX-License-Identifier: Apache-2.0
// What people read when a scenario is wrong, word by word.
#include <gtest/gtest.h>

#include <chrono>

#include "tests/sim/toy_model.h"

namespace {

// Of the toy model, the wrong line being the fourth.
std::string complaint_about(const std::string& lines) {
  return toy::complaint("format = 1\n[run]\nmodel = \"toy\"\n" + lines);
}

// The complaint without its quotation: message, and the help if there is any.
std::string said(const std::string& lines) {
  try {
    toy::with(lines);
    return "";
  } catch (const sim::ScenarioError& error) {
    std::string text;
    for (const sim::Problem& problem : error.problems()) {
      if (!text.empty()) text += '\n';
      text += problem.message;
      if (!problem.help.empty()) text += " | " + problem.help;
    }
    return text;
  }
}

TEST(ScenarioErrors, AMisspeltParameter) {
  EXPECT_EQ(complaint_about("[vendor]\naccount_executive = 3 # two\n"),
            R"(error: [vendor] has no 'account_executive'
  --> test.toml:5:1
  |
5 | account_executive = 3 # two
  | ^^^^^^^^^^^^^^^^^
  = help: did you mean 'account_executives'?
)");
}

TEST(ScenarioErrors, CaretsCountCharacters) {
  EXPECT_EQ(complaint_about("[vendor]\nmotto = { source = \"hé\", value = 900 }\n"),
            R"(error: vendor.motto: expected a text, found 900
  --> test.toml:5:34
  |
5 | motto = { source = "hé", value = 900 }
  |                                  ^^^
  = help: texts stand in quotes
)");
}

TEST(ScenarioErrors, ALongLineIsCut) {
  const std::string text = complaint_about("[vendor]\nmix = [" + std::string(300, ' ') + "2]\n");
  EXPECT_EQ(text, R"(error: vendor.mix: 2 is too large
  --> test.toml:5:308
  |
5 | ...                                        2]
  |                                            ^
  = help: allowed: 0 to 1
)");
}

TEST(ScenarioErrors, SeveralAtOnceInOrder) {
  EXPECT_EQ(complaint_about("weeks = 0\n[ventor]\n"), R"(error: run.weeks: 0 is too small
  --> test.toml:4:9
  |
4 | weeks = 0
  |         ^
  = help: allowed: 1 to 10000 (week)

error: model 'toy' has no section [ventor]
  --> test.toml:5:2
  |
5 | [ventor]
  |  ^^^^^^
  = help: did you mean [vendor]?
)");
}

TEST(ScenarioErrors, TenAreEnough) {
  std::string lines = "[vendor]\n";
  for (int i = 0; i < 20; ++i) lines.append("a").append(std::to_string(i)).append(" = 1\n");
  try {
    toy::with(lines);
    FAIL();
  } catch (const sim::ScenarioError& error) {
    EXPECT_EQ(error.problems().size(), 10u);
    EXPECT_EQ(error.file(), "test.toml");
    EXPECT_EQ(error.line(), 5u);
    EXPECT_EQ(error.column(), 1u);
    EXPECT_EQ(error.key(), "vendor.a0");
    EXPECT_EQ(error.exit_code(), 3);
  }
}

TEST(ScenarioErrors, TheWrongType) {
  EXPECT_EQ(said("[needs]\nrate = true"),
            "needs.rate: expected a number, found true | a number or a text like \"0.1/month\" "
            "(unit: 1/year)");
  EXPECT_EQ(said("[needs]\non = 1"), "needs.on: expected true or false, found 1");
  EXPECT_EQ(said("[vendor]\naccount_executives = 2.5"),
            "vendor.account_executives: expected a whole number, found 2.5");
  EXPECT_EQ(said("[vendor]\nmotto = 2026-01-01"),
            "vendor.motto: expected a text, found the date 2026-01-01 | texts stand in quotes");
  EXPECT_EQ(said("[vendor]\nfounded = 12:00:00"),
            "vendor.founded: expected a date, found a time of day | 2027-03-01, \"FY27 Q1\" or "
            "\"2027-W14\"");
  EXPECT_EQ(said("[vendor]\nmix = 0.5"),
            "vendor.mix: expected a list of numbers, found 0.5 | like [0.5, 1.5]");
  EXPECT_EQ(said("[vendor]\nbase_pay = \"4M EUR\""),
            "vendor.base_pay: expected an amount of money, found the text \"4M EUR\" | a number or "
            "a text like \"28k USD/year\" (unit: currency/year)");
  EXPECT_EQ(said("[vendor]\nrule = \"frist\""),
            "vendor.rule: found the text \"frist\" | did you mean \"first\"? (one of \"first\", "
            "\"equal\", \"none\")");
  EXPECT_EQ(said("[arms.a]\nvendor = 3"), "[vendor] is a table, found 3");
  EXPECT_EQ(said("[[vendor]]"), "[vendor] is a table, found a list");
}

TEST(ScenarioErrors, NumbersThatCannotBe) {
  EXPECT_EQ(said("[needs]\nrate = nan"), "needs.rate: nan is no finite number");
  EXPECT_EQ(said("[needs]\nrate = -inf"), "needs.rate: -inf is no finite number");
  EXPECT_EQ(said("[needs]\nrate = \"1e999\""),
            "needs.rate: the text \"1e999\" is no finite number");
  EXPECT_EQ(said("[needs]\nrate = -0.1"),
            "needs.rate: -0.1 is too small | allowed: 0 to 10 (1/year)");
  EXPECT_EQ(said("[product.a]\nprice = 90_000_000_000_001"),
            "product.a.price: 90000000000001 is more money than can be counted | at most "
            "90000000000000");
  EXPECT_EQ(said("[product.a]\nprice = -1"),
            "product.a.price: -1 is too small | allowed: at least 0 (currency)");
  EXPECT_EQ(said("[vendor]\naccount_executives = 99999999999999999999"),
            "cannot read this decimal integer: '99999999999999999999' is not representable in 64 "
            "bits");
}

TEST(ScenarioErrors, DatesThatCannotBe) {
  EXPECT_EQ(said("start = 1066-10-14"),
            "run.start: the date 1066-10-14 is out of range | allowed: years 1900 to 2199");
  EXPECT_EQ(said("start = \"FY27\""),
            "run.start: \"FY27\" is no date; a date is written like \"2027-03-01\"");
  EXPECT_EQ(said("[vendor]\nfounded = 2026-02-30"),
            "cannot read this date: expected day between 1 and 28 (inclusive), saw 30");
  EXPECT_EQ(said("[vendor]\nfounded = \"2026-W54\""),
            "vendor.founded: \"2026-W54\": week 54: 2026 has 53 ISO weeks, W01 to W53");
}

TEST(ScenarioErrors, NamesAreLookedForElsewhere) {
  EXPECT_EQ(said("[vendor]\nrate = 1"), "[vendor] has no 'rate' | did you mean 'needs.rate'?");
  EXPECT_EQ(said("[needs]\nmargin = 1"),
            "[needs] has no 'margin' | did you mean 'product.NAME.margin'?");
  EXPECT_EQ(said("replicate = 1"), "[run] has no 'replicate' | did you mean 'replicates'?");
  EXPECT_EQ(said("vendor.hours = 3"),
            "[run] has no 'vendor' | [vendor] is a section of its own and needs a line [vendor]");
  EXPECT_EQ(said("[needs]\nzzzzzzzz = 1"), "[needs] has no 'zzzzzzzz' | it has: rate, on");
  EXPECT_EQ(said("[zzzzzzzz]"),
            "model 'toy' has no section [zzzzzzzz] | sections: run, needs, vendor, product");
}

TEST(ScenarioErrors, Entries) {
  EXPECT_EQ(said("[product]\nprice = 1"),
            "[product] has named entries, 'price' belongs into one of them | write [product.NAME] "
            "with a name of your choice");
  EXPECT_EQ(said("[product.\"a b\"]"),
            "\"a b\" is no name | names have 1 to 64 letters, digits, '_' and '-'");
}

TEST(ScenarioErrors, ValueTables) {
  EXPECT_EQ(said("[vendor]\nhours = {valu = 3}"),
            "vendor.hours has no 'valu' | did you mean 'value'?");
  EXPECT_EQ(said("[vendor]\nhours = {}"), "vendor.hours: the table is empty");
  EXPECT_EQ(said("[vendor]\nhours = {low = 3}"), "vendor.hours: low and high go together");
  EXPECT_EQ(said("[vendor]\nhours = {low = 4, high = 3}"), "vendor.hours: low 4 is above high 3");
  EXPECT_EQ(said("[vendor]\nhours = {low = 31, high = 40}"),
            "vendor.hours: the value 30 is not between low 31 and high 40");
  EXPECT_EQ(said("[vendor]\nhours = {value = 3, low = 0, high = 4, distribution = \"lognormal\"}"),
            "vendor.hours: a lognormal needs low above 0");
  EXPECT_EQ(said("[vendor]\nhours = {value = 3, evidence = \"hearsay\"}"),
            "vendor.hours.evidence: found the text \"hearsay\" | one of \"measured\", "
            "\"field_study\", \"vendor_claim\", \"guess\", \"definition\"");
  EXPECT_EQ(said("[vendor]\nrule = {value = \"none\", low = 1}"),
            "vendor.rule: only a number has a 'low'");
}

TEST(ScenarioErrors, FilesAsAWhole) {
  EXPECT_EQ(toy::complaint(""), R"(error: the file does not say its format
  --> test.toml
  = help: the first line of a scenario is `format = 1`
)");
  EXPECT_EQ(toy::complaint("format = 1\n"), R"(error: the file has neither `extends` nor [run]
  --> test.toml
  = help: write `extends = "saas_60"` or a [run] table
)");
  EXPECT_EQ(toy::complaint("format = 1\n[run]\nweeks = 4\n"),
            R"(error: [run] does not say which model
  --> test.toml
  = help: models: toy, tiny
)");
  EXPECT_EQ(toy::complaint("format = 2\nnonsense = 3\n"),
            R"(error: this file has format 2; this program reads format 1
  --> test.toml:1:10
  |
1 | format = 2
  |          ^
  = help: a newer version of the program reads it
)");
  EXPECT_EQ(toy::complaint("format = 1\n[run]\nmodel = \"tou\"\n"),
            R"(error: run.model: expected the name of a model, found the text "tou"
  --> test.toml:3:9
  |
3 | model = "tou"
  |         ^^^^^
  = help: did you mean "toy"?
)");
}

TEST(ScenarioErrors, WhatIsExtended) {
  EXPECT_EQ(toy::complaint("format = 1\nextends = \"compny\"\n"),
            R"(error: there is no packaged scenario 'compny'
  --> test.toml:2:11
  |
2 | extends = "compny"
  |           ^^^^^^^^
  = help: did you mean 'company'? (a file is written "compny.toml")
)");
  EXPECT_EQ(toy::complaint("format = 1\nextends = \"no/such.toml\"\n"),
            R"(error: there is no file 'no/such.toml'
  --> test.toml:2:11
  |
2 | extends = "no/such.toml"
  |           ^^^^^^^^^^^^^^
)");
  EXPECT_EQ(toy::complaint("format = 1\nextends = \"/\"\n"), R"(error: '/' is no file
  --> test.toml:2:11
  |
2 | extends = "/"
  |           ^^^
)");
  try {
    sim::Scenario::load("no_such.toml", toy::vocabulary());
    FAIL();
  } catch (const sim::ScenarioError& error) {
    EXPECT_STREQ(error.what(), "error: there is no file 'no_such.toml'\n");
  }
}

TEST(ScenarioErrors, ArmsAndInterventions) {
  EXPECT_EQ(said("[arms.a]\nrun.weeks = 3"),
            "[arms.a] cannot change [run] | [run] is the same for all arms");
  EXPECT_EQ(said("[arms.a]\nvendor.hour = 3"), "[vendor] has no 'hour' | did you mean 'hours'?");
  EXPECT_EQ(
      said("[[interventions]]\ndate = 2026-05-04\narm = \"b\"\nset.needs.on = false\n[arms.a]"),
      "there is no arm \"b\" | arms: a");
  EXPECT_EQ(said("[[interventions]]\ndate = 2026-05-04"),
            "the intervention sets nothing | write set.SECTION.PARAMETER = VALUE");
  EXPECT_EQ(said("[[interventions]]\nset.needs.on = false"), "the intervention has no date");
  EXPECT_EQ(said("[[interventions]]\ndate = 2026-05-04\nset.vendor.rule = \"none\""),
            "vendor.rule is structural: it cannot change while a run goes on");
  EXPECT_EQ(said("[[interventions]]\ndate = 2026-05-04\nset.product.new.price = 3"),
            "there is no [product.new] to change | an intervention cannot add entries");
  EXPECT_EQ(said("[[interventions]]\ndate = 2025-05-04\nset.needs.on = false"),
            "the intervention of 2025-05-04 comes before the start of the run, 2026-02-02");
  EXPECT_EQ(said("[[interventions]]\nday = 1\ndate = 2026-05-04\nset.needs.on = false"),
            "an intervention has no 'day' | it has date, set, arm, title");
}

TEST(ScenarioErrors, OverridesAreNamed) {
  EXPECT_EQ(toy::complaint("format = 1\n[run]\nmodel = \"toy\"\n", {"vendor.hours=900"}),
            R"(error: vendor.hours: 900 is too large
  --> override:1:14
  |
1 | vendor.hours=900
  |              ^^^
  = help: allowed: 0 to 80 (hour/week)
)");
  const auto about = [](const char* override) {
    const std::string text = toy::complaint("format = 1\n[run]\nmodel = \"toy\"\n", {override});
    return text.substr(0, text.find('\n'));
  };
  EXPECT_EQ(about("vendor.hours"), "error: 'vendor.hours' is no override");
  EXPECT_EQ(about("vendor.hours="), "error: 'vendor.hours=' has no value");
  EXPECT_EQ(about("vendor.hour=3"), "error: [vendor] has no 'hour'");
  EXPECT_EQ(about("vendor.hours=fast"),
            "error: vendor.hours: expected a number, found the text \"fast\"");
  EXPECT_EQ(about("vendor.hours=1\nvendor.cycle=2"), "error: an override is one line");
  EXPECT_EQ(about("arms.x.vendor.hours=1"), "error: there is no arm 'x'");
  EXPECT_EQ(about("extends=base"), "error: 'extends' cannot be overridden");
  EXPECT_EQ(about("vendor.motto=\xff"), "error: byte 0xFF is no text");
}

TEST(ScenarioErrors, HostileText) {
  const auto first_line = [](const std::string& text) {
    const std::string all = toy::complaint(text);
    return all.substr(0, all.find('\n'));
  };
  EXPECT_EQ(first_line("a = \"\xc3\x28\""), "error: byte 0xC3 is no text");
  EXPECT_EQ(first_line(std::string("a = 1\0", 6)), "error: byte 0x00 is no text");
  EXPECT_EQ(first_line(std::string((1 << 20) + 1, ' ')), "error: the file has 1048577 bytes");
  EXPECT_EQ(first_line("a = \"" + std::string(20000, 'x') + "\""), "error: the line is too long");
  EXPECT_EQ(first_line("a = " + std::string(100, '[')),
            "error: too many brackets inside each other");
  EXPECT_EQ(first_line("[= 1]"), "error: this line is no TOML");
  EXPECT_EQ(first_line("größe = 1"), "error: found 'ö' outside of a text or comment");
  std::string nested;
  for (int i = 0; i < 100; ++i) nested += "[\n";
  EXPECT_EQ(first_line("a = " + nested), "error: too many brackets inside each other");
  std::string dotted = "a";
  for (int i = 0; i < 100; ++i) dotted += ".a";
  EXPECT_EQ(first_line(dotted + " = 1"), "error: too many dots in one line");
  std::string digits = "1";
  for (int i = 0; i < 100; ++i) digits += " . 1";
  EXPECT_EQ(first_line(digits + " = 1"), "error: too many dots in one line");
}

TEST(ScenarioErrors, TooMuchOfEverything) {
  std::string arms, entries, keys, interventions;
  for (int i = 0; i < 1001; ++i) {
    if (i < 65) arms += "[arms.a" + std::to_string(i) + "]\n";
    if (i < 201) interventions += "[[interventions]]\ndate = 2026-05-04\nset.needs.on = false\n";
    entries += "[product.p" + std::to_string(i) + "]\n";
  }
  EXPECT_EQ(said(arms), "too many arms | at most 64");
  EXPECT_EQ(said(interventions), "too many interventions | at most 200");
  EXPECT_EQ(said(entries), "the scenario has 1001 named entries | at most 1000");
}

// Twenty lists of forty kilobytes each are twice as long once every number has its point.
TEST(ScenarioErrors, WhatCouldNotBeReadBackIsRefused) {
  std::string numbers;
  for (int i = 0; i < 9'999; ++i) numbers += i % 500 == 499 ? "1,\n" : "1,";
  std::string text = "[vendor]\nmix = [" + numbers + "1]\n";
  EXPECT_EQ(said(text), "");
  for (int i = 0; i < 40; ++i)
    text += "[arms.a" + std::to_string(i) + "]\nvendor.mix = [" + numbers + "1]\n";
  EXPECT_TRUE(said(text).starts_with("the scenario is too large: written out it has 2"));
}

// Fifty thousand misspelt keys are not compared with every name there is.
TEST(ScenarioErrors, AreQuicklyFound) {
  std::string text = "[vendor]\n";
  for (int i = 0; i < 50'000; ++i) text += "unknown_" + std::to_string(i) + " = 1\n";
  const auto begin = std::chrono::steady_clock::now();
  EXPECT_NE(said(text), "");
  EXPECT_LT(std::chrono::steady_clock::now() - begin, std::chrono::seconds(5));
}

// What a terminal or a Python string cannot show never leaves.
TEST(ScenarioErrors, MessagesAreCleanText) {
  const std::string text = complaint_about("\"\\u001b[31m\\n\" = 3\n");
  EXPECT_EQ(text.find('\x1b'), std::string::npos);
  const std::string invalid = toy::complaint("a\xff = 1");
  EXPECT_EQ(invalid.find('\xff'), std::string::npos);
}

TEST(ScenarioErrors, DotsOfNumbersAndTextsAreNoKeys) {
  std::string list = "[vendor]\nmix = [0.5";
  for (int i = 0; i < 200; ++i) list += ", 0.5";
  EXPECT_EQ(said(list + "]\nmotto = \"" + std::string(200, '.') + "[[[[[[[[[[[[[[[[[[[\" # " +
                 std::string(100, '.')),
            "");
  EXPECT_EQ(said("[vendor]\nmotto = \"\"\"\n" + std::string(100, '[') + "\"\"\"\n"), "");
}

TEST(Nearest, FindsSlipsOnly) {
  const std::vector<std::string> known{"rate", "weeks", "account_executives"};
  EXPECT_EQ(sim::nearest("rtae", known), "rate");
  EXPECT_EQ(sim::nearest("week", known), "weeks");
  EXPECT_EQ(sim::nearest("acount_exectuives", known), "account_executives");
  EXPECT_EQ(sim::nearest("x", known), "");
  EXPECT_EQ(sim::nearest("price", known), "");
}

}  // namespace
