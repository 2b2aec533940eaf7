// SPDX-License-Identifier: Apache-2.0
#pragma once
// The batch fills of sim/random.h for x86-64-v3 processors; only sim/random.cpp calls them.

#include <cstddef>
#include <cstdint>

namespace sim::v3 {

void philox_words(std::uint64_t generator, const std::uint64_t* keys, std::size_t count,
                  std::uint32_t week_stream, std::uint32_t* out);
void philox_uniform(std::uint64_t generator, const std::uint64_t* keys, std::size_t count,
                    std::uint32_t week_stream, double* out);
void philox_blocks(std::uint64_t generator, std::uint64_t key, std::uint32_t week_stream,
                   std::uint32_t number, std::size_t count, std::uint32_t* out);

}  // namespace sim::v3
