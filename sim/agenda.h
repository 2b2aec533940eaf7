// SPDX-License-Identifier: Apache-2.0
#pragma once
// An agenda: things that will happen at a moment known when they are put down (a decision date, a
// delivery). Where the moment may still move with a hazard, use HazardCalendar (events.h) instead.
//
// Cost: putting down and taking up are a constant few instructions each, plus the sort of a week's
// events; entries that wait cost nothing. Order: events of a week come by (time, tie, key),
// whatever the order in which they were put down. One thread at a time.

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <vector>

#include "sim/check.h"
#include "sim/events.h"
#include "sim/id.h"

namespace sim {

class Agenda {
 public:
  // In `weeks` weeks (>= 0, 0.5 being half a week) from the beginning of the week advanced next.
  void put(Key key, std::uint32_t entity, std::uint32_t tie, double weeks) {
    PARDNER_EXPECT(weeks >= 0);
    const double whole = std::floor(weeks);
    const auto ahead = static_cast<std::size_t>(whole);
    if (ahead >= ring_.size()) grow(ahead + 1);
    Event event;
    event.time = weeks - whole;
    event.key = key;
    event.entity = entity;
    event.tie = tie;
    ring_[(first_ + ahead) % ring_.size()].push_back(event);
  }

  // Replaces `out` by the events of the next week, in order.
  void advance(std::vector<Event>& out) {
    out.clear();
    if (ring_.empty()) return;
    out.swap(ring_[first_]);
    first_ = (first_ + 1) % ring_.size();
    std::sort(out.begin(), out.end(), [](const Event& a, const Event& b) {
      if (a.time != b.time) return a.time < b.time;
      return a.tie != b.tie ? a.tie < b.tie : a.key < b.key;
    });
  }

  // What a table's compact() returned: rows move, entries of rows that are gone are dropped.
  template <class Owner>
  void remap_entities(const std::vector<Id<Owner>>& moved) {
    for (auto& week : ring_) {
      std::erase_if(week, [&](const Event& event) { return !moved[event.entity]; });
      for (Event& event : week) event.entity = moved[event.entity].index();
    }
  }

  std::size_t size() const {
    std::size_t waiting = 0;
    for (const auto& week : ring_) waiting += week.size();
    return waiting;
  }

 private:
  // More weeks ahead; what waits stays in its week.
  void grow(std::size_t weeks) {
    std::vector<std::vector<Event>> larger(std::max(weeks, 2 * ring_.size()));
    for (std::size_t i = 0; i < ring_.size(); ++i)
      larger[i].swap(ring_[(first_ + i) % ring_.size()]);
    ring_.swap(larger);
    first_ = 0;
  }

  std::vector<std::vector<Event>> ring_;  // [first_] is the week advanced next
  std::size_t first_ = 0;
};

}  // namespace sim
