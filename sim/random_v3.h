// SPDX-License-Identifier: Apache-2.0
#pragma once
// The batch fills of sim/random.h for x86-64-v3 processors; only sim/random.cpp calls them.

#include <cstddef>
#include <cstdint>

namespace sim::v3 {

void philox_keyed(std::uint64_t generator, const std::uint64_t* keys, std::size_t count,
                  std::uint32_t week_stream, std::uint32_t* first, std::uint32_t* second);
void philox_blocks(std::uint64_t generator, std::uint64_t key, std::uint32_t week_stream,
                   std::uint32_t block, std::size_t count, std::uint32_t* out);

}  // namespace sim::v3
