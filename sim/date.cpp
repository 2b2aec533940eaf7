// SPDX-License-Identifier: Apache-2.0
#include "sim/date.h"

#include <fmt/format.h>

#include <array>
#include <chrono>

#include "sim/check.h"

namespace sim {
namespace {

using namespace std::chrono;

constexpr std::array<const char*, 12> month_names{"January",   "February", "March",    "April",
                                                  "May",       "June",     "July",     "August",
                                                  "September", "October",  "November", "December"};

year_month_day civil(Date date) { return year_month_day{sys_days{days{date.days}}}; }

Date from_chrono(sys_days day) {
  return {static_cast<std::int32_t>(day.time_since_epoch().count())};
}

void validate_year(int year) {
  validate(year >= 1 && year <= 9999, fmt::format("year {}: years 1 to 9999 are allowed", year));
}

// Monday of ISO week 1: the week that holds 4 January.
Date first_monday(int year) {
  const sys_days fourth{std::chrono::year{year} / January / 4};
  return from_chrono(fourth - (weekday{fourth} - Monday));
}

// The number written in text[first, first + count), or -1 if a character is not a digit.
int digits(std::string_view text, std::size_t first, std::size_t count) {
  int number = 0;
  for (char c : text.substr(first, count)) {
    if (c < '0' || c > '9') return -1;
    number = number * 10 + (c - '0');
  }
  return number;
}

}  // namespace

Date Date::from_civil(int year, int month, int day) {
  validate_year(year);
  validate(month >= 1 && month <= 12, fmt::format("month {}: a year has months 1 to 12", month));
  const auto last = std::chrono::year{year} / std::chrono::month{static_cast<unsigned>(month)} /
                    std::chrono::last;
  const int length = static_cast<int>(static_cast<unsigned>(year_month_day{last}.day()));
  validate(day >= 1 && day <= length,
           fmt::format("day {}: {} {} has {} days", day, month_names[month - 1], year, length));
  return from_chrono(sys_days{last} - std::chrono::days{length - day});
}

int Date::year() const { return static_cast<int>(civil(*this).year()); }
int Date::month() const { return static_cast<int>(static_cast<unsigned>(civil(*this).month())); }
int Date::day() const { return static_cast<int>(static_cast<unsigned>(civil(*this).day())); }

std::string Date::text() const {
  const year_month_day ymd = civil(*this);
  return fmt::format("{:04}-{:02}-{:02}", static_cast<int>(ymd.year()),
                     static_cast<unsigned>(ymd.month()), static_cast<unsigned>(ymd.day()));
}

Date parse_date(std::string_view text) {
  const bool shape = text.size() == 10 && text[4] == '-' && text[7] == '-';
  const int year = shape ? digits(text, 0, 4) : -1;
  const int month = shape ? digits(text, 5, 2) : -1;
  const int day = shape ? digits(text, 8, 2) : -1;
  validate(year >= 0 && month >= 0 && day >= 0,
           fmt::format("\"{}\" is no date; a date is written like \"2027-03-01\"", text));
  try {
    return Date::from_civil(year, month, day);
  } catch (const BadInput& error) {
    throw BadInput(fmt::format("\"{}\" is no date: {}", text, error.what()));
  }
}

int iso_weeks(int year) {
  validate_year(year);
  return (first_monday(year + 1) - first_monday(year)) / 7;
}

Date iso_monday(int year, int week) {
  const int weeks = iso_weeks(year);
  validate(week >= 1 && week <= weeks,
           fmt::format("week {}: {} has {} ISO weeks, W01 to W{}", week, year, weeks, weeks));
  return first_monday(year) + 7 * (week - 1);
}

}  // namespace sim
