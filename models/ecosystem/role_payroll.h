// SPDX-License-Identifier: Apache-2.0
#pragma once
// The people who are paid by one plan, as the economy sees them: they join, get credit, and are
// paid on the paydays of the run's calendar. The pay engine itself is models/compensation.

#include <memory>
#include <vector>

#include "models/compensation/payroll.h"
#include "sim/calendar.h"
#include "sim/key.h"

namespace ecosystem {

// What the scenario says of a role's plan: base rate up to the quota of a quarter, base rate x
// accelerator above it, marginal (R6, R10); paid by the quarter, credited when booked.
struct PlanTerms {
  std::int64_t quota = 0;  // per quarter [minor units]; 0: the base rate always
  double base_rate = 0, accelerator = 1;
  friend bool operator==(const PlanTerms&, const PlanTerms&) = default;
};

class RolePayroll {
 public:
  RolePayroll(const PlanTerms& terms, std::shared_ptr<const sim::Calendar> calendar);

  // From a day on other terms hold (R3); nothing happens if they are those that hold.
  void change(const PlanTerms& terms, sim::Date from);

  std::uint32_t join(sim::Key person, std::size_t row);  // their number here
  std::size_t row(std::uint32_t who) const { return rows_[who]; }

  // More credit for somebody; returns what it makes due [minor units]. Days do not go back.
  std::int64_t credit(std::uint32_t who, sim::Key deal, sim::Date day, std::int64_t amount);

  struct Pay {
    std::uint32_t who;
    std::int64_t accrued, payable;  // since the last payday
  };
  // The paydays up to and including `day`; who is paid nothing is not listed.
  std::vector<Pay> paydays(sim::Date day);

  void begin(sim::Date day) { payroll_->begin(day); }
  // Expected pay on the next unit of credit (EQ2); begin(day) first. Any thread may ask.
  double expected_rate(std::uint32_t who, sim::Date day, double cv) const {
    return payroll_->expected_rate(who, day, cv);
  }
  std::int64_t accrued(std::uint32_t who) const { return accrued_[who]; }

 private:
  void settle_before(sim::Date day);

  PlanTerms terms_;
  std::shared_ptr<const compensation::Plan> plan_;
  std::unique_ptr<compensation::Payroll> payroll_;
  std::uint32_t kind_ = 0;
  std::vector<std::int64_t> accrued_;
  std::vector<std::size_t> rows_;
  std::vector<Pay> waiting_;         // settled, not yet fetched
  std::int32_t period_ = INT32_MIN;  // pay period that is open
};

}  // namespace ecosystem
