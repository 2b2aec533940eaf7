// SPDX-License-Identifier: Apache-2.0
// The account contest before its first week.
#include <algorithm>

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

Numbers::Numbers(const Rules& rules)
    : quota(static_cast<double>(rules.quota)),
      rate(static_cast<double>(rules.rate)),
      rise(static_cast<double>(rules.accelerated_rate) - rate),
      partner_rate(static_cast<float>(rules.partner_rate)),
      hours_scale(static_cast<float>(rules.hours_scale)),
      no_decision(static_cast<float>(rules.no_decision)),
      rings(sim::threshold(-sim::expm1(-1 / rules.weeks_between_decisions))),
      log_median(sim::log(rules.median_size)) {}

World::World(const sim::Settings& settings, const sim::Setup& setup)
    : rules(settings.get<Rules>("contest")), number(rules) {
  last_week = static_cast<int>(settings.run().warmup + settings.run().weeks);
  const auto count = static_cast<std::size_t>(rules.reps);
  sim::validate(count % firms == 0, "contest.reps: a multiple of 8 (the number of firms) expected");
  const sim::Step start(sim::ever, setup.calendar, setup.random, setup.workers);
  add_accounts(start, count * accounts_per_rep);
  territories = cut_territories(accounts.size(), setup.random);
  reps.reserve(count);
  for (std::size_t i = 0; i < count; ++i) {
    const Reps::Id rep = reps.add(sim::child(rep_kind, {}, i));
    reps.firm[rep] = static_cast<std::uint8_t>(i / (count / firms));
    reps.skill[rep] = static_cast<float>(
        sim::exp(rules.sd_skill * setup.random.draw(streams::skill, reps.key(rep)).normal()));
  }
  books.resize(count * book_size);
  tally = start.total<Tally>(
      reps,
      [&](std::size_t begin, std::size_t end, Tally& counts) {
        std::vector<sim::Id<Slot>> slots;
        for (std::size_t slot = begin * book_size; slot < end * book_size; ++slot)
          slots.emplace_back(slot);
        refill(start, streams::first_book, slots, counts);
      },
      chunk);
}

void World::add_accounts(const sim::Step& start, std::size_t count) {
  accounts.reserve(count);
  for (std::size_t i = 0; i < count; ++i) {
    const Accounts::Id account = accounts.add(sim::child(account_kind, {}, i));
    accounts.pull[account] = number.no_decision;
    accounts.winner[account] = nobody;
  }
  for (auto& weight : claims) weight.resize(count);
  std::vector<double> sizes(count);
  start.random().fill_uniform(streams::first_size, accounts.keys(), sim::ever, sizes);
  fill_sizes(sizes);
  std::transform(sizes.begin(), sizes.end(), accounts.deal.begin(),
                 [](double size) { return static_cast<std::int32_t>(size); });
}

void Books::resize(std::size_t slots) {
  account.resize(slots);
  fit.resize(slots);
  weight.resize(slots);
  rivals.resize(slots);
  size.resize(slots);
  hours.resize(slots);
  own.resize(slots);
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
  attained += other.attained;
  for (int week = 0; week < quarter; ++week) {
    partner_hours[week] += other.partner_hours[week];
  }
  return *this;
}

void World::hash(sim::Digest& digest) const {
  digest.add_table(accounts);
  digest.add_table(reps);
  digest.add(books.account.span());
  digest.add(books.fit.span());
  digest.add(books.weight.span());
  digest.add(books.rivals.span());
  digest.add(books.size.span());
  digest.add(books.hours.span());
  digest.add(books.own.span());
  for (const auto& weight : claims) digest.add(weight.span());
  for (const Deal& deal : deals.entries()) {
    digest.add(deal.week);
    digest.add(deal.rep);
    digest.add(deal.account);
    digest.add(deal.size);
    digest.add(deal.own);
  }
}

std::size_t World::bytes(const sim::Settings& settings) {
  constexpr std::size_t row =
      sizeof(sim::Key) + 1 + sizeof(std::uint32_t);  // with its order by key
  constexpr std::size_t account =
      row + sizeof(float) + sizeof(std::int32_t) + 1 + firms * sizeof(float);
  constexpr std::size_t slot =
      sizeof(Accounts::Id) + 3 * sizeof(float) + sizeof(std::int32_t) + sizeof(std::uint32_t) + 1;
  constexpr std::size_t rep = row + 1 + sizeof(float) + 2 * sizeof(std::int64_t) +
                              territory_size * sizeof(Accounts::Id) + book_size * slot;
  const auto count = static_cast<std::size_t>(settings.get<Rules>("contest").reps);
  const auto weeks = static_cast<std::size_t>(settings.run().weeks + settings.run().warmup);
  const std::size_t deals = weeks * sizeof(Deal) / 2;  // a third of a deal per rep and week
  return count * (accounts_per_rep * account + rep + deals);
}

}  // namespace contest
