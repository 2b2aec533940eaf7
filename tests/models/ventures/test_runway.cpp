// SPDX-License-Identifier: Apache-2.0
// SC3: when the money runs out, against paths of cash; seen all the time, or looked at weekly or
// monthly. Unit of time: a month.
#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <numeric>
#include <vector>

#include "models/ventures/runway.h"
#include "tests/models/ventures/luck.h"

namespace {

using namespace ventures;
using namespace ventures_tests;

constexpr Runway firm{18, 1, 3};
constexpr double week = 12. / 52;

TEST(Ventures, SC3RuinByAMonth) {
  EXPECT_NEAR(firm.ruined_by(12), .3881, 5e-5);
  EXPECT_NEAR(firm.ruined_by(18), .6277, 5e-5);
  EXPECT_NEAR(firm.ruined_by(24), .7749, 5e-5);
  EXPECT_EQ(firm.ruined_by(0), 0);
  EXPECT_NEAR(firm.ruined_by(1e4), 1, 1e-12);
  EXPECT_EQ(firm.ever_ruined(), 1);
}

// E T = integral of 1 - F, E T^2 = integral of 2 t (1 - F).
TEST(Ventures, SC3MeanAndVarianceAreThoseOfItsLaw) {
  for (const Runway& one : {firm, Runway{6, .5, 1}, Runway{100, 2, 20}}) {
    double first = 0, second = 0;
    const double end = 60 * one.mean(), step = end / 200'000;
    for (double t = step / 2; t < end; t += step) {
      first += step * (1 - one.ruined_by(t));
      second += step * 2 * t * (1 - one.ruined_by(t));
    }
    EXPECT_NEAR(first, one.mean(), 1e-4 * one.mean());
    EXPECT_NEAR(second - first * first, one.variance(), 1e-3 * one.variance());
  }
  EXPECT_NEAR(firm.mean(), 18, 1e-12);
  EXPECT_NEAR(firm.variance(), 162, 1e-12);
}

TEST(Ventures, SC3WhoEarnsMayNeverBeRuined) {
  for (const Runway& one : {Runway{6, -.2, 3}, Runway{18, -1, 3}, Runway{2, -.5, 1}}) {
    const double ever = std::exp(2 * one.burn * one.cash / (one.sd * one.sd));
    EXPECT_NEAR(one.ever_ruined(), ever, 1e-12);
    EXPECT_NEAR(one.ruined_by(1e5), ever, 1e-9);
    EXPECT_LT(one.ruined_by(12), ever);
  }
  EXPECT_EQ((Runway{5, 0, 1}.ever_ruined()), 1);
  EXPECT_EQ((Runway{5, 0, 0}.ever_ruined()), 0);
}

// Against the formula as it stands, in long double; and where that overflows.
TEST(Ventures, SC3HoldsForAnySpread) {
  const auto formula = [](long double c, long double b, long double s, long double t) {
    const auto cdf = [](long double x) { return std::erfc(-x / std::sqrt(2.0L)) / 2; };
    const long double spread = s * std::sqrt(t);
    return cdf((b * t - c) / spread) + std::exp(2 * b * c / (s * s)) * cdf(-(b * t + c) / spread);
  };
  for (const double sd : {.4, 1., 2., 3., 10., 100.})
    for (const double burn : {-1., -.1, 0., .1, 1., 3.})
      for (const double time : {.5, 6., 18., 36., 200.}) {
        const auto exact = static_cast<double>(formula(18, burn, sd, time));
        EXPECT_NEAR((Runway{18, burn, sd}.ruined_by(time)), exact, 1e-11) << sd << " " << burn;
      }
  const Runway steady{18, 1, .01};
  EXPECT_NEAR(steady.ruined_by(17.8), 0, 1e-5);
  EXPECT_NEAR(steady.ruined_by(18), .5, .001);
  EXPECT_NEAR(steady.ruined_by(18.2), 1, 1e-5);
  EXPECT_EQ((Runway{18, 1, 0}.ruined_by(17.9)), 0);
  EXPECT_EQ((Runway{18, 1, 0}.ruined_by(18)), 1);
}

constexpr std::array horizons{12., 18., 24.};

struct Ruined {
  std::array<Mean, 3> seen, looked_at;  // by each horizon
};

// Paths in steps; `seen`: a low within the step counts, by the bridge.
Ruined walk(const Runway& one, double step, std::uint64_t paths, std::uint64_t first_key) {
  Ruined result;
  for (std::uint64_t path = 0; path < paths; ++path) {
    sim::Draw draw = luck(first_key + path);
    double cash = one.cash, seen = 1e9, looked_at = 1e9;
    for (int i = 1; looked_at > horizons.back() && i * step < horizons.back() + step / 2; ++i) {
      const double after = cash - one.burn * step + one.sd * std::sqrt(step) * draw.normal();
      const double uniform = draw.uniform();
      if (seen > 1e8 && uniform < ruined_between(cash, after, one.sd, step)) seen = i * step;
      if (after <= 0) looked_at = i * step;
      cash = after;
    }
    for (std::size_t h = 0; h < horizons.size(); ++h) {
      result.seen[h].add(seen < horizons[h] + step / 2);
      result.looked_at[h].add(looked_at < horizons[h] + step / 2);
    }
  }
  return result;
}

// The law of a firm that is looked at, step by step on a grid of cash (midpoints of cells).
double looked_at(const Runway& one, double step, double time) {
  const double spread = one.sd * std::sqrt(step), cell = spread / 20, top = one.cash + 60;
  const auto cells = static_cast<std::ptrdiff_t>(top / cell);
  const auto reach = static_cast<std::ptrdiff_t>((7 * spread + one.burn * step) / cell);
  std::vector<double> move;  // chance by cells moved, -reach .. reach
  const auto cdf = [&](double x) {
    return std::erfc(-(x * cell + one.burn * step) / spread / std::sqrt(2.)) / 2;
  };
  for (auto k = -reach; k <= reach; ++k) {
    const auto at = static_cast<double>(k);
    move.push_back(cdf(at + .5) - cdf(at - .5));
  }
  std::vector<double> now(static_cast<std::size_t>(cells)), next(now.size());
  // Between two cells: a share in each.
  const double place = one.cash / cell - .5;
  const auto first = static_cast<std::size_t>(place);
  now[first] = 1 - (place - std::floor(place));
  now[first + 1] = 1 - now[first];
  double alive = 1;
  for (int i = 0; i < std::lround(time / step); ++i) {
    std::fill(next.begin(), next.end(), 0.);
    for (std::ptrdiff_t from = 0; from < cells; ++from) {
      const double mass = now[static_cast<std::size_t>(from)];
      if (mass < 1e-12) continue;
      for (auto k = std::max(-reach, -from); k <= std::min(reach, cells - 1 - from); ++k)
        next[static_cast<std::size_t>(from + k)] +=
            mass * move[static_cast<std::size_t>(k + reach)];
    }
    now.swap(next);
    alive = std::accumulate(now.begin(), now.end(), 0.);
  }
  return 1 - alive;
}

// Weekly looks (and monthly): the law of a firm with more cash, not of this one. With the bridge it
// is this one's, in steps of any length.
TEST(Ventures, SC3LooksMissSomeLows) {
  for (const double step : {week, 1.}) {
    const Ruined ruined = walk(firm, step, 90'000, step < 1 ? 30'000'000 : 31'000'000);
    const Runway shifted = firm.looked_at_every(step);
    EXPECT_NEAR(shifted.cash, 18 + .5826 * 3 * std::sqrt(step), 1e-3);
    for (std::size_t h = 0; h < horizons.size(); ++h) {
      expect_exact(ruined.seen[h], firm.ruined_by(horizons[h]), "seen all the time");
      expect_exact(ruined.looked_at[h], looked_at(firm, step, horizons[h]), "looked at");
      expect_other(ruined.looked_at[h], firm.ruined_by(horizons[h]), "looked at");
      if (step < 1)
        expect_exact(ruined.looked_at[h], shifted.ruined_by(horizons[h]), "looked at, shifted");
    }
  }
}

// What the shift leaves of the error falls with the step, the error without it with its root only.
TEST(Ventures, SC3TheShiftIsRightInTheLimit) {
  for (const double horizon : horizons) {
    double before = 0, before_plain = 0;
    for (const double step : {1., .5, .25}) {
      const double exact = looked_at(firm, step, horizon);
      const double left = exact - firm.looked_at_every(step).ruined_by(horizon);
      const double plain = exact - firm.ruined_by(horizon);
      if (before != 0) {
        EXPECT_NEAR(before / left, 2, .1);
        EXPECT_NEAR(before_plain / plain, std::sqrt(2.), .1);
      }
      before = left;
      before_plain = plain;
    }
  }
}

TEST(Ventures, SC3MeanTimeOfPaths) {
  Mean time;
  for (std::uint64_t path = 0; path < 30'000; ++path) {
    sim::Draw draw = luck(33'000'000 + path);
    double cash = firm.cash, at = 0;
    for (double uniform = 1, chance = 0; uniform >= chance; at += week) {
      const double after = cash - firm.burn * week + firm.sd * std::sqrt(week) * draw.normal();
      uniform = draw.uniform();
      chance = ruined_between(cash, after, firm.sd, week);
      cash = after;
    }
    time.add(at - week / 2);
  }
  expect_exact(time, firm.mean(), "mean time of ruin");
}

}  // namespace
