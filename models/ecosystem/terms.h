// SPDX-License-Identifier: Apache-2.0
#pragma once
// How a contract's term is paid: in parts of 52 weeks, ahead, and a last part of what is left.

#include <algorithm>
#include <cstdint>

namespace ecosystem {

constexpr std::int32_t invoices_of_term(std::int32_t term_weeks) {
  return std::max(1, (term_weeks + 51) / 52);
}

// The weeks that an invoice pays for; number 0 is the first of the contract. 0 without a term.
constexpr std::int32_t paid_weeks(std::int32_t term_weeks, std::int32_t invoice) {
  return std::min(52, term_weeks - 52 * (invoice % invoices_of_term(term_weeks)));
}

// Of a yearly amount, what the first invoice is over.
constexpr std::int64_t first_year(std::int64_t yearly, std::int32_t term_weeks) {
  if (term_weeks == 0 || term_weeks >= 52) return yearly;
  return yearly / 52 * term_weeks + yearly % 52 * term_weeks / 52;
}

// After so many invoices, does a term end?
constexpr bool term_ends(std::int32_t term_weeks, std::int32_t invoices) {
  return invoices % invoices_of_term(term_weeks) == 0;
}

}  // namespace ecosystem
