// SPDX-License-Identifier: Apache-2.0
#pragma once
// What a unit of credit is worth to somebody who plans to the end of the period (EQ3, SA6): the
// programme of models/planning for a role's plan. The programme knows one thing to do, selling, and
// one cost; its figures come from the parameters reps live by:
//   pace of bookings         what the rep expects to book a week, as a share of quota
//   without effort           1 - elasticity of it
//   cost of a full week      what the first rate pays for the elastic part of an even week, so that
//                            who is paid that rate throughout works in full (SA7)
//   spread of a week         reasoning.booking_cv x sqrt(1/13) of a quarter's quota
// It prices credit towards quota only; SPIFs and the like enter as in EQ2.

#include <memory>

#include "models/ecosystem/role_payroll.h"
#include "models/planning/dynamic.h"

namespace ecosystem {

struct DynamicPlan {
  std::shared_ptr<const planning::DynamicTable> table;  // none: the plan has no quota
  double quota = 0;                                     // minor units, of the table's person

  // Pay per minor unit of credit.
  double rate(double weeks_left, double attainment, double pace) const {
    return table->rate(static_cast<int>(weeks_left + 0.5), attainment, pace, 0) / quota;
  }
};

// The table of a payroll's plan as it holds on a day, made once for all replicates of a process.
// begin(day) has been called and somebody has joined.
DynamicPlan dynamic_plan(RolePayroll& payroll, sim::Date day, double booking_cv,
                         double present_bias, double discount_per_week, double elasticity);

}  // namespace ecosystem
