// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include "sim/table.h"
#include "sim/wide_column.h"

namespace {

struct Inner;
struct Wide : sim::Table<Wide> {
  Column<int> one;
  sim::WideColumn<Wide, Inner, int> three;
  static constexpr auto columns = sim::Pack{&Wide::one, &Wide::three};
};

// Ten rows; figure j of row i is 10 i + j.
Wide ten() {
  Wide table;
  table.three.widen(3);
  for (std::size_t i = 0; i < 10; ++i) {
    const Wide::Id row = table.add(sim::child(sim::named("row"), sim::named("ten"), i));
    table.one[row] = static_cast<int>(i);
    for (std::size_t j = 0; j < 3; ++j)
      table.three(row, sim::Id<Inner>(j)) = static_cast<int>(10 * i + j);
  }
  return table;
}

TEST(WideColumn, KeepsItsRowsTogetherWhenOthersGo) {
  Wide table = ten();
  for (const std::size_t gone : {0u, 3u, 4u, 9u}) table.retire(Wide::Id(gone));
  table.compact();
  table.verify();
  ASSERT_EQ(table.size(), 6u);
  for (std::size_t row = 0; row < table.size(); ++row)
    for (std::size_t j = 0; j < 3; ++j)
      EXPECT_EQ(table.three.of(Wide::Id(row))[j],
                10 * table.one[Wide::Id(row)] + static_cast<int>(j));
}

TEST(WideColumn, StartsAtZeroAndIsWidenedOnlyWhileEmpty) {
  Wide table = ten();
  const Wide::Id row = table.add(sim::named("fresh"));
  for (const int figure : table.three.of(row)) EXPECT_EQ(figure, 0);
  EXPECT_ANY_THROW(table.three.widen(4));
}

TEST(WideColumn, MovesRowsInAnyOrder) {
  Wide table = ten();
  const std::vector<std::uint32_t> order{7, 2, 5};
  table.three.arrange(order);
  ASSERT_EQ(table.three.size(), 3u);
  EXPECT_EQ(table.three(Wide::Id(1), sim::Id<Inner>(2)), 22);
}

}  // namespace
