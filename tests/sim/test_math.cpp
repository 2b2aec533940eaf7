// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>
#define XXH_INLINE_ALL
#include <xxhash.h>

#include <algorithm>
#include <bit>
#include <cstdio>
#include <cstdlib>
#include <string>

#include "sim/cpu.h"
#include "sim/math.h"
#include "tests/sim/math_reference.h"
#include "tests/sim/rerun.h"

namespace {

using namespace math_reference;

std::string run_self(const std::string& environment) {
  return rerun::self(environment, "Math.GoldenBits");
}

constexpr double infinity = std::numeric_limits<double>::infinity();
constexpr double not_a_number = std::numeric_limits<double>::quiet_NaN();
constexpr double smallest = 5e-324;
constexpr int many = 100'000;

template <class F>
std::vector<double> each(F f, const std::vector<double>& in) {
  std::vector<double> out(in.size());
  std::transform(in.begin(), in.end(), out.begin(), f);
  return out;
}

std::uint64_t hash(const std::vector<double>& values) {
  return XXH3_64bits(values.data(), values.size() * sizeof(double));
}

#define ONE(f) [](double x) { return f; }
#define EXACT(f) [](long double x) { return f; }

// One function, its hash over the arguments, and its batch form where there is one.
template <class F>
void expect_golden(const char* name, std::uint64_t golden, const std::vector<double>& in, F f,
                   void (*batch)(std::span<const double>, std::span<double>) = nullptr) {
  const auto hex = [](std::uint64_t h) {
    char text[20];
    std::snprintf(text, sizeof text, "%016llx", static_cast<unsigned long long>(h));
    return std::string(text);
  };
  EXPECT_EQ(hex(hash(each(f, in))), hex(golden)) << name;
  if (!batch) return;
  std::vector<double> out(in.size());
  batch(in, out);
  EXPECT_EQ(hex(hash(out)), hex(golden)) << name << ", batch form";
}

template <class F, class Exact>
double worst_ulps(F f, Exact exact, const std::vector<double>& in) {
  double worst = 0;
  for (double x : in) worst = std::max(worst, ulps(f(x), exact(static_cast<long double>(x))));
  return worst;
}

std::string glibc_line(const std::string& output) {
  const auto at = output.find("glibc exp ");
  return output.substr(at, output.find('\n', at) - at);
}

}  // namespace

// The promise of sim/math.h. These constants change results of everything: a change belongs into
// the changelog under "Changes numbers".
TEST(Math, GoldenBits) {
  expect_golden("exp", 0xde766763469ae81e, between(-746, 710, many), ONE(sim::exp(x)), sim::exp);
  expect_golden("expm1", 0xa7cd99676b2cf43a, between(-40, 40, many), ONE(sim::expm1(x)));
  expect_golden("log", 0x34c1b5784a7b1097, exponents_between(-1022, 1023, many), ONE(sim::log(x)),
                sim::log);
  expect_golden("log near 1", 0x44a5aef6e5ada4f3, between(0.5, 2, many), ONE(sim::log(x)),
                sim::log);
  expect_golden("log1p", 0xf019c0ec23a10f2b, between(-1, 10, many), ONE(sim::log1p(x)));
  expect_golden("pow", 0x9dc33af04ae98904, exponents_between(-300, 300, many),
                ONE(sim::pow(x, 0.37)),
                [](std::span<const double> in, std::span<double> out) { sim::pow(in, 0.37, out); });
  expect_golden("pow of a base", 0x7925bdcfde11e60f, between(-700, 700, many),
                ONE(sim::pow(1.7, x)));
  expect_golden("erfc", 0xf644e19c3920a82f, between(-6, 27, many), ONE(sim::erfc(x)));
  expect_golden("normal_cdf", 0x8c2d55e19bfaf626, between(-39, 9, many), ONE(sim::normal_cdf(x)),
                sim::normal_cdf);
  expect_golden("normal_quantile", 0xa6743832b509214b, probabilities(many),
                ONE(sim::normal_quantile(x)), sim::normal_quantile);
  std::printf(
      "glibc exp %016llx\n",
      static_cast<unsigned long long>(hash(each(ONE(std::exp(x)), between(-10, 10, 10 * many)))));
  std::printf("own kernels %s\n", sim::name(sim::cpu()));
}

