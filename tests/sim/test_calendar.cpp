// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>
#include <rapidcheck.h>

#include <array>
#include <set>
#include <string>

#include "sim/calendar.h"
#include "sim/check.h"

using sim::BadInput;
using sim::Calendar;
using sim::Date;
using sim::PeriodKind;
using Kind = sim::Calendar::Kind;

namespace {

constexpr std::array all_periods{PeriodKind::month, PeriodKind::quarter, PeriodKind::year};

Date date(const char* text) { return sim::parse_date(text); }

template <class Call>
std::string message_of(Call call) {
  try {
    call();
  } catch (const BadInput& error) {
    return error.what();
  }
  return "";
}

void expect_contains(const std::string& text, const std::string& part) {
  EXPECT_NE(text.find(part), std::string::npos) << "\"" << text << "\" lacks \"" << part << "\"";
}

Calendar any_calendar() {
  const auto kind = *rc::gen::element(Kind::fiscal, Kind::gregorian);
  const Date start{*rc::gen::inRange(date("1995-01-01").days, date("2060-01-01").days)};
  return Calendar(kind, start, *rc::gen::inRange(0, 300));
}

}  // namespace

TEST(Date, CivilDaysIncludingLeapYears) {
  EXPECT_EQ(date("1970-01-01").days, 0);
  EXPECT_EQ(date("1969-12-31").days, -1);
  EXPECT_EQ(date("2028-03-01") - date("2028-02-28"), 2);
  EXPECT_EQ(date("2027-03-01") - date("2027-02-28"), 1);
  EXPECT_EQ(date("2000-02-29").text(), "2000-02-29");
  EXPECT_EQ(date("2028-02-29").month(), 2);
  expect_contains(message_of([] { date("2027-02-29"); }), "February 2027 has 28 days");
  expect_contains(message_of([] { date("2100-02-29"); }), "February 2100 has 28 days");
}

TEST(Date, ReadsOnlyStrictIso) {
  for (const char* text : {"", "2027", "2027-3-1", "2027/03/01", "01-03-2027", "2027-03-01 ",
                           " 2027-03-01", "2027-03-0a", "+027-03-01", "2027-13-01", "2027-00-10",
                           "2027-04-31", "2027-04-00", "0000-01-01"})
    EXPECT_THROW(date(text), BadInput) << text;
}

TEST(Date, IsoWeeks) {
  const std::set<int> long_years{2004, 2009, 2015, 2020, 2026, 2032, 2037};
  for (int year = 2004; year <= 2040; ++year)
    EXPECT_EQ(sim::iso_weeks(year), long_years.contains(year) ? 53 : 52) << year;
  EXPECT_EQ(sim::iso_monday(2027, 1), date("2027-01-04"));
  EXPECT_EQ(sim::iso_monday(2026, 1), date("2025-12-29"));
  EXPECT_EQ(sim::iso_monday(2026, 53), date("2026-12-28"));
  EXPECT_EQ(sim::iso_monday(2027, 14), date("2027-04-05"));
}

TEST(FiscalCalendar, YearsQuartersAndMonthsAre52And13And445Weeks) {
  const Calendar calendar(Kind::fiscal, date("2027-02-01"));
  const int lengths[] = {4, 4, 5};
  int week = 0;
  for (int month = 0; month < 60; ++month) {
    const auto period = calendar.period(PeriodKind::month, month);
    EXPECT_EQ(period.first_day, 7 * week);
    week += lengths[month % 3];
    EXPECT_EQ(period.end_day, 7 * week);
  }
  EXPECT_EQ(week, 5 * 52);
  for (int w = 0; w < 5 * 52; ++w) {
    EXPECT_EQ(calendar.quarter_of_week(w), w / 13);
    EXPECT_EQ(calendar.year_of_week(w), w / 52);
    EXPECT_EQ(calendar.week_of_quarter(w), w % 13);
    EXPECT_EQ(calendar.closes_quarter(w), w % 13 == 12);
    EXPECT_EQ(calendar.closes_year(w), w % 52 == 51);
    EXPECT_EQ(calendar.closes_month(w), w % 13 == 3 || w % 13 == 7 || w % 13 == 12);
  }
}

