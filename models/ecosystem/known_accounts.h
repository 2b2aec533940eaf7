// SPDX-License-Identifier: Apache-2.0
#pragma once
// Which partner knows which account, as a file says it (account mapping): a CSV with the columns
//
//   account   its number, or "Account 000012" as `pardner export crm` calls it
//   partner   the number of the candidate, or "Partner 3"
//   status    customer or prospect, to the partner
//
// Other columns do no harm. An account that the file does not name is known to no partner.

#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

namespace ecosystem {

class KnownAccounts {
 public:
  struct Entry {
    std::uint32_t partner;  // row of Partnerships
    bool customer;          // else a prospect
  };

  // What is wrong with the text is a ScenarioError with the place of each problem. `by_key`: rows
  // of Partnerships in order of key, in which of() names them: whom a draw picks must not depend on
  // the order of the file.
  static KnownAccounts read(std::string_view text, std::size_t accounts,
                            std::span<const std::uint32_t> by_key);

  bool given() const { return !first_.empty(); }  // no file: partners know accounts by chance
  std::span<const Entry> of(std::size_t account) const {
    return std::span(entries_).subspan(first_[account], first_[account + 1] - first_[account]);
  }

 private:
  std::vector<std::uint32_t> first_;  // of each account in entries_, and one beyond the last
  std::vector<Entry> entries_;
};

}  // namespace ecosystem
