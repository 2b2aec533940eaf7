// SPDX-License-Identifier: Apache-2.0
#pragma once
// For the exact tests of startups: luck, and shares that are to be met.

#include <string_view>

#include "sim/random.h"
#include "tests/support/mean.h"

namespace ventures_tests {

using support::all_luck;
using support::expect_exact;
using support::Mean;

inline constexpr sim::Stream landscape_stream{901, "landscape", "market", "contributions"};
inline constexpr sim::Stream firm_stream{902, "firm", "firm on a landscape", "search, survival"};

inline sim::Draw luck(std::uint64_t key) {
  return all_luck.draw(support::luck_stream, sim::Key{key});
}

// For controls: what was found is not the target, by far more than chance.
inline void expect_other(const Mean& found, double target, std::string_view what) {
  EXPECT_GT(std::abs(found.mean() - target), 6 * found.error()) << what;
}

}  // namespace ventures_tests
