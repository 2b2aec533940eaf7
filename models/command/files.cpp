// SPDX-License-Identifier: Apache-2.0
// Commands about result files: info, digest.
#include <fmt/format.h>

#include <algorithm>
#include <nlohmann/json.hpp>

#include "models/command/commands.h"
#include "sim/result_reader.h"

namespace command {

namespace {

int info(const std::string& path, bool json) {
  const sim::ResultSummary summary = sim::read_summary(path);
  const sim::ResultsInfo& info = summary.info;
  const auto complete = std::count(summary.status.begin(), summary.status.end(), std::int8_t{1});
  if (json) {
    nlohmann::json all{{"title", info.title},       {"model", info.model},
                       {"source", summary.source},  {"seed", info.seed},
                       {"arms", info.arms},         {"replicates", info.replicates},
                       {"complete", complete},      {"start", info.epoch},
                       {"times", info.time.size()}, {"digest", summary.digest}};
    for (const sim::OutcomeInfo& outcome : info.outcomes)
      all["outcomes"].push_back(
          {{"name", outcome.name}, {"unit", outcome.unit}, {"long_name", outcome.long_name}});
    fmt::print("{}\n", all.dump(2));
    return 0;
  }
  fmt::print("{}\nmodel {}, written by {}, seed {}\n", info.title, info.model, summary.source,
             info.seed);
  fmt::print("{} options x {} futures ({} runs complete), {} times from {}\n", info.arms.size(),
             info.replicates, complete, info.time.size(), info.epoch);
  if (!summary.unfinished.empty()) fmt::print("unfinished: {}\n", summary.unfinished);
  for (std::size_t a = 0; a < info.arms.size(); ++a)
    fmt::print("  option {:<22} {}\n", info.arms[a],
               info.arm_titles.empty() ? "" : info.arm_titles[a]);
  for (const sim::OutcomeInfo& outcome : info.outcomes)
    fmt::print("  {:<26} {:<10} {}\n", outcome.name, outcome.unit, outcome.long_name);
  fmt::print("digest {}\n", summary.digest.empty() ? "none" : summary.digest);
  return 0;
}

}  // namespace

void add_info(CLI::App& app, Chosen& chosen) {
  auto path = std::make_shared<std::string>();
  auto json = std::make_shared<bool>(false);
  CLI::App* command = app.add_subcommand("info", "Say what a result file holds");
  command->add_option("file", *path)->required();
  command->add_flag("--json", *json);
  command->callback([=, &chosen] { chosen.action = [=] { return info(*path, *json); }; });
}

void add_digest(CLI::App& app, Chosen& chosen) {
  auto path = std::make_shared<std::string>();
  CLI::App* command =
      app.add_subcommand("digest", "One hash of all results, without provenance and telemetry");
  command->add_option("file", *path)->required();
  command->callback([=, &chosen] {
    chosen.action = [=] {
      fmt::print("{}\n", sim::digest_file(*path));
      return 0;
    };
  });
}

}  // namespace command
