// SPDX-License-Identifier: Apache-2.0
// What people learn and forget, against closed forms: SB11's sawtooth, the agenda's odds, options,
// the playbook (EQ9; E1-E7).
#include <fmt/format.h>
#include <gtest/gtest.h>

#include <cmath>

#include "tests/models/ecosystem/economy.h"

namespace {

using namespace ecosystem;
using support::Economy;

// One future of a company; later overrides win.
std::vector<std::string> learning_plan(std::vector<std::string> more) {
  more.insert(more.begin(), {"run.vary=chance", "run.weeks=1560"});
  return more;
}

const Products::Id first(0);

TEST(Learning, NobodyLearnsOrForgetsUnlessToldTo) {
  Economy economy(learning_plan({}));
  economy.weeks(104, [](const World& w) {
    for (std::size_t row = 0; row < w.reps.size(); ++row) {
      const bool direct = w.reps.role[Reps::Id(row)] == Role::account_executive;
      ASSERT_EQ(w.reps.knows(Reps::Id(row), first), direct ? 1 : .4);
    }
  });
  EXPECT_EQ(economy.world.books.totals.slots_won, 0);
}

// SB11: training once a year closes half the gap, knowledge decays by .08 a month.
TEST(Learning, SB11TrainingAndForgettingMakeTheSawtooth) {
  const double d = .08 * 12, g = .5, weekly = d / 52;
  Economy economy(learning_plan({"demand.rate=0", "learning.gain_per_hour=0.34657359027997264",
                                 "learning.training_hours=2", "learning.training_every=52",
                                 fmt::format("learning.forgetting={:.17g}", weekly)}));
  economy.weeks(52 * 25);
  double peak = 0, trough = 1, mean = 0;
  economy.weeks(52, [&](const World& w) {
    const double end = w.reps.knows(Reps::Id(0), first);  // of the week, after its forgetting
    peak = std::max(peak, end * std::exp(weekly));
    trough = std::min(trough, end);
    mean += end * std::expm1(weekly) / weekly / 52;  // of a knowledge that decays all week
  });
  const double exact = g / (1 - (1 - g) * std::exp(-d));
  EXPECT_NEAR(peak, exact, 1e-9);
  EXPECT_NEAR(trough, exact * std::exp(-d), 1e-9);
  EXPECT_NEAR(mean, exact * -std::expm1(-d) / d, 1e-9);
  EXPECT_NEAR(peak, .618, 5e-4);
  EXPECT_NEAR(trough, .237, 5e-4);
  EXPECT_NEAR(mean, .398, 5e-4);
}

TEST(Learning, TrainingTakesSellingHours) {
  Economy economy(
      learning_plan({"demand.rate=0", "learning.training_hours=3", "learning.training_every=2"}));
  for (const double left : {27., 30., 27.}) {
    economy.week();
    EXPECT_EQ(economy.world.reps.hours_left[Reps::Id(0)], left);
  }
}

// A sale teaches its seller the product sold, and nobody else anything.
TEST(Learning, SellersLearnWhatTheySell) {
  Economy economy(learning_plan({"learning.per_sale=0.5", "learning.newcomer=0.2"}),
                  "[product.second]\nshare = 0.5\n");
  economy.weeks(104);
  const World& w = economy.world;
  ASSERT_EQ(w.products.size(), 2u);
  std::vector<std::array<int, 2>> sales(w.reps.size());
  for (std::size_t row = 0; row < w.log.size(); ++row)
    if (const Log::Id id(row); w.log.outcome[id] == static_cast<std::int64_t>(Outcome::won))
      ++sales[static_cast<std::size_t>(w.log.rep[id])][static_cast<std::size_t>(w.log.product[id])];
  int taught = 0, different = 0;
  for (std::size_t row = 0; row < w.reps.size(); ++row) {
    const double start = w.reps.role[Reps::Id(row)] == Role::account_executive ? .2 : .4;
    for (const std::size_t p : {0u, 1u}) {
      const double expected = 1 - (1 - start) * std::exp(-.5 * sales[row][p]);
      EXPECT_NEAR(w.reps.knows(Reps::Id(row), Products::Id(p)), expected, 1e-12);
      taught += sales[row][p] > 0;
    }
    different += sales[row][0] != sales[row][1];
  }
  EXPECT_GT(taught, 6);
  EXPECT_GT(different, 3);
}

// E3: a partner that never sold the vendor's product weighs what the vendor pays for the slot.
TEST(SalesMeeting, TheSlotGoesByWeight) {
  Economy economy(
      learning_plan({"demand.rate=0", "program.signed_at_start=60", "program.activation_share=1",
                     "sales_meeting.slot_hours=0.5", "sales_meeting.slot_payment=100_000",
                     "learning.forgetting=0.01"}));
  const std::int64_t before = economy.world.books.totals.support;
  economy.weeks(520);
  const World& w = economy.world;
  const double own = std::exp(-1.9 + 3 * .4 + 1.2), others = std::exp(.3) + 3;
  const double rest = 3 * 52 * 8 / 14. * own / (own + others) * 30'000 * .3;
  const double p = 100'000 / (100'000 + rest), n = 520. * 60;
  EXPECT_NEAR(static_cast<double>(w.books.totals.slots_won) / n, p, 4 * std::sqrt(p * (1 - p) / n));
  EXPECT_EQ(w.books.totals.support - before, 60 * 10 * 10'200'000LL);  // slots, support
  // Knowledge is where gain and decay meet on average.
  const double keeps = 1 - p + p * std::exp(-.03 * .5), decay = std::exp(-.01);
  const double level = decay * (1 - keeps) / (1 - decay * keeps);
  double sum = 0;
  for (std::size_t row = 6; row < w.reps.size(); ++row) sum += w.reps.knows(Reps::Id(row), first);
  EXPECT_NEAR(sum / static_cast<double>(w.reps.size() - 6), level, .03 * level);
}

