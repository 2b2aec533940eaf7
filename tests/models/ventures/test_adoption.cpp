// SPDX-License-Identifier: Apache-2.0
// SC7 and EQ13: adoption in time, in steps, buyer by buyer, and in a market of two segments. (The
// model bass, and what coarse steps of it do: test_bass.cpp.)
#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <vector>

#include "models/ventures/adoption.h"
#include "tests/models/planning/optimisers.h"
#include "tests/models/ventures/luck.h"

namespace {

using namespace ventures;
using namespace ventures_tests;

constexpr Bass law{.03, .38};

TEST(Ventures, SC7TheCurveAndItsPeak) {
  constexpr std::array shares{.0358, .0851, .1505, .2332, .3312};
  for (std::size_t year = 0; year < shares.size(); ++year)
    EXPECT_NEAR(law.share(static_cast<double>(year + 1)), shares[year], 5e-5);
  EXPECT_NEAR(law.peak(), 6.1926, 5e-5);
  EXPECT_NEAR(law.share_at_peak(), .4605, 5e-5);
  EXPECT_NEAR(law.rate_at_peak(), .1106, 5e-5);
  EXPECT_NEAR(law.time_of(.5), 6.550, 5e-4);
  // They are what they are called.
  EXPECT_NEAR(law.peak(), planning_tests::top_of([](double t) { return law.rate(t); }, 0, 20),
              1e-4);
  EXPECT_NEAR(law.share(law.peak()), law.share_at_peak(), 1e-12);
  EXPECT_NEAR(law.rate(law.peak()), law.rate_at_peak(), 1e-12);
  for (const double t : {.5, 3., 9.}) {
    EXPECT_NEAR(law.rate(t), (law.share(t + 1e-5) - law.share(t - 1e-5)) / 2e-5, 1e-8);
    EXPECT_NEAR(law.time_of(law.share(t)), t, 1e-9);
  }
}

// F after five years if in each step the share grows by the hazard at its beginning times the step.
double euler(int steps) {
  double share = 0;
  for (int i = 0; i < steps; ++i) share += (law.p + law.q * share) * (1 - share) * 5 / steps;
  return share;
}

TEST(Ventures, SC7CoarseStepsAreWrongNotNoisy) {
  EXPECT_NEAR(euler(5), .2729, 5e-5);
  EXPECT_NEAR(euler(20), .3154, 5e-5);
  EXPECT_NEAR(euler(60), .3258, 5e-5);
  EXPECT_NEAR(euler(260), .3300, 5e-5);
  const double exact = law.share(5);
  EXPECT_NEAR((exact - euler(1000)) / (exact - euler(2000)), 2, .01);  // of first order
}

TEST(Ventures, SC7SatohsStepsSolveTheirOwnRecursion) {
  EXPECT_NEAR((SteppedBass{law, 1}.share(5)), .3642, 5e-5);
  EXPECT_NEAR((SteppedBass{law, .5}.share(10)), .3387, 5e-5);
  for (const SteppedBass& steps : {SteppedBass{law, 1}, SteppedBass{law, .25},
                                   SteppedBass{Bass{.01, .6}, 1}, SteppedBass{Bass{.1, 0}, 2}}) {
    const auto [p, q] = steps.law;
    const double d = steps.step;
    for (int n = 1; n < 40; ++n) {
      const double before = steps.share(n - 1), after = steps.share(n + 1);
      EXPECT_NEAR((after - before) / (2 * d),
                  p + (q - p) * (after + before) / 2 - q * after * before, 1e-12);
      EXPECT_NEAR(steps.two_on(before), after, 1e-12);
    }
  }
  // Another law solves another recursion; and with the step the two curves meet, as its square.
  const SteppedBass other{Bass{.03, .40}, 1};
  EXPECT_GT(std::abs((SteppedBass{law, 1}.two_on(other.share(5))) - other.share(7)), 1e-3);
  const double coarse = SteppedBass{law, .1}.share(50) - law.share(5),
               fine = SteppedBass{law, .05}.share(100) - law.share(5);
  EXPECT_NEAR(coarse / fine, 4, .05);
}

// Buyer by buyer: the chain of births, its mean time, and how that nears the curve's.
TEST(Ventures, SC7MeanTimeToHalfOfAMarket) {
  EXPECT_NEAR(law.mean_time(25, 50), 6.806, 5e-4);
  EXPECT_NEAR(law.mean_time(100, 200), 6.612, 5e-4);
  EXPECT_NEAR(law.mean_time(500, 1000), 6.562, 5e-4);
  EXPECT_NEAR(law.mean_time(500'000, 1'000'000), law.time_of(.5), 1e-4);
  for (const int market : {50, 200}) {
    Mean time;
    for (std::uint64_t run = 0; run < 8'000; ++run) {
      sim::Draw draw = luck(90'000'000 + run);
      double t = 0;
      for (int n = 0; n < market / 2; ++n)
        t += draw.exponential() / ((market - n) * (law.p + law.q * n / market));
      time.add(t);
    }
    expect_exact(time, law.mean_time(market / 2, market), "half adopted");
    expect_other(time, law.time_of(.5), "half adopted");
  }
}

// --- Two segments -------------------------------------------------------------------------------

// The early sixth of buyers (SC32), and the main market, who hear their own.
constexpr double early_part = .16;
TwoSegments chasm(double across) { return {{.03, .8, 0}, {0, .5, across}}; }
double in_all(const TwoSegments::Pair& shares) {
  return early_part * shares[0] + (1 - early_part) * shares[1];
}

TEST(Ventures, EQ13OneSegmentIsBass) {
  const TwoSegments apart{{law.p, law.q, 0}, {law.p, law.q, 0}};
  // Two that hear each other as they hear themselves are one, too.
  const TwoSegments together{{law.p, law.q / 2, law.q / 2}, {law.p, law.q / 2, law.q / 2}};
  for (const TwoSegments& market : {apart, together}) {
    const auto bias = [&](int steps) {
      TwoSegments::Pair shares{};
      for (int i = 0; i < steps; ++i) shares = market.after(shares, 5. / steps);
      EXPECT_EQ(shares[0], shares[1]);
      return shares[0] - law.share(5);
    };
    EXPECT_NEAR(bias(260), 0, 1e-5);  // weeks
    EXPECT_NEAR(bias(20) / bias(40), 4, .2) << "of second order";
    EXPECT_LT(std::abs(bias(5)), .15 * (law.share(5) - euler(5)));
  }
}

TEST(Ventures, EQ13ThoseWhoHearNobodyDoNotFollow) {
  const TwoSegments market{{.1, .3, 0}, {0, .5, 0}};
  TwoSegments::Pair shares{};
  for (int week = 0; week < 520; ++week) shares = market.after(shares, 1. / 52);
  EXPECT_GT(shares[0], .8);
  EXPECT_EQ(shares[1], 0);
}

// Cumulative hazard against thresholds of single buyers, weekly: what the economy would do.
TEST(Ventures, EQ13BuyersWithThresholdsFollowTheCurves) {
  const TwoSegments market = chasm(.05);
  constexpr int buyers = 60'000;
  Mean early, main;
  for (std::uint64_t run = 0; run < 30; ++run) {
    std::array<std::vector<double>, 2> thresholds;
    sim::Draw draw = luck(95'000'000 + run);
    for (auto& segment : thresholds) {
      for (int i = 0; i < buyers; ++i) segment.push_back(draw.exponential());
      std::sort(segment.begin(), segment.end());
    }
    TwoSegments::Pair shares{}, met{};
    for (int week = 0; week < 8 * 52; ++week) {
      const auto more = market.cumulative(shares, 1. / 52);
      for (std::size_t s = 0; s < 2; ++s) {
        met[s] += more[s];
        const auto below = std::lower_bound(thresholds[s].begin(), thresholds[s].end(), met[s]);
        shares[s] = static_cast<double>(below - thresholds[s].begin()) / buyers;
      }
    }
    early.add(shares[0]);
    main.add(shares[1]);
  }
  TwoSegments::Pair curve{};
  for (int i = 0; i < 8 * 1000; ++i) curve = market.after(curve, .001);
  expect_exact(early, curve[0], "early");
  expect_exact(main, curve[1], "main");
}

struct Saddle {
  double top = 0, bottom = 0;  // of sales a year: the first top, and the lowest after it
  double half = 0;             // year in which half of the main market has adopted
  double depth() const { return bottom > 0 ? 1 - bottom / top : 0; }
};

// Until nine in ten have adopted: after the last top sales only fall.
Saddle saddle(const TwoSegments& market) {
  Saddle found;
  TwoSegments::Pair shares{};
  double now = 0;
  for (int week = 0; in_all(shares) < .9 && week < 100 * 52; ++week) {
    const auto next = market.after(shares, 1. / 52);
    const double sales = (in_all(next) - in_all(shares)) * 52;
    if (found.half == 0 && next[1] >= .5) found.half = week / 52.;
    if (found.top == 0 && sales < now) found.top = now;
    if (found.top > 0 && found.bottom == 0 && sales > now) found.bottom = now;
    now = sales;
    shares = next;
  }
  EXPECT_GE(in_all(shares), .9);
  return found;
}

// The less the main market listens to the early one, the deeper sales fall between the two, and the
// later the main market comes. With enough of it there is no chasm.
TEST(Ventures, EQ13TheChasmIsAMatterOfWhoListensToWhom) {
  double depth = 1, half = 1e9;
  for (const double across : {.0003, .001, .003}) {
    const Saddle found = saddle(chasm(across));
    EXPECT_GT(found.depth(), .2) << across;
    EXPECT_LT(found.depth(), depth) << across;
    EXPECT_LT(found.half, half) << across;
    depth = found.depth();
    half = found.half;
  }
  for (const double across : {.03, .1}) EXPECT_EQ(saddle(chasm(across)).depth(), 0) << across;
}

}  // namespace
