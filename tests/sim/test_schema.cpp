// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include <fstream>
#include <nlohmann/json.hpp>
#include <sstream>

#include "sim/schema.h"
#include "tests/sim/toy_model.h"

namespace {

std::string file(const std::string& name) {
  std::ifstream stream(std::string(PARDNER_SOURCE_DIR) + "/tests/sim/" + name);
  std::stringstream text;
  text << stream.rdbuf();
  return text.str();
}

struct Case {
  std::string verdict, name, text;
};

std::vector<Case> cases() {
  std::vector<Case> all;
  std::istringstream lines(file("scenario_cases.txt"));
  for (std::string line; std::getline(lines, line);) {
    if (line.starts_with("=== ")) {
      const std::size_t space = line.find(' ', 4);
      all.push_back({line.substr(4, space - 4), line.substr(space + 1), ""});
    } else if (!all.empty()) {
      all.back().text += line + "\n";
    }
  }
  return all;
}

// tests/python/test_schema.py judges the same cases by the schema.
TEST(Schema, TheReaderJudgesTheCasesAsWritten) {
  const auto all = cases();
  ASSERT_GE(all.size(), 50u);
  for (const Case& one : all) {
    const std::string complaint = toy::complaint(one.text);
    EXPECT_EQ(complaint.empty(), one.verdict == "accept") << one.name << "\n" << complaint;
  }
}

TEST(Schema, SaysEverythingAboutAParameter) {
  const auto schema = nlohmann::json::parse(sim::json_schema(toy::models()));
  const auto& rate = schema["$defs"]["toy.needs"]["properties"]["rate"];
  EXPECT_EQ(rate["title"], "rate");
  EXPECT_EQ(rate["description"], "new needs per account");
  EXPECT_EQ(rate["default"], 0.4);
  EXPECT_EQ(rate["x-unit"], "1/year");
  EXPECT_EQ(rate["x-role"], "uncertainty");
  EXPECT_EQ(rate["x-low"], 0.2);
  EXPECT_EQ(rate["x-high"], 0.8);
  EXPECT_EQ(rate["x-distribution"], "lognormal");
  EXPECT_EQ(rate["x-source"], "toy.md 1");
  EXPECT_EQ(rate["x-evidence"], "field_study");
  EXPECT_EQ(rate["anyOf"][0]["anyOf"][0]["minimum"], 0);
  EXPECT_EQ(rate["anyOf"][0]["anyOf"][0]["maximum"], 10);
}

TEST(Docs, BaseTomlAndReferencePageNameEveryParameter) {
  const sim::ModelSections& model = toy::models()[0];
  const std::string base = sim::base_toml(model);
  const std::string page = sim::reference_page(model);
  for (const sim::Section& section : model.sections)
    for (const sim::Parameter& parameter : section.parameters) {
      const std::string line = section.repeated ? "\n# " : "\n";
      EXPECT_NE(base.find(line + parameter.name + " = "), std::string::npos) << parameter.name;
      EXPECT_NE(page.find("| `" + parameter.name + "` |"), std::string::npos) << parameter.name;
      EXPECT_NE(page.find(parameter.meaning), std::string::npos) << parameter.name;
    }
  EXPECT_NE(base.find("# new needs per account [1/year]; 10% to 90%: 0.2 to 0.8 (lognormal); "
                      "allowed: 0 to 10;\n# field_study: toy.md 1; uncertainty\nrate = 0.4\n"),
            std::string::npos);
}

}  // namespace
