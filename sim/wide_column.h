// SPDX-License-Identifier: Apache-2.0
#pragma once
// Several figures of one kind for each row of Owner's table, one for each row of Inner's: what each
// rep knows of each product. A column like any other (table.h), row after row in one array.
//
//   sim::WideColumn<Reps, Products, double> knows;   // reps.knows(rep, product)
//
// widen() sets the number of figures before the first row is added; it is 1 if nobody says so.

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <span>
#include <type_traits>
#include <vector>

#include "sim/check.h"
#include "sim/id.h"

namespace sim {

template <class Owner, class Inner, class T>
class WideColumn {
  static_assert(!std::is_same_v<T, bool>, "use std::uint8_t: packed bits race between threads");

 public:
  using value_type = T;

  void widen(std::size_t width) {
    validate(values_.empty() && width > 0, "a wide column is widened before its first row");
    width_ = width;
  }
  std::size_t width() const { return width_; }

  T& operator()(Id<Owner> row, Id<Inner> inner) { return values_[place(row, inner)]; }
  const T& operator()(Id<Owner> row, Id<Inner> inner) const { return values_[place(row, inner)]; }
  std::span<T> of(Id<Owner> row) { return {values_.data() + row.index() * width_, width_}; }
  std::span<const T> of(Id<Owner> row) const {
    return {values_.data() + row.index() * width_, width_};
  }

  // What Table asks of a column.
  std::size_t size() const { return values_.size() / width_; }
  std::span<T> span() { return values_; }
  std::span<const T> span() const { return values_; }
  void append() { values_.resize(values_.size() + width_); }
  void reserve(std::size_t rows) { values_.reserve(rows * width_); }
  void keep(std::span<const std::uint32_t> rows) {  // rows ascending
    for (std::size_t i = 0; i < rows.size(); ++i)
      std::copy_n(values_.begin() + at(rows[i]), width_, values_.begin() + at(i));
    values_.resize(rows.size() * width_);
  }
  void arrange(std::span<const std::uint32_t> rows) {  // in any order, each at most once
    std::vector<T> arranged;
    arranged.reserve(rows.size() * width_);
    for (const std::uint32_t row : rows)
      arranged.insert(arranged.end(), values_.begin() + at(row), values_.begin() + at(row + 1));
    values_.swap(arranged);
  }
  std::size_t bytes() const { return values_.capacity() * sizeof(T); }

 private:
  std::ptrdiff_t at(std::size_t row) const { return static_cast<std::ptrdiff_t>(row * width_); }
  std::size_t place(Id<Owner> row, Id<Inner> inner) const {
    PARDNER_EXPECT(row.index() < size() && inner.index() < width_);
    return row.index() * width_ + inner.index();
  }
  std::size_t width_ = 1;
  std::vector<T> values_;
};

}  // namespace sim
