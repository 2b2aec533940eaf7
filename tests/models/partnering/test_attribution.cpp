// SPDX-License-Identifier: Apache-2.0
// Several claims on one deal: SB2 (the nine policies, C10 to the cent, what overlap makes of a
// budget), and what holds for any claims.
#include <gtest/gtest.h>
#include <rapidcheck.h>

#include <algorithm>
#include <numeric>

#include "models/compensation/claims.h"
#include "models/partnering/attribution.h"
#include "models/partnering/overlap.h"
#include "models/partnering/registration.h"
#include "tests/models/partnering/luck.h"

namespace {

using namespace partnering;
using namespace partnering_tests;
using compensation::Policy;
using compensation::Share;

constexpr Share percent(std::int64_t n) { return {n * 10'000'000}; }
constexpr std::array all_policies{
    Policy::first_registered, Policy::first_touch, Policy::last_touch, Policy::equal,
    Policy::effort,           Policy::time_decay,  Policy::pay_all,    Policy::house,
    Policy::marketplace};

std::vector<std::int64_t> paid(const AttributionRules& rules, std::int64_t base, double closes,
                               const std::vector<Claimant>& claims) {
  static Attribution attribution;
  std::vector<std::int64_t> cents(claims.size());
  const std::int64_t sum = attribution(rules, base, closes, claims, cents);
  EXPECT_EQ(sum, std::accumulate(cents.begin(), cents.end(), std::int64_t{0}));
  return cents;
}

// --- C10: 100,000 of first year, 20%, three claimants -------------------------------------------

constexpr std::int64_t first_year = 10'000'000;
using Cents = std::vector<std::int64_t>;

// P1 registers on day 0, P2 on day 30 (and is queued), P3 touches last; 50, 30, 20 hours.
std::vector<Claimant> triple(double closes) {
  std::vector<Registration> filed{{firm(1), 0, .1}};
  RegistrationRules program;
  Registrations(program, filed).answer(0, true, 0);
  filed.push_back({firm(2), 30, .2});
  EXPECT_EQ(Registrations(program, filed).answer(1, true, 30), RegistrationState::queued);
  Registrations(program, filed).advance(closes);
  std::vector<Claimant> claims{{firm(1), .1, never, never, 0, 0, 50},
                               {firm(2), .2, never, never, 30, 30, 30},
                               {firm(3), .3, never, never, 78, 78, 20}};
  for (std::size_t i = 0; i < 2; ++i)
    if (filed[i].state == RegistrationState::approved) {
      claims[i].registered = filed[i].begins;
      claims[i].lapses = filed[i].ends;
    }
  return claims;
}

Cents c10(Policy policy, double closes = 89) {
  return paid({policy, percent(20), {}, 30}, first_year, closes, triple(closes));
}

TEST(Partnering, SB2C10ByNinePolicies) {
  const Cents all = c10(Policy::pay_all);
  EXPECT_EQ(all, (Cents{2'000'000, 2'000'000, 2'000'000}));
  EXPECT_EQ(first_year - 3 * all[0] - 4'500'000, -500'000);  // with 45,000 of own cost
  EXPECT_EQ(c10(Policy::equal), (Cents{666'667, 666'667, 666'666}));
  EXPECT_EQ(c10(Policy::effort), (Cents{1'000'000, 600'000, 400'000}));
  EXPECT_EQ(c10(Policy::first_touch), (Cents{2'000'000, 0, 0}));
  EXPECT_EQ(c10(Policy::last_touch), (Cents{0, 0, 2'000'000}));
  EXPECT_EQ(c10(Policy::house), (Cents{0, 0, 0}));
  // 2^-2.6, 2^-1.6 and 1 of their sum.
  EXPECT_EQ(c10(Policy::time_decay), (Cents{220'681, 441'361, 1'337'958}));
}

TEST(Partnering, SB2C10TheWindowEndsOnItsLastDay) {
  for (const Policy policy : {Policy::first_registered, Policy::marketplace}) {
    EXPECT_EQ(c10(policy, 29), (Cents{2'000'000, 0, 0}));
    EXPECT_EQ(c10(policy, 89), (Cents{2'000'000, 0, 0}));
    EXPECT_EQ(c10(policy, 89.999), (Cents{2'000'000, 0, 0}));
    EXPECT_EQ(c10(policy, 90), (Cents{0, 2'000'000, 0}));
    EXPECT_EQ(c10(policy, 179), (Cents{0, 2'000'000, 0}));
    EXPECT_EQ(c10(policy, 180), (Cents{0, 0, 0}));
  }
  std::vector<Claimant> listed = triple(90);
  listed[2].marketplace = true;
  EXPECT_EQ(paid({Policy::marketplace, percent(20)}, first_year, 90, listed),
            (Cents{0, 0, 2'000'000}));
}

// As callers may have it who keep no queue: each with its own window.
TEST(Partnering, SB2AWindowIsHalfOpen) {
  const AttributionRules rules{Policy::first_registered, percent(20)};
  const std::vector<Claimant> claims{{firm(1), .1, 0, 90}, {firm(2), .2, 30, 120}};
  EXPECT_EQ(paid(rules, 500, 0, claims), (Cents{100, 0}));
  EXPECT_EQ(paid(rules, 500, 89, claims), (Cents{100, 0}));
  EXPECT_EQ(paid(rules, 500, 90, claims), (Cents{0, 100}));
  EXPECT_EQ(paid(rules, 500, 120, claims), (Cents{0, 0}));
}

TEST(Partnering, SB2ACapLimitsTheSum) {
  const AttributionRules capped{Policy::pay_all, percent(20), percent(30)};
  EXPECT_EQ(paid(capped, first_year, 89, triple(89)), (Cents{1'000'000, 1'000'000, 1'000'000}));
  EXPECT_EQ(paid(capped, 10'000'001, 89, triple(89)), (Cents{1'000'000, 1'000'000, 1'000'000}));
  EXPECT_EQ(paid(capped, 10'000'005, 89, triple(89)), (Cents{1'000'001, 1'000'001, 1'000'000}));
}

// --- Payout against revenue ---------------------------------------------------------------------

struct Payouts {
  Mean all, touched;  // of an account's revenue; of accounts that anybody touched
};

// Accounts of 1,000 that each of n partners touches by chance, on a day of its own.
Payouts payouts(Policy policy, int n, double f, int accounts) {
  Payouts found;
  constexpr std::int64_t revenue = 100'000;
  std::vector<Claimant> claims;
  for (int account = 0; account < accounts; ++account) {
    const sim::Key key{2'000'000 + static_cast<std::uint64_t>(account)};
    sim::Draw draw = luck(key.value);
    claims.clear();
    for (int partner = 0; partner < n; ++partner) {
      const bool touches = draw.bernoulli(f);
      const double day = 60 * draw.uniform(), hours = 10 * draw.exponential();
      const sim::Key who = firm(static_cast<std::uint64_t>(partner));
      if (touches) claims.push_back({who, lot_of(key, who), day, day + 90, day, day, hours});
    }
    const Cents cents = paid({policy, percent(20)}, revenue, 60, claims);
    const double share = std::accumulate(cents.begin(), cents.end(), 0.0) / revenue;
    found.all.add(share);
    if (!claims.empty()) found.touched.add(share);
  }
  return found;
}

TEST(Partnering, SB2PayAllPaysEachWhoTouched) {
  for (const auto& [n, f] : {std::pair{3, .3}, std::pair{4, .5}, std::pair{2, .8}}) {
    const Overlap overlap{n, f};
    const Payouts found = payouts(Policy::pay_all, n, f, 60'000);
    expect_exact(found.all, .2 * n * f, "k n f");
    expect_exact(found.touched, .2 * n * f / (1 - std::pow(1 - f, n)), "if anybody claims");
    EXPECT_NEAR(overlap.payout(.2), .2 * n * f, 1e-12);
    EXPECT_NEAR(overlap.payout_if_any(.2), .2 * n * f / (1 - std::pow(1 - f, n)), 1e-12);
  }
  const Payouts worst = payouts(Policy::pay_all, 3, 1, 10);
  EXPECT_NEAR(worst.all.mean(), .6, 1e-12);
  EXPECT_NEAR(Overlap({3, 1}).largest_payout(.2), .6, 1e-12);
}

TEST(Partnering, SB2OneClaimIsPaidOnce) {
  for (const Policy policy : {Policy::first_registered, Policy::first_touch, Policy::last_touch,
                              Policy::equal, Policy::effort, Policy::time_decay}) {
    const Payouts found = payouts(policy, 3, .3, 40'000);
    expect_exact(found.all, .2 * (1 - .7 * .7 * .7), "one claim");
    EXPECT_NEAR(found.touched.mean(), .2, 1e-12);  // whoever gets it
    EXPECT_NEAR(Overlap({3, .3}).payout_of_one(.2), .2 * (1 - .343), 1e-12);
  }
  EXPECT_EQ(payouts(Policy::house, 3, .9, 10).all.mean(), 0);
}

// --- Ties ---------------------------------------------------------------------------------------

// All touch at the same moment: each is first as often as any other, a low key does not help.
TEST(Partnering, SB2TiesGoByLot) {
  for (const Policy policy : {Policy::first_touch, Policy::last_touch, Policy::equal}) {
    std::array<Mean, 4> won;
    for (std::uint64_t deal = 0; deal < 130'000; ++deal) {
      std::vector<Claimant> claims;
      for (std::uint64_t i = 0; i < won.size(); ++i)
        claims.push_back({{i + 1}, lot_of({3'000'000 + deal}, {i + 1}), never, never, 5, 5});
      // Equal parts of one cent: it goes to one of them.
      const Cents cents = paid({policy, percent(1)}, 100, 9, claims);
      for (std::size_t i = 0; i < won.size(); ++i) won[i].add(static_cast<double>(cents[i]));
    }
    for (const Mean& each : won) expect_exact(each, .25, "ties won");
  }
}

// --- What holds for any claims ------------------------------------------------------------------

struct Any {
  AttributionRules rules;
  std::int64_t base;
  double closes;
  std::vector<Claimant> claims;
};

// Few different days and lots, so that ties are frequent; keys are the only thing all differ in.
Any any() {
  const auto day = [] { return *rc::gen::element(0., 1., 1.5, 20., 88., 90., 91., never); };
  Any a;
  a.rules.policy = *rc::gen::elementOf(all_policies);
  a.rules.rate = {*rc::gen::inRange<std::int64_t>(0, 700'000'000)};
  if (*rc::gen::inRange(0, 2) == 1) a.rules.cap = Share{*rc::gen::inRange(0, 900'000'000)};
  a.rules.half_life = *rc::gen::inRange(1, 100);
  a.base = *rc::gen::inRange<std::int64_t>(0, 1'000'000'000'000);
  a.closes = *rc::gen::element(1., 90., 200.);
  for (int i = *rc::gen::inRange(0, 9); i > 0; --i) {
    Claimant c{{static_cast<std::uint64_t>(i)}, *rc::gen::element(.1, .5)};
    c.registered = day();
    c.lapses = c.registered + 90;
    c.first_touch = day();
    c.last_touch = std::max(c.first_touch, day());
    c.hours = *rc::gen::inRange(0, 50) / 4.0;
    c.marketplace = *rc::gen::inRange(0, 5) == 0;
    a.claims.push_back(c);
  }
  return a;
}

Cents paid(const Any& a) { return paid(a.rules, a.base, a.closes, a.claims); }

TEST(Partnering, SB2NoCentIsMadeOrLost) {
  EXPECT_TRUE(rc::check("sums", [] {
    const Any a = any();
    const Cents cents = paid(a);
    const std::int64_t one = compensation::share_of(a.base, a.rules.rate);
    std::int64_t sum = 0;
    for (const std::int64_t part : cents) {
      RC_ASSERT(part >= 0);
      sum += part;
    }
    const auto limit = [&](std::int64_t all) {
      return a.rules.cap ? std::min(all, compensation::share_of(a.base, *a.rules.cap)) : all;
    };
    if (a.rules.policy == Policy::pay_all)
      RC_ASSERT(sum == limit(one * static_cast<std::int64_t>(cents.size())));
    else
      RC_ASSERT(sum == 0 || sum == limit(one));
    if (a.rules.policy == Policy::equal && !cents.empty()) RC_ASSERT(sum == limit(one));
  }));
}

TEST(Partnering, SB2OrderGivenDoesNotMatter) {
  EXPECT_TRUE(rc::check("permuted claims", [] {
    const Any a = any();
    const Cents before = paid(a);
    Any turned = a;
    std::ranges::reverse(turned.claims);
    if (turned.claims.size() > 2) std::swap(turned.claims[0], turned.claims[1]);
    const Cents after = paid(turned);
    for (std::size_t i = 0; i < a.claims.size(); ++i)
      for (std::size_t j = 0; j < a.claims.size(); ++j)
        if (a.claims[i].firm == turned.claims[j].firm) RC_ASSERT(before[i] == after[j]);
  }));
}

TEST(Partnering, SB2ARefundTakesBackWhatWasPaid) {
  EXPECT_TRUE(rc::check("negative base", [] {
    Any a = any();
    const Cents gave = paid(a);
    a.base = -a.base;
    const Cents took = paid(a);
    for (std::size_t i = 0; i < gave.size(); ++i) RC_ASSERT(gave[i] + took[i] == 0);
  }));
}

// The plan files' own rule (R26) on whole days, with claims in order of their lots.
TEST(Partnering, SB2AgreesWithPlanFiles) {
  EXPECT_TRUE(rc::check("pay_claims", [] {
    const sim::Date origin = sim::Date::from_civil(2027, 1, 1);
    compensation::Claims plan;
    plan.policy = *rc::gen::elementOf(all_policies);
    plan.rate = {*rc::gen::inRange<std::int64_t>(0, 700'000'000)};
    plan.window_days = *rc::gen::inRange(1, 60);
    plan.queue = *rc::gen::inRange(0, 2) == 1;
    plan.half_life_days = *rc::gen::inRange(20, 60);
    if (*rc::gen::inRange(0, 2) == 1) plan.cap = Share{*rc::gen::inRange(0, 900'000'000)};
    const int closes = *rc::gen::inRange(0, 120);
    std::vector<compensation::ClaimOnDeal> theirs;
    std::vector<Claimant> ours;
    std::vector<std::size_t> registered;
    for (int i = *rc::gen::inRange(1, 7); i > 0; --i) {
      const int touched = *rc::gen::inRange(0, 130), hours = *rc::gen::inRange(0, 50);
      compensation::ClaimOnDeal claim;
      Claimant c{firm(ours.size()), static_cast<double>(ours.size())};
      if (touched < 121) {
        claim.touched = origin + touched;
        c.first_touch = c.last_touch = touched;
      }
      if (const int day = *rc::gen::inRange(0, 130); day < 100) {
        claim.registered = origin + day;
        c.registered = day;
        registered.push_back(ours.size());
      }
      c.hours = static_cast<double>(claim.hours = hours);
      c.marketplace = claim.marketplace = *rc::gen::inRange(0, 6) == 0;
      theirs.push_back(claim);
      ours.push_back(c);
    }
    // Registrations as filed, day by day, each answered at once.
    RegistrationRules program;
    program.window_days = plan.window_days;
    program.queue = plan.queue;
    std::ranges::stable_sort(registered, {}, [&](std::size_t i) { return ours[i].registered; });
    std::vector<Registration> filed;
    for (const std::size_t i : registered) {
      if (ours[i].registered > closes) break;
      filed.push_back({ours[i].firm, ours[i].registered, ours[i].lot});
      Registrations(program, filed).answer(filed.size() - 1, true, ours[i].registered);
    }
    Registrations(program, filed).advance(closes);
    for (Claimant& c : ours) c.registered = never;
    for (const Registration& one : filed)
      for (Claimant& c : ours)
        if (c.firm == one.firm && one.state == RegistrationState::approved) {
          c.registered = one.begins;
          c.lapses = one.ends;
        }
    const std::int64_t base = *rc::gen::inRange<std::int64_t>(0, 100'000'000);
    const Cents expected = compensation::pay_claims(plan, theirs, base, origin + closes);
    const Cents found =
        paid({plan.policy, plan.rate, plan.cap, static_cast<double>(plan.half_life_days)}, base,
             closes, ours);
    // Both round the weights of a decay to a billionth.
    const std::int64_t off = plan.policy == Policy::time_decay ? 1 : 0;
    for (std::size_t i = 0; i < found.size(); ++i)
      RC_ASSERT(std::abs(found[i] - expected[i]) <= off);
  }));
}

}  // namespace
