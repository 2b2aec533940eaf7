// SPDX-License-Identifier: Apache-2.0
#pragma once
// The digest of a result file (docs/results_format.md, "Digest"): XXH3 with 128 bits over the
// description of the variables, then the sum of one hash per row of values. Each row hash contains
// where the row belongs, so the sum does not depend on the order in which rows come, and the writer
// can compute it while replicates arrive in any order.

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>

#include "sim/results.h"

namespace sim {

struct RowSum {
  std::uint64_t low = 0, high = 0;
  RowSum& operator+=(RowSum other) {
    low += other.low;
    high += other.high;
    return *this;
  }
};

// A row: one series of a replicate, or one column of a table at one snapshot (snapshot 0 for a
// series). Trailing "missing" values do not count; a row of nothing else contributes nothing.
struct RowPlace {
  std::uint64_t variable = 0;  // hash of its path, see variable_hash
  std::uint64_t arm = 0, replicate = 0, snapshot = 0;
};
std::uint64_t variable_hash(const std::string& path);
RowSum row_hash(const RowPlace& place, std::span<const double> values);
RowSum row_hash(const RowPlace& place, std::span<const std::int64_t> values);

// 32 hex digits. status: arm-major, as stored. rows: the sum over all complete replicates.
std::string result_digest(const ResultsInfo& info, std::span<const std::int8_t> status,
                          RowSum rows);

}  // namespace sim
