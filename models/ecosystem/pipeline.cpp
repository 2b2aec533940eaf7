// SPDX-License-Identifier: Apache-2.0
// What the vendor believes of its pipeline, and what it is worth (F11). Summed in whole minor units
// by need or opportunity, so that no order matters.
#include "models/ecosystem/model.h"

namespace ecosystem {

void World::report(const sim::Step& step) { the<Reporting>()(opportunities, step); }

std::int64_t World::pipeline_reported() const {
  return pipeline_reported(Role::account_executive) + pipeline_reported(Role::partner_seller);
}

std::int64_t World::pipeline_reported(Role of) const {
  const Reporting& reporting = the<Reporting>();
  const auto rivals = static_cast<std::size_t>(the<Market>().rivals);
  const auto believed = the<Choice>().chances(rivals, 1.0);
  const std::int32_t since = reporting.alive_since(week_);
  std::int64_t sum = 0;
  for (std::size_t i = 0; i < opportunities.size(); ++i) {
    const Opportunities::Id row(i);
    if (!opportunities.alive(row) || opportunities.engaged_day[row] == never) continue;
    const Role role = reps.role[opportunities.rep[row]];
    if (role != of || opportunities.joint_with[row] > 0) continue;  // the executive reports it
    double chance = reporting.reported(believed[opportunities.stage[row]], role);
    if (opportunities.audited[row] != 0)
      chance = opportunities.worked_week[row] < since
                   ? 0
                   : the<Choice>().chance(row, opportunities, reps, rivals);
    sum += Money::rounded(chance * static_cast<double>(needs.value[opportunities.need[row]])).minor;
  }
  return sum;
}

std::int64_t World::pipeline_true() const {
  const auto rivals = static_cast<std::size_t>(the<Market>().rivals);
  const std::int32_t since = the<Reporting>().alive_since(week_);
  std::int64_t sum = 0;
  for (std::size_t i = 0; i < needs.size(); ++i) {
    const Needs::Id need(i);
    if (!needs.alive(need) || needs.opportunities[need] == 0) continue;
    const double chance = the<Choice>().chance(need, needs, opportunities, reps, rivals, since);
    sum += Money::rounded(chance * static_cast<double>(needs.value[need])).minor;
  }
  return sum;
}

}  // namespace ecosystem
