// SPDX-License-Identifier: Apache-2.0
// SE8: what must not matter does not, and what is somebody else's business stays bit-identical.
#include <gtest/gtest.h>

#include <bit>
#include <map>
#include <set>

#include "tests/models/ecosystem/economy.h"

namespace {

using namespace ecosystem;
using support::Economy;

// Everything about an account, its needs and their opportunities, by key, as bits.
using Facts = std::map<std::uint64_t, std::vector<std::uint64_t>>;

std::uint64_t bits(double value) { return std::bit_cast<std::uint64_t>(value); }

Facts facts_of_region(const World& w, std::uint32_t region) {
  Facts facts;
  for (std::size_t row = 0; row < w.accounts.size(); ++row)
    if (const Accounts::Id id(row); w.accounts.region[id] == region)
      facts[w.accounts.key(id).value] = {bits(w.accounts.need_rate[id]), w.accounts.next_need[id],
                                         w.accounts.open_needs[id], w.accounts.contracts[id]};
  for (std::size_t row = 0; row < w.needs.size(); ++row) {
    const Needs::Id id(row);
    if (!w.needs.alive(id) || w.accounts.region[w.needs.account[id]] != region) continue;
    facts[w.needs.key(id).value] = {static_cast<std::uint64_t>(w.needs.value[id]),
                                    static_cast<std::uint64_t>(w.needs.born_day[id]),
                                    w.needs.opportunities[id]};
  }
  for (std::size_t row = 0; row < w.opportunities.size(); ++row) {
    const Opportunities::Id id(row);
    if (!w.opportunities.alive(id) || w.reps.region[w.opportunities.rep[id]] != region) continue;
    facts[w.opportunities.key(id).value] = {
        bits(w.opportunities.work[id]), bits(w.opportunities.hours[id]),
        bits(w.opportunities.push[id]), w.opportunities.stage[id],
        static_cast<std::uint64_t>(w.opportunities.engaged_day[id])};
  }
  for (std::size_t row = 0; row < w.reps.size(); ++row)
    if (const Reps::Id id(row); w.reps.region[id] == region)
      facts[w.reps.key(id).value] = {static_cast<std::uint64_t>(w.reps.booked[id]),
                                     static_cast<std::uint64_t>(w.reps.paid[id]),
                                     bits(w.reps.skill[id]), bits(w.reps.hours_left[id])};
  return facts;
}

// One more account executive joins region 0 (of three, who join in turn).
TEST(Invariance, OtherRegionsDoNotNoticeANewcomer) {
  const std::vector<std::string> base{"hiring.weeks_to_hire=2"};
  Economy without(base), with({base[0], "hiring.account_executives=1"});
  bool own_region_differs = false;
  for (int week = 0; week < 150; ++week) {
    without.week();
    with.week();
    for (const std::uint32_t region : {1u, 2u})
      ASSERT_EQ(facts_of_region(without.world, region), facts_of_region(with.world, region))
          << "week " << week;
    own_region_differs |= facts_of_region(without.world, 0) != facts_of_region(with.world, 0);
  }
  EXPECT_TRUE(own_region_differs);
}

struct NeedLuck {
  std::int64_t value;
  std::int32_t born_day;
  std::int64_t closed_day = -1;  // if somebody worked on it
};

std::map<std::uint64_t, NeedLuck> needs_of(Economy& economy, int weeks) {
  std::map<std::uint64_t, NeedLuck> all;
  std::map<std::uint64_t, std::uint64_t> need_of_opportunity;
  economy.weeks(weeks, [&](const World& w) {
    for (std::size_t row = 0; row < w.needs.size(); ++row) {
      const Needs::Id id(row);
      all.emplace(w.needs.key(id).value, NeedLuck{w.needs.value[id], w.needs.born_day[id]});
    }
    for (std::size_t row = 0; row < w.opportunities.size(); ++row)
      if (const Opportunities::Id id(row); w.opportunities.alive(id))
        need_of_opportunity[w.opportunities.key(id).value] =
            w.needs.key(w.opportunities.need[id]).value;
  });
  const World& w = economy.world;
  for (std::size_t row = 0; row < w.log.size(); ++row) {
    const auto found = need_of_opportunity.find(w.log.key(Log::Id(row)).value);
    const std::int64_t closed = w.log.closed_day[Log::Id(row)];
    if (found == need_of_opportunity.end() || closed == w.log.engaged_day[Log::Id(row)]) continue;
    all.at(found->second).closed_day = closed;  // the decision's own day: work began before it
  }
  return all;
}

// The k-th need of an account is the same thing in every arm: its size, and the time it takes.
TEST(Invariance, NeedsKeepTheirLuckWhoeverIsBorn) {
  const std::vector<std::string> many{"demand.rate=3", "renewal.share=0", "hiring.weeks_to_hire=2"};
  auto more = many;
  more.insert(more.end(), {"hiring.account_executives=1", "hiring.partner_managers=2"});
  Economy without(many), with(more);
  const auto before = needs_of(without, 200), after = needs_of(with, 200);
  std::size_t common = 0, moved = 0, both_closed = 0;
  for (const auto& [key, luck] : before) {
    const auto twin = after.find(key);
    if (twin == after.end()) continue;
    ++common;
    ASSERT_EQ(luck.value, twin->second.value);
    moved += luck.born_day != twin->second.born_day;
    if (luck.closed_day < 0 || twin->second.closed_day < 0) continue;
    ++both_closed;
    const auto clock = [](const NeedLuck& need) { return need.closed_day - need.born_day; };
    const bool same_birth = luck.born_day == twin->second.born_day;
    ASSERT_LE(std::abs(clock(luck) - clock(twin->second)), same_birth ? 0 : 1);  // whole days
  }
  EXPECT_GT(common, before.size() * 8 / 10);
  EXPECT_GT(moved, 0u);  // the arms do differ
  EXPECT_GT(both_closed, 100u);
}

struct Case {
  std::int64_t rep, account, outcome, engaged, closed;
  friend bool operator==(const Case&, const Case&) = default;
};
std::vector<Case> cases_of(const World& w) {
  std::vector<Case> cases;
  for (std::size_t row = 0; row < w.log.size(); ++row) {
    const Log::Id id(row);
    cases.push_back({w.log.rep[id], w.log.account[id], w.log.outcome[id], w.log.engaged_day[id],
                     w.log.closed_day[id]});
  }
  return cases;
}

// All money times eight: everybody decides as before, and every amount is eight times as large.
TEST(Invariance, TheUnitOfMoneyDoesNotMatter) {
  Economy one, eight({"product.platform.list_price=224_000", "account_executive.base_pay=720_000",
                      "account_executive.tools=96_000", "account_executive.quota=1_800_000",
                      "partner_manager.base_pay=880_000", "partner_manager.tools=96_000",
                      "partner_manager.quota=2_800_000", "partner_seller.own_deal=240_000",
                      "hiring.fee=120_000", "program.support_cost=16_000",
                      "attention.listing=160_000", "attention.margin=160_000",
                      "partner_development.prior=1_200_000", "support_capacity.staff_cost=800_000",
                      "attribution.partner_hour_cost=480", "complaints.cost=80_000",
                      "mdf.min_claim=8_000", "mdf.claim_cost=12_000", "press.release_cost=16_000"});
  for (const sim::Setting& setting : one.settings().all())  // the list above is complete
    if (setting.parameter->kind == sim::Kind::money) {
      EXPECT_EQ(8 * one.settings().number(setting),
                eight.settings().number(eight.settings().at(setting.key)))
          << setting.key;
    }
  one.weeks(208);
  eight.weeks(208);
  EXPECT_EQ(cases_of(one.world), cases_of(eight.world));
  const auto ratio = [&](std::int64_t a, std::int64_t b) {
    return static_cast<double>(b) / static_cast<double>(a);
  };
  const Totals &a = one.world.books.totals, &b = eight.world.books.totals;
  EXPECT_GT(a.won, 50);
  EXPECT_NEAR(ratio(a.contribution(), b.contribution()), 8, 8e-5);
  EXPECT_NEAR(ratio(a.revenue, b.revenue), 8, 8e-6);
  EXPECT_NEAR(ratio(a.commission, b.commission), 8, 8e-6);
  EXPECT_NEAR(ratio(a.partner_margin, b.partner_margin), 8, 8e-6);
}

// Names of arms and the order in which a file lists products and arms are labels only.
TEST(Invariance, LabelsDoNotMatter) {
  const std::string platform = "[product.platform]\nshare = 2\n";
  const std::string service = "[product.service]\nlist_price = 9_000\nterm_weeks = 0\n";
  const auto run = [&](const std::string& products, const std::string& arms) {
    const std::string text =
        "format = 1\n[run]\nmodel = \"ecosystem\"\nweeks = 80\nwarmup = 52\n"
        "replicates = 2\n" +
        products + arms;
    const auto scenario = sim::Scenario::parse(text, "labels.toml", models::vocabulary());
    return support::run(sim::plan_of(scenario, *models::find("ecosystem")));
  };
  const auto one = run(platform + service, "[arms.a]\n[arms.b]\nchoice.price = 1.1\n");
  const auto other = run(service + platform, "[arms.zebra]\n[arms.ape]\nchoice.price = 1.1\n");
  for (const auto& outcome : one.model->outcomes) {
    if (!outcome.integer) continue;
    for (const std::size_t arm : {0u, 1u})
      EXPECT_EQ(support::totals(one, outcome.name, arm), support::totals(other, outcome.name, arm))
          << outcome.name;
  }
  EXPECT_GT(support::totals(one, "won")[0], 0);
}

// Twice the accounts, people, partners and regions: twice of everything on average.
TEST(Invariance, DoublingTheWorldDoublesItsSums) {
  const std::vector<std::string> common{"run.replicates=60", "run.vary=chance+population",
                                        "run.record_every=52"};
  auto twice = common;
  for (const char* more :
       {"market.accounts=3000", "market.regions=6", "vendor.account_executives=12",
        "vendor.partner_managers=2", "vendor.customers=570", "program.candidates=120",
        "program.signed_at_start=24"})
    twice.emplace_back(more);
  const auto one = support::run(support::plan("saas_60", common));
  const auto two = support::run(support::plan("saas_60", twice));
  for (const char* name : {"contribution", "revenue_recognised", "fixed_pay", "commission", "needs",
                           "decided", "untouched", "won", "won_partner", "partners_signed"}) {
    const auto a = support::mean_of(support::totals(one, name));
    const auto b = support::mean_of(support::totals(two, name));
    EXPECT_NEAR(b.value, 2 * a.value, 4 * std::hypot(b.error, 2 * a.error) + 1e-9) << name;
  }
}

}  // namespace
