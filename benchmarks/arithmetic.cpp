// SPDX-License-Identifier: Apache-2.0
// Speed and accuracy of sim/math.h beside glibc: the tables of docs/decisions/0001-arithmetic.md.
// One value at a time (independent calls; each call waiting for the one before) and batches of
// 4,096.

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <functional>
#include <span>
#include <vector>

#include "sim/cpu.h"
#include "sim/math.h"
#include "tests/sim/math_reference.h"

namespace {

using Function = double (*)(double);
using Batch = std::function<void(std::span<const double>, std::span<double>)>;

template <class F>
double best_ns(F work) {
  double best = 1e300;
  for (int repeat = 0; repeat < 25; ++repeat) {
    const auto start = std::chrono::steady_clock::now();
    work();
    const std::chrono::duration<double, std::nano> taken = std::chrono::steady_clock::now() - start;
    best = std::min(best, taken.count());
  }
  return best;
}

// The function is a template argument: a call through a pointer would hide what inlining gives
// glibc's built-ins and our own alike.
template <class F>
void speed(const char* name, F f, const std::vector<double>& in, const Batch& batch) {
  std::vector<double> out(in.size());
  const double n = static_cast<double>(in.size());
  const double throughput =
      best_ns([&] { std::transform(in.begin(), in.end(), out.begin(), f); }) / n;
  volatile double sink = 0;
  const double latency = best_ns([&] {
                           double last = 0;
                           for (double x : in) last = f(x + last * 1e-300);
                           sink = last;
                         }) /
                         n;
  std::printf("%-22s %8.1f %8.1f", name, throughput, latency);
  if (batch) std::printf(" %8.1f", best_ns([&] { batch(in, out); }) / n);
  std::printf("\n");
}

template <class F, class Exact>
void accuracy(const char* name, F f, Exact exact, const std::vector<double>& in) {
  double worst = 0, at = 0;
  for (double x : in) {
    const double error = math_reference::ulps(f(x), exact(static_cast<long double>(x)));
    if (error > worst) worst = error, at = x;
  }
  std::printf("%-22s %8.3f ulp at %.17g\n", name, worst, at);
}

void speeds() {
  using namespace math_reference;
  const int n = 4096;
  const auto wide = between(-10, 10, n), positive = between(0.01, 20, n), unit = between(0, 1, n);
  const auto deviates = between(-4, 4, n);
  std::printf("%-22s %8s %8s %8s   (own kernels: %s)\n", "ns per call", "indep.", "chained",
              "batch", sim::name(sim::cpu()));
#define ONE(f) [](double x) { return f; }
#define MANY(f) [](std::span<const double> in, std::span<double> out) { f; }
  speed("exp glibc", ONE(std::exp(x)), wide, {});
  speed("exp", ONE(sim::exp(x)), wide, MANY(sim::exp(in, out)));
  speed("log glibc", ONE(std::log(x)), positive, {});
  speed("log", ONE(sim::log(x)), positive, MANY(sim::log(in, out)));
  speed("pow(x, 0.37) glibc", ONE(std::pow(x, 0.37)), positive, {});
  speed("pow(x, 0.37)", ONE(sim::pow(x, 0.37)), positive, MANY(sim::pow(in, 0.37, out)));
  speed("log1p glibc", ONE(std::log1p(x)), positive, {});
  speed("log1p", ONE(sim::log1p(x)), positive, {});
  speed("expm1 glibc", ONE(std::expm1(x)), wide, {});
  speed("expm1", ONE(sim::expm1(x)), wide, {});
  speed("erfc glibc", ONE(std::erfc(x)), deviates, {});
  speed("erfc", ONE(sim::erfc(x)), deviates, {});
  speed("sqrt", ONE(sim::sqrt(x)), positive, {});
  speed("normal_cdf", ONE(sim::normal_cdf(x)), deviates, MANY(sim::normal_cdf(in, out)));
  speed("normal_quantile", ONE(sim::normal_quantile(x)), unit, MANY(sim::normal_quantile(in, out)));
}

void accuracies() {
  using namespace math_reference;
  const int n = 1'000'000;
  std::printf("\nlargest error over %d arguments\n", n);
  const auto wide = between(-700, 700, n), small = between(-1, 1, n), positive = between(0.3, 3, n);
  const auto all = exponents_between(-1022, 1023, n);
  const auto above_minus_1 = between(-0.999, 10, n);
#define EXACT(f) [](long double x) { return f; }
  accuracy("exp glibc", ONE(std::exp(x)), EXACT(std::exp(x)), wide);
  accuracy("exp", ONE(sim::exp(x)), EXACT(std::exp(x)), wide);
  accuracy("exp |x| < 1", ONE(sim::exp(x)), EXACT(std::exp(x)), small);
  accuracy("log glibc", ONE(std::log(x)), EXACT(std::log(x)), all);
  accuracy("log", ONE(sim::log(x)), EXACT(std::log(x)), all);
  accuracy("log near 1", ONE(sim::log(x)), EXACT(std::log(x)), positive);
  accuracy("pow(x, 0.37) glibc", ONE(std::pow(x, 0.37)),
           EXACT(std::pow(x, static_cast<long double>(0.37))), all);
  accuracy("pow(x, 0.37)", ONE(sim::pow(x, 0.37)),
           EXACT(std::pow(x, static_cast<long double>(0.37))), all);
  accuracy("pow(1.7, x)", ONE(sim::pow(1.7, x)), EXACT(std::pow(static_cast<long double>(1.7), x)),
           wide);
  accuracy("log1p", ONE(sim::log1p(x)), EXACT(std::log1p(x)), above_minus_1);
  accuracy("expm1", ONE(sim::expm1(x)), EXACT(std::expm1(x)), small);
  accuracy("erfc", ONE(sim::erfc(x)), EXACT(std::erfc(x)), between(-6, 26, n));
  accuracy("normal_cdf x < 0", ONE(sim::normal_cdf(x)), EXACT(normal_cdf(x)), between(-37, 0, n));
  accuracy("normal_cdf x > 0", ONE(sim::normal_cdf(x)), EXACT(normal_cdf(x)), between(0, 9, n));
  double worst = 0, at = 0;
  for (double u : probabilities(n)) {
    const double error = quantile_ulps(sim::normal_quantile(u), u);
    if (error > worst) worst = error, at = u;
  }
  std::printf("%-22s %8.3f ulp at %.17g\n", "normal_quantile", worst, at);
}

}  // namespace

int main() {
  speeds();
  accuracies();
}
