// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include <algorithm>
#include <random>
#include <vector>

#include "sim/lanes.h"
#include "sim/scratch.h"

namespace {

constexpr std::size_t places = 20;

TEST(Lanes, BestIsTheLargestOfEachRow) {
  std::mt19937 any(1);
  std::uniform_real_distribution<float> number(0, 1000);
  for (int round = 0; round < 200; ++round) {
    std::vector<float> rows(sim::lanes * places);
    for (float& x : rows) x = round % 10 == 0 ? 0 : number(any);
    sim::Best<places> best([&](std::size_t, std::size_t at) { return sim::load(rows.data(), at); });
    for (int times = 0; times < 10; ++times) {
      const sim::Places at = best.largest();
      std::vector<float> next;
      for (std::size_t row = 0; row < sim::lanes; ++row) {
        const auto begin = rows.begin() + static_cast<std::ptrdiff_t>(row * places);
        const float largest = *std::max_element(begin, begin + places);
        ASSERT_EQ(at[row] / places, row);
        ASSERT_GE(rows[at[row]], largest * (1 - 4e-6f));
        next.push_back(number(any));
        rows[at[row]] = next.back();
      }
      best.replace_largest(sim::load(next.data()));
    }
  }
}

TEST(Lanes, OfEqualNumbersTheLastWins) {
  const std::vector<float> rows(sim::lanes * places, 3);
  const sim::Best<places> best(
      [&](std::size_t, std::size_t at) { return sim::load(rows.data(), at); });
  for (std::size_t row = 0; row < sim::lanes; ++row)
    EXPECT_EQ(best.largest()[row], row * places + places - 1);
}

TEST(Lanes, LoadAndStore) {
  const std::int32_t whole[] = {-5, 1 << 24, 7, 0, 9};
  const std::uint8_t small[] = {0, 1, 255, 128, 3};
  const double real[] = {0.5, -2, 1e10, 3};
  for (std::size_t i = 0; i < sim::lanes; ++i) {
    EXPECT_EQ(sim::lane(sim::load(whole, 1), i), static_cast<float>(whole[i + 1]));
    EXPECT_EQ(sim::lane(sim::load(small, 1), i), small[i + 1]);
    EXPECT_EQ(sim::lane(sim::load(real), i), static_cast<float>(real[i]));
  }
  const sim::Places at{4, 0, 3, 2};
  float to[5] = {};
  sim::store(sim::load(whole, at), to, at);
  EXPECT_EQ(std::vector<float>(to, to + 5), (std::vector<float>{-5, 0, 7, 0, 9}));
}

TEST(Scratch, KeepsWhatHeld) {
  sim::Scratch<int, 11> even;
  for (int i = 0; i < 20; ++i) even.push_if(i % 2 == 0, i);
  EXPECT_EQ(std::vector<int>(even.begin(), even.end()),
            (std::vector<int>{0, 2, 4, 6, 8, 10, 12, 14, 16, 18}));
  even.clear();
  EXPECT_TRUE(even.empty());
}

}  // namespace
