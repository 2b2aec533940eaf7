// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <vector>

#include "models/contest/model.h"
#include "tests/models/plan.h"

namespace {

struct Figure {
  const char* outcome;
  double centre, sd;  // sd at R = 1,000
};

// contest.md, section 7.
constexpr Figure figures[] = {{"won_per_rep_week", 0.3097, 0.0023},
                              {"won_share", 0.2093, 0.0011},
                              {"nobody_share", 0.4502, 0.0027},
                              {"pursuers_per_decision", 2.628, 0.0064},
                              {"mean_deal", 74'310, 640},
                              {"commission_per_rep_week", 2'356, 31.6},
                              {"partner_share", 0.3018, 0.0039},
                              {"attained_share", 0.3249, 0.0080},
                              {"partner_hours_week_1", 0.2473, 0.0046},
                              {"partner_hours_week_7", 0.3238, 0.0050},
                              {"partner_hours_week_13", 0.3610, 0.0064}};

// The run's own check phase verifies all five invariants after the last week, or throws.
void expect_within_bands(int reps, int seed) {
  const auto plan = support::plan(
      "contest", {"contest.reps=" + std::to_string(reps), "run.seed=" + std::to_string(seed)});
  const auto result = support::run(plan);
  ASSERT_EQ(result.report.completed, 1u);
  for (const Figure& figure : figures) {
    const double value = result.last(figure.outcome)[0];
    const double band = 4 * figure.sd * std::sqrt(1000.0 / reps);
    EXPECT_NEAR(value, figure.centre, band) << figure.outcome << " at R = " << reps;
  }
  // Exactly K (1 - exp(-lambda)); each of the R K opportunities is closed with p every week.
  const double p = -std::expm1(-1.0 / 13), closed = result.last("closed_per_rep_week")[0];
  const double sd = std::sqrt(20 * 2.7 * p * (1 - p) / (52.0 * reps));  // 2.7 share an account
  EXPECT_NEAR(closed, 20 * p, 4 * sd);
}

TEST(Contest, KeepsItsBandsWithAThousandReps) {
  for (int seed = 1; seed <= 3; ++seed) expect_within_bands(1000, seed);
}

TEST(Contest, KeepsItsBandsWithTenThousandReps) { expect_within_bands(10'000, 1); }

struct Played {
  sim::Plan plan = support::plan("contest", {"contest.reps=80", "run.weeks=26"});
  sim::Calendar calendar = plan.arms[0].settings.run().make_calendar();
  sim::Random random{1, 0};
  contest::World world{plan.arms[0].settings, {calendar, random, sim::serial_workers()}};
  void weeks(int first, int end) {
    for (int week = first; week < end; ++week) {
      const sim::Step step(week, calendar, random, sim::serial_workers());
      for (const auto& phase : contest::World::week) phase.run(world, step);
    }
  }
};

// Each of the five, broken by hand: what is never seen to fail proves nothing.
TEST(Contest, EachInvariantCanFail) {
  Played played;
  played.weeks(0, 20);
  const auto breaks = [&](auto damage) {
    contest::World copy = played.world;
    EXPECT_NO_THROW(copy.verify());
    damage(copy);
    EXPECT_THROW(copy.verify(), sim::Error);
  };
  using sim::Id;
  breaks([](contest::World& w) { ++w.books.hours[Id<contest::Slot>(3)]; });
  breaks([](contest::World& w) { ++w.tally.lost; });
  breaks([](contest::World& w) { ++w.tally.pursuers; });
  breaks([](contest::World& w) { ++w.tally.decided; });
  breaks([](contest::World& w) { ++w.reps.paid[contest::Reps::Id(7)]; });
  breaks([](contest::World& w) {
    w.books.account[Id<contest::Slot>(3)] = w.books.account[Id<contest::Slot>(4)];
  });
  breaks([](contest::World& w) {
    w.claims[0][w.books.account[Id<contest::Slot>(3)]] *= 1.5f;
  });
  breaks([](contest::World& w) {
    for (float& weight : w.claims[0])
      if (weight == 0) {
        weight = 1;
        break;
      }
  });
}

// The plan is piecewise linear in the quarter's own bookings: first rate, then the accelerated one.
TEST(Contest, PaysByTheQuotaPlan) {
  Played played;
  played.weeks(0, 13);
  std::vector<std::int64_t> own(80), paid(80);
  for (const contest::Deal& deal : played.world.deals.entries()) {
    if (deal.own)
      own[deal.rep] += deal.size;
    else
      paid[deal.rep] += 11 * deal.size;
  }
  int above = 0;
  for (std::size_t rep = 0; rep < 80; ++rep) {
    above += own[rep] > 250'000;
    paid[rep] += 8 * std::min<std::int64_t>(own[rep], 250'000) +
                 16 * std::max<std::int64_t>(own[rep] - 250'000, 0);
    EXPECT_EQ(played.world.reps.paid[contest::Reps::Id(rep)], paid[rep]);
    EXPECT_EQ(played.world.reps.booked[contest::Reps::Id(rep)], 0);  // a new quarter
  }
  EXPECT_GT(above, 5);
}

// An account has at most one opportunity per firm, because territories do not overlap.
TEST(Contest, EachFirmCutsAllAccountsIntoTerritories) {
  Played played;
  const auto& world = played.world;
  for (std::size_t firm = 0; firm < contest::firms; ++firm) {
    std::vector<int> covered(world.accounts.size());
    for (std::size_t r = 0; r < world.reps.size(); ++r)
      if (world.reps.firm[contest::Reps::Id(r)] == firm)
        for (std::size_t j = 0; j < contest::territory_size; ++j)
          ++covered[world.territories[r * contest::territory_size + j].index()];
    for (const int times : covered) ASSERT_EQ(times, 1);
  }
}

TEST(Contest, RefusesRepsThatFirmsCannotShare) {
  const auto plan = support::plan("contest", {"contest.reps=1001"});
  EXPECT_THROW(support::run(plan), sim::Error);
}

}  // namespace
