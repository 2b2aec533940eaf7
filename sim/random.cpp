// SPDX-License-Identifier: Apache-2.0
#include "sim/random.h"

#include <emmintrin.h>

#include "sim/check.h"
#include "sim/cpu.h"
#include "sim/philox_batch.h"
#include "sim/random_v3.h"

namespace sim {
namespace {

struct Sse2 {
  using V = __m128i;
  static constexpr std::size_t width = 2;
  PARDNER_INLINE V all(std::uint64_t x) { return _mm_set1_epi64x(static_cast<long long>(x)); }
  PARDNER_INLINE V count_from(std::uint64_t first) {
    return _mm_add_epi64(all(first), _mm_set_epi64x(1, 0));
  }
  PARDNER_INLINE V load(const std::uint64_t* from) {
    return _mm_loadu_si128(reinterpret_cast<const __m128i*>(from));
  }
  PARDNER_INLINE V multiply(V a, V b) { return _mm_mul_epu32(a, b); }
  PARDNER_INLINE V high(V a) { return _mm_srli_epi64(a, 32); }
  PARDNER_INLINE V exclusive_or(V a, V b) { return _mm_xor_si128(a, b); }
  PARDNER_INLINE V join(V low, V high) {
    return _mm_or_si128(_mm_and_si128(low, all(0xffffffff)), _mm_slli_epi64(high, 32));
  }
  PARDNER_INLINE void store(std::uint32_t* out, V v) {
    _mm_storeu_si128(reinterpret_cast<__m128i*>(out), v);
  }
  PARDNER_INLINE void store_words(std::uint32_t* out, V a, V b) {
    store(out, _mm_castps_si128(_mm_shuffle_ps(_mm_castsi128_ps(a), _mm_castsi128_ps(b), 0x88)));
  }
  PARDNER_INLINE void store_uniform(double* out, V bits) {
    const V number = _mm_or_si128(_mm_srli_epi64(bits, 12), all(0x4330000000000000));
    const __m128d integer = _mm_sub_pd(_mm_castsi128_pd(number), _mm_set1_pd(0x1p52));
    _mm_storeu_pd(out, _mm_mul_pd(_mm_add_pd(integer, _mm_set1_pd(0.5)), _mm_set1_pd(0x1p-52)));
  }
  PARDNER_INLINE void store_blocks(std::uint32_t* out, V first, V second) {
    store(out, _mm_unpacklo_epi64(first, second));
    store(out + 4, _mm_unpackhi_epi64(first, second));
  }
};

std::uint32_t week_stream(int week, std::uint16_t stream) {
  return static_cast<std::uint32_t>(week & 0xffff) | (static_cast<std::uint32_t>(stream) << 16);
}

// A Key is its 64 bits and nothing else.
static_assert(sizeof(Key) == sizeof(std::uint64_t));
const std::uint64_t* bits(std::span<const Key> keys) {
  return reinterpret_cast<const std::uint64_t*>(keys.data());
}

constexpr std::size_t most_blocks = 16;  // that the widest batch takes at once
static_assert(most_blocks % batch::Blocks<Sse2>::size == 0);

}  // namespace

void Draw::fill(std::span<std::uint32_t> out) {
  std::size_t at = 0;
  while (used_ != 4 && at < out.size()) out[at++] = words_[used_++];
  const std::size_t blocks = (out.size() - at) / 4 / most_blocks * most_blocks;
  if (blocks > 0) {
    const auto batch = cpu() == Cpu::v3 ? v3::philox_blocks : batch::philox_blocks<Sse2>;
    batch(generator_, key_.value, week_stream(week_, stream_), block_, blocks, out.data() + at);
    block_ += static_cast<std::uint32_t>(blocks);
    at += 4 * blocks;
  }
  while (at < out.size()) out[at++] = (*this)();
}

void Random::fill_words(const Stream& stream, std::span<const Key> keys, int week,
                        std::span<std::uint32_t> out) const {
  PARDNER_EXPECT(keys.size() == out.size());
  const auto batch = cpu() == Cpu::v3 ? v3::philox_words : batch::philox_words<Sse2>;
  batch(generator_of(stream), bits(keys), keys.size(), week_stream(week, stream.id), out.data());
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
  const auto batch = cpu() == Cpu::v3 ? v3::philox_uniform : batch::philox_uniform<Sse2>;
  batch(generator_of(stream), bits(keys), keys.size(), week_stream(week, stream.id), out.data());
}

void Random::fill_exponential(const Stream& stream, std::span<const Key> keys, int week,
                              std::span<double> out) const {
  fill_uniform(stream, keys, week, out);
  log(out, out);
  for (double& x : out) x = -x;
}

void Random::fill_normal(const Stream& stream, std::span<const Key> keys, int week,
                         std::span<double> out) const {
  fill_uniform(stream, keys, week, out);
  normal_quantile(out, out);
}

}  // namespace sim
