// SPDX-License-Identifier: Apache-2.0
// What large firms do about the startups they are partners of (model.md, phase 15).
#include "models/startups/model.h"
#include "sim/math.h"

namespace startups {

namespace {

constexpr sim::Key entrant_kind = sim::named("startups.entrant"),
                   platform_kind = sim::named("startups.platform");

}  // namespace

void World::populate_platforms() {
  for (const Giants::Id giant : sim::ids<Giants>(0, giants.size()))
    platforms.add(sim::child(platform_kind, giants.key(giant), 0));
}

// A row for each pair that has ever signed; which of them are partners now.
void World::meet_giants(const sim::Step& step) {
  dealings.program.fill(Programs::Id::none());
  for (const std::uint32_t row : programs.by_key()) {
    const Programs::Id program(row);
    const Startups::Id startup = programs.from[program];
    const Giants::Id giant = programs.to[program];
    Dealings::Id id = dealings.find(startups.key(startup), giants.key(giant));
    if (!id) id = open_dealing(startup, giant, step);
    if (dealings.since[id] < 0) dealings.since[id] = step.week();
    dealings.program[id] = program;
    dealings.kind[id] = programs.kind[program];
    dealings.interface_kind[id] = programs.interface_kind[program];
    dealings.joint[id] = programs.joint_customers[program];
  }
}

Dealings::Id World::open_dealing(Startups::Id startup, Giants::Id giant, const sim::Step& step) {
  const Stake& stake = the<Stake>();
  const Dealings::Id id = dealings.add(startups, startup, giants, giant);
  const sim::Key key = dealings.key(id);
  sim::Draw trait = step.draw_once(streams::of("stake"), key);
  const double spread = trait.normal();
  dealings.importance[id] = stake.importance * sim::exp(stake.importance_sigma * spread);
  dealings.clashes[id] = trait.uniform() < the<Message>().clash;
  dealings.effort[id] = sim::exp(the<PlatformEntry>().effort_sigma *
                                 step.draw_once(streams::of("effort"), key).normal());
  sim::Draw decision = step.draw_once(streams::of("decision"), key);
  dealings.to_build[id] = decision.exponential();
  dealings.to_buy[id] = decision.exponential();
  dealings.to_drop[id] = decision.exponential();
  dealings.to_revocation[id] = step.draw_once(streams::of("revocation"), key).exponential();
  dealings.to_copy[id] = luck_of_copy(id, step, 0).threshold;
  dealings.since[id] = dealings.refused[id] = dealings.reversed[id] = -1;
  dealings.share[id] = stake.share;
  dealings.decided[id] = dealings.turned[id] = dealings.revoked[id] = dealings.ported[id] = -1;
  dealings.left[id] = -1;
  line_up(id, step);
  return id;
}

// What each startup is worth to the firm, as things are.
void World::weigh_startups(const sim::Step& step) {
  pull_customers(step);
  const Stake& stake = the<Stake>();
  const double fee = the<Introductions>().share_of_giant;
  step.each(dealings, [&](Dealings::Id id) {
    const Giants::Id giant = dealings.to[id];
    const bool logo = dealings.kind[id] == Kind::logo;  // nothing that runs on the platform
    dealings.uplift[id] = logo ? 0
                               : stake.multiplier * dealings.importance[id] *
                                     money(giants.revenue[giant]) * quality(dealings.from[id]);
    dealings.worth[id] = dealings.uplift[id] + dealings.pull[id] + fee * money(dealings.fees[id]);
  });
}

void World::share_attention(const sim::Step&) {
  const Attention& attention = the<Attention>();
  dealings.hours.fill(0);
  if (!attention.on) return;
  by_giant_.assign(dealings, dealings.to, giants.size());
  for (const Giants::Id giant : sim::ids<Giants>(0, giants.size())) {
    worth_.clear();
    for (const Dealings::Id id : by_giant_[giant])
      worth_.push_back(dealings.partners(id) && dealings.turned[id] < 0 ? dealings.worth[id] : 0);
    given_.assign(worth_.size(), 0);
    attention(worth_, split_, scratch_, given_);
    std::size_t i = 0;
    for (const Dealings::Id id : by_giant_[giant]) give_hours(id, given_[i++]);
  }
}

void World::give_hours(Dealings::Id id, double hours) {
  const Programs::Id program = dealings.program[id];
  dealings.hours[id] = hours;
  if (!program) return;
  const double field = the<Attention>().field(hours);
  const bool inside =
      dealings.kind[id] == Kind::platform && dealings.interface_kind[id] == Interface::restricted;
  const double deep = inside ? 1 + the<Interfaces>().depth : 1;
  const double heard = dealings.said[id] ? 1 + the<Message>().lift : 1;
  programs.to_hours[program] = std::min(the<Projects>().pace, the<Attention>().productive(hours));
  programs.attention[program] = dealings.blocked(id) ? 0 : std::min(1.0, field * heard * deep);
}

// Share of the product that this kind of partnership lets the firm see.
double World::access(Kind kind, Interface interface) const {
  const Leak& leak = the<Leak>();
  switch (kind) {
    case Kind::oem:
      return leak.access_oem;
    case Kind::joint_selling:
      return leak.access_joint;
    case Kind::marketplace:
      return leak.access_marketplace;
    case Kind::logo:
      return 0;
    case Kind::platform:
      break;
  }
  const Interfaces& interfaces = the<Interfaces>();
  return interface == Interface::restricted ? interfaces.access_private : interfaces.access_public;
}

// Known never to use what it learns against a partner.
bool World::tame(Giants::Id giant) const {
  const auto untamed = static_cast<std::int64_t>(giants.size()) - the<Cooperation>().tame;
  return static_cast<std::int64_t>(giant.index()) >= untamed;
}

// [0, 1] of the startup's product: what the firm knows and may use.
double World::usable(Dealings::Id id) const { return the<Rights>().usable(dealings.knowledge[id]); }

void World::leak_knowledge(const sim::Step& step) {
  const Leak& leak = the<Leak>();
  step.each(dealings, [&](Dealings::Id id) {
    if (!dealings.partners(id) || dealings.blocked(id)) return;
    const double guard = dealings.guarded[id] ? the<Turning>().guarded_share : 1;
    const double shown =
        access(dealings.kind[id], dealings.interface_kind[id]) * dealings.share[id] * guard;
    dealings.knowledge[id] = leak.after(dealings.knowledge[id], shown, week_in_years);
    programs.leak[dealings.program[id]] = dealings.knowledge[id];
    if (dealings.hours[id] > 0)
      dealings.learned[id] = the<Race>().after(dealings.learned[id], week_in_years);
  });
}

// Build, buy or let lie; and what has been decided is built.
void World::decide_on_startups(const sim::Step& step) {
  const BuildOrBuy& law = the<BuildOrBuy>();
  for (const std::uint32_t row : dealings.by_key()) {
    const Dealings::Id id(row);
    if (dealings.decision[id] == Decision::build) build(id, step);
    if (dealings.decision[id] != Decision::open || !dealings.partners(id)) continue;
    std::array<double, 3> left{dealings.to_build[id], dealings.to_buy[id], dealings.to_drop[id]};
    std::array<double, 3> hazards = law.hazards(stake_of(id));
    if (tame(dealings.to[id])) hazards[BuildOrBuy::build] = 0;
    const int cause = first_cause(left, hazards, week_in_years);
    dealings.to_build[id] = left[0];
    dealings.to_buy[id] = left[1];
    dealings.to_drop[id] = left[2];
    if (cause >= 0) settle(id, static_cast<Decision>(cause + 1), step);
  }
}

BuildOrBuy::Stake World::stake_of(Dealings::Id id) const {
  BuildOrBuy::Stake stake;
  stake.market = dealings.uplift[id] + dealings.exposed[id];
  stake.success = money(dealings.in_base[id]);
  stake.customers = dealings.pull[id];
  stake.knowledge = usable(id);
  stake.protect = the<Leak>().protect + (1 - the<Leak>().protect) * the<Rights>().strength;
  stake.dearer = the<Rights>().dearer();
  stake.effort = money(the<PlatformEntry>().effort_cost.minor) * dealings.effort[id] /
                 money(the<BuildOrBuy>().market.minor);
  stake.resourced = !the<Attention>().on || dealings.hours[id] > 0;
  return stake;
}

void World::settle(Dealings::Id id, Decision decision, const sim::Step& step) {
  dealings.decision[id] = decision;
  dealings.decided[id] = step.week();
  if (decision == Decision::buy) buy(id, step);
  if (decision == Decision::drop) part(id);
}

// One more week of work on a product of its own; at the end it enters.
void World::build(Dealings::Id id, const sim::Step& step) {
  if (dealings.ready[id] >= 1) return;
  const BuildOrBuy& law = the<BuildOrBuy>();
  const double weeks = law.weeks_to_build(usable(id)) * the<Rights>().dearer();
  dealings.ready[id] = weeks > 1 ? dealings.ready[id] + 1 / weeks : 1;
  if (dealings.ready[id] >= 1) enter(id, step.week());
}

void World::enter(Dealings::Id id, int now) {
  const Startups::Id startup = dealings.from[id];
  const Giants::Id giant = dealings.to[id];
  const double built = the<BuildOrBuy>().quality_built(quality(startup), usable(id));
  const Markets::Id market = startups.market[startup];
  const PlatformEntry& entry = the<PlatformEntry>();
  dealings.saved[id] = entry.cost.share(entry.knowledge_saves * usable(id)).minor;
  const std::uint64_t place = giant.index() * markets.size() + market.index();
  const sim::Key key = sim::child(entrant_kind, {}, place);
  Entrants::Id entrant = entrant_of(giant, market);
  if (!entrant) {
    entrant = entrants.add(key);
    entrants.giant[entrant] = giant;
    entrants.market[entrant] = market;
    entrants.since[entrant] = now;
    entrants.free[entrant] = entry.gives_away(owner_stake(id));
  }
  entrants.quality[entrant] = std::max(entrants.quality[entrant], built);
  part(id);
}

Entrants::Id World::entrant_of(Giants::Id giant, Markets::Id market) const {
  for (const Entrants::Id id : sim::ids<Entrants>(0, entrants.size()))
    if (entrants.giant[id] == giant && entrants.market[id] == market) return id;
  return Entrants::Id::none();
}

// An owner's view of a complement on its platform.
PlatformEntry::Stake World::owner_stake(Dealings::Id id) const {
  PlatformEntry::Stake stake;
  stake.base_spend = money(giants.revenue[dealings.to[id]]);
  stake.revenue = money(dealings.in_base[id]);
  stake.complement = dealings.worth[id] - dealings.pull[id];
  stake.customers = dealings.pull[id];
  stake.knowledge = usable(id);
  stake.cost_factor = the<Rights>().dearer();
  stake.effort_factor = dealings.effort[id];
  return stake;
}

// [0, 1] as a buyer sees it, or a large firm.
double World::quality(Startups::Id startup) const {
  return startups.runs(startup) ? startups.fit[startup] * startups.maturity[startup] : 0;
}

// A bill of a startup, to the cent.
void World::pay(Startups::Id startup, Book to, std::int64_t cents) {
  if (cents <= 0 || !startups.runs(startup)) return;
  startups.cash[startup] -= cents;
  ledger.post(Book::startups, to, cents);
}

// The partnership ends; what has been between them stays.
void World::part(Dealings::Id id) {
  const Programs::Id program = dealings.program[id];
  if (!program) return;
  end(program, End::dropped);
  rebuild_edges();
  dealings.program[id] = Programs::Id::none();
}

// The firm buys the startup at a multiple of its revenue: less where it could build it itself with
// what it knows already.
void World::buy(Dealings::Id id, const sim::Step& step) {
  const Startups::Id startup = dealings.from[id];
  if (!startups.runs(startup)) return;
  const double yearly = 52.0 * static_cast<double>(startups.revenue[startup]);
  const double keeps = 1 - the<BuildOrBuy>().knowledge_saves * usable(id);
  const sim::Money price = sim::Money::rounded(the<BuildOrBuy>().price * yearly * keeps);
  dealings.paid[id] += price.minor;
  ledger.post(Book::giants, Book::investors, price.minor);
  ledger.post(Book::startups, Book::giants, startups.cash[startup]);
  startups.cash[startup] = 0;
  ++tally.acquisitions;
  gone(startup, Status::acquired, step.random());
  dealings.program[id] = Programs::Id::none();
}

}  // namespace startups
