// SPDX-License-Identifier: Apache-2.0
#pragma once
// Turns "each customer chose a partner" into "each partner sees its customers".
//
// A mechanism writes only its own rows. What it does to others is a choice in a column of its own,
// pulled by the others through `group_by`, in ascending order of the choosers' keys: births, deaths
// and compaction elsewhere never change a floating-point sum, nor does the number of threads. For
// integer columns Sums (and sum_by) add directly, in any order.

#include <algorithm>
#include <array>
#include <cstdint>
#include <span>
#include <type_traits>
#include <utility>
#include <vector>

#include "sim/check.h"
#include "sim/id.h"
#include "sim/table.h"
#include "sim/workers.h"

namespace sim {

// Members of each group of rows of Group, reusable from week to week without allocation.
template <class Member, class Group>
class Groups {
 public:
  std::span<const Id<Member>> operator[](Id<Group> group) const {
    return {members_.data() + offsets_[group.index()],
            members_.data() + offsets_[group.index() + 1]};
  }
  std::size_t groups() const { return offsets_.empty() ? 0 : offsets_.size() - 1; }

  // Living members whose `choice` is not none, in key order within each group.
  void assign(const Member& table, const Column<Member, Id<Group>>& choice, std::size_t groups) {
    offsets_.assign(groups + 1, 0);
    const auto order = table.by_key();
    for (const std::uint32_t row : order) {
      const Id<Group> group = choice[Id<Member>(row)];
      if (!group) continue;
      PARDNER_EXPECT(group.index() < groups);
      ++offsets_[group.index() + 1];
    }
    for (std::size_t g = 0; g < groups; ++g) offsets_[g + 1] += offsets_[g];
    members_.resize(offsets_[groups]);
    next_.assign(offsets_.begin(), offsets_.end());
    for (const std::uint32_t row : order)
      if (const Id<Group> group = choice[Id<Member>(row)]; group)
        members_[next_[group.index()]++] = Id<Member>(row);
  }

 private:
  std::vector<std::uint32_t> offsets_, next_;
  std::vector<Id<Member>> members_;
};

template <class Member, class Group>
Groups<Member, Group> group_by(const Member& table, const Column<Member, Id<Group>>& choice,
                               const Group& groups) {
  Groups<Member, Group> result;
  result.assign(table, choice, groups.size());
  return result;
}

// total[g] += value of every living member that chose g. Integers only: their sum has no order, so
// threads may add as they come. Keep one Sums from week to week: it holds the scratch memory.
//
// On one thread it adds directly. On several, members are first sorted roughly by what they chose
// (chunk by chunk, into ranges of groups), then each range is added up by one thread: no two
// threads touch one total, and the totals of a range fit a cache.
template <class Member, class Group>
class Sums {
 public:
  // The value to add where members are only counted; faster than a lambda that returns 1.
  struct One {
    int operator()(Id<Member>) const { return 1; }
  };

  // value(member) is an integer; total has one place per group.
  template <class Total, class Value>
  void add(const Workers& workers, const Member& table, const Column<Member, Id<Group>>& choice,
           Value value, std::span<Total> total) {
    static_assert(std::is_integral_v<Total> && std::is_integral_v<decltype(value(Id<Member>()))>);
    if (total.empty()) return;
    if (workers.threads() == 1 || table.size() <= chunk) {
      // Without a branch, which would often be guessed wrong: who does not count adds 0 to
      // total[0].
      for (std::uint32_t row = 0; row < table.size(); ++row) {
        const std::uint32_t group = chosen(table, choice, row);
        PARDNER_EXPECT(group == none || group < total.size());
        const Total counts = group != none;
        const auto mask = static_cast<std::uint32_t>(-static_cast<std::int32_t>(counts));
        total[group & mask] += static_cast<Total>(value(Id<Member>(row))) * counts;
      }
      return;
    }
    shift_ = 0;
    while ((total.size() >> shift_) >= ranges) ++shift_;
    const std::size_t chunks = (table.size() + chunk - 1) / chunk;
    entries_.resize(table.size());
    offsets_.resize(chunks * (ranges + 1));
    each_chunk(
        workers, table.size(),
        [&](std::size_t begin, std::size_t end) {
          sort(table, choice, begin, end, [&](std::uint32_t row) {
            return std::is_same_v<Value, One> ? choice[Id<Member>(row)].index() : row;
          });
        },
        chunk);
    each_chunk(
        workers, ranges,
        [&](std::size_t range, std::size_t) { add_range(range, chunks, choice, value, total); }, 1);
  }

