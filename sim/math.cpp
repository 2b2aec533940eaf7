// SPDX-License-Identifier: Apache-2.0
#include "sim/math.h"

#include <sleef.h>

#include "sim/check.h"
#include "sim/cpu.h"
#include "sim/math_batch.h"
#include "sim/math_v3.h"

namespace sim {
namespace {

// Names with cinz are SLEEF's deterministic functions without FMA. Never call one without an
// instruction set in its name: those choose by processor.
struct Sse2 {
  static constexpr std::size_t width = 2;
  PARDNER_INLINE __m128d load(const double* x) { return _mm_loadu_pd(x); }
  PARDNER_INLINE void store(double* x, __m128d v) { _mm_storeu_pd(x, v); }
  PARDNER_INLINE __m128d all(double x) { return _mm_set1_pd(x); }
  PARDNER_INLINE __m128d exp(__m128d x) { return Sleef_cinz_expd2_u10sse2(x); }
  PARDNER_INLINE __m128d log(__m128d x) { return Sleef_cinz_logd2_u35sse2(x); }
  PARDNER_INLINE __m128d pow(__m128d x, __m128d y) { return Sleef_cinz_powd2_u10sse2(x, y); }
};

}  // namespace

// One value at a time takes whichever of SLEEF's plain C and two-lane forms is faster: same bits.
double exp(double x) { return _mm_cvtsd_f64(Sleef_cinz_expd2_u10sse2(_mm_set1_pd(x))); }
double expm1(double x) { return _mm_cvtsd_f64(Sleef_cinz_expm1d2_u10sse2(_mm_set1_pd(x))); }
double log(double x) { return Sleef_cinz_logd1_u35purec(x); }
double log1p(double x) { return Sleef_cinz_log1pd1_u10purec(x); }
double pow(double x, double y) {
  return _mm_cvtsd_f64(Sleef_cinz_powd2_u10sse2(_mm_set1_pd(x), _mm_set1_pd(y)));
}
double erfc(double x) { return Sleef_cinz_erfcd1_u15purec(x); }

double normal_cdf(double x) {
  const double y = std::fabs(x);
  if (y <= normal::cdf_center_end) return normal::cdf_center(x);
  const normal::Square square = normal::square(y);
  const double gauss = normal::corrected(exp(-0.5 * square.value), square.error);
  const double tail =
      gauss * (y > normal::cdf_middle_end ? normal::cdf_far(y) : normal::cdf_middle(y));
  return x > 0 ? 1 - tail : tail;
}

double normal_quantile(double u) {
  const double q = u - 0.5;
  if (std::fabs(q) <= normal::quantile_center_end) return normal::quantile_center(q);
  const double r = std::sqrt(-log(normal::smaller_tail(u)));
  const double distance =
      r <= normal::quantile_near_end ? normal::quantile_near(r) : normal::quantile_far(r);
  return std::copysign(distance, q);
}

void exp(std::span<const double> in, std::span<double> out) {
  PARDNER_EXPECT(in.size() == out.size());
  const auto f = cpu() == Cpu::v3 ? v3::exp : batch::exp<Sse2>;
  f(in.data(), out.data(), in.size());
}

void log(std::span<const double> in, std::span<double> out) {
  PARDNER_EXPECT(in.size() == out.size());
  const auto f = cpu() == Cpu::v3 ? v3::log : batch::log<Sse2>;
  f(in.data(), out.data(), in.size());
}

void pow(std::span<const double> in, double exponent, std::span<double> out) {
  PARDNER_EXPECT(in.size() == out.size());
  const auto f = cpu() == Cpu::v3 ? v3::pow : batch::pow<Sse2>;
  f(in.data(), exponent, out.data(), in.size());
}

void normal_cdf(std::span<const double> in, std::span<double> out) {
  PARDNER_EXPECT(in.size() == out.size());
  const auto f = cpu() == Cpu::v3 ? v3::normal_cdf : batch::normal_cdf<Sse2>;
  f(in.data(), out.data(), in.size());
}

void normal_quantile(std::span<const double> in, std::span<double> out) {
  PARDNER_EXPECT(in.size() == out.size());
  const auto f = cpu() == Cpu::v3 ? v3::normal_quantile : batch::normal_quantile<Sse2>;
  f(in.data(), out.data(), in.size());
}

}  // namespace sim
