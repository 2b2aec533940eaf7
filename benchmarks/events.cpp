// SPDX-License-Identifier: Apache-2.0
// What the event calendar costs: a week in which nothing falls due, an event with its successor, a
// changed intensity, by the number of entries that wait. Usage: bench_events [ENTRIES...]
#include "sim/events.h"

#include <fmt/format.h>

#include <chrono>
#include <cmath>
#include <cstdlib>
#include <vector>

namespace {

using sim::HazardCalendar;
using sim::HazardEntry;
using sim::Key;

constexpr std::size_t clocks = 8;

double uniform(Key key) { return (static_cast<double>(key.value >> 11) + 0.5) * 0x1.0p-53; }

HazardEntry entry(Key key, std::uint32_t entity) {
  return {.key = key,
          .entity = entity,
          .clock = static_cast<std::uint32_t>(entity % clocks),
          .tie = static_cast<std::uint32_t>(key.value),
          .threshold = -std::log(uniform(key))};
}

template <class Work>
double seconds(Work work) {
  const auto start = std::chrono::steady_clock::now();
  work();
  return std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
}

void measure(std::uint32_t entries) {
  const Key kind = sim::named("need");
  HazardCalendar calendar(clocks);
  calendar.reserve(entries);
  std::vector<Key> keys;
  for (std::uint32_t i = 0; i < entries; ++i) keys.push_back(sim::child(kind, Key{1}, i));
  const double scheduling = seconds([&] {
    for (std::uint32_t i = 0; i < entries; ++i) calendar.schedule(entry(keys[i], i));
  });

  std::vector<sim::Event> events;
  sim::Week week = 0;
  const std::vector<double> idle(clocks, 0.0), busy(clocks, 0.01);
  const double waiting = seconds([&] {
    for (int i = 0; i < 1000; ++i) calendar.advance(week++, idle, events);
  });
  std::size_t fired = 0;
  const double firing = seconds([&] {
    for (int i = 0; i < 100; ++i) {
      calendar.advance(week++, busy, events);
      fired += events.size();
      for (const sim::Event& event : events) {
        keys[event.entity] = sim::child(kind, event.key, 1);
        calendar.schedule(entry(keys[event.entity], event.entity));
      }
    }
  });
  const double changing = seconds([&] {
    for (std::uint32_t i = 0; i < entries; ++i) calendar.reschedule(keys[i], 1.0 + 0.1 * (i % 5));
  });
  fmt::print("{:>9} {:>9.0f} {:>12.0f} {:>9.0f} {:>9.0f} {:>9.0f}\n", entries,
             1e9 * scheduling / entries, 1e9 * waiting / 1000,
             1e9 * firing / static_cast<double>(fired), 1e9 * changing / entries,
             static_cast<double>(calendar.bytes()) / entries);
}

}  // namespace

int main(int argc, char** argv) {
  fmt::print("{:>9} {:>9} {:>12} {:>9} {:>9} {:>9}\n", "entries", "schedule", "idle week", "event",
             "change", "bytes");
  fmt::print("{:>9} {:>9} {:>12} {:>9} {:>9} {:>9}\n", "", "ns", "ns", "ns", "ns", "per entry");
  if (argc == 1)
    for (std::uint32_t entries : {10'000u, 100'000u, 1'000'000u}) measure(entries);
  for (int i = 1; i < argc; ++i)
    measure(static_cast<std::uint32_t>(std::strtoul(argv[i], nullptr, 10)));
}
