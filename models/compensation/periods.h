// SPDX-License-Identifier: Apache-2.0
#pragma once
// The months, quarters and years of a plan (R4): civil ones, with a plan year that begins in any
// month, or those of a 52-week fiscal calendar. Periods are half-open, nest, and are numbered so
// that quarter q holds months 3q..3q+2 and year y holds months 12y..12y+11.

#include <cstdint>
#include <memory>
#include <string>

#include "sim/calendar.h"

namespace compensation {

enum class Span : std::uint8_t { month, quarter, year, plan };

constexpr int months_in(Span span) {
  return span == Span::month ? 1 : span == Span::quarter ? 3 : 12;
}

class Periods {
 public:
  Periods() = default;  // civil, years from January
  static Periods civil(int first_month) {
    Periods periods;
    periods.first_month_ = first_month;
    return periods;
  }
  // A simulation's calendar, whichever kind it is.
  static Periods of(std::shared_ptr<const sim::Calendar> calendar) {
    Periods periods;
    periods.calendar_ = std::move(calendar);
    return periods;
  }

  std::int32_t month(sim::Date day) const;
  std::int32_t index(Span span, sim::Date day) const;  // plan: always 0
  sim::Date first_day_of_month(std::int32_t month) const;
  sim::Date first_day(Span span, std::int32_t index) const {
    return first_day_of_month(index * months_in(span));
  }
  sim::Date last_day(Span span, std::int32_t index) const { return first_day(span, index + 1) - 1; }
  std::string label(Span span, std::int32_t index) const;  // "2027-01", "2027-Q1", "2027", "plan"

 private:
  std::shared_ptr<const sim::Calendar> calendar_;
  int first_month_ = 1;
};

constexpr std::int32_t floor_quotient(std::int32_t a, std::int32_t b) {
  return a / b - (a % b < 0 ? 1 : 0);
}

}  // namespace compensation
