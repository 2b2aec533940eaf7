// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <fstream>
#include <regex>
#include <string>
#include <vector>

#include "models/contest/model.h"
#include "tests/models/plan.h"
#include "tests/support/digests.h"

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
  breaks([](contest::World& w) { w.claims[0][w.books.account[Id<contest::Slot>(3)]] *= 1.5f; });
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

// The rule as it is told, one rep after the other and without vectors: the model gives the same
// hours, and publishes the weights that they make.
TEST(Contest, HoursGoWhereTheNextOnePaysBest) {
  Played played;
  played.weeks(0, 20);
  contest::World& world = played.world;
  const contest::World before = world;
  const sim::Step step(20, played.calendar, played.random, sim::serial_workers());
  world.choose(step);
  const double left = 13 - 20 % 13;
  for (std::size_t r = 0; r < world.reps.size(); ++r) {
    const contest::Reps::Id rep(r);
    const double z =
        (static_cast<double>(before.reps.booked[rep]) + 250'000.0 * left / 13 - 250'000) /
        (45'000 * std::sqrt(left));
    const double rate = 8 + 8 * 0.5 * std::erfc(-z / std::sqrt(2.0)),
                 skill = before.reps.skill[rep];
    std::vector<double> hours, weight;
    for (std::size_t j = 0; j < contest::book_size; ++j) {
      const sim::Id<contest::Slot> slot(r * contest::book_size + j);
      hours.push_back(before.books.hours[slot]);
      weight.push_back(before.books.weight[slot]);
    }
    for (int block = 0; block < 5; ++block) {
      std::size_t best = 0;
      double most = -1;
      for (std::size_t j = 0; j < contest::book_size; ++j) {
        const sim::Id<contest::Slot> slot(r * contest::book_size + j);
        const double n = before.books.rivals[slot], e = weight[j];
        const double pay = before.books.own[slot] ? rate : 11;
        const double v =
            pay * before.books.size[slot] * e * n / ((e + n) * (e + n) * (20 + skill * hours[j]));
        if (v > most) most = v, best = j;
      }
      hours[best] += 8;
      weight[best] = before.books.fit[sim::Id<contest::Slot>(r * contest::book_size + best)] *
                     std::sqrt(1 + skill * hours[best] / 20);
    }
    for (std::size_t j = 0; j < contest::book_size; ++j) {
      const sim::Id<contest::Slot> slot(r * contest::book_size + j);
      ASSERT_EQ(world.books.hours[slot], hours[j]) << "rep " << r << ", place " << j;
      ASSERT_NEAR(world.books.weight[slot] / weight[j], 1, 1e-6);
      ASSERT_EQ(world.claims[world.reps.firm[rep]][world.books.account[slot]],
                world.books.weight[slot]);
    }
  }
}

// What a rep sees of its rivals: all published weight but its own.
TEST(Contest, RepsSeeWhatWasPublished) {
  Played played;
  played.weeks(0, 20);
  const contest::World& world = played.world;
  for (std::size_t row = 0; row < world.books.account.size(); ++row) {
    const sim::Id<contest::Slot> slot(row);
    const auto account = world.books.account[slot];
    const bool fresh =
        world.books.hours[slot] == 0 && world.books.rivals[slot] >= world.accounts.pull[account];
    if (world.accounts.pull[account] == contest::decided) {
      EXPECT_EQ(world.books.rivals[slot], 2.5f);
    } else {
      EXPECT_NEAR(world.books.rivals[slot],
                  world.accounts.pull[account] - (fresh ? 0 : world.books.weight[slot]), 1e-4);
    }
    EXPECT_EQ(world.books.size[slot], world.accounts.deal[account]);
  }
}

TEST(Contest, OneHashForOneToEightThreads) {
  sim::Plan plan = support::plan("contest", {"contest.reps=2000", "run.weeks=13"});
  plan.spread = sim::Spread::one_run;
  plan.threads = 1;
  const std::uint64_t expected = support::digest_of(support::run(plan));
  for (plan.threads = 2; plan.threads <= 8; ++plan.threads)
    EXPECT_EQ(support::digest_of(support::run(plan)), expected) << plan.threads << " threads";
}

// Counted from the tables as they stand after a year, reserves included.
TEST(Contest, KeepsFewBytesPerAgent) {
  Played played;
  played.weeks(0, 26);
  const contest::World& world = played.world;
  const auto agents = static_cast<double>(world.reps.size() + world.accounts.size());
  std::size_t state = world.accounts.bytes() + world.reps.bytes() +
                      world.territories.capacity() * sizeof world.territories[0];
  for (const auto& weight : world.claims) state += weight.bytes();
  const auto& books = world.books;
  state += books.account.bytes() + books.fit.bytes() + books.weight.bytes() + books.rivals.bytes() +
           books.size.bytes() + books.hours.bytes() + books.own.bytes();
  EXPECT_LE(static_cast<double>(state) / agents, 130);
  EXPECT_LE(static_cast<double>(state + world.deals.bytes()) / agents, 220);
  const auto estimate = static_cast<double>(contest::World::bytes(played.plan.arms[0].settings));
  EXPECT_NEAR(estimate / static_cast<double>(state), 1.1, 0.1);  // the log comes on top
}

// Whoever reads the rules reads rules: few lines, and nothing of how they run.
TEST(Contest, ItsRulesAreShort) {
  std::ifstream in(std::string(PARDNER_SOURCE_DIR) + "/models/contest/week.cpp");
  const std::regex machinery(
      "thread|mutex|\\block\\b|lock_guard|atomic|worker|\\bkeys?\\b|sim::Key|philox|seed",
      std::regex::icase);
  int lines = 0;
  for (std::string line; std::getline(in, line); ++lines)
    EXPECT_FALSE(std::regex_search(line, machinery)) << line;
  EXPECT_GT(lines, 50);
  EXPECT_LE(lines, 130);
}

}  // namespace
