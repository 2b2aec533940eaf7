// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>
#include <rapidcheck.h>

#include <algorithm>
#include <cmath>
#include <map>
#include <numeric>
#include <random>
#include <tuple>
#include <vector>

#include "sim/events.h"

using sim::Event;
using sim::HazardCalendar;
using sim::HazardEntry;
using sim::Key;

namespace {

constexpr Key need = sim::named("need");

Key key_of(std::uint64_t i) { return sim::child(need, Key{11}, i); }

// A stand-in for a keyed draw: any function of the key will do here.
double uniform_of(std::uint64_t i) {
  return (static_cast<double>(key_of(i).value >> 11) + 0.5) * 0x1.0p-53;
}
double threshold_of(std::uint64_t i) { return -std::log(uniform_of(i)); }
std::uint32_t tie_of(std::uint64_t i) { return static_cast<std::uint32_t>(key_of(i).value); }

HazardEntry entry(std::uint64_t i, std::uint64_t clock = 0, double intensity = 1.0) {
  return {.key = key_of(i),
          .entity = static_cast<std::uint32_t>(i),
          .tag = static_cast<std::uint32_t>(i % 7),
          .clock = static_cast<std::uint32_t>(clock),
          .tie = tie_of(i),
          .intensity = intensity,
          .threshold = threshold_of(i)};
}

struct Dated {
  int week;
  Event event;
  double moment() const { return week + event.time; }
};

bool same_bits(const Dated& a, const Dated& b) {
  return a.week == b.week && a.event.time == b.event.time && a.event.key == b.event.key &&
         a.event.entity == b.event.entity && a.event.tag == b.event.tag &&
         a.event.clock == b.event.clock && a.event.tie == b.event.tie;
}

bool same_bits(const std::vector<Dated>& a, const std::vector<Dated>& b) {
  return std::equal(a.begin(), a.end(), b.begin(), b.end(),
                    [](const Dated& x, const Dated& y) { return same_bits(x, y); });
}

// Weeks [from, to) with hazards(week), all events in the order they are handed out.
template <class Hazards>
void run(HazardCalendar& calendar, int from, int to, Hazards hazards, std::vector<Dated>& out) {
  std::vector<Event> events;
  for (int week = from; week < to; ++week) {
    const std::vector<double> h = hazards(week);
    calendar.advance(week, h, events);
    for (const Event& event : events) out.push_back({week, event});
  }
}

}  // namespace

TEST(HazardCalendar, ConstantHazardGivesTheExponentialLawExactly) {
  constexpr double hazard = 0.037, intensity = 1.7;
  HazardCalendar calendar(1);
  for (std::uint64_t i = 0; i < 1000; ++i) calendar.schedule(entry(i, 0, intensity));
  std::vector<Dated> events;
  run(
      calendar, 0, 1000, [](int) { return std::vector{hazard}; }, events);
  ASSERT_EQ(events.size(), 1000u);
  for (const Dated& dated : events) {
    const double expected = -std::log(uniform_of(dated.event.entity)) / (hazard * intensity);
    EXPECT_NEAR(dated.moment(), expected, 1e-10 * (1 + expected));
  }
}

TEST(HazardCalendar, PiecewiseHazardIsInvertedExactly) {
  const auto hazard = [](int week) { return week % 3 == 0 ? 0.0 : 0.01 * (1 + week % 5); };
  HazardCalendar calendar(1);
  for (std::uint64_t i = 0; i < 1000; ++i) calendar.schedule(entry(i));
  std::vector<Dated> events;
  run(
      calendar, 0, 2000, [&](int week) { return std::vector{hazard(week)}; }, events);
  ASSERT_EQ(events.size(), 1000u);
  for (const Dated& dated : events) {
    double left = threshold_of(dated.event.entity);
    int week = 0;
    while (left >= hazard(week)) left -= hazard(week++);
    EXPECT_NEAR(dated.moment(), week + left / hazard(week), 1e-9);
  }
}

TEST(HazardCalendar, EventsComeInOrderOfTimeAcrossClocks) {
  HazardCalendar calendar(3);
  for (std::uint64_t i = 0; i < 3000; ++i) calendar.schedule(entry(i, i % 3));
  std::vector<Dated> events;
  run(
      calendar, 5, 60,
      [](int) {
        return std::vector{0.1, 0.05, 0.2};
      },
      events);
  ASSERT_GT(events.size(), 2500u);
  for (std::size_t i = 1; i < events.size(); ++i)
    EXPECT_LE(events[i - 1].moment(), events[i].moment());
  for (const Dated& dated : events) {
    EXPECT_GE(dated.event.time, 0.0);
    EXPECT_LT(dated.event.time, 1.0);
    EXPECT_EQ(dated.event.clock, dated.event.entity % 3);
    EXPECT_EQ(dated.event.tag, dated.event.entity % 7);
  }
}

