// SPDX-License-Identifier: Apache-2.0
#include "sim/events.h"

#include <algorithm>
#include <cmath>
#include <tuple>

#include "sim/check.h"

namespace sim {
namespace {

constexpr double last_moment = 0x1.fffffffffffffp-1;  // the largest time below 1

bool before(const Event& a, const Event& b) {
  return std::tie(a.time, a.tie, a.key) < std::tie(b.time, b.tie, b.key);
}

}  // namespace

double HazardCalendar::cumulative(std::uint32_t clock, double time) const {
  const Clock& c = clocks_[clock];
  return time >= end_of_week ? c.end : c.start + time * c.hazard;
}

// The heap holds no target below the Lambda of the last week's end once its events were taken, so
// the difference is negative only for an entry that is due and about to be taken.
double HazardCalendar::remaining_of(const Slot& slot, double time) const {
  if (slot.position == parked) return slot.remaining;
  const double target = clocks_[slot.clock].heap[slot.position].target;
  return std::max(0.0, target - cumulative(slot.clock, time)) * slot.intensity;
}

double HazardCalendar::remaining(Key key, double time) const {
  const std::uint32_t slot = find(key);
  PARDNER_EXPECT(slot != KeyIndex::none);
  return remaining_of(slots_[slot], time);
}

void HazardCalendar::schedule(const HazardEntry& entry, double time) {
  PARDNER_EXPECT(entry.clock < clocks_.size());
  PARDNER_EXPECT(entry.threshold >= 0.0);
  if (free_.empty()) {
    free_.push_back(static_cast<std::uint32_t>(slots_.size()));
    slots_.emplace_back();
  }
  const std::uint32_t slot = free_.back();
  free_.pop_back();
  slots_[slot] = {entry.key, entry.intensity, 0.0,       entry.entity,
                  entry.tag, entry.clock,     entry.tie, parked};
  index_.insert(slot, key_of());
  enter(slot, entry.threshold, time);
}

// Puts a slot that is in no heap where its intensity and what remains of its threshold tell.
void HazardCalendar::enter(std::uint32_t slot, double remaining, double time) {
  Slot& s = slots_[slot];
  PARDNER_EXPECT(s.intensity >= 0.0);
  const double target = cumulative(s.clock, time) + remaining / s.intensity;
  if (!std::isfinite(target)) {  // no intensity, or too little ever to fire
    s.remaining = remaining;
    s.position = parked;
    return;
  }
  auto& heap = clocks_[s.clock].heap;
  heap.emplace_back();
  sift_up(heap, heap.size() - 1, {target, slot});
}

void HazardCalendar::leave(std::uint32_t slot) {
  Slot& s = slots_[slot];
  if (s.position == parked) return;
  auto& heap = clocks_[s.clock].heap;
  const std::size_t at = s.position;
  s.position = parked;
  const Node last = heap.back();
  heap.pop_back();
  if (at == heap.size()) return;
  if (at > 0 && last.target < heap[(at - 1) / 2].target)
    sift_up(heap, at, last);
  else
    sift_down(heap, at, last);
}

void HazardCalendar::free_slot(std::uint32_t slot) {
  index_.erase(slots_[slot].key, key_of());
  free_.push_back(slot);
}

bool HazardCalendar::reschedule(Key key, double intensity, double time) {
  const std::uint32_t slot = find(key);
  if (slot == KeyIndex::none) return false;
  return move_to_clock(key, slots_[slot].clock, intensity, time);
}

bool HazardCalendar::move_to_clock(Key key, std::uint32_t clock, double intensity, double time) {
  PARDNER_EXPECT(clock < clocks_.size());
  const std::uint32_t slot = find(key);
  if (slot == KeyIndex::none) return false;
  Slot& s = slots_[slot];
  if (s.clock == clock && s.intensity == intensity) return true;
  const double left = remaining_of(s, time);
  leave(slot);
  s.clock = clock;
  s.intensity = intensity;
  enter(slot, left, time);
  return true;
}

bool HazardCalendar::cancel(Key key) {
  const std::uint32_t slot = find(key);
  if (slot == KeyIndex::none) return false;
  leave(slot);
  free_slot(slot);
  return true;
}

void HazardCalendar::advance(Week week, std::span<const double> hazards, std::vector<Event>& out) {
  PARDNER_EXPECT(!started_ || week == week_ + 1);
  PARDNER_EXPECT(hazards.size() == clocks_.size());
  week_ = week;
  started_ = true;
  for (std::size_t i = 0; i < clocks_.size(); ++i) {
    PARDNER_EXPECT(hazards[i] >= 0.0 && std::isfinite(hazards[i]));
    Clock& clock = clocks_[i];
    clock.start = clock.end;
    clock.hazard = hazards[i];
    clock.end = clock.start + clock.hazard;
  }
  take_due(out);
}

void HazardCalendar::take_due(std::vector<Event>& out) {
  out.clear();
  for (Clock& clock : clocks_) {
    while (!clock.heap.empty() && clock.heap.front().target < clock.end) {
      const Node node = clock.heap.front();
      const Slot& s = slots_[node.slot];
      const double time = (node.target - clock.start) / clock.hazard;
      out.push_back({std::clamp(time, 0.0, last_moment), s.key, s.entity, s.tag, s.clock, s.tie});
      leave(node.slot);
      free_slot(node.slot);
    }
  }
  std::sort(out.begin(), out.end(), before);
}

void HazardCalendar::relocate(std::uint32_t slot, std::uint32_t row) {
  if (row == KeyIndex::none)
    cancel(slots_[slot].key);
  else
    slots_[slot].entity = row;
}

void HazardCalendar::reserve(std::size_t entries) {
  slots_.reserve(entries);
  free_.reserve(entries);
  index_.reserve(entries, key_of());
}

void HazardCalendar::reserve_clock(std::uint32_t clock, std::size_t entries) {
  clocks_[clock].heap.reserve(entries);
}

std::size_t HazardCalendar::bytes() const {
  std::size_t sum = slots_.capacity() * sizeof(Slot) + free_.capacity() * sizeof(std::uint32_t) +
                    index_.bytes() + clocks_.capacity() * sizeof(Clock);
  for (const Clock& clock : clocks_) sum += clock.heap.capacity() * sizeof(Node);
  return sum;
}

void HazardCalendar::place(std::vector<Node>& heap, std::size_t at, Node node) {
  heap[at] = node;
  slots_[node.slot].position = static_cast<std::uint32_t>(at);
  ++work_;
}

void HazardCalendar::sift_up(std::vector<Node>& heap, std::size_t at, Node node) {
  while (at > 0 && node.target < heap[(at - 1) / 2].target) {
    place(heap, at, heap[(at - 1) / 2]);
    at = (at - 1) / 2;
  }
  place(heap, at, node);
}

void HazardCalendar::sift_down(std::vector<Node>& heap, std::size_t at, Node node) {
  for (std::size_t least = 2 * at + 1; least < heap.size(); least = 2 * at + 1) {
    if (least + 1 < heap.size() && heap[least + 1].target < heap[least].target) ++least;
    if (!(heap[least].target < node.target)) break;
    place(heap, at, heap[least]);
    at = least;
  }
  place(heap, at, node);
}

}  // namespace sim
