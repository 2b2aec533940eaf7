// SPDX-License-Identifier: Apache-2.0
// What is measured, one line each; docs/glossary.md defines the money words over the ledger.
#include "models/ecosystem/model.h"
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

// Partners that brought the vendor something in the last 52 weeks.
std::int64_t partners_producing(const W& w) {
  std::int64_t count = 0;
  for (std::size_t row = 0; row < w.partnerships.size(); ++row) {
    const PartnershipStatus status = w.partnerships.status[Partnerships::Id(row)];
    const bool ours = status == PartnershipStatus::signed_up || status == PartnershipStatus::active;
    count += ours && w.partnerships.margin_year[Partnerships::Id(row)] > 0;
  }
  return count;
}

double playbook(const W& w) {
  double sum = 0;
  for (const std::uint32_t row : w.products.by_key()) sum += w.products.maturity[Products::Id(row)];
  return sum / static_cast<double>(w.products.size());
}

double partner_satisfaction(const W& w) {
  double sum = 0;
  for (const std::uint32_t row : w.partnerships.by_key()) {
    const PartnershipStatus status = w.partnerships.status[Partnerships::Id(row)];
    if (status == PartnershipStatus::signed_up || status == PartnershipStatus::active)
      sum += w.partnerships.satisfaction[Partnerships::Id(row)];
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

std::int64_t executives(const W& w) {
  std::int64_t count = 0;
  for (std::size_t row = 0; row < w.reps.size(); ++row)
    count += w.reps.alive(Reps::Id(row)) && w.reps.role[Reps::Id(row)] == Role::account_executive &&
             w.reps.start_week[Reps::Id(row)] <= w.current_week();
  return count;
}

std::int64_t sum_of(const W&, std::span<const std::int64_t> column) {
  std::int64_t sum = 0;
  for (const std::int64_t each : column) sum += each;
  return sum;
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

template <PartnershipKind Kind>
const Totals::OfKind& of_kind(const W& w) {
  return w.books.totals.of_kind[static_cast<std::size_t>(Kind)];
}

double direct_contact(const W& w) {
  double all = 0, direct = 0;
  for (std::size_t i = 0; i < w.contracts.size(); ++i) {
    const Contracts::Id row(i);
    if (!w.contracts.alive(row) || w.contracts.ours[row] == 0) continue;
    ++all;
    direct += w.contracts.contact[row] != 0;
  }
  return all > 0 ? direct / all : 1;
}

// Knowledge leaks at a constant rate while a partnership lasts.
double exposure(const W& w) {
  double sum = 0;
  if (w.further_classes() == 0) return 0;
  for (const std::uint32_t row : w.partnerships.by_key()) {
    const Partnerships::Id partner(row);
    const double rate = w.terms_of(partner).exposure;
    if (rate == 0 || w.partnerships.status[partner] == PartnershipStatus::candidate) continue;
    const std::int32_t until =
        std::min(w.relations.ended_week[Relations::of(partner)], w.current_week() + 1);
    const double years = (until - w.partnerships.signed_week[partner]) / 52.0;
    sum -= sim::expm1(-rate * years);
  }
  return sum;
}

// How much more often needs are won on which a partner's seller worked, of those anybody worked on.
double partner_lift(const W& w) {
  const Totals& t = w.books.totals;
  const auto alone = static_cast<double>(t.decided - t.untouched - t.involved);
  const auto won_alone = static_cast<double>(t.won - t.won_involved);
  if (t.involved == 0 || won_alone <= 0) return 0;
  return static_cast<double>(t.won_involved) / static_cast<double>(t.involved) /
             (won_alone / alone) -
         1;
}

double mdf_used(const W& w, std::size_t row) {
  const Partnerships::Id partner(row);
  const auto allocated = static_cast<double>(w.partnerships.mdf_allocated[partner]);
  return allocated > 0 ? static_cast<double>(w.partnerships.mdf[partner]) / allocated : 0;
}

std::int64_t ledger_sum(const W& w) {
  std::int64_t sum = 0;
  for (const std::int64_t balance : w.books.ledger.balances()) sum += balance;
  return sum;
}

std::size_t partnership_rows(const W& w) { return w.partnerships.size(); }
template <auto Column>
std::span<const std::int64_t> partnership_integers(const W& w) {
  return (w.partnerships.*Column).span();
}
template <auto Column>
std::span<const double> partnership_reals(const W& w) {
  return (w.partnerships.*Column).span();
}

template <Crm::Field Field>
std::span<const std::int64_t> crm_column(const World& w) {
  return w.crm().columns[Field];
}
std::size_t deal_event_rows(const World& w) { return w.deal_events.size(); }
template <auto Column>
std::span<const std::int64_t> deal_event_column(const World& w) {
  return (w.deal_events.*Column).span();
}
std::size_t crm_rows(const World& w) { return w.crm().size(); }
template <AccountMap::Account Field>
std::span<const std::int64_t> account_column(const World& w) {
  return w.account_map().accounts[Field];
}
template <AccountMap::Reach Field>
std::span<const std::int64_t> reach_column(const World& w) {
  return w.account_map().reach[Field];
}
template <AccountMap::Partner Field>
std::span<const std::int64_t> partner_column(const World& w) {
  return w.account_map().partners[Field];
}
std::size_t account_rows(const World& w) { return w.accounts.size(); }
std::size_t reach_rows(const World& w) { return w.account_map().reach[AccountMap::account].size(); }
std::size_t partner_rows(const World& w) { return w.partnerships.size(); }
std::size_t rep_rows(const W& w) { return w.reps.size() + w.candidate_sellers(); }
template <auto Column>
std::span<const std::int64_t> rep_integers(const W& w) {
  return (w.reps.*Column).span();
}
template <auto Column>
std::span<const std::int64_t> staff_column(const W& w) {
  return w.staff().*Column;
}
template <auto Column>
std::span<const std::int64_t> partnership_facts(const W& w) {
  return w.partners().*Column;
}
template <auto Column>
std::span<const double> rep_reals(const W& w) {
  return (w.reps.*Column).span();
}

}  // namespace

static const auto all_outcomes = std::to_array<sim::Outcome<World>>(
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
     integer_outcome<W>("bookings_tcv", "money", "total value of deals won, at the vendor's price",
                        Measured::flow, [](const W& w) { return w.books.totals.bookings_tcv; }),
     integer_outcome<W>("bookings_list", "money",
                        "first-year list value of deals won: what customers pay", Measured::flow,
                        [](const W& w) { return sum_of(w, w.reps.sold.span()); }),
     integer_outcome<W>("bookings_partner", "money", "first-year value of deals on partners' paper",
                        Measured::flow, [](const W& w) { return w.books.totals.bookings_partner; }),
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
                        "annual value of running contracts, at the vendor's price", Measured::stock,
                        [](const W& w) { return w.arr; }),
     integer_outcome<W>("remaining_contract_value", "money", "invoiced and not yet recognised",
                        Measured::stock, [](const W& w) { return w.books.revenue.outstanding(); }),
     integer_outcome<W>("open_pipeline", "money", "list value of open needs", Measured::stock,
                        open_pipeline),
     real_outcome<W>("grr", "1", "gross revenue retention over the last 52 weeks", Measured::stock,
                     [](const W& w) { return w.grr; }),
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
                          return people_at_work(w, w.managers.start_week.span(), w.current_week());
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
                        Measured::flow, [](const W& w) { return sum_of(w, w.reps.calls.span()); }),
     integer_outcome<W>("own_deals", "1", "other products that partners' sellers sold",
                        Measured::flow,
                        [](const W& w) { return sum_of(w, w.reps.own_deals.span()); }),
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
     integer_outcome<W>("vacant_seats", "1",
                        "seats whose account executive quit and whose successor is not at work yet",
                        Measured::stock, [](const W& w) { return w.vacant_seats(); }),
     integer_outcome<W>("pipeline_reported", "money",
                        "list value x chance of open opportunities, as their sellers report it",
                        Measured::stock, [](const W& w) { return w.pipeline_reported(); }),
     integer_outcome<W>("pipeline_true", "money",
                        "list value x chance of open needs that somebody still works on",
                        Measured::stock, [](const W& w) { return w.pipeline_true(); }),
     real_outcome<W>("trust", "share", "trust of active partners in the vendor's word, mean",
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
     integer_outcome<W>("leads_in", "1", "leads that partners passed to the vendor", Measured::flow,
                        [](const W& w) { return sum_of(w, w.relations.leads_in.span()); }),
     integer_outcome<W>("leads_out", "1", "leads that the vendor passed to partners",
                        Measured::flow,
                        [](const W& w) { return sum_of(w, w.relations.leads_out.span()); }),
     integer_outcome<W>(
         "lead_balance", "1", "leads received from partners less leads given", Measured::flow,
         [](const W& w) {
           return sum_of(w, w.relations.leads_in.span()) - sum_of(w, w.relations.leads_out.span());
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
                        Measured::flow, [](const W& w) { return w.books.totals.left_by_partners; }),
     integer_outcome<W>("ended_by_vendor", "1", "partnerships that the vendor ended",
                        Measured::flow, [](const W& w) { return w.books.totals.ended_by_vendor; }),
     integer_outcome<W>("exits", "1", "active partnerships that ended", Measured::flow,
                        [](const W& w) {
                          return w.books.totals.left_by_partners + w.books.totals.ended_by_vendor;
                        }),
     real_outcome<W>("tenure", "week",
                     "mean time since partnerships became active, or until they ended",
                     Measured::stock, tenure),
     real_outcome<W>("fit", "1", "what active partners' pairing adds to buyers' utility, mean",
                     Measured::stock, mean_of_edges<&Relations::fit>),
     real_outcome<W>("fit_believed", "1", "the same as it was believed at signing", Measured::stock,
                     mean_of_edges<&Relations::believed>),
     integer_outcome<W>("partner_claims", "money",
                        "paid to partners on their claims, and as commission for deals on the "
                        "vendor's paper",
                        Measured::flow, [](const W& w) { return w.books.totals.partner_claims; }),
     integer_outcome<W>("claims", "1", "claims that partners made on deals won", Measured::flow,
                        [](const W& w) { return w.books.totals.claims; }),
     integer_outcome<W>("bookings_claimed", "money",
                        "first-year value, at the vendor's price, of deals that a partner claimed",
                        Measured::flow, [](const W& w) { return w.books.totals.bookings_claimed; }),
     integer_outcome<W>(
         "bookings_unclaimed", "money", "the same of those that none claimed", Measured::flow,
         [](const W& w) { return w.books.totals.bookings_acv - w.books.totals.bookings_claimed; }),
     integer_outcome<W>("partner_net", "money",
                        "partners' margin and claims less what their sellers' hours cost",
                        Measured::flow, partner_net),
     integer_outcome<W>("conflict_events", "1",
                        "times that the vendor's people began in a partner's account or deal",
                        Measured::flow, [](const W& w) { return w.books.totals.conflict_events; }),
     integer_outcome<W>("pursued", "1", "needs decided that any of ours worked on", Measured::flow,
                        [](const W& w) { return w.books.totals.pursued; }),
     integer_outcome<W>("pursuers", "1", "sellers who worked on them, summed over needs",
                        Measured::flow, [](const W& w) { return w.books.totals.pursuers; }),
     real_outcome<W>("wasted_partner_hours", "hour",
                     "hours of partners' sellers on deals that another seller of ours won",
                     Measured::flow,
                     [](const W& w) { return w.books.totals.wasted_partner_hours; }),
     real_outcome<W>("winning_partner_hours", "hour",
                     "hours of partners' sellers on deals that they won themselves", Measured::flow,
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
                        Measured::flow, [](const W& w) { return w.books.totals.signings_blocked; }),
     integer_outcome<W>("accounts_of_vendor", "1", "accounts where the vendor itself sold last",
                        Measured::stock, [](const W& w) { return w.accounts_of_vendor; }),
     integer_outcome<W>("accounts_of_partners", "1", "accounts where a partner sold last",
                        Measured::stock, [](const W& w) { return w.accounts_of_partners; }),
     integer_outcome<W>("partners", "1", "partners signed and not parted with", Measured::stock,
                        [](const W& w) { return w.partners_signed(); }),
     integer_outcome<W>("partners_producing", "1",
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
                        "partners that lost interest before their sellers started", Measured::flow,
                        [](const W& w) { return w.books.totals.lapsed; }),
     integer_outcome<W>("partners_culled", "1", "partners that the vendor parted with",
                        Measured::flow, [](const W& w) { return w.books.totals.culled; }),
     integer_outcome<W>("first_deals", "1", "first deals of partners signed during the run",
                        Measured::flow, [](const W& w) { return w.books.totals.first_deals; }),
     integer_outcome<W>("weeks_to_first_deal", "week", "weeks from signing to those, in sum",
                        Measured::flow,
                        [](const W& w) { return w.books.totals.weeks_to_first_deal; }),
     integer_outcome<W>("needs_shared", "1", "needs decided that more than one partner worked on",
                        Measured::flow, [](const W& w) { return w.books.totals.needs_shared; }),
     real_outcome<W>("playbook", "share", "maturity of the vendor's playbooks, mean over products",
                     Measured::stock, playbook),
     integer_outcome<W>("reference_calls", "1", "reference calls that champions took",
                        Measured::flow, [](const W& w) { return w.books.totals.reference_calls; }),
     integer_outcome<W>("partner_forecast", "money",
                        "partners' bookings expected of quarters that ended", Measured::flow,
                        [](const W& w) { return w.books.totals.forecast; }),
     integer_outcome<W>("partner_forecast_error", "money",
                        "how far those bookings were from that, quarter by quarter", Measured::flow,
                        [](const W& w) { return w.books.totals.forecast_error; }),
     integer_outcome<W>("delivery", "money",
                        "what it cost to be ready for partners' deals, or not to be",
                        Measured::flow, [](const W& w) { return w.books.totals.delivery; }),
     integer_outcome<W>("partner_fees", "money",
                        "fees for referrals, deals won together and marketplaces", Measured::flow,
                        [](const W& w) { return w.books.totals.partner_fees; }),
     integer_outcome<W>("partner_program", "money",
                        "what partners of further classes, press and stickers cost", Measured::flow,
                        [](const W& w) { return w.books.totals.partner_program; }),
     integer_outcome<W>("mdf_paid", "money", "marketing funds paid against proof", Measured::flow,
                        [](const W& w) { return w.books.totals.mdf_paid; }),
     integer_outcome<W>("mdf_allocated", "money", "marketing funds set aside for partners",
                        Measured::flow, [](const W& w) { return w.books.totals.mdf_allocated; }),
     integer_outcome<W>("mdf_late", "money", "of those approved, funds lost by late proof",
                        Measured::flow, [](const W& w) { return w.books.totals.mdf_late; }),
     integer_outcome<W>("rebates", "money", "rebates paid to partners", Measured::flow,
                        [](const W& w) { return w.books.totals.rebates; }),
     integer_outcome<W>("royalties", "money", "first-year royalties of OEMs", Measured::flow,
                        [](const W& w) { return w.books.totals.royalties; }),
     integer_outcome<W>("guarantees", "money", "what OEMs paid beyond, by their guarantees",
                        Measured::flow, [](const W& w) { return w.books.totals.guarantees; }),
     integer_outcome<W>("list_won", "money", "deals won, at list price", Measured::flow,
                        [](const W& w) { return w.books.totals.list_won; }),
     integer_outcome<W>("won_contact", "1", "deals won whose customers the vendor talks to itself",
                        Measured::flow, [](const W& w) { return w.books.totals.won_contact; }),
     real_outcome<W>("direct_contact", "share",
                     "running contracts whose customers the vendor talks to itself",
                     Measured::stock, direct_contact),
     integer_outcome<W>("contested", "1",
                        "needs decided on which sellers of several houses had worked",
                        Measured::flow, [](const W& w) { return w.books.totals.contested; }),
     integer_outcome<W>("involved", "1", "needs decided on which a seller of a partner had worked",
                        Measured::flow, [](const W& w) { return w.books.totals.involved; }),
     integer_outcome<W>("won_involved", "1", "of them, deals won", Measured::flow,
                        [](const W& w) { return w.books.totals.won_involved; }),
     real_outcome<W>("partner_lift", "share",
                     "how much more often needs are won on which a partner's seller worked, since "
                     "the first simulated week",
                     Measured::stock, partner_lift),
     integer_outcome<W>("field_clashes", "1",
                        "needs in which a partner pitched a product of its own instead",
                        Measured::flow, [](const W& w) { return w.books.totals.field_clashes; }),
     integer_outcome<W>("steered", "1",
                        "contracts whose renewal a partner turned into another product",
                        Measured::flow, [](const W& w) { return w.books.totals.steered; }),
     integer_outcome<W>("leads_referred", "1",
                        "leads that partners of further classes passed to the vendor",
                        Measured::flow, [](const W& w) { return w.books.totals.leads_referred; }),
     integer_outcome<W>("leads_inbound", "1",
                        "leads from accounts that turned to the vendor by themselves",
                        Measured::flow, [](const W& w) { return w.books.totals.leads_inbound; }),
     integer_outcome<W>("leads_routed", "1", "of them, leads given to partners", Measured::flow,
                        [](const W& w) { return w.books.totals.leads_routed; }),
     integer_outcome<W>("leads_pulled_back", "1",
                        "leads taken back from a partner and given to another", Measured::flow,
                        [](const W& w) { return w.books.totals.leads_pulled_back; }),
     integer_outcome<W>("leads_campaign", "1", "leads of partners from campaigns", Measured::flow,
                        [](const W& w) { return w.books.totals.leads_campaign; }),
     real_outcome<W>("awareness", "1", "press releases not yet forgotten", Measured::stock,
                     [](const W& w) { return w.awareness(); }),
     real_outcome<W>("exposure", "1",
                     "what partners have come to know of what the vendor knows, summed",
                     Measured::stock, exposure),
     integer_outcome<W>("ledger_sum", "money", "sum of all accounts of the ledger: 0",
                        Measured::stock, [](const W& w) { return ledger_sum(w); }),
     integer_outcome<W>("deals_reseller", "1", "deals won with partners of kind reseller",
                        Measured::flow,
                        [](const W& w) { return of_kind<PartnershipKind::reseller>(w).deals; }),
     integer_outcome<W>("deals_logo", "1", "deals won with partners of kind logo", Measured::flow,
                        [](const W& w) { return of_kind<PartnershipKind::logo>(w).deals; }),
     integer_outcome<W>("deals_referral", "1", "deals won with partners of kind referral",
                        Measured::flow,
                        [](const W& w) { return of_kind<PartnershipKind::referral>(w).deals; }),
     integer_outcome<W>("deals_oem", "1", "deals won with partners of kind oem", Measured::flow,
                        [](const W& w) { return of_kind<PartnershipKind::oem>(w).deals; }),
     integer_outcome<W>("deals_cosell", "1", "deals won with partners of kind cosell",
                        Measured::flow,
                        [](const W& w) { return of_kind<PartnershipKind::cosell>(w).deals; }),
     integer_outcome<W>("deals_platform", "1", "deals won with partners of kind platform",
                        Measured::flow,
                        [](const W& w) { return of_kind<PartnershipKind::platform>(w).deals; }),
     integer_outcome<W>("deals_marketplace", "1", "deals won with partners of kind marketplace",
                        Measured::flow,
                        [](const W& w) { return of_kind<PartnershipKind::marketplace>(w).deals; }),
     integer_outcome<W>("deals_peer", "1", "deals won with partners of kind peer", Measured::flow,
                        [](const W& w) { return of_kind<PartnershipKind::peer>(w).deals; }),
     integer_outcome<W>("bookings_reseller", "money",
                        "yearly value of those, at the vendor's price", Measured::flow,
                        [](const W& w) { return of_kind<PartnershipKind::reseller>(w).bookings; }),
     integer_outcome<W>("bookings_logo", "money", "yearly value of those, at the vendor's price",
                        Measured::flow,
                        [](const W& w) { return of_kind<PartnershipKind::logo>(w).bookings; }),
     integer_outcome<W>("bookings_referral", "money",
                        "yearly value of those, at the vendor's price", Measured::flow,
                        [](const W& w) { return of_kind<PartnershipKind::referral>(w).bookings; }),
     integer_outcome<W>("bookings_oem", "money", "yearly value of those, at the vendor's price",
                        Measured::flow,
                        [](const W& w) { return of_kind<PartnershipKind::oem>(w).bookings; }),
     integer_outcome<W>("bookings_cosell", "money", "yearly value of those, at the vendor's price",
                        Measured::flow,
                        [](const W& w) { return of_kind<PartnershipKind::cosell>(w).bookings; }),
     integer_outcome<W>("bookings_platform", "money",
                        "yearly value of those, at the vendor's price", Measured::flow,
                        [](const W& w) { return of_kind<PartnershipKind::platform>(w).bookings; }),
     integer_outcome<W>(
         "bookings_marketplace", "money", "yearly value of those, at the vendor's price",
         Measured::flow,
         [](const W& w) { return of_kind<PartnershipKind::marketplace>(w).bookings; }),
     integer_outcome<W>("bookings_peer", "money", "yearly value of those, at the vendor's price",
                        Measured::flow,
                        [](const W& w) { return of_kind<PartnershipKind::peer>(w).bookings; }),
     integer_outcome<W>("cost_reseller", "money",
                        "what the vendor paid for and to partners of kind reseller", Measured::flow,
                        [](const W& w) { return of_kind<PartnershipKind::reseller>(w).cost; }),
     integer_outcome<W>("cost_logo", "money",
                        "what the vendor paid for and to partners of kind logo", Measured::flow,
                        [](const W& w) { return of_kind<PartnershipKind::logo>(w).cost; }),
     integer_outcome<W>("cost_referral", "money",
                        "what the vendor paid for and to partners of kind referral", Measured::flow,
                        [](const W& w) { return of_kind<PartnershipKind::referral>(w).cost; }),
     integer_outcome<W>("cost_oem", "money", "what the vendor paid for and to partners of kind oem",
                        Measured::flow,
                        [](const W& w) { return of_kind<PartnershipKind::oem>(w).cost; }),
     integer_outcome<W>("cost_cosell", "money",
                        "what the vendor paid for and to partners of kind cosell", Measured::flow,
                        [](const W& w) { return of_kind<PartnershipKind::cosell>(w).cost; }),
     integer_outcome<W>("cost_platform", "money",
                        "what the vendor paid for and to partners of kind platform", Measured::flow,
                        [](const W& w) { return of_kind<PartnershipKind::platform>(w).cost; }),
     integer_outcome<W>("cost_marketplace", "money",
                        "what the vendor paid for and to partners of kind marketplace",
                        Measured::flow,
                        [](const W& w) { return of_kind<PartnershipKind::marketplace>(w).cost; }),
     integer_outcome<W>("cost_peer", "money",
                        "what the vendor paid for and to partners of kind peer", Measured::flow,
                        [](const W& w) { return of_kind<PartnershipKind::peer>(w).cost; })});
const std::span<const sim::Outcome<World>> World::outcomes{all_outcomes};

static const auto all_columns = std::to_array<sim::AgentColumn<World>>({
    {"opportunities", "rep", "1", "row of the rep in table reps", crm_rows, crm_column<Crm::rep>,
     nullptr, true},
    {"opportunities", "role", "1",
     "of the rep: 0 account executive, 1 partner seller, 2 page of a marketplace", crm_rows,
     crm_column<Crm::role>, nullptr, true},
    {"opportunities", "account", "1", "row of the account", crm_rows, crm_column<Crm::account>,
     nullptr, true},
    {"opportunities", "number", "1", "of the need among the account's, from 0", crm_rows,
     crm_column<Crm::number>, nullptr, true},
    {"opportunities", "product", "1", "position of the product", crm_rows, crm_column<Crm::product>,
     nullptr, true},
    {"opportunities", "outcome", "1", "0 open, 1 won, 2 lost, 3 no decision", crm_rows,
     crm_column<Crm::outcome>, nullptr, true},
    {"opportunities", "born_day", "day", "the need came up, since the first simulated day",
     crm_rows, crm_column<Crm::born_day>, nullptr, true},
    {"opportunities", "engaged_day", "day", "first worked on, since the first simulated day",
     crm_rows, crm_column<Crm::engaged_day>, nullptr, true},
    {"opportunities", "last_week", "week", "last worked on, since the first simulated week",
     crm_rows, crm_column<Crm::last_week>, nullptr, true},
    {"opportunities", "minutes", "1", "minutes of work of this rep", crm_rows,
     crm_column<Crm::minutes>, nullptr, true},
    {"opportunities", "source", "1", "number of the partner that referred it; -1: none", crm_rows,
     crm_column<Crm::source>, nullptr, true},
    {"opportunities", "closed_day", "day", "decided, since the first simulated day; -1 while open",
     crm_rows, crm_column<Crm::closed_day>, nullptr, true},
    {"opportunities", "value", "money", "list value of a deal won, else 0", crm_rows,
     crm_column<Crm::value>, nullptr, true},
    {"opportunities", "need", "1", "key of the need, the same in every arm", crm_rows,
     crm_column<Crm::need>, nullptr, true},
    {"opportunities", "contract", "money",
     "yearly list value of the contract it led to, as it runs; 0 if there is none any more",
     crm_rows, crm_column<Crm::contract>, nullptr, true},
    {"account_map", "region", "1", "of the account", account_rows,
     account_column<AccountMap::region>, nullptr, true},
    {"account_map", "direct", "1", "1 if the vendor's own people reach it", account_rows,
     account_column<AccountMap::direct>, nullptr, true},
    {"account_map", "customer", "1", "1 if it is a customer of the vendor's", account_rows,
     account_column<AccountMap::customer>, nullptr, true},
    {"account_map", "acv", "money", "yearly list value of its running contracts with the vendor",
     account_rows, account_column<AccountMap::acv>, nullptr, true},
    {"account_map", "potential", "money",
     "expected list value of a year's needs while it has neither need nor contract", account_rows,
     account_column<AccountMap::potential>, nullptr, true},
    {"reach", "account", "1", "row of an account that a partner knows", reach_rows,
     reach_column<AccountMap::account>, nullptr, true},
    {"reach", "partner", "1", "number of the candidate partner", reach_rows,
     reach_column<AccountMap::partner>, nullptr, true},
    {"reach", "customer", "1", "to the partner: 1 a customer, 0 a prospect", reach_rows,
     reach_column<AccountMap::theirs>, nullptr, true},
    {"partners", "firm", "1", "row of its firm", partner_rows, partner_column<AccountMap::firm>,
     nullptr, true},
    {"partners", "region", "1", "of the candidate", partner_rows,
     partner_column<AccountMap::partner_region>, nullptr, true},
    {"partners", "status", "1", "0 candidate, 1 signed, 2 active, 3 ended", partner_rows,
     partner_column<AccountMap::status>, nullptr, true},
    {"partners", "signed_week", "week", "since the first simulated week; -1: not yet", partner_rows,
     partner_column<AccountMap::signed_week>, nullptr, true},
    {"partners", "active_week", "week", "since the first simulated week; -1: not yet", partner_rows,
     partner_column<AccountMap::active_week>, nullptr, true},
    {"deal_events", "need", "1", "key of the need, its 64 bits as an integer", deal_event_rows,
     deal_event_column<&DealEvents::need>, nullptr, true},
    {"deal_events", "account", "1", "row of the account", deal_event_rows,
     deal_event_column<&DealEvents::account>, nullptr, true},
    {"deal_events", "day", "day", "since the first simulated day", deal_event_rows,
     deal_event_column<&DealEvents::day>, nullptr, true},
    {"deal_events", "kind", "1",
     "0 filed, 1 approved, 2 queued, 3 rejected, 4 extended, 5 expired, 6 converted, 7 clash, 8 "
     "assisted, 9 won, 10 claimed, 11 paid, 12 credited",
     deal_event_rows, deal_event_column<&DealEvents::kind>, nullptr, true},
    {"deal_events", "firm", "1", "row of the firm, rivals first, then the vendor; -1 none",
     deal_event_rows, deal_event_column<&DealEvents::firm>, nullptr, true},
    {"deal_events", "rep", "1", "row of the rep in table reps; -1 none", deal_event_rows,
     deal_event_column<&DealEvents::rep>, nullptr, true},
    {"deal_events", "amount", "money",
     "list value, credit or payout; of a claim, hours worked in thousandths", deal_event_rows,
     deal_event_column<&DealEvents::amount>, nullptr, true},
    {"deal_events", "reason", "1",
     "0 none, 1 ignorance, 2 house, 3 taken, 4 lapsed, 5 decided, 6 worked, 7 registered, 8 "
     "control, 9 holds, 10 earlier",
     deal_event_rows, deal_event_column<&DealEvents::reason>, nullptr, true},
    {"reps", "booked", "money", "credit this quarter", rep_rows, rep_integers<&Reps::booked>},
    {"reps", "accrued", "money", "commission earned this quarter", rep_rows,
     rep_integers<&Reps::accrued>},
    {"reps", "paid", "money", "commission paid out so far", rep_rows, rep_integers<&Reps::paid>},
    {"reps", "skill", "1", "utility added to the buyer's", rep_rows, nullptr,
     rep_reals<&Reps::skill>},
    {"reps", "knowledge", "share", "knowledge of the vendor's products, mean", rep_rows, nullptr,
     rep_reals<&Reps::knowledge>},
    {"reps", "hours_left", "hour", "hours of the week not spent", rep_rows, nullptr,
     rep_reals<&Reps::hours_left>},
    {"reps", "usual_week", "money", "credit of a usual week, as the rep remembers", rep_rows,
     nullptr, rep_reals<&Reps::usual_week>},
    {"reps", "attainment", "share", "of quota, in the last period that closed", rep_rows, nullptr,
     rep_reals<&Reps::attainment>},
    {"reps", "hours_worked", "hour", "selling hours so far, on the vendor's products", rep_rows,
     nullptr, rep_reals<&Reps::hours_worked>},
    {"reps", "hours_given", "hour", "selling hours there were this week", rep_rows, nullptr,
     rep_reals<&Reps::hours_given>},
    {"reps", "hour_value", "money", "expected pay of the week's last hour, if it is looked at",
     rep_rows, nullptr, rep_reals<&Reps::hour_value>},
    {"reps", "calls", "1", "joint calls asked for so far", rep_rows, rep_integers<&Reps::calls>},
    {"reps", "own_deals", "1", "other products sold so far", rep_rows,
     rep_integers<&Reps::own_deals>},
    {"reps", "own_bag_hours", "hour", "hours of the week spent on the employer's other products",
     rep_rows, nullptr, rep_reals<&Reps::own_bag_hours>},
    {"reps", "sold", "money", "list value of the deals won so far", rep_rows,
     rep_integers<&Reps::sold>},
    {"reps", "deals", "1", "deals won so far", rep_rows, rep_integers<&Reps::deals>},
    {"reps", "regard", "share", "by which goodwill changes what the vendor's deals are worth",
     rep_rows, nullptr, rep_reals<&Reps::regard>},
    {"reps", "role", "1", "0 account executive, 1 partner seller, 2 page of a marketplace",
     rep_rows, staff_column<&World::Staff::role>},
    {"reps", "partner", "1", "number of the candidate partner that employs them; -1: the vendor",
     rep_rows, staff_column<&World::Staff::partner>},
    {"reps", "start_week", "week", "first week at work, since the first simulated one", rep_rows,
     staff_column<&World::Staff::start_week>},
    {"reps", "at_work", "1", "1 at work, 0 left or not yet there", rep_rows,
     staff_column<&World::Staff::at_work>},
    {"partnerships", "kind", "1",
     "0 reseller, 1 logo, 2 referral, 3 oem, 4 cosell, 5 platform, 6 marketplace, 7 peer",
     partnership_rows, partnership_facts<&World::Partners::kind>},
    {"partnerships", "class", "1", "0 of [program], then the classes in the order of the scenario",
     partnership_rows, partnership_facts<&World::Partners::terms>},
    {"partnerships", "status", "1", "0 candidate, 1 signed, 2 active, 3 ended", partnership_rows,
     partnership_facts<&World::Partners::status>},
    {"partnerships", "tier", "1", "reached at the last review", partnership_rows,
     partnership_facts<&World::Partners::tier>},
    {"partnerships", "sellers", "1", "sellers it has at work", partnership_rows,
     partnership_facts<&World::Partners::sellers>},
    {"partnerships", "deals", "1", "won with it so far", partnership_rows,
     partnership_integers<&Partnerships::deals>},
    {"partnerships", "revenue", "money", "first-year value of those, at the vendor's price",
     partnership_rows, partnership_integers<&Partnerships::revenue>},
    {"partnerships", "mdf", "money", "marketing funds paid to it so far", partnership_rows,
     partnership_integers<&Partnerships::mdf>},
    {"partnerships", "mdf_allocated", "money", "marketing funds set aside for it so far",
     partnership_rows, partnership_integers<&Partnerships::mdf_allocated>},
    {"partnerships", "mdf_used", "share", "of those, how much was paid to it", partnership_rows,
     nullptr, nullptr, false, mdf_used},
    {"partnerships", "complements", "share", "accounts it knows that can use both products",
     partnership_rows, nullptr, partnership_reals<&Partnerships::complements>},
});
const std::span<const sim::AgentColumn<World>> World::columns{all_columns};

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
