// SPDX-License-Identifier: Apache-2.0
// The account contest as contest.md, section 5, measures it: wall time of 52 weeks without set-up
// and without checks, the deal log included; median of the repetitions. With --disk the deal log
// and two columns of the reps go to files in that folder every week, and nothing of them stays in
// memory; the ratios are over the same weeks without a file: when all is written, and when the
// result file was also closed, read back, compared and synced.
//   bench_contest [--reps N] [--disk FOLDER] [threads...]
#include <fmt/format.h>
#include <sys/resource.h>

#include <algorithm>
#include <chrono>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <numeric>
#include <optional>
#include <string>

#include "models/catalog.h"
#include "models/contest/model.h"
#include "sim/cpu.h"
#include "sim/experiment.h"
#include "sim/pinning.h"
#include "sim/writer_thread.h"

namespace {

using Clock = std::chrono::steady_clock;

constexpr int weeks = 52;

struct Nothing : sim::Sink {
  void replicate(sim::ReplicateBlock&&) override {}
};

sim::Plan plan_for(int reps, unsigned threads) {
  const auto text = fmt::format("format = 1\nextends = \"contest\"\n[contest]\nreps = {}\n", reps);
  const auto scenario = sim::Scenario::parse(text, "bench.toml", models::vocabulary());
  sim::Plan plan = sim::plan_of(scenario, *models::find("contest"));
  plan.replicates = 1;
  plan.threads = threads;
  plan.pin = sim::Pin::yes;
  plan.spread = sim::Spread::one_run;
  sim::unpin_this_thread();  // threads to come inherit the place of this one
  return plan;
}

double median(std::vector<double> values) {
  std::sort(values.begin(), values.end());
  return values[values.size() / 2];
}

void measure(int reps, unsigned threads, int repetitions) {
  const sim::Plan plan = plan_for(reps, threads);
  std::vector<std::vector<double>> phases;  // choose, resolve, settle
  std::uint64_t hash = 0;                   // the same for any number of threads, compiler, kernels
  for (int i = 0; i < repetitions; ++i) {
    Nothing sink;
    sim::Control control;
    const sim::RunReport report = sim::run(plan, control, sink);
    const auto& seconds = report.phase_seconds;
    phases.push_back({seconds.begin(), seconds.begin() + 3});
    hash = report.state_digests[0];
  }
  const auto total = [](const std::vector<double>& p) { return p[0] + p[1] + p[2]; };
  std::sort(phases.begin(), phases.end(),
            [&](const auto& a, const auto& b) { return total(a) < total(b); });
  const auto& middle = phases[phases.size() / 2];
  const double work = double{weeks} * reps, ns = 1e9 / work;
  fmt::print("{:>7} {:>7}   {:.2e}   {:6.0f} {:6.0f} {:6.0f}   {:.2e}   {:016x}\n", reps, threads,
             work / total(middle), middle[0] * ns, middle[1] * ns, middle[2] * ns,
             work / total(phases.front()), hash);
}

// A result file with two columns of the reps, and beside it the deal log: its rows as they are.
class Disk {
 public:
  Disk(const sim::Plan& plan, const std::string& folder)
      : log_(folder + "/bench_contest.deals", std::ios::binary | std::ios::trunc),
        file_(folder + "/bench_contest.h5", sim::describe_results(plan)),
        writer_(file_) {}

  void week(contest::World& world, int number) {
    push(number, 0, world.reps.booked.span());
    push(number, 1, world.reps.paid.span());
    const auto deals = world.deals.drain();
    log_.write(reinterpret_cast<const char*>(deals.data()),
               static_cast<std::streamsize>(deals.size() * sizeof deals[0]));
  }
  // Waits until all is written. The outcomes are blank: the columns are what is measured.
  void write(const sim::Plan& plan) {
    const std::size_t times = file_.info().time.size();
    sim::ReplicateBlock block;
    for (const auto& outcome : plan.model->outcomes) {
      block.series.emplace_back();
      if (outcome.integer)
        block.series.back().integers.resize(times);
      else
        block.series.back().reals.resize(times);
    }
    writer_.push(std::move(block));
    writer_.close();
    log_.close();
    if (!log_) throw sim::Error("the deal log could not be written");
  }
  void finish() { file_.finish(); }

