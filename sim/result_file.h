// SPDX-License-Identifier: Apache-2.0
#pragma once
// Writes one result file (docs/results_format.md). All happens in `<path>.partial`, in the same
// folder; only finish() gives the file its final name, after reading everything back. So a file
// under its final name is complete, and a killed run leaves the previous file untouched.
//
// Order of calls: construct, then write / write_agents in any order, then finish or abandon once.
// One thread at a time. Replicates may arrive in any order; the same order gives the same bytes.
// Errors: sim::Error with the reason ("No space left on device"); after one the object only takes
// its destructor, which removes the partial file.

#include <memory>
#include <span>
#include <string>

#include "sim/results.h"

namespace sim {

class ResultFile {
 public:
  // Refuses if another process writes this file, or if the disk has less room than estimate_bytes.
  ResultFile(const std::string& path, ResultsInfo info);
  ~ResultFile();  // without finish or abandon: removes the partial file
  ResultFile(ResultFile&&) noexcept;
  ResultFile& operator=(ResultFile&&) noexcept;

  const ResultsInfo& info() const;
  const std::string& path() const;  // the final name

  // Marks the replicate complete. Series that are not of the declared type and length, or a
  // replicate that came before, are errors of the caller (sim::Error).
  void write(const ReplicateBlock&);
  // Before the replicate's own block. Goes to disk at once: nothing of it stays in memory.
  void write_agents(const AgentBlock&);
  void write_agents(std::size_t arm, std::size_t replicate, std::size_t snapshot, std::size_t table,
                    std::size_t column, std::span<const double>);
  void write_agents(std::size_t arm, std::size_t replicate, std::size_t snapshot, std::size_t table,
                    std::size_t column, std::span<const std::int64_t>);

  // Flush, close, read back and compare the digest, fsync, rename, fsync the folder. Replicates
  // that never came stay marked "missing". Returns the digest.
  std::string finish();
  // Ctrl-C: keeps what came as `<path>.partial`, readable, with the reason inside. Returns its
  // path.
  std::string abandon(const std::string& reason);

  std::size_t written_replicates() const;
  std::uint64_t buffered_bytes() const;  // waiting for their chunk to fill

 private:
  struct State;
  std::unique_ptr<State> state_;
};

// For the end of a program whose result could not be written: flushes stdout and stderr, then
// leaves without running destructors of libraries (HDF5 1.10 crashes in its own after a full disk).
[[noreturn]] void exit_after_io_failure(int exit_code);

}  // namespace sim
