// SPDX-License-Identifier: Apache-2.0
#include "models/compensation/periods.h"

#include <fmt/format.h>

namespace compensation {

// Civil months are counted from the plan year that begins in year 0.
std::int32_t Periods::month(sim::Date day) const {
  if (calendar_) return calendar_->month(calendar_->day_of(day));
  return 12 * day.year() + day.month() - first_month_;
}

std::int32_t Periods::index(Span span, sim::Date day) const {
  if (span == Span::plan) return 0;
  return floor_quotient(month(day), months_in(span));
}

sim::Date Periods::first_day_of_month(std::int32_t month) const {
  if (calendar_) return calendar_->date(calendar_->first_day(sim::PeriodKind::month, month));
  const std::int32_t civil = month + first_month_ - 1;
  return sim::Date::from_civil(floor_quotient(civil, 12),
                               civil - 12 * floor_quotient(civil, 12) + 1, 1);
}

std::string Periods::label(Span span, std::int32_t index) const {
  if (span == Span::plan) return "plan";
  if (calendar_) {
    const auto kind = span == Span::month     ? sim::PeriodKind::month
                      : span == Span::quarter ? sim::PeriodKind::quarter
                                              : sim::PeriodKind::year;
    return calendar_->period(kind, index).label;
  }
  const sim::Date first = first_day(span, index);
  if (span == Span::month) return fmt::format("{}-{:02}", first.year(), first.month());
  const std::int32_t year = floor_quotient(index, 12 / months_in(span));
  if (span == Span::year) return fmt::format("{}", year);
  return fmt::format("{}-Q{}", year, index - 4 * year + 1);
}

}  // namespace compensation
