// SPDX-License-Identifier: Apache-2.0
#pragma once
// A sparse relation between two tables: an edge is a keyed row with facts of its own.
//
//   struct Partnerships : sim::Edges<Partnerships, Firms, Firms> {
//     Column<double> trust;
//     static constexpr auto columns = Pack{&Partnerships::trust};
//   };
//   const auto edge = partnerships.add(firms, vendor, firms, reseller);
//   partnerships.rebuild(firms, firms);
//   for (const auto id : partnerships.of(vendor)) total += partnerships.trust[id];
//
// An Edges is a Table with two columns more, `from` and `to`, so group_by, by_key and snapshots
// work on it; in the other direction, group_by(partnerships, partnerships.to, firms). The key of an
// edge is pair(from's key, to's key): draws about a pair are the pair's own. There is at most one
// living edge between two rows in each direction; one that ended may begin anew, under the same
// key, with blank facts.
//
// of() lists the edges of a row in ascending order of the other end's key, whatever the history of
// births, deaths and compaction. compact() also sorts the rows themselves, by (from's key, to's
// key).
//
// Life of an edge: it dies with either end, in the next rebuild(). After compaction of a table at
// an end, call from_moved() or to_moved() with the map (both, for a relation within one table).
//
// Threads: of() and find() may be called by many at once; everything else is for one thread between
// phases. of() needs a rebuild() since the last change; rebuild costs one pass over edges and ends.

#include <cstdint>
#include <span>
#include <utility>
#include <vector>

#include "sim/check.h"
#include "sim/id.h"
#include "sim/key.h"
#include "sim/key_index.h"
#include "sim/table.h"

namespace sim {

template <class Derived, class From, class To>
class Edges : public Table<Derived> {
  using Base = Table<Derived>;

 public:
  using Id = typename Base::Id;

  // Set by add(), kept by the *_moved() calls; for everybody else to read.
  sim::Column<Derived, sim::Id<From>> from;
  sim::Column<Derived, sim::Id<To>> to;
  static constexpr auto base_columns = Pack{&Edges::from, &Edges::to};

  Id add(const From& from_table, sim::Id<From> from_id, const To& to_table, sim::Id<To> to_id) {
    PARDNER_EXPECT(from_table.alive(from_id) && to_table.alive(to_id));
    const Id edge = Base::add(pair(from_table.key(from_id), to_table.key(to_id)));
    from[edge] = from_id;
    to[edge] = to_id;
    index_.insert(edge.index(), key_of());
    dirty_ = true;
    return edge;
  }

  void retire(Id edge) {
    index_.erase(this->key(edge), key_of());
    this->may_return(this->key(edge));
    Base::retire(edge);
    dirty_ = true;
  }

  // The living edge between two rows, or none. Sees edges added since the last rebuild().
  Id find(Key from_key, Key to_key) const {
    const std::uint32_t row = index_.find(pair(from_key, to_key), key_of());
    return row == KeyIndex::none ? Id::none() : Id(row);
  }

  // Makes of() good again after edges or rows at their ends were added or retired.
  void rebuild(const From& from_table, const To& to_table);

  std::span<const Id> of(sim::Id<From> row) const {
    PARDNER_EXPECT(!dirty_);
    if (row.index() >= ranges_.size()) return {};  // a row born since has no edges yet
    const Range range = ranges_[row.index()];
    return {sorted_.data() + range.begin, sorted_.data() + range.end};
  }

  // Drops retired edges and sorts the rest; ids change: the map old -> new is for columns elsewhere
  // that hold them. rebuild() is part of it.
  std::vector<Id> compact(const From& from_table, const To& to_table);

  void from_moved(const std::vector<sim::Id<From>>& moved) { follow(from, moved); }
  void to_moved(const std::vector<sim::Id<To>>& moved) { follow(to, moved); }

  void reserve(std::size_t edges) {
    Base::reserve(edges);
    index_.reserve(edges, key_of());
    sorted_.reserve(edges);
    scratch_.reserve(edges);
  }

  std::size_t bytes() const {
    return Base::bytes() + index_.bytes() + ranges_.capacity() * sizeof(Range) +
           (sorted_.capacity() + scratch_.capacity()) * sizeof(Id) +
           next_.capacity() * sizeof(std::uint32_t);
  }

