// SPDX-License-Identifier: Apache-2.0
#include "sim/results.h"

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <set>
#include <string_view>

#include "sim/check.h"

namespace sim {
namespace {

constexpr std::size_t most_elements = std::size_t{1} << 48;

// xarray decodes numbers of these units into timedelta64.
const std::set<std::string> timedelta_units{"days",    "hours",        "minutes",
                                            "seconds", "milliseconds", "microseconds"};

bool is_name(std::string_view name) {
  const auto lower = [](char c) { return c >= 'a' && c <= 'z'; };
  const auto other = [](char c) { return (c >= '0' && c <= '9') || c == '_'; };
  return !name.empty() && name.size() <= 100 && lower(name[0]) &&
         std::all_of(name.begin(), name.end(), [&](char c) { return lower(c) || other(c); });
}

void check_date(const std::string& epoch) {
  int year = 0, month = 0, day = 0, end = 0;
  const int n = std::sscanf(epoch.c_str(), "%4d-%2d-%2d%n", &year, &month, &day, &end);
  validate(n == 3 && end == 10 && epoch.size() == 10 && month >= 1 && month <= 12 && day >= 1 &&
               day <= 31,
           "results: the epoch \"" + epoch + "\" is not a date such as 2026-02-01");
}

void check_increasing(const std::vector<double>& times, const std::string& what) {
  for (std::size_t i = 0; i < times.size(); ++i)
    validate(std::isfinite(times[i]) && (i == 0 || times[i - 1] < times[i]),
             "results: " + what + " is not increasing at position " + std::to_string(i));
}

void check_columns(const std::vector<OutcomeInfo>& columns, std::set<std::string> taken,
                   const std::string& what) {
  for (const auto& column : columns) {
    validate(is_name(column.name), "results: " + what + " \"" + column.name +
                                       "\" is not a name: lower case letters, digits and _");
    validate(taken.insert(column.name).second,
             "results: " + what + " \"" + column.name + "\" is declared twice or reserved");
    validate(!timedelta_units.contains(column.unit),
             "results: " + what + " \"" + column.name + "\" has the unit \"" + column.unit +
                 "\", which readers turn into a time span; write d, h, min or s");
  }
}

void check_arms(const ResultsInfo& info) {
  validate(!info.arms.empty(), "results: at least one arm is needed");
  std::set<std::string> arms;
  for (const auto& arm : info.arms) {
    validate(!arm.empty() && arm.find('\0') == std::string::npos, "results: an arm has no name");
    validate(arms.insert(arm).second, "results: two arms are called \"" + arm + "\"");
  }
  validate(info.arm_titles.empty() || info.arm_titles.size() == info.arms.size(),
           "results: arm_titles must be empty or have one title per arm");
}

void check_parameters(const ResultsInfo& info) {
  std::set<std::string> keys;
  const std::size_t arms = info.arms.size(), all = arms * info.replicates;
  for (const auto& parameter : info.parameters) {
    const std::string what = "results: parameter \"" + parameter.key + "\"";
    validate(!parameter.key.empty() && parameter.key[0] != '.' &&
                 parameter.key.find('/') == std::string::npos && parameter.key != "arm" &&
                 parameter.key != "replicate",
             what + " cannot be a name in a file");
    validate(keys.insert(parameter.key).second, what + " is declared twice");
    const bool numbers = parameter.texts.empty() &&
                         (parameter.values.size() == arms || parameter.values.size() == all);
    validate(numbers || (parameter.values.empty() && parameter.texts.size() == arms),
             what + " needs one value per arm, or one per arm and replicate");
  }
}

}  // namespace

void check(const ResultsInfo& info) {
  check_arms(info);
  check_date(info.epoch);
  validate(info.replicates > 0, "results: at least one replicate is needed");
  validate(info.first_replicate >= 0, "results: first_replicate must not be negative");
  validate(!info.time.empty(), "results: at least one point of time is needed");
  check_increasing(info.time, "time");
  check_increasing(info.snapshot_time, "snapshot_time");
  const std::size_t columns = std::max<std::size_t>(info.outcomes.size(), 1);
  validate(info.arms.size() * columns < most_elements / info.replicates / info.time.size(),
           "results: more numbers than a file can hold");
  check_columns(info.outcomes,
                {"arm", "arm_title", "replicate", "time", "snapshot", "status", "agents",
                 "parameters", "telemetry"},
                "outcome");
  std::set<std::string> tables;
  for (const auto& table : info.agent_tables) {
    validate(is_name(table.name) && tables.insert(table.name).second,
             "results: agent table \"" + table.name + "\" is not a name or declared twice");
    validate(table.rows > 0 && table.rows < (std::size_t{1} << 32) && !info.snapshot_time.empty(),
             "results: agent table \"" + table.name + "\" needs rows and snapshot times");
    check_columns(table.columns, {"row", "arm", "replicate", "snapshot"}, "column");
  }
  check_parameters(info);
}

std::uint64_t estimate_bytes(const ResultsInfo& info) {
  const std::uint64_t runs = info.arms.size() * info.replicates;
  std::uint64_t bytes = 64 << 10;
  bytes += 2 * info.scenario_toml.size() + info.provenance_json.size();
  bytes += runs * (info.outcomes.size() * info.time.size() + 2) * 8;
  for (const auto& table : info.agent_tables)
    bytes += runs * info.snapshot_time.size() * table.rows * table.columns.size() * 8;
  for (const auto& parameter : info.parameters)
    bytes += 2048 + 8 * (parameter.values.size() + 2 * parameter.texts.size());
  return bytes + bytes / 50;  // indexes of chunks
}

}  // namespace sim