TEST(HazardCalendar, ChangedIntensityMovesThatEventAndNothingElse) {
  const auto hazards = [](int) { return std::vector{0.02, 0.05}; };
  std::vector<Dated> plain, changed;
  for (auto* events : {&plain, &changed}) {
    HazardCalendar calendar(2);
    for (std::uint64_t i = 0; i < 500; ++i) calendar.schedule(entry(i, i % 2, 0.3));
    run(calendar, 0, 10, hazards, *events);
    if (events == &changed) {
      EXPECT_TRUE(calendar.reschedule(key_of(42), 0.45));
    }
    run(calendar, 10, 3000, hazards, *events);
  }
  const auto is_42 = [](const Dated& d) { return d.event.key == key_of(42); };
  const double was = std::find_if(plain.begin(), plain.end(), is_42)->moment();
  const double is = std::find_if(changed.begin(), changed.end(), is_42)->moment();
  ASSERT_GT(was, 10.0) << "choose an entry that has not fired by week 10";
  EXPECT_NEAR(is - 10, (was - 10) * 0.3 / 0.45, 1e-9);
  std::erase_if(plain, is_42);
  std::erase_if(changed, is_42);
  ASSERT_EQ(plain.size(), 499u);
  EXPECT_TRUE(same_bits(plain, changed));
}

TEST(HazardCalendar, EqualIntensityChangesNoBit) {
  const auto hazards = [](int) { return std::vector{0.02}; };
  std::vector<Dated> plain, touched;
  for (auto* events : {&plain, &touched}) {
    HazardCalendar calendar(1);
    for (std::uint64_t i = 0; i < 200; ++i) calendar.schedule(entry(i, 0, 0.3));
    for (int week = 0; week < 400; ++week) {
      run(calendar, week, week + 1, hazards, *events);
      if (events == &touched)
        for (std::uint64_t i = 0; i < 200; ++i) calendar.reschedule(key_of(i), 0.3);
    }
  }
  EXPECT_TRUE(same_bits(plain, touched));
}

TEST(HazardCalendar, ConsumedHazardStaysConsumed) {
  HazardCalendar calendar(2);
  HazardEntry e = entry(1, 0, 2.0);
  e.threshold = 1.0;
  calendar.schedule(e);
  std::vector<Event> events;
  calendar.advance(0, std::vector{0.125, 1.0}, events);
  EXPECT_DOUBLE_EQ(calendar.remaining(e.key), 0.75);
  EXPECT_TRUE(calendar.reschedule(e.key, 0.0));  // paused: nothing is consumed, nothing is lost
  calendar.advance(1, std::vector{5.0, 1.0}, events);
  EXPECT_TRUE(events.empty());
  EXPECT_DOUBLE_EQ(calendar.remaining(e.key), 0.75);
  EXPECT_TRUE(calendar.move_to_clock(e.key, 1, 0.5));
  calendar.advance(2, std::vector{5.0, 1.0}, events);
  EXPECT_TRUE(events.empty());
  EXPECT_DOUBLE_EQ(calendar.remaining(e.key), 0.25);
  calendar.advance(3, std::vector{5.0, 1.0}, events);
  ASSERT_EQ(events.size(), 1u);
  EXPECT_DOUBLE_EQ(events[0].time, 0.5);
  EXPECT_FALSE(calendar.contains(e.key));
  EXPECT_FALSE(calendar.reschedule(e.key, 1.0));
  EXPECT_FALSE(calendar.cancel(e.key));
}

TEST(HazardCalendar, FixedDatesFireOnTheirDay) {
  HazardCalendar calendar(1);
  for (int day = 1; day <= 100; ++day) {
    HazardEntry e = entry(day);
    e.threshold = (day + 0.5) / 7;
    calendar.schedule(e);
  }
  std::vector<Dated> events;
  run(
      calendar, 0, 20, [](int) { return std::vector{1.0}; }, events);
  ASSERT_EQ(events.size(), 100u);
  for (const Dated& d : events)
    EXPECT_EQ(sim::Calendar::day_at(d.week, d.event.time), static_cast<int>(d.event.entity));
}

