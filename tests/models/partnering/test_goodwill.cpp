// SPDX-License-Identifier: Apache-2.0
// SB7: when it pays to pass leads on to a partner who remembers; SB8: where the ledger of favours
// settles.
#include <gtest/gtest.h>

#include <cmath>

#include "models/partnering/goodwill.h"
#include "tests/models/partnering/luck.h"

namespace {

using namespace partnering;
using namespace partnering_tests;

// --- SB7 ----------------------------------------------------------------------------------------

// What a round pays: who keeps leads from one who shares (T), both share (R), neither (P), who
// shares with one who keeps (S).
struct Round {
  double temptation, reward, punishment, sucker;
};
// A lead is worth `benefit` to whoever gets it and costs who passes it on.
constexpr Round leads(double benefit, double cost) { return {benefit, benefit - cost, 0, -cost}; }

enum Rule : std::uint8_t { share, keep };  // share until the other keeps once; never share

struct Earned {
  double one = 0, other = 0;
};
// One relationship: after each round it goes on with that chance.
Earned relationship(const Round& round, Rule one, Rule other, double goes_on, sim::Draw& draw) {
  Earned earned;
  const auto paid = [&](bool mine, bool theirs) {
    if (mine) return theirs ? round.reward : round.sucker;
    return theirs ? round.temptation : round.punishment;
  };
  bool peace = true;
  do {
    const bool a = one == share && peace, b = other == share && peace;
    earned.one += paid(a, b);
    earned.other += paid(b, a);
    peace = peace && a && b;
  } while (draw.bernoulli(goes_on));
  return earned;
}

// A firm that has always shared, now and then tries the other rule and follows the one that pays
// more.
struct Learner {
  double paid[2] = {0, 0};
  int tried[2] = {0, 0};
  Rule choose(sim::Draw& draw) const {
    if (tried[share] < 500) return share;
    const Rule better = tried[keep] == 0 || paid[share] >= paid[keep] ? share : keep;
    return draw.bernoulli(.02) ? Rule(1 - better) : better;
  }
  void learn(Rule rule, double earned) {
    const double weight = std::max(1.0 / ++tried[rule], .002);
    paid[rule] += weight * (earned - paid[rule]);
  }
};

// How often firms of a market share after they have learned, when any two may meet.
double sharing(const Round& round, double goes_on, std::uint64_t market) {
  sim::Draw draw = luck(10'000'000 + market);
  std::vector<Learner> firms(30);
  int shared = 0, looked = 0;
  for (int meeting = 0; meeting < 200'000; ++meeting) {
    const std::uint32_t i = draw.below(30);
    std::uint32_t j = draw.below(29);
    j += j >= i;
    const Rule one = firms[i].choose(draw), other = firms[j].choose(draw);
    const Earned earned = relationship(round, one, other, goes_on, draw);
    firms[i].learn(one, earned.one);
    firms[j].learn(other, earned.other);
    if (meeting < 190'000) continue;
    shared += (one == share) + (other == share);
    looked += 2;
  }
  return static_cast<double>(shared) / looked;
}

TEST(Partnering, SB7SharingNeedsAFutureAboveCostOverBenefit) {
  for (const double benefit : {2., 2.5, 4.}) {
    const double threshold = least_continuation(benefit, 1);
    EXPECT_NEAR(threshold, 1 / benefit, 1e-12);
    for (const double beyond : {-.2, -.1, -.05, .05, .1, .2}) {
      const double rate = sharing(leads(benefit, 1), threshold + beyond, 1);
      if (beyond < 0) {
        EXPECT_LT(rate, .1) << benefit << " " << beyond;
      } else {
        EXPECT_GT(rate, .9) << benefit << " " << beyond;
      }
    }
  }
}

TEST(Partnering, SB7GrimTriggerNeedsPatience) {
  const Round dilemma{5, 3, 1, 0};
  const double threshold = least_patience(5, 3, 1);
  EXPECT_NEAR(threshold, .5, 1e-12);
  EXPECT_LT(sharing(dilemma, threshold - .06, 2), .1);
  EXPECT_GT(sharing(dilemma, threshold + .06, 2), .9);
  // Leads are the same dilemma.
  EXPECT_NEAR(least_patience(2.5, 1.5, 0), least_continuation(2.5, 1), 1e-12);
}

// At the threshold itself both rules earn the same against one who shares.
TEST(Partnering, SB7AtTheThresholdNeitherPaysMore) {
  for (const Round& round : {leads(2.5, 1), Round{5, 3, 1, 0}}) {
    const double at = least_patience(round.temptation, round.reward, round.punishment);
    Mean shares, keeps;
    for (std::uint64_t i = 0; i < 60'000; ++i) {
      sim::Draw draw = luck(11'000'000 + i);
      shares.add(relationship(round, share, share, at, draw).one);
      keeps.add(relationship(round, keep, share, at, draw).one);
    }
    const double both = round.reward / (1 - at);
    expect_exact(shares, both, "sharing");
    EXPECT_NEAR(keeps.mean(), both, 4 * keeps.error() + 1e-12);
    EXPECT_LE(keeps.error(), .005 * both);
  }
}

// --- SB8 ----------------------------------------------------------------------------------------

int poisson(double mean, sim::Draw& draw) {
  double chance = std::exp(-mean), left = draw.uniform() - chance;
  int n = 0;
  for (; left > 0 && n < 60; left -= chance) chance *= mean / ++n;
  return n;
}

TEST(Partnering, SB8TheLedgerSettles) {
  struct Case {
    Goodwill ledger;
    double in, out;
  };
  for (const Case& one :
       {Case{{.2, 1, 1}, 1.5, .7}, Case{{.3, 1, 2.5}, .8, 1.1}, Case{{.25, .5, 0}, .4, 2}}) {
    const Goodwill& ledger = one.ledger;
    const double mean = ledger.mean(one.in, one.out), variance = ledger.variance(one.in, one.out);
    const double keeps = 1 - ledger.fade;
    EXPECT_NEAR(mean, (ledger.gain * one.in - ledger.loss * one.out) / ledger.fade, 1e-12);
    EXPECT_NEAR(variance,
                (ledger.gain * ledger.gain * one.in + ledger.loss * ledger.loss * one.out) /
                    (1 - keeps * keeps),
                1e-9);
    Mean level, spread;
    for (std::uint64_t pair = 0; pair < 120'000; ++pair) {
      sim::Draw draw = luck(12'000'000 + pair);
      double now = mean;  // or the first years would have to be waited for
      for (int period = 0; period < 30; ++period) {
        const int in = poisson(one.in, draw), out = poisson(one.out, draw);
        now = ledger.next(now, in, out);
      }
      level.add(now);
      spread.add((now - mean) * (now - mean));
    }
    EXPECT_LE(level.error(), .005 * std::abs(mean));
    EXPECT_NEAR(level.mean(), mean, 4 * level.error());
    expect_exact(spread, variance, "variance");
  }
}

// From nothing it gets there by the share that is not yet forgotten.
TEST(Partnering, SB8FavoursFade) {
  const Goodwill ledger{.1, 1, 1};
  double now = 0;
  for (int period = 1; period <= 30; ++period) {
    now = ledger.next(now, 2, .5);
    EXPECT_NEAR(now, ledger.mean(2, .5) * (1 - std::pow(.9, period)), 1e-9);
  }
}

}  // namespace
