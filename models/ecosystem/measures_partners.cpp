// SPDX-License-Identifier: Apache-2.0
// What is measured of partners under the program, one line each.
#include <algorithm>
#include <array>

#include "models/ecosystem/measures.h"
#include "sim/math.h"

namespace ecosystem {
namespace {

using sim::integer_outcome;
using sim::Measured;
using sim::real_outcome;
using W = World;

// Partners that brought the vendor something in the last 52 weeks.
std::int64_t partners_producing(const W& w) {
  std::int64_t count = 0;
  for (std::size_t row = 0; row < w.partnerships.size(); ++row) {
    const Partnerships::Id partner(row);
    count += is_partner(w.partnerships.status[partner]) && w.partnerships.margin_year[partner] > 0;
  }
  return count;
}

double partner_satisfaction(const W& w) {
  double sum = 0;
  for (const std::uint32_t row : w.partnerships.by_key()) {
    const Partnerships::Id partner(row);
    if (is_partner(w.partnerships.status[partner])) sum += w.partnerships.satisfaction[partner];
  }
  const auto partners = static_cast<double>(w.partners_signed());
  return partners > 0 ? sum / partners : 0;
}

template <auto Column>
double hours_of_managers(const W& w) {
  double sum = 0;
  for (const std::uint32_t row : w.managers.by_key())
    sum += (w.managers.*Column)[Managers::Id(row)];
  return sum;
}

// Mean over active partnerships, in order of key.
template <auto Column>
double mean_of_edges(const W& w) {
  double sum = 0, edges = 0;
  for (const std::uint32_t i : w.partnerships.by_key()) {
    if (w.partnerships.status[Partnerships::Id(i)] != PartnershipStatus::active) continue;
    sum += (w.relations.*Column)[Relations::Id(i)];
    ++edges;
  }
  return edges > 0 ? sum / edges : 0;
}

// Mean weeks from activation until now or until it ended.
double tenure(const W& w) {
  double weeks = 0, edges = 0;
  for (std::size_t i = 0; i < w.partnerships.size(); ++i) {
    const Partnerships::Id row(i);
    if (w.partnerships.active_week[row] == never) continue;
    const std::int32_t until =
        std::min(w.relations.ended_week[Relations::of(row)], w.current_week());
    weeks += until - w.partnerships.active_week[row];
    ++edges;
  }
  return edges > 0 ? weeks / edges : 0;
}

std::int64_t partner_net(const W& w) {
  const double cost = static_cast<double>(w.the<Attribution>().partner_hour_cost.minor);
  const Totals& totals = w.books.totals;
  return totals.partner_margin + totals.partner_claims -
         Money::rounded(cost * totals.seller_hours).minor;
}

}  // namespace

Outcomes outcomes_of_partners() {
  static const auto list = std::to_array<sim::Outcome<World>>(
      {real_outcome<W>("trust", "share", "trust of active partners in the vendor's word, mean",
                       Measured::stock, mean_of_edges<&Relations::trust>),
       real_outcome<W>("vendor_trust", "share",
                       "trust of the vendor in the word of active partners, mean", Measured::stock,
                       mean_of_edges<&Relations::vendor_trust>),
       real_outcome<W>("goodwill", "1", "goodwill of active partners, in leads, mean",
                       Measured::stock, mean_of_edges<&Relations::goodwill>),
       integer_outcome<W>("taken", "1",
                          "times that a partner's seller worked on a deal which the vendor's own "
                          "people won",
                          Measured::flow, [](const W& w) { return w.books.totals.taken; }),
       integer_outcome<W>("leads_in", "1", "leads that partners passed to the vendor",
                          Measured::flow,
                          [](const W& w) { return sum_of(w.relations.leads_in.span()); }),
       integer_outcome<W>("leads_out", "1", "leads that the vendor passed to partners",
                          Measured::flow,
                          [](const W& w) { return sum_of(w.relations.leads_out.span()); }),
       integer_outcome<W>(
           "lead_balance", "1", "leads received from partners less leads given", Measured::flow,
           [](const W& w) {
             return sum_of(w.relations.leads_in.span()) - sum_of(w.relations.leads_out.span());
           }),
       integer_outcome<W>("leads_promised", "1", "leads that partners promised", Measured::flow,
                          [](const W& w) { return w.books.totals.leads_promised; }),
       integer_outcome<W>("referral_fees", "money", "paid to partners for leads that were won",
                          Measured::flow, [](const W& w) { return w.books.totals.referral_fees; }),
       real_outcome<W>("follow_up_hours", "hour",
                       "of partner managers, on promised leads and assurances", Measured::flow,
                       [](const W& w) { return w.books.totals.manager_hours; }),
       integer_outcome<W>("demands", "1", "demands that partners made", Measured::flow,
                          [](const W& w) { return w.books.totals.demands; }),
       integer_outcome<W>("refused", "1", "of them, those that the vendor refused", Measured::flow,
                          [](const W& w) { return w.books.totals.refused; }),
       integer_outcome<W>("left_by_partners", "1", "partnerships that the partner ended",
                          Measured::flow,
                          [](const W& w) { return w.books.totals.left_by_partners; }),
       integer_outcome<W>("ended_by_vendor", "1", "partnerships that the vendor ended",
                          Measured::flow,
                          [](const W& w) { return w.books.totals.ended_by_vendor; }),
       integer_outcome<W>("exits", "1", "active partnerships that ended", Measured::flow,
                          [](const W& w) {
                            return w.books.totals.left_by_partners + w.books.totals.ended_by_vendor;
                          }),
       real_outcome<W>("tenure", "week",
                       "mean time since partnerships became active, or until they ended",
                       Measured::stock, tenure),
       real_outcome<W>("fit", "1", "what active partners' pairing adds to buyers' utility, mean",
                       Measured::stock, mean_of_edges<&Relations::fit>),
       real_outcome<W>("fit_believed", "1", "the same as it was believed at signing",
                       Measured::stock, mean_of_edges<&Relations::believed>),
       integer_outcome<W>("partner_claims", "money",
                          "paid to partners on their claims, and as commission for deals on the "
                          "vendor's paper",
                          Measured::flow, [](const W& w) { return w.books.totals.partner_claims; }),
       integer_outcome<W>("claims", "1", "claims that partners made on deals won", Measured::flow,
                          [](const W& w) { return w.books.totals.claims; }),
       integer_outcome<W>(
           "bookings_claimed", "money",
           "first-year value, at the vendor's price, of deals that a partner claimed",
           Measured::flow, [](const W& w) { return w.books.totals.bookings_claimed; }),
       integer_outcome<W>(
           "bookings_unclaimed", "money", "the same of those that none claimed", Measured::flow,
           [](const W& w) {
             return w.books.totals.bookings_acv - w.books.totals.bookings_claimed;
           }),
       integer_outcome<W>("partner_net", "money",
                          "partners' margin and claims less what their sellers' hours cost",
                          Measured::flow, partner_net),
       integer_outcome<W>("conflict_events", "1",
                          "times that the vendor's people began in a partner's account or deal",
                          Measured::flow,
                          [](const W& w) { return w.books.totals.conflict_events; }),
       integer_outcome<W>("pursued", "1", "needs decided that any of ours worked on",
                          Measured::flow, [](const W& w) { return w.books.totals.pursued; }),
       integer_outcome<W>("pursuers", "1", "sellers who worked on them, summed over needs",
                          Measured::flow, [](const W& w) { return w.books.totals.pursuers; }),
       real_outcome<W>("wasted_partner_hours", "hour",
                       "hours of partners' sellers on deals that another seller of ours won",
                       Measured::flow,
                       [](const W& w) { return w.books.totals.wasted_partner_hours; }),
       real_outcome<W>("winning_partner_hours", "hour",
                       "hours of partners' sellers on deals that they won themselves",
                       Measured::flow,
                       [](const W& w) { return w.books.totals.winning_partner_hours; }),
       integer_outcome<W>("registrations_filed", "1", "deals that partners registered",
                          Measured::flow, [](const W& w) { return w.books.totals.filed; }),
       integer_outcome<W>("registrations_approved", "1", "registrations that came to hold",
                          Measured::flow, [](const W& w) { return w.books.totals.approved; }),
       integer_outcome<W>("registrations_rejected", "1", "registrations that the vendor refused",
                          Measured::flow, [](const W& w) { return w.books.totals.rejected; }),
       integer_outcome<W>("registrations_queued", "1", "registrations that had to wait for another",
                          Measured::flow, [](const W& w) { return w.books.totals.queued; }),
       integer_outcome<W>("registrations_expired", "1", "registrations whose window ran out",
                          Measured::flow, [](const W& w) { return w.books.totals.expired; }),
       integer_outcome<W>("registrations_converted", "1", "registrations whose holder won the deal",
                          Measured::flow, [](const W& w) { return w.books.totals.converted; }),
       integer_outcome<W>("assists", "1", "buyers in doubt whom the vendor's people helped",
                          Measured::flow, [](const W& w) { return w.books.totals.assists; }),
       integer_outcome<W>("signings_blocked", "1",
                          "partners that could not sign, another having the region for itself",
                          Measured::flow,
                          [](const W& w) { return w.books.totals.signings_blocked; }),
       integer_outcome<W>("accounts_of_vendor", "1", "accounts where the vendor itself sold last",
                          Measured::stock, [](const W& w) { return w.accounts_of_vendor; }),
       integer_outcome<W>("accounts_of_partners", "1", "accounts where a partner sold last",
                          Measured::stock, [](const W& w) { return w.accounts_of_partners; }),
       integer_outcome<W>("partners", "1", "partners signed and not parted with", Measured::stock,
                          [](const W& w) { return w.partners_signed(); }),
       integer_outcome<W>(
           "partners_producing", "1",
           "of them, those that earned something with the vendor in the last 52 weeks",
           Measured::stock, [](const W& w) { return partners_producing(w); }),
       real_outcome<W>("partner_satisfaction", "share", "mean satisfaction of partners",
                       Measured::stock, partner_satisfaction),
       real_outcome<W>("manager_hours_recruiting", "hour",
                       "hours of partner managers spent on finding and signing partners",
                       Measured::flow, hours_of_managers<&Managers::recruiting>),
       real_outcome<W>("manager_hours_pleasing", "hour",
                       "hours of partner managers spent on partners' goodwill", Measured::flow,
                       hours_of_managers<&Managers::pleasing>),
       real_outcome<W>("manager_hours_enabling", "hour",
                       "hours of partner managers spent on partners' sellers", Measured::flow,
                       hours_of_managers<&Managers::enabling>),
       real_outcome<W>("manager_hours_idle", "hour",
                       "hours of partner managers that nothing paid for", Measured::flow,
                       hours_of_managers<&Managers::idle>),
       real_outcome<W>(
           "partner_support_hours", "hour",
           "hours of the vendor's people, managers too, for partners after signing", Measured::flow,
           [](const W& w) {
             return w.books.totals.manager_support_hours + w.books.totals.staff_hours;
           }),
       integer_outcome<W>("manager_bonus", "money",
                          "paid to partner managers for partners signed and satisfied",
                          Measured::flow, [](const W& w) { return w.books.totals.manager_bonus; }),
       integer_outcome<W>("candidates_turned_down", "1",
                          "candidates that a partner manager looked at and did not sign",
                          Measured::flow, [](const W& w) { return w.books.totals.turned_down; }),
       integer_outcome<W>("candidates_refused", "1", "candidates that did not want to sign",
                          Measured::flow, [](const W& w) { return w.books.totals.declined; }),
       integer_outcome<W>("partners_lapsed", "1",
                          "partners that lost interest before their sellers started",
                          Measured::flow, [](const W& w) { return w.books.totals.lapsed; }),
       integer_outcome<W>("partners_culled", "1", "partners that the vendor parted with",
                          Measured::flow, [](const W& w) { return w.books.totals.culled; }),
       integer_outcome<W>("first_deals", "1", "first deals of partners signed during the run",
                          Measured::flow, [](const W& w) { return w.books.totals.first_deals; }),
       integer_outcome<W>("weeks_to_first_deal", "week", "weeks from signing to those, in sum",
                          Measured::flow,
                          [](const W& w) { return w.books.totals.weeks_to_first_deal; }),
       integer_outcome<W>("needs_shared", "1", "needs decided that more than one partner worked on",
                          Measured::flow, [](const W& w) { return w.books.totals.needs_shared; }),
       real_outcome<W>("playbook", "share",
                       "maturity of the vendor's playbooks, mean over products", Measured::stock,
                       [](const W& w) { return mean_maturity(w.products); }),
       integer_outcome<W>("reference_calls", "1", "reference calls that champions took",
                          Measured::flow,
                          [](const W& w) { return w.books.totals.reference_calls; }),
       integer_outcome<W>("partner_forecast", "money",
                          "partners' bookings expected of quarters that ended", Measured::flow,
                          [](const W& w) { return w.books.totals.forecast; }),
       integer_outcome<W>("partner_forecast_error", "money",
                          "how far those bookings were from that, quarter by quarter",
                          Measured::flow, [](const W& w) { return w.books.totals.forecast_error; }),
       integer_outcome<W>("delivery", "money",
                          "what it cost to be ready for partners' deals, or not to be",
                          Measured::flow, [](const W& w) { return w.books.totals.delivery; })});
  return list;
}

}  // namespace ecosystem
