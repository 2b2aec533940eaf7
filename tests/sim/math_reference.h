// SPDX-License-Identifier: Apache-2.0
#pragma once
// Arguments and long double references for tests and benchmarks of sim/math.h. x87 arithmetic has
// 64 bits of mantissa, 11 more than a double, and glibc's long double functions stay within 2 of
// their ulps: an error read here is good to 0.002 ulp of a double.

#include <bit>
#include <cmath>
#include <cstdint>
#include <limits>
#include <vector>

namespace math_reference {

// A fixed sequence for making arguments (splitmix64), so that the golden hashes don't hang on
// anybody's generator.
struct Sequence {
  std::uint64_t state = 0;
  std::uint64_t next() {
    std::uint64_t z = (state += 0x9e3779b97f4a7c15u);
    z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9u;
    z = (z ^ (z >> 27)) * 0x94d049bb133111ebu;
    return z ^ (z >> 31);
  }
  double unit() { return (static_cast<double>(next() >> 12) + 0.5) * 0x1p-52; }
};

inline std::vector<double> between(double low, double high, int n) {
  std::vector<double> values;
  Sequence sequence;
  for (int i = 0; i < n; ++i) values.push_back(low + (high - low) * sequence.unit());
  return values;
}

// Positive normal doubles of every binary exponent from low to high.
inline std::vector<double> exponents_between(int low, int high, int n) {
  std::vector<double> values;
  Sequence sequence;
  for (int i = 0; i < n; ++i) {
    const std::uint64_t bits = sequence.next();
    const auto exponent = 1023 + low + static_cast<std::int64_t>((bits >> 53) % (high - low));
    values.push_back(
        std::bit_cast<double>((bits >> 12) | static_cast<std::uint64_t>(exponent) << 52));
  }
  return values;
}

// Probabilities that a draw of 53 bits can give, and their like in both tails.
inline std::vector<double> probabilities(int n) {
  std::vector<double> values = exponents_between(-54, -1, n / 2);
  Sequence sequence;
  for (int i = n / 4; i < n / 2; ++i) values[i] = 1 - values[i];
  for (int i = n / 2; i < n; ++i) values.push_back(sequence.unit());
  for (double& u : values)
    if (u == 1) u = 1 - 0x1p-53;
  return values;
}

// |got - exact| in units of the last place of a double near exact.
inline double ulps(double got, long double exact) {
  if (exact == 0) return got == 0 ? 0 : std::numeric_limits<double>::infinity();
  const int exponent = std::max(std::ilogb(exact), -1022);
  return static_cast<double>(std::fabs(got - exact) / std::ldexp(1.0L, exponent - 52));
}

inline long double normal_cdf(long double x) {
  return 0.5L * std::erfc(-x * 0.707106781186547524400844362104849039L);
}

// The error of x as the quantile of u, in ulps of x: one Newton step tells the distance to the
// exact one.
inline double quantile_ulps(double x, double u) {
  const bool upper =
      u > 0.5;  // look at the smaller tail, where nothing cancels; 1 - u is exact there
  const long double y = upper ? -static_cast<long double>(x) : x, p = upper ? 1.0L - u : u;
  const long double density = 0.398942280401432677939946L * std::exp(-0.5L * y * y);
  const long double exact = y - (normal_cdf(y) - p) / density;
  return exact == 0 ? std::fabs(static_cast<double>(y)) : ulps(static_cast<double>(y), exact);
}

}  // namespace math_reference
