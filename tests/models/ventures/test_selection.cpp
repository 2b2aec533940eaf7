// SPDX-License-Identifier: Apache-2.0
// SC2: who has time for a partnership. First with given chances to accept, then with firms that
// compare a project with the work they have.
#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <vector>

#include "models/ventures/selection.h"
#include "tests/models/ventures/luck.h"

namespace {

using namespace ventures;
using namespace ventures_tests;

constexpr double good_share = .2;

TEST(Ventures, SC2ThoseWhoAcceptAreWorse) {
  EXPECT_NEAR(posterior(.2, .2, .8), .0588, 5e-5);
  EXPECT_NEAR(posterior(.2, .5, .5), .2, 1e-12);
  Mean accepted, all;
  for (std::uint64_t firm = 0; firm < 1'000'000; ++firm) {
    sim::Draw draw = luck(firm);
    const bool good = draw.uniform() < good_share;
    all.add(good);
    if (draw.uniform() < (good ? .2 : .8)) accepted.add(good);
  }
  expect_exact(accepted, 1. / 17, "good, of those who accept");
  expect_other(accepted, good_share, "good, of those who accept");
  expect_exact(all, good_share, "good, of all");
}

TEST(Ventures, SC2AnHourCostsTheWorkItWouldHaveDone) {
  const std::array book{Work{10, 100}, Work{10, 50}, Work{10, 10}};
  EXPECT_NEAR(displaced(book, 40, 10), 0, 1e-12);    // hours to spare
  EXPECT_NEAR(displaced(book, 35, 10), 5, 1e-12);    // half of the last
  EXPECT_NEAR(displaced(book, 25, 10), 30, 1e-12);   // 5 h at 1, 5 h at 5
  EXPECT_NEAR(displaced(book, 10, 10), 100, 1e-12);  // all there is
  EXPECT_NEAR(displaced({}, 10, 10), 0, 1e-12);
  EXPECT_TRUE(accepts(book, 25, {10, 31}));
  EXPECT_FALSE(accepts(book, 25, {10, 29}));
  EXPECT_FALSE(accepts(book, 9, {10, 1000}));  // not in a week of 9 hours
}

struct Market {
  double hours = 40;
  double good_demand = 12, bad_demand = 3;  // jobs a week, Poisson
  Work project{10, 40};
};

struct Found {
  Mean good, good_accept, bad_accept;  // good: of those who accept
};

// Firms have no chance to accept: jobs come, six hours each on average, worth what they are worth,
// and whoever has the hours, or worse work than the project, says yes.
Found ask(const Market& market, std::uint64_t firms = 60'000) {
  Found found;
  std::vector<Work> book;
  for (std::uint64_t firm = 0; firm < firms; ++firm) {
    sim::Draw draw = luck(20'000'000 + firm);
    const bool good = draw.uniform() < good_share;
    const double demand = good ? market.good_demand : market.bad_demand;
    book.clear();
    for (double t = draw.exponential(); t < demand; t += draw.exponential()) {
      const double hours = 2 + 4 * draw.exponential();
      const double per_hour = 10 * draw.exponential();
      book.push_back({hours, hours * per_hour});
    }
    std::sort(book.begin(), book.end(),
              [](const Work& a, const Work& b) { return a.per_hour() > b.per_hour(); });
    const bool yes = accepts(book, market.hours, market.project);
    (good ? found.good_accept : found.bad_accept).add(yes);
    if (yes) found.good.add(good);
  }
  return found;
}

TEST(Ventures, SC2ScarceHoursSelectAgainstTheGood) {
  double before = 0;
  for (const double hours : {25., 40., 60., 80.}) {
    const Found found = ask({.hours = hours});
    EXPECT_LT(found.good_accept.mean(), found.bad_accept.mean()) << hours;
    EXPECT_LT(found.good.mean() + 6 * found.good.error(), good_share) << hours;
    EXPECT_NEAR(found.good.mean(),
                posterior(good_share, found.good_accept.mean(), found.bad_accept.mean()),
                5 * found.good.error());
    EXPECT_GT(found.good.mean(), before) << "the more hours, the less it selects";
    before = found.good.mean();
  }
}

// Without scarcity nothing selects: hours for everything, the same demand for all, or a project
// that beats all other work.
TEST(Ventures, SC2PlentyDoesNotSelect) {
  for (const Market& market : {Market{.hours = 1000}, Market{.good_demand = 7, .bad_demand = 7},
                               Market{.project = {10, 1e6}}}) {
    const Found found = ask(market);
    EXPECT_NEAR(found.good.mean(), good_share, 4 * found.good.error());
  }
}

}  // namespace
