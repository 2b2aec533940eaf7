// SPDX-License-Identifier: Apache-2.0
// A week of the account contest: choose, resolve, settle. Each phase writes its own rows only.
#include <algorithm>
#include <array>
#include <bit>
#include <span>
#include <utility>

#include "models/contest/model.h"
#include "sim/math.h"

namespace contest {

namespace {

constexpr std::size_t chunk = 128;  // reps, in each of two phases

// The value with its place in the low bits, so that one maximum finds both (values are positive).
double with_place(double value, std::size_t place) {
  return std::bit_cast<double>((std::bit_cast<std::uint64_t>(value) & ~std::uint64_t{31}) | place);
}

std::size_t best_place(const std::array<double, book_size>& values) {
  static_assert(book_size % 4 == 0 && book_size <= 32);
  double best[4] = {values[0], values[1], values[2], values[3]};
  for (std::size_t j = 4; j < book_size; j += 4)
    for (std::size_t lane = 0; lane < 4; ++lane)
      best[lane] = std::max(best[lane], values[j + lane]);
  const double most = std::max(std::max(best[0], best[1]), std::max(best[2], best[3]));
  return std::bit_cast<std::uint64_t>(most) & 31;
}

}  // namespace

// Hours go, block by block, where the next one pays best under the shadow rate of the quota plan.
void World::choose(const sim::Step& step) {
  const int week_of_quarter = step.week() % quarter;
  const double left = quarter - week_of_quarter, quota = static_cast<double>(rules.quota);
  const double expected = quota / quarter * left - quota;
  const double spread = rules.sd_bookings * sim::sqrt(left);
  const double low = static_cast<double>(rules.rate);
  const double rise = static_cast<double>(rules.accelerated_rate) - low;
  const auto partner_hours = step.total<std::int64_t>(
      reps,
      [&](std::size_t begin, std::size_t end, std::int64_t& hours) {
        std::array<double, chunk> z;
        const std::span<double> above(z.data(), end - begin);
        for (std::size_t row = begin; row < end; ++row)
          above[row - begin] =
              (static_cast<double>(reps.booked[Reps::Id(row)]) + expected) / spread;
        sim::normal_cdf(above, above);
        for (std::size_t row = begin; row < end; ++row)
          spend_hours(Reps::Id(row), low + rise * above[row - begin], hours);
      },
      chunk);
  tally.partner_hours[week_of_quarter] += partner_hours;
  tally.hours[week_of_quarter] += static_cast<std::int64_t>(reps.size()) * hours_per_week;
}

void World::spend_hours(Reps::Id rep, double rate, std::int64_t& partner_hours) {
  const std::size_t first = rep.index() * book_size;
  const double skill = reps.skill[rep], scale = rules.hours_scale;
  const Accounts::Id* account = books.account.data() + first;
  double* weight = books.weight.data() + first;
  const double* fit = books.fit.data() + first;
  const double* size = books.size.data() + first;
  std::uint32_t* hours = books.hours.data() + first;
  std::uint8_t* fresh = books.fresh.data() + first;
  const std::uint8_t* own = books.own.data() + first;
  const double pay[2] = {static_cast<double>(rules.partner_rate), rate};
  std::array<double, book_size> rivals, worth, value;
  const auto value_at = [&](std::size_t j) {
    const double all = weight[j] + rivals[j];
    return worth[j] * weight[j] / (all * all * (scale + skill * hours[j]));
  };
  for (std::size_t j = 0; j < book_size; ++j)
    rivals[j] = accounts.pull[account[j]] - (fresh[j] ? 0 : weight[j]);
  for (std::size_t j = 0; j < book_size; ++j) worth[j] = pay[own[j]] * size[j] * rivals[j];
  for (std::size_t j = 0; j < book_size; ++j) value[j] = with_place(value_at(j), j);
  for (int block = 0; block < blocks_per_week; ++block) {
    const std::size_t j = best_place(value);
    hours[j] += hours_per_block;
    weight[j] = fit[j] * sim::sqrt(1 + skill * hours[j] / scale);
    value[j] = with_place(value_at(j), j);
    claim(account[j], firm_of(rep)) = weight[j];
    partner_hours += own[j] ? 0 : hours_per_block;
  }
  std::fill_n(fresh, book_size, std::uint8_t{0});
}

// Accounts whose clock rings choose by multinomial logit.
void World::resolve(const sim::Step& step) {
  const std::uint64_t rings = sim::threshold(-sim::expm1(-1 / rules.weeks_between_decisions));
  tally += step.total<Tally>(accounts, [&](std::size_t begin, std::size_t end, Tally& counts) {
    std::array<std::uint32_t, sim::chunk_rows> word;
    step.fill_words(streams::clock, accounts, begin, {word.data(), end - begin});
    for (std::size_t row = begin; row < end; ++row) {
      const Accounts::Id account(row);
      double total = rules.no_decision;
      for (std::size_t firm = 0; firm < firms; ++firm) total += claim(account, firm);
      accounts.pull[account] = total;
      accounts.winner[account] = undecided;
      if (word[row - begin] < rings && total > rules.no_decision)
        decide(account, step.draw(streams::decision, accounts, account), counts);
    }
  });
}

void World::decide(Accounts::Id account, sim::Draw draw, Tally& counts) {
  const double point = draw.uniform() * accounts.pull[account];
  double edge = rules.no_decision;
  std::int8_t winner = point < edge ? nobody : undecided, last = nobody;
  for (std::size_t firm = 0; firm < firms; ++firm) {
    const double weight = std::exchange(claim(account, firm), 0);
    if (weight == 0) continue;
    ++counts.pursuers;
    edge += weight;
    last = static_cast<std::int8_t>(firm);
    if (winner == undecided && point < edge) winner = last;
  }
  accounts.winner[account] = winner == undecided ? last : winner;  // `point` rounded up to the end
  ++counts.decided;
  counts.decided_for_nobody += accounts.winner[account] == nobody;
  accounts.contested[account] = std::exchange(accounts.deal[account], deal_size(draw.normal()));
  accounts.pull[account] = rules.no_decision;
}

// Reps learn what was decided, are paid, and fill their books again.
void World::settle(const sim::Step& step) {
  const bool closes = step.week() % quarter == quarter - 1;
  deals.open(reps.size(), chunk);
  tally += step.total<Tally>(
      reps,
      [&](std::size_t begin, std::size_t end, Tally& counts) {
        for (std::size_t row = begin; row < end; ++row) {
          const Reps::Id rep(row);
          if (close_decided(rep, step.week(), deals.part(begin), counts))
            refill(rep, step.draw(streams::refill, reps, rep), counts);
          if (closes) end_quarter(rep, counts);
        }
      },
      chunk);
  deals.close();
  ++weeks;
}

bool World::close_decided(Reps::Id rep, int this_week, std::vector<Deal>& log, Tally& counts) {
  const std::int64_t closed = counts.closed;
  for (std::size_t j = 0; j < book_size; ++j) {
    const sim::Id<Slot> slot(rep.index() * book_size + j);
    const Accounts::Id account = books.account[slot];
    const std::int8_t winner = accounts.winner[account];
    if (winner == undecided) continue;
    ++counts.closed;
    counts.closed_hours += books.hours[slot];
    books.account[slot] = Accounts::Id::none();
    if (winner == static_cast<std::int8_t>(firm_of(rep))) {
      const Deal deal{rep.index(), account.index(), accounts.contested[account],
                      static_cast<std::uint16_t>(this_week), books.own[slot]};
      log.push_back(deal);
      pay(rep, deal, counts);
    } else {
      ++(winner == nobody ? counts.no_decision : counts.lost);
    }
  }
  return counts.closed > closed;
}

void World::pay(Reps::Id rep, const Deal& deal, Tally& counts) {
  std::int64_t cents = rules.partner_rate * deal.size;
  if (deal.own) {
    const std::int64_t room = std::max<std::int64_t>(0, rules.quota - reps.booked[rep]);
    const std::int64_t below = std::min<std::int64_t>(deal.size, room);
    cents = rules.rate * below + rules.accelerated_rate * (deal.size - below);
    reps.booked[rep] += deal.size;
  }
  reps.paid[rep] += cents;
  counts.commission += cents;
  counts.won_value += deal.size;
  ++counts.won;
  counts.won_partner += !deal.own;
}

// A new opportunity in each closed place: any account of the territory that is not in the book.
void World::refill(Reps::Id rep, sim::Draw draw, Tally& counts) {
  const std::size_t first = rep.index() * book_size;
  const Accounts::Id* territory = territories.data() + rep.index() * territory_size;
  const Accounts::Id* book = books.account.data() + first;
  for (std::size_t j = 0; j < book_size; ++j) {
    const sim::Id<Slot> slot(first + j);
    if (books.account[slot]) continue;
    Accounts::Id account;
    do account = territory[draw.below(territory_size)];
    while (std::count(book, book + book_size, account) > 0);
    const bool partner = draw.bernoulli(rules.partner_share);
    const double fit = sim::exp(rules.sd_fit * draw.normal());
    books.open(slot, account, fit, accounts.deal[account], !partner);
    claim(account, firm_of(rep)) = fit;
    ++counts.opened;
  }
}

void World::end_quarter(Reps::Id rep, Tally& counts) {
  ++counts.rep_quarters;
  counts.attained += reps.booked[rep] >= rules.quota;
  reps.booked[rep] = 0;
}

std::int32_t World::deal_size(double normal) const {
  const double size = sim::exp(sim::log(rules.median_size) + rules.sd_size * normal);
  return static_cast<std::int32_t>(std::clamp(size, 1e3, 1e7) + 0.5);
}

}  // namespace contest
