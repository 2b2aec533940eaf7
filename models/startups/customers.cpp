// SPDX-License-Identifier: Apache-2.0
// What customers do about startups and large firms (model.md, phase 16): they ask, they go over to
// a large firm's product, they leave what does not work.
#include <algorithm>
#include <bit>

#include "models/startups/model.h"
#include "sim/math.h"

namespace startups {

namespace {

std::uint64_t bit_of(Giants::Id giant) { return std::uint64_t{1} << giant.index(); }

}  // namespace

// What an account pays a firm in whose base it is, cents a year.
double World::spend(Accounts::Id account, Giants::Id giant) const {
  const double all = base_clout_[giant.index()];
  return all > 0 ? static_cast<double>(giants.revenue[giant]) * accounts.clout[account] / all : 0;
}

void World::sum_clout() {
  base_clout_.assign(giants.size(), 0.0);
  for (const std::uint32_t row : accounts.by_key()) {
    const Accounts::Id account(row);
    for (std::uint64_t bits = accounts.installed[account]; bits != 0; bits &= bits - 1)
      base_clout_[static_cast<std::size_t>(std::countr_zero(bits))] += accounts.clout[account];
  }
}

// The startup finds accounts in the firm's base that ask for it: always the same ones first.
void World::line_up(Dealings::Id id, const sim::Step& step) {
  const auto most = static_cast<std::size_t>(the<Pull>().lined_up);
  if (most == 0) return;
  const Giants::Id giant = dealings.to[id];
  order_.clear();
  for (const Accounts::Id account : sim::ids<Accounts>(0, accounts.size())) {
    if ((accounts.installed[account] & bit_of(giant)) == 0) continue;
    const sim::Key key = sim::pair(dealings.key(id), accounts.key(account));
    order_.push_back({step.draw_once(streams::of("lined_up"), key).uniform(), account});
  }
  std::sort(order_.begin(), order_.end(),
            [](const Ranked& a, const Ranked& b) { return a.rank < b.rank; });
  for (std::size_t i = 0; i < std::min(most, order_.size()); ++i) {
    const Accounts::Id account = order_[i].account;
    const sim::Key key = sim::pair(dealings.key(id), accounts.key(account));
    const Asks::Id ask = asks.add(key);
    asks.dealing[ask] = id;
    asks.account[ask] = account;
    asks.renews[ask] = step.draw_once(streams::of("renewal"), accounts.key(account)).below(4);
    asks.spend[ask] = spend(account, giant);
    accounts.asked[account] |= bit_of(giant);
  }
}

// What the firm hears of a startup from its own base: who asks, who buys, who has seen a gap.
void World::pull_customers(const sim::Step& step) {
  const Pull& pull = the<Pull>();
  const int quarter = step.week() / 13 % 4;
  dealings.pull.fill(0);
  dealings.in_base.fill(0);
  dealings.exposed.fill(0);
  dealings.fees.fill(0);
  for (const std::uint32_t row : asks.by_key()) {
    const Asks::Id ask(row);
    const auto renews = static_cast<int>(asks.renews[ask]);
    dealings.pull[asks.dealing[ask]] += pull.share_at_risk(quarter, renews) * asks.spend[ask];
  }
  for (const std::uint32_t row : contracts.by_key()) hear_of(Contracts::Id(row), step);
}

void World::hear_of(Contracts::Id contract, const sim::Step& step) {
  const Pull& pull = the<Pull>();
  const Accounts::Id account = contracts.account[contract];
  const Startups::Id startup = contracts.startup[contract];
  for (std::uint64_t bits = accounts.installed[account]; bits != 0; bits &= bits - 1) {
    const Giants::Id giant(static_cast<std::size_t>(std::countr_zero(bits)));
    const Dealings::Id id = dealings.find(startups.key(startup), giants.key(giant));
    if (!id) continue;
    const double pays = spend(account, giant);
    dealings.in_base[id] += contracts.fee[contract];
    dealings.exposed[id] += the<Stake>().gap * pays;
    if (contracts.program[contract] && contracts.program[contract] == dealings.program[id])
      dealings.fees[id] += contracts.fee[contract];
    const sim::Key key = sim::pair(dealings.key(id), accounts.key(account));
    if (pull.ask > 0 && step.draw_once(streams::of("ask"), key).uniform() < pull.ask)
      dealings.pull[id] += pull.threat * pays;
  }
}

// Customers who go over to a large firm's product, and those whose product no longer works.
void World::lose_customers(const sim::Step&) {
  if (dealings.size() == 0) return;
  for (const std::uint32_t row : contracts.by_key()) {
    const Contracts::Id contract(row);
    if (contracts.to_churn[contract] <= 0) continue;
    const Startups::Id startup = contracts.startup[contract];
    const Accounts::Id account = contracts.account[contract];
    contracts.to_churn[contract] -= broken(startup, account) * week_in_years;
    for (const Entrants::Id entrant : sim::ids<Entrants>(0, entrants.size())) {
      if (entrants.market[entrant] != contracts.market[contract]) continue;
      if ((accounts.installed[account] & bit_of(entrants.giant[entrant])) == 0) continue;
      compete(contract, entrant);
    }
  }
}

void World::compete(Contracts::Id contract, Entrants::Id entrant) {
  if (contracts.to_churn[contract] <= 0) return;
  const Competition& law = the<Competition>();
  const double weight = law.weight(entrants.quality[entrant], entrants.free[entrant] != 0);
  const double hazard = law.leaving(weight, quality(contracts.startup[contract]));
  contracts.to_churn[contract] -= hazard * week_in_years;
  if (contracts.to_churn[contract] > 0) return;
  ++entrants.customers[entrant];
  entrants.fees[entrant] += contracts.fee[contract];
}

// Large firms' products beside the startups that an account meets.
double World::entrants_weight(const Need& need) const {
  double all = 0;
  for (const Entrants::Id entrant : sim::ids<Entrants>(0, entrants.size()))
    if (entrants.market[entrant] == need.market &&
        (accounts.installed[need.account] & bit_of(entrants.giant[entrant])) != 0)
      all += the<Competition>().weight(entrants.quality[entrant], entrants.free[entrant] != 0);
  return all;
}

// How much more accounts look at a market in which a large firm has its own product (SD3).
double World::attention_of(Markets::Id market) const {
  for (const Entrants::Id entrant : sim::ids<Entrants>(0, entrants.size()))
    if (entrants.market[entrant] == market) return 1 + the<PlatformEntry>().spillover;
  return 1;
}

// What a startup expects of its market, over the same without large firms' products (EQ17).
double World::margin(Startups::Id startup) const {
  const Markets::Id market = startups.market[startup];
  const double others = the<Selling>().no_decision + quality(startup);
  double left = attention_of(market);
  for (const Entrants::Id entrant : sim::ids<Entrants>(0, entrants.size())) {
    if (entrants.market[entrant] != market) continue;
    const double theirs =
        the<Competition>().weight(entrants.quality[entrant], entrants.free[entrant] != 0);
    left *= Updates::left(giants.base[entrants.giant[entrant]], theirs, others);
  }
  return left;
}

// One of them got it: the first is enough to count it, and its fee where it charges.
void World::take_need(const Need& need, double fee_normal) {
  for (const Entrants::Id entrant : sim::ids<Entrants>(0, entrants.size())) {
    if (entrants.market[entrant] != need.market) continue;
    if ((accounts.installed[need.account] & bit_of(entrants.giant[entrant])) == 0) continue;
    ++entrants.customers[entrant];
    entrants.fees[entrant] += the<Selling>().fee_of(fee_normal);
    break;
  }
  adopt(need);
}

// Hazard a year at which a customer leaves because the startup has lost access to its platform.
double World::broken(Startups::Id startup, Accounts::Id account) const {
  double hazard = 0;
  for (std::uint64_t bits = accounts.installed[account]; bits != 0; bits &= bits - 1) {
    const Giants::Id giant(static_cast<std::size_t>(std::countr_zero(bits)));
    const Dealings::Id id = dealings.find(startups.key(startup), giants.key(giant));
    if (id && dealings.blocked(id)) hazard = the<Interfaces>().patience;
  }
  return hazard;
}

// What was sold together this week is deployed together (D11).
void World::deploy(const sim::Step& step) {
  const Deployment& law = the<Deployment>();
  if (law.failure <= 0) return;
  for (const std::uint32_t row : contracts.by_key()) {
    const Contracts::Id contract(row);
    if (contracts.since[contract] != step.week()) continue;
    const bool pair = bool(contracts.pair[contract]);
    if (!pair && !contracts.program[contract]) continue;
    const double fits = pair ? pairs.complementarity[contracts.pair[contract]]
                             : programs.complementarity[contracts.program[contract]];
    sim::Draw draw = step.draw_once(streams::of("deployment"), contracts.key(contract));
    ++deployed;
    if (!law.fails(fits, draw.uniform())) continue;
    ++failed;
    stand_still(contract, law.mend * sim::exp(law.mend_sigma * draw.normal()));
  }
}

// Somebody mends it, or the two point at each other and the customer's patience is used up.
void World::stand_still(Contracts::Id contract, double cost) {
  const Deployment& law = the<Deployment>();
  const double part = law.part;
  if (!law.mended(cost)) {
    ++squabbles;
    contracts.to_churn[contract] -= law.churn * law.weeks / 52;
    return;
  }
  const sim::Money bill = sim::Money{contracts.fee[contract]}.share(cost);
  const double own = law.shared_plan ? part : part >= 0.5 ? 1.0 : 0.0;
  pay(contracts.startup[contract], Book::services, bill.share(own).minor);
  const std::int64_t other = bill.minor - bill.share(own).minor;
  if (contracts.pair[contract])
    pay(partner(contracts.pair[contract], contracts.startup[contract]), Book::services, other);
  else
    ledger.post(Book::giants, Book::services, other);
}

}  // namespace startups
