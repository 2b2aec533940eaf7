// SPDX-License-Identifier: Apache-2.0
// What is measured of the vendor, one line each, and all that is measured together.
#include "models/ecosystem/measures.h"

#include <algorithm>
#include <array>
#include <vector>

#include "models/ecosystem/streams.h"
#include "sim/math.h"

namespace ecosystem {
namespace {

using sim::integer_outcome;
using sim::Measured;
using sim::real_outcome;
using W = World;

std::int64_t open_pipeline(const W& w) {
  std::int64_t sum = 0;
  for (std::size_t row = 0; row < w.needs.size(); ++row)
    if (const Needs::Id need(row); w.needs.alive(need)) sum += w.needs.value[need];
  return sum;
}

std::int64_t people_at_work(const W& w, std::span<const std::int32_t> first_weeks, int week) {
  (void)w;
  std::int64_t count = 0;
  for (const std::int32_t first : first_weeks) count += first <= week;
  return count;
}

std::int64_t partners_active(const W& w) {
  std::int64_t count = 0;
  for (const PartnershipStatus status : w.partnerships.status)
    count += status == PartnershipStatus::active;
  return count;
}

std::int64_t executives(const W& w) {
  std::int64_t count = 0;
  for (std::size_t row = 0; row < w.reps.size(); ++row)
    count += w.reps.alive(Reps::Id(row)) && w.reps.role[Reps::Id(row)] == Role::account_executive &&
             w.reps.start_week[Reps::Id(row)] <= w.current_week();
  return count;
}

// Mean over people at work and products.
template <Role Who>
double mean_knowledge(const W& w) {
  double sum = 0, people = 0;
  for (const std::uint32_t row : w.reps.by_key()) {
    const Reps::Id rep(row);
    if (w.reps.role[rep] != Who || w.reps.start_week[rep] > w.current_week()) continue;
    sum += w.reps.knowledge[rep];
    ++people;
  }
  return people > 0 ? sum / people : 0;
}

double partner_share_of_hours(const W& w) {
  double ours = 0, all = 0;
  for (std::size_t row = 0; row < w.reps.size(); ++row) {
    const Reps::Id rep(row);
    if (w.reps.role[rep] != Role::partner_seller) continue;
    const double own = w.reps.own_bag_hours[rep];
    const double total = w.the<PartnerSeller>().hours;
    ours += std::max(0.0, total - own - w.reps.hours_left[rep]);
    all += total;
  }
  return all > 0 ? ours / all : 0;
}

}  // namespace

Outcomes outcomes_of_vendor() {
  static const auto list = std::to_array<sim::Outcome<World>>(
      {integer_outcome<W>(
           "contribution", "money",
           "gross margin less pay, commission, support and all that partners are paid or cost: the "
           "figure that decides",
           Measured::flow, [](const W& w) { return w.books.totals.contribution(); }),
       integer_outcome<W>("revenue_recognised", "money",
                          "revenue after reseller discount, recognised", Measured::flow,
                          [](const W& w) { return w.books.totals.revenue; }),
       integer_outcome<W>("gross_margin", "money", "revenue recognised less cost of goods",
                          Measured::flow, [](const W& w) { return w.books.totals.gross_margin(); }),
       integer_outcome<W>("cost_of_goods", "money", "cost of goods, recognised with the revenue",
                          Measured::flow, [](const W& w) { return w.books.totals.cost_of_goods; }),
       integer_outcome<W>("fixed_pay", "money", "base salaries, on-costs and tools", Measured::flow,
                          [](const W& w) { return w.books.totals.fixed_pay; }),
       integer_outcome<W>("commission", "money", "commission earned by the vendor's people",
                          Measured::flow, [](const W& w) { return w.books.totals.commission; }),
       integer_outcome<W>("support", "money", "partner support and hiring fees", Measured::flow,
                          [](const W& w) { return w.books.totals.support; }),
       integer_outcome<W>("bookings_acv", "money",
                          "first-year value of deals won, at the vendor's price", Measured::flow,
                          [](const W& w) { return w.books.totals.bookings_acv; }),
       integer_outcome<W>("bookings_tcv", "money",
                          "total value of deals won, at the vendor's price", Measured::flow,
                          [](const W& w) { return w.books.totals.bookings_tcv; }),
       integer_outcome<W>("bookings_list", "money",
                          "first-year list value of deals won: what customers pay", Measured::flow,
                          [](const W& w) { return sum_of(w.reps.sold.span()); }),
       integer_outcome<W>("bookings_partner", "money",
                          "first-year value of deals on partners' paper", Measured::flow,
                          [](const W& w) { return w.books.totals.bookings_partner; }),
       integer_outcome<W>("partner_margin", "money", "what partners keep of what customers pay",
                          Measured::flow, [](const W& w) { return w.books.totals.partner_margin; }),
       integer_outcome<W>(
           "cash", "money", "the vendor's cash since the start", Measured::stock,
           [](const W& w) { return w.books.ledger.balance(Book::vendor) - w.cash_at_start; }),
       integer_outcome<W>("worst_cash", "money", "lowest cash since the start", Measured::stock,
                          [](const W& w) { return w.worst_cash; }),
       integer_outcome<W>("contribution_npv", "money",
                          "contribution since the start, discounted at 10% a year", Measured::stock,
                          [](const W& w) { return Money::rounded(w.contribution_npv).minor; }),
       integer_outcome<W>("arr_end", "money",
                          "annual value of running contracts, at the vendor's price",
                          Measured::stock, [](const W& w) { return w.arr; }),
       integer_outcome<W>("remaining_contract_value", "money", "invoiced and not yet recognised",
                          Measured::stock,
                          [](const W& w) { return w.books.revenue.outstanding(); }),
       integer_outcome<W>("open_pipeline", "money", "list value of open needs", Measured::stock,
                          open_pipeline),
       real_outcome<W>("grr", "1", "gross revenue retention over the last 52 weeks",
                       Measured::stock, [](const W& w) { return w.grr; }),
       real_outcome<W>("nrr", "1", "net revenue retention over the last 52 weeks", Measured::stock,
                       [](const W& w) { return w.nrr; }),
       integer_outcome<W>("needs", "1", "needs that came up", Measured::flow,
                          [](const W& w) { return w.books.totals.needs; }),
       integer_outcome<W>("decided", "1", "needs decided", Measured::flow,
                          [](const W& w) { return w.books.totals.decided; }),
       integer_outcome<W>("untouched", "1", "needs decided that none of ours worked on",
                          Measured::flow, [](const W& w) { return w.books.totals.untouched; }),
       integer_outcome<W>("won", "1", "deals won", Measured::flow,
                          [](const W& w) { return w.books.totals.won; }),
       integer_outcome<W>("won_partner", "1", "deals won on partners' paper", Measured::flow,
                          [](const W& w) { return w.books.totals.won_partner; }),
       integer_outcome<W>("lost", "1", "needs worked on and not won", Measured::flow,
                          [](const W& w) { return w.books.totals.lost; }),
       integer_outcome<W>("no_decision", "1", "of those, needs for which nothing was bought",
                          Measured::flow, [](const W& w) { return w.books.totals.no_decision; }),
       integer_outcome<W>("partners_signed", "1", "partners signed during the run", Measured::flow,
                          [](const W& w) { return w.books.totals.signed_up; }),
       integer_outcome<W>("partners_active", "1", "partners whose sellers sell the product",
                          Measured::stock, partners_active),
       integer_outcome<W>("account_executives", "1", "account executives at work", Measured::stock,
                          executives),
       integer_outcome<W>("partner_managers", "1", "partner managers at work", Measured::stock,
                          [](const W& w) {
                            return people_at_work(w, w.managers.start_week.span(),
                                                  w.current_week());
                          }),
       real_outcome<W>("partner_hours_share", "1",
                       "share of active partners' selling hours that go to the vendor's product",
                       Measured::stock, partner_share_of_hours),
       integer_outcome<W>("partner_incentives", "money", "SPIFs paid to partners' sellers",
                          Measured::flow,
                          [](const W& w) { return w.books.totals.partner_incentives; }),
       integer_outcome<W>("discount_given", "money", "given away to have deals decided early",
                          Measured::flow, [](const W& w) { return w.books.totals.discount_given; }),
       integer_outcome<W>("pulled_in", "1", "decisions had before their time", Measured::flow,
                          [](const W& w) { return w.books.totals.pulled_in; }),
       integer_outcome<W>("pushed_out", "1", "decisions held back into the next period",
                          Measured::flow, [](const W& w) { return w.books.totals.pushed_out; }),
       real_outcome<W>("executive_hours", "hour", "selling hours that account executives worked",
                       Measured::flow, [](const W& w) { return w.books.totals.executive_hours; }),
       real_outcome<W>("seller_hours", "hour",
                       "hours of partners' sellers spent on the vendor's products", Measured::flow,
                       [](const W& w) { return w.books.totals.seller_hours; }),
       real_outcome<W>("seller_hours_all", "hour", "hours of partners' sellers spent on anything",
                       Measured::flow, [](const W& w) { return w.books.totals.seller_hours_all; }),
       integer_outcome<W>("quota_periods", "1", "quotas of account executives that fell due",
                          Measured::flow, [](const W& w) { return w.books.totals.quota_periods; }),
       integer_outcome<W>("quota_attained", "1", "of them, reached", Measured::flow,
                          [](const W& w) { return w.books.totals.quota_attained; }),
       integer_outcome<W>("calls", "1", "joint calls that partners' sellers asked for",
                          Measured::flow, [](const W& w) { return sum_of(w.reps.calls.span()); }),
       integer_outcome<W>("own_deals", "1", "other products that partners' sellers sold",
                          Measured::flow,
                          [](const W& w) { return sum_of(w.reps.own_deals.span()); }),
       integer_outcome<W>("ledger_entries", "1", "entries of the ledger", Measured::flow,
                          [](const W& w) { return w.books.ledger.entries(); }),
       real_outcome<W>("knowledge_executives", "share",
                       "mean knowledge of the vendor's products, account executives at work",
                       Measured::stock, mean_knowledge<Role::account_executive>),
       real_outcome<W>("knowledge_partners", "share",
                       "mean knowledge of the vendor's products, sellers of active partners",
                       Measured::stock, mean_knowledge<Role::partner_seller>),
       integer_outcome<W>("slots_won", "1", "weekly slots on partners' agendas that the vendor won",
                          Measured::flow, [](const W& w) { return w.books.totals.slots_won; }),
       integer_outcome<W>("options_sold", "1", "options sold with deals", Measured::flow,
                          [](const W& w) { return w.books.totals.options_sold; }),
       integer_outcome<W>("missold", "1", "deals won by claiming too much", Measured::flow,
                          [](const W& w) { return w.books.totals.missold; }),
       integer_outcome<W>("quits", "1", "account executives who quit", Measured::flow,
                          [](const W& w) { return w.books.totals.quits; }),
       integer_outcome<W>("hires", "1", "account executives who began", Measured::flow,
                          [](const W& w) { return w.books.totals.hires; }),
       integer_outcome<W>(
           "vacant_seats", "1",
           "seats whose account executive quit and whose successor is not at work yet",
           Measured::stock, [](const W& w) { return w.vacant_seats(); }),
       integer_outcome<W>("pipeline_reported", "money",
                          "list value x chance of open opportunities, as their sellers report it",
                          Measured::stock, [](const W& w) { return w.pipeline_reported(); }),
       integer_outcome<W>("pipeline_true", "money",
                          "list value x chance of open needs that somebody still works on",
                          Measured::stock, [](const W& w) { return w.pipeline_true(); })});
  return list;
}

static std::vector<sim::Outcome<World>> joined() {
  std::vector<sim::Outcome<World>> all;
  for (const Outcomes part :
       {outcomes_of_vendor(), outcomes_of_partners(), outcomes_of_classes(), outcomes_by_kind()})
    all.insert(all.end(), part.begin(), part.end());
  return all;
}
static const std::vector<sim::Outcome<World>> all_outcomes = joined();
const std::span<const sim::Outcome<World>> World::outcomes{all_outcomes};

const sim::ModelInfo& info() {
  static const sim::ModelInfo info = sim::describe<World>(
      {"ecosystem",
       "a vendor, its rivals and its reseller partners sell to accounts; everybody follows their "
       "own pay",
       sections()},
      streams::all);
  return info;
}

}  // namespace ecosystem
