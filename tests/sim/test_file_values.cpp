// SPDX-License-Identifier: Apache-2.0
// Texts of unit "file": a scenario names a file, the value is what is in it.
#include <gtest/gtest.h>
#include <rapidcheck.h>

#include <filesystem>
#include <fstream>

#include "sim/scenario.h"

namespace {

namespace fs = std::filesystem;

struct Pay {
  std::string plan;
  std::string motto = "sell";
  static constexpr auto fields = sim::Pack{
      sim::field(&Pay::plan, {.name = "plan", .unit = "file", .meaning = "how they are paid"}),
      sim::field(&Pay::motto, {.name = "motto", .unit = "1", .meaning = "what they say"})};
};

const std::vector<sim::ModelSections>& models() {
  static const std::vector<sim::ModelSections> all{
      {"paid", "people who are paid", {sim::section<Pay>("pay", "how much")}}};
  return all;
}
sim::Vocabulary vocabulary() {
  return {models(), [](std::string_view) { return std::nullopt; }, {}};
}

// A folder of its own for each test, gone after it.
class FileValues : public testing::Test {
 protected:
  void SetUp() override {
    folder_ = fs::path(testing::TempDir()) /
              (std::string("file_values_") +
               testing::UnitTest::GetInstance()->current_test_info()->name());
    fs::remove_all(folder_);
    fs::create_directories(folder_ / "plans");
    cwd_ = fs::current_path();
  }
  void TearDown() override {
    fs::current_path(cwd_);
    fs::remove_all(folder_);
  }
  std::string write(const fs::path& name, std::string_view text) const {
    std::ofstream(folder_ / name, std::ios::binary) << text;
    return (folder_ / name).string();
  }
  std::string scenario(std::string_view plan, const fs::path& name = "us.toml") const {
    return write(
        name, "format = 1\n[run]\nmodel = \"paid\"\n[pay]\nplan = \"" + std::string(plan) + "\"\n");
  }
  static std::string plan_of(const std::string& file, std::vector<std::string> overrides = {}) {
    return sim::Scenario::load(file, vocabulary(), overrides).settings().get<Pay>("pay").plan;
  }
  static std::string complaint(const std::string& file, std::vector<std::string> overrides = {}) {
    try {
      plan_of(file, std::move(overrides));
      return "";
    } catch (const sim::ScenarioError& error) {
      return error.what();
    }
  }
  fs::path folder_, cwd_;
};

TEST_F(FileValues, AreReadBesideTheScenario) {
  write("plans/ours.toml", "rate = 1\n");
  EXPECT_EQ(plan_of(scenario("plans/ours.toml")), "rate = 1\n");
  fs::current_path("/");  // wherever one is
  EXPECT_EQ(plan_of(scenario("plans/ours.toml")), "rate = 1\n");
}

TEST_F(FileValues, AnAbsolutePathIsOne) {
  const std::string plan = write("plans/ours.toml", "rate = 2\n");
  EXPECT_EQ(plan_of(scenario(plan, "plans/us.toml")), "rate = 2\n");
}

// Beside the file that says it, not the one that extends it.
TEST_F(FileValues, AreReadBesideTheFileThatNamesThem) {
  write("plans/ours.toml", "rate = 3\n");
  scenario("ours.toml", "plans/base.toml");
  const std::string derived =
      write("derived.toml", "format = 1\nextends = \"plans/base.toml\"\n[run]\nweeks = 60\n");
  EXPECT_EQ(plan_of(derived), "rate = 3\n");
}

TEST_F(FileValues, AnOverrideIsReadFromTheCurrentFolder) {
  write("plans/ours.toml", "rate = 4\n");
  write("ours.toml", "rate = 5\n");
  const std::string file = scenario("ours.toml");
  fs::current_path(folder_ / "plans");
  EXPECT_EQ(plan_of(file), "rate = 5\n");
  EXPECT_EQ(plan_of(file, {"pay.plan=ours.toml"}), "rate = 4\n");
}

// A table says in its first line what it is called, so that its reader can.
TEST_F(FileValues, ATableKeepsItsName) {
  const std::string table = write("plans/map.csv", "account,partner\n1,2\n");
  EXPECT_EQ(plan_of(scenario("plans/map.csv")), "# map.csv\naccount,partner\n1,2\n");
  EXPECT_EQ(plan_of(scenario(table)), "# map.csv\naccount,partner\n1,2\n");
  const std::string flat = sim::Scenario::load(scenario("plans/map.csv"), vocabulary()).text();
  const auto again = sim::Scenario::parse(flat, "flat", vocabulary());
  EXPECT_EQ(again.settings().get<Pay>("pay").plan, "# map.csv\naccount,partner\n1,2\n");
  EXPECT_EQ(again.text(), flat);
  write("plans/latin.csv", "account\nM\xfcller\n");
  EXPECT_NE(complaint(scenario("plans/latin.csv")).find("is no UTF-8"), std::string::npos);
}

TEST_F(FileValues, AnyOtherTextStaysAsItIs) {
  EXPECT_EQ(plan_of(scenario("flat_10")), "flat_10");
  EXPECT_EQ(plan_of(scenario("")), "");
  const std::string file = write(
      "us.toml", "format = 1\n[run]\nmodel = \"paid\"\n[pay]\nplan = \"\"\"\nrate = 6\n\"\"\"\n");
  EXPECT_EQ(plan_of(file), "rate = 6\n");
  // And a text of another unit may end like a file.
  const std::string other =
      write("other.toml", "format = 1\n[run]\nmodel = \"paid\"\n[pay]\nmotto = \"sell.toml\"\n");
  EXPECT_EQ(sim::Scenario::load(other, vocabulary()).settings().get<Pay>("pay").motto, "sell.toml");
}

// An arm and a dated change read theirs, too.
TEST_F(FileValues, ArmsAndChangesHaveThem) {
  write("a.toml", "rate = 7\n");
  write("b.toml", "rate = 8\n");
  const std::string file = write("us.toml",
                                 "format = 1\n[run]\nmodel = \"paid\"\nstart = 2026-02-02\n"
                                 "[arms.one]\npay.plan = \"a.toml\"\n[[interventions]]\n"
                                 "date = 2026-05-04\nset.pay.plan = \"b.toml\"\n");
  const auto read = sim::Scenario::load(file, vocabulary());
  EXPECT_EQ(read.settings("one").get<Pay>("pay").plan, "rate = 7\n");
  EXPECT_EQ(read.changes("one").at(0).settings.get<Pay>("pay").plan, "rate = 8\n");
}

TEST_F(FileValues, AMissingFileIsNamedWithItsPlace) {
  const std::string file = scenario("plans/mine.toml");
  EXPECT_EQ(complaint(file), "error: pay.plan: can't read " +
                                 (folder_ / "plans/mine.toml").string() + "\n  --> " + file +
                                 ":5:8\n  |\n5 | plan = \"plans/mine.toml\"\n  |        "
                                 "^^^^^^^^^^^^^^^^^\n  = help: the path of a file\n");
}

TEST_F(FileValues, AMissingFileOfAnOverrideToo) {
  const std::string said = complaint(scenario(""), {"pay.plan=nowhere.toml"});
  EXPECT_NE(said.find("can't read nowhere.toml"), std::string::npos) << said;
  EXPECT_NE(said.find("--> override:1:"), std::string::npos) << said;
}

TEST_F(FileValues, TooLargeIsRefused) {
  write("ours.toml", std::string(99'999, '#') + "\n");
  EXPECT_EQ(plan_of(scenario("ours.toml")).size(), 100'000u);
  write("ours.toml", std::string(100'000, '#') + "\n");
  const std::string said = complaint(scenario("ours.toml"));
  EXPECT_NE(said.find("ours.toml is too large"), std::string::npos) << said;
  EXPECT_NE(said.find("us.toml:5:8"), std::string::npos) << said;
  EXPECT_NE(said.find("at most 100000 bytes"), std::string::npos) << said;
}

// Nothing is no plan: an empty file, or a folder by that name.
TEST_F(FileValues, NothingInItIsRefused) {
  write("ours.toml", "");
  EXPECT_NE(complaint(scenario("ours.toml")).find("there is nothing in"), std::string::npos);
  fs::create_directories(folder_ / "folder.toml");
  EXPECT_NE(complaint(scenario("folder.toml")).find("can't read"), std::string::npos);
}

// Content is told from a name by its line break.
TEST_F(FileValues, ALastLineIsEnded) {
  write("ours.toml", "rate = 9");
  EXPECT_EQ(plan_of(scenario("ours.toml")), "rate = 9\n");
}

// What a result keeps: the content, so that the text reads back the same when the file is gone.
TEST_F(FileValues, TheFlatTextHoldsTheContent) {
  const auto survives = [&](const std::string& content) {
    write("ours.toml", content);
    const auto read = sim::Scenario::load(scenario("ours.toml"), vocabulary());
    fs::remove(folder_ / "ours.toml");
    const auto again = sim::Scenario::parse(read.text(), "kept.toml", vocabulary());
    EXPECT_EQ(again.settings().get<Pay>("pay").plan, content);
    EXPECT_EQ(again.text(), read.text());
    EXPECT_EQ(again.hash(), read.hash());
  };
  survives("rate = 1\n");
  survives("a = \"q\\u0041\" # \"quotes\", \\ and é\n\tb = 'x.y.z'\r\n");
  std::string dots;
  for (int i = 0; i < 60; ++i) dots += "# a. b. c.\n";
  survives(dots);
  std::string large;
  for (int i = 0; i < 3000; ++i) large += "# a line of a long letter\n";
  survives(large.substr(0, 90'000));
}

}  // namespace
