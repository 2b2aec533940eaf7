// SPDX-License-Identifier: Apache-2.0
// What must not matter does not: threads, and what happens in a region that nothing connects.
#include <gtest/gtest.h>

#include <bit>
#include <map>

#include "tests/models/startups/society.h"
#include "tests/support/digests.h"

namespace {

using namespace startups;
using support::Overrides;
using support::Society;

TEST(StartupsDigest, IsTheSameForAnyNumberOfThreads) {
  sim::Plan plan = support::plan("startups", {"population.startups=6000", "population.accounts=50",
                                              "run.weeks=60", "run.replicates=2"});
  std::map<std::string, std::uint64_t> digests;
  for (const unsigned threads : {1u, 2u, 3u})
    for (const sim::Spread spread : {sim::Spread::replicates, sim::Spread::one_run}) {
      plan.threads = threads;
      plan.spread = spread;
      digests[std::to_string(threads) + (spread == sim::Spread::one_run ? " one run" : "")] =
          support::digest_of(support::run(plan));
    }
  EXPECT_TRUE(support::all_equal(digests)) << support::listed(digests);
}

using Facts = std::map<std::uint64_t, std::vector<std::uint64_t>>;

template <class T>
std::uint64_t bits(T value) {
  if constexpr (std::is_same_v<T, double>)
    return std::bit_cast<std::uint64_t>(value);
  else if constexpr (requires { value.index(); })
    return value.index();
  else
    return static_cast<std::uint64_t>(value);
}

// Every column of a table's rows that `counts`, by key.
template <class Table, class Counts>
void add(Facts& facts, const Table& table, Counts counts) {
  for (std::size_t row = 0; row < table.size(); ++row) {
    const typename Table::Id id(row);
    if (!table.alive(id) || !counts(id)) continue;
    std::vector<std::uint64_t>& all = facts[table.key(id).value];
    const_cast<Table&>(table).each_column([&](auto& column) {
      using Value = typename std::remove_reference_t<decltype(column)>::value_type;
      if constexpr (requires(Value v) { v.index(); }) {
        // Rows of edges and contracts may differ: what counts is whom they name, by key below.
      } else {
        all.push_back(bits(column.data()[row]));
      }
    });
  }
}

Facts facts_of_region(const World& w, std::uint32_t region) {
  Facts facts;
  add(facts, w.startups, [&](auto id) { return w.startups.region[id] == region; });
  add(facts, w.accounts, [&](auto id) { return w.accounts.region[id] == region; });
  add(facts, w.markets, [&](auto id) { return w.markets.region[id] == region; });
  add(facts, w.giants, [&](auto id) { return w.giants.region[id] == region; });
  add(facts, w.pairs, [&](auto id) { return w.startups.region[w.pairs.from[id]] == region; });
  add(facts, w.programs, [&](auto id) { return w.startups.region[w.programs.from[id]] == region; });
  add(facts, w.contracts,
      [&](auto id) { return w.startups.region[w.contracts.startup[id]] == region; });
  for (std::size_t row = 0; row < w.contracts.size(); ++row) {
    const Contracts::Id id(row);
    if (!w.contracts.alive(id) || w.startups.region[w.contracts.startup[id]] != region) continue;
    facts[w.contracts.key(id).value].push_back(w.startups.key(w.contracts.startup[id]).value);
  }
  return facts;
}

// Done-when 6: one startup of region 0 dies in week 10 in one option only.
TEST(Invariance, AnEarlyDeathReachesNoOtherRegion) {
  const Overrides world{"population.regions=2",  "population.startups=120",
                        "population.markets=6",  "population.accounts=200",
                        "giant.giants=4",        "runway.shock_correlation=0.3",
                        "closing.forced_week=10"};
  Society living(world), dying(world + Overrides{"closing.forced=0"});
  bool own_region_differs = false;
  for (int week = 0; week < 260; ++week) {
    living.week();
    dying.week();
    ASSERT_EQ(facts_of_region(living.world, 1), facts_of_region(dying.world, 1)) << week;
    own_region_differs |= facts_of_region(living.world, 0) != facts_of_region(dying.world, 0);
  }
  EXPECT_TRUE(own_region_differs);
  EXPECT_GT(living.world.tally.pairs_signed, 10);
  EXPECT_GT(living.world.tally.programs_signed, 10);
}

// Equal options are equal to the bit, week by week; another replicate is not.
TEST(Invariance, EqualWorldsAreEqual) {
  Society one, same, other({}, 1);
  for (Society* society : {&one, &same, &other}) society->weeks(60);
  const auto digest = [](const Society& society) {
    sim::Digest all;
    society.world.hash(all);
    return all.value();
  };
  EXPECT_EQ(digest(one), digest(same));
  EXPECT_NE(digest(one), digest(other));
}

}  // namespace