TEST(Math, SameBitsOnOtherProcessors) {
  const std::string plain = run_self("");
  EXPECT_NE(plain.find("exit 0"), std::string::npos) << plain;
  const std::string masked = run_self("GLIBC_TUNABLES=glibc.cpu.hwcaps=-AVX2,-FMA");
  EXPECT_NE(masked.find("exit 0"), std::string::npos) << masked;
  const std::string baseline = run_self("PARDNER_CPU=baseline");
  EXPECT_NE(baseline.find("exit 0"), std::string::npos) << baseline;
  EXPECT_NE(baseline.find("own kernels baseline"), std::string::npos) << baseline;
  // The mask does mask: glibc's own bits change on a processor with FMA.
  if (__builtin_cpu_supports("fma") && __builtin_cpu_supports("avx2")) {
    EXPECT_NE(glibc_line(plain), glibc_line(masked));
  }
  const std::string wrong = run_self("PARDNER_CPU=fast");
  EXPECT_NE(wrong.find("PARDNER_CPU must be"), std::string::npos) << wrong;
}

TEST(Math, Accuracy) {
  EXPECT_LT(worst_ulps(ONE(sim::exp(x)), EXACT(std::exp(x)), between(-745, 709, many)), 1);
  EXPECT_LT(worst_ulps(ONE(sim::expm1(x)), EXACT(std::expm1(x)), between(-2, 2, many)), 1);
  EXPECT_LT(worst_ulps(ONE(sim::log(x)), EXACT(std::log(x)), exponents_between(-1022, 1023, many)),
            3);
  EXPECT_LT(worst_ulps(ONE(sim::log(x)), EXACT(std::log(x)), between(0.5, 2, many)), 3);
  EXPECT_LT(worst_ulps(ONE(sim::log1p(x)), EXACT(std::log1p(x)), between(-0.9999, 3, many)), 1);
  const auto exact_root = EXACT(std::pow(x, static_cast<long double>(0.37)));
  EXPECT_LT(worst_ulps(ONE(sim::pow(x, 0.37)), exact_root, exponents_between(-300, 300, many)), 1);
  EXPECT_LT(worst_ulps(ONE(sim::erfc(x)), EXACT(std::erfc(x)), between(-6, 26, many)), 1.5);
  const auto lower = between(-37, 0, many);
  EXPECT_LT(worst_ulps(ONE(sim::normal_cdf(x)), EXACT(normal_cdf(x)), lower), 8);
  for (double x : between(0, 9, many))
    EXPECT_NEAR(sim::normal_cdf(x), static_cast<double>(normal_cdf(x)), 2.3e-16);
  double worst = 0;
  for (double u : probabilities(many))
    worst = std::max(worst, quantile_ulps(sim::normal_quantile(u), u));
  EXPECT_LT(worst, 8);
}

TEST(Math, Ends) {
  EXPECT_EQ(sim::exp(0), 1);
  EXPECT_EQ(sim::exp(-infinity), 0);
  EXPECT_EQ(sim::exp(710), infinity);
  EXPECT_EQ(sim::exp(-746), 0);
  EXPECT_EQ(sim::log(1), 0);
  EXPECT_EQ(sim::log(0), -infinity);
  EXPECT_EQ(sim::log(infinity), infinity);
  EXPECT_TRUE(std::isnan(sim::log(-1)));
  EXPECT_NEAR(sim::log(smallest), -744.4400719213812, 1e-12);
  EXPECT_EQ(sim::log1p(0), 0);
  EXPECT_EQ(sim::log1p(-1), -infinity);
  EXPECT_EQ(sim::expm1(0), 0);
  EXPECT_EQ(sim::expm1(-infinity), -1);
  EXPECT_EQ(sim::pow(0, 0), 1);
  EXPECT_EQ(sim::pow(0, 0.5), 0);
  EXPECT_EQ(sim::pow(0, -1), infinity);
  EXPECT_EQ(sim::pow(-2, 3), -8);
  EXPECT_EQ(sim::pow(1, not_a_number), 1);
  EXPECT_TRUE(std::isnan(sim::pow(-2, 0.5)));
  for (double x : between(0, 1e6, 1000)) {
    EXPECT_EQ(sim::pow(x, 1), x);
    EXPECT_EQ(sim::pow(x, 0), 1);
    EXPECT_LT(ulps(sim::pow(x, 2), static_cast<long double>(x) * x), 1);
    EXPECT_LT(ulps(sim::pow(x, 0.5), std::sqrt(static_cast<long double>(x))), 1);
  }
}

