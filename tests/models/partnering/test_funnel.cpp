// SPDX-License-Identifier: Apache-2.0
// SB6: Little's law and the thinning of a Poisson stream, opportunity by opportunity.
#include <gtest/gtest.h>

#include <array>

#include "models/partnering/funnel.h"
#include "tests/models/partnering/luck.h"

namespace {

using namespace partnering;
using namespace partnering_tests;

struct Counted {
  Mean open;                                   // at one moment
  Mean wins, wins_squared, wins_times_losses;  // of a week; the last two about their means
};

// Opportunities that each stay for a while, in independent companies that have settled: who is open
// at a moment, and what is won and lost in each of the weeks that follow.
template <class Stay>
Counted run(const Funnel& funnel, const Stay& stay, int companies) {
  Counted counted;
  constexpr int settled = 110, weeks = 6;
  for (int company = 0; company < companies; ++company) {
    sim::Draw draw = luck(13'000'000 + static_cast<std::uint64_t>(company));
    int open = 0;
    std::array<int, weeks> won{}, lost{};
    for (double comes = draw.exponential() / funnel.arrivals; comes < settled + weeks;
         comes += draw.exponential() / funnel.arrivals) {
      const double ends = comes + stay(draw);
      const bool wins = draw.bernoulli(funnel.win_rate);
      open += comes < settled && ends >= settled;
      if (ends >= settled && ends < settled + weeks)
        ++(wins ? won : lost)[static_cast<std::size_t>(ends - settled)];
    }
    counted.open.add(open);
    for (std::size_t week = 0; week < weeks; ++week) {
      const double more = won[week] - funnel.wins();
      const double others = lost[week] - (funnel.arrivals - funnel.wins());
      counted.wins.add(won[week]);
      counted.wins_squared.add(more * more);
      counted.wins_times_losses.add(more * others);
    }
  }
  return counted;
}

TEST(Partnering, SB6LittleAndThinning) {
  const Funnel funnel{10, 12, .21};
  EXPECT_NEAR(funnel.open(), 120, 1e-9);
  EXPECT_NEAR(funnel.wins(), 2.1, 1e-9);
  const auto check = [&](const Counted& counted) {
    expect_exact(counted.open, 120, "open");
    expect_exact(counted.wins, 2.1, "wins a week");
    // Poisson: as much variance as mean, and losses tell nothing of wins.
    EXPECT_LE(counted.wins_squared.error(), .02 * 2.1);
    EXPECT_NEAR(counted.wins_squared.mean(), 2.1, 4 * counted.wins_squared.error());
    EXPECT_NEAR(counted.wins_times_losses.mean(), 0, 4 * counted.wins_times_losses.error());
  };
  // However long each stays, if 12 weeks on average.
  check(run(
      funnel, [](sim::Draw& draw) { return 12 * draw.exponential(); }, 3'500));
  check(run(
      funnel, [](sim::Draw& draw) { return 24 * draw.uniform(); }, 3'500));
}

}  // namespace
