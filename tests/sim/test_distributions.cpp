// SPDX-License-Identifier: Apache-2.0
// A Draw as the engine of Boost.Random's distributions, each number from a key of its own.
#include <gtest/gtest.h>

#include <boost/random/binomial_distribution.hpp>
#include <boost/random/gamma_distribution.hpp>
#include <boost/random/normal_distribution.hpp>
#include <boost/random/poisson_distribution.hpp>
#include <cmath>
#include <random>

#include "sim/random.h"

namespace {

constexpr sim::Stream chance{100, "chance", "agent", "tests"};
constexpr int n = 100'000;

template <class Distribution>
double mean_of(Distribution distribution) {
  const sim::Random random(11, 0);
  double sum = 0;
  for (std::uint64_t i = 0; i < n; ++i) {
    sim::Draw draw = random.draw(chance, sim::child(sim::named("agent"), {}, i), 1);
    distribution.reset();
    sum += distribution(draw);
  }
  return sum / n;
}

TEST(Distributions, OfBoostAcceptADraw) {
  static_assert(std::uniform_random_bit_generator<sim::Draw>);
  EXPECT_NEAR(mean_of(boost::random::gamma_distribution<>(2, 3)), 6, 4 * std::sqrt(18.0 / n));
  EXPECT_NEAR(mean_of(boost::random::poisson_distribution<>(3)), 3, 4 * std::sqrt(3.0 / n));
  EXPECT_NEAR(mean_of(boost::random::normal_distribution<>(1, 2)), 1, 4 * 2 / std::sqrt(n));
  EXPECT_NEAR(mean_of(boost::random::binomial_distribution<>(20, 0.4)), 8, 4 * std::sqrt(4.8 / n));
}

// Without rejection, a third of the numbers below 3 * 2^30 would come twice as often as the others.
TEST(Distributions, BelowRefusesWhatWouldBiasIt) {
  sim::Draw draw = sim::Random(1, 0).draw(chance, sim::named("agent"));
  int counts[3] = {};
  for (int i = 0; i < n; ++i) ++counts[draw.below(3u << 30) % 3];
  for (const int count : counts) EXPECT_NEAR(count, n / 3.0, 4 * std::sqrt(n * 2 / 9.0));
}

}  // namespace
