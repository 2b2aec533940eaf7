// SPDX-License-Identifier: Apache-2.0
#pragma once
// The one calendar of a run: which day, month, quarter and year a moment of simulated time is.
//
// Weeks and days. Time is counted in weeks from week 0; week w holds the seven days [7w, 7w + 7).
// A Day counts days from the first day of week 0. Week 0 begins 7 * warmup_weeks days before
// `start`: the warm-up is weeks [0, warmup_weeks), the run proper begins with week `warmup_weeks`,
// whose first day is `start`, whatever weekday that is. Days and weeks before week 0 are negative
// and just as valid (a date in a log, a contract signed long ago).
//
// Periods (months, quarters, years) are half-open, [first_day, end_day), cover all of time without
// gap or overlap, and nest: a quarter is three months, a year four quarters. They are numbered so
// that period 0 holds `start`; earlier ones are negative.
//   fiscal     years of 52 weeks counted from `start`, quarters of 13 weeks, months of 4, 4 and 5
//              weeks; every period begins and ends with a week. A 52-week year is a day or two
//              shorter than a civil one, so after n years the boundary has moved about 1.25 n days
//              towards the start of the civil year.
//   gregorian  civil months, quarters and years, for logs of real companies. They begin on any day
//              of a week; the DAY of an event decides its period. A question about a whole week is
//              answered for its first day, except closes(): a week closes a period if the period's
//              last day is one of the week's seven.
//
// Values never change after construction, so any thread may ask.

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "sim/date.h"

namespace sim {

using Day = std::int32_t;   // since the first day of week 0
using Week = std::int32_t;  // since week 0

enum class PeriodKind : std::uint8_t { month, quarter, year };

// label: fiscal "FY27", "FY27 Q1", "FY27 M3"; gregorian "2027", "2027 Q1", "2027-03".
struct Period {
  Day first_day;
  Day end_day;  // exclusive
  std::string label;
};

class Calendar {
 public:
  enum class Kind : std::uint8_t { fiscal, gregorian };

  // fiscal_year: the number of the fiscal year that begins at `start`. By default the civil year
  // that holds the middle of its last month: a year from 1 February 2027 is FY28, one from the
  // first Monday of January 2027 is FY27 although its last day is 2 January 2028. The gregorian
  // kind takes no number (its years have their own). Throws BadInput.
  explicit Calendar(Kind kind, Date start, Week warmup_weeks = 0,
                    std::optional<int> fiscal_year = std::nullopt);

  static Kind parse_kind(std::string_view name);  // "fiscal" or "gregorian", else BadInput

  Kind kind() const { return kind_; }
  Date start() const { return start_; }
  Week warmup_weeks() const { return warmup_weeks_; }
  Week start_week() const { return warmup_weeks_; }

  // Days, weeks, dates.
  Date date(Day day) const { return first_date_ + day; }
  Date date(Week week, int day_in_week) const { return first_date_ + (7 * week + day_in_week); }
  Day day_of(Date date) const { return date - first_date_; }
  Week week_of(Date date) const { return week_of_day(day_of(date)); }
  static Week week_of_day(Day day);
  static int day_in_week(Day day) { return day - 7 * week_of_day(day); }  // 0..6
  // The day of a moment `time_in_week` in [0, 1) of the week: sevenths, half-open.
  static Day day_at(Week week, double time_in_week);

  // Periods by number, and the number of the period that holds a day or a week's first day.
  Period period(PeriodKind kind, std::int32_t index) const;
  Day first_day(PeriodKind kind, std::int32_t index) const;
  std::int32_t index(PeriodKind kind, Day day) const;
  std::int32_t index_of_week(PeriodKind kind, Week week) const { return index(kind, 7 * week); }
  Period period_of(PeriodKind kind, Day day) const { return period(kind, index(kind, day)); }
  bool closes(PeriodKind kind, Week week) const;

  std::int32_t month(Day day) const { return index(PeriodKind::month, day); }
  std::int32_t quarter(Day day) const { return index(PeriodKind::quarter, day); }
  std::int32_t year(Day day) const { return index(PeriodKind::year, day); }
  std::int32_t month_of_week(Week week) const { return month(7 * week); }
  std::int32_t quarter_of_week(Week week) const { return quarter(7 * week); }
  std::int32_t year_of_week(Week week) const { return year(7 * week); }
  bool closes_month(Week week) const { return closes(PeriodKind::month, week); }
  bool closes_quarter(Week week) const { return closes(PeriodKind::quarter, week); }
  bool closes_year(Week week) const { return closes(PeriodKind::year, week); }
  // 0..12, from the quarter's first day. Days 91 and 92 of a civil quarter count with week 12, as
  // day 91 does.
  int week_of_quarter(Week week) const;

  // A point in time as scenarios write it; the answer is its first day.
  //   "2027-03-01"                      a date
  //   "2027-W14"                        the Monday of an ISO week; W53 only in years that have one
  //   "FY27", "FY2027"                  a year: in the gregorian kind the civil one, and so below;
  //   "FY27 Q1", "FY27 Q1 W3"           two digits mean the year nearest to the first one
  //   "FY27 M3"                         the third month of the year
  //   "2027", "2027 Q1", "2027-03"      civil periods, gregorian kind only
  // Anything else is BadInput, saying what was found and what is allowed.
  Date parse(std::string_view text) const;

 private:
  Date parse_labelled(std::string_view text) const;
  Date month_of_year(int year, int month) const;
  Date quarter_of_year(int year, int quarter) const;
  Date week_in_quarter(Date quarter, std::string_view rest) const;
  [[noreturn]] void throw_no_point_in_time() const;
  Date first_date_of(PeriodKind kind, std::int32_t number) const;
  std::int32_t month_number(Day day) const;
  Day day_of_month(std::int32_t month) const;
  int label_year(std::string_view digits) const;

  Kind kind_;
  Date start_;
  Week warmup_weeks_;
  Date first_date_;            // of week 0
  std::int32_t origin_month_;  // 12 * year + month (0..11) that label month 0
};

}  // namespace sim
