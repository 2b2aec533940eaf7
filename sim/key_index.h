// SPDX-License-Identifier: Apache-2.0
#pragma once
// Finds the row of a key: a hash table that holds row numbers only and reads the keys where they
// are, in the caller's own array. Four bytes a row at half load, no memory taken by insert or erase
// within what was reserved. The order of insertion never shows.
//
// key_of(row) gives the key of a row that is in the index. Keys in the index are distinct.
// Not safe for concurrent writing; concurrent find is.

#include <bit>
#include <cstddef>
#include <cstdint>
#include <vector>

#include "sim/check.h"
#include "sim/key.h"

namespace sim {

class KeyIndex {
 public:
  static constexpr std::uint32_t none = 0xffffffffu;

  std::size_t size() const { return size_; }
  std::size_t bytes() const { return rows_.capacity() * sizeof(std::uint32_t); }

  template <class KeyOf>
  std::uint32_t find(Key key, KeyOf key_of) const {
    if (rows_.empty()) return none;
    for (std::size_t at = home(key);; at = next(at))
      if (rows_[at] == none || key_of(rows_[at]) == key) return rows_[at];
  }

  template <class KeyOf>
  void insert(std::uint32_t row, KeyOf key_of) {
    PARDNER_EXPECT(find(key_of(row), key_of) == none);
    if (2 * (size_ + 1) > rows_.size()) reserve(size_ + 1, key_of);
    std::size_t at = home(key_of(row));
    while (rows_[at] != none) at = next(at);
    rows_[at] = row;
    ++size_;
  }

  // Returns the row the key had, or none. Later members of the same run move up, so that no grave
  // is left behind (Knuth, The Art of Computer Programming 3, 6.4, algorithm R).
  template <class KeyOf>
  std::uint32_t erase(Key key, KeyOf key_of) {
    if (rows_.empty()) return none;
    std::size_t hole = home(key);
    while (rows_[hole] != none && key_of(rows_[hole]) != key) hole = next(hole);
    const std::uint32_t row = rows_[hole];
    if (row == none) return none;
    for (std::size_t at = next(hole); rows_[at] != none; at = next(at)) {
      const std::size_t wanted = home(key_of(rows_[at]));
      if (distance(wanted, at) < distance(hole, at)) continue;
      rows_[hole] = rows_[at];
      hole = at;
    }
    rows_[hole] = none;
    --size_;
    return row;
  }

  // Room for `count` rows in all.
  template <class KeyOf>
  void reserve(std::size_t count, KeyOf key_of) {
    const std::size_t wanted = std::bit_ceil(2 * count < 16 ? std::size_t{16} : 2 * count);
    if (wanted <= rows_.size()) return;
    std::vector<std::uint32_t> old(wanted, none);
    old.swap(rows_);
    shift_ = 64 - std::countr_zero(wanted);
    for (std::uint32_t row : old) {
      if (row == none) continue;
      std::size_t at = home(key_of(row));
      while (rows_[at] != none) at = next(at);
      rows_[at] = row;
    }
  }

  void clear() {
    rows_.assign(rows_.size(), none);
    size_ = 0;
  }

 private:
  // Fibonacci hashing: the top bits of a product with 2^64 / golden ratio.
  std::size_t home(Key key) const { return (key.value * 0x9e3779b97f4a7c15ull) >> shift_; }
  std::size_t next(std::size_t at) const { return (at + 1) & (rows_.size() - 1); }
  std::size_t distance(std::size_t from, std::size_t to) const {
    return (to - from) & (rows_.size() - 1);
  }

  std::vector<std::uint32_t> rows_;  // a power of two long, at most half full
  std::size_t size_ = 0;
  int shift_ = 64;
};

}  // namespace sim
