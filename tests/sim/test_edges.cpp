// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>
#include <rapidcheck.h>

#include <algorithm>
#include <map>
#include <random>
#include <utility>
#include <vector>

#include "sim/edges.h"
#include "sim/group_by.h"

using sim::Id;
using sim::Key;

namespace {

struct Firms : sim::Table<Firms> {
  Column<double> revenue;
  static constexpr auto columns = sim::Pack{&Firms::revenue};
};

struct Accounts : sim::Table<Accounts> {
  Column<std::int64_t> value;
  static constexpr auto columns = sim::Pack{&Accounts::value};
};

struct Partnerships : sim::Edges<Partnerships, Firms, Firms> {
  Column<double> trust;
  static constexpr auto columns = sim::Pack{&Partnerships::trust};
};

struct Sales : sim::Edges<Sales, Firms, Accounts> {
  Column<std::int64_t> hours;
  static constexpr auto columns = sim::Pack{&Sales::hours};
};

Key firm_key(std::uint64_t i) { return sim::child(sim::named("firm"), Key{1}, i); }
Key account_key(std::uint64_t i) { return sim::child(sim::named("account"), Key{1}, i); }

struct World {
  Firms firms;
  Accounts accounts;
  Sales sales;

  Id<Firms> firm(std::uint64_t i) const { return row_of(firms, firm_key(i)); }
  Id<Accounts> account(std::uint64_t i) const { return row_of(accounts, account_key(i)); }

  template <class Table>
  static Id<Table> row_of(const Table& table, Key key) {
    for (std::uint32_t row = 0; row < table.size(); ++row)
      if (table.alive(Id<Table>(row)) && table.key(Id<Table>(row)) == key) return Id<Table>(row);
    return Id<Table>::none();
  }
};

using Facts = std::map<std::pair<Key, Key>, std::int64_t>;

// Everything of() shows, row by row in the order of the firms' keys.
std::vector<std::pair<std::pair<Key, Key>, std::int64_t>> listed(const World& w) {
  std::vector<std::pair<std::pair<Key, Key>, std::int64_t>> out;
  for (const std::uint32_t row : w.firms.by_key())
    for (const auto edge : w.sales.of(Id<Firms>(row)))
      out.push_back({{w.firms.key(w.sales.from[edge]), w.accounts.key(w.sales.to[edge])},
                     w.sales.hours[edge]});
  return out;
}

}  // namespace

TEST(Edges, ListsTheEdgesOfARowInOrderOfTheOtherEnd) {
  Firms firms;
  Partnerships partnerships;
  const auto a = firms.add(Key{50}), b = firms.add(Key{10}), c = firms.add(Key{30});
  partnerships.trust[partnerships.add(firms, a, firms, c)] = 0.3;
  partnerships.trust[partnerships.add(firms, a, firms, b)] = 0.1;
  partnerships.trust[partnerships.add(firms, b, firms, a)] = 0.5;
  partnerships.rebuild(firms, firms);
  partnerships.verify(firms, firms);
  ASSERT_EQ(partnerships.of(a).size(), 2u);
  EXPECT_EQ(partnerships.to[partnerships.of(a)[0]], b);
  EXPECT_EQ(partnerships.trust[partnerships.of(a)[0]], 0.1);
  EXPECT_EQ(partnerships.to[partnerships.of(a)[1]], c);
  EXPECT_EQ(partnerships.of(b).size(), 1u);
  EXPECT_TRUE(partnerships.of(c).empty());
  const auto edge = partnerships.find(Key{50}, Key{30});
  EXPECT_EQ(partnerships.trust[edge], 0.3);
  EXPECT_EQ(partnerships.key(edge), sim::pair(Key{50}, Key{30}));
  EXPECT_FALSE(partnerships.find(Key{30}, Key{50}));
}

TEST(Edges, AnEndedRelationMayBeginAnewWithBlankFacts) {
  Firms firms;
  Partnerships partnerships;
  const auto a = firms.add(Key{1}), b = firms.add(Key{2});
  const auto first = partnerships.add(firms, a, firms, b);
  partnerships.trust[first] = 0.9;
  partnerships.retire(first);
  EXPECT_FALSE(partnerships.find(Key{1}, Key{2}));
  const auto second = partnerships.add(firms, a, firms, b);
  EXPECT_EQ(partnerships.find(Key{1}, Key{2}), second);
  EXPECT_EQ(partnerships.trust[second], 0.0);
  EXPECT_EQ(partnerships.key(second), sim::pair(Key{1}, Key{2}));
  partnerships.rebuild(firms, firms);
  partnerships.verify(firms, firms);
  EXPECT_EQ(partnerships.living(), 1u);
  partnerships.compact(firms, firms);
  partnerships.verify(firms, firms);
  EXPECT_EQ(partnerships.size(), 1u);
}

