// SPDX-License-Identifier: Apache-2.0
// SC6: what a landscape is made of, exactly.
#include <gtest/gtest.h>

#include <array>
#include <bit>
#include <cmath>

#include "models/ventures/landscape.h"
#include "tests/models/ventures/luck.h"

namespace {

using namespace ventures;
using namespace ventures_tests;

Landscape land(std::uint64_t key, int attributes, int coupling) {
  return {all_luck, landscape_stream, sim::Key{key}, attributes, coupling};
}

TEST(Ventures, SC6FitnessIsTheMeanContribution) {
  for (const auto& [n, k] : {std::pair{1, 0}, {10, 0}, {10, 3}, {10, 9}, {16, 15}, {16, 5}}) {
    const Landscape one = land(1, n, k);
    const auto table = tabulate(one);
    ASSERT_EQ(table.size(), std::size_t{1} << n);
    for (Form form = 0; form<one.forms(); form += n> 10 ? 997 : 1) {
      double sum = 0;
      for (int i = 0; i < n; ++i) sum += one.contribution(i, form);
      EXPECT_NEAR(one.fitness(form), sum / n, 1e-14);
      EXPECT_EQ(table[form], one.fitness(form));
      for (int i = 0; i < n; ++i)
        EXPECT_NEAR(one.gain(form, i), table[form ^ (Form{1} << i)] - table[form], 1e-14);
    }
  }
}

TEST(Ventures, SC6ContributionsHangOnKOthersAndOnNothingElse) {
  const Landscape one = land(2, 12, 4);
  for (int i = 0; i < 12; ++i) {
    const Form depends = one.depends_on(i);
    EXPECT_EQ(std::popcount(depends), 5);
    EXPECT_TRUE(depends >> i & 1);
    for (int j = 0; j < 12; ++j) {
      EXPECT_EQ(one.affects(j) >> i & 1, depends >> j & 1);
      const bool moves = one.contribution(i, 0x5a5) != one.contribution(i, 0x5a5 ^ (1u << j));
      EXPECT_EQ(moves, depends >> j & 1);
    }
  }
}

TEST(Ventures, SC6NeighboursAreAnyOthers) {
  std::array<std::array<Mean, 6>, 6> neighbour;
  for (std::uint64_t key = 0; key < 64'000; ++key) {
    const Landscape one = land(key, 6, 2);
    for (std::size_t i = 0; i < 6; ++i)
      for (std::size_t j = 0; j < 6; ++j)
        neighbour[i][j].add(one.depends_on(static_cast<int>(i)) >> j & 1);
  }
  for (std::size_t i = 0; i < 6; ++i)
    for (std::size_t j = 0; j < 6; ++j)
      if (i == j)
        EXPECT_EQ(neighbour[i][j].mean(), 1);
      else
        expect_exact(neighbour[i][j], .4, "K / (N - 1)");
}

TEST(Ventures, SC6ContributionsAreUniformAndTheKeysOwn) {
  Mean first, second, across_keys, across_attributes, across_forms;
  for (std::uint64_t key = 0; key < 4'000; ++key) {
    const Landscape one = land(key, 10, 9), other = land(key + 1'000'000, 10, 9);
    for (Form form = 0; form < 10; ++form) {
      const int i = static_cast<int>(form);
      const double x = one.contribution(i, form) - .5;
      first.add(x + .5);
      second.add(x * x);
      across_keys.add(x * (other.contribution(i, form) - .5));
      across_attributes.add(x * (one.contribution((i + 1) % 10, form) - .5));
      across_forms.add(x * (one.contribution(i, form + 1) - .5));
    }
    EXPECT_EQ(one.fitness(77), land(key, 10, 9).fitness(77));
  }
  expect_exact(first, .5, "mean");
  expect_exact(second, 1. / 12, "variance");
  for (const Mean& product : {across_keys, across_attributes, across_forms})
    EXPECT_NEAR(product.mean(), 0, 4 * product.error());
}

// A shock changes what it is said to change, to something new each time, and the same in two arms.
TEST(Ventures, SC25ARedrawChangesTheseAttributesOnly) {
  const Landscape before = land(3, 10, 3);
  Landscape once = before, twice = before, other = before;
  once.redraw(0b101);
  twice.redraw(0b101);
  twice.redraw(0b100);
  other.redraw(0b111 << 20 | 0b101);  // attributes that do not exist
  Mean product;
  for (Form form = 0; form < before.forms(); ++form)
    for (int i = 0; i < 10; ++i) {
      EXPECT_EQ(before.depends_on(i), once.depends_on(i));
      const bool redrawn = i == 0 || i == 2;
      EXPECT_EQ(once.contribution(i, form) != before.contribution(i, form), redrawn);
      EXPECT_EQ(twice.contribution(i, form) != once.contribution(i, form), i == 2);
      EXPECT_EQ(other.contribution(i, form), once.contribution(i, form));
    }
  EXPECT_EQ(once.redraws(0), 1u);
  EXPECT_EQ(twice.redraws(2), 2u);
  EXPECT_EQ(once.redraws(1), 0u);
  for (std::uint64_t key = 0; key < 40'000; ++key) {
    Landscape one = land(key, 10, 3);
    const double x = one.contribution(4, 99) - .5;
    one.redraw(1 << 4);
    product.add(x * (one.contribution(4, 99) - .5));
  }
  EXPECT_NEAR(product.mean(), 0, 4 * product.error());
}

TEST(Ventures, SC6SearchKeepsWhatIsBetter) {
  const Landscape one = land(4, 10, 4);
  sim::Draw draw = luck(1);
  Form form = any_form(one, draw);
  double fitness = one.fitness(form);
  int kept = 0, left = 0;
  for (int i = 0; i < 300; ++i) {
    const int attribute = static_cast<int>(draw.below(10));
    const Form turned = form ^ (Form{1} << attribute), other = any_form(one, draw);
    const Form by_flip = tried_flip(one, form, attribute);
    EXPECT_EQ(by_flip, one.fitness(turned) > fitness ? turned : form);
    const Form by_jump = tried_jump(one, by_flip, other);
    EXPECT_EQ(by_jump, one.fitness(other) > one.fitness(by_flip) ? other : by_flip);
    (by_jump == form ? left : kept)++;
    EXPECT_GE(one.fitness(by_jump), fitness);
    form = by_jump;
    fitness = one.fitness(form);
  }
  EXPECT_GT(kept, 3);
  EXPECT_GT(left, 200);
}

// Forms one flip apart are alike in 1 - (K + 1) / N of what they are.
TEST(Ventures, SC6OneFlipLeavesTheRest) {
  for (const int k : {0, 2, 5, 8}) {
    Mean product, square;
    for (std::uint64_t key = 0; key < 15'000; ++key) {
      const Landscape one = land(key, 10, k);
      const double x = one.fitness(0) - .5;
      square.add(x * x);
      for (int i = 0; i < 10; ++i) product.add(x * (x + one.gain(0, i)) * 120);
    }
    EXPECT_NEAR(square.mean(), 1. / 120, 4 * square.error());
    EXPECT_NEAR(product.mean(), 1 - (k + 1) / 10., 4 * std::sqrt(10.) * product.error()) << k;
  }
}

TEST(Ventures, SC6OptimaOfATable) {
  constexpr std::array fitness{.1, .5, .6, .2, .3, .1, .7, .9};  // by three bits
  EXPECT_EQ(count_optima(fitness), 2u);
  EXPECT_TRUE(is_optimum(fitness, 1));   // .5 against .1, .2 and .1
  EXPECT_FALSE(is_optimum(fitness, 2));  // .6 against .7 of form 6
  EXPECT_EQ(best_form(fitness), 7u);
}

}  // namespace
