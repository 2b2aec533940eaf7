// SPDX-License-Identifier: Apache-2.0
#pragma once
// State is tables: one row per agent, one column per fact, a lasting Key per row.
//
//   struct Accounts : sim::Table<Accounts> {
//     Column<double> revenue;   // [USD]
//     Column<Reps::Id> owner;
//     static constexpr auto columns = Pack{&Accounts::revenue, &Accounts::owner};
//   };
//
// Rows are added at the end and retired in place (`alive`), so a row index (Accounts::Id) is good
// until compact(), which drops retired rows, keeps the order of the rest and returns the map old ->
// new for columns elsewhere that hold ids. Order of rows is the order of birth: never let a sum or
// a tie depend on it; pull through group_by, which goes by key.
//
// Threads: different rows may be written at the same time (a column never packs two rows into one
// byte); add, retire and compact are for one thread between phases.

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <numeric>
#include <span>
#include <type_traits>
#include <utility>
#include <vector>
#ifdef PARDNER_CHECKS
#include <unordered_set>
#endif

#include "sim/check.h"
#include "sim/id.h"
#include "sim/key.h"
#include "sim/pack.h"

namespace sim {

// One fact for each row of Owner's table.
template <class Owner, class T>
class Column {
  static_assert(!std::is_same_v<T, bool>, "use std::uint8_t: packed bits race between threads");

 public:
  using value_type = T;
  T& operator[](Id<Owner> id) { return at(id.index()); }
  const T& operator[](Id<Owner> id) const { return at(id.index()); }
  std::size_t size() const { return values_.size(); }
  T* data() { return values_.data(); }
  const T* data() const { return values_.data(); }
  std::span<T> span() { return values_; }
  std::span<const T> span() const { return values_; }
  auto begin() { return values_.begin(); }
  auto end() { return values_.end(); }
  auto begin() const { return values_.begin(); }
  auto end() const { return values_.end(); }
  void fill(const T& value) { std::fill(values_.begin(), values_.end(), value); }
  void resize(std::size_t rows) { values_.resize(rows); }
  void append() { values_.emplace_back(); }
  void reserve(std::size_t rows) { values_.reserve(rows); }
  void keep(std::span<const std::uint32_t> rows) {  // rows ascending
    for (std::size_t i = 0; i < rows.size(); ++i) values_[i] = values_[rows[i]];
    values_.resize(rows.size());
  }
  void arrange(std::span<const std::uint32_t> rows) {  // in any order, each at most once
    std::vector<T> arranged;
    arranged.reserve(rows.size());
    for (const std::uint32_t row : rows) arranged.push_back(std::move(values_[row]));
    values_.swap(arranged);
  }
  std::size_t bytes() const { return values_.capacity() * sizeof(T); }

 private:
  T& at(std::size_t row) {
    PARDNER_EXPECT(row < values_.size());
    return values_[row];
  }
  const T& at(std::size_t row) const {
    PARDNER_EXPECT(row < values_.size());
    return values_[row];
  }
  std::vector<T> values_;
};

template <class Derived>
class Table {
 public:
  using Id = sim::Id<Derived>;
  template <class T>
  using Column = sim::Column<Derived, T>;

  std::size_t size() const { return keys_.size(); }  // retired rows included
  std::size_t living() const { return size() - retired_; }
  Key key(Id id) const { return keys_[id]; }
  std::span<const Key> keys() const { return keys_.span(); }
  bool alive(Id id) const { return alive_[id] != 0; }
  std::span<const std::uint8_t> lives() const { return alive_.span(); }  // alive(), row by row

  // A new row with every column value-initialised. Keys must be new in this table.
  Id add(Key key) {
#ifdef PARDNER_CHECKS
    PARDNER_EXPECT(known_.insert(key.value).second);
#endif
    const Id id(size());
    keys_.append();
    alive_.append();
    each_column([](auto& column) { column.append(); });
    keys_[id] = key;
    alive_[id] = 1;
    ordered_ = false;
    return id;
  }

  void retire(Id id) {
    PARDNER_EXPECT(alive_[id]);
    alive_[id] = 0;
    ++retired_;
    ordered_ = false;
  }

