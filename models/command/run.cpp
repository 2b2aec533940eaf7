// SPDX-License-Identifier: Apache-2.0
// pardner run: a scenario, or the very run of a result file, to a result file.
#include <fmt/format.h>

#include <cmath>
#include <nlohmann/json.hpp>

#include "models/catalog.h"
#include "models/command/commands.h"
#include "models/command/interrupt.h"
#include "models/command/wording.h"
#include "sim/result_reader.h"
#include "sim/session.h"

namespace command {

namespace {

struct RunOptions {
  std::string scenario, from, output;
  std::vector<std::string> overrides, arms;
  std::int64_t seed = -1, replicates = 0;
  unsigned threads = 0;
  bool pin = false, json = false, quiet = false;
};

// The scenario of the command line, or the one a result file was made from.
sim::Scenario load(const RunOptions& options) {
  if (!options.from.empty())
    return sim::Scenario::parse(sim::read_info(options.from).scenario_toml, options.from,
                                models::vocabulary());
  std::vector<std::string> overrides = options.overrides;
  if (options.seed >= 0) overrides.push_back(fmt::format("run.seed={}", options.seed));
  if (options.replicates > 0)
    overrides.push_back(fmt::format("run.replicates={}", options.replicates));
  return sim::Scenario::load(options.scenario, models::vocabulary(), overrides);
}

const sim::ModelInfo& model_of(const sim::Scenario& scenario) {
  return *models::find(scenario.model().name);
}

// The request of the command line; `scenario` must outlive it.
sim::Request request_of(const RunOptions& options, const Chosen& chosen,
                        const sim::Scenario& scenario) {
  sim::Request request;
  request.plan = options.from.empty()
                     ? sim::plan_of(scenario, model_of(scenario), options.arms)
                     : sim::plan_from(sim::read_info(options.from), scenario, model_of(scenario));
  request.scenario = &scenario;
  request.plan.threads = options.threads;
  request.plan.pin = options.pin ? sim::Pin::yes : sim::Pin::no;
  request.output = options.output;
  request.keep = options.json || !options.quiet;
  request.command = chosen.words;
  return request;
}

// Mean over finished replicates of an outcome at the end: totals of flows, last value of stocks.
double final_mean(const sim::Collected& results, std::size_t outcome, std::size_t arm, bool flow) {
  const std::size_t times = results.info.time.size(), replicates = results.info.replicates;
  double sum = 0, count = 0;
  for (std::size_t r = 0; r < replicates; ++r) {
    const std::size_t run = arm * replicates + r;
    if (results.status[run] == 0) continue;
    ++count;
    const sim::Series& series = results.outcomes[outcome];
    for (std::size_t t = flow ? 0 : times - 1; t < times; ++t)
      sum += series.integers.empty() ? series.reals[run * times + t]
                                     : static_cast<double>(series.integers[run * times + t]);
  }
  return count > 0 ? sum / count : std::nan("");
}

bool is_flow(const sim::OutcomeInfo& outcome) { return outcome.cell_methods == "time: sum"; }

nlohmann::json as_json(const sim::Session& session) {
  nlohmann::json all;
  const sim::ResultsInfo& info = session.collected.info;
  all["model"] = info.model;
  all["completed"] = session.report.completed;
  all["interrupted"] = session.report.interrupted;
  all["seconds"] = session.report.seconds;
  all["file"] = session.path;
  all["digest"] = session.digest;
  for (std::size_t a = 0; a < info.arms.size(); ++a)
    for (std::size_t i = 0; i < info.outcomes.size(); ++i)
      all["means"][info.arms[a]][info.outcomes[i].name] = {
          {"value", final_mean(session.collected, i, a, is_flow(info.outcomes[i]))},
          {"unit", info.outcomes[i].unit}};
  return all;
}

void print_table(const sim::Session& session) {
  const sim::ResultsInfo& info = session.collected.info;
  fmt::print("{}\nmean of {} futures, total or state after {:.0f} weeks\n\n", info.title,
             info.replicates, info.time.back() / 7);
  fmt::print("{:<26}", "");
  for (const std::string& title : info.arm_titles) fmt::print(" {:>16}", shortened(title, 16));
  fmt::print("\n");
  for (std::size_t i = 0; i < info.outcomes.size(); ++i) {
    fmt::print("{:<26}", info.outcomes[i].name);
    for (std::size_t a = 0; a < info.arms.size(); ++a)
      fmt::print(" {:>16}", in_words(final_mean(session.collected, i, a, is_flow(info.outcomes[i])),
                                     info.outcomes[i].unit));
    fmt::print("\n");
  }
}

int report(const RunOptions& options, const sim::Session& session) {
  if (options.json)
    fmt::print("{}\n", as_json(session).dump(2));
  else if (!options.quiet)
    print_table(session);
  if (!options.json && !options.quiet) {
    fmt::print("\n{} runs in {:.1f} s", session.report.completed, session.report.seconds);
    if (!session.path.empty()) fmt::print("; results in {}", session.path);
    fmt::print("\n");
  }
  if (!session.report.interrupted) return 0;
  fmt::print(stderr, "interrupted: {} finished runs kept{}\n", session.report.completed,
             session.path.empty() ? "" : " in " + session.path);
  return 75;
}

int perform(const RunOptions& options, const Chosen& chosen) {
  if (options.scenario.empty() == options.from.empty())
    throw sim::Usage("give a scenario (a file or a name of `pardner list`) or --from RESULT");
  if (!options.from.empty() && (options.seed >= 0 || options.replicates > 0 ||
                                !options.overrides.empty() || !options.arms.empty()))
    throw sim::Usage("--from repeats a run as it was: no overrides, --arm, --seed or --replicates");
  const sim::Scenario scenario = load(options);
  const sim::Request request = request_of(options, chosen, scenario);
  for (const std::string& warning : scenario.warnings()) fmt::print(stderr, "{}\n", warning);
  sim::Control control;
  const StopOnSignal signals(control);
  sim::Session session;
  {
    const Progress progress(control, sim::weeks_in_total(request.plan), !options.quiet);
    session = sim::run(request, control);
  }
  return report(options, session);
}

}  // namespace

void add_run(CLI::App& app, Chosen& chosen) {
  auto options = std::make_shared<RunOptions>();
  CLI::App* run = app.add_subcommand("run", "Run a scenario and write its results");
  run->add_option("scenario", options->scenario, "a file, or a name of `pardner list`");
  run->add_option("overrides", options->overrides, "key=value, dotted as in the file");
  run->add_option("--from", options->from, "repeat the run of this result file, to the bit");
  run->add_option("-o,--output", options->output, "result file to write (HDF5, netCDF-4)");
  run->add_option("--arm", options->arms, "only these arms, the first is the reference")
      ->allow_extra_args(false);
  run->add_option("--seed", options->seed)->check(CLI::NonNegativeNumber);
  run->add_option("--replicates", options->replicates)->check(CLI::PositiveNumber);
  run->add_option("--threads", options->threads, "default: the processors this process may use");
  run->add_flag("--pin", options->pin, "keep each thread on one processor");
  run->add_flag("--json", options->json, "print the summary as JSON");
  run->add_flag("--quiet", options->quiet, "print nothing but errors");
  run->callback([options, &chosen] {
    chosen.action = [options, &chosen] { return perform(*options, chosen); };
  });
}

}  // namespace command
