// SPDX-License-Identifier: Apache-2.0
#include "sim/result_state.h"

#include <algorithm>

#include "sim/check.h"
#include "sim/result_scan.h"

namespace sim {
namespace {

// Rows of agents between two flushes: what a killed run may lose of a long replicate.
constexpr std::uint64_t bytes_between_flushes = 64 << 20;

ResultsInfo checked(ResultsInfo info) {
  check(info);
  if (info.arm_titles.empty()) info.arm_titles = info.arms;
  return info;
}

}  // namespace

ResultFile::State::State(const std::string& path, ResultsInfo described)
    : info(checked(std::move(described))),
      partial(path, estimate_bytes(info)),
      file(hdf5::File::create(partial.path())),
      variables(create_variables(file, info)),
      per_chunk(replicates_per_chunk(info)),
      status(info.arms.size() * info.replicates, 0) {
  for (const auto& outcome : info.outcomes)
    outcome_hashes.push_back(variable_hash("/" + outcome.name));
  for (const auto& table : info.agent_tables) {
    auto& hashes = column_hashes.emplace_back();
    for (const auto& column : table.columns)
      hashes.push_back(variable_hash("/agents/" + table.name + "/" + column.name));
  }
  file.flush();
  partial.show();
}

std::size_t ResultFile::State::run_index(std::size_t arm, std::size_t replicate) const {
  if (arm >= info.arms.size() || replicate >= info.replicates)
    throw Error("results: there is no arm " + std::to_string(arm) + ", replicate " +
                std::to_string(replicate));
  if (status[arm * info.replicates + replicate] != 0)
    throw Error("results: replicate " + std::to_string(replicate) + " of arm " + info.arms[arm] +
                " was written before");
  return arm * info.replicates + replicate;
}

void ResultFile::State::put(const ReplicateBlock& block, OutcomeChunk& chunk, RowSum& sum) {
  if (block.series.size() != info.outcomes.size())
    throw Error("results: a replicate came with " + std::to_string(block.series.size()) +
                " series instead of " + std::to_string(info.outcomes.size()));
  for (std::size_t i = 0; i < block.series.size(); ++i) {
    const bool real = info.outcomes[i].type == Type::real;
    const auto& series = block.series[i];
    const std::size_t length = real ? series.reals.size() : series.integers.size();
    if (length != info.time.size() || (real ? series.integers.size() : series.reals.size()) != 0)
      throw Error("results: " + info.outcomes[i].name + " came with a wrong type or length");
  }
  const std::size_t row = block.replicate % per_chunk;
  const auto put_row = [&](std::size_t i, auto values) {
    chunk.outcomes[i].put(row, values);
    sum += row_hash({outcome_hashes[i], block.arm, block.replicate, 0}, values);
  };
  for (std::size_t i = 0; i < block.series.size(); ++i) {
    if (info.outcomes[i].type == Type::real)
      put_row(i, std::span<const double>(block.series[i].reals));
    else
      put_row(i, std::span<const std::int64_t>(block.series[i].integers));
  }
  chunk.wall_seconds[row] = block.wall_seconds;
}

void ResultFile::State::write_chunk(const ChunkPlace& place, const OutcomeChunk& chunk) {
  // Not a structured binding: clang 14 cannot capture one in a lambda.
  const std::size_t arm = place[0];
  const std::size_t first = place[1] * per_chunk, count = chunk.wall_seconds.size();
  for (std::size_t i = 0; i < chunk.outcomes.size(); ++i)
    chunk.outcomes[i].visit([&](const auto* values) {
      variables.outcomes[i].write(values, {arm, first, 0}, {1, count, info.time.size()});
    });
  variables.wall_time.write(chunk.wall_seconds.data(), {arm, first}, {1, count});
  const std::int8_t* now = status.data() + arm * info.replicates + first;
  variables.status.write(now, {arm, first}, {1, count});
  file.flush();
  unflushed_bytes = 0;
}

template <class T>
void ResultFile::State::put_agents(std::size_t arm, std::size_t replicate, std::size_t snapshot,
                                   std::size_t table, std::size_t column,
                                   std::span<const T> values) {
  const std::size_t run = run_index(arm, replicate);
  if (table >= info.agent_tables.size() || snapshot >= info.snapshot_time.size() ||
      column >= info.agent_tables[table].columns.size())
    throw Error("results: there is no such agent table, column or snapshot");
  const auto& described = info.agent_tables[table];
  const Type type = described.columns[column].type;
  if ((type == Type::real) != std::is_same_v<T, double> || values.size() > described.rows)
    throw Error("results: " + described.name + "." + described.columns[column].name +
                " came with a wrong type or with more rows than declared");
  const RowPlace place{column_hashes[table][column], arm, replicate, snapshot};
  open_sums[run] += row_hash(place, values);
  const std::size_t per = snapshots_per_chunk(info, described);
  const ColumnPlace where{arm, replicate, table, column, snapshot / per};
  if (values.empty()) return;
  if (per == 1) {  // a large table: no copy
    variables.columns[table][column].write(values.data(), {arm, replicate, snapshot, 0},
                                           {1, 1, 1, values.size()});
    flush_now_and_then(values.size_bytes());
    return;
  }
  const std::size_t rows_here = std::min(per, info.snapshot_time.size() - where[4] * per);
  auto& buffer = waiting_columns.try_emplace(where, type, rows_here, described.rows).first->second;
  if (buffer.has(snapshot % per)) throw Error("results: a snapshot was written before");
  buffer.put(snapshot % per, values);
  if (!buffer.full()) return;
  write_column(where, buffer);
  waiting_columns.erase(where);
}

void ResultFile::State::write_column(const ColumnPlace& place, const ChunkBuffer& buffer) {
  const std::size_t arm = place[0], replicate = place[1], table = place[2], column = place[3];
  const std::size_t first = place[4] * snapshots_per_chunk(info, info.agent_tables[table]);
  buffer.visit([&](const auto* values) {
    variables.columns[table][column].write(values, {arm, replicate, first, 0},
                                           {1, 1, buffer.rows(), info.agent_tables[table].rows});
  });
  flush_now_and_then(buffer.bytes());
}

void ResultFile::State::write_columns_of(std::size_t arm, std::size_t replicate) {
  auto at = waiting_columns.lower_bound({arm, replicate, 0, 0, 0});
  while (at != waiting_columns.end() && at->first[0] == arm && at->first[1] == replicate) {
    write_column(at->first, at->second);
    at = waiting_columns.erase(at);
  }
}

void ResultFile::State::flush_now_and_then(std::uint64_t bytes) {
  unflushed_bytes += bytes;
  if (unflushed_bytes < bytes_between_flushes) return;
  file.flush();
  unflushed_bytes = 0;
}

void ResultFile::State::write(const ReplicateBlock& block) {
  const std::size_t run = run_index(block.arm, block.replicate);
  const ChunkPlace place{block.arm, block.replicate / per_chunk};
  auto& chunk = waiting[place];
  if (chunk.outcomes.empty() && chunk.wall_seconds.empty()) {
    const std::size_t count = chunk_rows(place[1]);
    chunk.wall_seconds.assign(count, missing_real);
    for (const auto& outcome : info.outcomes)
      chunk.outcomes.emplace_back(outcome.type, count, info.time.size());
  }
  RowSum sum;
  put(block, chunk, sum);
  write_columns_of(block.arm, block.replicate);
  if (const auto agents = open_sums.extract(run)) sum += agents.mapped();
  rows += sum;
  status[run] = 1;
  ++written;
  const std::int8_t* begin = status.data() + block.arm * info.replicates + place[1] * per_chunk;
  if (std::find(begin, begin + chunk.wall_seconds.size(), 0) != begin + chunk.wall_seconds.size())
    return;
  write_chunk(place, chunk);
  waiting.erase(place);
}

template void ResultFile::State::put_agents(std::size_t, std::size_t, std::size_t, std::size_t,
                                            std::size_t, std::span<const double>);
template void ResultFile::State::put_agents(std::size_t, std::size_t, std::size_t, std::size_t,
                                            std::size_t, std::span<const std::int64_t>);

void ResultFile::State::close(const std::string& unfinished) {
  for (const auto& [place, chunk] : waiting) write_chunk(place, chunk);
  waiting.clear();
  waiting_columns.clear();  // of replicates that never ended
  digest = result_digest(info, status, rows);
  variables.root.set_text("digest", digest);
  if (!unfinished.empty()) variables.root.set_text("unfinished", unfinished);
  variables.close();
  file.flush();
  file.close();
  if (const std::string found = scan_digest(partial.path()); found != digest)
    throw Error("what is on the disk is not what was written (digest " + found + " instead of " +
                digest + ")");
}

}  // namespace sim
