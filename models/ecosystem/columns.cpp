// SPDX-License-Identifier: Apache-2.0
// Columns of agents that snapshots keep, one line each.
#include <algorithm>
#include <array>

#include "models/ecosystem/model.h"

namespace ecosystem {
namespace {

using W = World;

double mdf_used(const W& w, std::size_t row) {
  const Partnerships::Id partner(row);
  const auto allocated = static_cast<double>(w.partnerships.mdf_allocated[partner]);
  return allocated > 0 ? static_cast<double>(w.partnerships.mdf[partner]) / allocated : 0;
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

}  // namespace ecosystem
