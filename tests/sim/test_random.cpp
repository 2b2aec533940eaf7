// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include <boost/random/uniform_int_distribution.hpp>
#include <cmath>
#include <vector>

#include "sim/cpu.h"
#include "sim/random.h"
#include "tests/sim/rerun.h"

namespace {

using sim::Draw;
using sim::Key;
using sim::Random;

constexpr sim::Stream luck{100, "luck", "agent", "a number for a test"};
constexpr sim::Stream size{101, "size", "agent", "another", sim::Level::population};

std::vector<Key> keys(std::size_t n) {
  std::vector<Key> all;
  for (std::size_t i = 0; i < n; ++i) all.push_back(sim::child(sim::named("agent"), Key{1}, i));
  return all;
}

// Mean and variance of n numbers, each the first of its own Draw.
struct Moments {
  double mean = 0, variance = 0;
};
template <class F>
Moments moments(F f, int n) {
  double sum = 0, squares = 0;
  const Random random(7, 0);
  for (int i = 0; i < n; ++i) {
    Draw draw = random.draw(luck, Key{static_cast<std::uint64_t>(i)});
    const double x = f(draw);
    sum += x;
    squares += x * x;
  }
  const double mean = sum / n;
  return {mean, squares / n - mean * mean};
}

template <class T, class Fill, class One>
void expect_fill_is_one_by_one(Fill fill, One one) {
  const Random random(3, 4);
  for (std::size_t n : {0u, 1u, 7u, 8u, 15u, 16u, 17u, 255u, 256u, 257u, 1000u}) {
    const std::vector<Key> all = keys(n);
    std::vector<T> out(n);
    fill(random, all, out);
    for (std::size_t i = 0; i < n; ++i) {
      Draw draw = random.draw(luck, all[i], 12);
      ASSERT_EQ(out[i], one(draw)) << "row " << i << " of " << n;
    }
  }
}

}  // namespace

// The known answers that come with Random123 (kat_vectors), in our places of the counter.
TEST(Random, IsPhilox4x32With10Rounds) {
  const auto words = [](std::uint64_t generator, std::uint64_t key, int week, std::uint16_t stream,
                        std::uint32_t block) {
    return sim::detail::philox(generator, Key{key}, week, stream, block);
  };
  EXPECT_EQ(words(0, 0, 0, 0, 0), (sim::Block{0x6627e8d5, 0xe169c58d, 0xbc57ac4c, 0x9b00dbd8}));
  EXPECT_EQ(words(~0ull, ~0ull, 0xffff, 0xffff, ~0u),
            (sim::Block{0x408f276d, 0x41c83b0e, 0xa20bc7c6, 0x6d5451fd}));
  EXPECT_EQ(words(0x299f31d0a4093822, 0x85a308d3243f6a88, 0x8a2e, 0x1319, 0x03707344),
            (sim::Block{0xd16cfe09, 0x94fdcceb, 0x5001e420, 0x24126ea1}));
}

