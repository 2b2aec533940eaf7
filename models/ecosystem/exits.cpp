// SPDX-License-Identifier: Apache-2.0
// Partnerships are judged at the end of each quarter, and what ends with one.
#include <algorithm>

#include "models/ecosystem/model.h"

namespace ecosystem {

// What a partnership brought since it was last looked at.
Exit::Quarter World::quarter_of(Partnerships::Id partner) {
  const Relations::Id row = Relations::of(partner);
  double hours = the<LeadSharing>().hours * static_cast<double>(relations.leads_in[row]);
  double own_hours = 0;
  std::int64_t own_deals = 0;
  for (std::uint32_t s = 0; s < partnerships.sellers[partner]; ++s) {
    const Reps::Id rep(partnerships.first_seller[partner].index() + s);
    hours += reps.hours_worked[rep];
    own_hours += reps.own_hours[rep];
    own_deals += reps.own_deals[rep];
  }
  const auto since = [row](auto& seen, auto now) {
    const auto before = seen[row];
    seen[row] = now;
    return static_cast<double>(now - before);
  };
  Exit::Quarter q;
  q.hours = since(relations.hours_seen, hours);
  q.own_hours = since(relations.own_hours_seen, own_hours);
  q.own_margin = since(relations.own_deals_seen, own_deals) *
                 static_cast<double>(
                     the<PartnerSeller>().own_deal.share(the<PartnerSeller>().own_margin).minor);
  q.margin = since(relations.margin_seen, relations.margin_ever[row]);
  q.bookings = since(relations.bookings_seen, relations.bookings_ever[row]);
  q.value_in = since(relations.value_in_seen, relations.value_in_ever[row]);
  q.value_out = since(relations.value_out_seen, relations.value_out_ever[row]);
  return q;
}

void World::review_edges(const sim::Step& step) {
  const Exit& exit = the<Exit>();
  if (!exit.on() || !step.calendar().closes_quarter(step.week())) return;
  for (const std::uint32_t i : partnerships.by_key()) {
    const Partnerships::Id partner(i);
    if (partnerships.status[partner] != PartnershipStatus::active) continue;
    if (!terms_of(partner).sells()) continue;  // who sells nothing is not judged by what it sells
    const Relations::Id row = Relations::of(partner);
    exit.remember(relations, row, quarter_of(partner));
    const double limit = exit.limit(firms.key(partnerships.partner[partner]), step);
    const bool leaves = exit.partner_disappointed(relations, row, limit);
    const bool dropped = exit.managers_disappointed(relations, row);
    if (!leaves && !dropped) {
      relations.bad_reviews[row] = 0;
      continue;
    }
    if (++relations.bad_reviews[row] < exit.patience) continue;
    (leaves ? books.totals.left_by_partners : books.totals.ended_by_vendor)++;
    end_edge(partner);
  }
}

// The registration of somebody who is gone: refused if it waits, else over with the week.
void World::withdraw_filing(Opportunities::Id row) {
  if (opportunities.filing[row] == 0) return;
  using State = Registration::State;
  const State state = Registration::state_of(opportunities.filing[row]);
  if (state == State::submitted || state == State::reviewed || state == State::queued)
    opportunities.filing[row] = Registration::code(State::rejected);
  if (state != State::approved) return;
  opportunities.extended[row] = 1;
  opportunities.ends[row] = std::min(opportunities.ends[row], 7.0 * (week_ + 1));
}

// Its sellers' plan no longer pays for the product, so they leave it alone (A7); what they had
// offered to buyers is withdrawn.
void World::end_edge(Partnerships::Id partner) {
  const Firms::Id firm = partnerships.partner[partner];
  close_edge(partner);
  for (std::uint32_t s = 0; s < partnerships.sellers[partner]; ++s)
    reps.plan_credit[Reps::Id(partnerships.first_seller[partner].index() + s)] = 0;
  for (std::size_t i = 0; i < opportunities.size(); ++i) {
    const Opportunities::Id row(i);
    if (!opportunities.alive(row) || reps.employer[opportunities.rep[row]] != firm) continue;
    opportunities.engaged_day[row] = never;
    opportunities.work[row] = opportunities.push[row] = 0;
    opportunities.joint[row] = 0;
    withdraw_filing(row);
    Pursuit::restage(opportunities, row);
  }
}

// A contract on the paper of a partner that is gone: the vendor takes it over if it reaches the
// account, else it is lost with the partner.
bool World::inherit(Contracts::Id contract) {
  const Firms::Id paper = contracts.paper[contract];
  if (contracts.ours[contract] == 0 || firms.kind[paper] != FirmKind::partner) return true;
  if (partnerships.status[partnership_of(paper)] != PartnershipStatus::ended) return true;
  if (!accounts.direct[contracts.account[contract]]) return false;
  contracts.paper[contract] = vendor_firm();
  contracts.contact[contract] = 1;
  arr += contracts.list_acv[contract] - contracts.net_acv[contract];
  contracts.net_acv[contract] = contracts.list_acv[contract];
  return true;
}

}  // namespace ecosystem
