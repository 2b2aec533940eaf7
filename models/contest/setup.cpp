// SPDX-License-Identifier: Apache-2.0
// The account contest before its first week.
#include "models/contest/model.h"
#include "sim/math.h"
#include "sim/shuffle.h"

namespace contest {

namespace {

constexpr sim::Key rep_kind = sim::named("contest.rep"),
                   account_kind = sim::named("contest.account"),
                   firm_kind = sim::named("contest.firm");

// Each firm cuts all accounts into territories by a random order of its own.
std::vector<Accounts::Id> cut_territories(std::size_t accounts, const sim::Random& random) {
  std::vector<Accounts::Id> territories;
  territories.reserve(accounts * firms);
  sim::Shuffle shuffle;
  for (std::size_t firm = 0; firm < firms; ++firm) {
    const sim::Draw draw = random.draw(streams::territory, sim::child(firm_kind, {}, firm));
    for (const std::uint32_t row : shuffle.order(static_cast<std::uint32_t>(accounts), draw))
      territories.emplace_back(row);
  }
  return territories;
}

}  // namespace

World::World(const sim::Settings& settings, const sim::Setup& setup)
    : rules(settings.get<Rules>("contest")) {
  last_week = static_cast<int>(settings.run().warmup + settings.run().weeks);
  const auto count = static_cast<std::size_t>(rules.reps);
  sim::validate(count % firms == 0, "contest.reps: a multiple of 8 (the number of firms) expected");
  accounts.reserve(count * accounts_per_rep);
  for (std::size_t i = 0; i < count * accounts_per_rep; ++i) {
    const sim::Key key = sim::child(account_kind, {}, i);
    const Accounts::Id account = accounts.add(key);
    accounts.pull[account] = rules.no_decision;
    accounts.winner[account] = undecided;
    accounts.deal[account] = deal_size(setup.random.draw(streams::first_size, key).normal());
  }
  claims.resize(accounts.size() * firms);
  territories = cut_territories(accounts.size(), setup.random);
  books.resize(count * book_size);
  reps.reserve(count);
  for (std::size_t i = 0; i < count; ++i) {
    const Reps::Id rep = reps.add(sim::child(rep_kind, {}, i));
    reps.skill[rep] =
        sim::exp(rules.sd_skill * setup.random.draw(streams::skill, reps.key(rep)).normal());
  }
  for (std::size_t i = 0; i < count; ++i) {
    const Reps::Id rep(i);
    refill(rep, setup.random.draw(streams::first_book, reps.key(rep)), tally);
  }
}

void Books::resize(std::size_t slots) {
  account.resize(slots);
  fit.resize(slots);
  weight.resize(slots);
  size.resize(slots);
  hours.resize(slots);
  own.resize(slots);
  fresh.resize(slots);
}

void Books::open(sim::Id<Slot> slot, Accounts::Id at, double fit_there, std::int32_t deal,
                 bool is_own) {
  account[slot] = at;
  fit[slot] = weight[slot] = fit_there;
  size[slot] = deal;
  hours[slot] = 0;
  own[slot] = is_own;
  fresh[slot] = 1;
}

std::size_t Books::bytes() const {
  return account.bytes() + fit.bytes() + weight.bytes() + size.bytes() + hours.bytes() +
         own.bytes() + fresh.bytes();
}

Tally& Tally::operator+=(const Tally& other) {
  decided += other.decided;
  decided_for_nobody += other.decided_for_nobody;
  pursuers += other.pursuers;
  opened += other.opened;
  closed += other.closed;
  won += other.won;
  lost += other.lost;
  no_decision += other.no_decision;
  won_partner += other.won_partner;
  won_value += other.won_value;
  commission += other.commission;
  closed_hours += other.closed_hours;
  rep_quarters += other.rep_quarters;
  attained += other.attained;
  for (int week = 0; week < quarter; ++week) {
    partner_hours[week] += other.partner_hours[week];
    hours[week] += other.hours[week];
  }
  return *this;
}

void World::hash(sim::Digest& digest) const {
  digest.add_table(accounts);
  digest.add_table(reps);
  digest.add(books.account.span());
  digest.add(books.fit.span());
  digest.add(books.weight.span());
  digest.add(books.hours.span());
  digest.add(books.own.span());
  digest.add(books.fresh.span());
  digest.add(claims.span());
  for (const Deal& deal : deals.entries()) {
    digest.add(deal.week);
    digest.add(deal.rep);
    digest.add(deal.account);
    digest.add(deal.size);
    digest.add(deal.own);
  }
}

std::size_t World::bytes(const sim::Settings& settings) {
  constexpr std::size_t account =
      sizeof(sim::Key) + 1 + sizeof(double) + 2 * sizeof(std::int32_t) + 1 + firms * sizeof(double);
  constexpr std::size_t slot =
      sizeof(Accounts::Id) + 3 * sizeof(double) + sizeof(std::uint32_t) + 2;
  constexpr std::size_t rep = sizeof(sim::Key) + 1 + sizeof(double) + 2 * sizeof(std::int64_t) +
                              territory_size * sizeof(Accounts::Id) + book_size * slot;
  const auto count = static_cast<std::size_t>(settings.get<Rules>("contest").reps);
  const auto weeks = static_cast<std::size_t>(settings.run().weeks + settings.run().warmup);
  const std::size_t deals = weeks * sizeof(Deal) / 2;  // a third of a deal per rep and week
  return count * (accounts_per_rep * account + rep + deals);
}

}  // namespace contest
