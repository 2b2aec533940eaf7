// SPDX-License-Identifier: Apache-2.0
#pragma once
// How much memory this process may still use, and the refusal when a run needs more.

#include <cstdint>
#include <string>

namespace sim {

// The least of: free memory of the machine, what the control group leaves, what ulimit -v leaves.
std::uint64_t available_memory();

// Throws NotEnoughMemory, with both figures and `advice`, if `bytes` is more than is available.
void require_memory(std::uint64_t bytes, const std::string& advice);

std::string readable_bytes(std::uint64_t bytes);  // "1.5 GB"

}  // namespace sim
