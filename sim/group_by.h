// SPDX-License-Identifier: Apache-2.0
#pragma once
// Turns "each customer chose a partner" into "each partner sees its customers".
//
// A mechanism writes only its own rows. What it does to others is a choice in a column of its own,
// pulled by the others through `group_by`, in ascending order of the choosers' keys: births, deaths
// and compaction elsewhere never change a floating-point sum, nor does the number of threads. For
// integer columns `sum_by` adds directly, in any order.

#include <cstdint>
#include <span>
#include <vector>

#include "sim/check.h"
#include "sim/id.h"
#include "sim/table.h"

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

// total[g] += value of every living member that chose g. Integers only: their sum has no order.
template <class Member, class Group, class Integer>
requires std::is_integral_v<Integer>
void sum_by(const Member& table, const Column<Member, Id<Group>>& choice,
            const Column<Member, Integer>& value, std::span<std::int64_t> total) {
  for (std::uint32_t row = 0; row < table.size(); ++row) {
    const Id<Member> member(row);
    if (const Id<Group> group = choice[member]; group && table.alive(member))
      total[group.index()] += static_cast<std::int64_t>(value[member]);
  }
}

}  // namespace sim