// Also where a contract is paid by the half year.
TEST(SalesMeeting, MarginOfTheYearWeighs) {
  Economy economy(
      learning_plan({"sales_meeting.slot_hours=0.5", "product.platform.term_weeks=26"}));
  std::vector<std::int64_t> margin{0};  // ever, by week
  economy.weeks(172, [&](const World& w) {
    margin.push_back(w.books.totals.partner_margin);
    std::int64_t sum = 0;
    for (const std::int64_t year : w.partnerships.margin_year) sum += year;
    ASSERT_EQ(sum,
              margin.back() - margin[margin.size() - std::min<std::size_t>(margin.size(), 53)]);
  });
  EXPECT_GT(margin.back(), 0);
  EXPECT_GT(economy.world.books.totals.slots_won, 0);
}

// E4: one manager for four active partners or more, never below the threshold.
TEST(SalesMeeting, WithoutPeopleTheSlotIsNotUsed) {
  for (const bool enough : {true, false}) {
    Economy economy(learning_plan({"program.signed_at_start=4", "program.activation_share=1",
                                   "program.recruits_per_year=0", "sales_meeting.slot_hours=1",
                                   "sales_meeting.slot_payment=1000000",
                                   enough ? "sales_meeting.support_per_partner=0.25"
                                          : "sales_meeting.support_per_partner=0.26"}));
    economy.weeks(52);
    EXPECT_EQ(economy.world.books.totals.slots_won > 0, enough);
  }
}

