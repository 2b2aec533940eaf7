// SPDX-License-Identifier: Apache-2.0
// Joint calls (A2, A5, A15): called is who pays for it, and a call is worth full knowledge.
#include <gtest/gtest.h>

#include <cmath>
#include <map>

#include "tests/models/ecosystem/phases.h"

namespace {

using namespace ecosystem;
using support::Phases;

// Partners that all sell and touch every deal; their own bag is so rich that not every call pays.
std::vector<std::string> with(std::vector<std::string> more) {
  std::vector<std::string> all{"run.vary=chance+population", "program.activation_share=1",
                               "program.signed_at_start=12", "joint_calls.hours=2",
                               "effort.touch_hours=0",       "partner_seller.own_deal=600000"};
  all.insert(all.end(), more.begin(), more.end());
  return all;
}

double calls_in(const World& world) {
  double sum = 0;
  for (const std::int64_t calls : world.reps.calls) sum += static_cast<double>(calls);
  return sum;
}

double calls(std::vector<std::string> more, int weeks = 120) {
  Phases economy("saas_60", with(std::move(more)));
  economy.weeks(weeks);
  return calls_in(economy.world);
}

TEST(JointCalls, OffIsNothingAtAll) { EXPECT_EQ(calls({"joint_calls.hours=0"}), 0); }

// A15: an hour that earns more is not given away.
TEST(JointCalls, WhoEarnsMorePerHourCallsLess) {
  double before = 1e9;
  for (const char* margin : {"0.1", "0.2", "0.4", "0.8"}) {
    const double now = calls({std::string("partner_seller.own_margin=") + margin});
    EXPECT_LT(now, before) << margin;
    before = now;
  }
  EXPECT_GT(calls({"partner_seller.own_margin=0.1"}), 50);
}

TEST(JointCalls, LongerCallsAreFewer) {
  double before = 1e9;
  for (const char* hours : {"0.5", "2", "6"}) {
    const double now = calls({std::string("joint_calls.hours=") + hours});
    EXPECT_LT(now, before) << hours;
    before = now;
  }
}

TEST(JointCalls, ConflictLowersThem) {
  double before = 1e9;
  for (const char* conflict : {"0", "0.2", "0.4"}) {
    const double now = calls({std::string("joint_calls.conflict=") + conflict});
    EXPECT_LT(now, before) << conflict;
    before = now;
  }
  EXPECT_EQ(calls({"joint_calls.conflict=1"}), 0);
}

// A5: pay decides. What pays nothing gets no call, whatever the liking; where it pays, liking is a
// share of that.
TEST(JointCalls, LikingAloneCallsNobody) {
  EXPECT_EQ(calls({"partner_seller.commission_share=0", "partner_seller.quota_share=0",
                   "reasoning.liking=10"}),
            0);
  EXPECT_GT(calls({"reasoning.liking=1"}), calls({}));
}

// A5: at 0 liking is no part of what a deal is worth: what the plan pays, to the last bit.
TEST(JointCalls, LikingOfZeroWeighsNothing) {
  const auto calendar = std::make_shared<const sim::Calendar>(sim::Calendar::Kind::fiscal,
                                                              sim::Date::from_civil(2026, 2, 2));
  PlanTerms terms;
  terms.base_rate = .1;
  terms.basis = compensation::Basis::margin;
  RolePayroll payroll(terms, calendar, {"platform", "own"});
  Reps reps;
  const Reps::Id rep = reps.add(sim::named("rep"));
  reps.plan_credit[rep] = 1;
  payroll.join(reps.key(rep), 0);
  payroll.begin(calendar->date(3, 0));
  Products products;
  products.add(sim::named("platform"));
  const PartnerSeller seller;
  Reasoning reasoning;
  const sim::Random random(1, 0);
  const sim::Step step(3, *calendar, random, sim::serial_workers());
  DealPay pay;
  const Foresight foresight(reasoning, payroll, products, &seller, {1, .25}, -1);
  foresight.deals(reps, rep, step, pay);
  EXPECT_EQ(pay[0].per_unit, .1 * .25);
  EXPECT_EQ(pay[1].per_unit, .1 * .3);
  reasoning.liking = .5;
  foresight.deals(reps, rep, step, pay);
  EXPECT_DOUBLE_EQ(pay[0].per_unit, .1 * .25 * 1.5);
  EXPECT_EQ(pay[1].per_unit, .1 * .3);
}

// The rule itself: each call made pays, each not made does not.
TEST(JointCalls, ACallIsMadeIfItPays) {
  Phases economy("saas_60", with({}));
  int made = 0, refused = 0;
  std::map<std::uint64_t, double> joint;
  for (int week = 0; week < 60; ++week)
    economy.week(
        [&](std::string_view phase) {
          if (phase != "joint_calls") return;
          const World& w = economy.world;
          for (std::size_t i = 0; i < w.opportunities.size(); ++i)
            joint[w.opportunities.key(Opportunities::Id(i)).value] =
                w.opportunities.joint[Opportunities::Id(i)];
        },
        [&](std::string_view phase) {
          if (phase != "joint_calls") return;
          const World& w = economy.world;
          for (std::size_t i = 0; i < w.opportunities.size(); ++i) {
            const Opportunities::Id row(i);
            const Reps::Id rep = w.opportunities.rep[row];
            if (!w.opportunities.alive(row) || w.opportunities.push[row] <= 0) continue;
            const bool before = joint[w.opportunities.key(row).value] != 0;
            const bool after = w.opportunities.joint[row] != 0;
            if (w.reps.role[rep] == Role::account_executive) {
              ASSERT_FALSE(after);
              continue;
            }
            ASSERT_TRUE(after || !before);
            if (before) continue;
            // 10% of the 25% that the reseller keeps.
            const double pay =
                .1 * .25 * static_cast<double>(w.needs.value[w.opportunities.need[row]]);
            const auto win = [&](double knowledge) {
              return w.the<Choice>().chance(stages, knowledge, w.reps.skill[rep], 3);
            };
            const double gain = pay * (win(1) - win(w.reps.knowledge[rep]));
            ASSERT_EQ(after, gain > 2 * w.reps.hour_value[rep]);
            (after ? made : refused)++;
          }
        });
  EXPECT_GT(made, 20);
  EXPECT_GT(refused, 20);
}

// What a call costs is what the last hour earns, whatever else the bag holds.
TEST(JointCalls, AnHourHasAValueWithoutAnOwnBag) {
  Phases economy("saas_60", with({"partner_seller.own_opportunities=0"}));
  economy.weeks(60);
  int busy = 0;
  const World& w = economy.world;
  for (std::size_t i = 0; i < w.reps.size(); ++i) {
    const Reps::Id rep(i);
    if (w.reps.role[rep] != Role::partner_seller) continue;
    const bool works = w.reps.hours_given[rep] - w.reps.hours_left[rep] > 0;
    EXPECT_EQ(w.reps.hour_value[rep] > 0, works);
    busy += works;
  }
  EXPECT_GT(busy, 5);
}

// The value of the last hour: what 1% of an hour more would earn, by brute force.
TEST(JointCalls, TheHoursValueIsWhatOneMoreEarns) {
  const auto worth = [](const char* hours) {
    Phases economy("saas_60", with({"partner_seller.commission_share=1",
                                    std::string("partner_seller.hours=") + hours}));
    economy.week();
    economy.week();
    const World& w = economy.world;
    // Of the third week's effort: all sellers have 8 of their own and what came meanwhile.
    double sum = 0, value = 0;
    economy.week({}, [&](std::string_view phase) {
      if (phase != "effort") return;
      const auto gain = w.the<Choice>().stage_gains(3, 1);
      for (std::size_t i = 0; i < w.reps.size(); ++i)
        if (const Reps::Id rep(i); w.reps.role[rep] == Role::partner_seller) {
          sum += w.reps.own_push[rep] * .1 * .3 * 60'000'000 * gain[0] * .45;
          value += w.reps.hour_value[rep];
        }
      for (std::size_t i = 0; i < w.opportunities.size(); ++i) {
        const Opportunities::Id row(i);
        const Reps::Id rep = w.opportunities.rep[row];
        if (!w.opportunities.alive(row) || w.reps.role[rep] != Role::partner_seller) continue;
        sum += w.opportunities.push[row] *
               (w.opportunities.joint[row] > 0 ? 1 : w.reps.knowledge[rep]) * .1 * .25 *
               static_cast<double>(w.needs.value[w.opportunities.need[row]]) *
               gain[w.opportunities.stage[row]] * .45;
      }
    });
    return std::pair{sum, value};
  };
  const auto [less, none] = worth("29.99");
  const auto [at, value] = worth("30");
  const auto [more, nothing] = worth("30.01");
  EXPECT_GT(value, 0);
  EXPECT_NEAR((more - less) / .02, value, 1e-4 * value);
}

// --- what a call does ---------------------------------------------------------------------------

// The deal moves as if the seller knew all.
TEST(JointCalls, ADealMovesAsWithFullKnowledge) {
  const Pursuit pursuit;
  Reps reps;
  Opportunities opportunities;
  const auto seller = [&](const char* name, double knowledge) {
    const Reps::Id rep = reps.add(sim::named(name));
    reps.knows(rep, Products::Id(0)) = knowledge;
    reps.pace(rep, Products::Id(0)) = pursuit.pace_of(knowledge);
    return rep;
  };
  const Reps::Id ignorant = seller("ignorant", .2), expert = seller("expert", 1);
  const auto open = [&](Reps::Id rep, bool joint) {
    const auto row =
        opportunities.add(sim::child(kinds::opportunity, reps.key(rep), opportunities.size()));
    opportunities.rep[row] = rep;
    opportunities.product[row] = Products::Id(0);
    opportunities.push[row] = 1.3;
    opportunities.joint[row] = joint;
    opportunities.engaged_day[row] = never;
    opportunities.threshold1[row] = opportunities.threshold2[row] = opportunities.threshold3[row] =
        1e9;
    return row;
  };
  const auto alone = open(ignorant, false), joint = open(ignorant, true),
             best = open(expert, false);
  Phases economy("saas_60");
  pursuit(opportunities, reps, economy.step());
  EXPECT_EQ(opportunities.work[joint], opportunities.work[best]);
  EXPECT_LT(opportunities.work[alone], .5 * opportunities.work[best]);
}

// And is chosen as if: the same draws, the same decisions as an expert's.
TEST(JointCalls, ADealIsChosenAsWithFullKnowledge) {
  const auto wins = [](double knowledge, bool joint) {
    Phases economy("saas_60");
    Reps reps;
    Needs needs;
    Opportunities opportunities;
    std::vector<sim::Event> due;
    const Reps::Id rep = reps.add(sim::named("rep"));
    reps.knows(rep, Products::Id(0)) = knowledge;
    for (std::size_t i = 0; i < 4000; ++i) {
      const Needs::Id need = needs.add(sim::child(kinds::need, sim::named("n"), i));
      const auto row = opportunities.add(sim::pair(needs.key(need), reps.key(rep)));
      needs.first_opportunity[need] = row;
      needs.opportunities[need] = 1;
      opportunities.rep[row] = rep;
      opportunities.product[row] = Products::Id(0);
      opportunities.need[row] = need;
      opportunities.stage[row] = 2;
      opportunities.joint[row] = joint;
      sim::Event event;
      event.key = needs.key(need);
      event.entity = need.index();
      due.push_back(event);
    }
    std::vector<Decision> decided;
    Choice{}(decided, due, needs, opportunities, reps, economy.world.firms, 0, economy.step());
    std::vector<bool> won;
    for (const Decision& decision : decided) won.push_back(static_cast<bool>(decision.opportunity));
    return won;
  };
  EXPECT_EQ(wins(.2, true), wins(1, false));
  EXPECT_NE(wins(.2, false), wins(1, false));
}

// Hours of this week's calls are missing in the next, and no hour is forgiven.
TEST(JointCalls, HoursOwedAreTakenNextWeek) {
  for (const char* hours : {"2", "15"}) {
    Phases economy("saas_60", with({std::string("joint_calls.hours=") + hours,
                                    "partner_seller.own_opportunities=0"}));
    std::map<std::size_t, double> owed;
    double all_owed = 0, all_missing = 0;
    for (int week = 0; week < 80; ++week) {
      economy.week({}, [&](std::string_view phase) {
        const World& w = economy.world;
        if (phase == "effort")
          for (std::size_t i = 0; i < w.reps.size(); ++i) {
            const Reps::Id rep(i);
            if (w.reps.role[rep] != Role::partner_seller) continue;
            const double missing = 30 - w.reps.hours_given[rep];
            ASSERT_NEAR(missing, std::min(30.0, owed[i]), 1e-9);
            ASSERT_NEAR(w.reps.hours_owed[rep], std::max(0.0, owed[i] - 30), 1e-9);
            all_missing += missing;
          }
        if (phase == "joint_calls")
          for (std::size_t i = 0; i < w.reps.size(); ++i) owed[i] = w.reps.hours_owed[Reps::Id(i)];
      });
    }
    for (const auto& [rep, still] : owed) all_owed += still;
    const auto cost = calls_in(economy.world) * std::stod(hours);
    EXPECT_NEAR(all_missing + all_owed, cost, 1e-6) << hours;
    EXPECT_GT(cost, 100);
  }
}

}  // namespace
