// SPDX-License-Identifier: Apache-2.0
#pragma once
// Arithmetic with the same bits on every x86-64 processor, with and without FMA and AVX2.
//
// glibc picks its exp, log and pow by the processor and they differ in the last bit; everything a
// result depends on therefore uses these functions and never std::exp and its kin
// (docs/decisions/0001-arithmetic.md has the choice and the measurements; + - * / and sqrt are
// exact by IEEE 754, given -ffp-contract=off). Round-to-nearest is assumed, NaNs have no promised
// payload.

#include <cmath>
#include <span>

namespace sim {

// Within 1 ulp, log within 3 (the bounds are tested). Ends, infinities and NaN as in C.
double exp(double x);
double expm1(double x);
double log(double x);
double log1p(double x);
double pow(double x, double y);  // an expensive one: 7 times exp; tabulate or batch it in hot loops
double erfc(double x);           // within 1.5 ulp; slow, not for hot loops

// Standard normal distribution function: within 8 ulp in the lower tail, down to
// -37.5; absolute error below 2.3e-16 above 0. 0 and 1 at the infinities.
double normal_cdf(double x);

// Its inverse, within 8 ulp. Finite for every 0 < u < 1: from -38.5 at the smallest
// double to 8.21 at 1 - 2^-53. -infinity at 0, +infinity at 1, NaN outside.
double normal_quantile(double u);

inline double sqrt(double x) { return std::sqrt(x); }

// Batch forms: out[i] = f(in[i]), the same bits as one by one, several times faster. Both spans
// have the same size; out may be in itself, but must not overlap it otherwise.
void exp(std::span<const double> in, std::span<double> out);
void log(std::span<const double> in, std::span<double> out);
void pow(std::span<const double> in, double exponent, std::span<double> out);
void normal_cdf(std::span<const double> in, std::span<double> out);
void normal_quantile(std::span<const double> in, std::span<double> out);

}  // namespace sim
