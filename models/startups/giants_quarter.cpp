// SPDX-License-Identifier: Apache-2.0
// What large firms weigh once a quarter, and what they do at once: turn, enter, speak, take access
// away; logos; and what all of it brings them.
#include <algorithm>

#include "models/startups/model.h"
#include "sim/math.h"

namespace startups {

void World::review_partners(const sim::Step& step) {
  if (step.week() % 13 != 12) return;
  for (const std::uint32_t row : dealings.by_key()) {
    const Dealings::Id id(row);
    if (dealings.since[id] >= 0) review_entry(id, step);
    if (!dealings.partners(id)) continue;
    if (the<Turning>().on) review_friendship(id, step);
    if (dealings.partners(id)) review_race(id, step.week());
    const Message& message = the<Message>();
    dealings.said[id] = message.says_so(dealings.worth[id], money(giants.revenue[dealings.to[id]]),
                                        dealings.clashes[id] != 0);
  }
}

// The owner of a platform counts what its complement's space would bring; also when the startup has
// no more hours for it: its product still runs there.
void World::review_entry(Dealings::Id id, const sim::Step& step) {
  const PlatformEntry& law = the<PlatformEntry>();
  if (!law.on || dealings.kind[id] != Kind::platform) return;
  if (dealings.decision[id] != Decision::open || tame(dealings.to[id])) return;
  PlatformEntry::Stake stake = owner_stake(id);
  sim::Draw draw = step.draw_once(streams::of("entry_cost"), dealings.key(id));
  stake.cost_factor *= sim::exp(law.cost_sigma * draw.normal());
  if (law.surplus(stake) > 0) settle(id, Decision::build, step);
}

// Has the startup learned what it came for?
void World::review_race(Dealings::Id id, int now) {
  const Startups::Id startup = dealings.from[id];
  const double kept = (1 - the<Introductions>().share_of_giant) * money(dealings.fees[id]);
  const double hours = own_hour(startup) * the<Projects>().upkeep * weeks_per_year;
  if (!the<Race>().leaves(kept, dealings.learned[id], hours)) return;
  dealings.left[id] = now;
  part(id);
}

// A meeting with its signal; then the startup's guard, and the firm's choice.
void World::review_friendship(Dealings::Id id, const sim::Step& step) {
  const Turning& law = the<Turning>();
  if (dealings.turned[id] >= 0 || tame(dealings.to[id])) return;
  const Turning::Stake stake = turning_stake(id);
  sim::Draw draw = step.draw(streams::of("turning"), dealings, id);
  const bool gains = law.gain(stake) > 0;
  const bool smiles = law.is_friendly(gains, draw.uniform());
  dealings.gains[id] = gains;
  dealings.friendly[id] += smiles;
  if (law.guard == Guard::signals) dealings.guarded[id] = !smiles;
  if (law.guard == Guard::payoffs) dealings.guarded[id] = law.looks_dangerous(stake);
  if (law.turns(stake, draw.uniform())) turn(id, step);
}

Turning::Stake World::turning_stake(Dealings::Id id) const {
  Turning::Stake stake;
  const std::int64_t friendly_weeks = current_week - dealings.since[id] + the<Turning>().history;
  stake.worth = dealings.worth[id] - dealings.pull[id];
  stake.customers = dealings.pull[id];
  stake.revenue = money(dealings.in_base[id]);
  stake.knowledge = usable(id);
  stake.friendly_years = static_cast<double>(friendly_weeks) / 52;
  return stake;
}

// Customers in the base go over, each with the chance of what the firm can take; access ends.
void World::turn(Dealings::Id id, const sim::Step& step) {
  dealings.turned[id] = step.week();
  const double taken = the<Turning>().grab * usable(id);
  const std::uint64_t bit = std::uint64_t{1} << dealings.to[id].index();
  for (const std::uint32_t row : contracts.by_key()) {
    const Contracts::Id contract(row);
    if (contracts.startup[contract] != dealings.from[id]) continue;
    if ((accounts.installed[contracts.account[contract]] & bit) == 0) continue;
    if (step.draw_once(streams::of("grab"), contracts.key(contract)).uniform() < taken)
      go_over(contract, id);
  }
  take_access(id, step.week());
  part(id);
}

// A customer becomes the firm's: its contract with the startup ends in this week's churn.
void World::go_over(Contracts::Id contract, Dealings::Id id) {
  contracts.to_churn[contract] = 0;
  if (!id) return;
  dealings.taken[id] += contracts.fee[contract];
}

void World::take_access(Dealings::Id id, int now) {
  if (dealings.kind[id] != Kind::platform) return;
  if (dealings.interface_kind[id] != Interface::restricted || dealings.revoked[id] >= 0) return;
  dealings.revoked[id] = now;
  const Interfaces& law = the<Interfaces>();
  const sim::Money cost = law.standard ? law.port_cost_standard : law.port_cost;
  pay(dealings.from[id], Book::services, cost.minor);
}

void World::keep_access(const sim::Step& step) {
  const Interfaces& law = the<Interfaces>();
  const double weeks = law.standard ? law.port_weeks_standard : law.port_weeks;
  for (const std::uint32_t row : dealings.by_key()) {
    const Dealings::Id id(row);
    if (dealings.blocked(id) && static_cast<double>(step.week() - dealings.revoked[id]) >= weeks)
      dealings.ported[id] = step.week();
    // Also without hours for the partnership: the product was built on the interface.
    if (dealings.since[id] < 0 || dealings.kind[id] != Kind::platform) continue;
    dealings.to_revocation[id] -= law.revocation * week_in_years;
    if (dealings.to_revocation[id] <= 0) take_access(id, step.week());
  }
}

// The new platform among the firm's own accounts, and what the firm has of startups a year.
void World::show_logos(const sim::Step& step) {
  const Optics& law = the<Optics>();
  platforms.logos.fill(0);
  platforms.gain.fill(0);
  for (const Dealings::Id id : sim::ids<Dealings>(0, dealings.size())) {
    const Platforms::Id platform(dealings.to[id].index());
    platforms.gain[platform] += dealings.taken[id];
    if (!dealings.partners(id)) continue;
    ++platforms.logos[platform];
    if (programs.phase[dealings.program[id]] == Phase::live)
      platforms.gain[platform] += sim::Money::rounded(dealings.uplift[id]).minor;
  }
  for (const Entrants::Id id : sim::ids<Entrants>(0, entrants.size()))
    if (entrants.free[id])
      platforms.gain[Platforms::Id(entrants.giant[id].index())] +=
          giants_money(entrants.giant[id], the<PlatformEntry>().multiplier);
    else
      platforms.gain[Platforms::Id(entrants.giant[id].index())] += entrants.fees[id];
  for (const Giants::Id giant : sim::ids<Giants>(0, giants.size())) {
    const Platforms::Id platform(giant.index());
    platforms.taken_up[platform] =
        law.after(platforms.taken_up[platform], platforms.logos[platform], week_in_years);
    platforms.gain[platform] += giants_money(giant, law.worth * platforms.taken_up[platform]);
    const std::int64_t part = weekly_part(platforms.gain[platform], step.week());
    ledger.post(Book::customers, Book::giants, part);
    platforms.gained[platform] += part;
  }
}

std::int64_t World::giants_money(Giants::Id giant, double share) const {
  return sim::Money{giants.revenue[giant]}.share(share).minor;
}

}  // namespace startups
