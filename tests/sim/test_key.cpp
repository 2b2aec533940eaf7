// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include <unordered_set>

#include "sim/key.h"

using sim::Key;

TEST(Key, LineageAloneDecides) {
  constexpr Key kind = sim::named("need"), account = sim::named("account");
  static_assert(sim::child(kind, account, 3) == sim::child(kind, account, 3));
  EXPECT_NE(sim::child(kind, account, 3), sim::child(kind, account, 4));
  EXPECT_NE(sim::child(kind, account, 3), sim::child(sim::named("rep"), account, 3));
  EXPECT_NE(sim::pair(kind, account), sim::pair(account, kind));
}

TEST(Key, NoDuplicatesAmongAMillionLineages) {
  std::unordered_set<std::uint64_t> seen;
  const Key root = sim::named("world");
  for (std::uint64_t kind = 0; kind < 4; ++kind)
    for (std::uint64_t parent = 0; parent < 500; ++parent)
      for (std::uint64_t ordinal = 0; ordinal < 500; ++ordinal)
        seen.insert(sim::child(Key{kind}, sim::child(Key{7}, root, parent), ordinal).value);
  EXPECT_EQ(seen.size(), 4u * 500 * 500);
}
