// SPDX-License-Identifier: Apache-2.0
// F11: what is reported, what is true, and what an audit shows.
#include <gtest/gtest.h>

#include <cmath>
#include <map>

#include "tests/models/ecosystem/economy.h"

namespace {

using namespace ecosystem;
using support::Economy;

// One seller per need, all alike, and enough to do.
std::vector<std::string> reporting_plan(std::vector<std::string> more) {
  more.insert(more.begin(), {"run.vary=chance", "demand.rate=2", "leads.partner_reach=0",
                             "account_executive.skill_sigma=0", "reporting.dead_weeks=1000"});
  return more;
}

std::size_t worked_on(const World& w) {
  std::size_t count = 0;
  for (std::size_t row = 0; row < w.opportunities.size(); ++row)
    count += w.opportunities.alive(Opportunities::Id(row)) &&
             w.opportunities.engaged_day[Opportunities::Id(row)] != never;
  return count;
}

TEST(Reporting, HonestReportsOfWhoKnowsAllAreTrue) {
  Economy economy(reporting_plan({}));
  economy.weeks(60);
  const World& w = economy.world;
  ASSERT_GT(worked_on(w), 50u);
  EXPECT_GT(w.pipeline_true(), 0);
  EXPECT_LT(w.pipeline_true(), w.pipeline_reported() + 100);
  EXPECT_NEAR(static_cast<double>(w.pipeline_reported()), static_cast<double>(w.pipeline_true()),
              static_cast<double>(worked_on(w)));  // rounding
}

TEST(Reporting, OptimismOfEachRoleInflatesItsOwn) {
  const auto reported = [](std::vector<std::string> more) {
    more.emplace_back("leads.partner_reach=0.3");
    Economy economy(reporting_plan(more));
    economy.weeks(60);
    return static_cast<double>(economy.world.pipeline_reported());
  };
  const double none = reported({}), own = reported({"reporting.optimism_executives=0.5"}),
               partners = reported({"reporting.optimism_partners=1"}),
               both =
                   reported({"reporting.optimism_executives=0.5", "reporting.optimism_partners=1"});
  EXPECT_GT(own, 1.1 * none);
  EXPECT_GT(partners, 1.1 * none);
  EXPECT_NEAR(own - none + partners - none, both - none, 1e-6 * none);
  EXPECT_NEAR((own - none) / .5 + (partners - none), none, 1e-6 * none);  // nobody is left out
}

// Whatever is wrong with reports, an audit of all puts right, but for two sellers on one need.
TEST(Reporting, AnAuditOfAllLeavesTheTruth) {
  const std::vector<std::string> wrong{"reporting.optimism_executives=0.5",
                                       "reporting.dead_weeks=2", "learning.newcomer=0.5",
                                       "account_executive.skill_sigma=0.5"};
  Economy believed(reporting_plan(wrong));
  auto more = wrong;
  more.emplace_back("reporting.audit=1");
  Economy audited(reporting_plan(more));
  for (Economy* economy : {&believed, &audited}) economy->weeks(60);
  EXPECT_EQ(believed.world.pipeline_true(), audited.world.pipeline_true());
  EXPECT_NEAR(static_cast<double>(audited.world.pipeline_reported()),
              static_cast<double>(audited.world.pipeline_true()),
              static_cast<double>(worked_on(audited.world)));
  EXPECT_GT(believed.world.pipeline_reported(), 2 * believed.world.pipeline_true());
}

TEST(Reporting, TheDeadAreReportedAndNotTrue) {
  Economy lasting(reporting_plan({})), dying(reporting_plan({"reporting.dead_weeks=1"}));
  lasting.weeks(60);
  dying.weeks(60);
  EXPECT_EQ(lasting.world.pipeline_reported(), dying.world.pipeline_reported());
  EXPECT_LT(dying.world.pipeline_true(), .9 * static_cast<double>(lasting.world.pipeline_true()));
  EXPECT_GT(dying.world.pipeline_true(), 0);
}

// A share of those not yet looked at each week: after n weeks 1 - (1 - audit)^n.
TEST(Reporting, AuditsComeAtTheirRate) {
  Economy economy(reporting_plan({"reporting.audit=0.1", "vendor.account_executives=60"}));
  std::map<int, std::pair<double, double>> by_age;  // seen, audited
  economy.weeks(150, [&](const World& w) {
    for (std::size_t row = 0; row < w.opportunities.size(); ++row) {
      const Opportunities::Id id(row);
      if (!w.opportunities.alive(id) || w.opportunities.engaged_day[id] == never) continue;
      auto& [seen, audited] = by_age[w.current_week() - w.opportunities.engaged_day[id] / 7];
      ++seen;
      audited += w.opportunities.audited[id];
    }
  });
  for (const int age : {0, 1, 3, 6}) {
    const auto [seen, audited] = by_age[age];
    const double p = 1 - std::pow(.9, age + 1);
    ASSERT_GT(seen, 1000);
    EXPECT_NEAR(audited / seen, p, 4 * std::sqrt(p * (1 - p) / seen)) << age;
  }
}

TEST(Reporting, NobodyActsOnReports) {
  const auto contribution = [](std::vector<std::string> more) {
    more.insert(more.end(), {"run.replicates=1", "run.weeks=52"});
    return support::run(support::plan("saas_60", reporting_plan(more))).last("contribution");
  };
  EXPECT_EQ(contribution({}),
            contribution({"reporting.audit=0.2", "reporting.optimism_partners=2"}));
}

}  // namespace
