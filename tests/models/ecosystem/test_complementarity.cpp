// SPDX-License-Identifier: Apache-2.0
// Complementarity, true and believed (F4), and what both sides put in (F6, F10).
#include <gtest/gtest.h>

#include "tests/models/ecosystem/phases.h"

namespace {

using namespace ecosystem;
using support::Phases;

double mean_fit(const World& w) {
  double sum = 0, signed_up = 0;
  for (std::size_t i = 0; i < w.partnerships.size(); ++i) {
    if (w.partnerships.status[Partnerships::Id(i)] == PartnershipStatus::candidate) continue;
    sum += w.relations.fit[Relations::Id(i)];
    ++signed_up;
  }
  return sum / signed_up;
}

TEST(Complementarity, TheBelievedBestAreSigned) {
  const auto fit = [](const char* error) {
    Phases economy("reseller_floor", {"program.candidates=200", "complementarity.sigma=0.5",
                                      std::string("complementarity.error=") + error});
    return mean_fit(economy.world);
  };
  EXPECT_GT(fit("0"), .7);  // the best 8 of 200: some 2 standard deviations
  EXPECT_LT(fit("5"), .5);  // hardly better than chance
  EXPECT_GT(fit("0.5"), fit("5"));
}

TEST(Complementarity, ScreensOutThoseBelievedWorse) {
  Phases economy("reseller_floor", {"program.candidates=40", "complementarity.sigma=1",
                                    "program.signed_at_start=40", "complementarity.screen=0.5"});
  std::size_t signed_up = 0;
  for (std::size_t i = 0; i < economy.world.partnerships.size(); ++i) {
    const bool in =
        economy.world.partnerships.status[Partnerships::Id(i)] != PartnershipStatus::candidate;
    signed_up += in;
    EXPECT_EQ(in, economy.world.relations.believed[Relations::Id(i)] >= .5);
  }
  EXPECT_GT(signed_up, 3u);
  EXPECT_LT(signed_up, 25u);
}

TEST(Complementarity, ShowsInWhatSellersAdd) {
  const std::vector<std::string> same{"partner_seller.skill_sigma=0", "complementarity.sigma=0.5"};
  Phases economy("reseller_floor", same);
  economy.weeks(1);
  const World& w = economy.world;
  for (std::size_t i = 0; i < w.partnerships.size(); ++i) {
    const Partnerships::Id row(i);
    ASSERT_EQ(w.partnerships.status[row], PartnershipStatus::active);
    EXPECT_EQ(w.reps.skill[w.partnerships.first_seller[row]], w.relations.fit[Relations::of(row)]);
  }
}

TEST(Commitment, HoursGoEvenlyAsFarAsTheyGo) {
  Commitment both;
  both.needs_hours = 2;
  both.vendor_hours = 100;
  EXPECT_EQ(both.share(0), 1);
  EXPECT_EQ(both.share(50), 1);
  EXPECT_DOUBLE_EQ(both.share(200), .25);
}

std::int64_t won(const char* hours, const char* theirs = "30") {
  Phases economy("reseller_floor",
                 {"commitment.needs_hours=2", std::string("commitment.vendor_hours=") + hours,
                  std::string("partner_seller.hours=") + theirs, "commitment.hour_cost=100"});
  economy.weeks(52);
  EXPECT_EQ(economy.world.books.totals.support,
            52 * static_cast<std::int64_t>(100 * std::stod(hours)) * 100);
  return economy.world.books.totals.won_partner;
}

TEST(Commitment, NeedsBothSides) {
  EXPECT_EQ(won("0"), 0);
  EXPECT_GT(won("800"), won("60"));
  EXPECT_GT(won("60"), 0);
  EXPECT_EQ(won("100000"), won("200000"));  // enough is enough
  EXPECT_GT(won("800", "30"), won("800", "5"));
}

}  // namespace
