// SPDX-License-Identifier: Apache-2.0
// Compiled for x86-64-v3: see sim/cpu.h for what may stand here.
#include "sim/random_v3.h"

#include <immintrin.h>

#include "sim/philox_batch.h"

namespace sim::v3 {
namespace {

struct Avx2 {
  using V = __m256i;
  static constexpr std::size_t width = 4;
  PARDNER_INLINE V all(std::uint64_t x) { return _mm256_set1_epi64x(static_cast<long long>(x)); }
  PARDNER_INLINE V count_from(std::uint64_t first) {
    return _mm256_add_epi64(all(first), _mm256_setr_epi64x(0, 1, 2, 3));
  }
  PARDNER_INLINE V load(const std::uint64_t* from) {
    return _mm256_loadu_si256(reinterpret_cast<const __m256i*>(from));
  }
  PARDNER_INLINE V multiply(V a, V b) { return _mm256_mul_epu32(a, b); }
  PARDNER_INLINE V high(V a) { return _mm256_srli_epi64(a, 32); }
  PARDNER_INLINE V exclusive_or(V a, V b) { return _mm256_xor_si256(a, b); }
  PARDNER_INLINE V join(V low, V high) {
    return _mm256_blend_epi32(low, _mm256_slli_epi64(high, 32), 0xAA);
  }
  PARDNER_INLINE void store(std::uint32_t* out, V v) {
    _mm256_storeu_si256(reinterpret_cast<__m256i*>(out), v);
  }
  // The low halves of a's and b's lanes.
  PARDNER_INLINE void store_words(std::uint32_t* out, V a, V b) {
    const __m256 mixed = _mm256_shuffle_ps(_mm256_castsi256_ps(a), _mm256_castsi256_ps(b), 0x88);
    store(out, _mm256_permute4x64_epi64(_mm256_castps_si256(mixed), 0xD8));
  }
  // 52 bits under the exponent of 2^52 are that integer exactly, once 2^52 is taken off.
  PARDNER_INLINE void store_uniform(double* out, V bits) {
    const V number = _mm256_or_si256(_mm256_srli_epi64(bits, 12), all(0x4330000000000000));
    const __m256d integer = _mm256_sub_pd(_mm256_castsi256_pd(number), _mm256_set1_pd(0x1p52));
    _mm256_storeu_pd(
        out, _mm256_mul_pd(_mm256_add_pd(integer, _mm256_set1_pd(0.5)), _mm256_set1_pd(0x1p-52)));
  }
  PARDNER_INLINE void store_blocks(std::uint32_t* out, V first, V second) {
    const V even = _mm256_unpacklo_epi64(first, second);
    const V odd = _mm256_unpackhi_epi64(first, second);
    store(out, _mm256_permute2x128_si256(even, odd, 0x20));
    store(out + 8, _mm256_permute2x128_si256(even, odd, 0x31));
  }
};

}  // namespace

void philox_words(std::uint64_t generator, const std::uint64_t* keys, std::size_t count,
                  std::uint32_t week_stream, std::uint32_t* out) {
  batch::philox_words<Avx2>(generator, keys, count, week_stream, out);
}
void philox_uniform(std::uint64_t generator, const std::uint64_t* keys, std::size_t count,
                    std::uint32_t week_stream, double* out) {
  batch::philox_uniform<Avx2>(generator, keys, count, week_stream, out);
}
void philox_blocks(std::uint64_t generator, std::uint64_t key, std::uint32_t week_stream,
                   std::uint32_t number, std::size_t count, std::uint32_t* out) {
  batch::philox_blocks<Avx2>(generator, key, week_stream, number, count, out);
}

}  // namespace sim::v3
