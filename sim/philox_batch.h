// SPDX-License-Identifier: Apache-2.0
#pragma once
// Many Philox4x32-10 blocks at once, written once for any vector width; private to sim/random*.cpp.
//
// Wide wraps the integer lanes of one instruction set. It lives in the including file's anonymous
// namespace, which makes every instantiation local to that file, as sim/cpu.h demands. The words
// are those of detail::philox (random.h), block by block; tests/sim/test_random.cpp compares them.
//
// One block takes one 64-bit lane of four vectors, a word in the low half of each: the processor
// multiplies low halves into whole lanes, so a round is multiply, shift, xor without any shuffle.
// What stands in the high halves is never looked at.

#include <cstddef>
#include <cstdint>

#include "sim/cpu.h"

namespace sim::batch {

// Groups of lanes in step: one alone would wait for its own multiplications.
constexpr std::size_t groups = 4;

template <class Wide>
struct Blocks {
  typename Wide::V word[groups][4];

  static constexpr std::size_t size = groups * Wide::width;

  PARDNER_INLINE void set(Blocks& b, std::size_t group, typename Wide::V key,
                          typename Wide::V number, std::uint32_t week_stream) {
    b.word[group][0] = key;
    b.word[group][1] = Wide::high(key);
    b.word[group][2] = Wide::all(week_stream);
    b.word[group][3] = number;
  }

  PARDNER_INLINE void ten_rounds(Blocks& b, std::uint64_t generator) {
    auto k0 = static_cast<std::uint32_t>(generator);
    auto k1 = static_cast<std::uint32_t>(generator >> 32);
    const auto m0 = Wide::all(0xD2511F53u), m1 = Wide::all(0xCD9E8D57u);
#pragma GCC unroll 10
    for (int round = 0; round < 10; ++round) {
      const auto w0 = Wide::all(k0), w1 = Wide::all(k1);
#pragma GCC unroll 4
      for (auto& word : b.word) {
        const auto first = Wide::multiply(m0, word[0]), second = Wide::multiply(m1, word[2]);
        word[0] = Wide::exclusive_or(Wide::exclusive_or(Wide::high(second), word[1]), w0);
        word[1] = second;
        word[2] = Wide::exclusive_or(Wide::exclusive_or(Wide::high(first), word[3]), w1);
        word[3] = first;
      }
      k0 += 0x9E3779B9u;
      k1 += 0xBB67AE85u;
    }
  }
};

// Block 0 of Blocks::size keys.
template <class Wide>
PARDNER_INLINE Blocks<Wide> keyed(std::uint64_t generator, const std::uint64_t* keys,
                                  std::uint32_t week_stream) {
  Blocks<Wide> b;
  for (std::size_t g = 0; g < groups; ++g)
    Blocks<Wide>::set(b, g, Wide::load(keys + g * Wide::width), Wide::all(0), week_stream);
  Blocks<Wide>::ten_rounds(b, generator);
  return b;
}

// store(out, blocks) for all keys, the last ones through a copy.
template <class Wide, class T, class Store>
PARDNER_INLINE void for_keys(std::uint64_t generator, const std::uint64_t* keys, std::size_t count,
                             std::uint32_t week_stream, T* out, Store store) {
  constexpr std::size_t size = Blocks<Wide>::size;
  std::size_t i = 0;
  for (; i + size <= count; i += size)
    store(out + i, keyed<Wide>(generator, keys + i, week_stream));
  if (i == count) return;
  std::uint64_t last_keys[size];
  T last[size];
  for (std::size_t k = 0; k < size; ++k) last_keys[k] = i + k < count ? keys[i + k] : 0;
  store(last, keyed<Wide>(generator, last_keys, week_stream));
  for (std::size_t k = 0; i + k < count; ++k) out[i + k] = last[k];
}

// The first word of each key.
template <class Wide>
void philox_words(std::uint64_t generator, const std::uint64_t* keys, std::size_t count,
                  std::uint32_t week_stream, std::uint32_t* out) {
  for_keys<Wide>(
      generator, keys, count, week_stream, out,
      [](std::uint32_t * to, const Blocks<Wide>& b) __attribute__((always_inline)) {
        for (std::size_t g = 0; g < groups; g += 2)
          Wide::store_words(to + g * Wide::width, b.word[g][0], b.word[g + 1][0]);
      });
}

// open_uniform (random.h) of the first two words of each key.
template <class Wide>
void philox_uniform(std::uint64_t generator, const std::uint64_t* keys, std::size_t count,
                    std::uint32_t week_stream, double* out) {
  for_keys<Wide>(
      generator, keys, count, week_stream, out,
      [](double* to, const Blocks<Wide>& b) __attribute__((always_inline)) {
        for (std::size_t g = 0; g < groups; ++g)
          Wide::store_uniform(to + g * Wide::width, Wide::join(b.word[g][0], b.word[g][1]));
      });
}

// All words of `count` consecutive blocks of one key; count is a multiple of Blocks::size.
template <class Wide>
void philox_blocks(std::uint64_t generator, std::uint64_t key, std::uint32_t week_stream,
                   std::uint32_t number, std::size_t count, std::uint32_t* out) {
  for (std::size_t i = 0; i < count; i += Blocks<Wide>::size) {
    Blocks<Wide> b;
    for (std::size_t g = 0; g < groups; ++g)
      Blocks<Wide>::set(b, g, Wide::all(key), Wide::count_from(number + i + g * Wide::width),
                        week_stream);
    Blocks<Wide>::ten_rounds(b, generator);
    for (std::size_t g = 0; g < groups; ++g)
      Wide::store_blocks(out + 4 * (i + g * Wide::width), Wide::join(b.word[g][0], b.word[g][1]),
                         Wide::join(b.word[g][2], b.word[g][3]));
  }
}

}  // namespace sim::batch
