// SPDX-License-Identifier: Apache-2.0
#pragma once
// What exists: tables only, no behaviour. model.h says what happens to them and in which order.
// Money is in minor units, time in weeks since the first simulated week unless a column says day.

#include <cstdint>
#include <limits>
#include <string_view>

#include "models/ecosystem/planners.h"
#include "sim/group_by.h"
#include "sim/table.h"
#include "sim/wide_column.h"

namespace ecosystem {

inline constexpr std::int32_t never = std::numeric_limits<std::int32_t>::max();

namespace kinds {  // of keys: a key is made from one of these, the parent's key and an ordinal
inline constexpr sim::Key firm = sim::named("firm");
inline constexpr sim::Key rep = sim::named("rep");
inline constexpr sim::Key manager = sim::named("manager");
inline constexpr sim::Key account = sim::named("account");
inline constexpr sim::Key need = sim::named("need");
inline constexpr sim::Key opportunity = sim::named("opportunity");
inline constexpr sim::Key contract = sim::named("contract");
inline constexpr sim::Key product = sim::named("product");
inline constexpr sim::Key own_deal = sim::named("own_deal");
inline constexpr sim::Key lead = sim::named("lead");
inline constexpr sim::Key deal_event = sim::named("deal_event");
}  // namespace kinds

enum class FirmKind : std::uint8_t { vendor, rival, partner };

// What a partner and the vendor are to each other (partnership.h).
enum class PartnershipKind : std::uint8_t {
  reseller,
  logo,
  referral,
  oem,
  cosell,
  platform,
  marketplace,
  peer
};
inline constexpr std::size_t partnership_kinds = 8;

struct Firms : sim::Table<Firms> {
  Column<FirmKind> kind;
  Column<std::uint32_t> region;
  Column<std::uint8_t> squats;          // a partner that files deals and does not work on them
  Column<PartnershipKind> partnership;  // of partners
  static constexpr auto columns =
      sim::Pack{&Firms::kind, &Firms::region, &Firms::squats, &Firms::partnership};
};

struct Products : sim::Table<Products> {
  Column<std::int64_t> list_price;      // median deal [minor units]
  Column<double> share_to;              // cumulative share of needs, by key; the last one is 1
  Column<double> size_sigma;            // log-sd of deal size
  Column<double> unit_cost;             // share of list price
  Column<std::int32_t> term_weeks;      // 0: bought once
  Column<std::int64_t> options;         // that can be sold with it
  Column<double> option_value;          // of one, share of the deal
  Column<double> maturity;              // of the vendor's playbook, 0..1 (learning.h)
  Column<std::int64_t> deals_attended;  // won this week with the vendor's own people at work on it
  static constexpr auto columns =
      sim::Pack{&Products::list_price,   &Products::share_to,   &Products::size_sigma,
                &Products::unit_cost,    &Products::term_weeks, &Products::options,
                &Products::option_value, &Products::maturity,   &Products::deals_attended};
};

// A storefront is a marketplace's page: it works by itself and is nobody's hours.
enum class Role : std::uint8_t { account_executive, partner_seller, storefront };

struct Reps : sim::Table<Reps> {
  Column<Firms::Id> employer;
  Column<Role> role;
  Column<std::uint32_t> region;
  Column<std::uint32_t> cell;        // territory of an executive: region, vertical, function
  Column<std::int32_t> start_week;   // first week at work; who left is retired
  Column<std::uint32_t> seat;        // of an executive: number of the seat, and how many sat there
  Column<std::uint32_t> generation;  // before
  Column<double> skill;              // added to a buyer's utility
  sim::WideColumn<Reps, Products, double> learned;  // of what the vendor's playbook holds, 0..1
  sim::WideColumn<Reps, Products, double> knows;    // the product, 0..1: learned x its maturity
  sim::WideColumn<Reps, Products, double> pace;     // of stages, by that: 1 at full knowledge
  Column<double> knowledge;                         // mean over products, to look at
  Column<double> hours_left;                        // selling hours this week, after ramp
  Column<double> own_bag_hours;                     // this week, on the employer's other products
  Column<double> own_hours;                         // the same, ever
  Column<double> regard;  // by which goodwill changes what the vendor's deals are worth (trust.h)
  Column<Planner> planner;
  Column<double> hours_owed;   // of this week, for joint calls of the last
  Column<double> hours_given;  // selling hours of the week, after ramp and calls
  Column<double> own_push;     // sum of (hours / h0)^eps over those
  Column<double> hour_value;   // pay the last hour of the week adds [minor units]
  Column<double> usual_week;   // credit of a usual week, as the rep remembers [minor units]
  Column<std::int64_t> week_credit;
  Column<double> attainment;       // of the last period that quota was measured over
  Column<double> hours_worked;     // ever; a partner's seller: on the vendor's products
  Column<std::int64_t> own_deals;  // other products sold, ever
  Column<std::int64_t> calls;      // to the vendor's people, ever
  Column<double> plan_credit;    // share of the vendor's deals that the employer's plan still pays
  Column<double> extra_margin;   // that the employer keeps beyond booking.reseller_discount
  Column<std::uint32_t> payee;   // number in the payroll of the role
  Column<std::int64_t> booked;   // credit this quarter
  Column<std::int64_t> accrued;  // commission accrued since the last payday
  Column<std::int64_t> paid;     // commission paid out, ever
  Column<std::int64_t> sold;     // list value won, ever
  Column<std::int64_t> deals;    // won, ever
  Column<std::int32_t> watched_from;  // first week whose pay counts in pay_year; never: not yet
  Column<std::int64_t> pay_year;      // commission of the last 52 weeks (turnover.h)
  Column<std::int64_t> earned;        // commission ever, as of the week before
  Column<double> bag_premium;         // of own deals' size, over the usual (partner_traits.h)
  static constexpr auto columns =
      sim::Pack{&Reps::employer,      &Reps::role,        &Reps::region,       &Reps::start_week,
                &Reps::seat,          &Reps::generation,  &Reps::skill,        &Reps::learned,
                &Reps::knows,         &Reps::pace,        &Reps::knowledge,    &Reps::hours_left,
                &Reps::own_bag_hours, &Reps::payee,       &Reps::booked,       &Reps::accrued,
                &Reps::paid,          &Reps::sold,        &Reps::deals,        &Reps::watched_from,
                &Reps::pay_year,      &Reps::earned,      &Reps::planner,      &Reps::hours_owed,
                &Reps::hours_given,   &Reps::own_push,    &Reps::hour_value,   &Reps::usual_week,
                &Reps::week_credit,   &Reps::attainment,  &Reps::hours_worked, &Reps::own_deals,
                &Reps::calls,         &Reps::plan_credit, &Reps::cell,         &Reps::own_hours,
                &Reps::regard,        &Reps::bag_premium, &Reps::extra_margin};
};

struct Managers : sim::Table<Managers> {
  Column<std::int32_t> start_week;
  Column<double> busy;  // share of this week that goes to following up and assuring
  Column<std::uint32_t> payee;
  Column<std::int64_t> booked;
  Column<std::int64_t> accrued;
  Column<std::int64_t> paid;
  // Hours ever, by what they went to (partner_development.h).
  Column<double> recruiting, pleasing, enabling, idle;
  static constexpr auto columns =
      sim::Pack{&Managers::start_week, &Managers::payee, &Managers::booked,     &Managers::accrued,
                &Managers::paid,       &Managers::busy,  &Managers::recruiting, &Managers::pleasing,
                &Managers::enabling,   &Managers::idle};
};

struct Accounts : sim::Table<Accounts> {
  Column<std::uint32_t> region;
  Column<std::uint32_t> cell;       // whose territory it is in: region, vertical, function
  Column<std::uint8_t> direct;      // the vendor's own people reach it
  Column<double> need_rate;         // needs per week while it has neither need nor contract
  Column<std::uint32_t> next_need;  // ordinal of the need that comes next
  Column<std::uint32_t> open_needs;
  Column<std::uint32_t> contracts;  // running, with anybody
  Column<Firms::Id> controller;     // of ours, who sold there last: the vendor or a partner
  static constexpr auto columns = sim::Pack{
      &Accounts::region,    &Accounts::cell,       &Accounts::direct,    &Accounts::need_rate,
      &Accounts::next_need, &Accounts::open_needs, &Accounts::contracts, &Accounts::controller};
};

enum class PartnershipStatus : std::uint8_t { candidate, signed_up, active, ended };

inline bool is_partner(PartnershipStatus status) {
  return status == PartnershipStatus::signed_up || status == PartnershipStatus::active;
}

// The edge vendor - partner. One row per candidate, whether it ever signs or not.
struct Partnerships : sim::Table<Partnerships> {
  Column<Firms::Id> partner;
  Column<PartnershipStatus> status;
  Column<std::int32_t> signed_week;
  Column<std::int32_t> active_week;
  Column<std::int32_t> first_deal_week;
  Column<double> plan_hazard;         // since the last change of its plan (plan_change.h)
  Column<std::int32_t> plan_changes;  // so far
  Column<std::int32_t> plan_until;    // week in which it is as before again
  Column<Reps::Id> first_seller;      // its sellers stand together in Reps
  Column<std::uint32_t> sellers;
  Column<std::int64_t> margin_year;  // that the vendor brought it in the last 52 weeks
  Column<std::uint8_t> slot_won;     // this week, on its agenda (sales_meeting.h)
  Column<std::int64_t> clashes;      // the vendor's people in its accounts, so far (engagement.h)
  // What the partner is like (partner_traits.h): premiums over the usual reach and own deals,
  // complementarity, number of sellers; and what it would sell, in logs, standardised.
  Column<double> reach_premium, bag_premium, fit, quality;
  Column<std::int64_t> capacity;
  Column<Managers::Id> manager;       // who works on it, once it is signed
  Column<std::int64_t> booked;        // the vendor's part of its deals, ever
  Column<double> satisfaction;        // 0..1
  Column<double> pleasing, enabling;  // its manager's hours this week
  Column<double> supported;           // hours this week that count (support_capacity.h)
  Column<double> progress, waited;    // towards its start, and of its interest
  Column<double> starts_after, lapses_after;
  Column<std::uint8_t> lapsed;             // lost interest before it started
  Column<std::uint8_t> turned_down;        // looked at and not signed, by either side
  Column<std::uint8_t> reference_partner;  // a name buyers know (references.h)
  Column<std::uint8_t> champion;           // somebody there speaks for the vendor
  Column<double> calls_left;               // reference calls, this quarter
  Column<double> inattention;              // needs its sellers do not think of the vendor at
  Column<std::uint32_t> terms;  // its class: 0 the resellers of [program], then [partnership.*]
  Column<std::uint32_t> slot;   // number among the candidates of its class
  Column<double> complements;   // share of the accounts it knows that can use both products
  Column<std::uint8_t> tier;    // reached at the last review (tiers.h)
  Column<std::int64_t> revenue_year;    // that it brought the vendor in the last 52 weeks
  Column<std::int64_t> revenue_review;  // the same since the last review
  Column<std::int64_t> revenue;         // first-year value of its deals at the vendor's price, ever
  Column<std::int64_t> deals;           // won with it, ever
  Column<std::int64_t> royalties;       // since the last anniversary (OEM)
  Column<std::int64_t> mdf;             // marketing funds paid to it, ever
  Column<std::int64_t> mdf_allocated;   // and set aside for it
  Column<std::int64_t> campaign;        // money in its running campaign (mdf.h)
  Column<std::int64_t> campaign_leads;  // that the campaign brought so far
  Column<double> campaign_yield;        // leads per 1,000 of money, as it believes
  static constexpr auto columns = sim::Pack{&Partnerships::partner,
                                            &Partnerships::status,
                                            &Partnerships::signed_week,
                                            &Partnerships::active_week,
                                            &Partnerships::first_deal_week,
                                            &Partnerships::first_seller,
                                            &Partnerships::sellers,
                                            &Partnerships::margin_year,
                                            &Partnerships::slot_won,
                                            &Partnerships::plan_hazard,
                                            &Partnerships::plan_changes,
                                            &Partnerships::plan_until,
                                            &Partnerships::reach_premium,
                                            &Partnerships::bag_premium,
                                            &Partnerships::fit,
                                            &Partnerships::quality,
                                            &Partnerships::capacity,
                                            &Partnerships::manager,
                                            &Partnerships::booked,
                                            &Partnerships::satisfaction,
                                            &Partnerships::pleasing,
                                            &Partnerships::enabling,
                                            &Partnerships::supported,
                                            &Partnerships::progress,
                                            &Partnerships::waited,
                                            &Partnerships::starts_after,
                                            &Partnerships::lapses_after,
                                            &Partnerships::lapsed,
                                            &Partnerships::turned_down,
                                            &Partnerships::reference_partner,
                                            &Partnerships::champion,
                                            &Partnerships::calls_left,
                                            &Partnerships::inattention,
                                            &Partnerships::clashes,
                                            &Partnerships::terms,
                                            &Partnerships::slot,
                                            &Partnerships::complements,
                                            &Partnerships::tier,
                                            &Partnerships::revenue_year,
                                            &Partnerships::revenue_review,
                                            &Partnerships::revenue,
                                            &Partnerships::deals,
                                            &Partnerships::royalties,
                                            &Partnerships::mdf,
                                            &Partnerships::mdf_allocated,
                                            &Partnerships::campaign,
                                            &Partnerships::campaign_leads,
                                            &Partnerships::campaign_yield};
};

struct Opportunities;

// An account's need, open until its decision clock rings.
struct Needs : sim::Table<Needs> {
  Column<Accounts::Id> account;
  Column<std::uint32_t> number;  // among the account's needs, from 0
  Column<Products::Id> product;
  Column<std::int64_t> value;  // list value (of a year, if there is a term)
  Column<std::int32_t> born_day;
  Column<double> decides;        // when, in weeks since the first simulated week
  Column<double> discount;       // given to have it decided early
  Column<std::uint8_t> moved;    // 0 no, 1 pulled in, 2 pushed out
  Column<double> posted;         // price level that a marketplace shows the buyer; 0: none
  Column<std::uint8_t> imposed;  // rivals beside those of the market: on that page, or a partner's
  Column<sim::Id<Opportunities>> first_opportunity;  // its opportunities stand together
  Column<std::uint32_t> opportunities;
  Column<std::uint32_t> holder;   // 1 + place, among those, of the registration that holds; 0: none
  Column<std::uint32_t> filings;  // registrations ever filed (registration.h)
  Column<std::uint8_t> at_desk;   // registrations have something to do this week
  Column<std::uint8_t> clashes;   // this week, of the vendor's people with partners (engagement.h)
  Column<double> confusion;       // utility that the buyer's doubts cost (confusion.h)
  Column<std::uint8_t> sorted;    // by the vendor: 0 no, 1 asked for, 2 done
  Column<std::uint32_t> events;   // in DealEvents so far
  static constexpr auto columns = sim::Pack{
      &Needs::account,       &Needs::product,   &Needs::value,   &Needs::born_day,
      &Needs::decides,       &Needs::discount,  &Needs::moved,   &Needs::first_opportunity,
      &Needs::opportunities, &Needs::holder,    &Needs::filings, &Needs::at_desk,
      &Needs::clashes,       &Needs::confusion, &Needs::sorted,  &Needs::events,
      &Needs::number,        &Needs::posted,    &Needs::imposed};

