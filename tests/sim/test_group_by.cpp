// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>
#include <rapidcheck.h>

#include <random>

#include "sim/group_by.h"

namespace {

struct Shops : sim::Table<Shops> {
  Column<std::int64_t> dummy;
  static constexpr auto columns = sim::Pack{&Shops::dummy};
};
struct People : sim::Table<People> {
  Column<Shops::Id> shop;
  Column<double> budget;
  Column<std::int64_t> units;
  static constexpr auto columns = sim::Pack{&People::shop, &People::budget, &People::units};
};

constexpr std::size_t shops = 7;

// People number 0..people-1 in the given order of birth; budgets of very unequal size, so that any
// other order of adding up shows in the last bits.
People town(const std::vector<std::uint64_t>& order_of_birth) {
  People people;
  for (const std::uint64_t n : order_of_birth) {
    const People::Id id = people.add(sim::child(sim::named("person"), {}, n));
    std::mt19937_64 luck(n);
    people.shop[id] = n % 5 == 4 ? Shops::Id::none() : Shops::Id(luck() % shops);
    people.budget[id] =
        std::ldexp(static_cast<double>(luck() >> 11), static_cast<int>(luck() % 60));
    people.units[id] = static_cast<std::int64_t>(luck() % 1000);
  }
  return people;
}

std::vector<double> sums(const People& people) {
  sim::Groups<People, Shops> groups;
  groups.assign(people, people.shop, shops);
  std::vector<double> sums(shops);
  for (std::size_t shop = 0; shop < shops; ++shop)
    for (const People::Id id : groups[Shops::Id(shop)]) sums[shop] += people.budget[id];
  return sums;
}

// The same in order of rows: what group_by must not do.
std::vector<double> sums_by_row(const People& people) {
  std::vector<double> sums(shops);
  for (std::size_t row = 0; row < people.size(); ++row)
    if (const People::Id id(row); people.alive(id) && people.shop[id])
      sums[people.shop[id].index()] += people.budget[id];
  return sums;
}

std::vector<std::uint64_t> numbers(std::size_t count) {
  std::vector<std::uint64_t> list(count);
  std::iota(list.begin(), list.end(), 0);
  return list;
}

TEST(GroupBy, ListsTheLivingChoosersOnce) {
  People people = town(numbers(100));
  people.retire(People::Id(10));
  sim::Groups<People, Shops> groups;
  groups.assign(people, people.shop, shops);
  std::vector<int> seen(100);
  for (std::size_t shop = 0; shop < shops; ++shop)
    for (const People::Id id : groups[Shops::Id(shop)]) {
      ++seen[id.index()];
      EXPECT_EQ(people.shop[id], Shops::Id(shop));
    }
  for (std::size_t row = 0; row < 100; ++row)
    EXPECT_EQ(seen[row], row != 10 && people.shop[People::Id(row)] ? 1 : 0);
}

// Births elsewhere, deaths, compaction and another order of birth: the same bits. The sabotaged
// twin, which adds up by row, must differ, or this test would prove nothing.
TEST(GroupBy, NeitherOrderOfBirthNorCompactionChangesASum) {
  std::vector<std::uint64_t> order = numbers(2000);
  const People plain = town(order);
  std::mt19937_64 luck(1);
  std::shuffle(order.begin(), order.end(), luck);
  for (std::uint64_t stranger = 5000; stranger < 5400; ++stranger)
    order.insert(order.begin() + static_cast<std::ptrdiff_t>(luck() % order.size()), stranger);
  People moved = town(order);
  for (std::size_t row = 0; row < moved.size(); ++row)
    if (order[row] >= 5000) moved.retire(People::Id(row));
  const auto before = sums(moved), before_by_row = sums_by_row(moved);
  moved.compact();
  EXPECT_EQ(sums(moved), sums(plain));
  EXPECT_EQ(before, sums(plain));
  EXPECT_NE(sums_by_row(moved), sums_by_row(plain));
  EXPECT_EQ(before_by_row, sums_by_row(moved));
}

TEST(GroupBy, AnyHistoryGivesTheSumsOfTheSurvivors) {
  EXPECT_TRUE(rc::check([](const std::vector<std::uint8_t>& history) {
    People people;
    std::vector<std::uint64_t> alive;
    std::uint64_t born = 0;
    for (const std::uint8_t action : history) {
      if (action % 8 == 7) people.compact();
      if (action % 8 < 5) {
        const People fresh = town({born});
        const People::Id id = people.add(fresh.key(People::Id(0)));
        people.shop[id] = fresh.shop[People::Id(0)];
        people.budget[id] = fresh.budget[People::Id(0)];
        alive.push_back(born++);
      } else if (!alive.empty()) {
        const auto key = sim::child(sim::named("person"), {}, alive[action % alive.size()]);
        alive.erase(alive.begin() + static_cast<std::ptrdiff_t>(action % alive.size()));
        for (std::size_t row = 0; row < people.size(); ++row)
          if (people.key(People::Id(row)) == key) people.retire(People::Id(row));
      }
    }
    RC_ASSERT(sums(people) == sums(town(alive)));
  }));
}

// Large enough that several threads take the bucketed way.
TEST(GroupBy, IntegerSumsAreTheSameForAnyNumberOfThreads) {
  People people = town(numbers(100'000));
  for (std::size_t row = 0; row < people.size(); row += 9) people.retire(People::Id(row));
  std::vector<std::int64_t> expected(shops);
  for (std::size_t row = 0; row < people.size(); ++row)
    if (const People::Id id(row); people.alive(id) && people.shop[id])
      expected[people.shop[id].index()] += people.units[id];
  for (const unsigned threads : {1u, 2u, 3u, 16u}) {
    const sim::Workers workers(threads);
    std::vector<std::int64_t> total(shops);
    sim::sum_by<People, Shops>(workers, people, people.shop, people.units, total);
    EXPECT_EQ(total, expected) << threads;
  }
}

TEST(GroupBy, CountsMembers) {
  People people = town(numbers(70'001));
  for (std::size_t row = 0; row < people.size(); row += 9) people.retire(People::Id(row));
  std::vector<std::int32_t> expected(shops);
  for (std::size_t row = 0; row < people.size(); ++row)
    if (const People::Id id(row); people.alive(id) && people.shop[id])
      ++expected[people.shop[id].index()];
  sim::Sums<People, Shops> sums;
  for (const unsigned threads : {1u, 2u, 5u}) {
    std::vector<std::int32_t> total(shops);
    sums.add(sim::Workers(threads), people, people.shop, decltype(sums)::One{}, std::span(total));
    EXPECT_EQ(total, expected) << threads;
  }
}

TEST(GroupBy, ManyGroupsAndNoneAtAll) {
  constexpr std::size_t groups = 90'001;
  People people = town(numbers(70'000));
  for (std::size_t row = 0; row < people.size(); ++row)
    people.shop[People::Id(row)] =
        row % 3 == 0 ? Shops::Id::none() : Shops::Id(row * 7919 % groups);
  std::vector<std::int64_t> expected(groups);
  for (std::size_t row = 0; row < people.size(); ++row)
    if (row % 3 != 0) expected[row * 7919 % groups] += people.units[People::Id(row)];
  sim::Sums<People, Shops> sums;
  for (const unsigned threads : {1u, 4u}) {
    const sim::Workers workers(threads);
    std::vector<std::int64_t> total(groups), nothing;
    const auto units = [&](People::Id id) { return people.units[id]; };
    sums.add(workers, people, people.shop, units, std::span(total));
    EXPECT_EQ(total, expected) << threads;
    people.shop.fill(Shops::Id::none());
    sums.add(workers, people, people.shop, units, std::span(nothing));
    sums.add(workers, people, people.shop, units, std::span(total));
    EXPECT_EQ(total, expected) << threads;
    for (std::size_t row = 0; row < people.size(); ++row)
      if (row % 3 != 0) people.shop[People::Id(row)] = Shops::Id(row * 7919 % groups);
  }
}

}  // namespace
