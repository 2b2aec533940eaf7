// SPDX-License-Identifier: Apache-2.0
#pragma once
// Four rows side by side in the lanes of one vector. For loops in which each step waits for the one
// before: four of them wait together. Every x86-64 processor has these instructions, and they are
// exact by IEEE 754, so the bits are those of one row at a time, everywhere.

#include <emmintrin.h>

#include <array>
#include <cstddef>
#include <cstdint>
#include <cstring>

namespace sim {

inline constexpr std::size_t lanes = 4;

using Lanes = __m128;  // + - * / as for numbers, lane by lane
using Places = std::array<std::uint32_t, lanes>;

inline Lanes all_lanes(float value) { return _mm_set1_ps(value); }
inline Lanes sqrt(Lanes x) { return _mm_sqrt_ps(x); }
inline float lane(Lanes x, std::size_t i) { return x[i]; }

// Four numbers that stand one after the other.
inline Lanes load(const float* from) { return _mm_loadu_ps(from); }
inline Lanes load(const double* from) {
  return _mm_movelh_ps(_mm_cvtpd_ps(_mm_loadu_pd(from)), _mm_cvtpd_ps(_mm_loadu_pd(from + 2)));
}
inline Lanes load(const std::int32_t* from) {
  return _mm_cvtepi32_ps(_mm_loadu_si128(reinterpret_cast<const __m128i*>(from)));
}
inline Lanes load(const std::uint8_t* from) {
  std::int32_t bytes = 0;
  std::memcpy(&bytes, from, sizeof bytes);
  const __m128i zero = _mm_setzero_si128(), wide = _mm_cvtsi32_si128(bytes);
  return _mm_cvtepi32_ps(_mm_unpacklo_epi16(_mm_unpacklo_epi8(wide, zero), zero));
}
template <class T>
Lanes load(const T* from, std::size_t first) {
  return load(from + first);
}
// Four numbers from anywhere: from[at[lane]].
template <class T>
Lanes load(const T* from, const Places& at) {
  return _mm_setr_ps(static_cast<float>(from[at[0]]), static_cast<float>(from[at[1]]),
                     static_cast<float>(from[at[2]]), static_cast<float>(from[at[3]]));
}
inline void store(Lanes values, float* to, const Places& at) {
  alignas(16) float lane[lanes];
  _mm_store_ps(lane, values);
  for (std::size_t i = 0; i < lanes; ++i) to[at[i]] = lane[i];
}

// The place of the largest of `places` numbers, none negative, in each lane; one number may be
// replaced at a time. The place stands in the low bits of its number, so that one maximum finds
// both: numbers that differ by less than 4 in a million are equal, and the later place wins.
template <std::size_t places>
class Best {
  static_assert(places % lanes == 0 && places <= 32);

 public:
  // numbers(row, at) are four numbers of a row from place at - row * places on.
  template <class Numbers>
  explicit Best(Numbers numbers) {
    for (std::size_t p = 0; p < places; p += lanes) {
      Lanes* number = number_ + p;
      for (std::size_t row = 0; row < lanes; ++row) number[row] = numbers(row, row * places + p);
      _MM_TRANSPOSE4_PS(number[0], number[1], number[2], number[3]);
      for (std::size_t i = 0; i < lanes; ++i)
        number[i] = with_place(number[i], _mm_set1_epi32(static_cast<int>(p + i)));
    }
    best_ = largest_of(number_);
  }

  // Where the largest stand if the rows follow one another: row * places + place.
  Places largest() const {
    const __m128i row = _mm_setr_epi32(0, places, 2 * places, 3 * places);
    const __m128i place = _mm_and_si128(_mm_castps_si128(best_), _mm_set1_epi32(31));
    alignas(16) Places at;
    _mm_store_si128(reinterpret_cast<__m128i*>(at.data()), _mm_add_epi32(row, place));
    return at;
  }

  // Gives the largest of each lane another value.
  void replace_largest(Lanes value) {
    const __m128i old = _mm_castps_si128(best_);
    const __m128i now = _mm_castps_si128(with_place(value, old));
#pragma GCC unroll 32
    for (Lanes& number : number_) {
      const __m128i bits = _mm_castps_si128(number), chosen = _mm_cmpeq_epi32(bits, old);
      number = _mm_castsi128_ps(
          _mm_or_si128(_mm_and_si128(chosen, now), _mm_andnot_si128(chosen, bits)));
    }
    best_ = largest_of(number_);
  }

 private:
  static Lanes with_place(Lanes number, __m128i place) {
    const __m128i low = _mm_set1_epi32(31);
    return _mm_castsi128_ps(
        _mm_or_si128(_mm_andnot_si128(low, _mm_castps_si128(number)), _mm_and_si128(low, place)));
  }
  // In four strands, which wait less for each other.
  static Lanes largest_of(const Lanes* number) {
    Lanes a = number[0], b = number[1], c = number[2], d = number[3];
#pragma GCC unroll 8
    for (std::size_t p = lanes; p < places; p += lanes) {
      a = _mm_max_ps(a, number[p]);
      b = _mm_max_ps(b, number[p + 1]);
      c = _mm_max_ps(c, number[p + 2]);
      d = _mm_max_ps(d, number[p + 3]);
    }
    return _mm_max_ps(_mm_max_ps(a, b), _mm_max_ps(c, d));
  }

  Lanes number_[places];
  Lanes best_;
};

}  // namespace sim
