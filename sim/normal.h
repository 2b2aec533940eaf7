// SPDX-License-Identifier: Apache-2.0
#pragma once
// The pieces of the normal distribution that need only IEEE basic operations; private to
// sim/math*.cpp.
//
// Distribution function: W. J. Cody, "Rational Chebyshev approximations for the error function",
// Math. Comp. 23 (1969) 631-637, in the form of his ANORM (Algorithm 715, ACM TOMS 19 (1993)
// 22-32). Quantile: M. J. Wichura, "Algorithm AS 241: the percentage points of the normal
// distribution", Applied Statistics 37 (1988) 477-484, its PPND16. Baseline and v3 code both
// include this: everything is always inlined, so nothing of it is left for the linker to share
// (sim/cpu.h). The order of operations is part of the result.

#include "sim/cpu.h"

namespace sim::normal {

// Horner's rule, highest power first.
template <int n>
PARDNER_INLINE double polynomial(const double (&coefficients)[n], double x) {
  double value = coefficients[0];
  for (int i = 1; i < n; ++i) value = value * x + coefficients[i];
  return value;
}

constexpr double cdf_center_end = 0.67448975, cdf_middle_end = 5.656854249492380195;

// Phi(x) for |x| <= cdf_center_end.
PARDNER_INLINE double cdf_center(double x) {
  constexpr double a[] = {.065682337918207449113, 2.2352520354606839287, 161.02823106855587881,
                          1067.6894854603709582, 18154.981253343561249};
  constexpr double b[] = {1, 47.20258190468824187, 976.09855173777669322, 10260.932208618978205,
                          45507.789335026729956};
  const double square = x * x;
  return 0.5 + x * polynomial(a, square) / polynomial(b, square);
}

// Phi(-y) / exp(-y^2/2) for cdf_center_end < y <= cdf_middle_end.
PARDNER_INLINE double cdf_middle(double y) {
  constexpr double c[] = {1.0765576773720192317e-8, .39894151208813466764, 8.8831497943883759412,
                          93.506656132177855979,    597.27027639480026226, 2494.5375852903726711,
                          6848.1904505362823326,    11602.651437647350124, 9842.7148383839780218};
  constexpr double d[] = {1,
                          22.266688044328115691,
                          235.38790178262499861,
                          1519.377599407554805,
                          6485.558298266760755,
                          18615.571640885098091,
                          34900.952721145977266,
                          38912.003286093271411,
                          19685.429676859990727};
  return polynomial(c, y) / polynomial(d, y);
}

// The same for larger y.
PARDNER_INLINE double cdf_far(double y) {
  constexpr double p[] = {.02307344176494017303, .21589853405795699,     .1274011611602473639,
                          .022235277870649807,   .001421619193227893466, 2.9112874951168792e-5};
  constexpr double q[] = {1,
                          1.28426009614491121,
                          .468238212480865118,
                          .0659881378689285515,
                          .00378239633202758244,
                          7.29751555083966205e-5};
  constexpr double density_at_0 = 0.39894228040143267794;
  const double z = 1 / (y * y);
  return (density_at_0 - z * polynomial(p, z) / polynomial(q, z)) / y;
}

// exp(-y^2/2) is lost in the tail when y^2 is rounded before exp: the rounding error of the square
// (Dekker's exact product) goes in afterwards, to first order. From 39 on exp gives 0 (double's
// end).
struct Square {
  double value, error;
};
PARDNER_INLINE Square square(double x) {
  const double y = x > 40 ? 40 : x;
  const double c = 134217729 * y, high = c - (c - y), low = y - high, value = y * y;
  return {value, ((high * high - value) + 2 * high * low) + low * low};
}
PARDNER_INLINE double corrected(double gauss, double error) {
  return gauss - gauss * (0.5 * error);
}

constexpr double quantile_center_end = 0.425;

// The quantile of 0.5 + q for |q| <= quantile_center_end.
PARDNER_INLINE double quantile_center(double q) {
  constexpr double a[] = {2509.0809287301226727, 33430.575583588128105, 67265.770927008700853,
                          45921.953931549871457, 13731.693765509461125, 1971.5909503065514427,
                          133.14166789178437745, 3.3871328727963666080};
  constexpr double b[] = {
      5226.4952788528545610, 28729.085735721942674, 39307.895800092710610, 21213.794301586595867,
      5394.1960214247511077, 687.18700749205790830, 42.313330701600911252, 1};
  const double r = 0.180625 - q * q;
  return q * polynomial(a, r) / polynomial(b, r);
}

PARDNER_INLINE double smaller_tail(double u) {
  const double upper = 1 - u;
  return u < upper ? u : upper;
}

// The distance from 0 for r = sqrt(-log p), p the smaller tail, r <= quantile_near_end.
constexpr double quantile_near_end = 5;
PARDNER_INLINE double quantile_near(double r) {
  constexpr double c[] = {7.74545014278341407640e-4, .0227238449892691845833,
                          .241780725177450611770,    1.27045825245236838258,
                          3.64784832476320460504,    5.76949722146069140550,
                          4.63033784615654529590,    1.42343711074968357734};
  constexpr double d[] = {1.05075007164441684324e-9, 5.47593808499534494600e-4,
                          .0151986665636164571966,   .148103976427480074590,
                          .689767334985100004550,    1.67638483018380384940,
                          2.05319162663775882187,    1};
  return polynomial(c, r - 1.6) / polynomial(d, r - 1.6);
}

// The same for larger r, up to the smallest double (27.3); infinity at infinity.
PARDNER_INLINE double quantile_far(double r) {
  constexpr double e[] = {2.01033439929228813265e-7, 2.71155556874348757815e-5,
                          .00124266094738807843860,  .0265321895265761230930,
                          .296560571828504891230,    1.78482653991729133580,
                          5.46378491116411436990,    6.65790464350110377720};
  constexpr double f[] = {2.04426310338993978564e-15, 1.42151175831644588870e-7,
                          1.84631831751005468180e-5,  7.86869131145613259100e-4,
                          .0148753612908506148525,    .136929880922735805310,
                          .599832206555887937690,     1};
  return r > 40 ? r : polynomial(e, r - 5) / polynomial(f, r - 5);
}

}  // namespace sim::normal
