// SPDX-License-Identifier: Apache-2.0
#pragma once
// People are asked for at a date and come after the time to hire; then they ramp (effort.h,
// program.h). What they cost beside commission is paid by the week from their first day.

#include <cmath>

#include "models/ecosystem/company.h"
#include "models/ecosystem/state.h"
#include "sim/field.h"

namespace ecosystem {

struct Hiring {
  std::int64_t account_executives = 0;
  std::int64_t partner_managers = 0;
  double weeks_to_hire = 10;
  Money fee = Money::whole(15'000);
  static constexpr auto fields = sim::Pack{
      sim::field(
          &Hiring::account_executives,
          {.name = "account_executives",
           .unit = "1",
           .meaning = "account executives to hire, asked for at the start (or at the date of "
                      "an intervention)",
           .min = 0,
           .max = 1e5}),
      sim::field(
          &Hiring::partner_managers,
          {.name = "partner_managers",
           .unit = "1",
           .meaning = "partner managers to hire, asked for at the start (or at the date of an "
                      "intervention)",
           .min = 0,
           .max = 1e5}),
      sim::field(&Hiring::weeks_to_hire, {.name = "weeks_to_hire",
                                          .unit = "week",
                                          .meaning = "from asking for somebody to their first day",
                                          .low = 6,
                                          .high = 16,
                                          .distribution = Distribution::uniform,
                                          .min = 0,
                                          .max = 260,
                                          .role = sim::Role::uncertainty}),
      sim::field(&Hiring::fee, {.name = "fee",
                                .unit = "currency",
                                .meaning = "agency and advertising, per person hired",
                                .min = 0,
                                .max = 1e8})};

  std::int32_t first_day_week(int asked_week) const {
    return asked_week + static_cast<std::int32_t>(std::ceil(weeks_to_hire));
  }
};

// Base salary, on-costs and tools of one person for a year.
template <class Employment>
std::int64_t fixed_cost(const Employment& job) {
  return (job.base_pay + job.base_pay.share(job.on_cost) + job.tools).minor;
}

}  // namespace ecosystem
