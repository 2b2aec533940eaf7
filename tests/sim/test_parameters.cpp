// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <cmath>

#include "sim/parameters.h"
#include "tests/sim/toy_model.h"

namespace {

using sim::Distribution;
using sim::Money;

constexpr double infinity = std::numeric_limits<double>::infinity();

TEST(Belief, LowAndHighAreItsTenthAndNinetiethPercent) {
  for (const auto distribution :
       {Distribution::uniform, Distribution::normal, Distribution::lognormal}) {
    const sim::Belief belief{.4, .2, .8, distribution, 0, infinity};
    EXPECT_NEAR(sim::quantile(belief, .1), .2, 1e-14) << sim::name_of(distribution);
    EXPECT_NEAR(sim::quantile(belief, .9), .8, 1e-14) << sim::name_of(distribution);
  }
  EXPECT_NEAR(sim::quantile({.4, .2, .8, Distribution::lognormal, 0, infinity}, .5), .4, 1e-14);
  EXPECT_NEAR(sim::quantile({.4, .2, .8, Distribution::normal, 0, infinity}, .5), .5, 1e-14);
  EXPECT_NEAR(sim::quantile({.4, .2, .8, Distribution::uniform, 0, infinity}, 0), .125, 1e-14);
  EXPECT_EQ(sim::quantile({.4, .2, .8, Distribution::fixed, 0, infinity}, .9), .4);
}

TEST(Belief, StaysWithinTheBounds) {
  EXPECT_EQ(sim::quantile({.4, .2, .8, Distribution::normal, 0, 1}, 1e-9), 0);
  EXPECT_EQ(sim::quantile({.4, .2, .8, Distribution::normal, 0, 1}, 1 - 1e-9), 1);
}

RC_GTEST_PROP(Belief, GrowsWithP, ()) {
  const double low = *rc::gen::inRange(1, 1000) / 100.0;
  const double high = low + *rc::gen::inRange(1, 1000) / 100.0;
  const auto distribution =
      *rc::gen::element(Distribution::uniform, Distribution::normal, Distribution::lognormal);
  const double p = *rc::gen::inRange(1, 999) / 1000.0;
  const sim::Belief belief{low, low, high, distribution, -infinity, infinity};
  RC_ASSERT(sim::quantile(belief, p) < sim::quantile(belief, p + .001));
}

sim::Parameter declared(sim::About about, double fallback = 1) {
  return sim::make_parameter(about, sim::Kind::number, fallback, -infinity, infinity);
}

TEST(Declaration, ContradictionsAreFoundAtOnce) {
  EXPECT_NO_THROW(declared({.name = "a", .unit = "1", .meaning = "m"}));
  EXPECT_THROW(declared({.name = "A", .unit = "1", .meaning = "m"}), sim::Error);
  EXPECT_THROW(declared({.name = "a", .unit = "", .meaning = "m"}), sim::Error);
  EXPECT_THROW(declared({.name = "a", .unit = "1", .meaning = ""}), sim::Error);
  EXPECT_THROW(declared({.name = "a", .unit = "1", .meaning = "m", .max = .5}), sim::Error);
  EXPECT_THROW(declared({.name = "a", .unit = "1", .meaning = "m", .low = 2, .high = 3}),
               sim::Error);
  EXPECT_THROW(
      declared({.name = "a", .unit = "1", .meaning = "m", .distribution = Distribution::normal}),
      sim::Error);
  EXPECT_THROW(declared({.name = "a",
                         .unit = "1",
                         .meaning = "m",
                         .low = 0,
                         .high = 3,
                         .distribution = Distribution::lognormal}),
               sim::Error);
  EXPECT_THROW(declared({.name = "a", .unit = "1", .meaning = "m", .choices = {"x"}}), sim::Error);
}

TEST(Settings, BeliefsFollowTheValue) {
  std::vector<sim::Settings> alive;  // what a Setting says about its parameter lives there
  const auto rate = [&](const std::string& value) {
    alive.push_back(toy::with("[needs]\nrate = " + value + "\n").settings());
    return alive.back().at("needs.rate");
  };
  EXPECT_EQ(rate("0.4").low, .2);  // the default: as declared
  EXPECT_EQ(rate("0.4").source, "toy.md 1");
  EXPECT_EQ(rate("0.8").low, .4);  // lognormal: in proportion
  EXPECT_EQ(rate("0.8").high, 1.6);
  EXPECT_EQ(rate("0.8").source, "");
  EXPECT_EQ(rate("0.8").evidence, sim::Evidence::guess);
  EXPECT_EQ(rate("8").high, 10);  // within the bounds
  EXPECT_EQ(rate("0").distribution, Distribution::fixed);
  const sim::Setting said = rate(
      "{ value = 0.8, low = 0.7, high = \"90%\", distribution = \"normal\", source = \"log\", "
      "evidence = \"measured\" }");
  EXPECT_EQ(said.low, .7);
  EXPECT_EQ(said.high, .9);
  EXPECT_EQ(said.distribution, Distribution::normal);
  EXPECT_EQ(said.source, "log");
  EXPECT_EQ(said.evidence, sim::Evidence::measured);
  EXPECT_TRUE(said.uncertain());
  const auto settings = toy::with("[vendor]\nbase_pay = 100_000\n").settings();
  const sim::Setting& pay = settings.at("vendor.base_pay");
  EXPECT_EQ(pay.low, 70'000);  // normal: shifted
  EXPECT_EQ(pay.high, 140'000);
}

TEST(Settings, OnlyWhatCanVaryIsUncertain) {
  const sim::Scenario scenario = toy::with("[needs]\nrate = 0.8\n");
  EXPECT_TRUE(scenario.settings().at("needs.rate").uncertain());
  const sim::Scenario fixed = toy::with("[needs]\nrate = 0\n");
  EXPECT_FALSE(fixed.settings().at("needs.rate").uncertain());
}

TEST(Settings, ABareValueInForceKeepsWhatIsKnownAboutIt) {
  const auto settings = toy::with(
                            "[needs]\nrate = {value = 0.3, low = 0.25, high = 0.35, source = "
                            "\"log\", evidence = \"measured\"}\n[arms.a]\nneeds.rate = 0.3\n")
                            .settings("a");
  EXPECT_EQ(settings.at("needs.rate").source, "log");
  EXPECT_EQ(settings.at("needs.rate").low, .25);
}

TEST(Settings, QuantilesHaveTheKindOfTheParameter) {
  const auto settings = toy::with("currency = \"JPY\"\n").settings();
  const auto pay = settings.quantile(settings.at("vendor.base_pay"), .1);
  EXPECT_EQ(std::get<Money>(pay).minor, 60'000);
  EXPECT_NEAR(std::get<double>(settings.quantile(settings.at("needs.rate"), .9)), .8, 1e-14);
  EXPECT_EQ(std::get<std::int64_t>(settings.quantile(settings.at("vendor.cycle"), .9)), 13);
}

TEST(Settings, WithChangesAreChecked) {
  const auto settings = toy::with("").settings();
  const auto with = [&](std::string key, sim::Value value) {
    const std::pair<std::string, sim::Value> one[] = {{std::move(key), std::move(value)}};
    return settings.with(one);
  };
  EXPECT_EQ(with("needs.rate", 1.5).get<toy::Needs>("needs").rate, 1.5);
  EXPECT_EQ(with("needs.rate", std::int64_t{2}).get<toy::Needs>("needs").rate, 2);
  EXPECT_EQ(settings.get<toy::Needs>("needs").rate, .4);
  EXPECT_THROW(with("needs.rate", 10.5), sim::BadInput);
  EXPECT_THROW(with("needs.rate", std::nan("")), sim::BadInput);
  EXPECT_THROW(with("needs.rate", true), sim::BadInput);
  EXPECT_THROW(with("vendor.rule", std::string("last")), sim::BadInput);
  EXPECT_THROW(with("run.weeks", std::int64_t{2}), sim::BadInput);
  try {
    with("needs.raet", 1.0);
    FAIL();
  } catch (const sim::BadInput& error) {
    EXPECT_STREQ(error.what(), "there is no parameter 'needs.raet'; did you mean 'needs.rate'?");
  }
}

TEST(MoneyText, ReadsBack) {
  EXPECT_EQ(sim::to_text(Money{123456}), "1234.56");
  EXPECT_EQ(sim::to_text(Money{-5}), "-0.05");
  EXPECT_EQ(sim::to_text(Money{-500}), "-5");
  EXPECT_EQ(sim::to_text(Money{5}, 0), "5");
  EXPECT_EQ(sim::to_text(Money{5}, 3), "0.005");
}

TEST(MoneyArithmetic, IsCheckedAndRoundsHalfAwayFromZero) {
  EXPECT_EQ(Money::rounded(2.5).minor, 3);
  EXPECT_EQ(Money::rounded(-2.5).minor, -3);
  EXPECT_EQ(Money{101}.share(.5).minor, 51);
  const Money most{std::numeric_limits<std::int64_t>::max()};
  EXPECT_THROW(most + Money{1}, sim::Error);
  EXPECT_THROW(Money{-2} - most, sim::Error);
  EXPECT_THROW(most * 2, sim::Error);
  EXPECT_THROW(-Money{std::numeric_limits<std::int64_t>::min()}, sim::Error);
  EXPECT_THROW(Money::rounded(1e19), sim::Error);
  EXPECT_THROW(Money::rounded(std::nan("")), sim::Error);
  EXPECT_THROW(sim::currency_digits("usd"), sim::BadInput);
}

}  // namespace
