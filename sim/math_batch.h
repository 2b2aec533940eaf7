// SPDX-License-Identifier: Apache-2.0
#pragma once
// The batch forms of sim/math.h, written once for any vector width; private to sim/math*.cpp.
//
// Wide wraps one width of SLEEF's deterministic functions. It lives in the including file's
// anonymous namespace, which makes every instantiation here local to that file, as sim/cpu.h
// demands. SLEEF promises and the tests check the same bits for every width; the rest is IEEE basic
// operations, which the compiler may put into lanes of any width without changing a bit.

#include <cstddef>

#include "sim/normal.h"

namespace sim::batch {

constexpr std::size_t block = 128;  // values in flight between two passes: 1 KiB a column

template <class Wide, class F>
[[gnu::always_inline]] inline void map(const double* in, double* out, std::size_t n, F f) {
  std::size_t i = 0;
  for (; i + Wide::width <= n; i += Wide::width) Wide::store(out + i, f(Wide::load(in + i)));
  if (i == n) return;
  double rest[Wide::width];
  for (std::size_t k = 0; k < Wide::width; ++k) rest[k] = i + k < n ? in[i + k] : 1;
  Wide::store(rest, f(Wide::load(rest)));
  for (std::size_t k = 0; i + k < n; ++k) out[i + k] = rest[k];
}

template <class Wide>
void exp(const double* in, double* out, std::size_t n) {
  map<Wide>(
      in, out, n, [](auto x) __attribute__((always_inline)) { return Wide::exp(x); });
}

template <class Wide>
void log(const double* in, double* out, std::size_t n) {
  map<Wide>(
      in, out, n, [](auto x) __attribute__((always_inline)) { return Wide::log(x); });
}

template <class Wide>
void pow(const double* in, double exponent, double* out, std::size_t n) {
  const auto y = Wide::all(exponent);
  map<Wide>(
      in, out, n, [y](auto x) __attribute__((always_inline)) { return Wide::pow(x, y); });
}

template <class Wide>
void normal_cdf_block(const double* in, double* out, std::size_t n) {
  double x[block], gauss[block], error[block];
  for (std::size_t i = 0; i < n; ++i) {
    x[i] = in[i];
    const normal::Square square = normal::square(__builtin_fabs(x[i]));
    gauss[i] = -0.5 * square.value;
    error[i] = square.error;
  }
  exp<Wide>(gauss, gauss, n);
  for (std::size_t i = 0; i < n; ++i) {
    const double y = __builtin_fabs(x[i]);
    const double center = normal::cdf_center(x[i]);
    gauss[i] = normal::corrected(gauss[i], error[i]);
    const double tail = gauss[i] * normal::cdf_middle(y);
    const double middle = x[i] > 0 ? 1 - tail : tail;
    out[i] = y <= normal::cdf_center_end ? center : middle;
  }
  for (std::size_t i = 0; i < n; ++i) {
    const double y = __builtin_fabs(x[i]);
    if (!(y > normal::cdf_middle_end)) continue;
    const double tail = gauss[i] * normal::cdf_far(y);
    out[i] = x[i] > 0 ? 1 - tail : tail;
  }
}

template <class Wide>
void normal_quantile_block(const double* in, double* out, std::size_t n) {
  unsigned tail_of[block];
  double smaller[block], away[block], tail[block], distance[block];
  for (std::size_t i = 0; i < n; ++i) {
    const double u = in[i], q = u - 0.5, center = normal::quantile_center(q);
    smaller[i] = normal::smaller_tail(u);
    away[i] = __builtin_fabs(q);
    // A value out in a tail only needs its sign from this pass.
    out[i] = away[i] <= normal::quantile_center_end ? center : q;
  }
  // Gathered without a branch, which would be guessed wrong too often.
  std::size_t tails = 0;
  for (std::size_t i = 0; i < n; ++i) {
    tail_of[tails] = static_cast<unsigned>(i);
    tail[tails] = smaller[i];
    tails += !(away[i] <= normal::quantile_center_end);
  }
  log<Wide>(tail, tail, tails);
  for (std::size_t k = 0; k < tails; ++k) {
    tail[k] = __builtin_sqrt(-tail[k]);
    distance[k] = normal::quantile_near(tail[k]);
  }
  for (std::size_t k = 0; k < tails; ++k) {
    if (!(tail[k] <= normal::quantile_near_end)) distance[k] = normal::quantile_far(tail[k]);
    double& value = out[tail_of[k]];
    value = __builtin_copysign(distance[k], value);
  }
}

template <class Wide>
void normal_cdf(const double* in, double* out, std::size_t n) {
  for (std::size_t i = 0; i < n; i += block)
    normal_cdf_block<Wide>(in + i, out + i, n - i < block ? n - i : block);
}

template <class Wide>
void normal_quantile(const double* in, double* out, std::size_t n) {
  for (std::size_t i = 0; i < n; i += block)
    normal_quantile_block<Wide>(in + i, out + i, n - i < block ? n - i : block);
}

}  // namespace sim::batch
