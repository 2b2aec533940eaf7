// SPDX-License-Identifier: Apache-2.0
// SC8: the buyer's choice, by buyers who take the best of what they feel, and prices by vendors who
// try what pays best. (The economy's own nested choice: test_choice.cpp.)
#include <gtest/gtest.h>

#include <array>
#include <cmath>
#include <vector>

#include "models/ventures/logit.h"
#include "tests/models/planning/optimisers.h"
#include "tests/models/ventures/luck.h"

namespace {

using namespace ventures;
using namespace ventures_tests;
using planning_tests::top_of;

constexpr std::array utility{1., .5, 0.};
constexpr std::array target{.5065, .3072, .1863};

TEST(Ventures, SC8SharesAndLogsum) {
  const Logit choice{utility};
  for (std::size_t i = 0; i < 3; ++i) EXPECT_NEAR(choice.share(i), target[i], 5e-5);
  EXPECT_NEAR(choice.logsum(), 1.6803, 5e-5);
  EXPECT_NEAR(choice.share(0) / choice.share(1), 1.6487, 5e-5);
  // Whatever the level, and however sure they are.
  constexpr std::array far{801., 800.5, 800.};
  EXPECT_NEAR(Logit{far}.share(0), choice.share(0), 1e-12);
  EXPECT_NEAR(Logit{far}.logsum(), 800 + choice.logsum(), 1e-9);
  EXPECT_NEAR((Logit{utility, .001}.share(0)), 1, 1e-12);
  EXPECT_NEAR((Logit{utility, 1e9}.share(0)), 1. / 3, 1e-9);
}

// An option that leaves does not change the ratio of the others.
TEST(Ventures, SC8IndependenceOfIrrelevantAlternatives) {
  constexpr std::array two{1., .5};
  EXPECT_NEAR(Logit{two}.share(0) / Logit{two}.share(1), std::exp(.5), 1e-12);
  EXPECT_NEAR(Logit{two}.share(0) + Logit{two}.share(1), 1, 1e-12);
  EXPECT_NEAR(Logit{two}.share(1), 1 / (1 + std::exp(.5)), 1e-12);
}

struct Buyers {
  std::array<Mean, 3> share;
  Mean best;
  double ratio() const { return share[0].mean() / share[1].mean(); }
};

template <class Noise>
Buyers choose(const Noise& noise, std::size_t options) {
  Buyers found;
  for (std::uint64_t buyer = 0; buyer < 250'000; ++buyer) {
    sim::Draw draw = luck(80'000'000 + buyer);
    double most = -1e9;
    std::size_t chosen = 0;
    for (std::size_t i = 0; i < options; ++i) {
      const double feels = utility[i] + noise(draw);
      if (feels > most) most = feels, chosen = i;
    }
    found.best.add(most);
    for (std::size_t i = 0; i < 3; ++i) found.share[i].add(chosen == i);
  }
  return found;
}

double gumbel(sim::Draw& draw) { return -std::log(draw.exponential()); }
double mirrored(sim::Draw& draw) { return -gumbel(draw); }

TEST(Ventures, SC8TheBestOfGumbelUtilities) {
  const Logit choice{utility};
  const Buyers all = choose(gumbel, 3), two = choose(gumbel, 2);
  for (std::size_t i = 0; i < 3; ++i) expect_exact(all.share[i], choice.share(i), "share");
  expect_exact(all.best, choice.logsum() + .5772156649, "utility of the best");
  EXPECT_NEAR(all.ratio(), std::exp(.5), .02);
  EXPECT_NEAR(two.ratio(), std::exp(.5), .02);
}

// With other noise it is another law: the ratio moves when an option leaves.
TEST(Ventures, SC8OtherNoiseIsNotLogit) {
  const Buyers all = choose(mirrored, 3), two = choose(mirrored, 2);
  expect_other(all.share[0], Logit{utility}.share(0), "share");
  EXPECT_GT(std::abs(all.ratio() - two.ratio()), .05);
}

struct Vendors {
  double price, share;
};

// Each in turn takes the price that pays it best as the others' are, until none moves.
Vendors settle(std::size_t vendors) {
  std::vector<double> prices(vendors, 2);
  const auto share = [&](std::size_t who) {
    double sum = 1;
    for (const double price : prices) sum += std::exp(3 - price);
    return std::exp(3 - prices[who]) / sum;
  };
  for (double moved = 1; moved > 1e-7;) {
    moved = 0;
    for (std::size_t i = 0; i < vendors; ++i) {
      const double before = prices[i];
      prices[i] = top_of(
          [&](double price) {
            prices[i] = price;
            return (price - 1) * share(i);
          },
          1, 10);
      moved = std::max(moved, std::abs(prices[i] - before));
    }
  }
  return {prices[0], share(0)};
}

TEST(Ventures, SC8VendorsWhoTryPricesEndThere) {
  struct Row {
    int vendors;
    double price, share;
  };
  for (const Row& row : {Row{1, 3.000, .5}, Row{2, 2.599, .3746}}) {
    const Vendors found = settle(static_cast<std::size_t>(row.vendors));
    EXPECT_NEAR(found.price, row.price, 5e-4);
    EXPECT_NEAR(found.share, row.share, 5e-5);
    const LogitMarket law{3, 1, 1, 0, row.vendors};
    EXPECT_NEAR(law.price(), found.price, 1e-6);
    EXPECT_NEAR(law.share(law.price()), found.share, 1e-6);
  }
  // With ever more of them the margin falls to 1 / b, never below.
  EXPECT_GT((LogitMarket{3, 1, 1, 0, 1000}.price()), 2);
  EXPECT_NEAR((LogitMarket{3, 1, 1, 0, 1000}.price()), 2, .002);
}

}  // namespace
