// SPDX-License-Identifier: Apache-2.0
#pragma once
// A whole deal log paid by a plan: credits from splits, roll-ups and claims, then the pay engine
// period after period.

#include <memory>
#include <string>
#include <vector>

#include "models/compensation/deal_log.h"
#include "models/compensation/payroll.h"

namespace compensation {

struct Statement {
  std::unique_ptr<Payroll> payroll;  // lines, entries, payouts; deals by their number in the log
  std::int64_t credited = 0;         // amount of all deals credited, for payout / revenue
  std::int32_t first_period = 0, last_period = -1;
};

Statement pay(std::shared_ptr<const Plan> plan, const DealLog& log, Payroll::Trace trace);

// What each payee is credited for each deal, in the order the engine takes credits.
std::vector<Credit> credits_of(const Plan& plan, const DealLog& log, Payroll& payroll);

}  // namespace compensation
