// SPDX-License-Identifier: Apache-2.0
#pragma once
// A fresh random order of n rows: uniform over all n! orders.
//
// Rao (1961) and Sandelius (1962): scatter the rows into buckets by random digits, then shuffle
// each bucket; each bucket fits the cache, where Fisher-Yates on a large array misses it at every
// step.

#include <cstdint>
#include <span>
#include <utility>
#include <vector>

#include "sim/random.h"

namespace sim {

class Shuffle {
 public:
  // The order is a function of the draw alone (key it by the table and the week).
  std::span<const std::uint32_t> order(std::uint32_t rows, Draw draw) {
    order_.resize(rows);
    if (rows <= small) {
      for (std::uint32_t i = 0; i < rows; ++i) order_[i] = i;
      permute(order_, draw);
      return order_;
    }
    scatter(rows, draw);
    for (std::size_t b = 0; b < buckets; ++b)
      permute({order_.data() + begin_[b], order_.data() + begin_[b + 1]}, draw);
    return order_;
  }

 private:
  static constexpr std::uint32_t small = 1u << 14;
  static constexpr std::size_t buckets = 256;

  void scatter(std::uint32_t rows, Draw& draw) {
    digits_.resize((rows + 3) / 4 * 4);
    for (std::size_t i = 0; i < digits_.size(); i += 4) {
      const std::uint32_t word = draw();
      for (std::size_t j = 0; j < 4; ++j)
        digits_[i + j] = static_cast<std::uint8_t>(word >> (8 * j));
    }
    begin_.assign(buckets + 1, 0);
    for (std::uint32_t i = 0; i < rows; ++i) ++begin_[digits_[i] + 1u];
    for (std::size_t b = 0; b < buckets; ++b) begin_[b + 1] += begin_[b];
    next_ = begin_;
    for (std::uint32_t i = 0; i < rows; ++i) order_[next_[digits_[i]]++] = i;
  }

  static void permute(std::span<std::uint32_t> rows, Draw& draw) {
    for (std::uint32_t left = static_cast<std::uint32_t>(rows.size()); left > 1; --left) {
      const std::uint32_t chosen = draw.below(left);
      std::swap(rows[left - 1], rows[chosen]);
    }
  }

  std::vector<std::uint32_t> order_, begin_, next_;
  std::vector<std::uint8_t> digits_;
};

}  // namespace sim
