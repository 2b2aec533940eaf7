// SPDX-License-Identifier: Apache-2.0
#pragma once
// Invented results for the tests of result files.
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>
#include <thread>
#include <vector>

#include "sim/key.h"
#include "sim/result_file.h"

namespace invented {

// A folder of its own for each test, gone afterwards.
class Folder {
 public:
  Folder() {
    std::string name = (std::filesystem::temp_directory_path() / "pardner-XXXXXX").string();
    path_ = ::mkdtemp(name.data());
  }
  Folder(const Folder&) = delete;
  Folder& operator=(const Folder&) = delete;
  ~Folder() { std::filesystem::remove_all(path_); }
  std::string operator/(const std::string& name) const { return path_ + "/" + name; }

 private:
  std::string path_;
};

inline std::string content(const std::string& path) {
  std::ifstream in(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

// 70 replicates: more than a chunk, and the last chunk is not full.
inline sim::ResultsInfo describe() {
  sim::ResultsInfo info;
  info.title = "Invented";
  info.model = "invented";
  info.scenario_toml = "format = 1\n";
  info.provenance_json = "{\"invented\":true}";
  info.epoch = "2026-02-02";
  info.seed = 42;
  info.arms = {"base", "größer"};
  info.arm_titles = {"as is", "a larger territory"};
  info.first_replicate = 5;
  info.replicates = 70;
  for (int week = 1; week <= 10; ++week) info.time.push_back(7.0 * week);
  info.snapshot_time = {35, 70};
  info.outcomes = {{"contribution", "USD cent", "contribution", "time: sum", sim::Type::integer},
                   {"win_rate", "", "share won", "", sim::Type::real}};
  info.agent_tables = {{"accounts",
                        20,
                        {{"size", "1", "employees", "", sim::Type::real},
                         {"spent", "USD cent", "paid so far", "", sim::Type::integer}}},
                       {"reps", 3, {{"skill", "1", "log skill", "", sim::Type::real}}}};
  info.parameters = {{"market.growth", "1/year", "growth", {0.1, 0.2}, {}, {{"role", "lever"}}},
                     {"plan", "", "its name", {}, {"flat", ""}, {}},
                     {"taste", "1", "drawn", std::vector<double>(140, 0.25), {}, {}}};
  return info;
}

inline std::uint64_t number(std::uint64_t a, std::uint64_t b, std::uint64_t c) {
  return sim::mix64(a * 1'000'003 + b * 1009 + c);
}

// run = replicate * arms + arm.
inline sim::ReplicateBlock block(const sim::ResultsInfo& info, std::size_t run) {
  sim::ReplicateBlock one{run % info.arms.size(), run / info.arms.size(),
                          std::vector<sim::Series>(info.outcomes.size()), 0.5};
  for (std::size_t o = 0; o < info.outcomes.size(); ++o)
    for (std::size_t t = 0; t < info.time.size(); ++t) {
      const std::uint64_t value = number(run, t, o);
      if (info.outcomes[o].type == sim::Type::integer)
        one.series[o].integers.push_back(static_cast<std::int64_t>(value >> 1));
      else
        one.series[o].reals.push_back(static_cast<double>(value >> 11) * 0x1p-53);
    }
  return one;
}

// Sink: a ResultFile or a WriterThread. The first snapshot has one row fewer; `added` is added to
// each integer.
template <class Sink>
void push_agents(Sink& sink, const sim::ResultsInfo& info, std::size_t run,
                 std::int64_t added = 0) {
  for (std::size_t s = 0; s < info.snapshot_time.size(); ++s)
    for (std::size_t t = 0; t < info.agent_tables.size(); ++t)
      for (std::size_t c = 0; c < info.agent_tables[t].columns.size(); ++c) {
        std::vector<double> reals;
        std::vector<std::int64_t> integers;
        for (std::size_t row = 0; row + (s == 0) < info.agent_tables[t].rows; ++row) {
          const std::uint64_t value = number(run, row, 100 + 10 * s + 4 * t + c) >> 12;
          reals.push_back(static_cast<double>(value));
          integers.push_back(static_cast<std::int64_t>(value) + added);
        }
        sim::AgentBlock one{run % info.arms.size(), run / info.arms.size(), s, t, c, {}};
        if (info.agent_tables[t].columns[c].type == sim::Type::integer)
          one.values = std::move(integers);
        else
          one.values = std::move(reals);
        if constexpr (requires { sink.push(one); })
          sink.push(std::move(one));
        else
          sink.write_agents(one);
      }
}

inline std::string write(const std::string& path, const sim::ResultsInfo& info) {
  sim::ResultFile file(path, info);
  for (std::size_t run = 0; run < info.arms.size() * info.replicates; ++run) {
    push_agents(file, info, run);
    file.write(block(info, run));
  }
  return file.finish();
}

}  // namespace invented
