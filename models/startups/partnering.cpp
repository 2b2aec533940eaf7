// SPDX-License-Identifier: Apache-2.0
// Who offers to partner with whom, and what it is expected to bring.
#include <algorithm>

#include "models/startups/model.h"
#include "sim/math.h"

namespace startups {

// Fees won in a year from so many customers of a partner, as the startup's own record lets it
// expect; before it has one, by what it believes of its product against one rival as good.
double World::worth(Startups::Id startup, double customers, double kept) const {
  const double prior_meetings = 4, belief = startups.belief(startup);
  const double prior = belief / (the<Selling>().no_decision + 2 * belief);
  const double wins =
      static_cast<double>(startups.own_wins[startup] + startups.partner_wins[startup]);
  const Prospect prospect{
      .customers = customers,
      .needs = markets.need_rate[startups.market[startup]],
      .introduced = the<Introductions>().rate / 2,  // complementarity is anything from 0 to 1
      .win_share = (wins + prior_meetings * prior) /
                   (static_cast<double>(startups.meetings[startup]) + prior_meetings),
      .fee = static_cast<double>(the<Selling>().fee.minor) * kept};
  return prospect.value();
}

// Customers that a startup has, and will win while a partner's worth is counted.
double World::prospects(Startups::Id startup) const {
  return static_cast<double>(startups.customers[startup]) +
         startups.win_rate[startup] * weeks_per_year * the<Partnering>().horizon / 2;
}
double World::worth_of(Startups::Id startup, Startups::Id candidate) const {
  const Partnering& partnering = the<Partnering>();
  const Markets::Id there = startups.market[candidate];
  const double same = startups.market[startup] == there ? partnering.same_market : 1;
  const double customers = partnering.seen_of(prospects(candidate), markets.prospects[there]);
  return worth(startup, customers * same, 1 - the<Introductions>().share);
}
double World::worth_of(Startups::Id startup, Giants::Id candidate) const {
  const Markets::Id market = startups.market[startup];
  const auto all = static_cast<double>(markets.early[market] + markets.main[market]);
  return worth(startup, giants.base[candidate] * all, 1 - the<Introductions>().share_of_giant);
}

// Fees that an hour of its own business wins.
double World::own_hour(Startups::Id startup) const {
  const double hours = startups.people[startup] * the<Selling>().hours;
  return hours > 0
             ? startups.win_rate[startup] * static_cast<double>(the<Selling>().fee.minor) / hours
             : 0;
}

// Has it the hours, and does an hour for the partner seem worth more than one of its own?
bool World::wants(Startups::Id startup, double worth) const {
  const Partnering& partnering = the<Partnering>();
  const Projects& projects = the<Projects>();
  if (startups.free[startup] < partnering.offer_hours) return false;
  const double hours = projects.work + projects.upkeep * weeks_per_year * partnering.horizon;
  const double expected = the<Bias>().rosy(worth, startups.win_rate[startup]);
  return expected * partnering.horizon > own_hour(startup) * std::max(1.0, hours);
}

bool World::may_partner(Startups::Id startup) const {
  const Partnering& partnering = the<Partnering>();
  const bool waits =
      partnering.after_chasm && markets.stage[startups.market[startup]] == Stage::pre_chasm;
  return startups.runs(startup) && startups.partners[startup] < partnering.most && !waits &&
         startups.own_wins[startup] >= partnering.start_wins;
}

void World::offer(const sim::Step& step) {
  const double hazard = the<Partnering>().offers / weeks_per_year;
  if (hazard == 0) return;
  step.each(startups, [&](Startups::Id startup) {
    if (!startups.runs(startup)) return;
    startups.to_offer[startup] -= hazard;
    if (startups.to_offer[startup] > 0) return;
    if (may_partner(startup)) look_around(startup, step);
    const auto next = static_cast<int>(++startups.offers_drawn[startup]);
    startups.to_offer[startup] =
        step.random().draw(streams::of("partnering"), startups.key(startup), next).exponential();
  });
}

// Candidates are drawn from all there ever were, so that the death of one moves no other draw.
void World::look_around(Startups::Id startup, const sim::Step& step) {
  const Partnering& partnering = the<Partnering>();
  sim::Draw draw = step.random().draw(streams::of("partnering"), startups.key(startup),
                                      static_cast<int>(startups.offers_drawn[startup]));
  draw.exponential();  // its threshold
  const bool by_chance = partnering.rule == AcceptRule::by_chance;
  const bool lucky = draw.uniform() < partnering.giant_share;
  const bool at_giants = giants.size() > 0 && partnering.giants && (lucky || !partnering.startups);
  double best = 0;
  const auto consider = [&](double worth, auto wish) {
    const bool better = by_chance ? best == 0 : worth > best && wants(startup, worth);
    if (!better) return;
    best = by_chance ? 1 : worth;
    wish();
  };
  for (std::int64_t i = 0; i < partnering.seen; ++i) {
    if (at_giants) {
      const Giants::Id giant(draw.below(static_cast<std::uint32_t>(giants.size())));
      if (giants.region[giant] == startups.region[startup] &&
          !programs.find(startups.key(startup), giants.key(giant)))
        consider(worth_of(startup, giant), [&] { startups.wished_giant[startup] = giant; });
    } else if (partnering.startups) {
      const Startups::Id other(draw.below(static_cast<std::uint32_t>(startups.size())));
      if (might_pair(startup, other))
        consider(worth_of(startup, other), [&] { startups.wished_startup[startup] = other; });
    }
  }
}

bool World::might_pair(Startups::Id startup, Startups::Id other) const {
  return other != startup && may_partner(other) &&
         startups.region[other] == startups.region[startup] &&
         !pairs.find(startups.key(startup), startups.key(other)) &&
         !pairs.find(startups.key(other), startups.key(startup));
}

void World::agree(const sim::Step& step) {
  const Partnering& partnering = the<Partnering>();
  const std::int64_t signed_before = tally.pairs_signed + tally.programs_signed;
  for (const std::uint32_t row : startups.by_key()) {
    const Startups::Id startup(row);
    const Startups::Id other = startups.wished_startup[startup];
    const Giants::Id giant = startups.wished_giant[startup];
    if (!other && !giant) continue;
    ++tally.offers;
    if (!may_partner(startup)) continue;  // others were quicker
    if (giant) {
      sign(startup, giant, step.random());
      continue;
    }
    if (!may_partner(other) || pairs.find(startups.key(other), startups.key(startup))) continue;
    const sim::Key both = sim::pair(startups.key(startup), startups.key(other));
    const bool accepts =
        partnering.rule == AcceptRule::by_chance
            ? step.draw(streams::of("acceptance"), both).bernoulli(partnering.accept)
            : wants(other, worth_of(other, startup));
    if (accepts) sign(startup, other, step.random());
  }
  if (tally.pairs_signed + tally.programs_signed > signed_before) rebuild_edges();
}

// The same whoever asks.
double World::complementarity(sim::Key one, sim::Key other, bool same_market,
                              const sim::Random& random) const {
  const sim::Key both = one < other ? sim::pair(one, other) : sim::pair(other, one);
  return random.draw(streams::of("complementarity"), both).uniform() *
         (same_market ? the<Partnering>().same_market : 1);
}

Pairs::Id World::sign(Startups::Id from, Startups::Id to, const sim::Random& random) {
  const Pairs::Id pair = pairs.add(startups, from, startups, to);
  pairs.since[pair] = pairs.last_work[pair] = current_week;
  pairs.complementarity[pair] = complementarity(
      startups.key(from), startups.key(to), startups.market[from] == startups.market[to], random);
  for (const Startups::Id side : {from, to}) {
    ++startups.partners[side];
    ++startups.partners_ever[side];
  }
  ++tally.pairs_signed;
  return pair;
}

void World::sign(Startups::Id from, Giants::Id to, const sim::Random& random) {
  const Programs::Id program = programs.add(startups, from, giants, to);
  programs.since[program] = programs.last_work[program] = current_week;
  programs.complementarity[program] =
      complementarity(startups.key(from), giants.key(to), false, random);
  programs.interface_kind[program] = startups.interface_kind[from];
  ++giants.partners[to];
  ++startups.partners[from];
  ++startups.partners_ever[from];
  startups.endorsement[from] += the<Endorsement>().worth * giants.brand[to];
  ++tally.programs_signed;
}

void World::rebuild_edges() {
  pairs.rebuild(startups, startups);
  programs.rebuild(startups, giants);
  asked_by_others_.assign(pairs, pairs.to, startups.size());
}

void World::pair_off(const sim::Random& random) {
  for (std::size_t i = 0; i + 1 < startups.size(); i += 2)
    if (startups.region[Startups::Id(i)] == startups.region[Startups::Id(i + 1)])
      sign(Startups::Id(i), Startups::Id(i + 1), random);
}

}  // namespace startups
