// SPDX-License-Identifier: Apache-2.0
#include "sim/result_layout.h"

#include <algorithm>
#include <cstdio>

namespace sim {
namespace {

using hdf5::Dataset;
using hdf5::Extent;
using hdf5::Group;
using hdf5::Kind;

constexpr std::size_t value_bytes = 8;
constexpr std::size_t wanted_chunk_bytes = 256 << 10;
constexpr std::size_t largest_chunk_values = std::size_t{1} << 17;  // 1 MiB
constexpr std::size_t most_replicates_per_chunk = 64;

struct Scales {
  Dataset arm, replicate, time, snapshot;
};

std::string days_since(const ResultsInfo& info) { return "days since " + info.epoch; }

std::string comma_list(const std::vector<std::string>& texts) {
  std::string list;
  for (const auto& text : texts) list += (list.empty() ? "" : ",") + text;
  return list;
}

void describe_file(const Group& root, const ResultsInfo& info) {
  root.set_text("Conventions", "CF-1.11");
  root.set_text("title", info.title);
  root.set_text("source", "pardner " PARDNER_VERSION);
  root.set_text("format", format_name);
  root.set_list("format_version", std::vector<std::int32_t>{format_major, format_minor});
  root.set_text("model", info.model);
  root.set("seed", info.seed);
  root.set_text("arm_names", comma_list(info.arms));
  root.set_text("scenario_toml", info.scenario_toml);
  root.set_text("provenance", info.provenance_json);
}

Dataset create_texts(const Group& group, const std::string& name, const std::string& long_name,
                     const std::vector<std::string>& texts) {
  Dataset data = group.create_dataset(name, {Kind::text, {texts.size()}, {}, nullptr});
  data.write_texts(texts);
  data.set_text("long_name", long_name);
  return data;
}

Dataset create_times(const Group& root, const std::string& name, const std::string& long_name,
                     const std::vector<double>& times, const ResultsInfo& info) {
  Dataset data = root.create_dataset(name, {Kind::real64, {times.size()}, {}, nullptr});
  data.write_all(times);
  data.make_scale(name);
  data.set_text("units", days_since(info));
  data.set_text("calendar", "standard");
  data.set_text("standard_name", "time");
  data.set_text("long_name", long_name);
  return data;
}

Scales create_scales(const Group& root, const ResultsInfo& info) {
  Scales scales;
  scales.arm = create_texts(root, "arm", "option that was simulated", info.arms);
  scales.arm.make_scale("arm");
  std::vector<std::int64_t> numbers(info.replicates);
  for (std::size_t i = 0; i < numbers.size(); ++i)
    numbers[i] = info.first_replicate + static_cast<std::int64_t>(i);
  scales.replicate = root.create_dataset("replicate", {Kind::int64, {numbers.size()}, {}, nullptr});
  scales.replicate.write_all(numbers);
  scales.replicate.make_scale("replicate");
  scales.replicate.set_text("long_name", "future: same number, same luck in every arm");
  scales.replicate.set_text("units", "1");
  scales.time = create_times(root, "time", "point of time", info.time, info);
  scales.time.set_text("axis", "T");
  if (!info.snapshot_time.empty())
    scales.snapshot =
        create_times(root, "snapshot", "time of the snapshot", info.snapshot_time, info);
  return scales;
}

// A variable that is filled with "missing" until replicates arrive.
Dataset create_numbers(const Group& group, const OutcomeInfo& info, const Extent& shape,
                       const Extent& chunk) {
  const bool real = info.type == Type::real;
  const void* fill = real ? static_cast<const void*>(&missing_real) : &missing_integer;
  Dataset data =
      group.create_dataset(info.name, {real ? Kind::real64 : Kind::int64, shape, chunk, fill});
  if (real)
    data.set("_FillValue", missing_real);
  else
    data.set("_FillValue", missing_integer);
  data.set_text("units", info.unit);
  data.set_text("long_name", info.long_name);
  if (!info.cell_methods.empty()) data.set_text("cell_methods", info.cell_methods);
  return data;
}

void create_outcomes(ResultVariables& variables, const Scales& scales, const ResultsInfo& info) {
  const Extent shape{info.arms.size(), info.replicates, info.time.size()};
  const Extent chunk{1, replicates_per_chunk(info),
                     std::min(info.time.size(), largest_chunk_values)};
  for (const auto& outcome : info.outcomes) {
    Dataset data = create_numbers(variables.root, outcome, shape, chunk);
    data.set_text("coordinates", "arm_title");
    data.attach(0, scales.arm);
    data.attach(1, scales.replicate);
    data.attach(2, scales.time);
    variables.outcomes.push_back(std::move(data));
  }
}

void create_status(ResultVariables& variables, const Scales& scales, const ResultsInfo& info) {
  const Extent shape{info.arms.size(), info.replicates};
  variables.status = variables.root.create_dataset("status", {Kind::int8, shape, {}, nullptr});
  variables.status.write_all(std::vector<std::int8_t>(shape[0] * shape[1], 0));
  variables.status.set_text("long_name", "whether the replicate ran to its end");
  variables.status.set_list("flag_values", std::vector<std::int8_t>{0, 1});
  variables.status.set_text("flag_meanings", "missing complete");
  Group telemetry = variables.root.create_group("telemetry");
  const Extent chunk{1, std::min<std::size_t>(info.replicates, 1 << 14)};
  variables.wall_time = create_numbers(
      telemetry, {"wall_time", "s", "time the replicate took", "", Type::real}, shape, chunk);
  for (Dataset* data : {&variables.status, &variables.wall_time}) {
    data->attach(0, scales.arm);
    data->attach(1, scales.replicate);
  }
}

void create_agents(ResultVariables& variables, const Scales& scales, const ResultsInfo& info) {
  if (info.agent_tables.empty()) return;
  const Group agents = variables.root.create_group("agents");
  for (const auto& table : info.agent_tables) {
    const Group group = agents.create_group(table.name);
    // What netCDF calls a dimension without a variable: a scale of this name, never written.
    char label[80];
    std::snprintf(label, sizeof label, "This is a netCDF dimension but not a netCDF variable.%10zu",
                  table.rows);
    const Dataset row = group.create_dataset("row", {Kind::unwritten, {table.rows}, {}, nullptr});
    row.make_scale(label);
    const Extent shape{info.arms.size(), info.replicates, info.snapshot_time.size(), table.rows};
    const Extent chunk{1, 1, snapshots_per_chunk(info, table),
                       std::min(table.rows, largest_chunk_values)};
    auto& columns = variables.columns.emplace_back();
    for (const auto& column : table.columns) {
      Dataset data = create_numbers(group, column, shape, chunk);
      data.attach(0, scales.arm);
      data.attach(1, scales.replicate);
      data.attach(2, scales.snapshot);
      data.attach(3, row);
      columns.push_back(std::move(data));
    }
  }
}

void create_parameters(const Group& root, const Scales& scales, const ResultsInfo& info) {
  if (info.parameters.empty()) return;
  const Group group = root.create_group("parameters");
  for (const auto& parameter : info.parameters) {
    Dataset data;
    if (!parameter.texts.empty()) {
      data = create_texts(group, parameter.key, parameter.meaning, parameter.texts);
    } else {
      const bool varied = parameter.values.size() != info.arms.size();
      const Extent shape =
          varied ? Extent{info.arms.size(), info.replicates} : Extent{info.arms.size()};
      data = group.create_dataset(parameter.key, {Kind::real64, shape, {}, nullptr});
      data.write_all(parameter.values);
      data.set_text("units", parameter.unit);
      data.set_text("long_name", parameter.meaning);
      if (varied) data.attach(1, scales.replicate);
    }
    data.attach(0, scales.arm);
    for (const auto& [name, text] : parameter.notes) data.set_text(name, text);
  }
}

}  // namespace

std::size_t replicates_per_chunk(const ResultsInfo& info) {
  const std::size_t fit = wanted_chunk_bytes / (info.time.size() * value_bytes);
  return std::clamp<std::size_t>(fit, 1, std::min(info.replicates, most_replicates_per_chunk));
}

std::size_t snapshots_per_chunk(const ResultsInfo& info, const AgentTableInfo& table) {
  const std::size_t fit = wanted_chunk_bytes / (table.rows * value_bytes);
  return std::clamp<std::size_t>(fit, 1, info.snapshot_time.size());
}

void ResultVariables::close() {
  for (auto& data : outcomes) data.close();
  for (auto& table : columns)
    for (auto& data : table) data.close();
  status.close();
  wall_time.close();
  root.close();
}

ResultVariables create_variables(const hdf5::File& file, const ResultsInfo& info) {
  ResultVariables variables;
  variables.root = file.root();
  describe_file(variables.root, info);
  const Scales scales = create_scales(variables.root, info);
  const auto& titles = info.arm_titles.empty() ? info.arms : info.arm_titles;
  create_texts(variables.root, "arm_title", "name of the option on screens", titles)
      .attach(0, scales.arm);
  create_outcomes(variables, scales, info);
  create_status(variables, scales, info);
  create_agents(variables, scales, info);
  create_parameters(variables.root, scales, info);
  return variables;
}

}  // namespace sim
