// SPDX-License-Identifier: Apache-2.0
// Further classes of partners ([partnership.*]): who they are, and who hears of a need through
// them.
#include <algorithm>

#include "models/ecosystem/model.h"

namespace ecosystem {

// Class 0 are the resellers of [program], on the terms of [booking].
void World::read_classes(const sim::Settings& settings) {
  minor_per_unit_ = static_cast<double>(sim::power_of_ten(settings.currency_digits()));
  classes_.resize(1);
  class_names_.resize(1);
  classes_[0].sellers = the<Program>().sellers;
  classes_[0].activation_share = the<Program>().activation_share;
  classes_[0].months_to_first_deal = the<Program>().months_to_first_deal;
  classes_[0].margin = the<Booking>().reseller_discount;
  classes_[0].reach = the<Leads>().partner_reach;
  for (const auto& [name, terms] : settings.entries<Partnership>("partnership")) {
    class_names_.push_back(name);
    classes_.push_back(terms);
  }
}

Partnerships::Id World::add_candidate(Firms::Id vendor, Firms::Id partner, std::uint32_t terms,
                                      std::uint64_t slot, const sim::Random& random) {
  const auto row = partnerships.add(sim::pair(firms.key(vendor), firms.key(partner)));
  partnerships.partner[row] = partner;
  partnerships.signed_week[row] = never;
  partnerships.active_week[row] = never;
  partnerships.first_deal_week[row] = never;
  partnerships.terms[row] = terms;
  partnerships.slot[row] = static_cast<std::uint32_t>(slot);
  partnerships.complements[row] = 1;
  partnerships.campaign_yield[row] = the<Mdf>().yield * the<Demand>().rate / 4;
  firms.partnership[partner] = classes_[terms].kind;
  the<PartnerTraits>().describe(partnerships, row, firms.key(partner), classes_[terms].sellers,
                                random);
  return row;
}

// Candidates of the further classes, keyed by the name of their class and their number in it.
void World::populate_classes(Firms::Id vendor, const sim::Random& random) {
  hearing_.resize(static_cast<std::size_t>(the<Market>().regions));
  turns_.resize(hearing_.size());
  const sim::Key of_partners =
      sim::child(kinds::firm, root, static_cast<std::uint64_t>(FirmKind::partner));
  for (std::uint32_t c = 1; c < classes_.size(); ++c) {
    const sim::Key of_class =
        sim::child(kinds::firm, of_partners, sim::named(class_names_[c]).value);
    for (std::int64_t i = 0; i < classes_[c].candidates; ++i) {
      const auto slot = static_cast<std::uint64_t>(i);
      const Firms::Id partner = firms.add(sim::child(kinds::firm, of_class, slot));
      firms.kind[partner] = FirmKind::partner;
      firms.region[partner] =
          static_cast<std::uint32_t>(slot % static_cast<std::uint64_t>(the<Market>().regions));
      add_candidate(vendor, partner, c, slot, random);
    }
  }
}

// Does a candidate sign by itself, in its class's week? Else a partner manager must win it.
bool World::invited(Partnerships::Id partner) const {
  return partnerships.terms[partner] > 0 &&
         partnerships.slot[partner] < static_cast<std::uint64_t>(terms_of(partner).signed_at_start);
}

// Is it to wait until the vendor's own people have won more (Q10)?
bool World::waits_for_wins(Partnerships::Id partner) const {
  return invited(partner) &&
         books.totals.won - books.totals.won_partner < terms_of(partner).gate_wins;
}

// May partner managers come to meet it? Not who signs by itself, nor who is screened out.
bool World::wooed(Partnerships::Id partner) const {
  return partnerships.status[partner] == PartnershipStatus::candidate && !invited(partner) &&
         !never_signs(partner) && partnerships.complements[partner] >= terms_of(partner).screen;
}

// Who is screened out never signs. The first of a class sign in its week, the others when a partner
// manager has won them.
void World::invite_classes(const sim::Random& random) {
  for (std::size_t i = 0; i < partnerships.size(); ++i) {
    const Partnerships::Id row(i);
    if (partnerships.terms[row] == 0) continue;
    const Partnership& terms = terms_of(row);
    if (terms.lists()) pages_.push_back(row);
    partnerships.complements[row] = terms.complements(firms.key(partnerships.partner[row]), random);
    if (partnerships.complements[row] < terms.screen || never_signs(row)) continue;
    const std::int32_t first = terms.first_week(start_week_);
    if (!invited(row))
      the<Program>().expect_signing(firms, partnerships, row, random, program_calendar_);
    else if (first == 0)
      sign_long_ago(row, random);
    else if (first != never)
      Program::sign_in(partnerships, row, first, program_calendar_);
  }
  std::sort(pages_.begin(), pages_.end(), [this](Partnerships::Id a, Partnerships::Id b) {
    return partnerships.key(a) < partnerships.key(b);
  });
}

// In order of key, like the resellers of a region (activate).
void World::activate_further(Partnerships::Id partner, const sim::Step& step) {
  const Partnership& terms = terms_of(partner);
  if (!terms.hears()) return;
  if (terms.lists()) {
    const Firms::Id firm = partnerships.partner[partner];
    const Reps::Id page = reps.add(sim::child(kinds::rep, firms.key(firm), 0));
    partnerships.first_seller[partner] = page;
    reps.employer[page] = firm;
    reps.role[page] = Role::storefront;
    reps.region[page] = firms.region[firm];
    reps.start_week[page] = step.week();
    know_at_first(page, terms.page);
  }
  const auto insert = [&](std::vector<Partnerships::Id>& list) {
    const auto earlier = [this](Partnerships::Id a, Partnerships::Id b) {
      return partnerships.key(a) < partnerships.key(b);
    };
    list.insert(std::upper_bound(list.begin(), list.end(), partner, earlier), partner);
  };
  insert(further_partners_);
  if (terms.lists()) return;  // visit_pages
  const bool local = terms.territory == Territory::region || terms.territory == Territory::cell;
  for (std::size_t region = 0; region < hearing_.size(); ++region)
    if (!local || partnerships.slot[partner] % hearing_.size() == region) insert(hearing_[region]);
}

// May nobody sell there but an OEM that has the territory for itself?
bool World::closed_to_others(Needs::Id need) const {
  const Accounts::Id account = needs.account[need];
  for (const Partnerships::Id partner : hearing_[accounts.region[account]]) {
    const Partnership& terms = terms_of(partner);
    if (terms.kind == PartnershipKind::oem && terms.exclusive &&
        terms.covers(partnerships.slot[partner], accounts.cell[account], the<Market>()))
      return true;
  }
  return false;
}

void World::hear_through_partners(Needs::Id need, const sim::Step& step) {
  const bool closed = closed_to_others(need);
  for (const Partnerships::Id partner : hearing_[accounts.region[needs.account[need]]])
    if (!closed || (terms_of(partner).kind == PartnershipKind::oem && terms_of(partner).exclusive))
      hear(need, partner, step);
  if (closed) return;
  take_lead(need, step);
  visit_pages(need, step);
  hear_of_campaigns(need, step);
  turn_to_vendor(need, step);
}

// By a file of known accounts, if there is one, or by chance.
bool World::knows(Partnerships::Id partner, Accounts::Id account) const {
  const Partnership& terms = terms_of(partner);
  if (!terms.covers(partnerships.slot[partner], accounts.cell[account], the<Market>()))
    return false;
  if (known_accounts_.given()) {
    for (const KnownAccounts::Entry& entry : known_accounts_.of(account.index()))
      if (entry.partner == partner.index()) return true;
    return false;
  }
  const double share =
      partnerships.complements[partner] * (1 + partnerships.reach_premium[partner]) *
      terms.knows(accounts.direct[account] != 0, 1 / (1 + the<Market>().partner_only));
  return Partnership::known(firms.key(partnerships.partner[partner]), accounts.key(account), share,
                            random_);
}

void World::hear(Needs::Id need, Partnerships::Id partner, const sim::Step& step) {
  if (!knows(partner, needs.account[need])) return;
  const sim::Key firm = firms.key(partnerships.partner[partner]);
  if (Leads::missed(partnerships.inattention[partner], sim::pair(firm, needs.key(need)), step))
    return;
  const Partnership& terms = terms_of(partner);
  if (terms.refers()) return refer(need, partner, step);
  if (terms.pitches_own(firm, needs.key(need), kept_by(partner), step.random())) {
    ++books.totals.field_clashes;
    needs.imposed[need] += needs.imposed[need] < 255;
    return;
  }
  if (terms.shares_deals()) return share_deal(need, partner);
  if (!works_on(need, partnerships.partner[partner])) open_for(need, seller_for(need, partner));
}

// What a lead is worth to the partner that brings it, as it believes: its share of the deal times
// the chance of somebody who does all that can be done.
double World::value_of_lead(Partnerships::Id partner, std::int64_t list) const {
  const Partnership& terms = terms_of(partner);
  const auto rivals = static_cast<std::size_t>(the<Market>().rivals);
  const double share = terms.refers() ? terms.fee : kept_by(partner);
  return share * the<Choice>().price * the<Choice>().chances(rivals, 1.0)[stages] *
         static_cast<double>(list);
}

// A lead for the vendor's own people: the first to refer it, in order of key, is its source.
void World::refer(Needs::Id need, Partnerships::Id partner, const sim::Step& step) {
  const sim::Key firm = firms.key(partnerships.partner[partner]);
  if (!terms_of(partner).passes_on(firm, needs.key(need), value_of_lead(partner, needs.value[need]),
                                   step.random()))
    return;
  Opportunities::Id row = opportunity_of(need, Role::account_executive);
  const auto& people = roster_.executives[accounts.region[needs.account[need]]];
  if (!row && people.empty()) return;
  if (!row) row = open_for(need, Leads::highest(people, reps, accounts.key(needs.account[need])));
  ++books.totals.leads_referred;
  if (!opportunities.source[row]) opportunities.source[row] = partner;
}

// The partner's seller and an executive work on one opportunity: what either knows is known to both
// (as in a joint call), and their work adds up (pool_work).
void World::share_deal(Needs::Id need, Partnerships::Id partner) {
  Opportunities::Id lead = opportunity_of(need, Role::account_executive);
  const auto& people = roster_.executives[accounts.region[needs.account[need]]];
  if (!lead && people.empty()) return;
  if (!lead) lead = open_for(need, Leads::highest(people, reps, accounts.key(needs.account[need])));
  const Opportunities::Id row = open_for(need, seller_for(need, partner));
  const Products::Id product = needs.product[need];
  const double theirs = reps.knows(opportunities.rep[row], product);
  const double ours =
      std::max(reps.knows(opportunities.rep[lead], product), opportunities.joint[lead]);
  opportunities.joint_with[row] = 1 + lead.index() - needs.first_opportunity[need].index();
  if (ours > theirs) opportunities.joint[row] = ours;
  if (theirs > ours) opportunities.joint[lead] = theirs;
}

Opportunities::Id World::opportunity_of(Needs::Id need, Role role) const {
  for (std::uint32_t i = 0; i < needs.opportunities[need]; ++i) {
    const Opportunities::Id row = needs.opportunity(need, i);
    if (reps.role[opportunities.rep[row]] == role) return row;
  }
  return Opportunities::Id::none();
}

Opportunities::Id World::open_for(Needs::Id need, Reps::Id rep) {
  return Leads::open(opportunities, needs, need, rep, reps);
}

Reps::Id World::seller_for(Needs::Id need, Partnerships::Id partner) const {
  return Leads::seller_of(partnerships, partner, reps, accounts.key(needs.account[need]));
}

const World::Partners& World::partners() const {
  const std::size_t rows = partnerships.size();
  for (auto* column :
       {&partners_.kind, &partners_.terms, &partners_.status, &partners_.tier, &partners_.sellers})
    column->resize(rows);
  for (std::size_t i = 0; i < rows; ++i) {
    const Partnerships::Id row(i);
    partners_.kind[i] = static_cast<std::int64_t>(terms_of(row).kind);
    partners_.terms[i] = partnerships.terms[row];
    partners_.status[i] = static_cast<std::int64_t>(partnerships.status[row]);
    partners_.tier[i] = partnerships.tier[row];
    partners_.sellers[i] = partnerships.sellers[row];
  }
  return partners_;
}

// Work on a shared opportunity is that of all who share it; the executive's speaks for them.
void World::pool_work() {
  bool any = false;
  for (const Partnership& terms : classes_) any |= terms.shares_deals() && terms.candidates > 0;
  if (!any) return;
  const auto each_shared = [this](const auto& visit) {
    for (std::size_t i = 0; i < opportunities.size(); ++i) {
      const Opportunities::Id row(i);
      if (!opportunities.alive(row) || opportunities.joint_with[row] == 0) continue;
      visit(row, shared_lead(needs, opportunities, row));
    }
  };
  each_shared([this](Opportunities::Id row, Opportunities::Id lead) {
    opportunities.work[lead] += opportunities.work[row] - opportunities.pooled[row];
    opportunities.engaged_day[lead] =
        std::min(opportunities.engaged_day[lead], opportunities.engaged_day[row]);
    opportunities.worked_week[lead] =
        std::max(opportunities.worked_week[lead], opportunities.worked_week[row]);
    Pursuit::restage(opportunities, lead);
  });
  each_shared([this](Opportunities::Id row, Opportunities::Id lead) {
    opportunities.work[row] = opportunities.pooled[row] = opportunities.work[lead];
    opportunities.stage[row] = opportunities.stage[lead];
  });
}

}  // namespace ecosystem
