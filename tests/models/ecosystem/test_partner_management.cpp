// SPDX-License-Identifier: Apache-2.0
// The people between firms: what partner managers do for their pay, whom they sign, what partners
// get after signing, whom the vendor parts with (B, E4, J, K4, C16, C19).
#include <fmt/format.h>
#include <gtest/gtest.h>

#include <cmath>
#include <map>

#include "sim/digest.h"
#include "tests/models/ecosystem/economy.h"

namespace {

using namespace ecosystem;
using support::Economy;

// A vendor that lives by partners: no own salespeople, one manager, nobody signed.
std::vector<std::string> managed_plan(std::vector<std::string> more) {
  std::vector<std::string> all{
      "run.vary=chance+population",     "vendor.account_executives=0",
      "program.signed_at_start=0",      "market.regions=1",
      "partner_development.hours=40",   "leads.partner_reach=0.05",
      "partner_traits.reach_sigma=0.6", "partner_traits.fit_sigma=0.5",
      "partner_traits.bag_sigma=0.4",   "partner_traits.capacity_sigma=0.4",
      "partner_manager.quota=0"};
  all.insert(all.end(), more.begin(), more.end());
  return all;
}

const Managers::Id first(0);

struct Hours {
  double recruiting, pleasing, enabling, idle;
};
Hours hours_of(const World& w) {
  return {w.managers.recruiting[first], w.managers.pleasing[first], w.managers.enabling[first],
          w.managers.idle[first]};
}

// --- partner managers (B2)
// ------------------------------------------------------------------------

TEST(PartnerDevelopment, OffNobodyCountsHours) {
  Economy economy(managed_plan({"partner_development.hours=0"}));
  economy.weeks(104);
  const Hours hours = hours_of(economy.world);
  EXPECT_EQ(hours.recruiting + hours.pleasing + hours.enabling + hours.idle, 0);
  EXPECT_GT(economy.world.books.totals.signed_up, 0);
}

TEST(PartnerDevelopment, HoursGoWhereThePayIs) {
  const auto year = [](std::vector<std::string> pay) {
    Economy economy(managed_plan(std::move(pay)));
    economy.weeks(104);
    const Hours hours = hours_of(economy.world);
    EXPECT_NEAR(hours.recruiting + hours.pleasing + hours.enabling + hours.idle, 40 * 104, 1e-6);
    return std::pair{hours, economy.world.books.totals};
  };
  const auto [none, totals_none] = year({"partner_manager.base_rate=0"});
  EXPECT_NEAR(none.idle, 40 * 104, 1e-6);
  EXPECT_EQ(totals_none.signed_up, 0);

  const auto [signed_up, totals_signed] =
      year({"partner_manager.base_rate=0", "partner_development.per_signed=2000"});
  EXPECT_NEAR(signed_up.recruiting, 40 * 104, 1e-6);
  EXPECT_EQ(totals_signed.turned_down, 0);  // each one pays alike
  EXPECT_EQ(totals_signed.manager_bonus, totals_signed.signed_up * 200'000);

  const auto [content, totals_content] =
      year({"partner_manager.base_rate=0", "partner_development.per_satisfaction=40000"});
  EXPECT_GT(content.pleasing, content.enabling);
  EXPECT_LT(totals_content.signed_up, totals_signed.signed_up / 2);

  const auto [revenue, totals_revenue] = year({});
  EXPECT_EQ(revenue.pleasing, 0);
  EXPECT_GT(revenue.enabling, 0);
  EXPECT_GT(totals_revenue.turned_down, 0);
  EXPECT_LT(totals_revenue.signed_up, totals_signed.signed_up);
}

// Pay in another unit is the same pay.
TEST(PartnerDevelopment, OnlyRelativePayMatters) {
  const auto hours = [](const char* rate, const char* each, const char* year) {
    Economy economy(managed_plan({std::string("partner_manager.base_rate=") + rate,
                                  std::string("partner_development.per_signed=") + each,
                                  std::string("partner_development.per_satisfaction=") + year}));
    economy.weeks(78);
    return hours_of(economy.world);
  };
  const Hours one = hours("0.02", "500", "4000"), ten = hours("0.2", "5000", "40000");
  EXPECT_NEAR(one.recruiting, ten.recruiting, 1e-3 * one.recruiting);
  EXPECT_NEAR(one.pleasing, ten.pleasing, 1e-3 * one.pleasing);
  EXPECT_NEAR(one.enabling, ten.enabling, 1e-3 * one.enabling);
}

// Beliefs: half prior after prior_weeks; tracked or pooled.
TEST(PartnerDevelopment, BelievesWhatItHasSeen) {
  PartnerDevelopment about;
  about.prior = sim::Money{52'00};
  about.prior_weeks = 26;
  EXPECT_DOUBLE_EQ(about.belief(PartnerDevelopment::Seen{}), 5200);
  EXPECT_DOUBLE_EQ(about.belief({0, 26}), 2600);
  EXPECT_DOUBLE_EQ(about.belief({26 * 300, 26}), (100 + 300) / 2. * 52);
  EXPECT_DOUBLE_EQ(about.belief({0, 26}, {26 * 300, 26}), 2600);
  about.tracking = 0;
  EXPECT_DOUBLE_EQ(about.belief({0, 26}, {26 * 300, 26}), about.belief({26 * 300, 26}));
}

// Who looks signs better partners.
TEST(PartnerDevelopment, ScreeningShowsQuality) {
  double taken = 0, refused = 0, n_taken = 0, n_refused = 0;
  for (const char* seed : {"1", "2", "3"}) {
    Economy economy(managed_plan({std::string("run.seed=") + seed, "vendor.partner_managers=3"}));
    economy.weeks(104);
    const Partnerships& p = economy.world.partnerships;
    for (std::size_t i = 0; i < p.size(); ++i) {
      const Partnerships::Id row(i);
      if (p.turned_down[row] != 0) {
        refused += p.quality[row];
        ++n_refused;
      } else if (p.status[row] != PartnershipStatus::candidate) {
        taken += p.quality[row];
        ++n_taken;
      }
    }
  }
  ASSERT_GT(n_taken, 5);
  ASSERT_GT(n_refused, 5);
  EXPECT_GT(taken / n_taken, refused / n_refused + .5);
}

TEST(PartnerDevelopment, ASecondManagerTakesPartnersFromTheFirst) {
  Economy economy(managed_plan({"vendor.partner_managers=1", "program.signed_at_start=40",
                                "hiring.partner_managers=1", "hiring.weeks_to_hire=4",
                                "partner_manager.ramp_weeks=0", "run.warmup=0"}));
  economy.weeks(3);
  const auto of = [&](std::size_t manager) {
    std::int64_t count = 0;
    for (const Managers::Id id : economy.world.partnerships.manager)
      count += id == Managers::Id(manager);
    return count;
  };
  EXPECT_EQ(of(0), 40);
  economy.weeks(10);
  EXPECT_EQ(economy.world.managers.size(), 2u);
  EXPECT_GT(of(1), 8);
  EXPECT_EQ(of(0) + of(1), economy.world.partners_signed());
}

// --- after signing (E4, F6, C16)
// ------------------------------------------------------------------

std::vector<std::string> supported(std::vector<std::string> more) {
  std::vector<std::string> all{"partner_development.hours=0", "support_capacity.on=true",
                               "program.recruits_per_year=60", "program.candidates=20"};
  all.insert(all.end(), more.begin(), more.end());
  return managed_plan(std::move(all));
}

TEST(SupportCapacity, WithoutHoursNobodyStarts) {
  Economy economy(supported({"support_capacity.staff=0"}));
  economy.weeks(156);
  EXPECT_EQ(economy.world.books.totals.activated, 0);
  EXPECT_GT(economy.world.books.totals.lapsed, 5);
}

TEST(SupportCapacity, HoursBelowTheTouchAreWasted) {
  const auto started = [](const char* staff, const char* candidates) {
    Economy economy(supported({std::string("support_capacity.staff=") + staff,
                               std::string("program.candidates=") + candidates,
                               "support_capacity.interest_weeks=100000"}));
    economy.weeks(156);
    return economy.world.books.totals.activated;
  };
  EXPECT_GT(started("1", "20"), 15);
  EXPECT_LT(started("0.05", "20"), started("1", "20") / 2);
}

TEST(SupportCapacity, TeachesAsTrainingDoes) {
  Economy economy(managed_plan(
      {"partner_development.hours=0", "support_capacity.on=true", "program.signed_at_start=10",
       "program.activation_share=1", "program.recruits_per_year=0", "support_capacity.staff=1",
       "support_capacity.staff_hours=35", "support_capacity.touch_hours=0.5", "demand.rate=0",
       "learning.forgetting=0.01"}));
  economy.weeks(40);
  // The first week's start comes before its hours: 40 weeks of 3 hours.
  double expected = .4;
  for (int week = 0; week < 40; ++week)
    expected = (1 - (1 - expected) * std::exp(-.03 * 3)) * std::exp(-.01);
  for (std::size_t i = 0; i < economy.world.reps.size(); ++i)
    EXPECT_NEAR(economy.world.reps.knows(Reps::Id(i), Products::Id(0)), expected, 1e-9);
  EXPECT_NEAR(economy.world.books.totals.staff_hours, 35 * 40, 1e-9);
}

TEST(SupportCapacity, StaffIsPaid) {
  Economy none(supported({"support_capacity.staff=0"})),
      two(supported({"support_capacity.staff=2"}));
  none.weeks(52);
  two.weeks(52);
  EXPECT_EQ(two.world.books.totals.fixed_pay - none.world.books.totals.fixed_pay, 20'000'000);
}

// --- attention (B7) and references (B5, B6)
// -------------------------------------------------------

TEST(Attention, IsTheWeightAmongAllVendors) {
  Economy economy(managed_plan({"partner_development.hours=0", "program.signed_at_start=40",
                                "program.activation_share=1", "attention.others=3",
                                "attention.listing=1000", "attention.margin=1000",
                                "booking.reseller_discount=0"}));  // no margin: the weight stays
  Economy all(managed_plan({"partner_development.hours=0", "program.signed_at_start=40",
                            "program.activation_share=1", "booking.reseller_discount=0"}));
  const auto opened = [](Economy& e) {
    std::map<std::uint64_t, int> keys;
    e.weeks(60, [&](const World& w) {
      for (std::size_t i = 0; i < w.opportunities.size(); ++i)
        keys[w.opportunities.key(Opportunities::Id(i)).value] = 1;
    });
    return keys;
  };
  const auto some = opened(economy), most = opened(all);
  const double n = static_cast<double>(most.size()), p = 1. / 7;
  EXPECT_NEAR(static_cast<double>(some.size()) / n, p, 4 * std::sqrt(p * (1 - p) / n) + .01);
  int strangers = 0;
  for (const auto& [key, one] : some) strangers += !most.contains(key);
  EXPECT_LT(strangers, static_cast<int>(some.size() / 20) + 2);  // the same needs, fewer of them
}

std::vector<std::string> sellers(std::vector<std::string> more) {
  std::vector<std::string> all{"program.candidates=2", "program.signed_at_start=2",
                               "program.activation_share=0"};
  all.insert(all.end(), more.begin(), more.end());
  return all;
}

TEST(References, ANameWithoutAChampionIsALogo) {
  Economy none(sellers({})), name(sellers({"references.reference_partners=1"}));
  Economy both(sellers({"references.reference_partners=1", "references.champion=1"}));
  for (Economy* economy : {&none, &name, &both}) economy->weeks(104);
  EXPECT_EQ(name.world.books.totals.won, none.world.books.totals.won);
  EXPECT_EQ(name.world.books.totals.contribution(), none.world.books.totals.contribution());
  EXPECT_EQ(name.world.books.totals.reference_calls, 0);
  EXPECT_GT(both.world.books.totals.reference_calls, 8);
  EXPECT_LE(both.world.books.totals.reference_calls, 3 * 8);
}

TEST(References, FadeWithTheAgeOfThePartnership) {
  References about;
  about.gain = 2;
  about.fade_weeks = 50;
  EXPECT_EQ(about.worth(10, 10), 2);
  EXPECT_NEAR(about.worth(10, 60), 2 / std::exp(1), 1e-12);
  about.fade_weeks = 0;
  EXPECT_EQ(about.worth(10, 60), 2);
}

// --- reviews (J1), terms (C19), plans (J4), order (K4)
// --------------------------------------------

TEST(Scorecard, PartsWithTheWorstOfThoseReviewed) {
  Scorecard card;
  card.cull = .25;
  Partnerships partners;
  const auto add = [&](const char* name, std::int64_t margin, int since) {
    const auto row = partners.add(sim::named(name));
    partners.status[row] = PartnershipStatus::active;
    partners.margin_year[row] = margin;
    partners.signed_week[row] = since;
    return row;
  };
  const auto worst = add("worst", 5, 0);
  for (const char* name : {"b", "c", "d"}) add(name, 100, 0);
  add("fresh", 0, 60);
  Economy economy;
  const sim::Calendar calendar = economy.settings().run().make_calendar();
  const sim::Step step(103, calendar, economy.random(), sim::serial_workers());
  EXPECT_TRUE(card.reviews(103));
  EXPECT_FALSE(card.reviews(102));
  std::vector<Partnerships::Id> parted;
  const auto all = [](Partnerships::Id) { return true; };
  card.review(partners, all, parted, step);
  EXPECT_EQ(parted, std::vector{worst});
  card.protected_weeks = 0;
  card.cull = .2;
  card.review(partners, all, parted, step);
  EXPECT_EQ(parted, std::vector{Partnerships::Id(4)});
  card.least_margin = sim::Money{1};
  card.cull = 1;
  card.review(partners, all, parted, step);
  EXPECT_EQ(parted.size(), 1u);
}

TEST(Scorecard, WhoIsPartedWithGetsNothingNewAndCostsNothing) {
  Economy economy(
      managed_plan({"partner_development.hours=0", "program.signed_at_start=40",
                    "program.candidates=40", "program.activation_share=1", "scorecard.cull=1",
                    "scorecard.every_weeks=52", "scorecard.protected_weeks=0"}));
  economy.weeks(52);
  EXPECT_EQ(economy.world.books.totals.culled, 40);
  EXPECT_EQ(economy.world.partners_signed(), 0);
  const std::int64_t support = economy.world.books.totals.support;
  std::int64_t needs = -1;
  economy.weeks(52, [&](const World& w) {
    for (std::size_t i = 0; i < w.needs.size(); ++i)
      if (const Needs::Id id(i); w.needs.alive(id) && w.needs.born_day[id] >= 7 * 52) {
        ASSERT_EQ(w.needs.opportunities[id], 0u);
        needs = std::max<std::int64_t>(needs, 1);
      }
  });
  EXPECT_EQ(needs, 1);
  EXPECT_EQ(economy.world.books.totals.support, support);
  EXPECT_GT(economy.world.books.totals.won_partner, 0);
}

TEST(Signing, IsFreeUnlessItCosts) {
  const auto signings = [](const char* term) {
    Economy economy(
        managed_plan({"partner_development.per_signed=5000", "partner_manager.base_rate=0", term}));
    economy.weeks(104);
    return economy.world.books.totals;
  };
  const Totals free = signings("signing.cost=0"), some = signings("signing.cost=15000");
  const Totals dear = signings("signing.cost=100000000");
  EXPECT_EQ(free.declined, 0);
  EXPECT_GT(some.declined, 0);
  EXPECT_LT(some.signed_up, free.signed_up);
  EXPECT_EQ(dear.signed_up, 0);
  const Totals minimum = signings("signing.minimum=1");
  EXPECT_GT(minimum.culled, 0);  // who earned nothing in a year
}

TEST(Expectation, IsTheReportLessAHaircut) {
  Expectation about;
  about.haircut = .25;
  about.ready_cost = .1;
  about.rush_cost = .5;
  EXPECT_EQ(about.believed(1'000), 750);
  EXPECT_EQ(about.cost(1'000, 400), 100);
  EXPECT_EQ(about.cost(1'000, 1'400), 300);
}

TEST(Expectation, IsHeldAgainstWhatCame) {
  const auto planned = [](const char* haircut) {
    Economy economy(managed_plan({"partner_development.hours=0", "program.signed_at_start=40",
                                  "program.activation_share=1", "expectation.on=true",
                                  std::string("expectation.haircut=") + haircut}));
    economy.weeks(104);
    return economy.world.books.totals;
  };
  const Totals none = planned("1"), all = planned("0"), half = planned("0.5");
  EXPECT_EQ(none.forecast, 0);
  EXPECT_EQ(none.won, all.won);  // nobody sells by forecasts
  EXPECT_NEAR(static_cast<double>(half.forecast), static_cast<double>(all.forecast) / 2, 10);
  EXPECT_GT(none.forecast_error, 0);
  EXPECT_LE(none.forecast_error, none.bookings_partner);
  EXPECT_EQ(none.contribution() + none.delivery, all.contribution() + all.delivery);
}

TEST(ProgramGate, NobodyIsSignedBeforeItOpens) {
  for (const char* wins : {"0", "5", "100000"}) {
    Economy economy({std::string("program_gate.wins=") + wins, "program.signed_at_start=0",
                     "vendor.partner_managers=0", "hiring.partner_managers=1",
                     "hiring.weeks_to_hire=0", "partner_manager.ramp_weeks=0"});
    bool opened = false;
    economy.weeks(156, [&](const World& w) {
      const std::int64_t own = w.books.totals.won - w.books.totals.won_partner;
      if (!opened) {
        ASSERT_EQ(w.books.totals.signed_up, 0);
      }
      opened = own >= std::stoi(wins);
    });
    EXPECT_EQ(economy.world.books.totals.signed_up > 0, std::stoi(wins) < 100000) << wins;
    EXPECT_EQ(economy.world.managers.size(), std::stoi(wins) < 100000 ? 1u : 0u);
  }
}

// --- everything at once
// ---------------------------------------------------------------------------

std::vector<std::string> everything() {
  return {"run.vary=chance+population",
          "vendor.partner_managers=3",
          "program.candidates=120",
          "partner_development.hours=40",
          "partner_development.per_signed=1000",
          "partner_development.per_satisfaction=20000",
          "partner_development.conflict_belief=0.5",
          "partner_traits.reach_sigma=0.6",
          "partner_traits.bag_sigma=0.4",
          "partner_traits.fit_sigma=0.4",
          "partner_traits.capacity_sigma=0.5",
          "support_capacity.on=true",
          "support_capacity.staff=2",
          "support_capacity.focus=0.5",
          "learning.forgetting=0.018",
          "attention.others=5",
          "attention.champion=1",
          "references.reference_partners=4",
          "references.champion=0.5",
          "scorecard.cull=0.3",
          "scorecard.every_weeks=13",
          "scorecard.protected_weeks=26",
          "signing.cost=100000",
          "signing.minimum=500",
          "expectation.on=true",
          "expectation.haircut=0.5",
          "program_gate.wins=2"};
}

TEST(PartnerManagement, ThreadsDoNotMatter) {
  const auto digest = [](const sim::Workers& workers) {
    Economy economy(everything(), "", 0, workers);
    economy.weeks(120);
    sim::Digest found;
    economy.world.hash(found);
    EXPECT_GT(economy.world.books.totals.culled, 0);
    EXPECT_GT(economy.world.books.totals.reference_calls, 0);
    EXPECT_GT(economy.world.books.totals.declined, 0);
    return found.value();
  };
  const sim::Workers three(3);
  EXPECT_EQ(digest(sim::serial_workers()), digest(three));
}

// Whatever the people do, money only moves: cash is contribution, what is paid and not yet earned,
// less goods paid and not yet used up, and what there was.
TEST(PartnerManagement, CashIsContributionAndWhatIsOutstanding) {
  Economy economy(everything());
  std::int64_t before = 0;
  economy.weeks(156, [&](const World& w) {
    w.books.ledger.verify();
    const std::int64_t rest = w.books.ledger.balance(Book::vendor) - w.books.totals.contribution() -
                              w.books.revenue.outstanding() + w.books.cost.outstanding();
    if (w.current_week() > 0) {
      ASSERT_EQ(rest, before) << w.current_week();
    }
    before = rest;
  });
  EXPECT_GT(economy.world.books.totals.delivery, 0);
  EXPECT_GT(economy.world.books.totals.manager_bonus, 0);
}

}  // namespace
