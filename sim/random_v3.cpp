// SPDX-License-Identifier: Apache-2.0
// Compiled for x86-64-v3: see sim/cpu.h for what may stand here.
#include "sim/random_v3.h"

#include <immintrin.h>

#include "sim/philox_batch.h"

#define PARDNER_INLINE [[gnu::always_inline]] static inline

namespace sim::v3 {
namespace {

struct Avx2 {
  using V = __m256i;
  static constexpr std::size_t width = 8;
  struct Product {
    V low, high;
  };
  PARDNER_INLINE V all(std::uint32_t x) { return _mm256_set1_epi32(static_cast<int>(x)); }
  PARDNER_INLINE V exclusive_or(V a, V b) { return _mm256_xor_si256(a, b); }
  PARDNER_INLINE Product multiply(V a, V b) {
    const V even = _mm256_mul_epu32(a, b);
    const V odd = _mm256_mul_epu32(a, _mm256_srli_epi64(b, 32));  // a: the same in all lanes
    return {_mm256_blend_epi32(even, _mm256_slli_epi64(odd, 32), 0xAA),
            _mm256_blend_epi32(_mm256_srli_epi64(even, 32), odd, 0xAA)};
  }
  PARDNER_INLINE V count_from(std::uint32_t first) {
    return _mm256_add_epi32(all(first), _mm256_setr_epi32(0, 1, 2, 3, 4, 5, 6, 7));
  }
  PARDNER_INLINE void load_keys(const std::uint64_t* keys, V& low, V& high) {
    const __m256 a = _mm256_loadu_ps(reinterpret_cast<const float*>(keys));
    const __m256 b = _mm256_loadu_ps(reinterpret_cast<const float*>(keys + 4));
    const V l = _mm256_castps_si256(_mm256_shuffle_ps(a, b, 0x88));
    const V h = _mm256_castps_si256(_mm256_shuffle_ps(a, b, 0xDD));
    low = _mm256_permute4x64_epi64(l, 0xD8);
    high = _mm256_permute4x64_epi64(h, 0xD8);
  }
  PARDNER_INLINE void store(std::uint32_t* out, V v) {
    _mm256_storeu_si256(reinterpret_cast<__m256i*>(out), v);
  }
  PARDNER_INLINE void store_blocks(std::uint32_t* out, V c0, V c1, V c2, V c3) {
    const V a = _mm256_unpacklo_epi32(c0, c1), b = _mm256_unpackhi_epi32(c0, c1);
    const V c = _mm256_unpacklo_epi32(c2, c3), d = _mm256_unpackhi_epi32(c2, c3);
    const V b04 = _mm256_unpacklo_epi64(a, c), b15 = _mm256_unpackhi_epi64(a, c);
    const V b26 = _mm256_unpacklo_epi64(b, d), b37 = _mm256_unpackhi_epi64(b, d);
    store(out, _mm256_permute2x128_si256(b04, b15, 0x20));
    store(out + 8, _mm256_permute2x128_si256(b26, b37, 0x20));
    store(out + 16, _mm256_permute2x128_si256(b04, b15, 0x31));
    store(out + 24, _mm256_permute2x128_si256(b26, b37, 0x31));
  }
};

}  // namespace

void philox_keyed(std::uint64_t generator, const std::uint64_t* keys, std::size_t count,
                  std::uint32_t week_stream, std::uint32_t* first, std::uint32_t* second) {
  batch::philox_keyed<Avx2>(generator, keys, count, week_stream, first, second);
}
void philox_blocks(std::uint64_t generator, std::uint64_t key, std::uint32_t week_stream,
                   std::uint32_t block, std::size_t count, std::uint32_t* out) {
  batch::philox_blocks<Avx2>(generator, key, week_stream, block, count, out);
}

}  // namespace sim::v3
