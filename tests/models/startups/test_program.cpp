// SPDX-License-Identifier: Apache-2.0
// Whom startups set out to sign, and whether they are taken (H15, I2-I4).
#include <gtest/gtest.h>

#include <algorithm>

#include "tests/models/startups/giants.h"

namespace {

using namespace startups;

std::int64_t signed_by(const World& w, Giants::Id giant) {
  std::int64_t count = 0;
  for (const std::uint32_t row : w.programs.by_key())
    count += w.programs.to[Programs::Id(row)] == giant;
  return count;
}

const std::vector<std::string> five{"program.on=true", "giant.giants=5", "giant.base=0.3",
                                    "giant.base_sigma=0.8"};

std::vector<std::string> with(std::vector<std::string> more) {
  more.insert(more.begin(), five.begin(), five.end());
  return more;
}

TEST(Program, BrandLeadsAllToTheLargest) {
  support::OneGiant one(with({"program.choose_by=brand"}), 30);
  one.world.seek_programs(one.step());
  const auto& giants = one.world.giants;
  Giants::Id largest(0);
  for (const Giants::Id giant : sim::ids<Giants>(0, giants.size()))
    if (giants.brand[giant] * giants.base[giant] > giants.brand[largest] * giants.base[largest])
      largest = giant;
  EXPECT_EQ(signed_by(one.world, largest), 30);
}

TEST(Program, FitLeadsEachToItsOwn) {
  const auto fits = [](const char* rule) {
    support::OneGiant one(with({std::string("program.choose_by=") + rule}), 60);
    one.world.seek_programs(one.step());
    double sum = 0;
    for (const double fit : one.world.programs.complementarity) sum += fit;
    return sum / 60;
  };
  EXPECT_NEAR(fits("fit"), 5. / 6, 0.06);  // the best of five uniform numbers
  EXPECT_NEAR(fits("brand"), 0.5, 0.12);   // any one
  EXPECT_LT(fits("belief"), fits("fit"));  // with an error, but better than any
  EXPECT_GT(fits("belief"), fits("brand"));
}

// I4: the base in which most customers are; I3: nobody signs before enough of them are there.
TEST(Program, PullFollowsCustomersAndTheGateAsksForThem) {
  support::OneGiant one(with({"program.choose_by=pull", "program.gate=15"}), 2);
  one.sell(0, 20, true);  // in the base of giant 0, and of others by chance
  one.sell(1, 5, true);
  one.world.seek_programs(one.step());
  EXPECT_EQ(one.world.programs.living(), 1u);
  EXPECT_EQ(one.world.programs.from[Programs::Id(0)], Startups::Id(0));
  EXPECT_EQ(one.world.programs.to[Programs::Id(0)], Giants::Id(0));
}

// I2: a refusal stands as long as the figures do, and turns with them: in the quarter in which the
// contract of the one account that asks comes up, if it pays enough.
TEST(Program, ARefusalTurnsWhenACustomersContractComesUp) {
  constexpr std::size_t many = 20;
  const auto after_a_year = [](const char* at_renewal) {
    support::OneGiant one({"program.on=true", "program.cost=500_000", "pull.lined_up=1",
                           "pull.threat=0", std::string("pull.at_renewal=") + at_renewal},
                          many);
    for (; one.week() < 52; one.next()) {
      one.world.weigh_startups(one.step());
      one.world.seek_programs(one.step());
    }
    return one;
  };
  const auto quiet = after_a_year("0"), loud = after_a_year("1");
  int turned = 0;
  for (std::size_t i = 0; i < many; ++i) {
    EXPECT_EQ(quiet.world.dealings.since[quiet.dealing(i)], -1);
    EXPECT_EQ(quiet.world.dealings.refused[quiet.dealing(i)], 0);
    const auto id = loud.dealing(i);
    const auto& w = loud.world;
    const Asks::Id ask(id.index());
    ASSERT_EQ(w.asks.dealing[ask], id);
    const bool enough = w.asks.spend[ask] + w.dealings.uplift[id] >= 500'000'00;
    const std::int64_t week = enough ? 13 * w.asks.renews[ask] : -1;
    EXPECT_EQ(w.dealings.since[id], week);
    EXPECT_EQ(w.dealings.reversed[id], week > 0 ? week : -1);
    turned += week > 0;
  }
  EXPECT_GT(turned, 5);
}

// Offers of partnering.h know nothing of it: off means off.
TEST(Program, OffSignsNobody) {
  support::OneGiant one({}, 10);
  one.world.seek_programs(one.step());
  EXPECT_EQ(one.world.programs.size(), 0u);
}

}  // namespace
