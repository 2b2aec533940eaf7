// SPDX-License-Identifier: Apache-2.0
// A week of the account contest: choose, resolve, settle. Each phase writes its own rows only.
#include <algorithm>
#include <utility>

#include "models/contest/model.h"
#include "sim/math.h"

namespace contest {

// What an hour brings: `worth` (pay if it is won) by the slope of the odds, common factors dropped.
static sim::Lanes marginal_pay(sim::Lanes worth, sim::Lanes weight, sim::Lanes rivals,
                               sim::Lanes effort) {
  const sim::Lanes share = sim::all_lanes(1) / (weight + rivals);
  return worth * (weight * share) * (rivals * share) / effort;
}

// Hours go, block by block, where the next one pays best under the shadow rate of the quota plan.
void World::choose(const sim::Step& step) {
  const int week_of_quarter = step.week() % quarter;
  const double left = quarter - week_of_quarter, quota = static_cast<double>(rules.quota);
  const double expected = quota / quarter * left - quota;
  const double spread = rules.sd_bookings * sim::sqrt(left);
  const double low = static_cast<double>(rules.rate);
  const double rise = static_cast<double>(rules.accelerated_rate) - low;
  tally += step.total<Tally>(
      reps,
      [&](std::size_t begin, std::size_t end, Tally& counts) {
        std::array<double, chunk> above;  // the chance of a quarter above quota
        for (std::size_t i = 0; i < end - begin; ++i)
          above[i] = (static_cast<double>(reps.booked[Reps::Id(begin + i)]) + expected) / spread;
        sim::normal_cdf({above.data(), end - begin}, {above.data(), end - begin});
        for (std::size_t i = 0; i < end - begin; ++i) above[i] = low + rise * above[i];
        for (std::size_t i = 0; i < end - begin; i += sim::lanes)
          counts.partner_hours[week_of_quarter] += spend_hours(begin + i, above.data() + i);
        counts.hours[week_of_quarter] += static_cast<std::int64_t>(end - begin) * hours_per_week;
      },
      chunk);
}

// Four reps side by side. Returns the hours that went to partners' products.
std::int64_t World::spend_hours(std::size_t first, const double* rates) {
  const Desk desk(books, first * book_size);
  const sim::Lanes scale = sim::all_lanes(static_cast<float>(rules.hours_scale));
  const sim::Lanes partner_rate = sim::all_lanes(static_cast<float>(rules.partner_rate));
  const float* skill = reps.skill.data() + first;
  const std::uint8_t* firm = reps.firm.data() + first;
  float worth[desk_size], pay[desk_size];
  for (std::size_t at = 0; at < desk_size; at += sim::lanes) {
    const std::size_t rep = at / book_size;
    const sim::Lanes more = sim::all_lanes(static_cast<float>(rates[rep])) - partner_rate;
    const sim::Lanes rate = partner_rate + more * sim::load_lanes(desk.own + at);
    const sim::Lanes value = rate * sim::load_lanes(desk.size + at);
    const sim::Lanes effort = scale + sim::all_lanes(skill[rep]) * sim::load_lanes(desk.hours + at);
    sim::store_lanes(worth + at, value);
    sim::store_lanes(pay + at, marginal_pay(value, sim::load_lanes(desk.weight + at),
                                            sim::load_lanes(desk.rivals + at), effort));
  }
  std::int64_t partner_hours = 0;
  sim::Best<book_size> best(pay);
  for (int block = 0; block < blocks_per_week; ++block) {
    const sim::Places at = best.largest();
    for (const std::uint32_t place : at) {
      desk.hours[place] += hours_per_block;
      partner_hours += desk.own[place] ? 0 : hours_per_block;
    }
    const sim::Lanes effort = scale + sim::load_lanes(skill) * sim::gather(desk.hours, at);
    const sim::Lanes weight = sim::gather(desk.fit, at) * sim::sqrt(effort / scale);
    best.replace_largest(
        marginal_pay(sim::gather(worth, at), weight, sim::gather(desk.rivals, at), effort));
    sim::scatter(weight, desk.weight, at);
    for (std::size_t i = 0; i < sim::lanes; ++i)
      claims[firm[i]][desk.account[at[i]]] = desk.weight[at[i]];
  }
  return partner_hours;
}

// Accounts whose clock rings choose by multinomial logit.
void World::resolve(const sim::Step& step) {
  const std::uint64_t rings = sim::threshold(-sim::expm1(-1 / rules.weeks_between_decisions));
  const float no_decision = static_cast<float>(rules.no_decision);
  tally += step.total<Tally>(accounts, [&](std::size_t begin, std::size_t end, Tally& counts) {
    std::array<std::uint32_t, sim::chunk_rows> word;
    step.fill_words(streams::clock, accounts, begin, {word.data(), end - begin});
    std::array<Accounts::Id, sim::chunk_rows> deciding;
    std::size_t n = 0;
    for (std::size_t row = begin; row < end; ++row) {
      const Accounts::Id account(row);
      float pursuit = 0;
      for (const auto& weight : claims) pursuit += weight[account];
      accounts.pull[account] = no_decision + pursuit;
      deciding[n] = account;
      n += word[row - begin] < rings && pursuit > 0;
    }
    decide(step, {deciding.data(), n}, counts);
  });
}

void World::decide(const sim::Step& step, std::span<const Accounts::Id> deciding, Tally& counts) {
  std::array<double, sim::chunk_rows> point_of, size_of;
  const std::span points(point_of.data(), deciding.size()), sizes(size_of.data(), deciding.size());
  step.fill_uniform(streams::decision, accounts, deciding, points);
  step.fill_normal(streams::next_size, accounts, deciding, sizes);
  deal_sizes(sizes);
  for (std::size_t i = 0; i < deciding.size(); ++i) {
    const Accounts::Id account = deciding[i];
    const double point = points[i] * accounts.pull[account];
    double edge = rules.no_decision;
    std::int8_t winner = nobody;
    for (std::size_t firm = 0; firm < firms; ++firm) {
      const float weight = std::exchange(claims[firm][account], 0.0f);
      if (weight > 0 && point >= edge) winner = static_cast<std::int8_t>(firm);
      counts.pursuers += weight > 0;
      edge += weight;
    }
    accounts.winner[account] = winner;
    accounts.pull[account] = decided;
    accounts.deal[account] = static_cast<std::int32_t>(sizes[i]);
    counts.decided_for_nobody += winner == nobody;
  }
  counts.decided += static_cast<std::int64_t>(deciding.size());
}

// Reps learn what was decided, are paid, and fill their books again.
void World::settle(const sim::Step& step) {
  const bool closes = step.week() % quarter == quarter - 1;
  deals.open(reps.size(), chunk);
  tally += step.total<Tally>(
      reps,
      [&](std::size_t begin, std::size_t end, Tally& counts) {
        std::array<sim::Id<Slot>, chunk * book_size> closed;
        std::size_t n = 0;
        for (std::size_t row = begin * book_size; row < end * book_size; ++row) {
          const sim::Id<Slot> slot(row);
          const float pull = accounts.pull[books.account[slot]];
          books.rivals[slot] = pull - books.weight[slot];
          closed[n] = slot;
          n += pull == decided;
        }
        const std::span slots(closed.data(), n);
        for (const sim::Id<Slot> slot : slots) close(slot, step.week(), deals.part(begin), counts);
        refill(step, streams::refill, slots, counts);
        if (closes) end_quarter(begin, end, counts);
      },
      chunk);
  deals.close();
  ++weeks;
}

void World::close(sim::Id<Slot> slot, int this_week, std::vector<Deal>& log, Tally& counts) {
  const Reps::Id rep = rep_of(slot);
  const Accounts::Id account = std::exchange(books.account[slot], Accounts::Id::none());
  const std::int8_t winner = accounts.winner[account];
  ++counts.closed;
  counts.closed_hours += books.hours[slot];
  counts.no_decision += winner == nobody;
  counts.lost += winner != nobody && winner != reps.firm[rep];
  if (winner != reps.firm[rep]) return;
  const std::int64_t size = books.size[slot];
  std::int64_t cents = rules.partner_rate * size;
  if (books.own[slot]) {
    const std::int64_t room = std::max<std::int64_t>(0, rules.quota - reps.booked[rep]);
    const std::int64_t below = std::min(size, room);
    cents = rules.rate * below + rules.accelerated_rate * (size - below);
    reps.booked[rep] += size;
  }
  reps.paid[rep] += cents;
  log.push_back({rep.index(), account.index(), books.size[slot],
                 static_cast<std::uint16_t>(this_week), books.own[slot]});
  ++counts.won;
  counts.won_partner += !books.own[slot];
  counts.won_value += size;
  counts.commission += cents;
}

// A new opportunity in each closed place.
void World::refill(const sim::Step& step, const sim::Stream& stream,
                   std::span<sim::Id<Slot>> closed, Tally& counts) {
  counts.opened += static_cast<std::int64_t>(closed.size());
  for (std::uint32_t round = 0; !closed.empty(); ++round)
    closed = closed.first(propose(step, stream, round, closed));
}

// Any account of the territory; if it is in the book already, another is drawn in the next round.
std::size_t World::propose(const sim::Step& step, const sim::Stream& stream, std::uint32_t round,
                           std::span<sim::Id<Slot>> closed) {
  std::array<Accounts::Id, chunk * book_size> account;
  std::array<sim::Id<Slot>, chunk * book_size> fresh;
  std::array<std::uint32_t, chunk * book_size> place_of;
  std::array<double, chunk * book_size> fit_of;
  const std::span fits(fit_of.data(), closed.size());
  for (std::size_t i = 0; i < closed.size(); ++i) {
    const Reps::Id rep = rep_of(closed[i]);
    const std::uint32_t place = closed[i].index() % book_size;
    sim::Draw draw = step.draw(stream, reps, rep, static_cast<std::uint32_t>(round * book_size + place));
    place_of[i] = rep.index() * territory_size + draw.below(territory_size);
    books.own[closed[i]] = !draw.bernoulli(rules.partner_share);
    fits[i] = draw.uniform();
  }
  for (std::size_t i = 0; i < closed.size(); ++i) account[i] = territories[place_of[i]];
  sim::normal_quantile(fits, fits);
  for (double& fit : fits) fit *= rules.sd_fit;
  sim::exp(fits, fits);
  std::size_t again = 0, opened = 0;
  for (std::size_t i = 0; i < closed.size(); ++i) {
    const sim::Id<Slot> slot = closed[i];
    const Accounts::Id* book = books.account.data() + rep_of(slot).index() * book_size;
    if (std::count(book, book + book_size, account[i]) > 0) {
      closed[again++] = slot;
    } else {
      books.account[slot] = account[i];
      books.fit[slot] = books.weight[slot] = static_cast<float>(fits[i]);
      fresh[opened++] = slot;
    }
  }
  for (const sim::Id<Slot> slot : std::span(fresh.data(), opened)) {
    const Accounts::Id at = books.account[slot];
    claims[reps.firm[rep_of(slot)]][at] = books.fit[slot];
    books.rivals[slot] = std::max(accounts.pull[at], static_cast<float>(rules.no_decision));
    books.size[slot] = accounts.deal[at];
    books.hours[slot] = 0;
  }
  return again;
}

void World::end_quarter(std::size_t begin, std::size_t end, Tally& counts) {
  for (std::size_t row = begin; row < end; ++row)
    counts.attained += std::exchange(reps.booked[Reps::Id(row)], 0) >= rules.quota;
  counts.rep_quarters += static_cast<std::int64_t>(end - begin);
}

// From standard normal numbers.
void World::deal_sizes(std::span<double> sizes) const {
  const double log_median = sim::log(rules.median_size);
  for (double& size : sizes) size = log_median + rules.sd_size * size;
  sim::exp(sizes, sizes);
  for (double& size : sizes) size = std::clamp(size, 1e3, 1e7) + 0.5;
}

}  // namespace contest