  // The opportunities of a need stand together.
  sim::Id<Opportunities> opportunity(Id need, std::size_t i) const {
    return sim::Id<Opportunities>(first_opportunity[need].index() + i);
  }
};

inline constexpr int stages = 3;

// One rep's chance to win one need.
struct Opportunities : sim::Table<Opportunities> {
  Column<Needs::Id> need;
  Column<Reps::Id> rep;
  Column<Products::Id> product;  // of the need
  Column<double> weight;         // size^(1/(1-eps)): what SA5 asks for (effort.h)
  Column<double> weight_eps;     // weight^eps
  Column<double> threshold1, threshold2, threshold3;  // work after which a stage is reached
  Column<double> work;                                // done so far
  Column<double> push;               // (hours / h0)^eps of this week, 0 if not touched
  Column<double> hours;              // ever
  Column<std::uint8_t> stage;        // 0..stages
  Column<double> joint;              // what the vendor's people knew when called in; 0: not called
  Column<std::int32_t> engaged_day;  // first touched; never if not yet
  Column<std::int32_t> worked_week;  // last touched
  Column<std::uint8_t> audited;      // reported as it is (reporting.h)
  Column<double> pay_change;         // of what the rep's plan pays for it, a share (engagement.h)
  Column<double> edge;               // utility added for whose account it is (account_control.h)
  Column<std::uint8_t> barred;       // may not be worked on nor offered (engagement.h)
  Column<std::uint8_t> filing;       // 0: none, else 1 + partnering::RegistrationState
  Column<std::uint8_t> extended;     // the registration has had its extension
  Column<double> received, begins, ends;  // the registration, in days; holds in [begins, ends)
  Column<Partnerships::Id> referrer;      // whose lead it is (lead_sharing.h); none: nobody's
  Column<double> reference;               // utility a reference call added (references.h)
  Column<Partnerships::Id> source;        // who referred it to the vendor's own people
  Column<std::uint32_t> joint_with;  // 1 + position, in the need, of the executive's whose deal
                                     // it shares (co-selling); 0: none
  Column<double> pooled;             // work of both together, at such a one
  static constexpr auto columns = sim::Pack{
      &Opportunities::need,        &Opportunities::rep,         &Opportunities::product,
      &Opportunities::weight,      &Opportunities::weight_eps,  &Opportunities::threshold1,
      &Opportunities::threshold2,  &Opportunities::threshold3,  &Opportunities::work,
      &Opportunities::push,        &Opportunities::hours,       &Opportunities::stage,
      &Opportunities::engaged_day, &Opportunities::worked_week, &Opportunities::audited,
      &Opportunities::joint,       &Opportunities::pay_change,  &Opportunities::edge,
      &Opportunities::barred,      &Opportunities::filing,      &Opportunities::extended,
      &Opportunities::received,    &Opportunities::begins,      &Opportunities::ends,
      &Opportunities::referrer,    &Opportunities::reference,   &Opportunities::source,
      &Opportunities::joint_with,  &Opportunities::pooled};
};

// Whose opportunity of the same need it shares (partnership.h); none: nobody's.
inline Opportunities::Id shared_lead(const Needs& needs, const Opportunities& opportunities,
                                     Opportunities::Id row) {
  const auto number = opportunities.joint_with[row];
  return number == 0 ? Opportunities::Id::none()
                     : needs.opportunity(opportunities.need[row], number - 1);
}

// A running contract, the vendor's or a rival's.
struct Contracts : sim::Table<Contracts> {
  Column<Accounts::Id> account;
  Column<Products::Id> product;
  Column<std::uint8_t> ours;
  Column<std::int64_t> net_acv;   // what the vendor gets a year
  Column<std::int64_t> list_acv;  // what the customer pays a year
  Column<double> price_level;     // at which it was signed; 1: list
  Column<Firms::Id> paper;        // contracting party: the vendor or a partner
  Column<std::int32_t> invoices;  // sent so far, beyond the first
  Column<std::uint8_t> missold;   // won by claiming too much (misselling.h)
  Column<Partnerships::Id> via;   // the partnership it came through; none: the vendor's own people
  Column<std::uint8_t> contact;   // the vendor talks to the customer itself
  Column<double> fee;             // share of each invoice that a marketplace takes
  static constexpr auto columns = sim::Pack{
      &Contracts::account,  &Contracts::product,     &Contracts::ours,    &Contracts::net_acv,
      &Contracts::list_acv, &Contracts::price_level, &Contracts::paper,   &Contracts::invoices,
      &Contracts::missold,  &Contracts::via,         &Contracts::contact, &Contracts::fee};
};

enum class Outcome : std::uint8_t { open, won, lost, no_decision };

// Append-only log of opportunities that were worked on, as a CRM system would hold it.
struct Log : sim::Table<Log> {
  Column<std::int64_t> rep;       // row of Reps
  Column<std::int64_t> account;   // row of Accounts
  Column<std::int64_t> number;    // of the need among the account's, from 0
  Column<std::int64_t> product;   // row of Products
  Column<std::int64_t> outcome;   // Outcome
  Column<std::int64_t> born_day;  // of the need
  Column<std::int64_t> engaged_day;
  Column<std::int64_t> last_week;   // in which somebody worked on it
  Column<std::int64_t> minutes;     // of work in all
  Column<std::int64_t> source;      // row of Partnerships that referred it; -1: none
  Column<std::int64_t> closed_day;  // -1 while open
  Column<std::int64_t> value;       // list value [minor units]; 0 unless won
  static constexpr auto columns =
      sim::Pack{&Log::rep,         &Log::account,    &Log::product, &Log::outcome,
                &Log::engaged_day, &Log::closed_day, &Log::value,   &Log::number,
                &Log::born_day,    &Log::last_week,  &Log::minutes, &Log::source};
};

// What happened to deals that somebody claims: filings and their fate, clashes, claims, payouts.
// Append-only, kept if [attribution] trace says so. A deal's own facts are in Log.
enum class DealEvent : std::uint8_t {
  filed,     // amount: list value
  approved,  // holds from that day on
  queued,    // another holds
  rejected,  // reason says why
  extended,
  expired,    // reason: lapsed, or decided while it waited or held
  converted,  // who held it won
  clash,      // firm: the partner; rep: of the vendor
  assisted,   // the vendor sorted out who represents it; rep: of the vendor
  won,        // firm and rep who won; amount: what the vendor gets of the first year
  claimed,    // firm: who claims; amount: hours worked x 1000
  paid,       // amount: payout to firm
  credited    // an executive, for a partner's deal; amount: credit
};
enum class DealReason : std::uint8_t {
  none,
  ignorance,   // the seller knows too little of the product
  house,       // the vendor's own people were there first
  taken,       // another holds, and there is no queue
  lapsed,      // the window ended
  decided,     // the account decided
  worked,      // claimed for hours worked
  registered,  // claimed for a registration that holds
  control,     // clash: the partner sold there last
  holds,       // clash: its registration holds
  earlier      // clash: it was at work there before that week
};

struct DealEvents : sim::Table<DealEvents> {
  Column<std::int64_t> need;     // the need's key, its bits
  Column<std::int64_t> account;  // row of Accounts
  Column<std::int64_t> day;      // since the first simulated day
  Column<std::int64_t> kind;     // DealEvent
  Column<std::int64_t> firm;     // row of Firms; -1: none
  Column<std::int64_t> rep;      // row of Reps; -1: none
  Column<std::int64_t> amount;   // [minor units], see DealEvent
  Column<std::int64_t> reason;   // DealReason
  static constexpr auto columns =
      sim::Pack{&DealEvents::need, &DealEvents::account, &DealEvents::day,    &DealEvents::kind,
                &DealEvents::firm, &DealEvents::rep,     &DealEvents::amount, &DealEvents::reason};
};

}  // namespace ecosystem
