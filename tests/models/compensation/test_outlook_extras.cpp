// SPDX-License-Identifier: Apache-2.0
// What a deal may be expected to pay beside commission: SPIFs, gates, caps, contests.
#include "tests/models/compensation/outlook_desk.h"

namespace {

using namespace outlook_desk;

const std::string linear =
    "[component.c]\ntype = \"commission\"\nreading = \"marginal\"\nmeasure = \"quarter\"\n"
    "tiers = [{from = \"0%\", rate = \"10%\"}]\n";
const std::string quota = "[quota]\namount = \"1M\"\nper = \"quarter\"\n";
const sim::Date january = day_of(2027, 1, 4), march = day_of(2027, 3, 15);
constexpr std::int64_t million = 100'000'000;

std::string spif(const std::string& more, const std::string& name = "s") {
  return "[component." + name + "]\ntype = \"spif\"\nfrom = 2027-03-01\nto = 2027-03-31\n" +
         (more.find("stackable") == std::string::npos ? "stackable = true\n" : "") + more;
}

// --- SPIFs --------------------------------------------------------------------------------------

TEST(OutlookSpif, IsThereOnItsDaysOnly) {
  Desk desk(plan_with(quota + linear + spif("per_deal = 500\n")));
  EXPECT_EQ(desk.look(day_of(2027, 2, 28), {}).per_deal, 0);
  EXPECT_EQ(desk.look(day_of(2027, 3, 1), {}).per_deal, 50'000);
  EXPECT_EQ(desk.look(day_of(2027, 3, 31), {}).per_deal, 50'000);
  EXPECT_EQ(desk.look(day_of(2027, 4, 1), {}).per_deal, 0);
}

TEST(OutlookSpif, ARateIsPerUnitOfCredit) {
  Desk desk(plan_with(quota + linear + spif("rate = \"5%\"\n")));
  EXPECT_NEAR(desk.look(march, {}).per_unit, .15, 1e-12);
  EXPECT_EQ(desk.look(march, {}).per_deal, 0);
  EXPECT_NEAR(desk.look(january, {}).per_unit, .10, 1e-12);
}

// What the pool or the person has left is all there is; the engine says what the next deal got.
TEST(OutlookSpif, PoolAndPersonRunDry) {
  for (const char* limit : {"pool = 800\n", "per_person = 800\n"})
    for (const char* last : {"last_claim = \"partial\"\n", "last_claim = \"none\"\n"}) {
      const SharedPlan plan =
          plan_with(quota + spif("per_deal = 500\n" + std::string(limit) + last));
      Desk desk(plan, 2);
      for (int deal = 0; deal < 3; ++deal) {
        const double said = desk.look(march, {}).per_deal;
        const std::int64_t before = desk.payroll.owed(0);
        desk.sell(1'000, march);
        EXPECT_EQ(said, static_cast<double>(desk.payroll.owed(0) - before))
            << limit << last << deal;
      }
      // A colleague's claims use the pool, not what one person may have.
      const bool pool = std::string_view(limit).starts_with("pool");
      const bool partial = std::string_view(last).find("partial") != std::string_view::npos;
      const double left = !pool ? 50'000 : partial ? 0 : 0;
      EXPECT_EQ(desk.look(march, {}, plain_offer(), 1).per_deal, left) << limit << last;
    }
}

TEST(OutlookSpif, WhatClosesTooLateEarnsLess) {
  Desk desk(plan_with(quota + linear + spif("per_deal = 500\n")));
  Forecast forecast;
  forecast.weeks_to_close = 3;
  const double left = (day_of(2027, 4, 1) - march) / 7.0;
  EXPECT_NEAR(desk.look(march, forecast).per_deal, 50'000 * (1 - std::exp(-left / 3)), 1e-6);
  EXPECT_LT(desk.look(day_of(2027, 3, 31), forecast).per_deal, 50'000 * .05);
}

// A SPIF that ends with the quarter is no part of what the next one pays; one that begins then is.
TEST(OutlookSpif, TheNextPeriodHasItsOwn) {
  Forecast next;
  next.next_period = true;
  const std::string later =
      "[component.t]\ntype = \"spif\"\nfrom = 2027-04-01\nto = 2027-06-30\nper_deal = 300\n"
      "stackable = true\n";
  Desk desk(plan_with(quota + linear + spif("per_deal = 500\n") + later));
  EXPECT_EQ(desk.look(march, {}).per_deal, 50'000);
  EXPECT_EQ(desk.look(march, next).per_deal, 30'000);
}

// R22: a deal that is not commissionable claims nothing.
TEST(OutlookSpif, ADealWithoutCommissionClaimsNothing) {
  for (const char* pays : {"per_deal = 500\n", "rate = \"5%\"\n", "per_unit = 500\n"}) {
    const SharedPlan plan = plan_with(quota + spif(pays));
    Desk desk(plan);
    Offer offer = plain_offer();
    offer.commissionable = 0;
    const Outlook found = desk.look(march, {}, offer);
    EXPECT_EQ(found.per_deal, 0) << pays;
    EXPECT_EQ(found.per_unit, 0) << pays;
    desk.sell(1'000'000, march, Counts::quota);
    EXPECT_EQ(desk.payroll.owed(0), 0) << pays;
  }
}

TEST(OutlookSpif, PerUnitTimesUnits) {
  Desk desk(plan_with(quota + spif("per_unit = 30\n")));
  Offer offer = plain_offer();
  offer.worth[static_cast<std::size_t>(compensation::Basis::units)] = 4;
  EXPECT_EQ(desk.look(march, {}, offer).per_deal, 12'000);
}

// Of those that are not stackable a deal is paid the first in the order of the file.
TEST(OutlookSpif, OnlyTheFirstThatIsNotStackable) {
  const SharedPlan plan =
      plan_with(quota + spif("per_deal = 500\nstackable = false\n", "a") +
                spif("per_deal = 900\nstackable = false\n", "b") + spif("per_deal = 70\n", "d"));
  Desk desk(plan);
  const double said = desk.look(march, {}).per_deal;
  desk.sell(1'000, march);
  EXPECT_EQ(said, static_cast<double>(desk.payroll.owed(0)));
  EXPECT_EQ(said, 57'000);
}

// The credit that quota is measured by, wherever in the file a SPIF stands.
TEST(OutlookSpif, StandingLooksPastIt) {
  const std::string commission =
      "[component.c]\ntype = \"commission\"\nreading = \"marginal\"\nmeasure = \"month\"\n"
      "tiers = [{from = \"0%\", rate = \"10%\"}, {from = \"100%\", rate = \"15%\"}]\n";
  const std::string monthly = "[quota]\namount = \"1M\"\nper = \"month\"\n";
  for (const std::string& tables : {monthly + spif("per_deal = 500\n") + commission,
                                    monthly + commission + spif("per_deal = 500\n")}) {
    Desk desk(plan_with(tables, "month"));
    desk.sell(million / 2, march);
    desk.payroll.begin(march);
    const auto standing = desk.payroll.standing(0, march);
    EXPECT_NEAR(standing.attainment, .5, 1e-12);
    EXPECT_NEAR(standing.quota, million, 1e-6);
    EXPECT_NEAR(standing.weeks_left, 17 / 7.0, 1e-12);
    EXPECT_NEAR(standing.weeks, 31 / 7.0, 1e-12);
  }
}

// --- gates --------------------------------------------------------------------------------------

compensation::CreditKind kind(const char* product) {
  compensation::CreditKind kind;
  kind.product = product;
  return kind;
}

struct Gated {
  SharedPlan plan;
  explicit Gated(int units) {
    plan = plan_with("products = [\"Core\", \"Cloud\"]\n" + quota + linear +
                     fmt::format("[subquota.cloud]\nkind = \"gate\"\napplies_to = [\"c\"]\n"
                                 "measure = \"quarter\"\nproducts = [\"Cloud\"]\nunits = {}\n",
                                 units));
  }
  // What a deal of cloud is worth per deal on a day, after so many.
  double per_deal(int sold, sim::Date day) const {
    Desk desk(plan);
    const auto cloud = desk.payroll.add_kind(kind("Cloud"));
    for (int i = 0; i < sold; ++i) desk.sell(million / 100, january, Counts::both, 0, cloud);
    return desk.look(day, {}, plain_offer(cloud)).per_deal;
  }
  double per_unit_of_core(int sold, sim::Date day) const {
    Desk desk(plan);
    const auto cloud = desk.payroll.add_kind(kind("Cloud"));
    const auto core = desk.payroll.add_kind(kind("Core"));
    for (int i = 0; i < sold; ++i) desk.sell(million / 100, january, Counts::both, 0, cloud);
    return desk.look(day, {}, plain_offer(core)).per_unit;
  }
};

TEST(OutlookGate, ADealIsWorthMostOneShortAndNothingOnceItIsPassed) {
  const Gated gate(3);
  const sim::Date late = day_of(2027, 3, 26);
  const double none = gate.per_deal(0, late), one = gate.per_deal(1, late),
               two = gate.per_deal(2, late);
  EXPECT_LT(none, one);
  EXPECT_LT(one, two);
  EXPECT_EQ(gate.per_deal(3, late), 0);
  EXPECT_EQ(gate.per_deal(4, late), 0);
  // One short near the end: all of the quarter's commission hangs on it.
  EXPECT_GT(two, .8 * .10 * million * .05);
}

// Poisson: the chance of exactly enough but one, with the rate of the quarter so far.
TEST(OutlookGate, IsTheChanceOfBeingOneShortTimesWhatHangsOnIt) {
  for (const int units : {1, 2, 3})
    for (const int sold : {0, 1, 2}) {
      const Gated gate(units);
      const sim::Date day = day_of(2027, 2, 26);
      const int missing = units - sold;
      if (missing <= 0) {
        EXPECT_EQ(gate.per_deal(sold, day), 0);
        continue;
      }
      const double gone = (day - day_of(2027, 1, 1)) / 7.0, left = (day_of(2027, 4, 1) - day) / 7.0;
      const double mean = std::max(.02, sold / gone) * left;
      double mass = std::exp(-mean), below = 0;
      for (int n = 1; n < missing; ++n) {
        below += mass;
        mass *= mean / n;
      }
      const double passed = 1 - below - mass;
      const double expected = .10 * (sold * million / 100.0 + million * left * 7 / 90);
      EXPECT_NEAR(gate.per_deal(sold, day), mass * expected, 1e-6 * expected)
          << units << " units, " << sold << " sold";
      EXPECT_NEAR(gate.per_unit_of_core(sold, day), .10 * passed, 1e-9);
    }
}

TEST(OutlookGate, WhoPassedEarnsInFull) {
  EXPECT_NEAR(Gated(1).per_unit_of_core(1, march), .10, 1e-12);
  EXPECT_LT(Gated(3).per_unit_of_core(0, march), .001);
}

// The next quarter's gate has nothing sold and thirteen weeks to go.
TEST(OutlookGate, TheNextPeriodsGateIsShutAgain) {
  const Gated gate(1);
  Desk desk(gate.plan);
  const auto cloud = desk.payroll.add_kind(kind("Cloud"));
  desk.sell(million / 100, january, Counts::both, 0, cloud);
  Forecast next;
  next.next_period = true;
  EXPECT_EQ(desk.look(march, {}, plain_offer(cloud)).per_deal, 0);
  EXPECT_GT(desk.look(march, next, plain_offer(cloud)).per_deal, 0);
}

// --- caps ---------------------------------------------------------------------------------------

std::string cap(const std::string& components, std::int64_t amount) {
  return fmt::format(
      "[cap.x]\ncomponents = [{}]\namount = {}\nper = \"quarter\"\n"
      "over = \"forfeited\"\n",
      components, amount);
}

// A cap on commission in proportion: the slope of what is expected to be left of it, by summing.
TEST(OutlookCap, IsTheSlopeOfWhatItLeaves) {
  const SharedPlan plan = plan_with(quota + linear + cap("\"c\"", 110'000));
  for (const double reached : {.0, .6, 1.0}) {
    const auto booked = static_cast<std::int64_t>(reached * million);
    Desk desk(plan);
    if (booked > 0) desk.sell(booked, march);
    const Ahead end = ahead(*plan, 0, static_cast<double>(booked), march, {}, million);
    constexpr double far = 7, h = 2 * far / points;
    Desk many(plan, points);
    for (int i = 0; i < points; ++i)
      many.sell(std::llround(end.mean + end.sd * (-far + (i + .5) * h)), march, Counts::both,
                static_cast<std::uint32_t>(i));
    many.payroll.settle(plan->periods.index(plan->paid, march));
    double slope = 0;
    for (const auto& payout : many.payroll.payouts()) {
      const double z = -far + (payout.payee + .5) * h;
      slope += static_cast<double>(payout.earned) * z * std::exp(-z * z / 2) * h /
               std::sqrt(2 * std::numbers::pi) / end.sd;
    }
    EXPECT_NEAR(desk.look(march, {}).per_unit, slope, 1e-4) << reached;
  }
}

TEST(OutlookCap, WhoIsAtTheCapEarnsNothingMoreUntilTheNextPeriod) {
  Desk desk(plan_with(quota + linear + cap("\"c\"", 50'000)));
  desk.sell(million, march);
  Forecast myopic, next;
  myopic.view = Forecast::View::myopic;
  EXPECT_EQ(desk.look(march, myopic).per_unit, 0);
  EXPECT_LT(desk.look(march, {}).per_unit, .001);
  next.next_period = true;
  next.pace = .3 * million / 13;
  next.cv = .05;  // far from the cap
  EXPECT_NEAR(desk.look(march, next).per_unit, .10, 1e-4);
}

// R13: SPIFs, and components that it does not list, are outside a cap.
TEST(OutlookCap, LeavesOutWhatItDoesNotList) {
  const std::string other =
      "[component.o]\ntype = \"commission\"\nreading = \"marginal\"\nmeasure = \"quarter\"\n"
      "tiers = [{from = 0, rate = \"2%\"}]\n";
  Desk desk(plan_with(quota + linear + other + spif("per_deal = 500\n") + cap("\"c\"", 50'000)));
  desk.sell(5 * million, march);
  const Outlook found = desk.look(march, {});
  EXPECT_NEAR(found.per_unit, .02, 1e-6);
  EXPECT_EQ(found.per_deal, 50'000);
}

// --- contests -----------------------------------------------------------------------------------

// Ten people, three prizes: a sale is worth most to who is just behind a place that pays.
TEST(OutlookContest, WhoIsJustBehindTheNextPlaceValuesASaleMost) {
  const SharedPlan plan = plan_with(quota + linear +
                                    "[component.k]\ntype = \"contest\"\nfrom = 2027-01-01\n"
                                    "to = 2027-03-31\nprizes = [9000]\n");
  const sim::Date late = day_of(2027, 3, 24);
  Desk desk(plan, 5);
  const std::array<std::int64_t, 5> sold{100, 98, 70, 30, 0};  // hundredths of a quota
  for (std::uint32_t who = 0; who < 5; ++who)
    if (sold[who] > 0) desk.sell(sold[who] * million / 100, march, Counts::both, who);
  desk.payroll.begin(late);
  std::array<double, 5> worth{};
  for (std::uint32_t who = 0; who < 5; ++who)
    worth[who] = desk.look(late, {}, plain_offer(), who).per_unit - .10;
  EXPECT_NEAR(worth[1], worth[0], 1e-12);  // holder and second are equally near each other
  EXPECT_GT(worth[1], 2 * worth[2]);
  EXPECT_GT(worth[2], 0);
  EXPECT_LT(worth[3], 1e-6 + worth[2] / 100);
  EXPECT_GE(worth[4], 0);
}

// The density of a tie times the prize, both ends being normal (SA13: dW g(0)).
TEST(OutlookContest, OfTwoIsThePrizeTimesTheDensityOfATie) {
  const SharedPlan plan = plan_with(quota + linear +
                                    "[component.k]\ntype = \"contest\"\nfrom = 2027-01-01\n"
                                    "to = 2027-03-31\nprizes = [9000, 4000]\n");
  Desk desk(plan, 2);
  desk.sell(million / 2, january, Counts::both, 0);
  desk.sell(million / 3, january, Counts::both, 1);
  const sim::Date day = day_of(2027, 2, 18);
  const double sd = .35 * million * std::sqrt((day_of(2027, 4, 1) - day) / 7.0 / 13);
  const double z = (million / 2 - million / 3) / (std::sqrt(2.0) * sd);
  const double density =
      std::exp(-z * z / 2) / std::sqrt(2 * std::numbers::pi) / (std::sqrt(2.0) * sd);
  for (const std::uint32_t who : {0u, 1u})
    EXPECT_NEAR(desk.look(day, {}, plain_offer(), who).per_unit - .10, 500'000 * density,
                1e-9 + 1e-6 * 500'000 * density);
  EXPECT_NEAR(desk.look(day_of(2027, 4, 2), {}).per_unit, .10, 1e-12);  // it is over
  Forecast next;
  next.next_period = true;
  EXPECT_NEAR(desk.look(day, next).per_unit, .10, 1e-12);
}

}  // namespace
