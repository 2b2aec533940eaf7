// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <map>
#include <utility>

#include "sim/agenda.h"
#include "sim/table.h"

namespace {

struct Rows : sim::Table<Rows> {
  static constexpr auto columns = sim::Pack{};
};

using sim::Agenda;
using sim::Event;
using sim::Key;

RC_GTEST_PROP(Agenda, BringsEachThingOnceInItsWeekInOrder, ()) {
  const auto delays =
      *rc::gen::container<std::vector<std::uint16_t>>(rc::gen::inRange<std::uint16_t>(0, 900));
  Agenda agenda;
  std::map<std::uint64_t, double> expected;  // key -> moment since the first week
  std::vector<Event> out;
  std::size_t next = 0;
  for (int week = 0; week < 120; ++week) {
    for (int k = 0; k < 3 && next < delays.size(); ++k, ++next) {
      const double weeks = delays[next] / 16.0;
      agenda.put(Key{next}, static_cast<std::uint32_t>(next), 7, weeks);
      expected[next] = week + weeks;
    }
    agenda.advance(out);
    for (std::size_t i = 0; i < out.size(); ++i) {
      RC_ASSERT(expected.at(out[i].key.value) == week + out[i].time);
      // A name of its own: inside RC_ASSERT an || evaluates both its sides.
      const bool in_order =
          i == 0 || std::pair{out[i - 1].time, out[i - 1].key} < std::pair{out[i].time, out[i].key};
      RC_ASSERT(in_order);
      expected.erase(out[i].key.value);
    }
  }
  for (const auto& [key, moment] : expected) RC_ASSERT(moment >= 120);
  RC_ASSERT(agenda.size() == expected.size());
}

TEST(Agenda, FollowsCompactionAndDropsWhatIsGone) {
  Rows rows;
  Agenda agenda;
  for (std::uint64_t k = 0; k < 4; ++k) {
    const auto id = rows.add(Key{100 + k});
    agenda.put(Key{k}, id.index(), 0, 1.25);
  }
  rows.retire(Rows::Id(1));
  agenda.remap_entities(rows.compact());
  std::vector<Event> out;
  agenda.advance(out);
  EXPECT_TRUE(out.empty());
  agenda.advance(out);
  ASSERT_EQ(out.size(), 3u);
  for (const Event& event : out)
    EXPECT_EQ(rows.key(Rows::Id(event.entity)).value, 100 + event.key.value);
}

}  // namespace
