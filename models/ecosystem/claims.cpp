// SPDX-License-Identifier: Apache-2.0
// Deals that several claim: who registered them, who may work on them, whom the buyer believes, who
// is paid for them, whose account it is afterwards.
#include <algorithm>

#include "models/ecosystem/model.h"

namespace ecosystem {

namespace {

// Since the first simulated week.
double day_of(const Decision& decision, const sim::Step& step) {
  return 7 * (step.week() + decision.time);
}

}  // namespace

// Is there any rule, claim or count by which it matters who else is at an account?
bool World::partners_compete() const {
  return the<Engagement>().on() || the<Registration>().on() || the<Attribution>().on() ||
         the<Confusion>().on() || the<AccountControl>().on();
}

// What a partner gets of a deal's list price, as its sellers expect; `held`: another has registered
// it.
double World::partner_take(double discount, bool held) const {
  const Attribution& claims = the<Attribution>();
  if (!claims.on()) return discount;
  return discount + (1 - discount) * claims.expected(the<Registration>().on(), held);
}

// A fresh opportunity, as the rules between rivals for an account see it.
void World::open_to_rivals(Opportunities::Id row) {
  the<Engagement>().open(opportunities, row, needs, accounts, reps, firms,
                         the<Registration>().on());
  const Accounts::Id account = needs.account[opportunities.need[row]];
  opportunities.edge[row] = the<AccountControl>().edge(reps.employer[opportunities.rep[row]],
                                                       accounts.controller[account]);
}

void World::register_deals(const sim::Step& step) {
  const Registration& registration = the<Registration>();
  if (!registration.on()) return;
  const std::size_t rivals = static_cast<std::size_t>(the<Market>().rivals);
  const Foresight foresight = foresights().sellers;
  const auto pays = [&](Opportunities::Id row) {
    const Reps::Id rep = opportunities.rep[row];
    const double discount = the<Booking>().kept_by(reps, rep),
                 usual = partner_take(discount, false);
    const double held = partner_take(discount + registration.extra_margin, false);
    const double gain = (usual > 0 ? held / usual - 1 : 0) + registration.believed_loss;
    const double leaves = leaves_deal(rep);  // a vendor that is told of the deal
    if (registration.filing_hours == 0 && leaves == 1) return true;
    const Products::Id product = opportunities.product[row];
    DealPay pay;
    foresight.deals(reps, rep, step, pay);
    const auto list = static_cast<double>(needs.value[opportunities.need[row]]);
    const double chance =
        the<Choice>().chance(stages, reps.knows(rep, product), reps.skill[rep], rivals);
    return foresight.worth(pay[product.index()], list) * chance * (leaves * gain - (1 - leaves)) >=
           registration.filing_hours * reps.hour_value[rep];
  };
  registration.file(needs, opportunities, reps, firms, pays, step);
  for (std::size_t i = 0; i < needs.size(); ++i) {
    const Needs::Id need(i);
    if (!needs.alive(need) || needs.at_desk[need] == 0) continue;
    registration.decide(
        need, needs, opportunities, reps, firms,
        [&](Opportunities::Id row, DealEvent event, double day, DealReason reason) {
          note_filing(need, row, event, day, reason);
        },
        step);
  }
}

void World::note_filing(Needs::Id need, Opportunities::Id row, DealEvent event, double day,
                        DealReason reason) {
  Totals& totals = books.totals;
  const Reps::Id rep = opportunities.rep[row];
  if (event == DealEvent::filed) reps.hours_owed[rep] += the<Registration>().filing_hours;
  totals.filed += event == DealEvent::filed;
  totals.approved += event == DealEvent::approved;
  totals.queued += event == DealEvent::queued;
  totals.rejected += event == DealEvent::rejected;
  totals.expired += event == DealEvent::expired && reason == DealReason::lapsed;
  totals.converted += event == DealEvent::converted;
  trace(need, event, day, reps.employer[rep], rep, needs.value[need], reason);
}

void World::engage(const sim::Step& step) {
  if (!partners_compete()) return;
  Engagement::Takes takes;
  takes.registration = the<Registration>().on();
  if (the<Engagement>().neutral())
    takes.displaced = the<Choice>().displaced(static_cast<std::size_t>(the<Market>().rivals));
  const auto of_partner = [this](Reps::Id seller, bool holds) {
    const double discount = the<Booking>().kept_by(reps, seller);
    const double usual = partner_take(discount, false);
    if (usual <= 0) return 1.0;
    return (holds ? partner_take(discount + the<Registration>().extra_margin, false)
                  : partner_take(discount, true)) /
           usual;
  };
  the<Engagement>()(needs, opportunities, accounts, reps, firms, takes, of_partner, step);
  for (std::size_t i = 0; i < needs.size(); ++i) {
    const Needs::Id need(i);
    if (!needs.alive(need) || needs.clashes[need] == 0) continue;
    Engagement::each_clash(need, needs, opportunities, accounts, reps, firms, step,
                           [&](Firms::Id partner, Reps::Id executive, DealReason why) {
                             note_clash(partner);
                             trace(need, DealEvent::clash, 7.0 * step.week(), partner, executive, 0,
                                   why);
                           });
  }
}

void World::note_clash(Firms::Id partner) {
  ++books.totals.conflict_events;
  ++partnerships.clashes[partnership_of(partner)];
}

void World::settle_doubts(const sim::Step& step) {
  const Confusion& confusion = the<Confusion>();
  if (!confusion.on()) return;
  const Effort& effort = the<Effort>();
  const double push = sim::pow(confusion.assist_hours / effort.scale_hours, effort.elasticity);
  const auto assist = [&](Opportunities::Id row) {
    const double pace = reps.pace(opportunities.rep[row], opportunities.product[row]);
    opportunities.work[row] += the<Pursuit>().stage_rate * pace * push;
    opportunities.hours[row] += confusion.assist_hours;
    Pursuit::restage(opportunities, row);
    opportunities.worked_week[row] = step.week();
    if (opportunities.engaged_day[row] == never) opportunities.engaged_day[row] = 7 * step.week();
  };
  confusion(needs, opportunities, reps, assist, step);
  if (confusion.assist_hours == 0) return;
  for (std::size_t i = 0; i < needs.size(); ++i) {
    const Needs::Id need(i);
    if (!needs.alive(need) || needs.sorted[need] != Confusion::asked) continue;
    for (std::uint32_t j = 0; j < needs.opportunities[need]; ++j) {
      const Reps::Id rep = opportunities.rep[needs.opportunity(need, j)];
      if (reps.role[rep] != Role::account_executive) continue;
      reps.hours_owed[rep] += confusion.assist_hours;
      ++books.totals.assists;
      trace(need, DealEvent::assisted, 7.0 * step.week(), vendor_firm(), rep, 0, DealReason::none);
    }
  }
}

// On which terms a deal that was won is booked, and who claims it.
Booking::Terms World::agree(const Decision& decision, std::int64_t list, const sim::Step& step) {
  const Reps::Id rep = opportunities.rep[decision.opportunity];
  const bool partner = reps.role[rep] == Role::partner_seller;
  const double day = day_of(decision, step);
  Booking::Terms terms{the<Booking>().kept_by(reps, rep)};
  claims_.clear();
  if (partner) {
    // An OEM's customers do not know the vendor.
    terms.vendor_paper = the<AccountControl>().contracting_party == ContractingParty::vendor &&
                         firms.partnership[reps.employer[rep]] != PartnershipKind::oem;
    if (Attribution::holds_at(opportunities, decision.opportunity, day))
      terms.discount += the<Registration>().extra_margin;
  }
  const Attribution& attribution = the<Attribution>();
  if (!attribution.on() || !(partner || attribution.on_direct)) return terms;
  const std::int64_t net = terms.vendor_gets(list, partner);
  const std::int64_t base = first_year(net, products.term_weeks[needs.product[decision.need]]);
  attribution(claims_, decision.need, base, day, needs, opportunities, reps, firms, split_, step);
  for (const Attribution::Claim& claim : claims_)
    if (claim.row == decision.opportunity) terms.claim = claim.paid;
  if (!claims_.empty()) books.totals.bookings_claimed += net;
  return terms;
}

// What follows from a decision beyond the contract.
void World::settle(const Decision& decision, const Booking::Terms& terms, std::int64_t list,
                   const sim::Step& step) {
  close_registrations(decision, step);
  if (!decision.opportunity) return;
  const Accounts::Id account = needs.account[decision.need];
  const Reps::Id rep = opportunities.rep[decision.opportunity];
  const bool partner = reps.role[rep] == Role::partner_seller;
  take_control(account, partner && !terms.vendor_paper ? reps.employer[rep] : vendor_firm());
  if (!partners_compete()) return;
  const std::int64_t net = terms.vendor_gets(list, partner);
  trace(decision.need, DealEvent::won, day_of(decision, step), reps.employer[rep], rep, net,
        DealReason::none);
  pay_claims(decision, step);
  if (partner) credit_executive(decision, net, list, step);
}

void World::close_registrations(const Decision& decision, const sim::Step& step) {
  if (needs.filings[decision.need] == 0) return;
  the<Registration>().close(
      decision.need, decision.opportunity, day_of(decision, step), needs, opportunities, reps,
      firms,
      [&](Opportunities::Id row, DealEvent event, double day, DealReason reason) {
        note_filing(decision.need, row, event, day, reason);
      },
      step);
}

// Claims are paid at once; the winner's own is in the terms it sold on.
void World::pay_claims(const Decision& decision, const sim::Step& step) {
  const PartnerSeller& plan = the<PartnerSeller>();
  const Products::Id product = needs.product[decision.need];
  const double moment = day_of(decision, step);
  const sim::Date day = step.calendar().date(sim::Calendar::day_at(step.week(), decision.time));
  for (const Attribution::Claim& claim : claims_) {
    const Reps::Id rep = opportunities.rep[claim.row];
    const Firms::Id firm = reps.employer[rep];
    ++books.totals.claims;
    trace(decision.need, DealEvent::claimed, moment, firm, rep,
          static_cast<std::int64_t>(1000 * opportunities.hours[claim.row]),
          claim.registered ? DealReason::registered : DealReason::worked);
    if (claim.paid == 0) continue;
    books.pay_partner(claim.paid);
    books.totals.of_kind[static_cast<std::size_t>(firms.partnership[firm])].cost += claim.paid;
    add_partner_margin(firm, claim.paid);
    trace(decision.need, DealEvent::paid, moment, firm, rep, claim.paid, DealReason::none);
    if (claim.row == decision.opportunity) continue;
    const Sale sale{needs.key(decision.need),
                    day,
                    product.index(),
                    claim.paid,
                    claim.paid,
                    claim.paid,
                    products.term_weeks[product],
                    reps.plan_credit[rep] * plan.commission_share,
                    reps.plan_credit[rep] * plan.quota_share};
    books.credit_only(reps, rep, books.sellers, sale, claim.paid);
    reps.week_credit[rep] += claim.paid;
  }
}

// A partner's deal in an executive's territory, as far as their plan pays it (M9).
void World::credit_executive(const Decision& decision, std::int64_t net, std::int64_t list,
                             const sim::Step& step) {
  const Engagement& rules = the<Engagement>();
  const Reps::Id owner = Leads::owner(roster_, accounts, needs.account[decision.need], reps);
  if (!rules.neutral() || !owner) return;
  const Products::Id product = needs.product[decision.need];
  const std::int64_t goods = Money{list}.share(products.unit_cost[product]).minor;
  const sim::Date day = step.calendar().date(sim::Calendar::day_at(step.week(), decision.time));
  books.accrue(reps, owner, books.executives,
               Sale{needs.key(decision.need), day, product.index(), net, net - goods, list,
                    products.term_weeks[product], rules.commission_credit, rules.quota_credit});
  reps.week_credit[owner] += Money{net}.share(rules.quota_credit).minor;
  trace(decision.need, DealEvent::credited, day_of(decision, step), vendor_firm(), owner, net,
        DealReason::none);
}

// Whoever of ours sold there last, whatever rivals sell meanwhile.
void World::take_control(Accounts::Id account, Firms::Id firm) {
  const auto count = [&](Firms::Id who, std::int64_t by) {
    if (!who) return;
    (firms.kind[who] == FirmKind::partner ? accounts_of_partners : accounts_of_vendor) += by;
  };
  count(accounts.controller[account], -1);
  accounts.controller[account] = firm;
  count(firm, 1);
}

// A partner's contract goes on: on its terms, or the vendor's.
void World::renew_terms(Contracts::Id contract) {
  const AccountControl& control = the<AccountControl>();
  const Firms::Id paper = contracts.paper[contract];
  if (firms.partnership[paper] == PartnershipKind::oem) return;  // the product is inside its own
  const std::int32_t term = products.term_weeks[contracts.product[contract]];
  if (contracts.invoices[contract] == invoices_of_term(term))
    contracts.net_acv[contract] =
        control.renewed_net(contracts.list_acv[contract], contracts.net_acv[contract]);
  if (control.renewals != RenewedBy::vendor) return;
  note_clash(paper);
  contracts.paper[contract] = vendor_firm();
  contracts.contact[contract] = 1;
  take_control(contracts.account[contract], vendor_firm());
}

void World::trace(Needs::Id need, DealEvent kind, double day, Firms::Id firm, Reps::Id rep,
                  std::int64_t amount, DealReason reason) {
  if (!the<Attribution>().trace) return;
  const sim::Key key = needs.key(need);
  const DealEvents::Id row =
      deal_events.add(sim::child(kinds::deal_event, key, needs.events[need]++));
  deal_events.need[row] = static_cast<std::int64_t>(key.value);
  deal_events.account[row] = needs.account[need].index();
  deal_events.day[row] = static_cast<std::int64_t>(day);
  deal_events.kind[row] = static_cast<std::int64_t>(kind);
  deal_events.firm[row] = firm ? static_cast<std::int64_t>(firm.index()) : -1;
  deal_events.rep[row] = rep ? static_cast<std::int64_t>(rep.index()) : -1;
  deal_events.amount[row] = amount;
  deal_events.reason[row] = static_cast<std::int64_t>(reason);
}

}  // namespace ecosystem
