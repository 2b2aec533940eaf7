// SPDX-License-Identifier: Apache-2.0
#include "sim/result_scan.h"

#include <algorithm>
#include <array>
#include <filesystem>
#include <fstream>

#include "sim/check.h"
#include "sim/hdf5.h"
#include "sim/result_digest.h"
#include "sim/result_layout.h"

namespace sim {
namespace {

using hdf5::Dataset;
using hdf5::Extent;
using hdf5::Group;
using hdf5::Kind;

constexpr std::uint64_t best_deflate_ratio = 1100;  // deflate cannot pack tighter than 1032:1
constexpr std::uint64_t largest_chunk_bytes = 64 << 20;

class Scan {
 public:
  explicit Scan(const std::string& path);
  ResultSummary summary() const;
  std::string digest() const;

 private:
  void read_attributes(ResultSummary& summary) const;
  void read_axes(ResultSummary& summary) const;
  void read_agent_tables(ResultsInfo& info) const;
  void read_parameters(ResultsInfo& info) const;
  Dataset sized(const Group& group, const std::string& name, std::size_t dimensions) const;
  std::vector<double> reals(const Group& group, const std::string& name) const;
  OutcomeInfo column(const Group& group, const std::string& name, const Extent& shape) const;
  RowSum outcome_rows(const ResultSummary& summary) const;
  RowSum agent_rows(const ResultSummary& summary) const;

