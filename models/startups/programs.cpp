// SPDX-License-Identifier: Apache-2.0
// Which large firm a startup sets out to sign, and whether it is taken (H15, I2-I4).
#include <bit>

#include "models/startups/model.h"

namespace startups {

void World::seek_programs(const sim::Step& step) {
  const Program& program = the<Program>();
  if (!program.on || step.week() < program.from_week) return;
  if ((step.week() - program.from_week) % 13 != 0) return;
  for (const std::uint32_t row : startups.by_key()) {
    const Startups::Id startup(row);
    if (static_cast<std::int64_t>(startup.index()) >= program.signers) continue;
    if (!startups.runs(startup) || signed_once(startup)) continue;
    if (const Giants::Id giant = best_giant(startup, step)) ask_to_sign(startup, giant, step);
  }
  rebuild_edges();
}

bool World::signed_once(Startups::Id startup) const {
  for (const Giants::Id giant : sim::ids<Giants>(0, giants.size())) {
    const Dealings::Id id = dealings.find(startups.key(startup), giants.key(giant));
    if (id && dealings.since[id] >= 0) return true;
  }
  return false;
}

// By the rule of the scenario; equally good ones by their keys.
Giants::Id World::best_giant(Startups::Id startup, const sim::Step& step) const {
  Giants::Id best = Giants::Id::none();
  double most = -1e300;
  for (const std::uint32_t row : giants.by_key()) {
    const Giants::Id giant(row);
    if (giants.region[giant] != startups.region[startup]) continue;
    if (customers_in(startup, giant) < the<Program>().gate) continue;
    if (the<Cooperation>().weighs && net_gain(startup, giant) <= 0) continue;
    const double value = promise(startup, giant, step);
    if (value <= most) continue;
    most = value;
    best = giant;
  }
  return best;
}

double World::promise(Startups::Id startup, Giants::Id giant, const sim::Step& step) const {
  const Program& program = the<Program>();
  const sim::Key pair = sim::pair(startups.key(startup), giants.key(giant));
  const double fits =
      complementarity(startups.key(startup), giants.key(giant), false, step.random());
  switch (program.choose_by) {
    case ChooseBy::brand:
      return giants.brand[giant] * giants.base[giant];
    case ChooseBy::fit:
      return fits;
    case ChooseBy::belief:
      return fits + program.belief_sigma * step.draw_once(streams::of("belief"), pair).normal();
    case ChooseBy::pull:
      return static_cast<double>(customers_in(startup, giant));
    case ChooseBy::net:
      return net_gain(startup, giant);
  }
  return 0;
}

// What the startup expects of signing, cents a year (SD4): its own record and the terms are all it
// goes by.
double World::net_gain(Startups::Id startup, Giants::Id giant) const {
  const Program& terms = the<Program>();
  const Projects& projects = the<Projects>();
  const double horizon = the<Partnering>().horizon;
  const double wins = startups.win_rate[startup] * weeks_per_year;
  const double fees = static_cast<double>(startups.revenue[startup]) * weeks_per_year +
                      wins * static_cast<double>(the<Selling>().fee.minor) * horizon / 2;
  const double shown = access(terms.kind, terms.interface) * the<Stake>().share;
  Cooperation::Prospect prospect;
  prospect.through = the<Bias>().rosy(worth_of(startup, giant), startups.win_rate[startup]);
  prospect.own = giants.base[giant] * fees;
  if (!tame(giant)) prospect.known = the<Rights>().usable(the<Leak>().after(0, shown, horizon));
  if (horizon > 0)
    prospect.hours =
        own_hour(startup) * (projects.work / horizon + projects.upkeep * weeks_per_year);
  return the<Cooperation>().gain(prospect);
}

// The startup's customers in the firm's base, and accounts it has lined up there.
std::int64_t World::customers_in(Startups::Id startup, Giants::Id giant) const {
  std::int64_t count = 0;
  for (const Contracts::Id contract : sim::ids<Contracts>(0, contracts.size()))
    if (contracts.alive(contract) && contracts.startup[contract] == startup)
      count += (accounts.installed[contracts.account[contract]] >> giant.index()) & 1;
  return count + the<Pull>().lined_up;
}

void World::ask_to_sign(Startups::Id startup, Giants::Id giant, const sim::Step& step) {
  const Program& terms = the<Program>();
  Dealings::Id id = dealings.find(startups.key(startup), giants.key(giant));
  if (!id) {  // a first talk, with customers who have been lined up
    id = open_dealing(startup, giant, step);
    dealings.kind[id] = terms.kind;
    weigh_startups(step);
  }
  if (dealings.worth[id] < static_cast<double>(terms.cost.minor)) {
    if (dealings.refused[id] < 0) dealings.refused[id] = step.week();
    return;
  }
  if (dealings.refused[id] >= 0) dealings.reversed[id] = step.week();
  sign(startup, giant, step.random());
  const Programs::Id program = programs.find(startups.key(startup), giants.key(giant));
  programs.kind[program] = terms.kind;
  programs.interface_kind[program] = terms.interface;
  dealings.since[id] = step.week();
  const double hoped = the<Bias>().rosy(worth_of(startup, giant), startups.win_rate[startup]);
  dealings.expected[id] = sim::Money::rounded(hoped).minor;
}

}  // namespace startups