  // Drops retired rows. Returns, for each old row, its new row (Id::none() for a dropped one).
  std::vector<Id> compact() {
    std::vector<std::uint32_t> kept;
    kept.reserve(living());
    for (std::uint32_t row = 0; row < size(); ++row)
      if (alive_[Id(row)]) kept.push_back(row);
    return arrange(kept);
  }

  void reserve(std::size_t rows) {
    keys_.reserve(rows);
    alive_.reserve(rows);
    order_.reserve(rows);
    each_column([rows](auto& column) { column.reserve(rows); });
  }

  // Living rows in ascending order of key: the order in which effects are summed.
  // Costs one pass after rows were retired, and a sort of the new rows only after births.
  std::span<const std::uint32_t> by_key() const {
    if (!ordered_) reorder();
    return order_;
  }

  std::size_t bytes() const {
    std::size_t total = keys_.bytes() + alive_.bytes() + order_.capacity() * sizeof(order_[0]);
    const_cast<Table*>(this)->each_column([&total](auto& column) { total += column.bytes(); });
    return total;
  }

  // Same length everywhere, keys unique among the living: for tests and debug runs.
  void verify() const {
    const_cast<Table*>(this)->each_column(
        [this](auto& column) { validate(column.size() == size(), "columns differ in length"); });
    const auto order = by_key();
    for (std::size_t i = 1; i < order.size(); ++i)
      validate(keys_[Id(order[i - 1])] < keys_[Id(order[i])], "two living rows share a key");
  }

  // visit(column) for each column of Derived, in declared order; those an edge brings come first.
  template <class Visit>
  void each_column(Visit visit) {
    const auto one = [&](auto member) { visit(static_cast<Derived&>(*this).*member); };
    if constexpr (requires { Derived::base_columns; }) Derived::base_columns.each(one);
    Derived::columns.each(one);
  }

 protected:
  // Keeps these rows, all of them living, in this order; the map old -> new as compact() gives it.
  std::vector<Id> arrange(std::span<const std::uint32_t> rows) {
    std::vector<Id> moved(size());
    for (std::size_t i = 0; i < rows.size(); ++i) moved[rows[i]] = Id(i);
    const auto move = [rows, in_place = std::is_sorted(rows.begin(), rows.end())](auto& column) {
      in_place ? column.keep(rows) : column.arrange(rows);
    };
    move(keys_);
    move(alive_);
    each_column(move);
    retired_ = 0;
    order_.clear();
    ordered_rows_ = 0;
    ordered_ = false;
    return moved;
  }

  // A retired row's key may be added again (edges.h); elsewhere keys are never used twice.
  void may_return([[maybe_unused]] Key key) {
#ifdef PARDNER_CHECKS
    known_.erase(key.value);
#endif
  }

 private:
  void reorder() const {
    const auto earlier = [this](std::uint32_t a, std::uint32_t b) {
      return keys_[Id(a)] < keys_[Id(b)];
    };
    std::erase_if(order_, [this](std::uint32_t row) { return !alive_[Id(row)]; });
    born_.clear();
    for (std::size_t row = ordered_rows_; row < size(); ++row)
      if (alive_[Id(row)]) born_.push_back(static_cast<std::uint32_t>(row));
    std::sort(born_.begin(), born_.end(), earlier);
    // Merge from the back, in place: what is written is never ahead of what is still to be read.
    std::size_t old = order_.size(), fresh = born_.size(), end = old + fresh;
    order_.resize(end);
    while (fresh > 0)
      order_[--end] =
          old > 0 && earlier(born_[fresh - 1], order_[old - 1]) ? order_[--old] : born_[--fresh];
    ordered_rows_ = size();
    ordered_ = true;
  }

  Column<Key> keys_;
  Column<std::uint8_t> alive_;
  std::size_t retired_ = 0;
  mutable std::vector<std::uint32_t> order_;  // cache of by_key(); rebuilt between phases only
  mutable std::vector<std::uint32_t> born_;   // scratch of reorder()
  mutable std::size_t ordered_rows_ = 0;      // rows that order_ knows of
  mutable bool ordered_ = false;
#ifdef PARDNER_CHECKS
  std::unordered_set<std::uint64_t> known_;  // keys are never used twice, not even after death
#endif
};

}  // namespace sim
