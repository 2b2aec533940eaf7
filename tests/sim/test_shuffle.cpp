// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <map>
#include <numeric>

#include "sim/shuffle.h"

namespace {

constexpr sim::Stream order{16, "order", "population", "tests"};

sim::Draw draw(int week) { return sim::Random(1, 0).draw(order, sim::named("everybody"), week); }

double chi_square(const std::vector<int>& counts) {
  const double expected =
      std::accumulate(counts.begin(), counts.end(), 0.0) / static_cast<double>(counts.size());
  double sum = 0;
  for (const int count : counts) sum += (count - expected) * (count - expected) / expected;
  return sum;
}

void expect_uniform(const std::vector<int>& counts) {
  const double freedom = static_cast<double>(counts.size()) - 1;
  EXPECT_LT(chi_square(counts), freedom + 5 * std::sqrt(2 * freedom));
}

// 20,000 rows take the way through buckets, 16,384 rows and fewer the plain one.
TEST(Shuffle, IsAPermutationThatTheDrawAloneDecides) {
  sim::Shuffle shuffle, again;
  for (const std::uint32_t rows : {0u, 1u, 2u, 1000u, 16'384u, 16'385u, 20'000u, 100'003u}) {
    const auto first = shuffle.order(rows, draw(1));
    std::vector<std::uint32_t> sorted(first.begin(), first.end());
    std::sort(sorted.begin(), sorted.end());
    for (std::uint32_t i = 0; i < rows; ++i) ASSERT_EQ(sorted[i], i);
    const auto second = again.order(rows, draw(1));
    EXPECT_TRUE(std::equal(first.begin(), first.end(), second.begin(), second.end()));
    if (rows >= 1000) {
      const auto third = again.order(rows, draw(2));
      EXPECT_FALSE(std::equal(first.begin(), first.end(), third.begin(), third.end()));
    }
  }
}

TEST(Shuffle, AllOrdersOfFourAreEquallyLikely) {
  sim::Shuffle shuffle;
  std::map<std::vector<std::uint32_t>, int> seen;
  for (int week = 0; week < 24'000; ++week) {
    const auto list = shuffle.order(4, draw(week));
    ++seen[{list.begin(), list.end()}];
  }
  ASSERT_EQ(seen.size(), 24u);
  std::vector<int> counts;
  for (const auto& [list, count] : seen) counts.push_back(count);
  expect_uniform(counts);
}

// On the way through buckets: where three marked rows end is uniform, and so is the order of each
// two of them (neighbours at the start, so a bucket's own shuffle is tested too).
TEST(Shuffle, LargeOrdersPlaceRowsUniformly) {
  constexpr std::uint32_t rows = 20'000;
  constexpr std::array<std::uint32_t, 3> marked{0, 1, rows - 1};
  constexpr std::size_t bins = 40;
  sim::Shuffle shuffle;
  std::vector<std::vector<int>> places(3, std::vector<int>(bins));
  std::vector<int> orders(6);
  for (int week = 0; week < 1'500; ++week) {
    const auto list = shuffle.order(rows, draw(week));
    std::array<std::size_t, 3> at{};
    for (std::size_t i = 0; i < rows; ++i)
      for (std::size_t m = 0; m < 3; ++m)
        if (list[i] == marked[m]) at[m] = i;
    for (std::size_t m = 0; m < 3; ++m) ++places[m][at[m] * bins / rows];
    const int which = (at[0] < at[1]) + 2 * ((at[0] < at[2]) + (at[1] < at[2]));
    ++orders[static_cast<std::size_t>(which)];
  }
  for (const auto& counts : places) expect_uniform(counts);
  // Of three, each of the six orders: 0<1<2 is 1+4, 1<0<2 is 0+4, and so on.
  expect_uniform(orders);
}

}  // namespace