 private:
  void push(int number, std::size_t column, std::span<const std::int64_t> values) {
    writer_.push(sim::AgentBlock{0, 0, static_cast<std::size_t>(number), 0, column,
                                 std::vector<std::int64_t>(values.begin(), values.end())});
  }
  std::ofstream log_;
  sim::ResultFile file_;
  sim::WriterThread writer_;
};

double peak_megabytes() {
  rusage usage{};
  getrusage(RUSAGE_SELF, &usage);
  return static_cast<double>(usage.ru_maxrss) / 1000;  // from KiB, nearly
}

struct Seconds {
  std::vector<double> without, written, finished;
};

double since(Clock::time_point start) {
  return std::chrono::duration<double>(Clock::now() - start).count();
}

void run_weeks(const sim::Plan& plan, Disk* disk, Seconds& seconds) {
  const sim::Workers workers(plan.threads, plan.pin);
  const sim::Settings& settings = plan.arms[0].settings;
  const sim::Calendar calendar = settings.run().make_calendar();
  const sim::Random random(plan.seed, 0);
  contest::World world(settings, {calendar, random, workers});
  const auto start = Clock::now();
  for (int number = 0; number < weeks; ++number) {
    const sim::Step step(number, calendar, random, workers);
    world.choose(step);
    world.resolve(step);
    world.settle(step);
    if (disk != nullptr) disk->week(world, number);
  }
  if (disk == nullptr) {
    seconds.without.push_back(since(start));
    return;
  }
  disk->write(plan);
  seconds.written.push_back(since(start));
  disk->finish();
  seconds.finished.push_back(since(start));
}

void measure_disk(int reps, unsigned threads, int repetitions, const std::string& folder) {
  sim::Plan plan = plan_for(reps, threads);
  plan.snapshot_every = 1;
  plan.snapshot_columns = {0, 1};  // booked and paid
  const std::string file = folder + "/bench_contest.h5", log = folder + "/bench_contest.deals";
  Seconds seconds;
  double peak = 0, megabytes = 0;
  for (int i = 0; i < repetitions; ++i) {  // in turns, so that a slow minute hits both
    std::filesystem::remove(file);
    sim::unpin_this_thread();  // or the writer would begin on the workers' processor
    {
      Disk disk(plan, folder);
      run_weeks(plan, &disk, seconds);
    }
    if (i == 0) peak = peak_megabytes();  // before a log was ever kept in memory
    run_weeks(plan, nullptr, seconds);
    megabytes =
        static_cast<double>(std::filesystem::file_size(file) + std::filesystem::file_size(log)) /
        1e6;
  }
  const double without = median(seconds.without);
  fmt::print("{:>7} {:>7}   {:7.3f} s   {:4.2f}x   {:4.2f}x  {:9.1f} {:9.1f}\n", reps, threads,
             without, median(seconds.written) / without, median(seconds.finished) / without,
             megabytes, peak);
  std::filesystem::remove(file);
  std::filesystem::remove(log);
}

}  // namespace

int main(int argc, char** argv) {
  std::vector<unsigned> threads;
  std::vector<int> sizes;
  std::optional<std::string> folder;
  for (int i = 1; i < argc; ++i) {
    const std::string word = argv[i];
    if (word == "--reps" && i + 1 < argc)
      sizes.push_back(std::atoi(argv[++i]));
    else if (word == "--disk" && i + 1 < argc)
      folder = argv[++i];
    else
      threads.push_back(static_cast<unsigned>(std::max(1, std::atoi(argv[i]))));
  }
  if (threads.empty()) threads = {1, 2};
  if (sizes.empty()) sizes = {1'000, 10'000, 100'000};
  fmt::print("kernels: {}, threads pinned\n", sim::name(sim::cpu()));
  if (folder)
    fmt::print("   reps threads     without  written  read back   MB files  peak MB\n");
  else
    fmt::print("   reps threads rep-weeks/s  choose resolve settle [ns]   best        hash\n");
  for (const int reps : sizes)
    for (const unsigned count : threads) {
      const int repetitions = reps > 10'000 ? 5 : 11;
      folder ? measure_disk(reps, count, repetitions, *folder) : measure(reps, count, repetitions);
    }
}
