// SPDX-License-Identifier: Apache-2.0
#pragma once
// Facts that are only ever appended: deals, payouts. Chunks of a phase write side by side, each to
// a part of its own; the parts are joined in order of rows, so the log is the same for any number
// of threads.
//
//   log.open(reps.size(), rows);                                         // one thread
//   step.each_rows(reps, [&](auto begin, auto end) { log.part(begin).push_back(...); }, rows);
//   log.close();                                                         // one thread

#include <cstddef>
#include <span>
#include <utility>
#include <vector>

#include "sim/check.h"

namespace sim {

template <class Row>
class Log {
 public:
  // Room for a phase over `count` agents in chunks of `rows`.
  void open(std::size_t count, std::size_t rows) {
    rows_ = rows;
    const std::size_t parts = (count + rows - 1) / rows;
    if (parts_.size() < parts) parts_.resize(parts);
  }
  // Where the chunk that begins at row `begin` appends.
  std::vector<Row>& part(std::size_t begin) {
    PARDNER_EXPECT(begin % rows_ == 0);
    return parts_[begin / rows_];
  }
  void close() {
    for (auto& part : parts_) {
      entries_.insert(entries_.end(), part.begin(), part.end());
      part.clear();
    }
  }

  // Takes out what was logged since the last drain(), for runs that keep their log on disk.
  std::vector<Row> drain() { return std::exchange(entries_, {}); }

  std::span<const Row> entries() const { return entries_; }
  std::size_t size() const { return entries_.size(); }
  void reserve(std::size_t entries) { entries_.reserve(entries); }
  std::size_t bytes() const {
    std::size_t total = entries_.capacity() * sizeof(Row);
    for (const auto& part : parts_) total += part.capacity() * sizeof(Row);
    return total;
  }

 private:
  std::size_t rows_ = 1;
  std::vector<Row> entries_;
  std::vector<std::vector<Row>> parts_;
};

}  // namespace sim
