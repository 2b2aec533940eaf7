// SPDX-License-Identifier: Apache-2.0
#include "sim/result_file.h"

#include <unistd.h>

#include <cstdio>

#include "sim/check.h"
#include "sim/result_state.h"

namespace sim {
namespace {

// Errors of the layers below say what inside the file, this adds which file.
template <class Work>
auto about(const std::string& path, Work&& work) {
  try {
    return work();
  } catch (const BadInput&) {
    throw;
  } catch (const Error& error) {
    throw Error("cannot write " + path + ": " + error.what(), error.exit_code());
  }
}

}  // namespace

ResultFile::ResultFile(const std::string& path, ResultsInfo info)
    : state_(about(path, [&] { return std::make_unique<State>(path, std::move(info)); })) {}
ResultFile::~ResultFile() = default;
ResultFile::ResultFile(ResultFile&&) noexcept = default;
ResultFile& ResultFile::operator=(ResultFile&&) noexcept = default;

const ResultsInfo& ResultFile::info() const { return state_->info; }
const std::string& ResultFile::path() const { return state_->partial.final_path(); }

void ResultFile::write(const ReplicateBlock& block) {
  about(path(), [&] { state_->write(block); });
}

void ResultFile::write_agents(const AgentBlock& block) {
  std::visit(
      [&](const auto& values) {
        write_agents(block.arm, block.replicate, block.snapshot, block.table, block.column,
                     std::span(values));
      },
      block.values);
}

void ResultFile::write_agents(std::size_t arm, std::size_t replicate, std::size_t snapshot,
                              std::size_t table, std::size_t column,
                              std::span<const double> values) {
  about(path(), [&] { state_->put_agents(arm, replicate, snapshot, table, column, values); });
}

void ResultFile::write_agents(std::size_t arm, std::size_t replicate, std::size_t snapshot,
                              std::size_t table, std::size_t column,
                              std::span<const std::int64_t> values) {
  about(path(), [&] { state_->put_agents(arm, replicate, snapshot, table, column, values); });
}

std::string ResultFile::finish() {
  return about(path(), [&] {
    state_->close("");
    state_->partial.commit();
    return state_->digest;
  });
}

std::string ResultFile::abandon(const std::string& reason) {
  return about(path(), [&] {
    state_->close(reason.empty() ? "interrupted" : reason);
    state_->partial.keep();
    return state_->partial.path();
  });
}

std::size_t ResultFile::written_replicates() const { return state_->written; }

std::uint64_t ResultFile::buffered_bytes() const {
  std::uint64_t bytes = 0;
  for (const auto& [place, chunk] : state_->waiting)
    for (const auto& outcome : chunk.outcomes) bytes += outcome.bytes();
  for (const auto& [place, buffer] : state_->waiting_columns) bytes += buffer.bytes();
  return bytes;
}

void exit_after_io_failure(int exit_code) {
  std::fflush(stdout);
  std::fflush(stderr);
  ::_exit(exit_code);
}

}  // namespace sim