TEST(Math, NormalEnds) {
  EXPECT_EQ(sim::normal_cdf(-infinity), 0);
  EXPECT_EQ(sim::normal_cdf(infinity), 1);
  EXPECT_EQ(sim::normal_cdf(0), 0.5);
  EXPECT_EQ(sim::normal_cdf(-1e300), 0);
  EXPECT_EQ(sim::normal_cdf(9), 1);
  EXPECT_GT(sim::normal_cdf(-38), 0);
  EXPECT_TRUE(std::isnan(sim::normal_cdf(not_a_number)));
  EXPECT_EQ(sim::normal_quantile(0), -infinity);
  EXPECT_EQ(sim::normal_quantile(1), infinity);
  EXPECT_EQ(sim::normal_quantile(0.5), 0);
  for (double outside : {-smallest, 1 + 0x1p-52, -infinity, infinity, not_a_number})
    EXPECT_TRUE(std::isnan(sim::normal_quantile(outside)));
  // The last values a draw can give, and the last a double can.
  EXPECT_NEAR(sim::normal_quantile(0x1p-54), -8.2923610758136, 1e-10);
  EXPECT_NEAR(sim::normal_quantile(1 - 0x1p-53), 8.2095361516013, 1e-10);
  EXPECT_NEAR(sim::normal_quantile(smallest), -38.4674056, 1e-6);
}

TEST(Math, NormalMonotone) {
  // Steps far above rounding: strictly increasing.
  double last = -infinity;
  for (int k = 1; k < 1 << 18; ++k) {
    const double x = sim::normal_quantile(k * 0x1p-18);
    ASSERT_GT(x, last) << k;
    last = x;
  }
  for (double u = 0.25; u > 1e-300; u *= 0.99)
    ASSERT_LT(sim::normal_quantile(u * 0.99), sim::normal_quantile(u)) << u;
  for (double x = -38; x < 8; x += 0x1p-12)
    ASSERT_LT(sim::normal_cdf(x), sim::normal_cdf(x + 0x1p-12) + (x > 7 ? 1e-15 : 0)) << x;
  // Neighbouring doubles where one formula hands over to the next: no step back beyond rounding.
  for (double joint : {0.075, 0.925, sim::exp(-25)}) {
    double u = joint * (1 - 1e-13);
    for (int k = 0; k < 1000; ++k, u = std::nextafter(u, 1)) {
      const double x = sim::normal_quantile(u), after = sim::normal_quantile(std::nextafter(u, 1));
      ASSERT_GE(after, x - 8e-16 * std::fabs(x)) << u;
    }
  }
}

TEST(Math, NormalRoundTrip) {
  for (double u : probabilities(many)) {
    const double x = sim::normal_quantile(u);
    // An ulp of x moves the tail by about x^2 of its ulps.
    const double slack = 1e-15 * (4 + 2 * x * x) * u + 2.3e-16 * (u > 0.5);
    ASSERT_NEAR(sim::normal_cdf(x), u, slack) << u;
  }
}

TEST(Math, BatchIsOneByOne) {
  std::vector<double> odd = between(-50, 50, 300);
  for (double x : {0.0, -0.0, 1.0, -1.0, 0.075, 0.925, 0.5, 1e-300, smallest, infinity, -infinity,
                   not_a_number, 0.9})
    for (std::size_t at : {1u, 2u, 130u}) odd.insert(odd.begin() + static_cast<long>(at), x);
  for (std::size_t i = 20; i < odd.size(); i += 3) odd[i] = std::fabs(odd[i]) / 50;
  const auto check = [&](auto f, auto batch) {
    for (std::size_t n = 0; n <= odd.size(); n += n < 20 ? 1 : 61) {
      std::vector<double> in(odd.begin(), odd.begin() + static_cast<long>(n)), out = in;
      batch(out, out);  // in place
      for (std::size_t i = 0; i < n; ++i) {
        const double one = f(in[i]);
        if (std::isnan(one))
          ASSERT_TRUE(std::isnan(out[i])) << in[i];
        else
          ASSERT_EQ(std::bit_cast<std::uint64_t>(out[i]), std::bit_cast<std::uint64_t>(one))
              << in[i];
      }
    }
  };
#define BATCH(f) [](std::span<const double> in, std::span<double> out) { f; }
  check(ONE(sim::exp(x)), BATCH(sim::exp(in, out)));
  check(ONE(sim::log(x)), BATCH(sim::log(in, out)));
  check(ONE(sim::pow(x, -1.5)), BATCH(sim::pow(in, -1.5, out)));
  check(ONE(sim::normal_cdf(x)), BATCH(sim::normal_cdf(in, out)));
  check(ONE(sim::normal_quantile(x)), BATCH(sim::normal_quantile(in, out)));
}
