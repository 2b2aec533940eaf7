// SPDX-License-Identifier: Apache-2.0
// The row of a pair follows its partnership in whole runs, whoever ends it.
#include <gtest/gtest.h>

#include "tests/models/plan.h"

namespace {

// Partnerships end by idleness, pivots, deaths, entry and turning: each ends once.
TEST(Dealings, NoPartnershipEndsTwice) {
  const auto run = support::run(support::plan(
      "platform_choice", {"run.weeks=260", "run.replicates=4", "runway.cash=20_000_000",
                          "build_or_buy.build_rate=0.3", "build_or_buy.buy_rate=0.1"}));
  const auto sum = [&](const char* name, std::size_t replicate, std::size_t arm) {
    std::int64_t all = 0;
    for (const std::int64_t part : run.series(name, replicate, arm).integers) all += part;
    return all;
  };
  for (std::size_t replicate = 0; replicate < 4; ++replicate)
    for (std::size_t arm = 0; arm < run.arms; ++arm)
      EXPECT_GE(sum("programs_signed", replicate, arm), sum("programs_ended", replicate, arm));
}

}  // namespace
