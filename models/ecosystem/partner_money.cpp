// SPDX-License-Identifier: Apache-2.0
// Who pays whom for partnerships: deals, fees, royalties and guarantees, what having partners
// costs, tiers with their rebates, and marketing funds.
#include <algorithm>

#include "models/ecosystem/model.h"

namespace ecosystem {

// From the vendor to a partner, or `to` whoever works for them.
void World::pay_partner(Partnerships::Id partner, Book to, std::int64_t amount,
                        std::int64_t& total) {
  if (amount == 0) return;
  books.ledger.post(Book::vendor, to, amount);
  total += amount;
  books.totals.of_kind[static_cast<std::size_t>(terms_of(partner).kind)].cost += amount;
}

// What a partner earns with the vendor: margin to it, as on its own paper.
void World::pay_fee(Partnerships::Id partner, std::int64_t fee) {
  pay_partner(partner, Book::partners, fee, books.totals.partner_fees);
  add_partner_margin(partnerships.partner[partner], fee);
}

// Of a contract that is renewed on a marketplace; nothing where the vendor no longer lists.
double World::renewal_fee(Partnerships::Id market) const {
  return is_partner(partnerships.status[market]) ? terms_of(market).renewal_fee : 0;
}

// Whose deal it is beside the vendor's people's: the seller's house, the page's, who referred it,
// or who worked on it together with an executive (the first, in the order of the need's).
Partnerships::Id World::partnership_behind(Opportunities::Id opportunity) const {
  const Firms::Id employer = reps.employer[opportunities.rep[opportunity]];
  if (firms.kind[employer] == FirmKind::partner) return partnership_of(employer);
  if (opportunities.source[opportunity]) return opportunities.source[opportunity];
  if (opportunities.referrer[opportunity]) return opportunities.referrer[opportunity];
  const Needs::Id need = opportunities.need[opportunity];
  for (std::uint32_t i = 0; i < needs.opportunities[need]; ++i) {
    const Opportunities::Id row = needs.opportunity(need, i);
    if (shared_lead(needs, opportunities, row) == opportunity)
      return partnership_of(reps.employer[opportunities.rep[row]]);
  }
  return Partnerships::Id::none();
}

// A deal won: what it is worth at list, who had contact, and what a partner behind it gets of it.
void World::share_out(const Decision& decision, const Booking::Terms& terms, std::int64_t list,
                      double price, const sim::Step& step) {
  const Opportunities::Id row = decision.opportunity;
  const Products::Id product = needs.product[decision.need];
  const Role role = reps.role[opportunities.rep[row]];
  const std::int64_t net = terms.vendor_gets(list, role == Role::partner_seller);
  const std::int64_t of_year = first_year(net, products.term_weeks[product]);
  books.totals.list_won += Money::rounded(static_cast<double>(list) / price).minor;
  const Partnerships::Id via = partnership_behind(row);
  books.totals.won_contact +=
      role == Role::account_executive || terms.vendor_paper || terms_of(via).shares_contact;
  if (!via) return;
  Totals::OfKind& of_kind = books.totals.of_kind[static_cast<std::size_t>(terms_of(via).kind)];
  ++of_kind.deals;
  of_kind.bookings += net;
  if (terms.vendor_paper)
    of_kind.cost += first_year(list - terms.net(list), products.term_weeks[product]);
  ++partnerships.deals[via];
  partnerships.revenue[via] += of_year;
  partnerships.revenue_review[via] += of_year;
  partner_revenue_.add(partnerships.revenue_year, via, of_year, week_);
  if (terms_of(via).kind == PartnershipKind::oem) {
    books.totals.royalties += of_year;
    partnerships.royalties[via] += of_year;
  }
  pay_for_help(row, via, list, of_year, step);
  if (terms_of(via).shares_deals()) note_promise(partnerships.partner[via], net, false);
}

// Fees. Of a deal won together every seller who shared it gets credit for its house's fee.
void World::pay_for_help(Opportunities::Id row, Partnerships::Id via, std::int64_t list,
                         std::int64_t first_year, const sim::Step& step) {
  const Needs::Id need = opportunities.need[row];
  const Products::Id product = needs.product[need];
  const std::int32_t term = products.term_weeks[product];
  if (reps.role[opportunities.rep[row]] == Role::storefront) {
    const std::int64_t tcv = term > 52 ? list * term / 52 : list;
    pay_fee(via, Money{first_year}.share(terms_of(via).fee_of(tcv, minor_per_unit_)).minor);
    return;
  }
  if (opportunities.source[row] == via)
    pay_fee(via, Money{first_year}.share(terms_of(via).fee).minor);
  for (std::uint32_t i = 0; i < needs.opportunities[need]; ++i) {
    const Opportunities::Id helper = needs.opportunity(need, i);
    if (shared_lead(needs, opportunities, helper) != row) continue;
    const Reps::Id rep = opportunities.rep[helper];
    const Partnerships::Id partner = partnership_of(reps.employer[rep]);
    const std::int64_t fee = Money{first_year}.share(terms_of(partner).fee).minor;
    pay_fee(partner, fee);
    const PartnerSeller& seller = the<PartnerSeller>();
    books.credit_only(reps, rep, books.sellers,
                      {needs.key(need), step.calendar().date(step.week(), 6), product.index(), list,
                       fee, list, term, reps.plan_credit[rep] * seller.commission_share,
                       reps.plan_credit[rep] * seller.quota_share},
                      fee);
    reps.week_credit[rep] += fee;
    ++reps.deals[rep];
  }
}

void World::describe_contract(Contracts::Id contract, Opportunities::Id opportunity) {
  const Partnerships::Id via = partnership_behind(opportunity);
  const Role role = reps.role[opportunities.rep[opportunity]];
  contracts.via[contract] = via;
  contracts.contact[contract] =
      role == Role::account_executive ||
      (role == Role::partner_seller && contracts.paper[contract] == vendor_firm()) ||
      (via && terms_of(via).shares_contact);
  if (role != Role::storefront) return;
  const std::int32_t term = products.term_weeks[contracts.product[contract]];
  const std::int64_t list = contracts.list_acv[contract];
  contracts.fee[contract] =
      terms_of(via).fee_of(term > 52 ? list * term / 52 : list, minor_per_unit_);
}

// Needs on which sellers of several houses worked, those with a partner among them, and those with
// more than one.
void World::note_overlap(const Decision& decision) {
  const Needs::Id need = decision.need;
  Firms::Id first = Firms::Id::none();
  int partners = 0;
  bool contested = false, involved = false;
  for (std::uint32_t i = 0; i < needs.opportunities[need]; ++i) {
    const Opportunities::Id row = needs.opportunity(need, i);
    const Reps::Id rep = opportunities.rep[row];
    if (opportunities.engaged_day[row] == never || reps.role[rep] == Role::storefront) continue;
    partners += reps.role[rep] == Role::partner_seller;
    involved |= reps.role[rep] == Role::partner_seller;
    if (opportunities.joint_with[row] > 0) continue;
    contested |= first && first != reps.employer[rep];
    first = reps.employer[rep];
  }
  books.totals.contested += contested;
  books.totals.needs_shared += partners > 1;
  books.totals.involved += involved;
  books.totals.won_involved += involved && decision.opportunity;
}

// Whoever holds the paper may move the customer when the term ends.
bool World::steered_away(Contracts::Id contract, const sim::Step& step) {
  const Partnerships::Id via = contracts.via[contract];
  if (!via || contracts.paper[contract] == vendor_firm()) return false;
  if (!terms_of(via).steers(contracts.key(contract), contracts.invoices[contract], kept_by(via),
                            step.random()))
    return false;
  ++books.totals.steered;
  return true;
}

void World::note_signing(Partnerships::Id partner, const sim::Step&) {
  const Partnership& terms = terms_of(partner);
  awareness_ += terms.newsworthy;
  pay_partner(partner, Book::suppliers, terms.signing_cost.minor, books.totals.partner_program);
}

// The week's bill for partners of further classes; then what quarters and years bring.
void World::run_classes(const sim::Step& step) {
  for (std::size_t i = 0; i < partnerships.size() && classes_.size() > 1; ++i) {
    const Partnerships::Id partner(i);
    if (partnerships.terms[partner] == 0 || !is_partner(partnerships.status[partner])) continue;
    pay_partner(partner, Book::suppliers, weekly_part(terms_of(partner).cost.minor, step.week()),
                books.totals.partner_program);
  }
  if (const std::int64_t stickers = the<Mdf>().stickers.minor; stickers > 0) {
    books.ledger.post(Book::vendor, Book::suppliers, weekly_part(stickers, step.week()));
    books.totals.partner_program += weekly_part(stickers, step.week());
  }
  partner_revenue_.expire(partnerships.revenue_year, step.week());
  collect_guarantees(step);
  review_tiers(step);
  fund_campaigns(step);
}

// On each anniversary an OEM pays what its royalties fell short of.
void World::collect_guarantees(const sim::Step& step) {
  for (const Partnerships::Id partner : further_partners_) {
    const Partnership& terms = terms_of(partner);
    const int weeks = step.week() + 1 - partnerships.signed_week[partner];
    if (terms.kind != PartnershipKind::oem || weeks % 52 != 0) continue;
    const std::int64_t due =
        std::max<std::int64_t>(0, terms.guarantee.minor - partnerships.royalties[partner]);
    partnerships.royalties[partner] = 0;
    books.ledger.post(Book::partners, Book::vendor, due);
    books.totals.revenue += due;
    books.totals.guarantees += due;
  }
}

void World::review_tiers(const sim::Step& step) {
  const Tiers& tiers = the<Tiers>();
  const auto period =
      tiers.review == Review::year ? sim::PeriodKind::year : sim::PeriodKind::quarter;
  if (!tiers.on() || !step.calendar().closes(period, step.week())) return;
  for (std::size_t i = 0; i < partnerships.size(); ++i) {
    const Partnerships::Id partner(i);
    const std::uint32_t people = partnerships.sellers[partner];
    if (partnerships.status[partner] != PartnershipStatus::active || people == 0) continue;
    double knowledge = 0;
    for (std::uint32_t s = 0; s < people; ++s)
      knowledge += reps.knowledge[Reps::Id(partnerships.first_seller[partner].index() + s)];
    const double year = static_cast<double>(partnerships.revenue_year[partner]) / minor_per_unit_;
    partnerships.tier[partner] = tiers.reached(year, knowledge / people);
    const std::int64_t rebate = Money{partnerships.revenue_review[partner]}
                                    .share(tiers.rebate_of(partnerships.tier[partner]))
                                    .minor;
    pay_partner(partner, Book::partners, rebate, books.totals.rebates);
    add_partner_margin(partnerships.partner[partner], rebate);
    partnerships.revenue_review[partner] = 0;
    refresh_margin(partner);
  }
}

// Of what customers pay on its terms and in its tier.
double World::kept_by(Partnerships::Id partner) const {
  return terms_of(partner).kept() + the<Tiers>().discount_of(partnerships.tier[partner]);
}

// What its sellers' house keeps beyond what [booking] says; pay of sellers follows it.
void World::refresh_margin(Partnerships::Id partner) {
  const double extra = kept_by(partner) - the<Booking>().reseller_discount;
  for (std::uint32_t s = 0; s < partnerships.sellers[partner]; ++s)
    reps.extra_margin[Reps::Id(partnerships.first_seller[partner].index() + s)] = extra;
}

}  // namespace ecosystem
