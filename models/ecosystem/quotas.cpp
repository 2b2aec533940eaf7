// SPDX-License-Identifier: Apache-2.0
// Whose quota is what: the phase and the parts of `quota_setting`.
#include <algorithm>

#include "models/ecosystem/model.h"

namespace ecosystem {

void World::set_quotas(const sim::Step& step) {
  const int now = step.week();
  if (!the<QuotaSetting>().individual() || now == 0) return;
  if (!step.calendar().closes_year(now - 1)) return;
  hand_out_quotas(step.calendar().date(now, 0));
}

void World::hand_out_quotas(sim::Date from) {
  const std::vector<double> rates = rates_of_territories();
  std::vector<RolePayroll::OwnQuota> quotas;
  for (const Reps::Id rep : seats_)
    quotas.push_back({reps.payee[rep], quota_of(rates[reps.seat[rep]])});
  if (!quotas.empty()) books.executives.hand_out(quotas, from);
}

std::int64_t World::quota_of(double rate) const {
  return the<QuotaSetting>().quota(seats_.size(), potential_of_quarter(rate, products));
}

// Needs a week that may come up in each seat's territory, as territories are once everybody hired
// so far is at work; 0 where nobody asks.
std::vector<double> World::rates_of_territories() const {
  std::vector<double> rates(seats_.size());
  if (the<QuotaSetting>().method != QuotaSetting::Method::bottom_up) return rates;
  Leads::Roster roster;
  roster.executives.resize(roster_.executives.size());
  roster.of_cell.resize(roster_.of_cell.size());
  for (const Reps::Id rep : seats_) {
    roster.executives[reps.region[rep]].push_back(rep);
    roster.of_cell[reps.cell[rep]].push_back(rep);
  }
  for (const std::uint32_t row : accounts.by_key()) {
    const Accounts::Id account(row);
    if (const Reps::Id owner = Leads::owner(roster, accounts, account, reps))
      rates[reps.seat[owner]] += accounts.need_rate[account];
  }
  return rates;
}

// Who was there at the start began long ago.
RolePayroll::Own World::own_terms(Reps::Id executive) const {
  RolePayroll::Own own;
  if (reps.start_week[executive] < 0) return own;
  own.first_day = calendar_.date(reps.start_week[executive], 0);
  if (the<QuotaSetting>().individual())
    own.quota = quota_of(rates_of_territories()[reps.seat[executive]]);
  return own;
}

}  // namespace ecosystem