TEST(FiscalCalendar, NumbersTheYear) {
  const auto first_label = [](const char* start) {
    return Calendar(Kind::fiscal, date(start)).period(PeriodKind::year, 0).label;
  };
  EXPECT_EQ(first_label("2027-02-01"), "FY28");
  EXPECT_EQ(first_label("2027-01-01"), "FY27");
  EXPECT_EQ(first_label("2027-01-04"), "FY27");  // although it ends on 2 January 2028
  EXPECT_EQ(first_label("2026-07-01"), "FY27");
  EXPECT_EQ(first_label("2026-12-28"), "FY27");
  const Calendar named(Kind::fiscal, date("2027-02-01"), 0, 2027);
  EXPECT_EQ(named.period(PeriodKind::quarter, 0).label, "FY27 Q1");
  EXPECT_EQ(named.period(PeriodKind::quarter, 7).label, "FY28 Q4");
  EXPECT_EQ(named.period(PeriodKind::month, 14).label, "FY28 M3");
  EXPECT_EQ(named.period(PeriodKind::year, -1).label, "FY26");
}

TEST(FiscalCalendar, WarmUpLiesInEarlierPeriods) {
  const Calendar calendar(Kind::fiscal, date("2027-02-01"), 60);
  EXPECT_EQ(calendar.date(60, 0), date("2027-02-01"));
  EXPECT_EQ(calendar.week_of(date("2027-02-01")), 60);
  EXPECT_EQ(calendar.week_of(date("2027-01-31")), 59);
  EXPECT_EQ(calendar.quarter_of_week(60), 0);
  EXPECT_EQ(calendar.quarter_of_week(59), -1);
  EXPECT_EQ(calendar.year_of_week(8), -1);
  EXPECT_EQ(calendar.year_of_week(7), -2);
  EXPECT_TRUE(calendar.closes_year(59));
  EXPECT_TRUE(calendar.closes_quarter(59));
  EXPECT_EQ(calendar.week_of_quarter(59), 12);
  EXPECT_EQ(calendar.week_of_quarter(-1), 4);  // 61 weeks before start: 5 quarters less 4
  EXPECT_EQ(calendar.period(PeriodKind::quarter, -1).label, "FY27 Q4");
  EXPECT_EQ(calendar.week_of(calendar.date(-1)), -1);
  EXPECT_EQ(Calendar::day_in_week(-1), 6);
}

TEST(GregorianCalendar, PeriodsAreCivilAndDecidedByTheDay) {
  const Calendar calendar(Kind::gregorian, date("2016-10-20"));  // a Thursday
  const auto quarter_end = calendar.day_of(date("2016-12-31"));
  EXPECT_EQ(calendar.quarter(quarter_end), 0);
  EXPECT_EQ(calendar.quarter(quarter_end + 1), 1);
  EXPECT_EQ(calendar.year(quarter_end + 1), 1);
  const int week = Calendar::week_of_day(quarter_end);
  EXPECT_EQ(Calendar::week_of_day(quarter_end + 1), week) << "the quarter ends in mid-week";
  EXPECT_TRUE(calendar.closes_quarter(week));
  EXPECT_FALSE(calendar.closes_quarter(week - 1));
  EXPECT_FALSE(calendar.closes_quarter(week + 1));
  EXPECT_EQ(calendar.quarter_of_week(week), 0);
  EXPECT_EQ(calendar.quarter_of_week(week + 1), 1);

  const auto first = calendar.period(PeriodKind::quarter, 0);
  EXPECT_EQ(calendar.date(first.first_day), date("2016-10-01"));
  EXPECT_EQ(calendar.date(first.end_day), date("2017-01-01"));
  EXPECT_EQ(first.label, "2016 Q4");
  EXPECT_EQ(calendar.period(PeriodKind::month, 4).label, "2017-02");
  EXPECT_EQ(calendar.period(PeriodKind::year, 1).label, "2017");
}

TEST(GregorianCalendar, LeapDayIsADayOfFebruary) {
  const Calendar calendar(Kind::gregorian, date("2028-01-01"));
  const auto february = calendar.period(PeriodKind::month, 1);
  EXPECT_EQ(february.end_day - february.first_day, 29);
  EXPECT_EQ(calendar.month(calendar.day_of(date("2028-02-29"))), 1);
  const auto year = calendar.period(PeriodKind::year, 0);
  EXPECT_EQ(year.end_day - year.first_day, 366);
}