// Repeat needs: the next one begins the moment the last one fires, in the same week if it must.
TEST(HazardCalendar, FollowUpsMayFallDueInTheSameWeek) {
  HazardCalendar calendar(1);
  HazardEntry e = entry(0);
  e.threshold = 0.75;
  calendar.schedule(e);
  std::vector<double> moments;
  std::vector<Event> events;
  for (int week = 0; week < 3; ++week) {
    calendar.advance(week, std::vector{2.0}, events);
    while (!events.empty()) {
      const Event event = events.front();
      moments.push_back(week + event.time);
      e.key = sim::child(need, event.key, 1);
      calendar.schedule(e, event.time);
      calendar.take_due(events);
    }
  }
  ASSERT_EQ(moments.size(), 7u);
  for (std::size_t i = 0; i < 7; ++i)
    EXPECT_NEAR(moments[i], 0.375 * static_cast<double>(i + 1), 1e-12);
}

TEST(HazardCalendar, ChangeInMidWeekCountsFromItsMoment) {
  HazardCalendar calendar(1);
  HazardEntry e = entry(0);
  e.threshold = 1.5;
  calendar.schedule(e);
  std::vector<Event> events;
  calendar.advance(0, std::vector{1.0}, events);
  ASSERT_TRUE(events.empty());
  calendar.reschedule(e.key, 5.0, 0.5);  // 0.5 consumed, 1.0 left, used up in 0.2 weeks
  calendar.take_due(events);
  ASSERT_EQ(events.size(), 1u);
  EXPECT_NEAR(events[0].time, 0.7, 1e-15);
}

