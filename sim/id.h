// SPDX-License-Identifier: Apache-2.0
#pragma once
// A dense row index that cannot be mistaken for the index of another table. It changes when a table
// is compacted; what stays is the row's Key (key.h).

#include <compare>
#include <cstddef>
#include <cstdint>

namespace sim {

template <class Owner>
class Id {
 public:
  constexpr Id() = default;
  constexpr explicit Id(std::size_t row) : row_(static_cast<std::uint32_t>(row)) {}
  static constexpr Id none() { return Id(); }
  constexpr std::uint32_t index() const { return row_; }
  constexpr explicit operator bool() const { return row_ != 0xffffffffu; }
  friend constexpr auto operator<=>(Id, Id) = default;

 private:
  std::uint32_t row_ = 0xffffffffu;
};

// The ids of rows [begin, end): for (const auto id : ids<Accounts>(begin, end)).
template <class Owner>
class IdRange {
 public:
  struct Iterator {
    std::size_t row;
    Id<Owner> operator*() const { return Id<Owner>(row); }
    Iterator& operator++() {
      ++row;
      return *this;
    }
    bool operator!=(const Iterator& other) const { return row != other.row; }
  };
  IdRange(std::size_t begin, std::size_t end) : begin_(begin), end_(end) {}
  Iterator begin() const { return {begin_}; }
  Iterator end() const { return {end_}; }

 private:
  std::size_t begin_, end_;
};

template <class Owner>
IdRange<Owner> ids(std::size_t begin, std::size_t end) {
  return {begin, end};
}

}  // namespace sim
