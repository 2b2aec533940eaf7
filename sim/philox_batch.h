// SPDX-License-Identifier: Apache-2.0
#pragma once
// Many Philox4x32-10 blocks at once, written once for any vector width; private to sim/random*.cpp.
//
// Wide wraps the integer lanes of one instruction set. It lives in the including file's anonymous
// namespace, which makes every instantiation local to that file, as sim/cpu.h demands. The words
// are those of detail::philox (random.h), lane by lane; tests/sim/test_random.cpp compares them.

#include <cstddef>
#include <cstdint>

namespace sim::batch {

template <class Wide>
struct Lanes {
  typename Wide::V c0, c1, c2, c3;
};

// Two groups of lanes in step: one alone would wait for its own multiplications.
template <class Wide>
[[gnu::always_inline]] inline void philox_rounds(Lanes<Wide>& a, Lanes<Wide>& b,
                                                 std::uint64_t generator) {
  auto k0 = static_cast<std::uint32_t>(generator);
  auto k1 = static_cast<std::uint32_t>(generator >> 32);
  const auto m0 = Wide::all(0xD2511F53u), m1 = Wide::all(0xCD9E8D57u);
  for (int round = 0; round < 10; ++round) {
    const auto w0 = Wide::all(k0), w1 = Wide::all(k1);
    Lanes<Wide>* const both[] = {&a, &b};
    for (Lanes<Wide>* lanes : both) {
      const auto first = Wide::multiply(m0, lanes->c0), second = Wide::multiply(m1, lanes->c2);
      lanes->c0 = Wide::exclusive_or(Wide::exclusive_or(second.high, lanes->c1), w0);
      lanes->c1 = second.low;
      lanes->c2 = Wide::exclusive_or(Wide::exclusive_or(first.high, lanes->c3), w1);
      lanes->c3 = first.low;
    }
    k0 += 0x9E3779B9u;
    k1 += 0xBB67AE85u;
  }
}

// The first word of block 0 of each key, and the second where `second` is given.
template <class Wide>
void philox_keyed(std::uint64_t generator, const std::uint64_t* keys, std::size_t count,
                  std::uint32_t week_stream, std::uint32_t* first, std::uint32_t* second) {
  constexpr std::size_t group = 2 * Wide::width;
  std::uint64_t last_keys[group];
  std::uint32_t last_first[group], last_second[group];
  for (std::size_t i = 0; i < count; i += group) {
    const bool whole = i + group <= count;
    const std::uint64_t* from = keys + i;
    if (!whole) {
      for (std::size_t j = 0; j < group; ++j) last_keys[j] = i + j < count ? from[j] : 0;
      from = last_keys;
    }
    Lanes<Wide> a, b;
    Wide::load_keys(from, a.c0, a.c1);
    Wide::load_keys(from + Wide::width, b.c0, b.c1);
    a.c2 = b.c2 = Wide::all(week_stream);
    a.c3 = b.c3 = Wide::all(0);
    philox_rounds<Wide>(a, b, generator);
    std::uint32_t* to = whole ? first + i : last_first;
    Wide::store(to, a.c0);
    Wide::store(to + Wide::width, b.c0);
    if (second != nullptr) {
      to = whole ? second + i : last_second;
      Wide::store(to, a.c1);
      Wide::store(to + Wide::width, b.c1);
    }
    if (whole) continue;
    for (std::size_t j = 0; i + j < count; ++j) {
      first[i + j] = last_first[j];
      if (second != nullptr) second[i + j] = last_second[j];
    }
  }
}

// All words of `count` consecutive blocks of one key; count is a multiple of 2 * Wide::width.
template <class Wide>
void philox_blocks(std::uint64_t generator, std::uint64_t key, std::uint32_t week_stream,
                   std::uint32_t block, std::size_t count, std::uint32_t* out) {
  for (std::size_t i = 0; i < count; i += 2 * Wide::width) {
    Lanes<Wide> a, b;
    a.c0 = b.c0 = Wide::all(static_cast<std::uint32_t>(key));
    a.c1 = b.c1 = Wide::all(static_cast<std::uint32_t>(key >> 32));
    a.c2 = b.c2 = Wide::all(week_stream);
    a.c3 = Wide::count_from(block + static_cast<std::uint32_t>(i));
    b.c3 = Wide::count_from(block + static_cast<std::uint32_t>(i + Wide::width));
    philox_rounds<Wide>(a, b, generator);
    Wide::store_blocks(out + 4 * i, a.c0, a.c1, a.c2, a.c3);
    Wide::store_blocks(out + 4 * (i + Wide::width), b.c0, b.c1, b.c2, b.c3);
  }
}

}  // namespace sim::batch