TEST(HazardCalendar, WaitingCostsNothing) {
  HazardCalendar calendar(4);
  for (std::uint64_t i = 0; i < 100'000; ++i) {
    HazardEntry e = entry(i, i % 4);
    e.threshold += 1e6;
    calendar.schedule(e);
  }
  const auto before = calendar.work();
  std::vector<Event> events;
  for (int week = 0; week < 1000; ++week) calendar.advance(week, std::vector(4, 0.5), events);
  EXPECT_EQ(calendar.work(), before);
  EXPECT_EQ(calendar.size(), 100'000u);

  HazardEntry e = entry(200'000, 2);
  e.threshold = 0.1;
  calendar.schedule(e);
  calendar.advance(1000, std::vector(4, 0.5), events);
  EXPECT_EQ(events.size(), 1u);
  EXPECT_LE(calendar.work() - before, 2u * 17u);  // two passes of a heap of 25,001
}

TEST(HazardCalendar, SteadyStateTakesNoMemory) {
  HazardCalendar calendar(2);
  calendar.reserve(1000);
  calendar.reserve_clock(0, 1000);
  calendar.reserve_clock(1, 1000);
  std::uint64_t born = 0;
  for (; born < 1000; ++born) calendar.schedule(entry(born, born % 2));
  const auto bytes = calendar.bytes();
  std::vector<Event> events;
  for (int week = 0; week < 500; ++week) {
    calendar.advance(week, std::vector{0.1, 0.2}, events);
    for (std::size_t i = 0; i < events.size(); ++i, ++born)
      calendar.schedule(entry(born, born % 2));
    for (std::uint64_t i = 0; i < 50; ++i)
      calendar.reschedule(key_of(born - 1 - i), 1.0 + 0.01 * static_cast<double>(i % 3));
  }
  EXPECT_GT(born, 30'000u);
  EXPECT_EQ(calendar.size(), 1000u);
  EXPECT_EQ(calendar.bytes(), bytes);
}

TEST(HazardCalendar, OrderOfSchedulingNeverShows) {
  std::vector<std::uint64_t> order(2000);
  std::iota(order.begin(), order.end(), 0);
  const auto hazards = [](int) { return std::vector{0.03, 0.06, 0.01}; };
  std::vector<Dated> first;
  for (unsigned trial = 0; trial < 5; ++trial) {
    HazardCalendar calendar(3);
    for (auto i : order) calendar.schedule(entry(i, i % 3));
    for (auto i : order)
      if (i % 5 == 0) calendar.reschedule(key_of(i), 1.5);
    for (auto i : order)
      if (i % 11 == 0) calendar.cancel(key_of(i));
    std::vector<Dated> events;
    run(calendar, 0, 400, hazards, events);
    ASSERT_GT(events.size(), 1500u);
    if (trial == 0) first = events;
    EXPECT_TRUE(same_bits(first, events)) << "trial " << trial;
    std::shuffle(order.begin(), order.end(), std::mt19937(trial));
  }
}

TEST(HazardCalendar, TiesInTimeGoByTheDrawnWord) {
  std::vector<std::uint64_t> order(64);
  std::iota(order.begin(), order.end(), 0);
  for (unsigned trial = 0; trial < 4; ++trial) {
    HazardCalendar calendar(2);
    for (auto i : order) {
      HazardEntry e = entry(i, i % 2);
      e.threshold = 0.25;
      if (i >= 60) e.tie = 7;  // equal words: the key decides
      calendar.schedule(e);
    }
    std::vector<Event> events;
    calendar.advance(0, std::vector{0.5, 0.5}, events);
    ASSERT_EQ(events.size(), 64u);
    bool by_row = true;
    for (std::size_t i = 1; i < events.size(); ++i) {
      EXPECT_EQ(events[i].time, 0.5);
      EXPECT_LT(std::tie(events[i - 1].tie, events[i - 1].key),
                std::tie(events[i].tie, events[i].key));
      by_row = by_row && events[i - 1].entity < events[i].entity;
    }
    EXPECT_FALSE(by_row);
    std::shuffle(order.begin(), order.end(), std::mt19937(trial));
  }
}

TEST(HazardCalendar, CompactionMovesRowsAndDropsTheGone) {
  HazardCalendar calendar(1);
  for (std::uint64_t i = 0; i < 100; ++i) calendar.schedule(entry(i));
  for (std::uint64_t i = 90; i < 100; ++i) calendar.cancel(key_of(i));
  struct Accounts;
  std::vector<sim::Id<Accounts>> moved(100);  // odd rows are gone
  for (std::uint32_t i = 0; i < 100; i += 2) moved[i] = sim::Id<Accounts>(i / 2);
  calendar.remap_entities(moved);
  EXPECT_EQ(calendar.size(), 45u);
  std::vector<Dated> events;
  run(
      calendar, 0, 2000, [](int) { return std::vector{0.1}; }, events);
  ASSERT_EQ(events.size(), 45u);
  for (const Dated& d : events) EXPECT_EQ(d.event.key, key_of(2 * d.event.entity));
}

namespace {

// The slow obvious twin: looks at every entry every week.
struct Twin {
  struct Waiting {
    HazardEntry entry;
    double remaining;
  };
  std::map<Key, Waiting> waiting;

  std::vector<Event> advance(const std::vector<double>& hazards) {
    std::vector<Event> out;
    for (auto it = waiting.begin(); it != waiting.end();) {
      auto& [entry, remaining] = it->second;
      const double rate = hazards[entry.clock] * entry.intensity;
      if (remaining < rate) {
        out.push_back(
            {remaining / rate, entry.key, entry.entity, entry.tag, entry.clock, entry.tie});
        it = waiting.erase(it);
      } else {
        remaining -= rate;
        ++it;
      }
    }
    std::sort(out.begin(), out.end(),
              [](const Event& a, const Event& b) { return a.time < b.time; });
    return out;
  }
};

}  // namespace

// Any history of births, changes, deaths and weeks: the same events as the twin, to rounding.
TEST(HazardCalendarProperty, AgreesWithTheTwin) {
  EXPECT_TRUE(rc::check([] {
    HazardCalendar calendar(3);
    Twin twin;
    std::uint64_t born = 0;
    const int weeks = *rc::gen::inRange(1, 40);
    for (int week = 0; week < weeks; ++week) {
      for (int births = *rc::gen::inRange(0, 20); births > 0; --births, ++born) {
        const HazardEntry e = entry(born, *rc::gen::inRange(0, 3), *rc::gen::inRange(0, 5) * 0.5);
        calendar.schedule(e);
        twin.waiting[e.key] = {e, e.threshold};
      }
      for (int changes = *rc::gen::inRange(0, 10); changes > 0; --changes) {
        const Key key = key_of(*rc::gen::inRange<std::uint64_t>(0, born + 1));
        const auto it = twin.waiting.find(key);
        RC_ASSERT(calendar.contains(key) == (it != twin.waiting.end()));
        if (*rc::gen::inRange(0, 4) == 0) {
          RC_ASSERT(calendar.cancel(key) == (twin.waiting.erase(key) > 0));
        } else {
          const auto clock = *rc::gen::inRange<std::uint32_t>(0, 3);
          const double intensity = *rc::gen::inRange(0, 5) * 0.5;
          RC_ASSERT(calendar.move_to_clock(key, clock, intensity) == (it != twin.waiting.end()));
          if (it == twin.waiting.end()) continue;
          it->second.entry.clock = clock;
          it->second.entry.intensity = intensity;
        }
      }
      const std::vector<double> hazards{*rc::gen::inRange(0, 3) * 0.1, 0.25, 0.07};
      std::vector<Event> events;
      calendar.advance(week, hazards, events);
      const std::vector<Event> expected = twin.advance(hazards);
      RC_ASSERT(events.size() == expected.size());
      for (std::size_t i = 0; i < events.size(); ++i) {
        RC_ASSERT(events[i].key == expected[i].key);
        RC_ASSERT(std::abs(events[i].time - expected[i].time) < 1e-9);
      }
    }
    RC_ASSERT(calendar.size() == twin.waiting.size());
  }));
}
