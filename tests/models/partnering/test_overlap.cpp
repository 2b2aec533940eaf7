// SPDX-License-Identifier: Apache-2.0
// SB3: partners who meet on the same accounts.
#include <gtest/gtest.h>

#include <cmath>

#include "models/partnering/overlap.h"
#include "tests/models/partnering/luck.h"

namespace {

using namespace partnering;
using namespace partnering_tests;

struct Met {
  Mean several, clashes;  // of accounts anybody touched; pairs on an account
};

Met meet(int partners, double touch, int accounts) {
  Met met;
  for (int account = 0; account < accounts; ++account) {
    sim::Draw draw = luck(3'500'000 + static_cast<std::uint64_t>(account));
    int there = 0;
    for (int i = 0; i < partners; ++i) there += draw.bernoulli(touch);
    if (there > 0) met.several.add(there > 1);
    met.clashes.add(there * (there - 1) / 2.0);
  }
  return met;
}

TEST(Partnering, SB3AccountsThatSeveralTouch) {
  struct Case {
    int partners;
    double touch, share;
  };
  for (const Case& one : {Case{3, .3, .329}, Case{4, .3, .458}, Case{4, .5, .733}}) {
    const Overlap law{one.partners, one.touch};
    EXPECT_NEAR(law.contested(), one.share, 5e-4);
    const Met met = meet(one.partners, one.touch, 300'000);
    expect_exact(met.several, law.contested(), "two or more, if any");
    expect_exact(met.clashes, law.clashes(), "pairs on an account");
  }
  EXPECT_NEAR(Overlap({1, .3}).contested(), 0, 1e-12);
  EXPECT_NEAR(Overlap({5, 1}).contested(), 1, 1e-12);
}

// Each partner more on a territory brings more conflict than the one before.
TEST(Partnering, SB3ConflictIsConvexInPartners) {
  double before = 0, last_step = -1;
  for (int n = 1; n <= 6; ++n) {
    const double clashes = meet(n, .3, 200'000).clashes.mean();
    EXPECT_GT(clashes - before, last_step + .08) << n;  // by f^2 = .09
    last_step = clashes - before;
    before = clashes;
  }
}

}  // namespace
