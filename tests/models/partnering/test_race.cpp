// SPDX-License-Identifier: Apache-2.0
// SB5: partners who spend on an account that one of them will get, and what registration saves.
#include <gtest/gtest.h>

#include <cmath>
#include <numeric>

#include "models/partnering/race.h"
#include "models/partnering/registration.h"
#include "tests/models/partnering/luck.h"
#include "tests/models/planning/optimisers.h"

namespace {

using namespace partnering;
using namespace partnering_tests;
using planning_tests::top_of;

// What pays best against so much from others, if the account is worth `prize`.
double best_reply(double prize, double others, int rounds = 60) {
  if (!(prize > 0)) return 0;
  return top_of([&](double x) { return prize * x / (x + others) - x; }, 0, prize, rounds);
}

// Each in turn moves a tenth of the way to its best reply (all the way, unequal partners would
// chase each other up and down for ever), until nobody wants to.
std::vector<double> settle(const std::vector<double>& prizes, std::uint64_t key) {
  std::vector<double> spent;
  sim::Draw draw = luck(8'000'000 + key);
  for (const double prize : prizes) spent.push_back(prize * draw.uniform());
  double wish = 1;
  for (int round = 0; wish > 1e-7 && round < 3000; ++round) {
    wish = 0;
    for (std::size_t i = 0; i < spent.size(); ++i) {
      const double others = std::accumulate(spent.begin(), spent.end(), 0.0) - spent[i];
      const double more = best_reply(prizes[i], others) - spent[i];
      wish = std::max(wish, std::abs(more));
      spent[i] += more / 10;
    }
  }
  EXPECT_LE(wish, 1e-7);
  return spent;
}

struct Table {
  int n;
  double each, all;
};
constexpr std::array tullock{Table{2, .25, .5}, Table{3, 2. / 9, 2. / 3}, Table{5, .16, .8}};

TEST(Partnering, SB5BestRepliesSpendMostOfThePrize) {
  for (const Table& row : tullock)
    for (std::uint64_t start = 0; start < 5; ++start) {
      const auto spent = settle(std::vector(static_cast<std::size_t>(row.n), 1.), start);
      for (const double x : spent) EXPECT_NEAR(x, row.each, 1e-6);
      EXPECT_NEAR(std::accumulate(spent.begin(), spent.end(), 0.0), row.all, 1e-5);
      EXPECT_NEAR(spent_by_each(1, row.n), row.each, 1e-12);
      EXPECT_NEAR(spent_by_all(1, row.n), row.all, 1e-12);
    }
}

TEST(Partnering, SB5WhoValuesItMoreSpendsAndWinsMore) {
  for (const auto& [one, other] : {std::pair{1., .4}, std::pair{2., 1.9}, std::pair{.3, .9}}) {
    const auto spent = settle({one, other}, 9);
    EXPECT_NEAR(spent[0], one * one * other / ((one + other) * (one + other)), 1e-6);
    EXPECT_NEAR(spent[1], other * other * one / ((one + other) * (one + other)), 1e-6);
    EXPECT_NEAR(spent[0] / (spent[0] + spent[1]), one / (one + other), 1e-6);
    EXPECT_NEAR(spent_by_one(one, other), spent[0], 1e-6);
    EXPECT_NEAR(chance_to_win(one, other), one / (one + other), 1e-12);
  }
}

// Partners see only roughly what others spend, and learn; lotteries decide who wins.
TEST(Partnering, SB5LearnersEndThereToo) {
  for (const Table& row : tullock) {
    const auto n = static_cast<std::size_t>(row.n);
    Mean each, left;
    for (std::uint64_t market = 0; market < 300; ++market) {
      sim::Draw draw = luck(9'000'000 + 1'000 * n + market);
      std::vector<double> spent(n), belief(n);
      for (std::size_t i = 0; i < n; ++i) {
        spent[i] = draw.uniform();
        belief[i] = draw.uniform() * static_cast<double>(n);
      }
      double won = 0, paid = 0;
      const int rounds = 900;
      for (int round = 0; round < rounds; ++round) {
        const double all = std::accumulate(spent.begin(), spent.end(), 0.0);
        for (std::size_t i = 0; i < n; ++i) {
          const double seen = (all - spent[i]) * (.5 + draw.uniform());
          belief[i] += (seen - belief[i]) * 2 / (round + 2);
        }
        for (std::size_t i = 0; i < n; ++i) spent[i] = best_reply(1, belief[i], 36);
        if (round < 300) continue;
        won += draw.uniform() * std::accumulate(spent.begin(), spent.end(), 0.0) < spent[0];
        paid += spent[0];
      }
      each.add(paid / (rounds - 300));
      left.add(won / (rounds - 300));
    }
    // What is left of the error of their beliefs bends their replies by less than a thousandth.
    EXPECT_LE(each.error(), .005 * row.each);
    EXPECT_NEAR(each.mean(), row.each, 4 * each.error() + .001 * row.each);
    expect_exact(left, 1. / row.n, "won by each");
  }
}

// Deal registration: whoever holds it wins, unless the program lets others in. The worth of an
// account to those others is what the program leaves them of it.
TEST(Partnering, SB5RegistrationEndsTheContest) {
  std::vector<Registration> rows{{firm(1), 0, .3}, {firm(2), 0, .2}, {firm(3), 0, .9}};
  Registrations all({}, rows);
  for (std::size_t row = 0; row < rows.size(); ++row) all.answer(row, true, 0);
  const std::size_t holder = all.holder(0);
  EXPECT_EQ(holder, 1u);
  double before = 1;
  for (const double left_open : {1., .5, .2, .05, 0.}) {
    std::vector<double> prizes(rows.size(), left_open);
    prizes[holder] = 1;
    const auto spent = settle(prizes, 77);
    const double wasted = std::accumulate(spent.begin(), spent.end(), 0.0);
    EXPECT_LT(wasted, before);
    before = wasted;
  }
  EXPECT_NEAR(before, 0, 1e-6);
  EXPECT_NEAR(spent_by_all(1, 1), 0, 1e-12);
}

}  // namespace
