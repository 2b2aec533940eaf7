// SPDX-License-Identifier: Apache-2.0
#pragma once
// A civil day, and the two ways ISO 8601 writes one: "2027-03-01" and the Monday of "2027-W14".
// The proleptic Gregorian calendar of std::chrono; no time of day, no time zone.

#include <compare>
#include <cstdint>
#include <string>
#include <string_view>

namespace sim {

struct Date {
  std::int32_t days = 0;  // since 1970-01-01, negative before

  // Throws BadInput if there is no such day ("February 2027 has 28 days") or the year is not in
  // 1..9999.
  static Date from_civil(int year, int month, int day);

  int year() const;
  int month() const;         // 1..12
  int day() const;           // 1..31
  std::string text() const;  // "2027-03-01"

  friend constexpr auto operator<=>(Date, Date) = default;
  friend constexpr Date operator+(Date date, std::int32_t n) { return {date.days + n}; }
  friend constexpr Date operator-(Date date, std::int32_t n) { return {date.days - n}; }
  friend constexpr std::int32_t operator-(Date a, Date b) { return a.days - b.days; }
};

// Exactly "YYYY-MM-DD"; anything else is BadInput.
Date parse_date(std::string_view text);

// Weeks run from Monday to Sunday; week 1 of a year is the one that holds 4 January, so some days
// of a year lie in a week of the year before or after, and a year has 52 or 53 weeks.
int iso_weeks(int year);
Date iso_monday(int year, int week);  // throws BadInput unless week is in 1..iso_weeks(year)

}  // namespace sim