TEST(Edges, DieWithEitherEndAndFollowRowsThatMove) {
  Firms firms;
  Partnerships partnerships;
  std::vector<Id<Firms>> rows;
  for (std::uint64_t i = 0; i < 6; ++i) rows.push_back(firms.add(firm_key(i)));
  for (std::size_t i = 0; i < 6; ++i)
    for (std::size_t j = 0; j < 6; ++j)
      if (i != j)
        partnerships.trust[partnerships.add(firms, rows[i], firms, rows[j])] =
            static_cast<double>(10 * i + j);
  firms.retire(rows[0]);
  firms.retire(rows[3]);
  partnerships.rebuild(firms, firms);
  EXPECT_EQ(partnerships.living(), 4u * 3u);
  const auto moved = firms.compact();
  partnerships.from_moved(moved);
  partnerships.to_moved(moved);
  partnerships.rebuild(firms, firms);
  partnerships.verify(firms, firms);
  EXPECT_EQ(partnerships.living(), 4u * 3u);
  for (std::size_t i : {1, 2, 4, 5})
    for (std::size_t j : {1, 2, 4, 5}) {
      if (i == j) continue;
      const auto edge = partnerships.find(firm_key(i), firm_key(j));
      EXPECT_EQ(partnerships.trust[edge], static_cast<double>(10 * i + j));
    }
}

TEST(Edges, MovedRowsAloneDropEdgesWhoseEndIsGone) {
  World w;
  for (std::uint64_t i = 0; i < 4; ++i) w.firms.add(firm_key(i));
  for (std::uint64_t i = 0; i < 4; ++i) w.accounts.add(account_key(i));
  for (std::uint64_t i = 0; i < 4; ++i)
    w.sales.hours[w.sales.add(w.firms, w.firm(i), w.accounts, w.account(i))] =
        static_cast<std::int64_t>(i);
  w.firms.retire(w.firm(1));
  w.accounts.retire(w.account(2));
  w.sales.from_moved(w.firms.compact());
  w.sales.to_moved(w.accounts.compact());
  w.sales.rebuild(w.firms, w.accounts);
  w.sales.verify(w.firms, w.accounts);
  EXPECT_EQ(w.sales.living(), 2u);
  EXPECT_EQ(w.sales.hours[w.sales.find(firm_key(3), account_key(3))], 3);
}

TEST(Edges, CompactSortsTheRowsAndGivesTheMap) {
  World w;
  std::vector<std::pair<std::uint64_t, std::uint64_t>> pairs;
  for (std::uint64_t i = 0; i < 20; ++i) w.firms.add(firm_key(i));
  for (std::uint64_t i = 0; i < 50; ++i) w.accounts.add(account_key(i));
  for (std::uint64_t i = 0; i < 20; ++i)
    for (std::uint64_t j = i % 3; j < 50; j += 3) pairs.emplace_back(i, j);
  std::shuffle(pairs.begin(), pairs.end(), std::mt19937(5));
  for (auto [i, j] : pairs)
    w.sales.hours[w.sales.add(w.firms, w.firm(i), w.accounts, w.account(j))] =
        static_cast<std::int64_t>(100 * i + j);
  const auto gone = w.sales.find(firm_key(4), account_key(1));
  const auto kept = w.sales.find(firm_key(4), account_key(4));
  w.sales.retire(gone);
  const auto moved = w.sales.compact(w.firms, w.accounts);
  w.sales.verify(w.firms, w.accounts);
  EXPECT_FALSE(moved[gone.index()]);
  EXPECT_EQ(moved[kept.index()], w.sales.find(firm_key(4), account_key(4)));
  EXPECT_EQ(w.sales.hours[moved[kept.index()]], 404);
  EXPECT_EQ(w.sales.size(), pairs.size() - 1);
  std::uint32_t row = 0;
  for (const std::uint32_t firm : w.firms.by_key())
    for (const auto edge : w.sales.of(Id<Firms>(firm))) EXPECT_EQ(edge.index(), row++);
  EXPECT_EQ(row, w.sales.size());
}

TEST(Edges, ServeGroupByInTheOtherDirection) {
  World w;
  for (std::uint64_t i = 0; i < 9; ++i) w.firms.add(firm_key(i));
  w.accounts.add(account_key(0));
  w.accounts.add(account_key(1));
  for (std::uint64_t i = 0; i < 9; ++i)
    w.sales.add(w.firms, w.firm(i), w.accounts, w.account(i % 2));
  const auto sellers = sim::group_by(w.sales, w.sales.to, w.accounts);
  EXPECT_EQ(sellers[w.account(0)].size(), 5u);
  EXPECT_EQ(sellers[w.account(1)].size(), 4u);
}

