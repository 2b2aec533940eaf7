// SPDX-License-Identifier: Apache-2.0
#include "models/ecosystem/reasoning.h"

#include <algorithm>

#include "models/ecosystem/streams.h"
#include "sim/math.h"

namespace ecosystem {

using compensation::Basis;
using compensation::Forecast;
using compensation::Outlook;

Foresight::Foresight(const Reasoning& about, const RolePayroll& payroll, const Products& products,
                     const PartnerSeller* seller, const Terms& terms, int directive_product,
                     const DynamicPlan* programme)
    : about_(about),
      payroll_(payroll),
      programme_(programme && programme->table ? programme : nullptr),
      terms_(terms),
      products_(products.size() + (seller != nullptr)),
      vendor_products_(products.size()),
      partner_(seller != nullptr),
      directive_product_(directive_product) {
  for (std::size_t k = 0; k < products_; ++k) {
    compensation::Offer& offer = offers_[k];
    offer.kind = payroll.kind_of(static_cast<std::uint32_t>(k));
    double amount = terms.price, margin;
    if (k == vendor_products_) {
      amount = 1;
      margin = seller->own_margin;
    } else if (partner_) {
      margin = terms.price * terms.reseller_discount;
      offer.commissionable = seller->commission_share;
      offer.quota_credit = seller->quota_share;
    } else {
      margin = terms.price - products.unit_cost[Products::Id(k)];
    }
    offer.worth.fill(amount);
    offer.worth[static_cast<std::size_t>(Basis::margin)] = margin;
    offer.worth[static_cast<std::size_t>(Basis::discount)] = 0;
    offer.worth[static_cast<std::size_t>(Basis::units)] = 1;
    if (k == vendor_products_) continue;
    if (const std::int32_t term = products.term_weeks[Products::Id(k)]; term > 0) {
      offer.worth[static_cast<std::size_t>(Basis::first_year)] = amount * std::min(52, term) / 52;
      offer.worth[static_cast<std::size_t>(Basis::tcv)] = amount * term / 52;
    }
  }
  const auto basis = static_cast<std::size_t>(payroll.quota_basis());
  // Where quota counts deals a lot of them has no value to go by.
  quota_worth_ = basis == static_cast<std::size_t>(Basis::units)
                     ? 0
                     : offers_.front().worth[basis] * offers_.front().quota_credit;
}

void Foresight::offers_at_margin(double extra, Offers& out) const {
  for (std::size_t k = 0; k < products_; ++k) {
    out[k] = offers_[k];
    if (k == vendor_products_) continue;
    out[k].worth[static_cast<std::size_t>(Basis::margin)] =
        terms_.price * (terms_.reseller_discount + terms_.beyond * extra);
  }
}

double Foresight::weeks_left(const Reps& reps, Reps::Id rep, const sim::Step& step) const {
  return payroll_.standing(reps.payee[rep], step.calendar().date(step.week(), 0)).weeks_left;
}

void Foresight::look(const Reps& reps, Reps::Id rep, const sim::Step& step, double lot, bool next,
                     DealPay& out) const {
  const sim::Date today = step.calendar().date(step.week(), 0);
  Forecast forecast;
  forecast.cv = about_.booking_cv;
  forecast.weeks_to_close = about_.close_weeks;
  forecast.next_period = next;
  forecast.lot = lot;
  if (reps.planner[rep] == Planner::myopic) forecast.view = Forecast::View::myopic;
  const bool plans = programme_ && reps.planner[rep] == Planner::dynamic;
  if (plans) forecast.view = Forecast::View::rest;
  double later = about_.present_bias, waits = 1;
  compensation::Standing standing;
  if (plans || about_.own_pace > 0 || about_.discount > 0 || about_.far_sighted > 0) {
    standing = payroll_.standing(reps.payee[rep], today);
    const double asked = standing.weeks > 0 ? standing.quota / standing.weeks : 0;
    const double pace = asked + about_.own_pace * (reps.usual_week[rep] - asked);
    if (about_.own_pace > 0) forecast.pace = pace;
    // Pay comes when the period has ended; effort is now.
    const double until = standing.weeks_left + (next ? standing.weeks : 0);
    if (about_.discount > 0) waits = sim::exp(-about_.discount * until / 52);
    later *= waits;
    later *= payroll_.ratchet_weight(about_.far_sighted, about_.discount * standing.weeks / 52);
  }
  static thread_local Offers own;
  const bool differs = partner_ && reps.extra_margin[rep] != 0;
  if (differs) offers_at_margin(reps.extra_margin[rep], own);
  const Offers& offers = differs ? own : offers_;
  const auto basis = static_cast<std::size_t>(payroll_.quota_basis());
  if (differs && lot > 0 && offers_.front().worth[basis] > 0)
    forecast.lot *= own.front().worth[basis] / offers_.front().worth[basis];
  payroll_.outlook(reps.payee[rep], today, forecast, {offers.data(), products_},
                   {out.data(), products_});
  if (plans && standing.quota > 0) {
    const double pace = forecast.pace >= 0 ? forecast.pace / standing.quota : 1 / standing.weeks;
    add_programme(next ? standing.weeks : standing.weeks_left, next ? 0 : standing.attainment, pace,
                  today, 1 / waits, offers, out);
  }
  for (std::size_t k = 0; k < products_; ++k) {
    double weight = later, by_deal = later;
    if (k < vendor_products_ && partner_) {
      weight *= (1 + about_.liking) * reps.plan_credit[rep];
      if (reps.plan_credit[rep] <= 0) by_deal = 0;  // what pays no commission claims no SPIF (R22)
      weight *= 1 + reps.regard[rep];
      by_deal *= 1 + reps.regard[rep];
    }
    if (static_cast<int>(k) == directive_product_) weight *= 1 + about_.directive;
    out[k].per_unit = std::max(0.0, weight * out[k].per_unit);
    out[k].per_deal = std::max(0.0, by_deal * out[k].per_deal);
  }
}

// The programme discounts and weighs later pay itself; present bias weighs it against effort here.
void Foresight::add_programme(double weeks_left, double attainment, double pace, sim::Date today,
                              double undiscounted, const Offers& offers, DealPay& out) const {
  const double rate = undiscounted * programme_->rate(weeks_left, attainment, pace);
  const auto basis = static_cast<std::size_t>(payroll_.quota_basis());
  for (std::size_t k = 0; k < products_; ++k) {
    if (!payroll_.counts_for_quota(static_cast<std::uint32_t>(k), today)) continue;
    const double counts = std::min(offers[k].commissionable, offers[k].quota_credit);
    const double worth = rate * counts * offers[k].worth[basis];
    (basis == static_cast<std::size_t>(Basis::units) ? out[k].per_deal : out[k].per_unit) += worth;
  }
}

double Foresight::noise(const Opportunities& opportunities, Opportunities::Id row,
                        const sim::Step& step) const {
  if (about_.choice_noise == 0) return 1;
  const double z = step.draw(streams::of("reasoning"), opportunities, row).normal();
  return sim::exp(about_.choice_noise * z);
}

double Foresight::worth(const Outlook& deal, double list) const {
  const double pay = deal.per_unit * list + deal.per_deal;
  const double aversion = about_.risk_aversion / 100;  // per minor unit
  return aversion > 0 ? -sim::expm1(-aversion * pay) / aversion : pay;
}

}  // namespace ecosystem
