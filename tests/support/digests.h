// SPDX-License-Identifier: Apache-2.0
#pragma once
// One number for all a run delivers, and the runs that must agree on it.

#include <cstdint>
#include <map>
#include <string>

#include "sim/digest.h"
#include "tests/support/run.h"

namespace support {

// Series and final states of all replicates and arms.
inline std::uint64_t digest_of(const Outcome& outcome) {
  sim::Digest digest;
  for (const std::uint64_t state : outcome.report.state_digests) digest.add(state);
  for (const sim::ReplicateBlock& block : outcome.blocks)
    for (const sim::Series& series : block.series) {
      digest.add(std::span<const std::int64_t>(series.integers));
      digest.add(std::span<const double>(series.reals));
    }
  return digest.value();
}

// The digest of the plan under each number of threads, replicates side by side and one by one.
inline std::map<std::string, std::uint64_t> digests_by_threads(sim::Plan plan) {
  std::map<std::string, std::uint64_t> digests;
  for (const unsigned threads : {1u, 2u, 3u, 7u, 16u})
    for (const sim::Spread spread : {sim::Spread::replicates, sim::Spread::one_run}) {
      plan.threads = threads;
      plan.spread = spread;
      const bool together = spread == sim::Spread::replicates;
      digests[std::to_string(threads) + (together ? " side by side" : " one run")] =
          digest_of(run(plan));
    }
  return digests;
}

inline bool all_equal(const std::map<std::string, std::uint64_t>& digests) {
  for (const auto& [name, digest] : digests)
    if (digest != digests.begin()->second) return false;
  return true;
}

inline std::string listed(const std::map<std::string, std::uint64_t>& digests) {
  std::string text;
  for (const auto& [name, digest] : digests) text += name + ": " + std::to_string(digest) + "\n";
  return text;
}

}  // namespace support
