// SPDX-License-Identifier: Apache-2.0
#include "models/ecosystem/crm.h"

#include <bit>
#include <unordered_map>

#include "models/ecosystem/model.h"

namespace ecosystem {

namespace {

// List value of a year of the vendor's running contracts, by the contract's key.
std::unordered_map<std::uint64_t, std::int64_t> running(const World& world) {
  std::unordered_map<std::uint64_t, std::int64_t> found;
  for (std::size_t i = 0; i < world.contracts.size(); ++i) {
    const Contracts::Id row(i);
    if (world.contracts.alive(row) && world.contracts.ours[row] != 0)
      found.emplace(world.contracts.key(row).value, world.contracts.list_acv[row]);
  }
  return found;
}

}  // namespace

Crm crm_of(const World& world) {
  Crm crm;
  const auto contracts = running(world);
  // `facts`: from account to value, in order.
  const auto add = [&](std::int64_t rep, const std::array<std::int64_t, Crm::need - 2>& facts) {
    crm.columns[Crm::rep].push_back(rep);
    const Reps::Id row(static_cast<std::size_t>(rep));
    crm.columns[Crm::role].push_back(static_cast<std::int64_t>(world.reps.role[row]));
    for (std::size_t i = 0; i < facts.size(); ++i)
      crm.columns[Crm::account + i].push_back(facts[i]);
    const Accounts::Id account(static_cast<std::size_t>(facts[0]));
    const sim::Key need =
        Demand::need_key(world.accounts, account, static_cast<std::uint32_t>(facts[1]));
    crm.columns[Crm::need].push_back(std::bit_cast<std::int64_t>(need.value));
    const bool won = crm.columns[Crm::outcome].back() == static_cast<std::int64_t>(Outcome::won);
    const auto contract = contracts.find(sim::child(kinds::contract, need, 0).value);
    crm.columns[Crm::contract].push_back(won && contract != contracts.end() ? contract->second : 0);
  };
  for (std::size_t i = 0; i < world.log.size(); ++i) {
    const Log::Id row(i);
    const Log& log = world.log;
    add(log.rep[row], {log.account[row], log.number[row], log.product[row], log.outcome[row],
                       log.born_day[row], log.engaged_day[row], log.last_week[row],
                       log.minutes[row], log.source[row], log.closed_day[row], log.value[row]});
  }
  const Opportunities& open = world.opportunities;
  for (std::size_t i = 0; i < open.size(); ++i) {
    const Opportunities::Id row(i);
    if (!open.alive(row) || open.engaged_day[row] == never) continue;
    const Needs::Id need = open.need[row];
    const auto of_need = [&](const auto& column) {
      return static_cast<std::int64_t>(column[need]);
    };
    const auto index_of = [&](const auto& column) {
      return static_cast<std::int64_t>(column[need].index());
    };
    add(open.rep[row].index(),
        {index_of(world.needs.account), of_need(world.needs.number), index_of(world.needs.product),
         static_cast<std::int64_t>(Outcome::open), of_need(world.needs.born_day),
         open.engaged_day[row], open.worked_week[row], Booking::minutes_of(open.hours[row]),
         Booking::source_of(open.source[row]), -1, 0});
  }
  return crm;
}

const Crm& World::crm() const {
  if (crm_week_ != week_) crm_ = crm_of(*this);
  crm_week_ = week_;
  return crm_;
}

}  // namespace ecosystem
