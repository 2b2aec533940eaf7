// SPDX-License-Identifier: Apache-2.0
// The rules of the account contest: choose, resolve, settle. Each phase writes its own rows only.
#include "models/contest/desk.h"

namespace contest {

// Hours go, block by block, where the next one pays best under the shadow rate of the quota plan.
void World::choose(const sim::Step& step) {
  const int now = step.week() % quarter;
  const double left = quarter - now, spread = rules.sd_bookings * sim::sqrt(left);
  const double expected = number.quota * left / quarter - number.quota;
  const auto each = [&](std::size_t begin, std::size_t end, Tally& counts) {
    sim::Scratch<double, chunk> rates;
    for (const Reps::Id rep : sim::ids<Reps>(begin, end))
      rates.push((static_cast<double>(reps.booked[rep]) + expected) / spread);
    sim::normal_cdf(rates, rates);
    for (double& rate : rates) rate = number.rate + number.rise * rate;
    for (std::size_t i = 0; i < rates.size(); i += sim::lanes)
      counts.partner_hours[now] += spend_hours(begin + i, rates.data() + i);
  };
  tally += step.total<Tally>(reps, each, chunk);
}

// Of four reps side by side. Returns their hours on partners' products.
std::int64_t World::spend_hours(std::size_t first, const double* rates) {
  const auto scale = sim::all_lanes(number.hours_scale), one = sim::all_lanes(1);
  const auto partner = sim::all_lanes(number.partner_rate);
  const auto effort = [&](const Offers& o) { return scale + o.skill * o.hours; };
  const auto weight = [&](const Offers& o) { return o.fit * sim::sqrt(effort(o) / scale); };
  const auto next_hour = [&](const Offers& o) {
    const auto share = one / (o.weight + o.rivals), pay = partner + (o.rate - partner) * o.own;
    return pay * o.size * (o.weight * share) * (o.rivals * share) / effort(o);
  };
  return Desk(*this, first, rates).spend(next_hour, weight);
}

// Accounts whose clock rings choose by multinomial logit.
void World::resolve(const sim::Step& step) {
  const auto each = [&](std::size_t begin, std::size_t end, Tally& counts) {
    const auto word = step.words<account_chunk>(streams::clock, accounts, begin, end);
    sim::Scratch<Accounts::Id, account_chunk + 1> deciding;
    for (const Accounts::Id account : sim::ids<Accounts>(begin, end)) {
      float pursuit = 0;
      for (const auto& weight : claims) pursuit += weight[account];
      accounts.pull[account] = number.no_decision + pursuit;
      deciding.push_if(word[account.index() - begin] < number.rings && pursuit > 0, account);
    }
    const auto points = step.uniforms<account_chunk>(streams::decision, accounts, deciding);
    auto sizes = step.uniforms<account_chunk>(streams::next_size, accounts, deciding);
    fill_sizes(sizes);
    for (std::size_t i = 0; i < deciding.size(); ++i)
      decide(deciding[i], points[i], sizes[i], counts);
  };
  tally += step.total<Tally>(accounts, each, account_chunk);
}

void World::decide(Accounts::Id account, double point, double next_size, Tally& counts) {
  double edge = rules.no_decision;
  point *= accounts.pull[account];
  std::int8_t winner = nobody;
  for (std::size_t firm = 0; firm < firms; ++firm) {
    const float weight = std::exchange(claims[firm][account], 0.0f);
    if (weight > 0 && point >= edge) winner = static_cast<std::int8_t>(firm);
    counts.pursuers += weight > 0;
    edge += weight;
  }
  accounts.winner[account] = winner;
  accounts.pull[account] = decided;
  accounts.deal[account] = static_cast<std::int32_t>(next_size);
  counts.decided_for_nobody += winner == nobody;
  ++counts.decided;
}

// Reps learn what was decided, are paid, and fill their books again.
void World::settle(const sim::Step& step) {
  deals.open(reps.size(), chunk);
  const auto each = [&](std::size_t begin, std::size_t end, Tally& counts) {
    sim::Scratch<sim::Id<Slot>, chunk * book_size + 1> closed;
    for (const auto slot : sim::ids<Slot>(begin * book_size, end * book_size)) {
      const float pull = accounts.pull[books.account[slot]];
      books.rivals[slot] = pull - books.weight[slot];
      closed.push_if(pull == decided, slot);
    }
    for (const auto slot : closed)
      if (const Deal deal = close(slot, step.week(), counts); deal.size > 0) {
        deals.part(begin).push_back(deal);
        pay(deal, counts);
      }
    refill(step, streams::refill, closed, counts);
    if (step.week() % quarter < quarter - 1) return;
    for (const Reps::Id rep : sim::ids<Reps>(begin, end))
      counts.attained += std::exchange(reps.booked[rep], 0) >= rules.quota;
  };
  tally += step.total<Tally>(reps, each, chunk);
  deals.close();
  ++weeks;
}

void World::pay(const Deal& deal, Tally& counts) {
  const Reps::Id rep(deal.rep);
  std::int64_t cents = rules.partner_rate * deal.size;
  if (deal.own) {
    const std::int64_t room = std::max<std::int64_t>(0, rules.quota - reps.booked[rep]);
    const std::int64_t below = std::min<std::int64_t>(deal.size, room);
    cents = rules.rate * below + rules.accelerated_rate * (deal.size - below);
    reps.booked[rep] += deal.size;
  }
  reps.paid[rep] += cents;
  counts.commission += cents;
}

// A new opportunity in each closed place, at any account of the territory. Those whose account is
// in the book already draw again in the next round.
void World::refill(const sim::Step& step, const sim::Stream& stream, Slots closed, Tally& counts) {
  for (std::uint32_t round = 0; !closed.empty(); ++round) {
    sim::Scratch<std::size_t, chunk * book_size> place(closed.size());
    sim::Scratch<double, chunk * book_size> fits(closed.size());
    for (std::size_t i = 0; i < closed.size(); ++i) {
      sim::Draw draw = step.draw(stream, reps, rep_of(closed[i]), part_of(closed[i], round));
      place[i] = rep_of(closed[i]).index() * territory_size + draw.below(territory_size);
      books.own[closed[i]] = !draw.bernoulli(rules.partner_share);
      fits[i] = draw.uniform();
    }
    fill_fits(fits);
    closed = closed.first(open(closed, place, fits, counts));
  }
}

}  // namespace contest
