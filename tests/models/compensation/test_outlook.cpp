// SPDX-License-Identifier: Apache-2.0
// Expected pay of one more unit of credit (EQ2): outlook against sums over a normal forecast of
// what the engine really pays. Sums miss a jump by at most half a step: 2e-4 of its slope.
#include <fstream>
#include <sstream>
#include <thread>

#include "tests/models/compensation/outlook_desk.h"

namespace {

using namespace outlook_desk;

const std::string tiers =
    "tiers = [{from = \"0%\", rate = \"10%\"}, {from = \"100%\", rate = \"15%\"}]\n";
const std::string commission = "[component.c]\ntype = \"commission\"\n";
const std::string quota = "[quota]\namount = \"1M\"\nper = \"quarter\"\n";
const std::string kinked =
    quota + commission + "reading = \"marginal\"\nmeasure = \"quarter\"\n" + tiers;
const sim::Date january = day_of(2027, 1, 4), february = day_of(2027, 2, 15);
constexpr std::int64_t million = 100'000'000;  // in cents: the quota of a quarter

double weeks_left(sim::Date day) { return (day_of(2027, 4, 1) - day) / 7.0; }

// What outlook says per unit, and what pay says by summing, at a day with credit `booked`.
void expect_slope_of_pay(const SharedPlan& plan, std::int64_t booked, sim::Date day,
                         const Forecast& forecast, double quarter_quota, std::string_view what) {
  Desk desk(plan);
  if (booked != 0) desk.sell(booked, day);
  const double found = desk.look(day, forecast).per_unit;
  double summed = 0, size = .01;
  for (std::size_t k = 0; k < plan->first().components.size(); ++k) {
    const Ahead end = ahead(*plan, k, static_cast<double>(booked), day, forecast, quarter_quota);
    const double part =
        slope_by_summing(plan, k, end, day, [&](Desk& many, std::uint32_t who, std::int64_t x) {
          many.sell(x, day, Counts::both, who);
        });
    summed += part;
    size += std::abs(part);
  }
  EXPECT_NEAR(found, summed, 1e-3 * size) << what;
}

// --- slopes of expected pay ---------------------------------------------------------------------

struct Shape {
  const char* name;
  std::string tables;
};

const std::vector<Shape>& shapes() {
  static const std::string bonus =
      "[component.b]\ntype = \"bonus\"\nmeasure = \"quarter\"\namount = 20000\nat = \"100%\"\n"
      "catch_up = false\n";
  static const std::vector<Shape> all{
      {"one kink", kinked},
      {"kink and bonus", kinked + bonus},
      {"three tiers, the last pays nothing (R13)",
       quota + commission + "reading = \"marginal\"\nmeasure = \"quarter\"\n" +
           "tiers = [{from = \"0%\", rate = \"10%\"}, {from = \"100%\", rate = \"15%\"}, "
           "{from = \"150%\", rate = 0}]\n"},
      {"retroactive",
       quota + commission + "reading = \"retroactive\"\nmeasure = \"quarter\"\n" + tiers},
      {"interpolated", quota + commission +
                           "reading = \"interpolated\"\nmeasure = \"quarter\"\ntiers = [{from = "
                           "\"0%\", amount = 0}, {from = \"80%\", amount = 40000}, {from = "
                           "\"100%\", amount = 100000}]\n"},
      {"threshold from the first dollar",
       kinked + "threshold = \"90%\"\nthreshold_pays = \"from_first_dollar\"\n"},
      {"threshold, above only", kinked + "threshold = \"90%\"\nthreshold_pays = \"above_only\"\n"},
      {"tiers by own credit",
       quota + commission +
           "reading = \"marginal\"\nmeasure = \"quarter\"\ntiers = [{from = 0, "
           "rate = \"5%\"}, {from = \"800k\", rate = \"9%\"}]\n"},
      {"month", quota + commission + "reading = \"marginal\"\nmeasure = \"month\"\n" + tiers},
      {"year", quota + commission + "reading = \"marginal\"\nmeasure = \"year\"\n" + tiers},
      {"curve", quota + "target = {incentive = 100000, per = \"quarter\"}\n[component.k]\n" +
                    "type = \"curve\"\nmeasure = \"quarter\"\npoints = [[\"50%\", \"0%\"], "
                    "[\"100%\", \"100%\"], [\"150%\", \"220%\"]]\nbeyond = \"flat\"\n"}};
  return all;
}

SharedPlan plan_of_shape(const Shape& shape) {
  // [target] before the tables, as TOML wants it.
  const auto at = shape.tables.find("target = ");
  if (at == std::string::npos) return plan_with(shape.tables);
  const auto end = shape.tables.find('\n', at) + 1;
  return plan_with(shape.tables.substr(at, end - at) + shape.tables.substr(0, at) +
                   shape.tables.substr(end));
}

TEST(Outlook, ShadowIsTheSlopeOfExpectedPay) {
  for (const Shape& shape : shapes()) {
    const SharedPlan plan = plan_of_shape(shape);
    for (const double reached : {0.0, .3, .95, 1.3})
      for (const sim::Date day : {january, february, day_of(2027, 3, 25)})
        expect_slope_of_pay(plan, static_cast<std::int64_t>(reached * million), day, {}, million,
                            fmt::format("{}, {} reached on {}", shape.name, reached, day.text()));
  }
}

TEST(Outlook, ShadowHoldsForAnyForecast) {
  const SharedPlan plan = plan_of_shape(shapes()[1]);
  for (const double cv : {.05, .35, 1.0})
    for (const double pace : {-1.0, 0.0, .3 * million / 13, 2.0 * million / 13}) {
      Forecast forecast;
      forecast.cv = cv;
      forecast.pace = pace;
      expect_slope_of_pay(plan, million / 2, february, forecast, million,
                          fmt::format("cv {}, pace {}", cv, pace));
    }
}

// Every worked example of docs/plans.md that pays by credit and knows a quota.
TEST(Outlook, ShadowIsTheSlopeForTheExamplesOfThePage) {
  std::ifstream file(std::string(PARDNER_SOURCE_DIR) + "/docs/plans.md");
  std::stringstream page;
  page << file.rdbuf();
  const std::string text = page.str();
  int seen = 0;
  for (std::size_t at = text.find("\n### "); at != std::string::npos;
       at = text.find("\n### ", at + 1)) {
    const std::string title = text.substr(at + 5, text.find('\n', at + 1) - at - 5);
    const std::size_t begin = text.find("```toml\n", at) + 8, end = text.find("```", begin);
    if (begin < 8 || end > text.find("\n### ", at + 1)) continue;
    const std::string tables = text.substr(begin, end - begin);
    if (!tables.starts_with("target") && !tables.starts_with("quota")) continue;
    const SharedPlan plan = plan_with(tables, "month");
    const auto& amount = plan->first().quota->amount;
    const double quarter =
        static_cast<double>(amount.amount) * 3 / compensation::months_in(amount.per);
    for (const double reached : {0.0, .6, 1.1})
      expect_slope_of_pay(plan, static_cast<std::int64_t>(reached * quarter), february, {}, quarter,
                          fmt::format("{}, {} reached", title, reached));
    ++seen;
  }
  EXPECT_EQ(seen, 4);  // marginal, interpolated, curve, bonus
}

TEST(Outlook, ShadowIsTheSlopeForRandomPlans) {
  Wish wish;
  wish.plain = true;
  wish.per_deal = wish.outside = wish.windfall = wish.minimum = wish.guarantee = false;
  wish.catch_up = wish.change = wish.clawback = wish.draw = wish.cap = wish.subquota = false;
  wish.ratchet = wish.season = wish.team = wish.at_least = false;
  int seen = 0;
  for (std::uint64_t i = 0; i < 40; ++i) {
    Luck luck(i);
    const Case c = random_plans::random_case(luck, wish);
    const SharedPlan plan = plan_of(c);
    const auto& amount = plan->first().quota->amount;
    const double quarter =
        static_cast<double>(amount.amount) * 3 / compensation::months_in(amount.per);
    if (std::fmod(static_cast<double>(amount.amount), compensation::months_in(amount.per)) != 0)
      continue;  // parts of a quota are rounded; here they need not be
    const auto reached =
        static_cast<std::int64_t>(quarter * static_cast<double>(luck.below(150)) / 100);
    const sim::Date day = day_of(2027, 2, 3) + static_cast<int>(luck.below(20));
    expect_slope_of_pay(plan, reached, day, {}, quarter,
                        fmt::format("seed {}, {} on {}\n{}", i, reached, day.text(), c.plan()));
    ++seen;
    if (HasFailure()) return;
  }
  EXPECT_GE(seen, 20);
}

// --- what counts for pay or for quota only ------------------------------------------------------

// More credit that counts for one thing only, then the sales of the forecast, which count for both.
TEST(Outlook, CreditForPayOrForQuotaOnly) {
  const SharedPlan plan = plan_with(kinked);
  const auto pay_of = [&](Counts counts, std::int64_t extra) {
    const std::int64_t booked = million * 6 / 10;
    const Ahead end = ahead(*plan, 0, static_cast<double>(booked), february, {}, million);
    constexpr double far = 7, h = 2 * far / points;
    Desk desk(plan, points);
    for (int i = 0; i < points; ++i) {
      const auto who = static_cast<std::uint32_t>(i);
      desk.sell(booked, february, Counts::both, who);
      if (extra > 0) desk.sell(extra, february + 1, counts, who);
      desk.sell(std::llround(end.mean + end.sd * (-far + (i + .5) * h)) - booked, february + 2,
                Counts::both, who);
    }
    desk.payroll.settle(plan->periods.index(plan->paid, february));
    double mean = 0;
    for (const auto& line : desk.payroll.lines()) {
      const double z = -far + (line.payee + .5) * h;
      mean += static_cast<double>(line.cents) * std::exp(-z * z / 2) * h /
              std::sqrt(2 * std::numbers::pi);
    }
    return mean;
  };
  const auto offer_of = [](double commissionable, double quota_credit) {
    Offer offer = plain_offer();
    offer.commissionable = commissionable;
    offer.quota_credit = quota_credit;
    return offer;
  };
  Desk desk(plan);
  desk.sell(million * 6 / 10, february);
  const auto per_unit = [&](double pay, double counts) {
    return desk.look(february, {}, offer_of(pay, counts)).per_unit;
  };
  constexpr std::int64_t step = million / 1000;
  const auto summed = [&](Counts counts) {
    return (pay_of(counts, step) - pay_of(counts, 0)) / static_cast<double>(step);
  };
  EXPECT_NEAR(per_unit(1, 1), summed(Counts::both), 1e-4);
  EXPECT_NEAR(per_unit(1, 0), summed(Counts::pay), 1e-4);
  EXPECT_NEAR(per_unit(0, 1), summed(Counts::quota), 1e-4);
  EXPECT_EQ(per_unit(1, 0), .10);
  EXPECT_GT(per_unit(0, 1), .005);
  EXPECT_EQ(per_unit(0, 0), 0);
  // In between in proportion: .3 counts for both, .2 for quota alone.
  EXPECT_NEAR(per_unit(.3, .5), .3 * per_unit(1, 1) + .2 * per_unit(0, 1), 1e-12);
  EXPECT_NEAR(per_unit(.5, .3), .3 * per_unit(1, 1) + .2 * per_unit(1, 0), 1e-12);
}

// A bonus looks at quota credit, whatever counts for pay.
TEST(Outlook, ABonusIsForQuotaCredit) {
  const SharedPlan plan =
      plan_with(quota +
                "[component.b]\ntype = \"bonus\"\nmeasure = \"quarter\"\namount = 20000\n"
                "at = \"100%\"\ncatch_up = false\n");
  Desk desk(plan);
  Offer offer = plain_offer();
  const double full = desk.look(february, {}, offer).per_unit;
  EXPECT_GT(full, 0);
  offer.commissionable = 0;
  EXPECT_EQ(desk.look(february, {}, offer).per_unit, full);
  offer.commissionable = 1;
  offer.quota_credit = 0;
  EXPECT_EQ(desk.look(february, {}, offer).per_unit, 0);
}

// --- views --------------------------------------------------------------------------------------

TEST(Outlook, MyopicIsTheRateOfTheCreditReached) {
  Forecast myopic;
  myopic.view = Forecast::View::myopic;
  for (const Shape& shape : shapes()) {
    const SharedPlan plan = plan_of_shape(shape);
    for (const double reached : {.1, .6, .95, 1.2, 1.6}) {
      const auto booked = static_cast<std::int64_t>(reached * million);
      Desk desk(plan), more(plan);
      desk.sell(booked, february);
      more.sell(booked, february);
      const std::int64_t before = more.payroll.owed(0);
      more.sell(100'000, february);
      const double slope = static_cast<double>(more.payroll.owed(0) - before) / 100'000;
      EXPECT_NEAR(desk.look(february, myopic).per_unit, slope, 1e-5) << shape.name << reached;
    }
  }
}

TEST(Outlook, RestIsWhatDoesNotHangOnQuota) {
  Forecast rest;
  rest.view = Forecast::View::rest;
  const std::string own =
      "[component.o]\ntype = \"commission\"\nreading = \"marginal\"\n"
      "measure = \"quarter\"\ntiers = [{from = 0, rate = \"3%\"}]\n";
  const std::string spif =
      "[component.s]\ntype = \"spif\"\nfrom = 2027-01-01\nto = 2027-12-31\n"
      "per_deal = 500\nstackable = true\n";
  Desk desk(plan_with(kinked + own + spif));
  const Outlook found = desk.look(february, rest);
  EXPECT_NEAR(found.per_unit, .03, 1e-12);
  EXPECT_EQ(found.per_deal, 50'000);
  const Outlook all = desk.look(february, {});
  const double kink = Desk(plan_with(kinked)).look(february, {}).per_unit;
  EXPECT_NEAR(all.per_unit, .03 + kink, 1e-12);
}

// The next period looks as this one did on its first day.
TEST(Outlook, TheNextPeriodBeginsWithNothing) {
  const SharedPlan plan = plan_of_shape(shapes()[1]);
  Desk desk(plan), fresh(plan);
  desk.sell(2 * million, february);
  Forecast next;
  next.next_period = true;
  const double found = desk.look(february, next).per_unit;
  const double first_day = fresh.look(day_of(2027, 1, 1), {}).per_unit;
  EXPECT_NEAR(found, first_day, 1e-12);
  EXPECT_NE(found, desk.look(february, {}).per_unit);
  next.view = Forecast::View::myopic;
  EXPECT_NEAR(desk.look(february, next).per_unit, .10, 1e-12);
}

// What closes too late counts in the next period.
TEST(Outlook, WeeksToCloseMixThisPeriodAndTheNext) {
  Desk desk(plan_with(kinked));
  desk.sell(2 * million, february);
  Forecast next, late;
  next.next_period = true;
  late.weeks_to_close = 8;
  const double in_time = 1 - std::exp(-weeks_left(february) / 8);
  EXPECT_NEAR(desk.look(february, late).per_unit,
              in_time * desk.look(february, {}).per_unit +
                  (1 - in_time) * desk.look(february, next).per_unit,
              1e-12);
}

TEST(Outlook, NothingPaysNothing) {
  Desk zero(plan_with(quota + commission + "reading = \"marginal\"\nmeasure = \"quarter\"\n" +
                      "tiers = [{from = \"0%\", rate = 0}, {from = \"100%\", rate = 0}]\n"));
  EXPECT_EQ(zero.look(february, {}).per_unit, 0);
  EXPECT_EQ(zero.look(february, {}).per_deal, 0);
  Desk untold(plan_with(quota + "[component.b]\ntype = \"bonus\"\nmeasure = \"quarter\"\n"
                                "amount = 0\nat = \"100%\"\ncatch_up = false\n"));
  EXPECT_EQ(untold.look(february, {}).per_unit, 0);
}

// Without a quota there is no forecast: the rate of the credit reached, tier by tier.
TEST(Outlook, WithoutQuotaTheTierReachedSpeaks) {
  const SharedPlan plan =
      plan_with(commission +
                "reading = \"marginal\"\nmeasure = \"quarter\"\ntiers = [{from = 0, "
                "rate = \"5%\"}, {from = \"100k\", rate = \"7%\"}]\n");
  Desk desk(plan);
  EXPECT_NEAR(desk.look(february, {}).per_unit, .05, 1e-12);
  desk.sell(20'000'000, february);
  EXPECT_NEAR(desk.look(february, {}).per_unit, .07, 1e-12);
  Forecast next;
  next.next_period = true;
  EXPECT_NEAR(desk.look(february, next).per_unit, .05, 1e-12);
}

// A season moves the quota a quarter's spread is a share of, though pay is measured by the year.
TEST(Outlook, TheSpreadIsThatOfTheQuarterItIs) {
  const SharedPlan plan = plan_with(
      "[quota]\namount = \"4M\"\nper = \"year\"\nseason = [\"40%\", \"30%\", \"20%\", \"10%\"]\n" +
      commission + "reading = \"marginal\"\nmeasure = \"year\"\n" + tiers);
  const sim::Date autumn = day_of(2027, 10, 4);
  Desk asked_twice(plan), asked_once(plan);
  for (Desk* desk : {&asked_twice, &asked_once}) desk->sell(3 * million, january);
  asked_twice.look(january, {});
  EXPECT_EQ(asked_twice.look(autumn, {}).per_unit, asked_once.look(autumn, {}).per_unit);
}

// --- who asks -----------------------------------------------------------------------------------

// Asking changes nothing, on any thread: const, no draws, the same answer and the same pay after.
TEST(Outlook, AnyThreadMayAsk) {
  const SharedPlan plan = plan_of_shape(shapes()[1]);
  Desk desk(plan, 50), silent(plan, 50);
  for (std::uint32_t who = 0; who < 50; ++who)
    for (Desk* each : {&desk, &silent}) each->sell(million / 40 * who, february, Counts::both, who);
  const Payroll& payroll = desk.payroll;
  desk.payroll.begin(february);
  std::array<std::vector<double>, 4> answers;
  std::vector<std::thread> threads;
  for (auto& mine : answers)
    threads.emplace_back([&] {
      for (int round = 0; round < 20; ++round)
        for (std::uint32_t who = 0; who < 50; ++who) {
          const Offer offer = plain_offer();
          Outlook out;
          payroll.outlook(who, february, {}, {&offer, 1}, {&out, 1});
          mine.push_back(out.per_unit);
        }
    });
  for (std::thread& thread : threads) thread.join();
  for (const auto& mine : answers) EXPECT_EQ(mine, answers[0]);
  for (std::size_t i = 50; i < answers[0].size(); ++i) EXPECT_EQ(answers[0][i], answers[0][i - 50]);
  for (std::uint32_t who = 0; who < 50; ++who)
    EXPECT_EQ(desk.payroll.owed(who), silent.payroll.owed(who));
}

}  // namespace
