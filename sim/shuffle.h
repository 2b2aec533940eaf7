// SPDX-License-Identifier: Apache-2.0
#pragma once
// A fresh random order of n rows: uniform over all n! orders.
//
// Rao (1961) and Sandelius (1962): scatter the rows into buckets by random digits, then shuffle
// each bucket; each bucket fits the cache, where Fisher-Yates on a large array misses it at every
// step.

#include <algorithm>
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
    words_.resize((rows + 3) / 4);
    draw.fill(words_);
    digits_.resize(4 * words_.size());
    for (std::size_t i = 0; i < words_.size(); ++i)
      for (std::size_t j = 0; j < 4; ++j)
        digits_[4 * i + j] = static_cast<std::uint8_t>(words_[i] >> (8 * j));
    begin_.assign(buckets + 1, 0);
    for (std::uint32_t i = 0; i < rows; ++i) ++begin_[digits_[i] + 1u];
    for (std::size_t b = 0; b < buckets; ++b) begin_[b + 1] += begin_[b];
    next_ = begin_;
    for (std::uint32_t i = 0; i < rows; ++i) order_[next_[digits_[i]]++] = i;
  }

  // Fisher-Yates, with the words drawn in batches. A word that would bias the choice (Lemire 2019)
  // is thrown away for a fresh one.
  void permute(std::span<std::uint32_t> rows, Draw& draw) {
    words_.resize(std::max<std::size_t>(rows.size(), 1) - 1);
    draw.fill(words_);
    for (std::uint32_t left = static_cast<std::uint32_t>(rows.size()); left > 1; --left) {
      std::uint64_t product = static_cast<std::uint64_t>(words_[left - 2]) * left;
      if (static_cast<std::uint32_t>(product) < left) [[unlikely]] {
        const std::uint32_t floor = static_cast<std::uint32_t>(-left) % left;
        while (static_cast<std::uint32_t>(product) < floor)
          product = static_cast<std::uint64_t>(draw()) * left;
      }
      std::swap(rows[left - 1], rows[product >> 32]);
    }
  }

  std::vector<std::uint32_t> order_, begin_, next_, words_;
  std::vector<std::uint8_t> digits_;
};

}  // namespace sim