TEST(GregorianCalendar, WeekWhoseLastDayEndsTheQuarterClosesIt) {
  const Calendar calendar(Kind::gregorian, date("2027-03-25"));  // 31 March is day 6
  EXPECT_TRUE(calendar.closes_quarter(0));
  EXPECT_TRUE(calendar.closes_month(0));
  EXPECT_FALSE(calendar.closes_quarter(1));
  EXPECT_FALSE(calendar.closes_year(0));
}

TEST(Calendar, ParsesPointsInTime) {
  const Calendar calendar(Kind::fiscal, date("2026-02-02"));  // FY27
  EXPECT_EQ(calendar.parse("2027-03-01"), date("2027-03-01"));
  EXPECT_EQ(calendar.parse("FY27"), date("2026-02-02"));
  EXPECT_EQ(calendar.parse("FY2027"), date("2026-02-02"));
  EXPECT_EQ(calendar.parse("FY27 Q1"), date("2026-02-02"));
  EXPECT_EQ(calendar.parse("FY27 Q2"), date("2026-05-04"));
  EXPECT_EQ(calendar.parse("FY27 Q1 W3"), date("2026-02-16"));
  EXPECT_EQ(calendar.parse("FY27 Q4 W13") + 7, calendar.parse("FY28"));
  EXPECT_EQ(calendar.parse("FY27 M3"), date("2026-03-30"));
  EXPECT_EQ(calendar.parse("FY26 Q4"), date("2025-11-03"));
  EXPECT_EQ(calendar.parse("2027-W14"), date("2027-04-05"));
  EXPECT_EQ(calendar.parse("2026-W53"), date("2026-12-28"));
}

TEST(Calendar, ParsesCivilPeriodsInTheGregorianKind) {
  const Calendar calendar(Kind::gregorian, date("2016-10-20"));
  for (const char* text : {"FY17 Q2", "2017 Q2", "2017-04", "FY17 M4", "FY2017 Q2 W1"})
    EXPECT_EQ(calendar.parse(text), date("2017-04-01")) << text;
  EXPECT_EQ(calendar.parse("2017"), date("2017-01-01"));
  EXPECT_EQ(calendar.parse("FY17 Q2 W2"), date("2017-04-08"));
  EXPECT_EQ(calendar.parse("FY98"), date("1998-01-01"));
}

TEST(Calendar, SaysWhatIsWrongWithAPointInTime) {
  const Calendar calendar(Kind::fiscal, date("2026-02-02"));
  const auto message = [&](const char* text) { return message_of([&] { calendar.parse(text); }); };
  expect_contains(message("2027-W53"), "\"2027-W53\": week 53: 2027 has 52 ISO weeks");
  expect_contains(message("2026-W54"), "2026 has 53 ISO weeks");
  expect_contains(message("2027-W00"), "2027 has 52 ISO weeks");
  expect_contains(message("FY27 Q5"), "Q1 to Q4");
  expect_contains(message("FY27 Q1 W14"), "W1 to W13");
  expect_contains(message("FY27 M13"), "months 1 to 12");
  expect_contains(message("2027-02-30"), "February 2027 has 28 days");
  for (const char* text : {"", "FY", "FY7", "FY027", "fy27", "FY27Q1", "FY27 Q", "FY27 Q1 W",
                           "FY27 Q1 W3 ", "FY27 Q1 M2", "Q1 FY27", "2027 Q1", "2027-03", "2027",
                           "2027-W5", "2027W14", "next spring", "FY99999", "FY0000"})
    EXPECT_FALSE(message(text).empty()) << text;
  expect_contains(message("next spring"), "\"next spring\": no point in time; allowed: ");
}

TEST(Calendar, RefusesWhatItCannotBe) {
  EXPECT_THROW(Calendar::parse_kind("lunar"), BadInput);
  EXPECT_EQ(Calendar::parse_kind("gregorian"), Kind::gregorian);
  EXPECT_THROW(Calendar(Kind::fiscal, date("2027-01-01"), -1), BadInput);
  EXPECT_THROW(Calendar(Kind::gregorian, date("2027-01-01"), 0, 2027), BadInput);
  EXPECT_THROW(Calendar(Kind::fiscal, date("2027-01-01"), 0, 0), BadInput);
}

