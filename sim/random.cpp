// SPDX-License-Identifier: Apache-2.0
#include "sim/random.h"

#include <emmintrin.h>

#include <algorithm>

#include "sim/check.h"
#include "sim/cpu.h"
#include "sim/philox_batch.h"
#include "sim/random_v3.h"

namespace sim {

namespace {

struct Sse2 {
  using V = __m128i;
  static constexpr std::size_t width = 4;
  struct Product {
    V low, high;
  };
  static V all(std::uint32_t x) { return _mm_set1_epi32(static_cast<int>(x)); }
  static V exclusive_or(V a, V b) { return _mm_xor_si128(a, b); }
  static Product multiply(V a, V b) {
    const V even = _mm_mul_epu32(a, b);
    const V odd = _mm_mul_epu32(a, _mm_srli_epi64(b, 32));  // a: the same in all lanes
    return {_mm_unpacklo_epi32(_mm_shuffle_epi32(even, 0x08), _mm_shuffle_epi32(odd, 0x08)),
            _mm_unpacklo_epi32(_mm_shuffle_epi32(even, 0x0D), _mm_shuffle_epi32(odd, 0x0D))};
  }
  static V count_from(std::uint32_t first) {
    return _mm_add_epi32(all(first), _mm_setr_epi32(0, 1, 2, 3));
  }
  static void load_keys(const std::uint64_t* keys, V& low, V& high) {
    const __m128 a = _mm_loadu_ps(reinterpret_cast<const float*>(keys));
    const __m128 b = _mm_loadu_ps(reinterpret_cast<const float*>(keys + 2));
    low = _mm_castps_si128(_mm_shuffle_ps(a, b, 0x88));
    high = _mm_castps_si128(_mm_shuffle_ps(a, b, 0xDD));
  }
  static void store(std::uint32_t* out, V v) {
    _mm_storeu_si128(reinterpret_cast<__m128i*>(out), v);
  }
  static void store_blocks(std::uint32_t* out, V c0, V c1, V c2, V c3) {
    const V a = _mm_unpacklo_epi32(c0, c1), b = _mm_unpackhi_epi32(c0, c1);
    const V c = _mm_unpacklo_epi32(c2, c3), d = _mm_unpackhi_epi32(c2, c3);
    store(out, _mm_unpacklo_epi64(a, c));
    store(out + 4, _mm_unpackhi_epi64(a, c));
    store(out + 8, _mm_unpacklo_epi64(b, d));
    store(out + 12, _mm_unpackhi_epi64(b, d));
  }
};

std::uint32_t week_stream(int week, const Stream& stream) {
  return static_cast<std::uint32_t>(week & 0xffff) | (static_cast<std::uint32_t>(stream.id) << 16);
}

// A Key is its 64 bits and nothing else.
static_assert(sizeof(Key) == sizeof(std::uint64_t));
const std::uint64_t* bits(std::span<const Key> keys) {
  return reinterpret_cast<const std::uint64_t*>(keys.data());
}

void philox_keyed(std::uint64_t generator, std::span<const Key> keys, std::uint32_t week_and_stream,
                  std::uint32_t* first, std::uint32_t* second) {
  const auto fill = cpu() == Cpu::v3 ? v3::philox_keyed : batch::philox_keyed<Sse2>;
  fill(generator, bits(keys), keys.size(), week_and_stream, first, second);
}

constexpr std::size_t most_lanes = 16;  // blocks that the widest batch takes at once

}  // namespace

void Draw::fill(std::span<std::uint32_t> out) {
  std::size_t at = 0;
  while (used_ != 4 && at < out.size()) out[at++] = words_[used_++];
  const std::size_t blocks = (out.size() - at) / 4 / most_lanes * most_lanes;
  if (blocks > 0) {
    const auto batch = cpu() == Cpu::v3 ? v3::philox_blocks : batch::philox_blocks<Sse2>;
    batch(generator_, key_.value,
          static_cast<std::uint32_t>(week_ & 0xffff) | (static_cast<std::uint32_t>(stream_) << 16),
          block_, blocks, out.data() + at);
    block_ += static_cast<std::uint32_t>(blocks);
    at += 4 * blocks;
  }
  while (at < out.size()) out[at++] = (*this)();
}

void Random::fill_words(const Stream& stream, std::span<const Key> keys, int week,
                        std::span<std::uint32_t> out) const {
  PARDNER_EXPECT(keys.size() == out.size());
  philox_keyed(generator_of(stream), keys, week_stream(week, stream), out.data(), nullptr);
}

void Random::fill_below(const Stream& stream, std::span<const Key> keys, int week, std::uint32_t n,
                        std::span<std::uint32_t> out) const {
  fill_words(stream, keys, week, out);
  const std::uint32_t floor = static_cast<std::uint32_t>(-n) % n;
  for (std::size_t i = 0; i < out.size(); ++i) {
    const std::uint64_t product = static_cast<std::uint64_t>(out[i]) * n;
    out[i] = static_cast<std::uint32_t>(product >> 32);
    if (static_cast<std::uint32_t>(product) < floor) out[i] = draw(stream, keys[i], week).below(n);
  }
}

void Random::fill_uniform(const Stream& stream, std::span<const Key> keys, int week,
                          std::span<double> out) const {
  PARDNER_EXPECT(keys.size() == out.size());
  constexpr std::size_t part = 256;
  std::uint32_t low[part], high[part];
  for (std::size_t begin = 0; begin < keys.size(); begin += part) {
    const std::size_t count = std::min(part, keys.size() - begin);
    philox_keyed(generator_of(stream), keys.subspan(begin, count), week_stream(week, stream), low,
                 high);
    for (std::size_t i = 0; i < count; ++i) out[begin + i] = open_uniform(low[i], high[i]);
  }
}

}  // namespace sim
