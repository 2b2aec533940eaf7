// SPDX-License-Identifier: Apache-2.0
// Each packaged scenario against tests/golden/SCENARIO.txt: means of few futures, short enough to
// read in a diff. `scripts/test --update` (PARDNER_UPDATE=1) rewrites; a change that was meant
// belongs into the changelog under "Changes numbers".
#include <fmt/format.h>
#include <gtest/gtest.h>

#include <cstdlib>
#include <fstream>
#include <sstream>

#include "models/packaged_files.h"
#include "tests/models/plan.h"

namespace {

// One line per arm and outcome: flows summed over the run, stocks as at the end.
std::string numbers_of(const std::string& scenario) {
  const std::string text = "format = 1\nextends = \"" + scenario + "\"\n";
  const auto parsed = sim::Scenario::parse(text, "golden.toml", models::vocabulary(),
                                           std::vector<std::string>{"run.replicates=2"});
  const auto* model = models::find(parsed.run().model);
  const auto result = support::run(sim::plan_of(parsed, *model));
  std::string lines;
  for (std::size_t arm = 0; arm < result.arms; ++arm)
    for (std::size_t i = 0; i < model->outcomes.size(); ++i) {
      double sum = 0;
      for (std::size_t task = arm; task < result.blocks.size(); task += result.arms) {
        const sim::Series& series = result.blocks[task].series[i];
        const bool flow = model->outcomes[i].kind == sim::Measured::flow;
        const auto add = [&](const auto& values) {
          for (std::size_t k = flow ? 0 : values.size() - 1; k < values.size(); ++k)
            sum += static_cast<double>(values[k]);
        };
        model->outcomes[i].integer ? add(series.integers) : add(series.reals);
      }
      lines += fmt::format("{:3} {:26} {:.9g}\n", arm, model->outcomes[i].name, sum / 2);
    }
  return lines;
}

class GoldenScenario : public testing::TestWithParam<std::string> {};

TEST_P(GoldenScenario, KeepsItsNumbers) {
  const std::string path = std::string(PARDNER_SOURCE_DIR) + "/tests/golden/" + GetParam() + ".txt";
  const std::string now = numbers_of(GetParam());
  if (std::getenv("PARDNER_UPDATE") != nullptr) std::ofstream(path) << now;
  std::ifstream file(path);
  ASSERT_TRUE(file) << path << " is missing: scripts/test --update writes it";
  std::istringstream fresh(now);
  std::string known_line, line;
  while (std::getline(fresh, line)) {
    std::getline(file, known_line);
    EXPECT_EQ(known_line, line);
  }
  EXPECT_FALSE(std::getline(file, known_line)) << "no longer there: " << known_line;
}

std::vector<std::string> names() {
  std::vector<std::string> all;
  for (const auto& scenario : models::packaged_scenarios()) all.emplace_back(scenario.name);
  return all;
}

INSTANTIATE_TEST_SUITE_P(Packaged, GoldenScenario, testing::ValuesIn(names()),
                         [](const auto& one) { return one.param; });

}  // namespace
