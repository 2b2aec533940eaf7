// SPDX-License-Identifier: Apache-2.0
#pragma once
// Reads result files that may come from strangers. A file that is truncated, damaged, of another
// kind or of another major version is refused with one clear BadInput. HDF5 1.10 itself crashes on
// some damaged files, so a forked child does the reading and hands over what it found; what kills
// the child becomes a message. Not while another thread of this process is inside HDF5: the child
// would wait for its lock until the time limit.

#include <cstdint>
#include <string>
#include <vector>

#include "sim/results.h"

namespace sim {

struct ResultSummary {
  ResultsInfo info;
  std::vector<std::int8_t> status;  // arm-major (arm, replicate): 0 missing, 1 complete
  std::string digest;               // as stored; empty in a file whose writer was killed
  std::string unfinished;           // why the run stopped early; empty in a complete file
  std::string source;               // "pardner 0.1.0"
  int format_minor = 0;             // newer than ours: some things in it are unknown to us
};

ResultSummary read_summary(const std::string& path);
ResultsInfo read_info(const std::string& path);  // read_summary(path).info

// 32 hex digits over names, dimensions, labels, units and values of all results, without
// provenance, parameters and telemetry; independent of chunks, compression and order of writing.
// Compares with the digest stored in the file and throws BadInput if they differ.
std::string digest_file(const std::string& path);

}  // namespace sim
