// SPDX-License-Identifier: Apache-2.0
#pragma once
// The event calendar: things that happen when a cumulative hazard passes a threshold.
//
// A clock is a hazard many entries share (a market segment's Bass hazard, say); its cumulative
// hazard Lambda(t) grows by the week's hazard, evenly within the week. An entry fires when
// intensity * Lambda has grown by its `threshold` since it was scheduled. If the threshold is a
// unit-exponential draw, the event has exactly the hazard intensity * d(Lambda)/dt, however that
// changes from week to week. A clock that runs at 1 per week suits entries whose hazard is their
// own (intensity = hazard per week) and fixed dates (intensity 1, threshold = weeks to wait).
//
// Why this keeps arms of an experiment paired: the threshold belongs to the entry's key and is all
// the luck there is. A hazard that differs between arms moves the events it governs and no others.
//
// Order. Events of a week come ordered by (time, tie, key); nothing depends on the order in which
// entries were scheduled, nor on rows. `tie` is a draw of the entry's own, made by the caller.
//
// Cost. An entry that waits costs no time: a week costs the number of clocks plus, for each event,
// the logarithm of the entries on its clock. Memory: bytes_per_entry; none is taken in steady state
// (reserve(), reserve_clock()). Not safe for concurrent writing.
//
// Entities. `entity` is a row of the caller's table. After compaction of that table call
// remap_entities(); an entry whose row is gone is dropped. Keys (key.h) name entries for ever.

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "sim/calendar.h"
#include "sim/id.h"
#include "sim/key.h"
#include "sim/key_index.h"

namespace sim {

struct Event {
  double time = 0;  // in the week, [0, 1)
  Key key;
  std::uint32_t entity = 0;
  std::uint32_t tag = 0;
  std::uint32_t clock = 0;
  std::uint32_t tie = 0;
};

// What schedule() is told.
struct HazardEntry {
  Key key;                   // distinct among the entries that wait
  std::uint32_t entity = 0;  // row, given back with the event
  std::uint32_t tag = 0;     // the caller's own: which kind, which category; given back
  std::uint32_t clock = 0;
  std::uint32_t tie = 0;   // a keyed draw
  double intensity = 1.0;  // >= 0; 0 waits until rescheduled
  double threshold = 0.0;  // >= 0: a keyed unit-exponential draw
};

class HazardCalendar {
  struct Slot {
    Key key;
    double intensity;
    double remaining;  // of the threshold; kept up to date only while parked
    std::uint32_t entity, tag, clock, tie;
    std::uint32_t position;  // in the clock's heap; `parked` if it can't fire
  };
  struct Node {
    double target;  // fires when the clock's Lambda passes this
    std::uint32_t slot;
  };
  struct Clock {
    double start = 0, end = 0, hazard = 0;  // Lambda at both ends of the week advanced last
    std::vector<Node> heap;                 // binary, least target first
  };
  static constexpr std::uint32_t parked = 0xffffffffu;

 public:
  static constexpr std::size_t bytes_per_entry = sizeof(Slot) + sizeof(Node) + 20;

  explicit HazardCalendar(std::size_t clocks) : clocks_(clocks) {}

  // Moments. Where a call takes `time`, it means that moment of the week advanced last, 1.0 being
  // its end (the default, and the only sensible one before the first week). An entry scheduled or
  // changed at an earlier moment may fall due in that same week: take_due() then hands it out.
  static constexpr double end_of_week = 1.0;

  void schedule(const HazardEntry& entry, double time = end_of_week);

  // Changes the intensity from `time` on; the part of the threshold consumed so far stays consumed.
  // Equal intensity changes no bit. False if no entry with this key waits.
  bool reschedule(Key key, double intensity, double time = end_of_week);
  bool move_to_clock(Key key, std::uint32_t clock, double intensity, double time = end_of_week);
  bool cancel(Key key);

  // Lets `week` pass, the one after the week before, with each clock's hazard (finite, >= 0), and
  // replaces `out` by the events of the week in order.
  void advance(Week week, std::span<const double> hazards, std::vector<Event>& out);
  // Replaces `out` by the events that have fallen due since, in the same week: those of entries
  // which were scheduled or changed at a moment within it.
  void take_due(std::vector<Event>& out);

  // `moved` is what compact() of the entities' table returned.
  template <class Owner>
  void remap_entities(const std::vector<Id<Owner>>& moved) {
    for (std::uint32_t slot = 0; slot < slots_.size(); ++slot)
      if (waits(slot)) relocate(slot, moved[slots_[slot].entity].index());
  }

  bool contains(Key key) const { return find(key) != KeyIndex::none; }
  // The unconsumed part of an entry's threshold; the entry must wait.
  double remaining(Key key, double time = end_of_week) const;
  double cumulative(std::uint32_t clock, double time = end_of_week) const;

  std::size_t size() const { return index_.size(); }
  void reserve(std::size_t entries);  // in all
  void reserve_clock(std::uint32_t clock, std::size_t entries);
  std::size_t bytes() const;
  // Heap nodes visited so far: what time has cost, counted exactly.
  std::uint64_t work() const { return work_; }

 private:
  auto key_of() const {
    return [this](std::uint32_t slot) { return slots_[slot].key; };
  }
  std::uint32_t find(Key key) const { return index_.find(key, key_of()); }
  // A free slot keeps its last key, which by now may be another slot's.
  bool waits(std::uint32_t slot) const { return find(slots_[slot].key) == slot; }
  void relocate(std::uint32_t slot, std::uint32_t row);
  double remaining_of(const Slot& slot, double time) const;
  void enter(std::uint32_t slot, double remaining, double time);
  void leave(std::uint32_t slot);
  void free_slot(std::uint32_t slot);
  void place(std::vector<Node>& heap, std::size_t at, Node node);
  void sift_up(std::vector<Node>& heap, std::size_t at, Node node);
  void sift_down(std::vector<Node>& heap, std::size_t at, Node node);

  std::vector<Clock> clocks_;
  std::vector<Slot> slots_;
  std::vector<std::uint32_t> free_;
  KeyIndex index_;
  std::uint64_t work_ = 0;
  Week week_ = -1;
  bool started_ = false;
};

}  // namespace sim