TEST(Edges, ARowBornSinceTheRebuildHasNone) {
  World w;
  w.firms.add(firm_key(0));
  w.accounts.add(account_key(0));
  w.sales.add(w.firms, w.firm(0), w.accounts, w.account(0));
  w.sales.rebuild(w.firms, w.accounts);
  const auto born = w.firms.add(firm_key(1));
  EXPECT_TRUE(w.sales.of(born).empty());
}

// The same relations through another history of births and compactions: of() shows the same.
TEST(EdgesProperty, HistoryNeverShows) {
  EXPECT_TRUE(rc::check([] {
    std::vector<std::pair<std::uint64_t, std::uint64_t>> pairs;
    for (std::uint64_t i = 0; i < 6; ++i)
      for (std::uint64_t j = 0; j < 6; ++j)
        if (*rc::gen::inRange(0, 2) == 0) pairs.emplace_back(i, j);
    const auto build = [&](unsigned seed) {
      World w;
      std::mt19937 random(seed);
      std::vector<std::uint64_t> order{0, 1, 2, 3, 4, 5};
      std::shuffle(order.begin(), order.end(), random);
      for (auto i : order) w.firms.add(firm_key(i));
      std::shuffle(order.begin(), order.end(), random);
      for (auto i : order) w.accounts.add(account_key(i));
      auto shuffled = pairs;
      std::shuffle(shuffled.begin(), shuffled.end(), random);
      for (auto [i, j] : shuffled) {
        w.sales.hours[w.sales.add(w.firms, w.firm(i), w.accounts, w.account(j))] =
            static_cast<std::int64_t>(10 * i + j);
        if (random() % 8 == 0) w.sales.compact(w.firms, w.accounts);
      }
      w.sales.rebuild(w.firms, w.accounts);
      w.sales.verify(w.firms, w.accounts);
      return listed(w);
    };
    const auto expected = build(*rc::gen::arbitrary<unsigned>());
    RC_ASSERT(expected.size() == pairs.size());
    RC_ASSERT(build(*rc::gen::arbitrary<unsigned>()) == expected);
  }));
}

// Any history of additions, retirements at edges and ends, and compactions agrees with a map from
// pairs of keys to facts: the facts travel with the edge.
TEST(EdgesProperty, AgreeWithAMap) {
  EXPECT_TRUE(rc::check([] {
    World w;
    Facts facts;
    std::uint64_t firms = 0, accounts = 0;
    std::int64_t stamp = 0;
    for (; firms < 5; ++firms) w.firms.add(firm_key(firms));
    for (; accounts < 5; ++accounts) w.accounts.add(account_key(accounts));
    const int steps = *rc::gen::inRange(0, 120);
    for (int step = 0; step < steps; ++step) {
      const auto i = *rc::gen::inRange<std::uint64_t>(0, firms);
      const auto j = *rc::gen::inRange<std::uint64_t>(0, accounts);
      const auto firm = w.firm(i);
      const auto account = w.account(j);
      const std::pair pair{firm_key(i), account_key(j)};
      const auto end_with = [&](auto ended) {
        std::erase_if(facts, [&](const auto& fact) { return ended(fact.first); });
      };
      switch (*rc::gen::inRange(0, 10)) {
        case 0:
          w.firms.add(firm_key(firms++));
          break;
        case 1:
          if (!firm) break;
          w.firms.retire(firm);
          end_with([&](const auto& ends) { return ends.first == pair.first; });
          break;
        case 2:
          if (!account) break;
          w.accounts.retire(account);
          w.accounts.add(account_key(accounts++));
          end_with([&](const auto& ends) { return ends.second == pair.second; });
          break;
        case 3:
          w.sales.from_moved(w.firms.compact());
          w.sales.to_moved(w.accounts.compact());
          break;
        case 4:
          w.sales.compact(w.firms, w.accounts);
          break;
        default:
          if (!firm || !account) break;
          if (facts.erase(pair) > 0) {
            w.sales.retire(w.sales.find(pair.first, pair.second));
          } else {
            w.sales.hours[w.sales.add(w.firms, firm, w.accounts, account)] = ++stamp;
            facts[pair] = stamp;
          }
      }
    }
    w.sales.rebuild(w.firms, w.accounts);
    w.sales.verify(w.firms, w.accounts);
    const auto shown = listed(w);
    RC_ASSERT(std::equal(
        shown.begin(), shown.end(), facts.begin(), facts.end(),
        [](const auto& a, const auto& b) { return a.first == b.first && a.second == b.second; }));
  }));
}
