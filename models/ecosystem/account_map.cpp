// SPDX-License-Identifier: Apache-2.0
#include "models/ecosystem/account_map.h"

#include <algorithm>

#include "models/ecosystem/model.h"

namespace ecosystem {

namespace {

// Expected list value of a need.
double mean_value(const Products& products) {
  double sum = 0, before = 0;
  for (const std::uint32_t row : products.by_key()) {
    const Products::Id id(row);
    const double share = products.share_to[id] - before;
    before = products.share_to[id];
    const double sigma = products.size_sigma[id];
    sum += share * static_cast<double>(products.list_price[id]) * sim::exp(.5 * sigma * sigma);
  }
  return sum;
}

void map_accounts(const World& world, AccountMap& map) {
  const double of_need = mean_value(world.products);
  for (std::size_t i = 0; i < world.accounts.size(); ++i) {
    const Accounts::Id row(i);
    const double yearly = 52 * world.accounts.need_rate[row] * of_need;
    map.accounts[AccountMap::region].push_back(world.accounts.region[row]);
    map.accounts[AccountMap::direct].push_back(world.accounts.direct[row]);
    map.accounts[AccountMap::customer].push_back(0);
    map.accounts[AccountMap::acv].push_back(0);
    map.accounts[AccountMap::potential].push_back(Money::rounded(yearly).minor);
  }
  for (std::size_t i = 0; i < world.contracts.size(); ++i) {
    const Contracts::Id row(i);
    if (!world.contracts.alive(row) || world.contracts.ours[row] == 0) continue;
    const std::size_t account = world.contracts.account[row].index();
    map.accounts[AccountMap::customer][account] = 1;
    map.accounts[AccountMap::acv][account] += world.contracts.list_acv[row];
  }
  // Who bought something that has no term remains a customer.
  for (std::size_t i = 0; i < world.log.size(); ++i) {
    const Log::Id row(i);
    const Products::Id product(static_cast<std::size_t>(world.log.product[row]));
    if (world.log.outcome[row] == static_cast<std::int64_t>(Outcome::won) &&
        world.products.term_weeks[product] == 0)
      map.accounts[AccountMap::customer][static_cast<std::size_t>(world.log.account[row])] = 1;
  }
}

// Without a file, what a partner knows is its installed base: where it sells other products.
void map_reach(const World& world, AccountMap& map) {
  const auto add = [&](std::size_t account, std::size_t partner, bool customer) {
    map.reach[AccountMap::account].push_back(static_cast<std::int64_t>(account));
    map.reach[AccountMap::partner].push_back(static_cast<std::int64_t>(partner));
    map.reach[AccountMap::theirs].push_back(customer);
  };
  std::vector<std::vector<std::size_t>> of_region(world.the<Market>().regions);
  for (std::size_t p = 0; p < world.partnerships.size(); ++p)
    if (world.partnerships.terms[Partnerships::Id(p)] == 0)
      of_region[world.firms.region[world.partnerships.partner[Partnerships::Id(p)]]].push_back(p);
  std::vector<KnownAccounts::Entry> known;
  for (std::size_t i = 0; i < world.accounts.size(); ++i) {
    if (world.known_accounts().given()) {
      const auto entries = world.known_accounts().of(i);
      known.assign(entries.begin(), entries.end());
      std::ranges::sort(known, {}, &KnownAccounts::Entry::partner);
      for (const KnownAccounts::Entry& entry : known) add(i, entry.partner, entry.customer);
      continue;
    }
    const Accounts::Id account(i);
    for (const std::size_t p : of_region[world.accounts.region[account]]) {
      if (world.the<Leads>().knows(world.partnerships, world.firms, Partnerships::Id(p),
                                   world.accounts.key(account), world.random()))
        add(i, p, true);
    }
    for (std::size_t p = 0; p < world.partnerships.size(); ++p) {
      const Partnerships::Id partner(p);
      const Partnership& terms = world.terms_of(partner);
      if (world.partnerships.terms[partner] > 0 && terms.hears() && !terms.lists() &&
          world.knows(partner, account))
        add(i, p, true);
    }
  }
}

void map_partners(const World& world, AccountMap& map) {
  const auto week = [](std::int32_t when) { return when == never ? -1 : std::int64_t{when}; };
  for (std::size_t p = 0; p < world.partnerships.size(); ++p) {
    const Partnerships::Id row(p);
    map.partners[AccountMap::firm].push_back(world.partnerships.partner[row].index());
    map.partners[AccountMap::partner_region].push_back(
        world.firms.region[world.partnerships.partner[row]]);
    map.partners[AccountMap::status].push_back(
        static_cast<std::int64_t>(world.partnerships.status[row]));
    map.partners[AccountMap::signed_week].push_back(week(world.partnerships.signed_week[row]));
    map.partners[AccountMap::active_week].push_back(week(world.partnerships.active_week[row]));
  }
}

}  // namespace

AccountMap account_map_of(const World& world) {
  AccountMap map;
  map_accounts(world, map);
  map_reach(world, map);
  map_partners(world, map);
  return map;
}

const AccountMap& World::account_map() const {
  if (account_map_week_ != week_) account_map_ = account_map_of(*this);
  account_map_week_ = week_;
  return account_map_;
}

}  // namespace ecosystem
