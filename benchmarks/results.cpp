// SPDX-License-Identifier: Apache-2.0
// What writing results costs: the contest with 10,000 reps and 100,000 accounts (52 weeks, one
// pinned thread, the writer on another), without a file, with its outcomes of every week, and with
// two columns of agents every 13th week as well. Creating, reading back, fsync and rename are
// included. Times are medians; a ratio is over the 52 weeks without set-up.
//   bench_results [repetitions] [folder]
#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <cstdlib>
#include <filesystem>
#include <numeric>

#include "models/catalog.h"
#include "sim/experiment.h"
#include "sim/writer_thread.h"

namespace {

using Clock = std::chrono::steady_clock;

double seconds_since(Clock::time_point start) {
  return std::chrono::duration<double>(Clock::now() - start).count();
}

double median(std::vector<double> values) {
  std::sort(values.begin(), values.end());
  return values[values.size() / 2];
}

double smallest(const std::vector<double>& values) {
  return *std::min_element(values.begin(), values.end());
}

struct Nothing : sim::Sink {
  void replicate(sim::ReplicateBlock&&) override {}
};

struct ToFile : sim::Sink {
  explicit ToFile(sim::ResultFile& file) : writer(file) {}
  void replicate(sim::ReplicateBlock&& block) override { writer.push(std::move(block)); }
  void agents(sim::AgentBlock&& block) override {
    bytes += std::visit([](const auto& v) { return v.size() * sizeof v[0]; }, block.values);
    if (block.table == accounts) {
      std::vector<std::int64_t> whole;
      for (const double value : std::get<0>(block.values))
        whole.push_back(static_cast<std::int64_t>(1000 * value));
      bytes += whole.size() * sizeof whole[0];
      writer.push(sim::AgentBlock{0, 0, block.snapshot, accounts, 1, std::move(whole)});
    }
    writer.push(std::move(block));
  }
  static constexpr std::size_t accounts = 1;
  sim::WriterThread writer;
  std::size_t bytes = 0;
};

struct Cost {
  std::vector<double> whole, weeks, busy, finish;
  std::size_t agent_bytes = 0, file_bytes = 0;
};

void run_without(const sim::Plan& plan, Cost& cost) {
  Nothing sink;
  sim::Control control;
  const auto start = Clock::now();
  const auto report = sim::run(plan, control, sink);
  cost.whole.push_back(seconds_since(start));
  const auto& phases = report.phase_seconds;
  cost.weeks.push_back(std::accumulate(phases.begin(), phases.end(), 0.0));
}

void run_with(const sim::Plan& plan, const std::string& path, Cost& cost) {
  sim::Control control;
  const auto start = Clock::now();
  auto info = sim::describe_results(plan);
  if (!info.agent_tables.empty()) {
    auto& columns = info.agent_tables[ToFile::accounts].columns;
    columns.push_back(columns.front());
    columns.back().name += "_whole";
    columns.back().type = sim::Type::integer;
  }
  sim::ResultFile file(path, std::move(info));
  ToFile sink(file);
  sim::run(plan, control, sink);
  const auto finish = Clock::now();
  sink.writer.close();
  file.finish();
  cost.finish.push_back(seconds_since(finish));
  cost.whole.push_back(seconds_since(start));
  cost.busy.push_back(sink.writer.busy_seconds());
  cost.agent_bytes = sink.bytes;
  cost.file_bytes = std::filesystem::file_size(path);
}

void print(const char* name, const Cost& cost, const Cost& none) {
  const double weeks = median(none.weeks);
  fmt::print("{:<26} {:6.3f} s  {:5.3f}x  {:5.3f}x  {:5.3f} s  {:5.2f} MB", name,
             median(cost.whole), 1 + (median(cost.whole) - median(none.whole)) / weeks,
             1 + (smallest(cost.whole) - smallest(none.whole)) / smallest(none.weeks),
             median(cost.finish), static_cast<double>(cost.file_bytes) / 1e6);
  if (cost.agent_bytes > 0)
    fmt::print(", {:.2f} MB of agents at {:.0f} MB/s", static_cast<double>(cost.agent_bytes) / 1e6,
               static_cast<double>(cost.agent_bytes) / 1e6 / median(cost.busy));
  fmt::print("\n");
}

}  // namespace

int main(int argc, char** argv) {
  const int repetitions = argc > 1 ? std::atoi(argv[1]) : 7;
  const std::string path = std::string(argc > 2 ? argv[2] : ".") + "/bench_results.h5";
  const auto scenario =
      sim::Scenario::parse("format = 1\nextends = \"contest\"\n[contest]\nreps = 10_000\n",
                           "bench.toml", models::vocabulary());
  sim::Plan plan = sim::plan_of(scenario, *models::find("contest"));
  plan.replicates = 1;
  plan.threads = 1;
  plan.pin = sim::Pin::yes;
  plan.snapshot_every = 0;
  sim::Plan with_agents = plan;
  with_agents.snapshot_every = 13;
  with_agents.snapshot_columns = {0, 1, 2};
  Cost none, outcomes, agents;
  for (int i = 0; i < repetitions; ++i) {  // in turns, so that a slow minute hits all three
    run_without(plan, none);
    run_with(plan, path, outcomes);
    run_with(with_agents, path, agents);
  }
  std::filesystem::remove(path);
  fmt::print("52 weeks alone {:.3f} s\n", median(none.weeks));
  fmt::print("                             median   ratio    best  after    file\n");
  fmt::print("without a file             {:6.3f} s\n", median(none.whole));
  print("outcomes every week", outcomes, none);
  print("and agents every 13 weeks", agents, none);
}