// X13: training keeps knowledge up and mis-selling down; forgetting works against it.
TEST(Learning, TrainingMakesForHonestSales) {
  const auto missold = [](const std::string& hours, const std::string& forgetting) {
    Economy economy(
        learning_plan({"learning.training_hours=" + hours, "learning.forgetting=" + forgetting,
                       "misselling.over_claim=0.8", "learning.newcomer=0.5",
                       "vendor.account_executives=40", "demand.rate=2"}));
    economy.weeks(156);
    const Totals& t = economy.world.books.totals;
    EXPECT_GT(t.won, 200);
    return static_cast<double>(t.missold) / static_cast<double>(t.won);
  };
  const double none = missold("0", "0"), little = missold("2", "0.02"), much = missold("8", "0.02");
  EXPECT_GT(none, .3);
  EXPECT_LT(little, none - .1);
  EXPECT_LT(much, little - .05);
  EXPECT_GT(missold("2", "0.066"), little + .05);
}

// E2: who knows all sells every option with every deal; who knows half, about half.
TEST(Options, AreSoldByThoseWhoKnowThem) {
  const auto attached = [](const std::string& newcomer) {
    Economy economy(
        learning_plan({"product.platform.options=4", "product.platform.option_value=0.25",
                       "leads.partner_reach=0", "vendor.account_executives=60", newcomer}));
    economy.weeks(156);
    const Totals& t = economy.world.books.totals;
    EXPECT_GT(t.won, 50);
    return static_cast<double>(t.options_sold) / static_cast<double>(4 * t.won);
  };
  EXPECT_EQ(attached("learning.newcomer=1"), 1);
  EXPECT_NEAR(attached("learning.newcomer=0.5"), .5, .1);
  EXPECT_NEAR(attached("learning.newcomer=0.25"), .25, .1);
}

TEST(Options, AddTheirValueToTheDeal) {
  Economy plain(learning_plan({"product.platform.size_sigma=0", "renewal.share=0"}));
  Economy more(
      learning_plan({"product.platform.size_sigma=0", "renewal.share=0", "leads.partner_reach=0",
                     "product.platform.options=2", "product.platform.option_value=0.25"}));
  more.weeks(156);
  const World& w = more.world;
  ASSERT_GT(w.books.totals.won, 20);
  for (std::size_t row = 0; row < w.log.size(); ++row)
    if (const std::int64_t value = w.log.value[Log::Id(row)]; value > 0) {
      ASSERT_EQ(value, 2'800'000 * 3 / 2);
    }
  EXPECT_EQ(w.books.totals.bookings_acv, w.books.totals.won * 4'200'000);
}

// E5, E6: the playbook grows by the vendor's own deals alone, and caps what partners know.
TEST(Playbook, GrowsOnlyWhereTheVendorsPeopleSell) {
  const std::vector<std::string> young{"product.platform.maturity=0.4", "learning.per_deal=0.05",
                                       "program.signed_at_start=60", "program.activation_share=1"};
  Economy direct(learning_plan(young));
  auto channel = young;
  channel.emplace_back("vendor.account_executives=0");
  Economy partners(learning_plan(channel));
  direct.weeks(156);
  partners.weeks(156);
  EXPECT_GT(partners.world.books.totals.won, 0);
  EXPECT_EQ(partners.world.products.maturity[first], .4);
  EXPECT_GT(direct.world.products.maturity[first], .5);
  const World& w = direct.world;
  for (std::size_t row = 0; row < w.reps.size(); ++row) {
    const double share = w.reps.role[Reps::Id(row)] == Role::account_executive ? 1 : .4;
    EXPECT_DOUBLE_EQ(w.reps.knows(Reps::Id(row), first), share * w.products.maturity[first]);
  }
}

TEST(Playbook, ClosesItsGapByDealsWonWithTheVendorPresent) {
  Economy economy(learning_plan({"product.platform.maturity=0.2", "learning.per_deal=0.05",
                                 "leads.partner_reach=0"}));  // so each deal is the vendor's own
  economy.weeks(104);
  const auto deals = static_cast<double>(economy.world.books.totals.won);
  EXPECT_GT(deals, 10);
  EXPECT_NEAR(economy.world.products.maturity[first], 1 - .8 * std::exp(-.05 * deals), 1e-12);
}

}  // namespace
