// SPDX-License-Identifier: Apache-2.0
#pragma once
// The inside of ResultFile: what waits in memory until its chunk is full, and what the digest has
// seen so far.

#include <array>
#include <map>
#include <span>

#include "sim/chunk_buffer.h"
#include "sim/hdf5.h"
#include "sim/partial_file.h"
#include "sim/result_digest.h"
#include "sim/result_file.h"
#include "sim/result_layout.h"

namespace sim {

struct ResultFile::State {
  // A chunk of all outcomes: (arm, first replicate / replicates per chunk).
  struct OutcomeChunk {
    std::vector<ChunkBuffer> outcomes;
    std::vector<double> wall_seconds;
  };
  using ChunkPlace = std::array<std::size_t, 2>;
  using ColumnPlace = std::array<std::size_t, 5>;  // arm, replicate, table, column, chunk

  State(const std::string& path, ResultsInfo described);
  void write(const ReplicateBlock& block);
  template <class T>
  void put_agents(std::size_t arm, std::size_t replicate, std::size_t snapshot, std::size_t table,
                  std::size_t column, std::span<const T> values);
  void close(const std::string& unfinished);  // and compares with what is on the disk

  std::size_t run_index(std::size_t arm, std::size_t replicate) const;
  std::size_t chunk_rows(std::size_t chunk) const {
    return std::min(per_chunk, info.replicates - chunk * per_chunk);
  }
  void put(const ReplicateBlock& block, OutcomeChunk& chunk, RowSum& sum);
  void write_chunk(const ChunkPlace& place, const OutcomeChunk& chunk);
  void write_column(const ColumnPlace& place, const ChunkBuffer& buffer);
  void write_columns_of(std::size_t arm, std::size_t replicate);
  void flush_now_and_then(std::uint64_t bytes);

  ResultsInfo info;
  PartialFile partial;
  hdf5::File file;
  ResultVariables variables;
  std::size_t per_chunk;
  std::vector<std::int8_t> status;
  std::vector<std::uint64_t> outcome_hashes;
  std::vector<std::vector<std::uint64_t>> column_hashes;

  std::map<ChunkPlace, OutcomeChunk> waiting;
  std::map<ColumnPlace, ChunkBuffer> waiting_columns;
  std::map<std::size_t, RowSum> open_sums;  // agents of replicates that are not complete yet
  RowSum rows;
  std::size_t written = 0;
  std::uint64_t unflushed_bytes = 0;
  std::string digest;
};

}  // namespace sim
