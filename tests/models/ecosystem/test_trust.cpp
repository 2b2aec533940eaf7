// SPDX-License-Identifier: Apache-2.0
// Trust and goodwill (EQ8, F9, B8, F8): what moves them, and what they move.
#include <gtest/gtest.h>

#include <cmath>
#include <vector>

#include "tests/models/ecosystem/phases.h"

namespace {

using namespace ecosystem;
using support::Phases;

// Three active partners of region 0 and one of region 1, and nothing else.
struct Circle {
  Relations relations;
  Partnerships partnerships;
  Firms firms;
  std::vector<double> told{0, 0};
  Phases clock{"reseller_floor"};
  Circle() {
    for (std::uint64_t i = 0; i < 4; ++i) {
      const Firms::Id firm = firms.add(sim::child(kinds::firm, sim::named("x"), i));
      firms.region[firm] = i == 3;
      const auto row = partnerships.add(firms.key(firm));
      partnerships.partner[row] = firm;
      partnerships.status[row] = PartnershipStatus::active;
      relations.add(firms.key(firm));
    }
  }
  void week(const Trust& trust, bool quarter_ends = false) {
    trust(relations, partnerships, firms, told, quarter_ends, clock.step());
  }
  double trust(std::size_t i) const { return relations.trust[Relations::Id(i)]; }
};

Trust minded() {
  Trust trust;
  trust.evidence = 10;
  trust.start = .7;
  return trust;
}

TEST(Trust, IsTheShareOfPromisesKept) {
  Circle circle;
  circle.relations.news_kept[Relations::Id(0)] = 2;
  circle.relations.news_broken[Relations::Id(1)] = 1;
  circle.partnerships.clashes[Partnerships::Id(2)] = 1;
  Trust trust = minded();
  trust.clash_weight = 5;
  circle.week(trust);
  EXPECT_DOUBLE_EQ(circle.trust(0), 9. / 12);
  EXPECT_DOUBLE_EQ(circle.trust(1), 7. / 13);
  EXPECT_DOUBLE_EQ(circle.trust(2), 7. / 15);
  EXPECT_DOUBLE_EQ(circle.trust(3), .7);
  circle.week(trust);  // what was heard once is not heard again; memory fades
  EXPECT_DOUBLE_EQ(circle.trust(2), 7. / (10 + 5 * .98));
}

// feasibility.md, artefact 11: it settles at what the vendor does, it does not sink for ever.
TEST(Trust, SettlesAtWhatTheVendorDoes) {
  Circle circle;
  const Trust trust = minded();
  for (int week = 0; week < 1000; ++week) {
    circle.relations.news_kept[Relations::Id(0)] = .6;
    circle.relations.news_broken[Relations::Id(0)] = .1;
    circle.week(trust);
  }
  // Remembered: 1 / forgetting weeks of each.
  EXPECT_NEAR(circle.trust(0), (7 + 30.) / (10 + 30 + 15), 1e-9);
}

TEST(Trust, ThoseWhoWatchHearOfIt) {
  Circle circle;
  circle.relations.news_broken[Relations::Id(0)] = 1;
  Trust trust = minded();
  trust.spillover = .5;
  circle.week(trust);
  EXPECT_DOUBLE_EQ(circle.trust(0), 7. / 13);
  EXPECT_DOUBLE_EQ(circle.trust(1), 7. / 11.5);
  EXPECT_DOUBLE_EQ(circle.trust(2), 7. / 11.5);
  EXPECT_DOUBLE_EQ(circle.trust(3), .7);  // another region
}

// SB8: the mean of G for steady flows.
TEST(Trust, GoodwillSettlesWhereLeadsBalance) {
  Circle circle;
  Trust trust = minded();
  trust.decay = .05;
  for (int week = 0; week < 1000; ++week) {
    circle.relations.news_out[Relations::Id(0)] = .4;
    circle.relations.news_in[Relations::Id(0)] = .1;
    circle.week(trust);
  }
  EXPECT_NEAR(circle.relations.goodwill[Relations::Id(0)], (.4 - .5 * .1) / .05, 1e-9);
  EXPECT_NEAR(circle.relations.vendor_goodwill[Relations::Id(0)], (.1 - .5 * .4) / .05, 1e-9);
}

TEST(Trust, AnAssuranceCountsOnlyIfTheFieldKeepsIt) {
  Circle circle;
  Trust trust = minded();
  trust.assurances = 8;
  circle.partnerships.clashes[Partnerships::Id(1)] = 1;
  trust.clash_weight = 0;
  circle.week(trust);
  circle.week(trust, true);
  EXPECT_DOUBLE_EQ(circle.trust(0), 9. / 12);
  EXPECT_DOUBLE_EQ(circle.trust(1), .7);
  circle.week(trust, true);  // another quarter, without a clash
  EXPECT_GT(circle.trust(1), .7);
}

TEST(Trust, ShadingIsBounded) {
  Trust trust = minded();
  trust.shading = .1;
  EXPECT_DOUBLE_EQ(trust.regard(1), .1);
  EXPECT_DOUBLE_EQ(trust.regard(50), .25);
  EXPECT_DOUBLE_EQ(trust.regard(-50), -.25);
  EXPECT_EQ(Trust{}.regard(50), 0);
}

// --- in the economy -----------------------------------------------------------------------------

std::vector<std::string> trust_plan(std::vector<std::string> more) {
  std::vector<std::string> all{"vendor.account_executives=6", "joint_calls.hours=20",
                               "partner_seller.quota=0", "trust.evidence=10"};
  all.insert(all.end(), more.begin(), more.end());
  return all;
}

struct Seen {
  double calls = 0, hours = 0, trust = 0, taken = 0;
};
Seen see(std::vector<std::string> more, int weeks = 80) {
  Phases economy("reseller_floor", trust_plan(std::move(more)));
  economy.weeks(weeks);
  const World& w = economy.world;
  Seen seen;
  for (const std::int64_t calls : w.reps.calls) seen.calls += static_cast<double>(calls);
  for (const double trust : w.relations.trust) {
    EXPECT_GE(trust, 0);
    EXPECT_LE(trust, 1);
    seen.trust += trust / 8;
  }
  seen.hours = w.books.totals.seller_hours;
  seen.taken = static_cast<double>(w.books.totals.taken);
  return seen;
}

TEST(Trust, NobodyInTheFieldTakesNothing) {
  const Seen alone = see({"vendor.account_executives=0"}), raided = see({});
  EXPECT_EQ(alone.taken, 0);
  EXPECT_GT(raided.taken, 20);
  EXPECT_GT(alone.trust, raided.trust);
}

// feasibility.md, artefact 11: the more contested, the less trust, but no level is the bottom.
TEST(Trust, TellsLevelsOfConflictApart) {
  double before = 1;
  for (const char* people : {"0", "1", "3", "8"}) {
    const double now = see({std::string("vendor.account_executives=") + people}, 160).trust;
    EXPECT_LT(now, before - 0.03) << people;
    EXPECT_GT(now, 0.05) << people;
    before = now;
  }
}

TEST(Trust, WhoFearsDoesNotCall) {
  const double calm = see({}).calls;
  EXPECT_EQ(see({"trust.evidence=0", "trust.fear=0.5"}).calls, calm);  // off is off
  EXPECT_LT(see({"trust.fear=0.1"}).calls, calm);
  EXPECT_LT(see({"trust.fear=0.3"}).calls, see({"trust.fear=0.1"}).calls);
  EXPECT_EQ(see({"trust.fear=0.1"}).hours, see({"trust.fear=0.1", "trust.gain=50"}).hours);
}

// Goodwill moves hours, as far as it is let.
TEST(Trust, GoodwillMovesHours) {
  const double cool = see({"joint_calls.hours=0"}).hours;
  const auto warm = [](const char* most) {
    return see({"joint_calls.hours=0", "trust.clash_cost=0", "lead_sharing.heard_by_vendor=26",
                "trust.shading=0.5", std::string("trust.most_shading=") + most})
        .hours;
  };
  EXPECT_GT(warm("0.1"), 1.005 * cool);
  EXPECT_GT(warm("0.4"), warm("0.1"));
  EXPECT_EQ(warm("0"), cool);
  EXPECT_LT(see({"joint_calls.hours=0", "trust.shading=0.5"}).hours, cool);  // clashes: ill will
}

// F8: a refusal costs trust, compliance money.
TEST(Complaints, RefusedOrPaidFor) {
  const auto run = [](const char* comply) {
    Phases economy("reseller_floor",
                   trust_plan({"complaints.rate=6", std::string("complaints.comply=") + comply}));
    economy.weeks(60);
    const Totals& totals = economy.world.books.totals;
    double trust = 0;
    for (const double each : economy.world.relations.trust) trust += each / 8;
    return std::tuple{totals.demands, totals.refused, totals.support, trust};
  };
  const auto [demands, none, cost, loyal] = run("true");
  const auto [same, refused, nothing, angry] = run("false");
  EXPECT_EQ(demands, same);
  EXPECT_NEAR(static_cast<double>(demands), 8 * 6 * 60 / 52., 25);
  EXPECT_EQ(none, 0);
  EXPECT_EQ(refused, demands);
  EXPECT_EQ(cost - nothing, demands * 1'000'000);
  EXPECT_GT(loyal, angry + .05);
}

}  // namespace
