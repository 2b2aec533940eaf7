// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>
#include <rapidcheck.h>

#include <algorithm>
#include <map>
#include <set>

#include "sim/check.h"
#include "sim/digest.h"
#include "sim/table.h"

namespace {

struct People : sim::Table<People> {
  Column<double> wealth;
  Column<std::int64_t> age;
  Column<Id> friend_of;
  static constexpr auto columns = sim::Pack{&People::wealth, &People::age, &People::friend_of};
};

sim::Key key(std::uint64_t n) { return sim::child(sim::named("person"), {}, n); }

TEST(Table, ANewRowIsBlankAndAlive) {
  People people;
  const People::Id first = people.add(key(0));
  people.wealth[first] = 3;
  const People::Id second = people.add(key(1));
  EXPECT_EQ(people.size(), 2u);
  EXPECT_EQ(people.living(), 2u);
  EXPECT_EQ(people.wealth[second], 0);
  EXPECT_EQ(people.wealth[first], 3);
  EXPECT_FALSE(people.friend_of[second]);  // Id::none()
  EXPECT_EQ(people.key(second), key(1));
  people.verify();
}

TEST(Table, CompactTellsWhereRowsWent) {
  People people;
  for (std::uint64_t i = 0; i < 5; ++i) people.wealth[people.add(key(i))] = static_cast<double>(i);
  people.retire(People::Id(1));
  people.retire(People::Id(3));
  EXPECT_EQ(people.size(), 5u);
  EXPECT_EQ(people.living(), 3u);
  const auto moved = people.compact();
  EXPECT_EQ(moved, (std::vector{People::Id(0), People::Id::none(), People::Id(1),
                                People::Id::none(), People::Id(2)}));
  EXPECT_EQ(people.wealth[People::Id(2)], 4);
  people.verify();
}

TEST(Table, VerifySeesAKeyUsedTwice) {
#ifdef PARDNER_CHECKS
  EXPECT_DEATH(
      {
        People people;
        people.add(key(7));
        people.add(key(7));
      },
      "expectation failed");
#else
  People people;
  people.add(key(7));
  people.add(key(7));
  EXPECT_THROW(people.verify(), sim::BadInput);
#endif
}

TEST(Table, ADigestTellsTheLivingFromTheRetired) {
  const auto digest_of = [](bool retired) {
    People people;
    people.add(key(0));
    people.add(key(1));
    if (retired) people.retire(People::Id(1));
    sim::Digest digest;
    digest.add_table(people);
    return digest.value();
  };
  EXPECT_NE(digest_of(true), digest_of(false));
}

// Any history of births, deaths and compactions against a plain map from key to facts.
TEST(Table, BehavesAsAMapByKey) {
  EXPECT_TRUE(rc::check([](const std::vector<std::uint8_t>& history) {
    People people;
    std::map<std::uint64_t, double> model;
    std::uint64_t born = 0;
    for (const std::uint8_t action : history) {
      if (action % 8 == 7) {
        people.compact();
      } else if (action % 8 < 5) {
        const People::Id id = people.add(key(born));
        model[key(born++).value] = people.wealth[id] = action;
      } else if (!model.empty()) {
        const auto order = people.by_key();
        const People::Id id(order[action % order.size()]);
        model.erase(people.key(id).value);
        people.retire(id);
      }
      people.verify();
      std::map<std::uint64_t, double> seen;
      for (const std::uint32_t row : people.by_key())
        seen[people.key(People::Id(row)).value] = people.wealth[People::Id(row)];
      RC_ASSERT(seen == model);
      RC_ASSERT(people.living() == model.size());
      const auto order = people.by_key();
      RC_ASSERT(std::is_sorted(order.begin(), order.end(), [&](auto a, auto b) {
        return people.key(People::Id(a)) < people.key(People::Id(b));
      }));
    }
  }));
}

}  // namespace
