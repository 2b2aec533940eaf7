// SPDX-License-Identifier: Apache-2.0
#pragma once
// Where a result came from: JSON as docs/schemas/provenance.json describes, enough for
// `pardner run --from result.h5` to repeat the run to the bit. It holds what the user typed and
// what the program is, never environment variables, user names, host names or other paths.

#include <cstdint>
#include <string>
#include <vector>

namespace sim {

struct Provenance {
  std::string model;
  std::string scenario_toml;      // canonical: `extends` resolved, overrides applied, all arms
  std::vector<std::string> arms;  // those that were run, in order
  std::uint64_t seed = 0;
  std::int64_t first_replicate = 0;
  std::size_t replicates = 0;
  std::string vary;                  // "chance", "chance+population" or "chance+inputs"
  std::string arithmetic;            // what sim/math.h promises, e.g. "sleef, same bits everywhere"
  std::vector<std::string> command;  // words as typed, program first; may be empty
  std::string created;               // UTC, "2026-11-22T07:00:00Z"; may be empty
  // Filled by this_platform() on writing; read back for comparison ("made by GCC 12, here 13").
  std::string version, compiler, libc, libraries, processor;
};

// Sets version, compiler, libc, libraries and processor to those of this program and machine.
Provenance this_platform(Provenance provenance);

std::string to_json(const Provenance& provenance);         // one line, keys in fixed order
Provenance provenance_from_json(const std::string& json);  // BadInput with a reason
std::string utc_now();                                     // for `created`

}  // namespace sim
