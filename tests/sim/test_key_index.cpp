// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>
#include <rapidcheck.h>

#include <algorithm>
#include <map>
#include <vector>

#include "sim/key_index.h"

using sim::Key;
using sim::KeyIndex;

// Few distinct keys of every awkward kind (small numbers, multiples of large powers of two), so
// that long runs, wrap-around and erasure within runs all happen.
TEST(KeyIndexProperty, AgreesWithAMap) {
  EXPECT_TRUE(rc::check([] {
    std::vector<Key> keys;
    for (std::uint64_t i = 0; i < 40; ++i) {
      keys.push_back({i});
      keys.push_back({i << 58});
      keys.push_back({sim::mix64(i)});
    }
    std::sort(keys.begin(), keys.end());
    keys.erase(std::unique(keys.begin(), keys.end()), keys.end());
    const auto key_of = [&](std::uint32_t row) { return keys[row]; };
    KeyIndex index;
    std::map<Key, std::uint32_t> reference;
    const int steps = *rc::gen::inRange(0, 400);
    for (int step = 0; step < steps; ++step) {
      const auto row = *rc::gen::inRange<std::uint32_t>(0, static_cast<std::uint32_t>(keys.size()));
      const bool present = reference.contains(keys[row]);
      RC_ASSERT(index.find(keys[row], key_of) == (present ? row : KeyIndex::none));
      if (present) {
        RC_ASSERT(index.erase(keys[row], key_of) == row);
        reference.erase(keys[row]);
      } else {
        RC_ASSERT(index.erase(keys[row], key_of) == KeyIndex::none);
        index.insert(row, key_of);
        reference[keys[row]] = row;
      }
      RC_ASSERT(index.size() == reference.size());
    }
    for (std::uint32_t row = 0; row < keys.size(); ++row)
      RC_ASSERT((index.find(keys[row], key_of) == row) == reference.contains(keys[row]));
  }));
}

TEST(KeyIndex, ReservedRoomIsEnough) {
  std::vector<Key> keys;
  for (std::uint64_t i = 0; i < 1000; ++i) keys.push_back({i << 40});
  const auto key_of = [&](std::uint32_t row) { return keys[row]; };
  KeyIndex index;
  index.reserve(1000, key_of);
  const auto bytes = index.bytes();
  for (std::uint32_t row = 0; row < 1000; ++row) index.insert(row, key_of);
  EXPECT_EQ(index.bytes(), bytes);
  for (std::uint32_t row = 0; row < 1000; ++row) EXPECT_EQ(index.find(keys[row], key_of), row);
  index.clear();
  EXPECT_EQ(index.find(keys[0], key_of), KeyIndex::none);
}
