// SPDX-License-Identifier: Apache-2.0
#pragma once
// The variables of a result file and how they are cut into chunks: docs/results_format.md in code.

#include <cstddef>
#include <vector>

#include "sim/hdf5.h"
#include "sim/results.h"

namespace sim {

inline constexpr int format_major = 1;
inline constexpr int format_minor = 0;
inline constexpr const char* format_name = "pardner-result";

// Replicates per chunk of an outcome: enough to compress and read well, few enough that a killed
// run loses little and the waiting replicates of one chunk stay small.
std::size_t replicates_per_chunk(const ResultsInfo& info);
// Snapshots per chunk of an agent column: 1 for large tables.
std::size_t snapshots_per_chunk(const ResultsInfo& info, const AgentTableInfo& table);

struct ResultVariables {
  hdf5::Group root;
  std::vector<hdf5::Dataset> outcomes;              // (arm, replicate, time)
  hdf5::Dataset status, wall_time;                  // (arm, replicate)
  std::vector<std::vector<hdf5::Dataset>> columns;  // per table: (arm, replicate, snapshot, row)
  void close();
};

ResultVariables create_variables(const hdf5::File& file, const ResultsInfo& info);

}  // namespace sim
