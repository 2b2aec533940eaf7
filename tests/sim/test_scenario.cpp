// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>

#include "sim/scenario.h"
#include "tests/sim/toy_model.h"

namespace {

using sim::Money;

TEST(Scenario, DefaultsComeFromTheStructs) {
  const sim::Settings settings = toy::with("").settings();
  const auto vendor = settings.get<toy::Vendor>("vendor");
  EXPECT_EQ(vendor.account_executives, 3);
  EXPECT_EQ(vendor.base_pay, Money::whole(90'000));
  EXPECT_EQ(vendor.rule, toy::Rule::first);
  EXPECT_EQ(vendor.mix, (std::vector<double>{.5, .5}));
  EXPECT_TRUE(settings.entries<toy::Product>("product").empty());
  EXPECT_EQ(settings.run().weeks, 156);
  EXPECT_EQ(settings.at("needs.rate").origin, "default");
}

TEST(Scenario, EachTypeIsRead) {
  const auto vendor = toy::with(R"([vendor]
account_executives = 4
base_pay = 100_000.50
win_share = 0.5
rule = "none"
motto = "hé"
founded = "2026-W10"
mix = [0, "30%", 0.5]
)")
                          .settings()
                          .get<toy::Vendor>("vendor");
  EXPECT_EQ(vendor.account_executives, 4);
  EXPECT_EQ(vendor.base_pay, Money{10'000'050});
  EXPECT_EQ(vendor.win_share, .5);
  EXPECT_EQ(vendor.rule, toy::Rule::none);
  EXPECT_EQ(vendor.motto, "hé");
  EXPECT_EQ(vendor.founded.text(), "2026-03-02");
  EXPECT_EQ(vendor.mix, (std::vector<double>{0, .3, .5}));
}

TEST(Scenario, EntriesKeepTheOrderOfTheFile) {
  const auto products = toy::with(R"([product.zeta]
[product.alpha]
price = "1.5M USD"
)")
                            .settings()
                            .entries<toy::Product>("product");
  ASSERT_EQ(products.size(), 2u);
  EXPECT_EQ(products[0].first, "zeta");
  EXPECT_EQ(products[0].second.price, Money::whole(28'000));
  EXPECT_EQ(products[1].first, "alpha");
  EXPECT_EQ(products[1].second.price, Money::whole(1'500'000));
}

TEST(Scenario, NumbersWithUnits) {
  const auto read = [](const std::string& assignment) {
    return toy::with("[vendor]\n" + assignment).settings().get<toy::Vendor>("vendor");
  };
  EXPECT_EQ(read("win_share = \"20%\"").win_share, .2);
  EXPECT_EQ(read("base_pay = \"28k USD\"").base_pay, Money::whole(28'000));
  EXPECT_EQ(read("base_pay = \"28k USD/year\"").base_pay, Money::whole(28'000));
  EXPECT_EQ(read("base_pay = \"1k USD per week\"").base_pay, Money::whole(52'000));
  EXPECT_EQ(read("base_pay = \"0.1bn\"").base_pay, Money::whole(100'000'000));
  EXPECT_EQ(read("cycle = \"3 months\"").cycle, 13);
  EXPECT_EQ(read("cycle = \"1 year\"").cycle, 52);
  EXPECT_EQ(read("cycle = \"14 days\"").cycle, 2);
  EXPECT_EQ(read("hours = \"32 hours per week\"").hours, 32);
  EXPECT_EQ(read("hours = \"6 hours/day\"").hours, 42);
  EXPECT_EQ(toy::with("[needs]\nrate = \"0.1/month\"").settings().get<toy::Needs>("needs").rate,
            0.1 * 12);
}

TEST(Scenario, MoneyFollowsTheCurrency) {
  const auto yen = toy::with("currency = \"JPY\"\n[product.a]\nprice = \"4M JPY\"\n").settings();
  EXPECT_EQ(yen.entries<toy::Product>("product")[0].second.price.minor, 4'000'000);
  EXPECT_EQ(yen.get<toy::Vendor>("vendor").base_pay.minor, 90'000);
  const auto dinar = toy::with("currency = \"KWD\"\n[product.a]\nprice = 1.234\n").settings();
  EXPECT_EQ(dinar.entries<toy::Product>("product")[0].second.price.minor, 1'234);
}

TEST(Scenario, ArmsChangeWhatTheyNameAndNothingElse) {
  const sim::Scenario scenario = toy::with(R"([vendor]
account_executives = 5
[arms.as_is]
title = "as it is"
[arms.more]
vendor.account_executives = 6
product.core.price = 5
[arms.pay.vendor]
base_pay = "100k"
)");
  ASSERT_EQ(scenario.arms().size(), 3u);
  EXPECT_EQ(scenario.arms()[0].name, "as_is");
  EXPECT_EQ(scenario.arms()[0].title, "as it is");
  EXPECT_EQ(scenario.arms()[1].title, "more");
  const auto executives = [&](const char* arm) {
    return scenario.settings(arm).get<toy::Vendor>("vendor").account_executives;
  };
  EXPECT_EQ(executives("as_is"), 5);
  EXPECT_EQ(executives("more"), 6);
  EXPECT_EQ(executives("pay"), 5);
  EXPECT_EQ(scenario.settings("pay").get<toy::Vendor>("vendor").base_pay, Money::whole(100'000));
  EXPECT_EQ(scenario.settings("more").entry_names("product"), std::vector<std::string>{"core"});
  EXPECT_TRUE(scenario.settings("as_is").entry_names("product").empty());
  EXPECT_THROW((void)scenario.settings("mor"), sim::BadInput);
}

TEST(Scenario, WithoutArmsThereIsOneCalledBase) {
  const sim::Scenario scenario = toy::with("");
  ASSERT_EQ(scenario.arms().size(), 1u);
  EXPECT_EQ(scenario.arms()[0].name, "base");
}

TEST(Scenario, InterventionsAddUpByDate) {
  const sim::Scenario scenario = toy::with(R"(start = 2026-02-02
[arms.a]
[arms.b]
[[interventions]]
date = "FY27 Q3"
set.vendor.account_executives = 9
[[interventions]]
date = 2026-05-04
arm = "b"
title = "raise"
set.vendor.base_pay = "95k"
set.needs.rate = 0.5
)");
  const auto a = scenario.changes("a");
  const auto b = scenario.changes("b");
  ASSERT_EQ(a.size(), 1u);
  ASSERT_EQ(b.size(), 2u);
  EXPECT_EQ(a[0].date.text(), "2026-08-03");
  EXPECT_EQ(b[0].date.text(), "2026-05-04");
  EXPECT_EQ(b[0].title, "raise");
  EXPECT_EQ(b[0].keys, (std::vector<std::string>{"vendor.base_pay", "needs.rate"}));
  EXPECT_EQ(b[0].settings.get<toy::Vendor>("vendor").account_executives, 3);
  EXPECT_EQ(b[1].settings.get<toy::Vendor>("vendor").account_executives, 9);
  EXPECT_EQ(b[1].settings.get<toy::Vendor>("vendor").base_pay, Money::whole(95'000));
  EXPECT_EQ(b[1].settings.get<toy::Needs>("needs").rate, .5);
}

TEST(Scenario, AnInterventionAfterTheEndIsAWarning) {
  const sim::Scenario scenario =
      toy::with("weeks = 10\n[[interventions]]\ndate = 2027-02-02\nset.needs.on = false\n");
  ASSERT_EQ(scenario.warnings().size(), 1u);
  EXPECT_EQ(scenario.warnings()[0],
            "test.toml:5: the intervention of 2027-02-02 comes after the end of the run and does "
            "nothing");
}

TEST(Scenario, OverridesComeLast) {
  const sim::Scenario scenario =
      toy::with("[vendor]\naccount_executives = 5\n[arms.a]\n[arms.b]\nvendor.hours = 20\n",
                {"vendor.account_executives=7", "vendor.motto=2026", "vendor.base_pay=28k USD",
                 "run.title = a b", "vendor.rule=equal", "arms.b.vendor.hours=25",
                 "product.x.price=5", "vendor.founded=FY28", "needs.rate={low = 0.3, high=0.5}"});
  const auto vendor = scenario.settings("a").get<toy::Vendor>("vendor");
  EXPECT_EQ(vendor.account_executives, 7);
  EXPECT_EQ(vendor.motto, "2026");
  EXPECT_EQ(vendor.base_pay, Money::whole(28'000));
  EXPECT_EQ(vendor.rule, toy::Rule::equal);
  EXPECT_EQ(vendor.founded.text(), "2027-02-01");
  EXPECT_EQ(vendor.hours, 30);
  EXPECT_EQ(scenario.run().title, "a b");
  EXPECT_EQ(scenario.settings("b").get<toy::Vendor>("vendor").hours, 25);
  EXPECT_EQ(scenario.settings().entry_names("product"), std::vector<std::string>{"x"});
  EXPECT_EQ(scenario.settings().at("vendor.rule").origin, "override");
  EXPECT_EQ(scenario.settings().at("needs.rate").low, .3);

  const std::string more[] = {"vendor.account_executives=8"};
  EXPECT_EQ(scenario.with_overrides(more).settings().get<toy::Vendor>("vendor").account_executives,
            8);
  EXPECT_EQ(scenario.settings().get<toy::Vendor>("vendor").account_executives, 7);
}

class Folder {
 public:
  Folder()
      : path_(std::filesystem::temp_directory_path() / ("scenario_" + std::to_string(::getpid()))) {
    std::filesystem::create_directories(path_ / "sub");
  }
  ~Folder() { std::filesystem::remove_all(path_); }
  std::string write(const std::string& name, const std::string& text) const {
    std::ofstream(path_ / name) << text;
    return (path_ / name).string();
  }

 private:
  std::filesystem::path path_;
};

TEST(Scenario, ExtendsByPathAndByName) {
  const Folder folder;
  const std::string bottom =
      folder.write("bottom.toml", "format = 1\nextends = \"company\"\n[vendor]\nhours = 11\n");
  folder.write("sub/middle.toml",
               "format = 1\nextends = \"../bottom.toml\"\n[vendor]\ncycle = 4\n");
  const std::string top = folder.write(
      "top.toml", "format = 1\nextends = \"sub/middle.toml\"\n[vendor]\nmotto = \"top\"\n");
  const auto scenario = sim::Scenario::load(top, toy::vocabulary());
  const auto vendor = scenario.settings().get<toy::Vendor>("vendor");
  EXPECT_EQ(vendor.account_executives, 6);  // company
  EXPECT_EQ(vendor.hours, 11);              // bottom
  EXPECT_EQ(vendor.cycle, 4);               // middle
  EXPECT_EQ(vendor.motto, "top");
  EXPECT_EQ(scenario.run().weeks, 52);  // base, by way of company
  EXPECT_EQ(scenario.name(), "top");
  ASSERT_EQ(scenario.files().size(), 5u);
  EXPECT_EQ(scenario.files()[0], top);
  EXPECT_EQ(scenario.files()[4], "packaged/base.toml");
  EXPECT_EQ(scenario.settings().at("run.weeks").origin, "packaged/base.toml:4");

  const auto by_absolute = toy::parse("format = 1\nextends = \"" + bottom + "\"\n");
  EXPECT_EQ(by_absolute.settings().get<toy::Vendor>("vendor").hours, 11);
  EXPECT_EQ(sim::Scenario::load("company", toy::vocabulary()).name(), "company");
}

TEST(Scenario, CirclesOfFilesAreFound) {
  const Folder folder;
  const std::string a = folder.write("a.toml", "format = 1\nextends = \"./b.toml\"\n");
  folder.write("b.toml", "format = 1\nextends = \"sub/../a.toml\"\n");
  try {
    sim::Scenario::load(a, toy::vocabulary());
    FAIL();
  } catch (const sim::ScenarioError& error) {
    EXPECT_EQ(error.first().message, "extends: the files extend each other in a circle");
    EXPECT_EQ(error.line(), 2u);
  }
  EXPECT_THROW(sim::Scenario::load("circle", toy::vocabulary()), sim::ScenarioError);
}

TEST(Scenario, ADerivedFileReplacesArmsAndInterventions) {
  const Folder folder;
  folder.write("a.toml",
               "format = 1\nextends = \"base\"\n[arms.x]\n[arms.y]\n"
               "[[interventions]]\ndate = 2026-03-02\nset.needs.on = false\n");
  const auto kept = sim::Scenario::load(
      folder.write("b.toml", "format = 1\nextends = \"a.toml\"\n"), toy::vocabulary());
  EXPECT_EQ(kept.arms().size(), 2u);
  EXPECT_EQ(kept.changes("x").size(), 1u);
  const auto replaced = sim::Scenario::load(
      folder.write("c.toml", "format = 1\nextends = \"a.toml\"\ninterventions = []\n[arms.z]\n"),
      toy::vocabulary());
  ASSERT_EQ(replaced.arms().size(), 1u);
  EXPECT_EQ(replaced.arms()[0].name, "z");
  EXPECT_TRUE(replaced.changes("z").empty());
}

}  // namespace
