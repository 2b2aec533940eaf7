// SPDX-License-Identifier: Apache-2.0
// Meetings of the week and what comes of them.
#include <algorithm>

#include "models/startups/model.h"
#include "sim/math.h"

namespace startups {

void World::meet(const sim::Step& step) {
  const Selling& selling = the<Selling>();
  step.each(startups, [&](Startups::Id startup) {
    const double customers = static_cast<double>(startups.customers[startup]);
    const double left = startups.people[startup] * selling.hours -
                        customers * selling.customer_hours - startups.partnering[startup];
    reach_[startup.index()] =
        startups.runs(startup) ? selling.reach(left + brought(startup)) * selling.direct : 0;
  });
  for (std::uint32_t i = 0; i < needs_.size(); ++i)
    for (const Startups::Id startup : by_market_[needs_[i].market]) {
      if (!startups.runs(startup) || !may_buy(needs_[i].account, startup)) continue;
      sim::Draw draw =
          step.draw_once(streams::of("selling"), sim::pair(startups.key(startup), needs_[i].key));
      const bool meets = draw.uniform() < reach_[startup.index()];
      Meeting meeting{i, startup, draw.uniform(), {}, {}};
      if (!meets) introduce(meeting, step);
      if (!meets && meeting.own()) continue;
      meetings_.push_back(meeting);
      ++startups.meetings[startup];
      ++(meets ? tally.own_meetings : tally.partner_meetings);
    }
}

// Some accounts run only what is integrated with a platform (C7, C20).
bool World::may_buy(Accounts::Id account, Startups::Id startup) const {
  if (broken(startup, account) > 0) return false;
  const Giants::Id platform = accounts.platform[account];
  if (!platform) return true;
  const Programs::Id program = programs.find(startups.key(startup), giants.key(platform));
  return program && programs.phase[program] == Phase::live;
}

// Through the partner that brings it in most surely, if any does. Each partnership has its own luck
// about a need.
void World::introduce(Meeting& meeting, const sim::Step& step) const {
  const Introductions& introductions = the<Introductions>();
  const Need& need = needs_[meeting.need];
  double best = 1;
  const auto lucky = [&](sim::Key key, double chance) {
    if (chance <= 0) return false;
    const double luck =
        step.draw_once(streams::of("introductions"), sim::pair(key, need.key)).uniform() / chance;
    if (luck >= best) return false;
    best = luck;
    return true;
  };
  each_pair(meeting.startup, [&](Pairs::Id pair) {
    if (pairs.phase[pair] != Phase::live || pairs.from_hours[pair] <= 0 ||
        pairs.to_hours[pair] <= 0)
      return;
    if (serves_[place(partner(pair, meeting.startup), need.account)] == 0) return;
    if (lucky(pairs.key(pair), introductions.chance(pairs.complementarity[pair], 1)))
      meeting.pair = pair;
  });
  for (const Programs::Id program : programs.of(meeting.startup)) {
    if (programs.phase[program] != Phase::live || programs.from_hours[program] <= 0) continue;
    if ((accounts.installed[need.account] >> programs.to[program].index() & 1) == 0) continue;
    const double chance =
        introductions.chance(programs.complementarity[program], programs.attention[program]);
    if (!lucky(programs.key(program), chance)) continue;
    meeting.program = program;
    meeting.pair = Pairs::Id::none();
  }
}

double World::weight(const Meeting& meeting) const {
  const Startups::Id startup = meeting.startup;
  const Endorsement& endorsement = the<Endorsement>();
  const double name =
      endorsement.buyers * endorsement.seen(startups.endorsement[startup],
                                            static_cast<double>(startups.own_wins[startup]));
  return the<Selling>().weight(accounts.segment[needs_[meeting.need].account],
                               startups.fit[startup], startups.maturity[startup], name);
}

void World::choose(const sim::Step& step) {
  for (std::size_t first = 0, last = 0; first < meetings_.size(); first = last) {
    const Need& need = needs_[meetings_[first].need];
    double all = the<Selling>().no_decision;
    weights_.clear();
    for (; last < meetings_.size() && meetings_[last].need == meetings_[first].need; ++last) {
      hear(meetings_[last]);
      weights_.push_back(weight(meetings_[last]));
      all += weights_.back();
    }
    const double taken = entrants_weight(need);
    all += taken;
    sim::Draw draw = step.draw_once(streams::of("choice"), need.key);
    double point = draw.uniform() * all;
    const double fee = draw.normal();
    std::size_t winner = 0;
    while (winner < weights_.size() && (point -= weights_[winner]) >= 0) ++winner;
    if (winner < weights_.size())
      win(meetings_[first + winner], fee, step);
    else if ((point -= taken) < 0)
      take_need(need, fee);
    else
      ++tally.lost;
  }
  for (const Need& need : needs_)  // whoever found nothing looks again some day
    if (!need.met) expect_need(need.account, need.market, step.random());
}

// What the buyer thinks of the product, as far as the startup is there to hear it. Only where it
// would do is there anything to evaluate, so it is demand that keeps a startup busy.
void World::hear(const Meeting& meeting) {
  const Learning& learning = the<Learning>();
  const Selling& selling = the<Selling>();
  const Startups::Id startup = meeting.startup;
  const double heard = meeting.own() ? 1 : 1 - learning.hides;
  const bool would_do = meeting.answer < startups.fit[startup];
  (would_do ? startups.yes : startups.no)[startup] += heard;
  startups.met[startup] += would_do ? selling.meeting_hours : selling.first_hours;
  startups.knowledge[startup] = learning.learned(startups.knowledge[startup], heard);
}

// The account has bought in this market, of whomever; others imitate it.
void World::adopt(const Need& need) {
  std::uint8_t& before = adopted_[place(need.account, need.market)];
  if (before != 0) return;
  before = 1;
  ++(accounts.segment[need.account] == Segment::early ? markets.early_adopted
                                                      : markets.main_adopted)[need.market];
}

void World::win(const Meeting& meeting, double fee_normal, const sim::Step& step) {
  Need& need = needs_[meeting.need];
  need.met = true;
  const Startups::Id startup = meeting.startup;
  const Contracts::Id contract = contracts.add(need.key);
  contracts.startup[contract] = startup;
  contracts.account[contract] = need.account;
  contracts.market[contract] = need.market;
  contracts.fee[contract] = the<Selling>().fee_of(fee_normal);
  contracts.since[contract] = step.week();
  contracts.ordinal[contract] = need.ordinal;
  contracts.to_churn[contract] = step.draw_once(streams::of("churn"), need.key).exponential();
  contracts.pair[contract] = meeting.pair;
  contracts.program[contract] = meeting.program;
  contracts.integration[contract] = 1;
  ++startups.customers[startup];
  ++accounts.products[need.account];
  if (accounts.adopted[need.account] < 0) accounts.adopted[need.account] = step.week();
  ++serves_[place(startup, need.account)];
  adopt(need);
  if (meeting.own()) {
    ++startups.own_wins[startup];
    ++startups.won[startup];
    ++tally.own_wins;
    return;
  }
  ++startups.partner_wins[startup];
  ++tally.partner_wins;
  const auto joint = [&](auto& edges, auto edge) {
    ++edges.joint_customers[edge];
    contracts.integration[contract] =
        the<Projects>().integration(edges.from_total[edge], edges.to_total[edge]);
  };
  if (meeting.pair) {
    ++tally.pair_wins;
    joint(pairs, meeting.pair);
  } else {
    joint(programs, meeting.program);
  }
}

}  // namespace startups
