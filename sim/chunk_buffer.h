// SPDX-License-Identifier: Apache-2.0
#pragma once
// Gathers rows of equal length until a chunk of a variable is full: chunks are compressed, so each
// should reach the file whole and once.

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <span>
#include <variant>
#include <vector>

#include "sim/results.h"

namespace sim {

class ChunkBuffer {
 public:
  ChunkBuffer() = default;
  ChunkBuffer(Type type, std::size_t rows, std::size_t row_length)
      : row_length_(row_length), filled_(rows, 0), missing_rows_(rows) {
    if (type == Type::real)
      values_ = std::vector<double>(rows * row_length, missing_real);
    else
      values_ = std::vector<std::int64_t>(rows * row_length, missing_integer);
  }

  // The row may be shorter: the rest stays "missing".
  template <class T>
  void put(std::size_t row, std::span<const T> values) {
    auto& all = std::get<std::vector<T>>(values_);
    std::copy(values.begin(), values.end(),
              all.begin() + static_cast<std::ptrdiff_t>(row * row_length_));
    if (filled_[row] == 0) --missing_rows_;
    filled_[row] = 1;
  }
  bool full() const { return missing_rows_ == 0; }
  bool has(std::size_t row) const { return filled_[row] != 0; }
  std::size_t rows() const { return filled_.size(); }
  std::size_t bytes() const { return filled_.size() * row_length_ * sizeof(double); }

  // visit(pointer to the first value), typed.
  template <class Visit>
  void visit(Visit&& visit) const {
    std::visit([&](const auto& values) { visit(values.data()); }, values_);
  }

 private:
  std::size_t row_length_ = 0;
  std::vector<char> filled_;
  std::size_t missing_rows_ = 0;
  std::variant<std::vector<double>, std::vector<std::int64_t>> values_;
};

}  // namespace sim
