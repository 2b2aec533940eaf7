// SPDX-License-Identifier: Apache-2.0
#pragma once
// The sections of a model that does not exist: one parameter of each type.

#include <string>
#include <vector>

#include "sim/scenario.h"

namespace toy {

struct Needs {
  double rate = 0.4;
  bool on = true;
  static constexpr auto fields = sim::Pack{
      sim::field(&Needs::rate, {.name = "rate",
                                .unit = "1/year",
                                .meaning = "new needs per account",
                                .low = .2,
                                .high = .8,
                                .distribution = sim::Distribution::lognormal,
                                .min = 0,
                                .max = 10,
                                .source = "toy.md 1",
                                .evidence = sim::Evidence::field_study,
                                .role = sim::Role::uncertainty}),
      sim::field(&Needs::on, {.name = "on", .unit = "1", .meaning = "needs arise at all"})};
};

enum class Rule { first, equal, none };

struct Vendor {
  std::int64_t account_executives = 3;
  sim::Money base_pay = sim::Money::whole(90'000);
  double win_share = 0.25;
  double hours = 30;
  int cycle = 13;
  Rule rule = Rule::first;
  std::string motto = "sell";
  sim::Date founded = sim::Date::from_civil(2020, 1, 1);
  std::vector<double> mix{0.5, 0.5};
  static constexpr auto fields = sim::Pack{
      sim::field(&Vendor::account_executives, {.name = "account_executives",
                                               .unit = "1",
                                               .meaning = "people who sell",
                                               .min = 0,
                                               .max = 1e6}),
      sim::field(&Vendor::base_pay, {.name = "base_pay",
                                     .unit = "currency/year",
                                     .meaning = "fixed pay of each",
                                     .low = 60'000,
                                     .high = 130'000,
                                     .distribution = sim::Distribution::normal,
                                     .min = 0,
                                     .role = sim::Role::uncertainty}),
      sim::field(&Vendor::win_share, {.name = "win_share",
                                      .unit = "1",
                                      .meaning = "share of offers won",
                                      .low = .15,
                                      .high = .35,
                                      .distribution = sim::Distribution::uniform,
                                      .min = 0,
                                      .max = 1,
                                      .role = sim::Role::uncertainty}),
      sim::field(
          &Vendor::hours,
          {.name = "hours", .unit = "hour/week", .meaning = "selling time", .min = 0, .max = 80}),
      sim::field(
          &Vendor::cycle,
          {.name = "cycle", .unit = "week", .meaning = "length of a sale", .min = 1, .max = 520}),
      sim::field(&Vendor::rule, {.name = "rule",
                                 .unit = "1",
                                 .meaning = "who is credited",
                                 .choices = {"first", "equal", "none"},
                                 .role = sim::Role::structural}),
      sim::field(&Vendor::motto, {.name = "motto", .unit = "1", .meaning = "what they say"}),
      sim::field(&Vendor::founded, {.name = "founded", .unit = "date", .meaning = "first day"}),
      sim::field(&Vendor::mix,
                 {.name = "mix", .unit = "1", .meaning = "shares of regions", .min = 0, .max = 1})};
};

struct Product {
  sim::Money price = sim::Money::whole(28'000);
  double margin = 0.8;
  static constexpr auto fields = sim::Pack{
      sim::field(&Product::price,
                 {.name = "price", .unit = "currency", .meaning = "list price", .min = 0}),
      sim::field(&Product::margin,
                 {.name = "margin", .unit = "1", .meaning = "gross margin", .min = -1, .max = 1})};
};

inline const std::vector<sim::ModelSections>& models() {
  static const std::vector<sim::ModelSections> all{
      {"toy",
       "a model that does not exist",
       {sim::section<Needs>("needs", "why anybody buys"),
        sim::section<Vendor>("vendor", "who sells"),
        sim::repeated_section<Product>("product", "what is sold")}},
      {"tiny", "needs alone", {sim::section<Needs>("needs", "why anybody buys")}}};
  return all;
}

inline sim::Vocabulary vocabulary() {
  return {models(),
          [](std::string_view name) -> std::optional<std::string> {
            if (name == "base") return "format = 1\n[run]\nmodel = \"toy\"\nweeks = 52\n";
            if (name == "company")
              return "format = 1\nextends = \"base.toml\"\n[vendor]\naccount_executives = 6\n";
            if (name == "circle") return "format = 1\nextends = \"circle\"\n";
            return std::nullopt;
          },
          {"base", "company", "circle"}};
}

inline sim::Scenario parse(std::string_view text, std::vector<std::string> overrides = {}) {
  return sim::Scenario::parse(text, "test.toml", vocabulary(), overrides);
}

// A scenario of the toy model with this after its [run].
inline sim::Scenario with(std::string_view rest, std::vector<std::string> overrides = {}) {
  return parse("format = 1\n[run]\nmodel = \"toy\"\n" + std::string(rest), std::move(overrides));
}

// What the reader says about it, "" if nothing.
inline std::string complaint(std::string_view text, std::vector<std::string> overrides = {}) {
  try {
    parse(text, std::move(overrides));
    return "";
  } catch (const sim::ScenarioError& error) {
    return error.what();
  }
}

}  // namespace toy
