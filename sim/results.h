// SPDX-License-Identifier: Apache-2.0
#pragma once
// What a result file holds, in memory: the description (ResultsInfo) that is known before the first
// replicate starts, and the blocks that replicates deliver. docs/results_format.md says how it
// looks on disk; result_file.h writes it, result_reader.h reads it, writer_thread.h feeds it.

#include <cstddef>
#include <cstdint>
#include <limits>
#include <string>
#include <utility>
#include <variant>
#include <vector>

namespace sim {

// int64 for money and counts, double for the rest.
enum class Type : std::uint8_t { integer, real };

// What stands where a replicate did not run or an agent does not exist: never a possible value.
inline constexpr std::int64_t missing_integer = std::numeric_limits<std::int64_t>::min();
inline constexpr double missing_real = std::numeric_limits<double>::quiet_NaN();

// One measured quantity: a series per replicate, or a column of an agent table.
// name: [a-z][a-z0-9_]*; unit as udunits or "USD cent"; cell_methods as in CF ("time: sum"), or "".
struct OutcomeInfo {
  std::string name, unit, long_name, cell_methods;
  Type type = Type::real;
};

// Snapshots of a table of agents: each column is (arm, replicate, snapshot, row).
struct AgentTableInfo {
  std::string name;
  std::size_t rows = 0;  // most rows any snapshot may have; shorter ones are filled with "missing"
  std::vector<OutcomeInfo> columns;
};

// The value of a parameter in each arm, and in each replicate where replicates draw their own.
// Exactly one of the two vectors is used. values: one per arm, or arm-major one per (arm,
// replicate). texts: one per arm (dates, names, choices). notes: further attributes (role, source).
struct ParameterInfo {
  std::string key, unit, meaning;
  std::vector<double> values;
  std::vector<std::string> texts;
  std::vector<std::pair<std::string, std::string>> notes;
};

struct ResultsInfo {
  std::string title, model;
  std::string scenario_toml;    // canonical text: with seed and arms it repeats the run
  std::string provenance_json;  // see provenance.h
  std::string epoch;            // ISO date of time 0, "2026-02-01"
  std::uint64_t seed = 0;
  std::vector<std::string> arms, arm_titles;  // titles may be empty: then the names are used
  std::int64_t first_replicate = 0;
  std::size_t replicates = 0;
  std::vector<double> time;  // days since epoch, increasing
  std::vector<OutcomeInfo> outcomes;
  std::vector<double> snapshot_time;  // days since epoch; may be empty
  std::vector<AgentTableInfo> agent_tables;
  std::vector<ParameterInfo> parameters;
};

// One outcome of one replicate: the vector of its type is used, of the length of `time`.
struct Series {
  std::vector<std::int64_t> integers;
  std::vector<double> reals;
};

// All of one replicate. arm is a position in `arms`; replicate counts from 0 in this file (the
// file's own number is first_replicate + replicate).
struct ReplicateBlock {
  std::size_t arm = 0, replicate = 0;
  std::vector<Series> series;  // per outcome
  double wall_seconds = 0;
};

// One column of one table at one snapshot; the vector must have the type of the column.
struct AgentBlock {
  std::size_t arm = 0, replicate = 0, snapshot = 0, table = 0, column = 0;
  std::variant<std::vector<double>, std::vector<std::int64_t>> values;
};

// Throws BadInput with a reason if the description is not one that a file can hold: names not
// unique or not names, times not increasing, lengths that disagree, nothing to write.
void check(const ResultsInfo&);

// Bytes of the file before compression, generously.
std::uint64_t estimate_bytes(const ResultsInfo&);

}  // namespace sim
