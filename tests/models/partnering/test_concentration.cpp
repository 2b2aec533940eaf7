// SPDX-License-Identifier: Apache-2.0
// SB9: how much the largest partners bring.
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <functional>
#include <numeric>
#include <vector>

#include "models/partnering/concentration.h"
#include "tests/models/partnering/luck.h"

namespace {

using namespace partnering;
using namespace partnering_tests;

// Partners drawn and sorted: share of the largest `top` of all, the first `active` of whom sell.
double share_drawn(double sigma, double top, double active, std::uint64_t world) {
  constexpr std::size_t partners = 100'000;
  sim::Draw draw = luck(14'000'000 + world);
  std::vector<double> revenue(partners, 0);
  const auto sell = static_cast<std::size_t>(active * static_cast<double>(partners));
  for (std::size_t i = 0; i < sell; ++i) revenue[i] = std::exp(sigma * draw.normal());
  std::ranges::sort(revenue, std::greater<>());
  const auto large = static_cast<std::ptrdiff_t>(top * static_cast<double>(partners) + .5);
  return std::accumulate(revenue.begin(), revenue.begin() + large, 0.0) /
         std::accumulate(revenue.begin(), revenue.end(), 0.0);
}

TEST(Partnering, SB9LognormalPartners) {
  EXPECT_NEAR(LognormalRevenue::sigma_of(.2, .8), 1.683, 5e-4);
  EXPECT_NEAR(LognormalRevenue({1.683}).gini(), .766, 5e-4);
  for (const auto& [sigma, share] :
       {std::pair{.5, .37}, std::pair{1., .56}, std::pair{1.683, .80}}) {
    const LognormalRevenue law{sigma};
    EXPECT_NEAR(law.share(.2), share, 5e-3);
    Mean found;
    for (std::uint64_t world = 0; world < 12; ++world) found.add(share_drawn(sigma, .2, 1, world));
    expect_exact(found, law.share(.2), "share of the top 20%");
  }
}

// With 30% active, the top 20% of those signed are the top two thirds of those who sell.
TEST(Partnering, SB9ActivationConcentrates) {
  EXPECT_NEAR(top_of_active(.2, .3), 2. / 3, 1e-12);
  EXPECT_EQ(top_of_active(.5, .3), 1);
  EXPECT_NEAR(LognormalRevenue::sigma_of(2. / 3, .8), .411, 5e-4);
  for (const auto& [sigma, share] :
       {std::pair{.411, .80}, std::pair{.5, .82}, std::pair{1., .92}, std::pair{1.683, .98}}) {
    const LognormalRevenue law{sigma};
    EXPECT_NEAR(law.share(top_of_active(.2, .3)), share, 5.1e-3) << sigma;
    Mean found;
    for (std::uint64_t world = 0; world < 8; ++world)
      found.add(share_drawn(sigma, .2, .3, 100 + world));
    expect_exact(found, law.share(2. / 3), "share of the top 20% of signed");
  }
}

// Samples of so heavy a tail settle too slowly to tell: its quantiles u^(-1/alpha) are summed over
// u = exp(-t) instead, and over pairs for Gini, by Simpson.
double simpson(const std::function<double(double)>& f, double low, double high) {
  constexpr int steps = 20'000;
  const double h = (high - low) / steps;
  double sum = f(low) + f(high);
  for (int i = 1; i < steps; ++i) sum += f(low + i * h) * (i % 2 == 1 ? 4 : 2);
  return sum * h / 3;
}

TEST(Partnering, SB9ParetoPartners) {
  const double alpha = ParetoRevenue::alpha_of(.2, .8);
  EXPECT_NEAR(alpha, std::log(5) / std::log(4), 1e-9);
  EXPECT_NEAR(alpha, 1.1610, 5e-5);
  const ParetoRevenue law{alpha};
  EXPECT_NEAR(law.share(.2), .8, 1e-9);
  EXPECT_NEAR(law.gini(), .756, 5e-4);
  const auto revenue = [&](double t) { return std::exp(t / alpha - t); };  // of the top exp(-t)
  const double far = 250, all = simpson(revenue, 0, far);
  for (const double top : {.01, .2, .5})
    EXPECT_NEAR(law.share(top), simpson(revenue, -std::log(top), far) / all, 1e-6) << top;
  // Gini: 1 less twice the area under the Lorenz curve, whose ordinate is what the rest brings.
  const double area =
      simpson([&](double t) { return (1 - law.share(std::exp(-t))) * std::exp(-t); }, 0, far);
  EXPECT_NEAR(law.gini(), 1 - 2 * area, 1e-6);
}

}  // namespace
