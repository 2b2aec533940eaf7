// SPDX-License-Identifier: Apache-2.0
// Service firms (L1): hours by what they bring, and each dollar with one payer.
#include <gtest/gtest.h>

#include "tests/models/startups/giants.h"

namespace {

using namespace startups;

double hours(const char* dollars, std::vector<std::string> more = {}) {
  more.insert(more.end(), {"multiplier.firms=10", std::string("multiplier.dollars=") + dollars});
  support::OneGiant one(more, 3);
  one.world.markets.need_rate[Markets::Id(0)] = 0.3;
  for (const auto id : sim::ids<Startups>(0, 3)) {
    one.world.startups.meetings[id] = 40;
    one.world.startups.own_wins[id] = 10;
  }
  one.world.split_service_hours(one.step());
  double sum = 0;
  for (const double each : one.world.service_hours) sum += each;
  return sum;
}

TEST(Services, HoursFollowWhatIsSpentAround) {
  EXPECT_EQ(hours("0"), 0);
  EXPECT_LT(hours("0.5"), hours("2"));
  EXPECT_LT(hours("2"), hours("8"));
  EXPECT_EQ(hours("8", {"multiplier.margin=0"}), 0);
  EXPECT_LE(hours("8"), 10 * 40);
}

// The customer pays the startup for the product and the service firm for the rest, nobody twice.
TEST(Services, EachDollarHasOnePayer) {
  support::OneGiant one({"multiplier.firms=1", "multiplier.dollars=8"});
  one.sell(0, 5, true, 1'000'003);
  for (auto& week : one.world.contracts.since) week = 0;
  const std::int64_t customers = one.world.ledger.balance(Book::customers);
  one.world.buy_around(one.step());
  EXPECT_EQ(one.world.ledger.balance(Book::integrators), 5 * 8 * 1'000'003);
  EXPECT_EQ(one.world.ledger.balance(Book::customers), customers - 5 * 8 * 1'000'003);
  one.world.ledger.verify();
}

}  // namespace
