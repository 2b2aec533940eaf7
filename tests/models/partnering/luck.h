// SPDX-License-Identifier: Apache-2.0
#pragma once
// For the exact tests of partners: luck, and shares that are to be met.

#include "sim/random.h"
#include "tests/support/mean.h"

namespace partnering_tests {

using support::expect_exact;
using support::Mean;

inline sim::Draw luck(std::uint64_t key, int week = sim::ever) {
  return support::all_luck.draw(support::luck_stream, sim::Key{key}, week);
}

// A firm, and its lot on an opportunity, as the economy would draw it.
inline sim::Key firm(std::uint64_t number) { return sim::child(sim::named("firm"), {}, number); }
inline double lot_of(sim::Key opportunity, sim::Key firm) {
  return luck(sim::pair(opportunity, firm).value).uniform();
}

}  // namespace partnering_tests
