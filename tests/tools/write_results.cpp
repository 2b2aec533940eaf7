// SPDX-License-Identifier: Apache-2.0
// Writes a result file of invented numbers, for tests that look at it from outside (foreign
// readers, kill -9, full disks), and reads files as `pardner info` and `pardner digest` do.
//
//   write_results out.h5 [replicates=6] [weeks=26] [rows=50] [order=forward|backward]
//                        [pause=MILLISECONDS per replicate] [abandon=REASON] [seed=7] [noise=0|1]
//                        [comment=BYTES in the scenario]
//   write_results info FILE...    one line per file: "ok" or the error
//   write_results digest FILE...
#include <chrono>
#include <cstdio>
#include <map>
#include <string>
#include <thread>

#include "sim/check.h"
#include "sim/key.h"
#include "sim/provenance.h"
#include "sim/result_file.h"
#include "sim/result_reader.h"
#include "sim/writer_thread.h"

namespace {

using Options = std::map<std::string, std::string>;

std::size_t number(const Options& options, const std::string& name) {
  return std::stoul(options.at(name));
}

sim::ResultsInfo describe(const Options& options) {
  sim::ResultsInfo info;
  info.title = "Invented numbers – für Tests";
  info.model = "invented";
  info.scenario_toml =
      "format = 1\n\n[run]\nstart = 2026-02-02\nweeks = " + options.at("weeks") + "\n";
  if (number(options, "comment") > 0)
    info.scenario_toml += "# " + std::string(number(options, "comment"), 'c') + "\n";
  info.epoch = "2026-02-02";
  info.seed = number(options, "seed");
  info.arms = {"base", "größer", "one_more"};
  info.arm_titles = {"as is", "größeres Gebiet", "one more account executive"};
  info.first_replicate = 10;
  info.replicates = number(options, "replicates");
  for (std::size_t week = 1; week <= number(options, "weeks"); ++week) {
    info.time.push_back(7.0 * static_cast<double>(week));
    if (week % 13 == 0) info.snapshot_time.push_back(info.time.back());
  }
  info.outcomes = {{"contribution", "USD cent", "contribution", "time: sum", sim::Type::integer},
                   {"win_rate", "1", "share of decided deals won", "", sim::Type::real}};
  if (number(options, "rows") > 0 && !info.snapshot_time.empty()) {
    info.agent_tables = {{"accounts",
                          number(options, "rows"),
                          {{"size", "1", "employees", "", sim::Type::real},
                           {"spent", "USD cent", "paid so far", "", sim::Type::integer}}},
                         {"reps", 3, {{"skill", "1", "log skill", "", sim::Type::real}}}};
  }
  info.parameters = {{"market.growth",
                      "1/year",
                      "growth of the market",
                      {0.02, 0.02, 0.05},
                      {},
                      {{"role", "uncertainty"}}},
                     {"plan.name", "", "name of the plan", {}, {"flat", "größer", ""}, {}},
                     {"buyer.taste", "1", "drawn in each future", {}, {}, {}}};
  for (std::size_t i = 0; i < 3 * info.replicates; ++i)
    info.parameters[2].values.push_back(0.5 + static_cast<double>(i));
  sim::Provenance provenance;
  provenance.model = info.model;
  provenance.scenario_toml = info.scenario_toml;
  provenance.arms = info.arms;
  provenance.seed = info.seed;
  provenance.first_replicate = info.first_replicate;
  provenance.replicates = info.replicates;
  provenance.vary = "chance";
  provenance.arithmetic = "none";
  provenance.command = {"write_results", "out.h5"};
  info.provenance_json = sim::to_json(sim::this_platform(provenance));
  return info;
}

// noise=1: values that do not compress. Otherwise values a test can state: see
// test_result_files.py.
class Numbers {
 public:
  explicit Numbers(const Options& options) : noise_(options.at("noise") == "1") {}
  std::int64_t integer(std::size_t a, std::size_t r, std::size_t t) {
    if (noise_) return static_cast<std::int64_t>(next() >> 1);
    return static_cast<std::int64_t>(1'000'000 * a + 1'000 * r + t);
  }
  double real(std::size_t a, std::size_t r, std::size_t t) {
    if (noise_) return static_cast<double>(next() >> 11) * 0x1p-53;
    return static_cast<double>(integer(a, r, t)) / 8;
  }

 private:
  std::uint64_t next() { return sim::mix64(state_ += 0x9e3779b97f4a7c15ull); }
  bool noise_;
  std::uint64_t state_ = 1;
};

void push_agents(sim::WriterThread& writer, const sim::ResultsInfo& info, Numbers& numbers,
                 std::size_t arm, std::size_t replicate) {
  for (std::size_t snapshot = 0; snapshot < info.snapshot_time.size(); ++snapshot)
    for (std::size_t table = 0; table < info.agent_tables.size(); ++table)
      for (std::size_t column = 0; column < info.agent_tables[table].columns.size(); ++column) {
        std::vector<std::int64_t> integers;
        std::vector<double> reals;
        // One row fewer at the first snapshot: agents are born.
        for (std::size_t row = 0; row + (snapshot == 0) < info.agent_tables[table].rows; ++row) {
          integers.push_back(numbers.integer(arm, replicate, row + 100 * snapshot));
          reals.push_back(numbers.real(arm, replicate, row + 100 * snapshot));
        }
        sim::AgentBlock block{arm, replicate, snapshot, table, column, {}};
        if (info.agent_tables[table].columns[column].type == sim::Type::real)
          block.values = std::move(reals);
        else
          block.values = std::move(integers);
        writer.push(std::move(block));
      }
}

sim::ReplicateBlock block_of(const sim::ResultsInfo& info, Numbers& numbers, std::size_t arm,
                             std::size_t replicate) {
  sim::ReplicateBlock block{arm, replicate, std::vector<sim::Series>(2), 0.25};
  for (std::size_t t = 0; t < info.time.size(); ++t) {
    block.series[0].integers.push_back(numbers.integer(arm, replicate, t));
    block.series[1].reals.push_back(numbers.real(arm, replicate, t));
  }
  return block;
}

void write(const std::string& path, const Options& options) {
  const sim::ResultsInfo info = describe(options);
  Numbers numbers(options);
  sim::ResultFile file(path, info);
  sim::WriterThread writer(file);
  const std::size_t runs = info.arms.size() * info.replicates;
  const std::string reason = options.at("abandon");
  for (std::size_t i = 0; i < (reason.empty() ? runs : runs / 2); ++i) {
    const std::size_t run = options.at("order") == "backward" ? runs - 1 - i : i;
    const std::size_t arm = run % info.arms.size(), replicate = run / info.arms.size();
    push_agents(writer, info, numbers, arm, replicate);
    writer.push(block_of(info, numbers, arm, replicate));
    std::this_thread::sleep_for(std::chrono::milliseconds(number(options, "pause")));
  }
  writer.close();
  std::printf("%s\n", reason.empty() ? file.finish().c_str() : file.abandon(reason).c_str());
}

int read(const std::string& mode, int argc, char** argv) {
  int code = 0;
  for (int i = 2; i < argc; ++i) try {
      if (mode == "info")
        std::printf("ok %zu\n", sim::read_info(argv[i]).outcomes.size());
      else
        std::printf("%s\n", sim::digest_file(argv[i]).c_str());
    } catch (const sim::Error& error) {
      std::printf("%s\n", error.what());
      code = error.exit_code();
    }
  return code;
}

}  // namespace

int main(int argc, char** argv) {
  if (argc < 2) return 2;
  const std::string first = argv[1];
  if (first == "info" || first == "digest") return read(first, argc, argv);
  Options options{{"replicates", "6"},  {"weeks", "26"}, {"rows", "50"},
                  {"order", "forward"}, {"pause", "0"},  {"abandon", ""},
                  {"seed", "7"},        {"noise", "0"},  {"comment", "0"}};
  for (int i = 2; i < argc; ++i) {
    const std::string word = argv[i];
    options[word.substr(0, word.find('='))] = word.substr(word.find('=') + 1);
  }
  try {
    write(first, options);
  } catch (const sim::Error& error) {
    std::fprintf(stderr, "error: %s\n", error.what());
    sim::exit_after_io_failure(error.exit_code());
  }
}
