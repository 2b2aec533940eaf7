// SPDX-License-Identifier: Apache-2.0
#pragma once
// Sums over the last 52 weeks: what a partner earned with the vendor, what a rep was paid. An
// amount is added when it comes and taken away when it is a year old; who gets nothing costs
// nothing.

#include <cstddef>
#include <cstdint>
#include <vector>

#include "sim/table.h"

namespace ecosystem {

template <class Owner>
class Trailing {
 public:
  static constexpr int weeks = 52;

  void add(sim::Column<Owner, std::int64_t>& sum, sim::Id<Owner> row, std::int64_t amount,
           int week) {
    if (amount == 0) return;
    sum[row] += amount;
    entries_.push_back({amount, week, row});
  }

  // Before what is read in `week`: what came in week - 52 or earlier no longer counts.
  void expire(sim::Column<Owner, std::int64_t>& sum, int week) {
    for (; first_ < entries_.size() && entries_[first_].week <= week - weeks; ++first_)
      sum[entries_[first_].row] -= entries_[first_].amount;
    if (2 * first_ < entries_.size()) return;
    entries_.erase(entries_.begin(), entries_.begin() + static_cast<std::ptrdiff_t>(first_));
    first_ = 0;
  }

 private:
  struct Entry {
    std::int64_t amount;
    int week;
    sim::Id<Owner> row;
  };
  std::vector<Entry> entries_;  // by week
  std::size_t first_ = 0;       // that still counts
};

}  // namespace ecosystem
