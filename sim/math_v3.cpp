// SPDX-License-Identifier: Apache-2.0
// Compiled for x86-64-v3: see sim/cpu.h for what may stand here.
#include "sim/math_v3.h"

#include <sleef.h>

#include "sim/math_batch.h"

namespace sim::v3 {
namespace {

// SLEEF's four-lane functions that use no FMA, so their bits are those of its two-lane ones.
struct Avx {
  static constexpr std::size_t width = 4;
  PARDNER_INLINE __m256d load(const double* x) { return _mm256_loadu_pd(x); }
  PARDNER_INLINE void store(double* x, __m256d v) { _mm256_storeu_pd(x, v); }
  PARDNER_INLINE __m256d all(double x) { return _mm256_set1_pd(x); }
  PARDNER_INLINE __m256d exp(__m256d x) { return Sleef_cinz_expd4_u10avx(x); }
  PARDNER_INLINE __m256d log(__m256d x) { return Sleef_cinz_logd4_u35avx(x); }
  PARDNER_INLINE __m256d pow(__m256d x, __m256d y) { return Sleef_cinz_powd4_u10avx(x, y); }
};

}  // namespace

void exp(const double* in, double* out, std::size_t n) { batch::exp<Avx>(in, out, n); }
void log(const double* in, double* out, std::size_t n) { batch::log<Avx>(in, out, n); }
void pow(const double* in, double exponent, double* out, std::size_t n) {
  batch::pow<Avx>(in, exponent, out, n);
}
void normal_cdf(const double* in, double* out, std::size_t n) {
  batch::normal_cdf<Avx>(in, out, n);
}
void normal_quantile(const double* in, double* out, std::size_t n) {
  batch::normal_quantile<Avx>(in, out, n);
}

}  // namespace sim::v3