  // For tests and debug runs, after rebuild().
  void verify(const From& from_table, const To& to_table) const;

 private:
  struct Range {
    std::uint32_t begin = 0, end = 0;  // in sorted_
  };

  auto key_of() const {
    return [this](std::uint32_t row) { return this->key(Id(row)); };
  }

  template <class End>
  void follow(sim::Column<Derived, sim::Id<End>>& column, const std::vector<sim::Id<End>>& moved) {
    for (std::uint32_t row = 0; row < this->size(); ++row) {
      const Id edge(row);
      if (!this->alive(edge)) continue;
      column[edge] = moved[column[edge].index()];
      if (!column[edge]) retire(edge);
    }
    dirty_ = true;
  }

  // Stable counting sort of `in` by the rank of an end in its table's order of keys. Leaves in
  // next_[row of the end] where that row's edges end.
  template <class End>
  void sort_by(const End& table, const sim::Column<Derived, sim::Id<End>>& column,
               const std::vector<Id>& in, std::vector<Id>& out) {
    next_.assign(table.size(), 0);
    for (const Id edge : in) ++next_[column[edge].index()];
    std::uint32_t sum = 0;
    for (const std::uint32_t row : table.by_key()) sum += std::exchange(next_[row], sum);
    out.resize(in.size());
    for (const Id edge : in) out[next_[column[edge].index()]++] = edge;
  }

  KeyIndex index_;             // pair key -> row, living edges
  std::vector<Id> sorted_;     // living edges by (from's key, to's key)
  std::vector<Range> ranges_;  // per row of From
  std::vector<Id> scratch_;
  std::vector<std::uint32_t> next_;
  bool dirty_ = false;
};

template <class Derived, class From, class To>
void Edges<Derived, From, To>::rebuild(const From& from_table, const To& to_table) {
  sorted_.clear();
  for (std::uint32_t row = 0; row < this->size(); ++row) {
    const Id edge(row);
    if (!this->alive(edge)) continue;
    if (from_table.alive(from[edge]) && to_table.alive(to[edge]))
      sorted_.push_back(edge);
    else
      retire(edge);
  }
  sort_by(to_table, to, sorted_, scratch_);
  sort_by(from_table, from, scratch_, sorted_);
  ranges_.assign(from_table.size(), {});
  std::uint32_t begin = 0;
  for (const std::uint32_t row : from_table.by_key())
    ranges_[row] = {std::exchange(begin, next_[row]), next_[row]};
  dirty_ = false;
}

template <class Derived, class From, class To>
auto Edges<Derived, From, To>::compact(const From& from_table, const To& to_table)
    -> std::vector<Id> {
  rebuild(from_table, to_table);
  std::vector<std::uint32_t> rows;
  rows.reserve(sorted_.size());
  for (const Id edge : sorted_) rows.push_back(edge.index());
  std::vector<Id> moved = this->arrange(rows);
  index_.clear();
  for (std::uint32_t row = 0; row < this->size(); ++row) index_.insert(row, key_of());
  rebuild(from_table, to_table);
  return moved;
}

template <class Derived, class From, class To>
void Edges<Derived, From, To>::verify(const From& from_table, const To& to_table) const {
  Base::verify();
  validate(!dirty_ && sorted_.size() == this->living(), "edges are not rebuilt");
  std::size_t listed = 0;
  for (std::uint32_t row = 0; row < from_table.size(); ++row) {
    const auto edges = of(sim::Id<From>(row));
    listed += edges.size();
    for (std::size_t i = 0; i < edges.size(); ++i) {
      const Key from_key = from_table.key(from[edges[i]]), to_key = to_table.key(to[edges[i]]);
      validate(from[edges[i]].index() == row, "an edge is listed at another row");
      validate(this->key(edges[i]) == pair(from_key, to_key), "an edge's key is not its pair's");
      validate(find(from_key, to_key) == edges[i], "an edge is not found by its ends");
      validate(i == 0 || to_table.key(to[edges[i - 1]]) < to_key,
               "edges of a row are not in order");
    }
  }
  validate(listed == this->living(), "an edge is not listed");
}

}  // namespace sim
