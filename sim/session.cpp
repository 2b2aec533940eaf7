// SPDX-License-Identifier: Apache-2.0
#include "sim/session.h"

#include <algorithm>
#include <filesystem>
#include <optional>

#include "sim/check.h"
#include "sim/memory.h"
#include "sim/provenance.h"
#include "sim/result_file.h"
#include "sim/writer_thread.h"

namespace sim {

namespace {

// Where replicates leave their series. Replicates write disjoint parts, so no lock is needed.
class Collector {
 public:
  explicit Collector(ResultsInfo info) {
    result_.info = std::move(info);
    const std::size_t runs = result_.info.arms.size() * result_.info.replicates;
    const std::size_t values = runs * result_.info.time.size();
    result_.status.assign(runs, 0);
    result_.wall_seconds.assign(runs, missing_real);
    for (const OutcomeInfo& outcome : result_.info.outcomes) {
      Series& series = result_.outcomes.emplace_back();
      if (outcome.type == Type::integer)
        series.integers.assign(values, missing_integer);
      else
        series.reals.assign(values, missing_real);
    }
  }

  void add(const ReplicateBlock& block) {
    const std::size_t run = block.arm * result_.info.replicates + block.replicate;
    const auto first = static_cast<std::ptrdiff_t>(run * result_.info.time.size());
    for (std::size_t i = 0; i < block.series.size(); ++i) {
      const Series& from = block.series[i];
      Series& to = result_.outcomes[i];
      std::copy(from.integers.begin(), from.integers.end(), to.integers.begin() + first);
      std::copy(from.reals.begin(), from.reals.end(), to.reals.begin() + first);
    }
    result_.wall_seconds[run] = block.wall_seconds;
    result_.status[run] = 1;
  }

  Collected take() { return std::move(result_); }

 private:
  Collected result_;
};

class Sinks : public Sink {
 public:
  Sinks(std::optional<Collector>& collector, std::optional<WriterThread>& writer)
      : collector_(collector), writer_(writer) {}
  void replicate(ReplicateBlock&& block) override {
    if (collector_) collector_->add(block);
    if (writer_) writer_->push(std::move(block));
  }
  void agents(AgentBlock&& block) override {
    if (writer_) writer_->push(std::move(block));
  }

 private:
  std::optional<Collector>& collector_;
  std::optional<WriterThread>& writer_;
};

// Before an hour of simulation, not after it.
void check_folder(const std::string& output) {
  if (output.empty()) return;
  std::error_code failed;
  const auto folder = std::filesystem::absolute(output, failed).parent_path();
  validate(!failed && std::filesystem::is_directory(folder, failed),
           "can't write " + output + ": its folder does not exist");
}

Provenance provenance_of(const Request& request) {
  const RunSettings& run = request.plan.arms.front().settings.run();
  Provenance provenance;
  provenance.model = request.plan.model->sections.name;
  provenance.scenario_toml = request.scenario->text();
  for (const PlannedArm& arm : request.plan.arms) provenance.arms.push_back(arm.name);
  provenance.seed = request.plan.seed;
  provenance.first_replicate = static_cast<std::int64_t>(request.plan.first_replicate);
  provenance.replicates = request.plan.replicates;
  provenance.vary = std::string(run.vary == Vary::chance       ? "chance"
                                : run.vary == Vary::population ? "chance+population"
                                                               : "chance+inputs");
  provenance.arithmetic = "SLEEF deterministic, same bits on x86-64 with and without FMA";
  provenance.command = request.command;
  provenance.created = utc_now();
  return this_platform(std::move(provenance));
}

}  // namespace

std::uint64_t collected_bytes(const Plan& plan) {
  const std::size_t times = recorded_weeks(plan.arms.front().settings.run()).size();
  return static_cast<std::uint64_t>(plan.tasks()) * times * plan.model->outcomes.size() * 8;
}

ResultsInfo describe_request(const Request& request) {
  ResultsInfo info = describe_results(request.plan);
  info.scenario_toml = request.scenario->text();
  info.provenance_json = to_json(provenance_of(request));
  return info;
}

Session run(const Request& request, Control& control) {
  check_folder(request.output);
  require_memory(estimated_bytes(request.plan) + (request.keep ? collected_bytes(request.plan) : 0),
                 "fewer replicates, agents or threads need less; so does record_every");
  const ResultsInfo info = describe_request(request);
  std::optional<Collector> collector;
  std::optional<ResultFile> file;
  std::optional<WriterThread> writer;
  if (request.keep) collector.emplace(info);
  if (!request.output.empty()) {
    file.emplace(request.output, info);
    writer.emplace(*file);
  }
  Session session;
  Sinks sinks(collector, writer);
  session.report = run(request.plan, control, sinks);
  if (writer) {
    writer->close();
    if (session.report.interrupted) {
      session.path = file->abandon("interrupted");
    } else {
      session.digest = file->finish();
      session.path = request.output;
    }
  }
  if (collector) session.collected = collector->take();
  return session;
}

Plan plan_from(const ResultsInfo& info, const Scenario& scenario, const ModelInfo& model) {
  Plan plan = plan_of(scenario, model, info.arms);
  plan.seed = info.seed;
  plan.first_replicate = static_cast<std::size_t>(info.first_replicate);
  plan.replicates = info.replicates;
  return plan;
}

}  // namespace sim