  std::uint64_t file_bytes_;  // before file_: the signature is looked at before HDF5 is
  hdf5::File file_;
  Group root_;
};

std::uint64_t checked_size(const std::string& path) {
  std::error_code error;
  if (!std::filesystem::exists(path, error)) throw Error("there is no such file");
  if (!std::filesystem::is_regular_file(path, error)) throw Error("not an ordinary file");
  std::array<char, 8> begin{};
  std::ifstream in(path, std::ios::binary);
  if (!in) throw Error("cannot be read");
  in.read(begin.data(), begin.size());
  if (std::string(begin.data(), begin.size()) != "\x89HDF\r\n\x1a\n")
    throw Error("not a result file of pardner (not HDF5)");
  return std::filesystem::file_size(path, error);
}

Scan::Scan(const std::string& path)
    : file_bytes_(checked_size(path)), file_(hdf5::File::open(path)), root_(file_.root()) {
  if (!root_.has("format") || root_.text("format") != format_name)
    throw Error("an HDF5 file, but not a result file of pardner");
  const auto version = root_.integers("format_version");
  if (version.size() != 2) throw Error("its format_version is not two numbers");
  if (version[0] != format_major)
    throw Error("its format is " + std::to_string(version[0]) + "." + std::to_string(version[1]) +
                ", this pardner reads " + std::to_string(format_major) + ".x");
}

// A dataset of so many dimensions whose extent can be true for a file of this size.
Dataset Scan::sized(const Group& group, const std::string& name, std::size_t dimensions) const {
  if (!group.contains(name)) throw Error(group.path() + name + " is missing");
  Dataset data = group.dataset(name);
  const Extent shape = data.shape(), chunk = data.chunk();
  if (shape.size() != dimensions)
    throw Error(data.path() + " has " + std::to_string(shape.size()) + " dimensions instead of " +
                std::to_string(dimensions));
  std::uint64_t chunk_bytes = data.element_bytes();
  for (const auto extent : chunk)
    if (__builtin_mul_overflow(chunk_bytes, extent, &chunk_bytes)) chunk_bytes = UINT64_MAX;
  if (!chunk.empty() && chunk_bytes > largest_chunk_bytes)
    throw Error(data.path() + " claims chunks of " + std::to_string(chunk_bytes) + " bytes");
  // What we hold at a time is one row; lists and matrices of the axes are held whole.
  std::uint64_t bytes = data.element_bytes();
  for (std::size_t i = dimensions > 2 ? dimensions - 1 : 0; i < dimensions; ++i)
    if (__builtin_mul_overflow(bytes, shape[i], &bytes)) bytes = UINT64_MAX;
  if (bytes / (chunk.empty() ? 1 : best_deflate_ratio) > file_bytes_)
    throw Error(data.path() + " claims " + std::to_string(bytes) + " bytes, the file has " +
                std::to_string(file_bytes_));
  return data;
}

std::vector<double> Scan::reals(const Group& group, const std::string& name) const {
  const Dataset data = sized(group, name, 1);
  if (data.kind() != Kind::real64) throw Error(data.path() + " is not a list of reals");
  std::vector<double> values(data.shape()[0]);
  if (!values.empty()) data.read(values.data(), {0}, {values.size()});
  return values;
}

OutcomeInfo Scan::column(const Group& group, const std::string& name, const Extent& shape) const {
  const Dataset data = sized(group, name, shape.size());
  const Kind kind = data.kind();
  if (kind != Kind::real64 && kind != Kind::int64)
    throw Error(data.path() + " is neither int64 nor a double");
  if (data.shape() != shape) throw Error(data.path() + " does not have the extent of its axes");
  const auto text = [&](const char* attribute) {
    return data.has(attribute) ? data.text(attribute) : std::string();
  };
  return {name, text("units"), text("long_name"), text("cell_methods"),
          kind == Kind::real64 ? Type::real : Type::integer};
}

void Scan::read_attributes(ResultSummary& summary) const {
  ResultsInfo& info = summary.info;
  info.title = root_.text("title");
  info.model = root_.text("model");
  info.scenario_toml = root_.text("scenario_toml");
  info.provenance_json = root_.text("provenance");
  info.seed = root_.unsigned_integer("seed");
  summary.source = root_.text("source");
  summary.format_minor = static_cast<int>(root_.integers("format_version")[1]);
  if (root_.has("digest")) summary.digest = root_.text("digest");
  if (root_.has("unfinished")) summary.unfinished = root_.text("unfinished");
}

void Scan::read_axes(ResultSummary& summary) const {
  ResultsInfo& info = summary.info;
  info.arms = sized(root_, "arm", 1).read_texts();
  info.arm_titles = sized(root_, "arm_title", 1).read_texts();
  info.time = reals(root_, "time");
  if (root_.contains("snapshot")) info.snapshot_time = reals(root_, "snapshot");
  const std::string units = root_.dataset("time").text("units"), since = "days since ";
  if (!units.starts_with(since)) throw Error("/time is not in days since a date");
  info.epoch = units.substr(since.size());

  const Dataset replicate = sized(root_, "replicate", 1), status = sized(root_, "status", 2);
  info.replicates = replicate.shape()[0];
  if (replicate.kind() != Kind::int64 || info.replicates == 0)
    throw Error("/replicate is not a list of int64");
  replicate.read(&info.first_replicate, {0}, {1});
  if (status.kind() != Kind::int8 || status.shape() != Extent{info.arms.size(), info.replicates})
    throw Error("/status is not int8 over (arm, replicate)");
  summary.status.resize(info.arms.size() * info.replicates);
  status.read(summary.status.data(), {0, 0}, {info.arms.size(), info.replicates});
}

void Scan::read_agent_tables(ResultsInfo& info) const {
  if (!root_.contains("agents")) return;
  const Group agents = root_.group("agents");
  for (const auto& name : agents.names()) {
    const Group group = agents.group(name);
    AgentTableInfo table{name, group.dataset("row").shape().at(0), {}};
    const Extent shape{info.arms.size(), info.replicates, info.snapshot_time.size(), table.rows};
    for (const auto& column_name : group.names())
      if (column_name != "row") table.columns.push_back(column(group, column_name, shape));
    info.agent_tables.push_back(std::move(table));
  }
}

void Scan::read_parameters(ResultsInfo& info) const {
  if (!root_.contains("parameters")) return;
  const Group group = root_.group("parameters");
  for (const auto& key : group.names()) {
    const std::size_t dimensions = group.dataset(key).shape().size() == 2 ? 2 : 1;
    const Dataset data = sized(group, key, dimensions);
    ParameterInfo parameter;
    parameter.key = key;
    parameter.meaning = data.text("long_name");
    if (data.kind() == Kind::text) {
      parameter.texts = data.read_texts();
    } else if (data.kind() == Kind::real64) {
      const Extent shape = data.shape();
      parameter.unit = data.text("units");
      parameter.values.resize(shape[0] * (dimensions == 2 ? shape[1] : 1));
      if (!parameter.values.empty())
        data.read(parameter.values.data(), Extent(dimensions, 0), shape);
    } else {
      throw Error(data.path() + " is neither a text nor a double");
    }
    for (const auto& [name, text] : data.texts())
      if (name != "units" && name != "long_name") parameter.notes.emplace_back(name, text);
    info.parameters.push_back(std::move(parameter));
  }
}

ResultSummary Scan::summary() const {
  ResultSummary summary;
  ResultsInfo& info = summary.info;
  read_attributes(summary);
  read_axes(summary);
  const std::array<std::string, 6> axes{"arm",  "arm_title", "replicate",
                                        "time", "snapshot",  "status"};
  const Extent shape{info.arms.size(), info.replicates, info.time.size()};
  for (const auto& name : root_.names())
    if (std::find(axes.begin(), axes.end(), name) == axes.end() && !root_.is_group(name))
      info.outcomes.push_back(column(root_, name, shape));
  read_agent_tables(info);
  read_parameters(info);
  check(info);
  return summary;
}

// Reads a part of a variable and calls visit(n, row) for each of its rows, along the last
// dimension.
template <class T, class Visit>
void read_rows(const Dataset& data, const Extent& offset, const Extent& count, Visit&& visit) {
  const std::size_t length = count.back();
  std::size_t rows = 1;
  for (std::size_t i = 0; i + 1 < count.size(); ++i) rows *= count[i];
  std::vector<T> values(rows * length);
  data.read(values.data(), offset, count);
  for (std::size_t n = 0; n < rows; ++n)
    visit(n, std::span<const T>(values).subspan(n * length, length));
}

template <class Visit>
void read_rows(const Dataset& data, Type type, const Extent& offset, const Extent& count,
               Visit&& visit) {
  if (type == Type::real)
    read_rows<double>(data, offset, count, visit);
  else
    read_rows<std::int64_t>(data, offset, count, visit);
}

// Rows to read at once, so that each chunk is unpacked once: those of a chunk, within a megabyte.
std::size_t rows_at_once(const Dataset& data, std::size_t dimension, std::size_t row_length) {
  const Extent chunk = data.chunk();
  const std::size_t fit = (std::size_t{1} << 20) / (row_length * sizeof(double));
  return chunk.empty() ? 1 : std::clamp<std::size_t>(fit, 1, chunk[dimension]);
}

RowSum Scan::outcome_rows(const ResultSummary& summary) const {
  const ResultsInfo& info = summary.info;
  RowSum sum;
  for (const auto& outcome : info.outcomes) {
    const Dataset data = root_.dataset(outcome.name);
    const std::uint64_t variable = variable_hash(data.path());
    const std::size_t step = rows_at_once(data, 1, info.time.size());
    for (std::size_t arm = 0; arm < info.arms.size(); ++arm)
      for (std::size_t first = 0; first < info.replicates; first += step) {
        const std::size_t n = std::min(step, info.replicates - first);
        const std::int8_t* status = summary.status.data() + arm * info.replicates + first;
        if (std::find(status, status + n, 1) == status + n) continue;
        read_rows(data, outcome.type, {arm, first, 0}, {1, n, info.time.size()},
                  [&](std::size_t i, auto row) {
                    if (status[i] == 1) sum += row_hash({variable, arm, first + i, 0}, row);
                  });
      }
  }
  return sum;
}

RowSum Scan::agent_rows(const ResultSummary& summary) const {
  const ResultsInfo& info = summary.info;
  RowSum sum;
  for (const auto& table : info.agent_tables) {
    const Group group = root_.group("agents").group(table.name);
    for (const auto& column : table.columns) {
      const Dataset data = group.dataset(column.name);
      const std::uint64_t variable = variable_hash(data.path());
      const std::size_t step = rows_at_once(data, 2, table.rows);
      for (std::size_t run = 0; run < summary.status.size(); ++run) {
        if (summary.status[run] != 1) continue;
        const std::size_t arm = run / info.replicates, replicate = run % info.replicates;
        for (std::size_t first = 0; first < info.snapshot_time.size(); first += step) {
          const std::size_t n = std::min(step, info.snapshot_time.size() - first);
          read_rows(data, column.type, {arm, replicate, first, 0}, {1, 1, n, table.rows},
                    [&](std::size_t i, auto row) {
                      sum += row_hash({variable, arm, replicate, first + i}, row);
                    });
        }
      }
    }
  }
  return sum;
}

std::string Scan::digest() const {
  const ResultSummary found = summary();
  RowSum rows = outcome_rows(found);
  rows += agent_rows(found);
  return result_digest(found.info, found.status, rows);
}

}  // namespace

ResultSummary scan_summary(const std::string& path) { return Scan(path).summary(); }

std::string scan_digest(const std::string& path) { return Scan(path).digest(); }

}  // namespace sim
