// SPDX-License-Identifier: Apache-2.0
#include "models/ecosystem/crm.h"

#include "models/ecosystem/model.h"

namespace ecosystem {

Crm crm_of(const World& world) {
  Crm crm;
  const auto add = [&](std::int64_t rep, const std::array<std::int64_t, Crm::fields - 2>& rest) {
    crm.columns[Crm::rep].push_back(rep);
    const Reps::Id row(static_cast<std::size_t>(rep));
    crm.columns[Crm::role].push_back(static_cast<std::int64_t>(world.reps.role[row]));
    for (std::size_t i = 0; i < rest.size(); ++i) crm.columns[Crm::account + i].push_back(rest[i]);
  };
  for (std::size_t i = 0; i < world.log.size(); ++i) {
    const Log::Id row(i);
    const Log& log = world.log;
    add(log.rep[row], {log.account[row], log.product[row], log.outcome[row], log.engaged_day[row],
                       log.closed_day[row], log.value[row]});
  }
  const Opportunities& open = world.opportunities;
  for (std::size_t i = 0; i < open.size(); ++i) {
    const Opportunities::Id row(i);
    if (!open.alive(row) || open.engaged_day[row] == never) continue;
    const Needs::Id need = open.need[row];
    add(open.rep[row].index(),
        {world.needs.account[need].index(), world.needs.product[need].index(),
         static_cast<std::int64_t>(Outcome::open), open.engaged_day[row], -1, 0});
  }
  return crm;
}

const Crm& World::crm() const {
  if (crm_week_ != week_) crm_ = crm_of(*this);
  crm_week_ = week_;
  return crm_;
}

}  // namespace ecosystem