 private:
  static constexpr std::size_t chunk = 1u << 14, ranges = 64;
  static constexpr std::uint32_t none = Id<Group>::none().index();

  // The row of the group that a living member chose, else `none`; without a branch.
  static std::uint32_t chosen(const Member& table, const Column<Member, Id<Group>>& choice,
                              std::size_t row) {
    return choice[Id<Member>(row)].index() | (std::uint32_t{table.lives()[row]} - 1);
  }
  std::uint32_t* offsets_of(std::size_t number) { return &offsets_[number * (ranges + 1)]; }

  // Writes an entry for each of rows [begin, end) to entries_, by range of group; those that do not
  // count come last, in range `ranges`.
  template <class Entry>
  void sort(const Member& table, const Column<Member, Id<Group>>& choice, std::size_t begin,
            std::size_t end, Entry entry) {
    std::array<std::uint8_t, chunk> range_of;
    const std::size_t rows = end - begin;
    for (std::size_t i = 0; i < rows; ++i)
      range_of[i] = static_cast<std::uint8_t>(
          std::min<std::uint32_t>(chosen(table, choice, begin + i) >> shift_, ranges));
    std::array<std::uint32_t, ranges + 1> next{}, odd{};  // two counters wait less for each other
    for (std::size_t i = 0; i + 1 < rows; i += 2) {
      ++next[range_of[i]];
      ++odd[range_of[i + 1]];
    }
    if (rows % 2 == 1) ++next[range_of[rows - 1]];
    std::uint32_t* offset = offsets_of(begin / chunk);
    auto place = static_cast<std::uint32_t>(begin);
    for (std::size_t range = 0; range <= ranges; ++range) {
      offset[range] = place;
      place += std::exchange(next[range], place) + odd[range];
    }
    for (std::size_t i = 0; i < rows; ++i)
      entries_[next[range_of[i]]++] = entry(static_cast<std::uint32_t>(begin + i));
  }

  template <class Total, class Value>
  void add_range(std::size_t range, std::size_t chunks, const Column<Member, Id<Group>>& choice,
                 Value value, std::span<Total> total) {
    for (std::size_t number = 0; number < chunks; ++number) {
      const std::uint32_t* offset = offsets_of(number);
      for (std::uint32_t i = offset[range]; i < offset[range + 1]; ++i) {
        const Id<Member> member(entries_[i]);  // or, for One, what it chose
        const std::uint32_t group =
            std::is_same_v<Value, One> ? entries_[i] : choice[member].index();
        PARDNER_EXPECT(group < total.size());
        total[group] += static_cast<Total>(value(member));
      }
    }
  }

  unsigned shift_ = 0;                  // range of a group = its row >> shift_
  std::vector<std::uint32_t> entries_;  // each chunk's members (for One: what they chose), by range
  std::vector<std::uint32_t> offsets_;  // [chunk][range]
};

// The same in one call, for columns and small tables.
template <class Member, class Group, class Integer>
requires std::is_integral_v<Integer>
void sum_by(const Workers& workers, const Member& table, const Column<Member, Id<Group>>& choice,
            const Column<Member, Integer>& value, std::span<std::int64_t> total) {
  Sums<Member, Group>().add(
      workers, table, choice, [&](Id<Member> member) { return value[member]; }, total);
}

}  // namespace sim
