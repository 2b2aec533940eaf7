// SPDX-License-Identifier: Apache-2.0
// Leads that pass between the vendor and its partners, and what becomes of promises about them.
#include <algorithm>

#include "models/ecosystem/model.h"

namespace ecosystem {

namespace {

constexpr double hours_a_week = 40;  // of a partner manager

Reps::Id giver(const std::vector<Reps::Id>& people, const Reps& reps, sim::Key lead) {
  return Leads::highest(people, reps, lead);
}

}  // namespace

// May anybody of a firm pursue a need?
bool World::works_on(Needs::Id need, Firms::Id firm) const {
  for (std::uint32_t i = 0; i < needs.opportunities[need]; ++i) {
    const Opportunities::Id row = needs.opportunity(need, i);
    if (reps.employer[opportunities.rep[row]] == firm) return true;
  }
  return false;
}

// A fresh need in an account that the vendor does not reach: partners that do not sell there may
// have heard of it, and pass it on if that pays. Of several, the one with the highest key.
void World::take_lead(Needs::Id need, const sim::Step& step) {
  const LeadSharing& about = the<LeadSharing>();
  const Accounts::Id account = needs.account[need];
  const auto& executives = roster_.executives[accounts.region[account]];
  if (about.heard_by_partners == 0 || accounts.direct[account] || executives.empty()) return;
  if (works_on(need, vendor_firm())) return;  // it has heard of it already
  const sim::Key account_key = accounts.key(account), need_key = needs.key(need);
  Partnerships::Id best;
  Reps::Id best_seller;
  sim::Key most{};
  const Foresight foresight = foresights().sellers;
  for (const Partnerships::Id partner : roster_.partners[accounts.region[account]]) {
    const sim::Key firm = firms.key(partnerships.partner[partner]);
    const sim::Key key = sim::pair(firm, need_key);
    if (key < most || works_on(need, partnerships.partner[partner])) continue;
    sim::Draw draw = step.draw_once(streams::of("lead_sharing"), key);
    if (draw.uniform() >= about.heard_by_partners) continue;
    const Reps::Id seller = Leads::seller_of(partnerships, partner, reps, account_key);
    if (!passes_lead(partner, seller, need, foresight, step)) continue;
    most = key;
    best = partner;
    best_seller = seller;
  }
  if (!best) return;
  const Relations::Id row = Relations::of(best);
  const Products::Id product = needs.product[need];
  const auto opportunity =
      Leads::open(opportunities, needs, need, giver(executives, reps, account_key), reps);
  opportunities.referrer[opportunity] = best;
  reps.hours_owed[best_seller] += about.hours;
  ++relations.leads_in[row];
  relations.owed[row] = std::max(0.0, relations.owed[row] - 1);
  const auto list = static_cast<double>(needs.value[need]);
  relations.news_in[row] += list / static_cast<double>(products.list_price[product]);
  relations.news_their_kept[row] += 1;
  const double chance = the<Choice>().chance(.5 * stages, products.maturity[product], 0,
                                             static_cast<std::size_t>(the<Market>().rivals));
  relations.value_in_ever[row] +=
      Money::rounded(chance * list * (1 - products.unit_cost[product])).minor;
}

// Does it pay a partner's seller to hand a lead over? Sellers believe that the vendor wins it as
// somebody half-way through the stages would.
bool World::passes_lead(Partnerships::Id partner, Reps::Id seller, Needs::Id need,
                        const Foresight& foresight, const sim::Step& step) const {
  const LeadSharing& about = the<LeadSharing>();
  const Relations::Id row = Relations::of(partner);
  DealPay pay;
  foresight.deals(reps, seller, step, pay);
  const compensation::Outlook& own = pay[foresight.own_product()];
  const PartnerSeller& job = the<PartnerSeller>();
  const double wins = the<Choice>().chance(.5 * stages, products.maturity[needs.product[need]], 0,
                                           static_cast<std::size_t>(the<Market>().rivals));
  const double per_margin = job.own_margin > 0 ? own.per_unit / job.own_margin : 0;
  const double fee =
      about.referral_fee * static_cast<double>(needs.value[need]) * wins * per_margin;
  const std::int64_t owes = relations.leads_out[row] - relations.leads_in[row];
  const double returned =
      about.chance * foresight.worth(own, static_cast<double>(job.own_deal.minor));
  const double hours =
      about.hours * (relations.followed_up[row] != 0 ? 1 - about.follow_up_help : 1);
  return LeadSharing::seller_passes(fee, about.returns(owes, relations.trust[row]), returned,
                                    hours * reps.hour_value[seller]);
}

// Leads of the week from the vendor to its partners.
void World::share_leads(const sim::Step& step) {
  for (double& busy : managers.busy) busy = 0;
  follow_up(step);
  const LeadSharing& about = the<LeadSharing>();
  if (about.heard_by_vendor == 0) return;
  for (const std::uint32_t i : partnerships.by_key()) {
    const Partnerships::Id partner(i);
    if (partnerships.status[partner] != PartnershipStatus::active) continue;
    if (partnerships.terms[partner] > 0) continue;  // those have terms of their own
    sim::Draw draw =
        step.draw(streams::of("lead_sharing"), firms.key(partnerships.partner[partner]));
    const int heard = OwnBag::poisson(about.heard_by_vendor / 52, draw.uniform());
    for (int k = 0; k < heard; ++k) {
      const bool bought = draw.uniform() < about.chance;
      give_lead(partner, static_cast<std::uint64_t>(step.week()) * 64 + static_cast<unsigned>(k),
                bought, step);
    }
  }
}

// The vendor's executive who heard of it hands it to one of the partner's sellers.
void World::give_lead(Partnerships::Id partner, std::uint64_t ordinal, bool bought,
                      const sim::Step& step) {
  const Firms::Id firm = partnerships.partner[partner];
  const auto& executives = roster_.executives[firms.region[firm]];
  const Relations::Id row = Relations::of(partner);
  const LeadSharing& about = the<LeadSharing>();
  if (executives.empty() ||
      !about.vendor_passes(relations.leads_out[row] - relations.leads_in[row]))
    return;
  const sim::Key lead = sim::child(kinds::lead, firms.key(firm), ordinal);
  reps.hours_owed[giver(executives, reps, lead)] += about.hours;
  ++relations.leads_out[row];
  relations.news_out[row] += 1;
  relations.news_kept[row] += 1;
  const PartnerSeller& job = the<PartnerSeller>();
  const std::int64_t price = job.own_deal.minor;
  const std::int64_t margin = job.own_deal.share(job.own_margin).minor;
  relations.value_out_ever[row] += Money{margin}.share(about.chance).minor;
  if (!bought) return;
  const Reps::Id seller = Leads::seller_of(partnerships, partner, reps, lead);
  books.credit_only(reps, seller, books.sellers,
                    {lead, step.calendar().date(step.week(), 0),
                     static_cast<std::uint32_t>(products.size()), price, margin, price, 0},
                    margin);
  reps.week_credit[seller] += margin;
  ++reps.own_deals[seller];
}

// Managers' hours on promises that have not come and on assurances; they are missing elsewhere.
void World::follow_up(const sim::Step& step) {
  const LeadSharing& about = the<LeadSharing>();
  const Trust& trust = the<Trust>();
  const double assuring = trust.on() ? trust.assurances * trust.assurance_hours / 52 : 0;
  if (about.promised == 0 && assuring == 0) return;
  double hours = 0;
  for (const std::uint32_t i : partnerships.by_key()) {
    const Partnerships::Id partner(i);
    const Relations::Id row = Relations::of(partner);
    if (partnerships.status[partner] != PartnershipStatus::active) continue;
    hours += assuring;
    const bool goes_on = !trust.on() || relations.vendor_trust[row] >= about.follow_up_above;
    relations.followed_up[row] = about.follow_up_hours > 0 && relations.owed[row] > 0 && goes_on;
    if (relations.followed_up[row] != 0) hours += about.follow_up_hours * relations.owed[row];
  }
  std::int64_t people = 0;
  for (const std::int32_t first : managers.start_week) people += first <= step.week();
  if (people == 0) return;
  const double busy = std::min(1.0, hours / (hours_a_week * static_cast<double>(people)));
  for (double& share : managers.busy) share = busy;
  books.totals.manager_hours += busy * hours_a_week * static_cast<double>(people);
}

// The fee for a lead that the vendor won, from its cash to the partner's; the seller who passed it
// is credited by their own plan.
void World::pay_referral(const Decision& decision, std::int64_t list, sim::Date day) {
  const Partnerships::Id partner = opportunities.referrer[decision.opportunity];
  const double share = the<LeadSharing>().referral_fee;
  if (!partner || share == 0) return;
  const std::int64_t fee = Money{list}.share(share).minor;
  books.ledger.post(Book::vendor, Book::partners, fee);
  books.totals.referral_fees += fee;
  books.totals.of_kind[static_cast<std::size_t>(terms_of(partner).kind)].cost += fee;
  add_partner_margin(partnerships.partner[partner], fee);
  const sim::Key account = accounts.key(needs.account[decision.need]);
  const Reps::Id seller = Leads::seller_of(partnerships, partner, reps, account);
  const sim::Key deal = sim::child(kinds::lead, needs.key(decision.need), 0);
  books.credit_only(reps, seller, books.sellers,
                    {deal, day, static_cast<std::uint32_t>(products.size()), fee, fee, fee, 0},
                    fee);
  reps.week_credit[seller] += fee;
}

// At a quarter's end: what was promised for it and has not come is broken, and more is promised.
void World::settle_promises() {
  const double promised = the<LeadSharing>().promised;
  if (promised == 0) return;
  for (std::size_t i = 0; i < partnerships.size(); ++i) {
    const Partnerships::Id partner(i);
    const Relations::Id row = Relations::of(partner);
    if (partnerships.terms[partner] > 0) break;  // further classes stand last
    if (partnerships.status[partner] != PartnershipStatus::active) continue;
    relations.news_their_broken[row] += relations.owed[row];
    relations.owed[row] = promised;
    books.totals.leads_promised += static_cast<std::int64_t>(promised);
  }
}

}  // namespace ecosystem
