// SPDX-License-Identifier: Apache-2.0
#pragma once
// Double entry in integer minor units: what one account of the ledger gets, another gave, so the
// sum is 0 at all times; verify() is called every week of every run.

#include <array>
#include <cstdint>
#include <span>

#include "sim/check.h"

namespace startups {

enum class Book : std::uint8_t {
  customers,  // what accounts paid (negative)
  startups,   // cash of all startups, also of those that are gone
  giants,
  investors,
  staff,
  services,     // everything else that is bought
  integrators,  // firms that install and run what startups sell
  count
};

class Ledger {
 public:
  void post(Book from, Book to, std::int64_t amount) {
    if (__builtin_sub_overflow(at(from), amount, &at(from)) ||
        __builtin_add_overflow(at(to), amount, &at(to)))
      throw sim::Error("an account of the ledger does not fit 64 bits");
  }
  std::int64_t balance(Book book) const { return balance_[static_cast<std::size_t>(book)]; }
  std::span<const std::int64_t> balances() const { return balance_; }

  // Unsigned: the sum is taken modulo 2^64, where it is 0 exactly if no cent was made or lost.
  void verify() const {
    std::uint64_t sum = 0;
    for (const std::int64_t balance : balance_) sum += static_cast<std::uint64_t>(balance);
    if (sum != 0) throw sim::Error("the ledger does not balance");
  }

 private:
  std::int64_t& at(Book book) { return balance_[static_cast<std::size_t>(book)]; }
  std::array<std::int64_t, static_cast<std::size_t>(Book::count)> balance_{};
};

// A yearly amount in 52 weekly parts that add up to it exactly: the part of week k.
constexpr std::int64_t weekly_part(std::int64_t yearly, std::int64_t week) {
  const std::int64_t k = week % 52;
  return yearly / 52 + (yearly % 52 * (k + 1) / 52 - yearly % 52 * k / 52);
}

}  // namespace startups
