// SPDX-License-Identifier: Apache-2.0
// How startups change, grow and end.
#include <algorithm>

#include "models/startups/model.h"
#include "sim/math.h"

namespace startups {

double World::months_left(Startups::Id startup) const {
  return Runway::months(static_cast<double>(startups.cash[startup]),
                        static_cast<double>(startups.burn[startup] - startups.revenue[startup]));
}

void World::turn(const sim::Step& step) {
  const Pivot& rule = the<Pivot>();
  for (const Startups::Id startup : sim::ids<Startups>(0, startups.size())) {
    if (!startups.runs(startup)) continue;
    const double hazard =
        rule.hazard(startups.plan[startup], startups.belief(startup), months_left(startup),
                    static_cast<double>(startups.customers[startup]));
    startups.to_pivot[startup] -= hazard / weeks_per_year;
    if (startups.to_pivot[startup] <= 0) pivot(startup, step);
  }
}

void World::pivot(Startups::Id startup, const sim::Step& step) {
  const Learning& learning = the<Learning>();
  const auto ordinal = static_cast<int>(startups.pivots_drawn[startup]);
  sim::Draw draw = step.random().draw(streams::of("pivot"), startups.key(startup), ordinal);
  draw.exponential();  // its threshold
  const bool large = draw.uniform() < the<Pivot>().share_of_large(months_left(startup));
  ++(large ? startups.large_pivots : startups.small_pivots)[startup];
  ++(large ? tally.large_pivots : tally.small_pivots);
  if (large) {
    jump(startup, draw);
    lose_customers(startup, step);
    startups.maturity[startup] *= the<Pivot>().maturity_kept;
  } else {
    flip(startup, draw);
  }
  partners_after_pivot(startup, large, step);
  startups.fit[startup] =
      the<Strategy>().fit(landscapes[startups.market[startup].index()], startups.genome[startup]);
  // What was heard of the old product says little of the new one.
  startups.yes[startup] = learning.prior * learning.prior_weight;
  startups.no[startup] = (1 - learning.prior) * learning.prior_weight;
  startups.plan[startup] = learning.prior;
  const auto next = static_cast<int>(++startups.pivots_drawn[startup]);
  startups.to_pivot[startup] =
      step.random().draw(streams::of("pivot"), startups.key(startup), next).exponential();
}

void World::jump(Startups::Id startup, sim::Draw& draw) {
  const Pivot& rule = the<Pivot>();
  const bool leaves = draw.uniform() < rule.leaves_market;
  const Markets::Id elsewhere(draw.below(static_cast<std::uint32_t>(markets.size())));
  if (leaves && markets.region[elsewhere] == startups.region[startup])
    startups.market[startup] = elsewhere;
  const ventures::Landscape& land = landscapes[startups.market[startup].index()];
  double best = -1e9;
  for (std::int64_t i = 0; i < rule.looks; ++i) {
    const ventures::Form form = ventures::any_form(land, draw);
    const double seems =
        land.fitness(form) + the<Learning>().error(startups.knowledge[startup], draw.normal());
    if (seems <= best) continue;
    best = seems;
    startups.genome[startup] = form;
  }
}

void World::flip(Startups::Id startup, sim::Draw& draw) {
  const ventures::Landscape& land = landscapes[startups.market[startup].index()];
  const auto attribute =
      static_cast<int>(draw.below(static_cast<std::uint32_t>(land.attributes())));
  const double seems = land.gain(startups.genome[startup], attribute) +
                       the<Learning>().error(startups.knowledge[startup], draw.normal());
  if (seems > 0) startups.genome[startup] ^= ventures::Form{1} << attribute;
}

void World::lose_customers(Startups::Id startup, const sim::Step& step) {
  const auto ordinal = static_cast<int>(startups.pivots_drawn[startup]);
  for (const Contracts::Id contract : sim::ids<Contracts>(0, contracts.size())) {
    if (!contracts.alive(contract) || contracts.startup[contract] != startup) continue;
    const double luck =
        step.random().draw(streams::of("desertion"), contracts.key(contract), ordinal).uniform();
    if (luck < the<Pivot>().customers_lost) end_contract(contract, step.random());
  }
}

// Cash first; then whichever of closing and being bought comes first within the week.
void World::leave(const sim::Step& step) {
  const Closing& closing = the<Closing>();
  const Acquisition& acquisition = the<Acquisition>();
  for (const Startups::Id startup : sim::ids<Startups>(0, startups.size())) {
    if (!startups.runs(startup)) continue;
    const double closes = closing.rate * startups.frailty[startup] / weeks_per_year;
    const double exits =
        acquisition.hazard(static_cast<double>(startups.revenue[startup]) * weeks_per_year) /
        weeks_per_year;
    const bool bought_first =
        startups.to_exit[startup] * closes < startups.to_closing[startup] * exits;
    startups.to_closing[startup] -= closes;
    startups.to_exit[startup] -= exits;
    const bool forced = closing.forced == static_cast<std::int64_t>(startup.index()) &&
                        closing.forced_week == step.week();
    if (startups.cash[startup] < 0) {
      ++tally.ruined;
      gone(startup, Status::dead, step.random());
    } else if (startups.to_exit[startup] <= 0 &&
               (bought_first || startups.to_closing[startup] > 0)) {
      bought(startup);
      gone(startup, Status::acquired, step.random());
    } else if (startups.to_closing[startup] <= 0 || forced) {
      ++tally.closings;
      gone(startup, Status::dead, step.random());
    }
  }
}

void World::gone(Startups::Id startup, Status status, const sim::Random& random) {
  startups.status[startup] = status;
  startups.ended[startup] = current_week;
  if (startups.customers[startup] > 0)
    for (const Contracts::Id contract : sim::ids<Contracts>(0, contracts.size()))
      if (contracts.alive(contract) && contracts.startup[contract] == startup)
        end_contract(contract, random);
  if (startups.partners[startup] > 0) {
    each_pair(startup, [&](Pairs::Id pair) { end(pair, End::broken); });
    for (const Programs::Id program : programs.of(startup)) end(program, End::broken);
    rebuild_edges();
  }
  startups.revenue[startup] = startups.burn[startup] = 0;
  startups.free[startup] = startups.partnering[startup] = 0;
}

// What platforms with interfaces of their own add to the rate at which its product matures (C6).
double World::lent(Startups::Id startup) const {
  double rate = 0;
  if (the<Interfaces>().maturing == 0) return rate;
  for (const Programs::Id program : programs.of(startup)) {
    if (programs.kind[program] != Kind::platform) continue;
    if (programs.interface_kind[program] != Interface::restricted) continue;
    const Dealings::Id id = dealings.find(startups.key(startup), giants.key(programs.to[program]));
    if (id && !dealings.blocked(id)) rate += the<Interfaces>().maturing;
  }
  return rate;
}

void World::grow(const sim::Step& step) {
  const double half_year = 1 - sim::exp(-1.0 / 26);
  step.each(startups, [&](Startups::Id startup) {
    if (!startups.runs(startup)) return;
    const auto revenue = static_cast<double>(startups.revenue[startup]);
    double& usual = startups.usual[startup];
    usual += (revenue - usual) * half_year;
    // What grows at rate g is g times half a year ahead of its smoothed self.
    startups.growth[startup] = usual > 0 ? std::clamp(2 * (revenue - usual) / usual, -1.0, 2.0) : 0;
    const auto smooth = [&](double& rate, double now) { rate += (now - rate) * half_year; };
    smooth(startups.win_rate[startup], static_cast<double>(startups.won[startup]));
    smooth(startups.meeting_rate[startup], startups.met[startup]);
    startups.maturity[startup] =
        the<Strategy>().matured(startups.maturity[startup], 1 / weeks_per_year, lent(startup));
    update(startup, step);
    startups.endorsement[startup] =
        the<Endorsement>().faded(startups.endorsement[startup], 1 / weeks_per_year);
    const auto age = step.week() - startups.founded[startup];
    if (age == 52) startups.after_a_year[startup] = startups.partners_ever[startup] > 0;
    if (age % 13 == 12) hire(startup);
    const Selling& selling = the<Selling>();
    startups.busy[startup] =
        static_cast<double>(startups.customers[startup]) * selling.customer_hours +
        startups.meeting_rate[startup];
    // Founders deal with partners themselves, and bear their share of what customers and meetings
    // take.
    const double hours = startups.people[startup] * selling.hours;
    const double founders = std::min(hours, the<Runway>().people * selling.hours);
    startups.free[startup] =
        hours > 0 ? founders * std::max(0.0, 1 - startups.busy[startup] / hours) : 0;
  });
}

// At most one update a week.
void World::update(Startups::Id startup, const sim::Step& step) {
  const Updates& law = the<Updates>();
  if (law.rate == 0) return;
  startups.to_update[startup] -= law.hazard(margin(startup)) / weeks_per_year;
  if (startups.to_update[startup] > 0) return;
  const auto next = static_cast<int>(++startups.updates[startup]);
  startups.to_update[startup] =
      step.random().draw(streams::of("updates"), startups.key(startup), next).exponential();
  startups.maturity[startup] += law.gain * (1 - startups.maturity[startup]);
}

// Who has somebody to sell for them hires less (G7).
void World::hire(Startups::Id startup) {
  const double more =
      the<Runway>().hires(startups.people[startup], static_cast<double>(startups.cash[startup]),
                          static_cast<double>(startups.revenue[startup]));
  const bool somebody_sells = more > 0 && startups.partners[startup] > 0;
  const double forgone = somebody_sells ? the<Bias>().complacency : 0;
  startups.people[startup] += more * (1 - forgone);
}

}  // namespace startups