TEST(Calendar, TimeInWeekFallsOnOneOfSevenDays) {
  EXPECT_EQ(Calendar::day_at(3, 0.0), 21);
  EXPECT_EQ(Calendar::day_at(3, 0.5), 24);
  EXPECT_EQ(Calendar::day_at(3, 0x1.fffffffffffffp-1), 27);
  EXPECT_EQ(Calendar::day_at(-1, 0.999), -1);
}

TEST(CalendarProperty, DateToWeekToDate) {
  EXPECT_TRUE(rc::check([] {
    const Calendar calendar = any_calendar();
    const Date when = calendar.start() + *rc::gen::inRange(-5000, 20000);
    const auto week = calendar.week_of(when);
    const auto day_in_week = Calendar::day_in_week(calendar.day_of(when));
    RC_ASSERT(day_in_week >= 0 && day_in_week < 7);
    RC_ASSERT(calendar.date(week, day_in_week) == when);
    RC_ASSERT(sim::parse_date(when.text()) == when);
    RC_ASSERT(Date::from_civil(when.year(), when.month(), when.day()) == when);
  }));
}

TEST(CalendarProperty, PeriodsPartitionTimeAndNest) {
  EXPECT_TRUE(rc::check([] {
    const Calendar calendar = any_calendar();
    const auto day = *rc::gen::inRange(-5000, 20000);
    for (PeriodKind kind : all_periods) {
      const auto index = calendar.index(kind, day);
      const auto period = calendar.period(kind, index);
      RC_ASSERT(period.first_day <= day && day < period.end_day);
      RC_ASSERT(calendar.index(kind, period.first_day) == index);
      RC_ASSERT(calendar.index(kind, period.first_day - 1) == index - 1);
      RC_ASSERT(calendar.period(kind, index + 1).first_day == period.end_day);
    }
    const auto quarter = calendar.period_of(PeriodKind::quarter, day);
    RC_ASSERT(calendar.month(quarter.end_day - 1) - calendar.month(quarter.first_day) == 2);
    const auto year = calendar.period_of(PeriodKind::year, day);
    RC_ASSERT(calendar.quarter(year.end_day - 1) - calendar.quarter(year.first_day) == 3);
    RC_ASSERT(calendar.index(PeriodKind::month, calendar.day_of(calendar.start())) == 0);
  }));
}

TEST(CalendarProperty, EachPeriodIsClosedByOneWeek) {
  EXPECT_TRUE(rc::check([] {
    const Calendar calendar = any_calendar();
    const auto index = *rc::gen::inRange(-50, 100);
    for (PeriodKind kind : all_periods) {
      const auto period = calendar.period(kind, index);
      const auto last_week = Calendar::week_of_day(period.end_day - 1);
      RC_ASSERT(calendar.closes(kind, last_week));
      for (auto w = Calendar::week_of_day(period.first_day) + 1; w < last_week; ++w)
        RC_ASSERT(!calendar.closes(kind, w));
    }
    const auto week = *rc::gen::inRange(-500, 500);
    RC_ASSERT(calendar.week_of_quarter(week) >= 0 && calendar.week_of_quarter(week) <= 12);
  }));
}

TEST(CalendarProperty, LabelsParseBackToTheirFirstDay) {
  EXPECT_TRUE(rc::check([] {
    const Calendar calendar = any_calendar();
    const auto day = *rc::gen::inRange(-5000, 10000);
    for (PeriodKind kind : all_periods) {
      const auto period = calendar.period_of(kind, day);
      RC_ASSERT(calendar.parse(period.label) == calendar.date(period.first_day));
    }
  }));
}

// Any text either parses to a day or is BadInput; nothing else escapes.
TEST(CalendarProperty, HostileTextIsBadInputOrADay) {
  EXPECT_TRUE(rc::check([] {
    const Calendar calendar = any_calendar();
    const auto text =
        *rc::gen::container<std::string>(rc::gen::elementOf(std::string("FYQWM 0123456789-")));
    try {
      calendar.parse(text);
    } catch (const BadInput&) {
    }
  }));
}