TEST(Random, GoldenBits) {
  const Random random(42, 3);
  const std::vector<Key> all = keys(10'000);
  std::vector<double> out(all.size());
  std::uint64_t state = 0;
  const auto mix = [&] {
    for (double x : out) state = sim::mix64(state ^ std::bit_cast<std::uint64_t>(x));
  };
  random.fill_uniform(luck, all, 5, out);
  mix();
  random.fill_exponential(luck, all, 6, out);
  mix();
  random.fill_normal(size, all, 7, out);
  mix();
  EXPECT_EQ(state, 6151728610486210370u);
  std::printf("own kernels %s\n", sim::name(sim::cpu()));
}

TEST(Random, SameBitsFromBaselineKernels) {
  const std::string output = rerun::self("PARDNER_CPU=baseline", "Random.GoldenBits");
  EXPECT_NE(output.find("own kernels baseline"), std::string::npos) << output;
  EXPECT_NE(output.find("exit 0"), std::string::npos) << output;
}

TEST(Random, FillsAreOneByOne) {
  const int week = 12;
  expect_fill_is_one_by_one<std::uint32_t>(
      [&](const Random& r, auto& all, auto& out) { r.fill_words(luck, all, week, out); },
      [](Draw& draw) { return draw(); });
  // With n = 3 * 2^30 a quarter of the words is rejected.
  for (std::uint32_t n : {1u, 6u, 1'000'000u, 0xC0000000u})
    expect_fill_is_one_by_one<std::uint32_t>(
        [&](const Random& r, auto& all, auto& out) { r.fill_below(luck, all, week, n, out); },
        [&](Draw& draw) { return draw.below(n); });
  expect_fill_is_one_by_one<double>(
      [&](const Random& r, auto& all, auto& out) { r.fill_uniform(luck, all, week, out); },
      [](Draw& draw) { return draw.uniform(); });
  expect_fill_is_one_by_one<double>(
      [&](const Random& r, auto& all, auto& out) { r.fill_exponential(luck, all, week, out); },
      [](Draw& draw) { return draw.exponential(); });
  expect_fill_is_one_by_one<double>(
      [&](const Random& r, auto& all, auto& out) { r.fill_normal(luck, all, week, out); },
      [](Draw& draw) { return draw.normal(); });
}

TEST(Random, LongFillContinuesTheDraw) {
  const Random random(3, 4);
  for (std::size_t before : {0u, 1u, 3u, 4u, 6u})
    for (std::size_t n : {0u, 1u, 3u, 63u, 64u, 65u, 127u, 128u, 1000u}) {
      Draw filled = random.draw(luck, Key{9}, 2), called = filled;
      for (std::size_t i = 0; i < before; ++i) ASSERT_EQ(filled(), called());
      std::vector<std::uint32_t> words(n);
      filled.fill(words);
      for (std::uint32_t word : words) ASSERT_EQ(word, called()) << before << " then " << n;
      ASSERT_EQ(filled(), called()) << "after " << before << " and " << n;
    }
}

TEST(Random, OnlyWhatADrawIsForDecides) {
  const auto first = [](const Random& random, const sim::Stream& stream, Key key, int week) {
    return random.draw(stream, key, week)();
  };
  const Random random(1, 0);
  const std::uint32_t here = first(random, luck, Key{5}, 3);
  EXPECT_EQ(here, first(Random(1, 0), luck, Key{5}, 3));
  EXPECT_NE(here, first(random, luck, Key{6}, 3));
  EXPECT_NE(here, first(random, luck, Key{5}, 4));
  EXPECT_NE(here, first(random, luck, Key{5}, sim::ever));
  EXPECT_NE(here, first(random, size, Key{5}, 3));
  EXPECT_NE(here, first(Random(2, 0), luck, Key{5}, 3));
  EXPECT_NE(here, first(Random(1, 1), luck, Key{5}, 3));
  EXPECT_EQ(random.block(luck, Key{5}, 3)[0], here);
}

TEST(Random, PopulationMayBeSharedByReplicates) {
  const auto first = [](const Random& random, const sim::Stream& stream) {
    return random.draw(stream, Key{5}, 3)();
  };
  const Random one(1, 0, false), two(1, 1, false);
  EXPECT_EQ(first(one, size), first(two, size));
  EXPECT_NE(first(one, luck), first(two, luck));
  EXPECT_NE(first(Random(1, 0), size), first(Random(1, 1), size));
  EXPECT_NE(first(one, size), first(Random(2, 0, false), size));
}

TEST(Random, EndsAreFinite) {
  const double least = sim::open_uniform(0, 0), most = sim::open_uniform(~0u, ~0u);
  EXPECT_EQ(least, 0x1p-53);
  EXPECT_EQ(most, 1 - 0x1p-53);
  for (double u : {least, most}) {
    EXPECT_TRUE(std::isfinite(sim::log(u)));
    EXPECT_TRUE(std::isfinite(sim::normal_quantile(u)));
    EXPECT_NE(sim::log(u), 0);
  }
  EXPECT_EQ(sim::normal_quantile(least), -sim::normal_quantile(most));
}

TEST(Random, ThresholdIsTheProbability) {
  EXPECT_EQ(sim::threshold(0), 0u);
  EXPECT_EQ(sim::threshold(-1), 0u);
  EXPECT_EQ(sim::threshold(std::nan("")), 0u);
  EXPECT_EQ(sim::threshold(0.25), 1u << 30);
  EXPECT_EQ(sim::threshold(1), 1ull << 32);
  EXPECT_EQ(sim::threshold(2), 1ull << 32);
}

// Fixed seeds, so each of these either always passes or never; 4 standard errors.
TEST(Random, Moments) {
  const int n = 1'000'000;
  const auto near = [&](Moments got, double mean, double variance, double fourth) {
    EXPECT_NEAR(got.mean, mean, 4 * std::sqrt(variance / n));
    EXPECT_NEAR(got.variance, variance, 4 * std::sqrt((fourth - variance * variance) / n));
  };
  near(moments([](Draw& draw) { return draw.uniform(); }, n), 0.5, 1 / 12.0, 1 / 80.0);
  near(moments([](Draw& draw) { return draw.exponential(); }, n), 1, 1, 9);
  near(moments([](Draw& draw) { return draw.normal(); }, n), 0, 1, 3);
  const double p = 0.3, q = 0.7;
  near(moments([&](Draw& draw) { return draw.bernoulli(p) ? 1.0 : 0.0; }, n), p, p * q,
       p * q * (q * q * q + p * p * p));
}

// The second word of a block and the blocks after it are as good as the first; chi-square with
// 5 degrees of freedom, critical value at 1e-4.
TEST(Random, BelowIsUniform) {
  const Random random(11, 0);
  for (int skip : {0, 1, 3, 4, 9}) {
    int counts[6] = {};
    const int n = 60'000;
    for (int i = 0; i < n; ++i) {
      Draw draw = random.draw(luck, Key{static_cast<std::uint64_t>(i)}, 1);
      for (int k = 0; k < skip; ++k) draw();
      ++counts[draw.below(6)];
    }
    double chi_square = 0;
    for (int count : counts) chi_square += (count - n / 6.0) * (count - n / 6.0) / (n / 6.0);
    EXPECT_LT(chi_square, 25.7) << "after " << skip << " words";
  }
}

// Neighbouring keys, weeks and streams share no visible pattern: correlation of uniforms at the
// counters next to each other, 4 standard errors.
TEST(Random, NeighboursAreUncorrelated) {
  const Random random(5, 0);
  const int n = 200'000;
  const auto correlation = [&](auto other) {
    double sum = 0;
    for (int i = 0; i < n; ++i) {
      const Key key{static_cast<std::uint64_t>(i)};
      const double x = random.draw(luck, key, 1).uniform() - 0.5;
      sum += x * (other(key) - 0.5);
    }
    return 12 * sum / n;
  };
  const double limit = 4 / std::sqrt(n);
  EXPECT_LT(std::fabs(correlation(
                [&](Key k) { return random.draw(luck, Key{k.value + 1}, 1).uniform(); })),
            limit);
  EXPECT_LT(std::fabs(correlation([&](Key k) { return random.draw(luck, k, 2).uniform(); })),
            limit);
  EXPECT_LT(std::fabs(correlation([&](Key k) { return random.draw(size, k, 1).uniform(); })),
            limit);
  EXPECT_LT(std::fabs(correlation([&](Key k) { return Random(5, 1).draw(luck, k, 1).uniform(); })),
            limit);
  EXPECT_GT(correlation([&](Key k) { return random.draw(luck, k, 1).uniform(); }), 0.98);
}

TEST(Random, IsABoostEngine) {
  Draw draw = Random(1, 0).draw(luck, Key{1});
  boost::random::uniform_int_distribution<int> die(1, 6);
  for (int i = 0; i < 100; ++i) {
    const int eyes = die(draw);
    ASSERT_TRUE(eyes >= 1 && eyes <= 6);
  }
}
