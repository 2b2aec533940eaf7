// SPDX-License-Identifier: Apache-2.0
// What accounts do by themselves: they buy at marketplaces, look products up, read of the vendor
// and turn to it; and who gets such leads.
#include <algorithm>

#include "models/ecosystem/model.h"

namespace ecosystem {

// Talk of the vendor fades; this week's releases refresh it.
void World::release_press(const sim::Step& step) {
  const Press& press = the<Press>();
  const int released = press.released(step.week() - start_week_);
  if (released == 0 && awareness_ == 0) return;
  awareness_ = awareness_ * press.keeps() + released;
  if (awareness_ < 1e-6) awareness_ = 0;
  books.ledger.post(Book::vendor, Book::suppliers, released * press.release_cost.minor);
  books.totals.partner_program += released * press.release_cost.minor;
}

// Who is used to buying at a marketplace sees the rivals there, and the product if it is listed: a
// seller that never rests, and a price. Others may look a listed product up.
void World::visit_pages(Needs::Id need, const sim::Step& step) {
  const Accounts::Id account = needs.account[need];
  const double years = static_cast<double>(step.week() - start_week_) / 52;
  for (const Partnerships::Id market : pages_) {
    const Partnership& terms = terms_of(market);
    const bool listed = partnerships.status[market] == PartnershipStatus::active;
    const auto visit = terms.visits(firms.key(partnerships.partner[market]), accounts.key(account),
                                    years, step.random());
    const bool buys = visit == Partnership::Visit::buys;
    if (!buys && (!listed || visit == Partnership::Visit::none)) continue;
    needs.imposed[need] = static_cast<std::uint8_t>(
        std::min<std::int64_t>(255, needs.imposed[need] + terms.imposed_rivals));
    if (!listed) continue;
    const double posted = needs.posted[need];
    needs.posted[need] = posted > 0 ? std::min(posted, terms.posted_price) : terms.posted_price;
    if (!buys) continue;
    const Opportunities::Id row = open_for(need, partnerships.first_seller[market]);
    opportunities.push[row] =
        sim::pow(terms.page_hours / the<Effort>().scale_hours, the<Effort>().elasticity);
  }
}

// Only accounts which nobody of the vendor reaches: the others are heard of anyway.
void World::turn_to_vendor(Needs::Id need, const sim::Step& step) {
  if (opportunity_of(need, Role::account_executive)) return;
  const bool turns = the<Routing>().turns_to_vendor(needs.key(need), step) ||
                     the<Press>().turns_to_vendor(needs.key(need), awareness_, step);
  if (!turns) return;
  ++books.totals.leads_inbound;
  if (the<Routing>().to == LeadsTo::executives) {
    const auto& people = roster_.executives[accounts.region[needs.account[need]]];
    if (!people.empty())
      open_for(need, Leads::highest(people, reps, accounts.key(needs.account[need])));
    return;
  }
  const Partnerships::Id partner = route(need, step);
  if (!partner) return;
  ++books.totals.leads_routed;
  const Opportunities::Id row = open_for(need, seller_for(need, partner));
  if (the<Routing>().pull_back_weeks > 0)
    pull_backs_.put(opportunities.key(row), row.index(), 0, the<Routing>().pull_back_weeks);
}

// The partner that gets a lead: one that sells there and does not pursue it yet; none if there is
// none. Partners in order of key.
Partnerships::Id World::route(Needs::Id need, const sim::Step& step) {
  const Accounts::Id account = needs.account[need];
  const std::uint32_t region = accounts.region[account];
  static thread_local std::vector<Partnerships::Id> able;
  able.clear();
  const auto consider = [&](Partnerships::Id partner) {
    const Partnership& terms = terms_of(partner);
    if (terms.sells() && !terms.shares_deals() &&
        terms.covers(partnerships.slot[partner], accounts.cell[account], the<Market>()) &&
        !works_on(need, partnerships.partner[partner]))
      able.push_back(partner);
  };
  for (const Partnerships::Id partner : roster_.partners[region]) consider(partner);
  for (const Partnerships::Id partner : hearing_[region]) consider(partner);
  if (able.empty()) return Partnerships::Id::none();
  if (the<Routing>().to == LeadsTo::round_robin) return able[turns_[region]++ % able.size()];
  Partnerships::Id best = able.front();
  double least = 0;
  for (const Partnerships::Id partner : able) {
    double open = 0;
    for (std::uint32_t s = 0; s < partnerships.sellers[partner]; ++s) {
      const Reps::Id rep(partnerships.first_seller[partner].index() + s);
      if (rep.index() < books_of_reps_.groups())
        open += static_cast<double>(books_of_reps_[rep].size());
    }
    const double delay =
        the<Routing>().delay(firms.key(partnerships.partner[partner]), needs.key(need),
                             the<Tiers>().priority_of(partnerships.tier[partner]), open, step);
    if (partner == able.front() || delay < least) {
      best = partner;
      least = delay;
    }
  }
  return best;
}

// Leads given away whose time is up: those that lie untouched go to somebody else, and nobody's
// work is lost.
void World::pull_back(const sim::Step& step) {
  const double patience = the<Routing>().pull_back_weeks;
  pull_backs_.advance(due_);
  if (patience <= 0) return;
  for (const sim::Event& event : due_) {
    const Opportunities::Id row(event.entity);
    if (!opportunities.alive(row)) continue;
    // A deal that was registered is its partner's business (registration.h).
    const bool touched =
        opportunities.filing[row] != 0 || (opportunities.engaged_day[row] != never &&
                                           opportunities.worked_week[row] > step.week() - patience);
    if (!touched) {
      const Needs::Id need = opportunities.need[row];
      if (const Partnerships::Id next = route(need, step)) {
        ++books.totals.leads_pulled_back;
        opportunities.rep[row] = seller_for(need, next);
        opportunities.push[row] = 0;
        if (partners_compete()) open_to_rivals(row);
      }
    }
    pull_backs_.put(event.key, event.entity, event.tie, patience);
  }
}

}  // namespace ecosystem
