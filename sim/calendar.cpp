// SPDX-License-Identifier: Apache-2.0
#include "sim/calendar.h"

#include <fmt/format.h>

#include "sim/check.h"

namespace sim {
namespace {

constexpr std::int32_t weeks_per_quarter = 13;
constexpr std::int32_t days_per_quarter = 7 * weeks_per_quarter;
constexpr std::int32_t days_per_year = 4 * days_per_quarter;
constexpr std::int32_t long_month_days = 35;  // the 5 of 4-4-5
constexpr std::int32_t max_warmup_weeks = 52 * 100;

constexpr std::int32_t floor_divide(std::int32_t a, std::int32_t b) {
  return a / b - (a % b != 0 && (a < 0) != (b < 0));
}

constexpr std::int32_t modulo(std::int32_t a, std::int32_t b) { return a - b * floor_divide(a, b); }

constexpr std::int32_t months_in(PeriodKind kind) {
  return kind == PeriodKind::month ? 1 : kind == PeriodKind::quarter ? 3 : 12;
}

int default_fiscal_year(Date start) {
  const Date last_day = start + (days_per_year - 1);
  return (last_day - long_month_days / 2).year();
}

bool all_digits(std::string_view text) {
  return !text.empty() && text.find_first_not_of("0123456789") == text.npos;
}

int number(std::string_view digits) {
  int value = 0;
  for (char c : digits) value = 10 * value + (c - '0');
  return value;
}

// Takes `prefix` and the one to `max_digits` digits behind it off the front of `text`.
std::optional<std::string_view> take(std::string_view& text, std::string_view prefix,
                                     std::size_t max_digits) {
  if (!text.starts_with(prefix)) return std::nullopt;
  std::size_t end = prefix.size();
  while (end < text.size() && text[end] >= '0' && text[end] <= '9') ++end;
  const std::string_view digits = text.substr(prefix.size(), end - prefix.size());
  if (digits.empty() || digits.size() > max_digits) return std::nullopt;
  text.remove_prefix(end);
  return digits;
}

bool is_iso_week(std::string_view text) {
  return text.size() == 8 && text.substr(4, 2) == "-W" && all_digits(text.substr(0, 4)) &&
         all_digits(text.substr(6));
}

// Looks like an attempt at a civil date, which has its own messages.
bool is_date_shaped(std::string_view text) {
  return text.size() == 10 && text[4] == '-' && text[7] == '-';
}

}  // namespace

Calendar::Calendar(Kind kind, Date start, Week warmup_weeks, std::optional<int> fiscal_year)
    : kind_(kind), start_(start), warmup_weeks_(warmup_weeks) {
  validate(warmup_weeks >= 0 && warmup_weeks <= max_warmup_weeks,
           fmt::format("{} weeks of warm-up: 0 to {} are allowed", warmup_weeks, max_warmup_weeks));
  validate(!fiscal_year || kind == Kind::fiscal,
           "a gregorian calendar takes no fiscal year number: its years are civil ones");
  validate(!fiscal_year || (*fiscal_year >= 1 && *fiscal_year <= 9999),
           fmt::format("fiscal year {}: 1 to 9999 are allowed", fiscal_year.value_or(0)));
  first_date_ = start - 7 * warmup_weeks;
  origin_month_ = kind == Kind::fiscal ? 12 * fiscal_year.value_or(default_fiscal_year(start))
                                       : 12 * start.year() + start.month() - 1;
}

Calendar::Kind Calendar::parse_kind(std::string_view name) {
  if (name == "fiscal") return Kind::fiscal;
  if (name == "gregorian") return Kind::gregorian;
  throw BadInput(
      fmt::format("\"{}\" is no calendar; \"fiscal\" and \"gregorian\" are allowed", name));
}

Week Calendar::week_of_day(Day day) { return floor_divide(day, 7); }

Day Calendar::day_at(Week week, double time_in_week) {
  PARDNER_EXPECT(time_in_week >= 0.0 && time_in_week < 1.0);
  // 7 * t rounds up to 7 for the last t below 1: that moment is still the seventh day.
  const int day = static_cast<int>(7.0 * time_in_week);
  return 7 * week + (day < 7 ? day : 6);
}

// Months since month 0.
std::int32_t Calendar::month_number(Day day) const {
  if (kind_ == Kind::gregorian) {
    const Date civil = date(day);
    return 12 * civil.year() + civil.month() - 1 - origin_month_;
  }
  const std::int32_t week = floor_divide(day, 7) - warmup_weeks_;
  const std::int32_t week_in_quarter = modulo(week, weeks_per_quarter);
  const std::int32_t month_in_quarter = week_in_quarter < 4 ? 0 : week_in_quarter < 8 ? 1 : 2;
  return 3 * floor_divide(week, weeks_per_quarter) + month_in_quarter;
}

Day Calendar::day_of_month(std::int32_t month) const {
  if (kind_ == Kind::gregorian) {
    const std::int32_t civil = month + origin_month_;
    return day_of(Date::from_civil(floor_divide(civil, 12), modulo(civil, 12) + 1, 1));
  }
  return 7 * warmup_weeks_ + days_per_quarter * floor_divide(month, 3) + 28 * modulo(month, 3);
}

// A civil run may start in mid-quarter, so quarters and years are grouped by the number on their
// label, not by the distance from month 0.
std::int32_t Calendar::index(PeriodKind kind, Day day) const {
  const std::int32_t length = months_in(kind);
  return floor_divide(month_number(day) + origin_month_, length) -
         floor_divide(origin_month_, length);
}

Day Calendar::first_day(PeriodKind kind, std::int32_t index) const {
  const std::int32_t length = months_in(kind);
  return day_of_month((index + floor_divide(origin_month_, length)) * length - origin_month_);
}

Period Calendar::period(PeriodKind kind, std::int32_t index) const {
  const std::int32_t length = months_in(kind);
  const std::int32_t number = index + floor_divide(origin_month_, length);
  const std::int32_t per_year = 12 / length;
  const std::int32_t year = floor_divide(number, per_year);
  const std::int32_t part = modulo(number, per_year) + 1;
  const bool civil = kind_ == Kind::gregorian;
  std::string label =
      civil ? fmt::format("{:04}", year) : fmt::format("FY{:02}", modulo(year, 100));
  if (kind == PeriodKind::quarter) label += fmt::format(" Q{}", part);
  if (kind == PeriodKind::month)
    label += civil ? fmt::format("-{:02}", part) : fmt::format(" M{}", part);
  return {first_day(kind, index), first_day(kind, index + 1), std::move(label)};
}

bool Calendar::closes(PeriodKind kind, Week week) const {
  return index(kind, 7 * week) != index(kind, 7 * week + 7);
}

int Calendar::week_of_quarter(Week week) const {
  const Day begin = first_day(PeriodKind::quarter, quarter_of_week(week));
  const int full_weeks = (7 * week - begin) / 7;
  return full_weeks < weeks_per_quarter ? full_weeks : weeks_per_quarter - 1;
}

// Two digits mean the year nearest to the first one, ties to the earlier.
int Calendar::label_year(std::string_view digits) const {
  if (digits.size() == 4) return number(digits);
  const std::int32_t first = floor_divide(origin_month_, 12);
  return first - 50 + modulo(number(digits) - (first - 50), 100);
}

Date Calendar::first_date_of(PeriodKind kind, std::int32_t number) const {
  return date(first_day(kind, number - floor_divide(origin_month_, months_in(kind))));
}

Date Calendar::parse(std::string_view text) const {
  if (is_date_shaped(text)) return parse_date(text);
  try {
    if (is_iso_week(text)) return iso_monday(number(text.substr(0, 4)), number(text.substr(6)));
    return parse_labelled(text);
  } catch (const BadInput& error) {
    throw BadInput(fmt::format("\"{}\": {}", text, error.what()));
  }
}

// "FY27", "FY27 Q1", "FY27 Q1 W3", "FY27 M3"; in the gregorian kind also "2027", "2027 Q1",
// "2027-03".
Date Calendar::parse_labelled(std::string_view text) const {
  std::string_view rest = text;
  const bool civil = kind_ == Kind::gregorian && !text.starts_with("FY");
  if (const auto digits = take(rest, civil ? "" : "FY", 4);
      digits && (digits->size() == 4 || (digits->size() == 2 && !civil))) {
    const int year = label_year(*digits);
    validate(year >= 1 && year <= 9998, fmt::format("year {}: 1 to 9998 are allowed", year));
    if (rest.empty()) return first_date_of(PeriodKind::year, year);
    if (const auto month = take(rest, civil ? "-" : " M", 2); month && rest.empty())
      return month_of_year(year, number(*month));
    if (const auto quarter = take(rest, " Q", 2))
      return week_in_quarter(quarter_of_year(year, number(*quarter)), rest);
  }
  throw_no_point_in_time();
}

Date Calendar::month_of_year(int year, int month) const {
  validate(month >= 1 && month <= 12, fmt::format("month {}: a year has months 1 to 12", month));
  return first_date_of(PeriodKind::month, 12 * year + month - 1);
}

Date Calendar::quarter_of_year(int year, int quarter) const {
  validate(quarter >= 1 && quarter <= 4, fmt::format("Q{}: a year has quarters Q1 to Q4", quarter));
  return first_date_of(PeriodKind::quarter, 4 * year + quarter - 1);
}

Date Calendar::week_in_quarter(Date quarter, std::string_view rest) const {
  if (rest.empty()) return quarter;
  const auto digits = take(rest, " W", 2);
  if (!digits || !rest.empty()) throw_no_point_in_time();
  const int week = number(*digits);
  validate(week >= 1 && week <= weeks_per_quarter,
           fmt::format("W{}: a quarter has weeks W1 to W{}", week, weeks_per_quarter));
  return quarter + 7 * (week - 1);
}

void Calendar::throw_no_point_in_time() const {
  throw BadInput(
      fmt::format("no point in time; allowed: \"2027-03-01\", \"2027-W14\", \"FY27\", \"FY27 Q1\", "
                  "\"FY27 Q1 W3\", \"FY27 M3\"{}",
                  kind_ == Kind::gregorian ? ", \"2027\", \"2027 Q1\", \"2027-03\"" : ""));
}

}  // namespace sim
