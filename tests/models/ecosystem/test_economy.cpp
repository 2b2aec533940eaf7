// SPDX-License-Identifier: Apache-2.0
// What holds for the whole economy, whatever its parameters.
#include <gtest/gtest.h>

#include <map>

#include "tests/models/ecosystem/economy.h"

namespace {

using namespace ecosystem;
using support::Economy;

// One future unless `more` says otherwise: later overrides win.
std::vector<std::string> with(std::vector<std::string> more) {
  more.insert(more.begin(), {"run.vary=chance+population", "run.replicates=1"});
  return more;
}

TEST(Economy, LedgerHoursAndNeedsAreConserved) {
  Economy economy({"hiring.account_executives=1", "hiring.partner_managers=1"});
  std::int64_t needs_before = 0;
  economy.weeks(120, [&](const World& w) {
    std::int64_t sum = 0;
    for (const std::int64_t balance : w.books.ledger.balances()) sum += balance;
    ASSERT_EQ(sum, 0);
    const Totals& t = w.books.totals;
    ASSERT_EQ(t.needs, t.decided + static_cast<std::int64_t>(w.needs.living()));
    ASSERT_LE(t.won + t.lost + t.untouched, t.decided);
    ASSERT_GE(t.needs, needs_before);
    needs_before = t.needs;
    std::vector<std::uint32_t> open(w.accounts.size()), running(w.accounts.size());
    for (std::size_t row = 0; row < w.needs.size(); ++row)
      if (w.needs.alive(Needs::Id(row))) ++open[w.needs.account[Needs::Id(row)].index()];
    for (std::size_t row = 0; row < w.contracts.size(); ++row)
      if (w.contracts.alive(Contracts::Id(row)))
        ++running[w.contracts.account[Contracts::Id(row)].index()];
    for (std::size_t row = 0; row < w.accounts.size(); ++row) {
      ASSERT_EQ(w.accounts.open_needs[Accounts::Id(row)], open[row]);
      ASSERT_EQ(w.accounts.contracts[Accounts::Id(row)], running[row]);
    }
  });
}

TEST(Economy, NobodySpendsMoreHoursThanThereAre) {
  Economy economy({"hiring.account_executives=2"});
  std::map<std::uint64_t, double> before;  // hours by opportunity
  economy.weeks(80, [&](const World& w) {
    std::vector<double> spent(w.reps.size());
    for (std::size_t row = 0; row < w.opportunities.size(); ++row) {
      const Opportunities::Id id(row);
      if (!w.opportunities.alive(id)) continue;
      double& known = before[w.opportunities.key(id).value];
      spent[w.opportunities.rep[id].index()] += w.opportunities.hours[id] - known;
      known = w.opportunities.hours[id];
    }
    for (std::size_t row = 0; row < w.reps.size(); ++row) {
      const Reps::Id rep(row);
      const bool direct = w.reps.role[rep] == Role::account_executive;
      const double full = direct ? w.the<AccountExecutive>().hours : w.the<PartnerSeller>().hours;
      const bool at_work = w.reps.start_week[rep] <= w.current_week();
      const double limit = at_work ? full : 0;
      ASSERT_GE(w.reps.hours_left[rep], 0);
      ASSERT_LE(spent[row] + w.reps.own_bag_hours[rep] + w.reps.hours_left[rep], limit + 1e-9);
    }
  });
}

// arr, as kept from week to week, is the sum over the vendor's running contracts.
TEST(Economy, AnnualValueIsThatOfTheContracts) {
  Economy economy;
  economy.weeks(150, [](const World& w) {
    std::int64_t sum = 0;
    for (std::size_t row = 0; row < w.contracts.size(); ++row)
      if (const Contracts::Id id(row); w.contracts.alive(id) && w.contracts.ours[id] != 0)
        sum += w.contracts.net_acv[id];
    ASSERT_EQ(w.arr, sum);
  });
}

// Without sales, losses and growth the vendor earns its customers' annual value every 52 weeks:
// neither a gap nor an overlap between one term and the next.
TEST(Economy, RenewalsLeaveNoGap) {
  for (const int term : {52, 104, 26, 78, 1}) {
    Economy economy({"demand.rate=0", "renewal.share=1", "renewal.expansion=0", "run.weeks=260",
                     "run.warmup=0", "product.platform.term_weeks=" + std::to_string(term)});
    economy.weeks(104);
    const std::int64_t before = economy.world.books.totals.revenue;
    economy.weeks(52);
    const double year = static_cast<double>(economy.world.books.totals.revenue - before);
    EXPECT_NEAR(year / static_cast<double>(economy.world.arr), 1, 1e-5) << "term " << term;
  }
}

TEST(Economy, ContributionIsItsDefinitionToTheCent) {
  const auto result = support::run(support::plan("saas_60", {"run.replicates=3"}));
  for (std::size_t replicate = 0; replicate < 3; ++replicate) {
    const auto of = [&](const char* name, std::size_t i) {
      return result.series(name, replicate).integers[i];
    };
    for (std::size_t i = 0; i < result.series("contribution").integers.size(); ++i) {
      EXPECT_EQ(of("gross_margin", i), of("revenue_recognised", i) - of("cost_of_goods", i));
      EXPECT_EQ(of("contribution", i), of("gross_margin", i) - of("fixed_pay", i) -
                                           of("commission", i) - of("support", i));
      EXPECT_LE(of("worst_cash", i), of("cash", i));
    }
  }
}

TEST(Economy, EqualOptionsAreExactlyEqual) {
  const auto result = support::run(
      support::plan("saas_60", with({"run.replicates=3"}), "[arms.one]\n[arms.other]\n"));
  ASSERT_EQ(result.arms, 2u);
  for (std::size_t replicate = 0; replicate < 3; ++replicate) {
    EXPECT_EQ(result.report.state_digests[2 * replicate],
              result.report.state_digests[2 * replicate + 1]);
    for (std::size_t i = 0; i < result.model->outcomes.size(); ++i) {
      const auto& one = result.blocks[2 * replicate].series[i];
      const auto& other = result.blocks[2 * replicate + 1].series[i];
      EXPECT_EQ(one.integers, other.integers) << result.model->outcomes[i].name;
      EXPECT_EQ(one.reals, other.reals) << result.model->outcomes[i].name;
    }
  }
}

TEST(Economy, OnePercentOfPriceKeepsFuturesPaired) {
  const auto result = support::run(
      support::plan("saas_60", with({"run.replicates=100"}),
                    "[arms.as_is]\n[arms.dearer]\nchoice.price = 1.01\n[arms.also]\n"));
  auto base = support::totals(result, "contribution");
  const auto dearer = support::totals(result, "contribution", 1);
  EXPECT_NE(base, dearer);
  EXPECT_GE(support::correlation(base, dearer), 0.8);
  std::rotate(base.begin(), base.begin() + 1, base.end());  // pairing off
  EXPECT_LT(std::fabs(support::correlation(base, dearer)), 0.35);
}

TEST(Economy, DatedChangesReachWhatTheyName) {
  const auto result = support::run(support::plan("saas_60", with({"run.record_every=13"}), R"(
[arms.as_is]
[arms.hire]
[arms.dear]
[arms.busy]
[[interventions]]
date = "FY27 Q2"
arm = "hire"
set.hiring.account_executives = 1
[[interventions]]
date = "FY27 Q2"
arm = "dear"
set.product.platform.list_price = "280k USD"
[[interventions]]
date = "FY27 Q2"
arm = "busy"
set.demand.rate = "3/year"
)"));
  const auto series = [&](const char* name, std::size_t arm) {
    return result.series(name, 0, arm).integers;
  };
  EXPECT_EQ(series("account_executives", 0).back() + 1, series("account_executives", 1).back());
  EXPECT_GT(series("bookings_acv", 2).back(), 3 * series("bookings_acv", 0).back());
  EXPECT_GT(series("needs", 3)[2], series("needs", 0)[2]);
  for (std::size_t arm = 1; arm < 4; ++arm)  // nothing before its date: quarter 1 ends with FY27 Q1
    EXPECT_EQ(series("contribution", arm)[0], series("contribution", 0)[0]) << arm;
}

// Whatever is cut away, the run goes through and conserves (its ledger is checked every week).
TEST(Economy, LimitsRun) {
  const std::vector<std::vector<std::string>> limits = {
      {"market.accounts=1", "vendor.customers=0", "market.partner_only=0"},
      {"vendor.account_executives=0"},
      {"vendor.account_executives=0", "program.candidates=0", "program.signed_at_start=0"},
      {"market.rivals=0"},
      {"product.platform.term_weeks=0"},
      {"product.platform.term_weeks=104"},
      {"product.platform.term_weeks=1"},
      {"run.calendar=gregorian", "run.weeks=260"},
      {"run.weeks=1", "run.warmup=0"},
      {"effort.touch_hours=0"},
      {"effort.touch_hours=40"},
      {"choice.stage_gain=0"},
      {"choice.nest=0.01"},
      {"demand.rate=50", "demand.while_busy=1", "run.weeks=26"},
      {"market.regions=100"},
      {"partner_seller.own_opportunities=0"},
      {"renewal.share=0"},
      {"account_executive.quota=0"},
      {"turnover.rate=20", "hiring.weeks_to_hire=0", "turnover.pay_sensitivity=20"},
      {"turnover.rate=20", "vendor.account_executives=1", "turnover.expected_pay=1"},
      {"turnover.rate=5", "account_executive.base_pay=0", "account_executive.quota=0"},
      {"product.platform.maturity=0", "learning.per_deal=10"},
      {"learning.newcomer=0", "learning.training_hours=100", "learning.per_sale=10"},
      {"learning.forgetting=5", "misselling.over_claim=1", "misselling.kept=0"},
      {"sales_meeting.slot_hours=40", "partner_seller.own_opportunities=0",
       "demand.clock_min_weeks=0", "demand.clock_mean_weeks=0"},
      {"product.platform.options=100", "product.platform.option_value=10"},
      {"market.verticals=1000", "market.functions=100"},
      {"reporting.audit=1", "reporting.optimism_partners=-1", "reporting.dead_weeks=1"}};
  for (const auto& limit : limits) {
    const auto result = support::run(support::plan("saas_60", with(limit)));
    EXPECT_EQ(result.report.completed, result.blocks.size()) << limit.front();
    for (std::size_t i = 0; i < result.model->outcomes.size(); ++i)
      for (const double value : result.blocks[0].series[i].reals)
        EXPECT_TRUE(std::isfinite(value)) << limit.front() << result.model->outcomes[i].name;
  }
}

// A file has room for everybody that any arm hires, also by a dated change.
TEST(Economy, SnapshotsHoldPeopleHiredInOneArmOnly) {
  const auto plan = support::plan("saas_60", with({"run.snapshot_every=52"}), R"(
[arms.as_is]
[arms.hire]
hiring.account_executives = 3
[[interventions]]
date = "FY27 Q2"
arm = "hire"
set.hiring.account_executives = 300
)");
  const auto tables = sim::describe_results(plan).agent_tables;
  const auto result = support::run(plan);
  ASSERT_FALSE(result.agents.empty());
  for (const auto& block : result.agents) {
    const std::size_t rows = std::visit([](const auto& v) { return v.size(); }, block.values);
    ASSERT_LE(rows, tables[block.table].rows) << block.arm;
  }
}

}  // namespace
