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
                     const PartnerSeller* seller, const Terms& terms, int directive_product)
    : about_(about),
      payroll_(payroll),
      offers_(products.size() + (seller != nullptr)),
      vendor_products_(products.size()),
      partner_(seller != nullptr),
      directive_product_(directive_product) {
  for (std::size_t k = 0; k < offers_.size(); ++k) {
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
  }
  const auto basis = static_cast<std::size_t>(payroll.quota_basis());
  quota_worth_ = offers_.front().worth[basis] * offers_.front().quota_credit;
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
  double later = about_.present_bias;
  if (about_.own_pace > 0 || about_.discount > 0 || about_.far_sighted > 0) {
    const compensation::Standing standing = payroll_.standing(reps.payee[rep], today);
    const double asked = standing.weeks > 0 ? standing.quota / standing.weeks : 0;
    if (about_.own_pace > 0)
      forecast.pace = asked + about_.own_pace * (reps.usual_week[rep] - asked);
    // Pay comes when the period has ended; effort is now.
    const double until = standing.weeks_left + (next ? standing.weeks : 0);
    if (about_.discount > 0) later *= sim::exp(-about_.discount * until / 52);
    later *= payroll_.ratchet_weight(about_.far_sighted, about_.discount * standing.weeks / 52);
  }
  payroll_.outlook(reps.payee[rep], today, forecast, offers_, {out.data(), offers_.size()});
  for (std::size_t k = 0; k < offers_.size(); ++k) {
    double weight = later;
    if (k < vendor_products_ && partner_) weight *= (1 + about_.liking) * reps.plan_credit[rep];
    if (static_cast<int>(k) == directive_product_) weight *= 1 + about_.directive;
    out[k].per_unit = std::max(0.0, weight * out[k].per_unit);
    out[k].per_deal = std::max(0.0, later * out[k].per_deal);
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
