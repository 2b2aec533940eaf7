// SPDX-License-Identifier: Apache-2.0
// SB1: a vendor and its resellers, each setting what it may set by trying what pays best, and what
// the chain as a whole makes of it.
#include <gtest/gtest.h>

#include <cmath>
#include <functional>

#include "models/partnering/channel_price.h"
#include "tests/models/partnering/luck.h"
#include "tests/models/planning/optimisers.h"

namespace {

using namespace partnering;
using namespace partnering_tests;
using planning_tests::top_of;

constexpr double a = 10, b = 2, c = 3;  // demand P = a - b Q, unit cost
double demand(double price) { return price < a ? (a - price) / b : 0; }

// --- One reseller, linear demand ----------------------------------------------------------------

// In more digits than the vendor's, who compares what follows from it.
double best_price(double cost) {  // of whoever faces the customers
  return top_of(
      [&](double price) -> long double {
        return (price - cost) * static_cast<long double>(demand(price));
      },
      cost, a);
}
double best_wholesale() {
  return top_of([](double w) { return (w - c) * demand(best_price(w)); }, c, a);
}

TEST(Partnering, SB1AChainEarnsThreeQuarters) {
  const LinearChain law{a, b, c, 1};
  const double w = best_wholesale(), price = best_price(w), together = best_price(c);
  EXPECT_NEAR(w, (a + c) / 2, 2e-4);
  EXPECT_NEAR(price, (3 * a + c) / 4, 2e-4);
  EXPECT_NEAR(demand(price), (a - c) / (4 * b), 2e-4);
  EXPECT_NEAR((w - c) * demand(price), (a - c) * (a - c) / (8 * b), 2e-4);
  EXPECT_NEAR((price - w) * demand(price), (a - c) * (a - c) / (16 * b), 2e-4);
  EXPECT_NEAR(together, (a + c) / 2, 2e-4);
  EXPECT_NEAR((together - c) * demand(together), (a - c) * (a - c) / (4 * b), 2e-4);
  EXPECT_NEAR((price - c) * demand(price) / ((together - c) * demand(together)), .75, 5e-5);
  EXPECT_NEAR(law.wholesale(), w, 2e-4);
  EXPECT_NEAR(law.price(), price, 2e-4);
  EXPECT_NEAR(law.vendor_profit(), (w - c) * demand(price), 2e-4);
  EXPECT_NEAR(law.resellers_profit(), (price - w) * demand(price), 2e-4);
  EXPECT_NEAR(law.share(), .75, 1e-12);
}

// Nobody knows demand: each keeps a price it has tried by chance if that paid better. Between two
// tries of the vendor, who compares the new with the old as things are now, the reseller tries
// often.
TEST(Partnering, SB1HillClimbersEndThere) {
  Mean wholesale, retail;
  for (std::uint64_t chain = 0; chain < 20; ++chain) {
    sim::Draw draw = luck(1'000'000 + chain);
    const auto settle = [&](double w, double price) {
      price = std::max(w, price);
      double step = 1;
      for (int i = 0; i < 150; ++i, step *= .94) {
        const double other = price + step * draw.normal();
        if ((other - w) * demand(other) > (price - w) * demand(price)) price = other;
      }
      return price;
    };
    double w = c + (a - c) * draw.uniform(), price = w, step = 2;
    for (int i = 0; i < 300; ++i, step *= .98) {
      const double other = w + step * draw.normal();
      price = settle(w, price);
      const double then = settle(other, price);
      if ((other - c) * demand(then) > (w - c) * demand(price)) {
        w = other;
        price = then;
      }
    }
    wholesale.add(w);
    retail.add(settle(w, price));
  }
  EXPECT_LE(wholesale.error(), .002 * 6.5);
  EXPECT_NEAR(wholesale.mean(), (a + c) / 2, .005 * 6.5);
  EXPECT_LE(retail.error(), .002 * 8.25);
  EXPECT_NEAR(retail.mean(), (3 * a + c) / 4, .005 * 8.25);
}

// --- n resellers
// ----------------------------------------------------------------------------------

// Each in turn brings to market what pays it best, until nobody changes anything.
double quantity_at(double w, int resellers) {
  std::vector<double> q(static_cast<std::size_t>(resellers), .1);
  double all = .1 * resellers;
  for (double moved = 1; moved > 1e-9;) {
    moved = 0;
    for (double& mine : q) {
      const double others = all - mine;
      const double best =
          top_of([&](double x) { return (a - b * (static_cast<long double>(others) + x) - w) * x; },
                 0, a / b);
      moved = std::max(moved, std::abs(best - mine));
      mine = best;
      all = others + best;
    }
  }
  return all;
}

TEST(Partnering, SB1CompetingResellersMakeUpForIt) {
  for (const auto& [n, share] : {std::pair{1, .75}, std::pair{2, .8889}, std::pair{3, .9375},
                                 std::pair{5, .9722}, std::pair{10, .9917}}) {
    const double w = top_of([n = n](double at) { return (at - c) * quantity_at(at, n); }, c, a, 30);
    const double q = quantity_at(w, n),
                 best = top_of([](double x) { return (a - b * x - c) * x; }, 0, a / b);
    const double found = (a - b * q - c) * q / ((a - b * best - c) * best);
    EXPECT_NEAR(w, (a + c) / 2, 1e-3) << n;
    EXPECT_NEAR(found, share, 5e-5) << n;
    EXPECT_NEAR(LinearChain({a, b, c, n}).share(), found, 5e-5) << n;
    EXPECT_NEAR(LinearChain({a, b, c, n}).quantity(), q, 5e-4) << n;
  }
}

// --- Demand of constant elasticity --------------------------------------------------------------

TEST(Partnering, SB1ElasticDemandMarksUpTwice) {
  for (const auto& [e, share] : {std::pair{2., .75}, std::pair{3., .7407}, std::pair{4., .7383}}) {
    const auto sold = [e = e](double price) { return std::pow(price, -e); };
    const auto retail = [&](double cost) {
      return top_of([&](double price) { return (price - cost) * sold(price); }, cost, 6 * cost, 80);
    };
    const double w = top_of([&](double at) { return (at - c) * sold(retail(at)); }, c, 6 * c, 80);
    const double price = retail(w), together = retail(c);
    const ElasticChain law{e};
    EXPECT_NEAR(price / together, e / (e - 1), 1e-3) << e;
    EXPECT_NEAR(law.markup(), e / (e - 1), 1e-12);
    const double found = (price - c) * sold(price) / ((together - c) * sold(together));
    EXPECT_NEAR(found, share, 2e-4) << e;
    EXPECT_NEAR(law.share(), found, 2e-4) << e;
    EXPECT_NEAR(law.share(), share, 5e-5) << e;
  }
}

// --- Contracts that restore the whole -----------------------------------------------------------

double integrated() { return (best_price(c) - c) * demand(best_price(c)); }

// The vendor raises the fee until the reseller, who has a better use for its time above `outside`,
// would walk away, and tries all wholesale prices.
TEST(Partnering, SB1ATwoPartTariffRestoresTheWhole) {
  for (const double outside : {0., .8}) {
    const auto stays = [&](double w, double fee) {
      return (best_price(w) - w) * demand(best_price(w)) - fee >= outside;
    };
    const auto highest_fee = [&](double w) {
      double low = -10, high = 20;
      for (int i = 0; i < 60; ++i) (stays(w, (low + high) / 2) ? low : high) = (low + high) / 2;
      return low;
    };
    const double w = top_of(
        [&](double at) { return (at - c) * demand(best_price(at)) + highest_fee(at); }, 0, a);
    const double price = best_price(w);
    EXPECT_NEAR(w, c, 2e-3);  // the top is flat
    EXPECT_NEAR((price - c) * demand(price) / integrated(), 1, 1e-6);
    EXPECT_NEAR((w - c) * demand(price) + highest_fee(w), integrated() - outside, 1e-5);
  }
}

// The reseller keeps a share of the margin, as an incentive paid on it would: it wants the price
// that makes the whole largest. A share of revenue is not that.
TEST(Partnering, SB1AShareOfTheMarginRestoresTheWhole) {
  for (const double kept : {.1, .4, .9}) {
    const double price = top_of([&](double p) { return kept * (p - c) * demand(p); }, c, a);
    EXPECT_NEAR((price - c) * demand(price) / integrated(), 1, 1e-6);
    const double on_revenue = top_of([&](double p) { return (kept * p - c) * demand(p); }, c, a);
    EXPECT_LT((on_revenue - c) * demand(on_revenue) / integrated(), .999);
  }
}

}  // namespace
