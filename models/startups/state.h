// SPDX-License-Identifier: Apache-2.0
#pragma once
// What exists in the world of startups: tables only. A startup, giant or account is never retired
// (a result file has a row for each); what became of a startup is its `status`.

#include <cstdint>

#include "sim/edges.h"
#include "sim/key.h"
#include "sim/table.h"

namespace startups {

enum class Status : std::uint8_t { alive, acquired, dead };
enum class Stage : std::uint8_t { pre_chasm, post_chasm };
enum class Round : std::uint8_t { none, seed, a, b, c };
enum class Segment : std::uint8_t { early, main };
enum class Interface : std::uint8_t { open, restricted };  // open: public, an industry standard
enum class Phase : std::uint8_t { project, live };         // of a partnership that has not ended
enum class Kind : std::uint8_t { joint_selling, platform, marketplace, oem, logo };

// A category in which startups look for a product that fits (one landscape each). Markets of one
// region share accounts and giants; nothing passes between regions.
struct Markets : sim::Table<Markets> {
  Column<std::uint32_t> region;
  Column<std::int64_t> early, main;                  // accounts of each segment
  Column<std::int64_t> early_adopted, main_adopted;  // that have ever bought here
  Column<Stage> stage;                               // post-chasm: past the first adopters (SC32)
  Column<double> need_rate;                          // needs per account and year, smoothed
  Column<double> prospects;                          // of a startup here, on average (partnering)
  static constexpr auto columns = sim::Pack{
      &Markets::region,       &Markets::early, &Markets::main,      &Markets::early_adopted,
      &Markets::main_adopted, &Markets::stage, &Markets::need_rate, &Markets::prospects};
};

struct Giants : sim::Table<Giants> {
  Column<std::uint32_t> region;
  Column<double> base;            // share of the region's accounts that are its customers
  Column<double> brand;           // [0, 1] how much its name is worth as an endorsement
  Column<double> attention;       // hours a week for all startups together
  Column<double> strategic;       // score from which a startup's field is strategic to it
  Column<std::int64_t> revenue;   // of its installed base, cents a year
  Column<std::int64_t> partners;  // startups in its program
  static constexpr auto columns =
      sim::Pack{&Giants::region,    &Giants::base,    &Giants::brand,   &Giants::attention,
                &Giants::strategic, &Giants::revenue, &Giants::partners};
};

struct Accounts : sim::Table<Accounts> {
  Column<std::uint32_t> region;
  Column<Segment> segment;
  Column<double> clout;              // over giants whose customer it is: share of their revenue
  Column<std::uint64_t> installed;   // bit g: customer of giant g
  Column<std::int64_t> products;     // contracts with startups now
  Column<std::int64_t> adopted;      // week of its first contract, -1 before
  Column<sim::Id<Giants>> platform;  // whose platform a product must be integrated with, or none
  Column<std::uint64_t> asked;       // giants it has asked to work with a startup (bits)
  static constexpr auto columns =
      sim::Pack{&Accounts::region,   &Accounts::segment, &Accounts::clout, &Accounts::installed,
                &Accounts::products, &Accounts::adopted, &Accounts::asked, &Accounts::platform};
};

struct Startups : sim::Table<Startups> {
  // Who it is.
  Column<sim::Id<Markets>> market;
  Column<std::uint32_t> region;
  Column<std::uint32_t> genome;  // bit i: choice i of its strategy
  Column<double> fit;            // [0, 1] true fit of its product with its market
  Column<double> maturity;       // [0, 1] of its product
  Column<double> yes, no;        // Beta belief about its fit: signals for and against
  Column<double> plan;           // the fit it believed in when it chose its strategy
  Column<double> knowledge;      // [0, 1] of what buyers want; grows by direct contact only
  Column<Interface> interface_kind;
  // Money: cents; revenue and burn are per week.
  Column<std::int64_t> cash, revenue, burn, raised;
  Column<double> usual;   // revenue, smoothed over half a year
  Column<double> growth;  // of revenue, 1/year
  Column<Round> round;    // the last one closed
  Column<std::int64_t> round_week;
  Column<double> endorsement;  // stock lent by prominent partners
  // People and hours a week.
  Column<double> people;
  Column<double> busy;        // hours that meetings and customers take, smoothed
  Column<double> free;        // hours left for partners
  Column<double> partnering;  // hours given to partners last week
  // What became of it.
  Column<std::int64_t> founded, ended;  // weeks; ended -1 while it is alive
  Column<Status> status;
  Column<std::int64_t> customers, own_wins, partner_wins, meetings;
  Column<double> met;                     // hours that this week's meetings take
  Column<std::int64_t> won;               // own wins this week
  Column<double> win_rate, meeting_rate;  // own wins, and hours of meetings, a week, smoothed
  Column<std::int64_t> small_pivots, large_pivots;
  Column<std::int64_t> partners_ever, partners;  // signed ever, and now
  Column<std::int64_t> after_a_year;             // -1 gone by then, 0 no partner yet, 1 partnered
  Column<std::int64_t> joint_revenue;            // cents, ever
  Column<double> wasted_hours;                   // on partnerships that ended without revenue
  // Unit-exponential thresholds, as far as hazards have not used them up yet; how many were drawn.
  Column<double> to_funding, to_pivot, to_closing, to_exit, to_offer, to_update;
  Column<std::int64_t> updates;  // of its product, ever
  Column<std::uint32_t> pivots_drawn, rounds_drawn, offers_drawn;
  Column<double> frailty;  // how much of the hazard of closing it bears, mean 1
  // What it asks for this week; the phase that follows pulls it in order of key.
  Column<sim::Id<Startups>> wished_startup;
  Column<sim::Id<Giants>> wished_giant;

  bool runs(Id id) const { return status[id] == Status::alive; }
  double belief(Id id) const { return yes[id] / (yes[id] + no[id]); }

  static constexpr auto columns = sim::Pack{&Startups::market,
                                            &Startups::region,
                                            &Startups::genome,
                                            &Startups::fit,
                                            &Startups::maturity,
                                            &Startups::yes,
                                            &Startups::no,
                                            &Startups::plan,
                                            &Startups::knowledge,
                                            &Startups::interface_kind,
                                            &Startups::cash,
                                            &Startups::revenue,
                                            &Startups::burn,
                                            &Startups::raised,
                                            &Startups::usual,
                                            &Startups::growth,
                                            &Startups::round,
                                            &Startups::round_week,
                                            &Startups::endorsement,
                                            &Startups::people,
                                            &Startups::busy,
                                            &Startups::free,
                                            &Startups::partnering,
                                            &Startups::founded,
                                            &Startups::ended,
                                            &Startups::status,
                                            &Startups::customers,
                                            &Startups::own_wins,
                                            &Startups::partner_wins,
                                            &Startups::meetings,
                                            &Startups::met,
                                            &Startups::won,
                                            &Startups::win_rate,
                                            &Startups::meeting_rate,
                                            &Startups::small_pivots,
                                            &Startups::large_pivots,
                                            &Startups::partners_ever,
                                            &Startups::partners,
                                            &Startups::after_a_year,
                                            &Startups::joint_revenue,
                                            &Startups::wasted_hours,
                                            &Startups::to_funding,
                                            &Startups::to_pivot,
                                            &Startups::to_closing,
                                            &Startups::to_exit,
                                            &Startups::to_offer,
                                            &Startups::to_update,
                                            &Startups::updates,
                                            &Startups::pivots_drawn,
                                            &Startups::rounds_drawn,
                                            &Startups::offers_drawn,
                                            &Startups::frailty,
                                            &Startups::wished_startup,
                                            &Startups::wished_giant};
};

// Facts of a partnership, whoever the other side is. `from` is the startup that asked.
template <class Derived, class To>
struct PartnershipFacts : sim::Edges<Derived, Startups, To> {
  template <class T>
  using Facts = sim::Column<Derived, T>;
  Facts<Kind> kind;
  Facts<Phase> phase;
  Facts<std::int64_t> since;                 // week of signing
  Facts<double> complementarity;             // [0, 1] true
  Facts<double> from_hours, to_hours;        // given this week
  Facts<double> from_total, to_total;        // given ever
  Facts<std::int64_t> last_work;             // week in which it last went on, or of signing
  Facts<std::int64_t> from_value, to_value;  // cents, ever: joint revenue kept by each side
  Facts<std::int64_t> joint_customers;       // contracts that came through the partnership
  Facts<double> leak;  // [0, 1] what the other side has learned of the startup
};

struct Pairs : PartnershipFacts<Pairs, Startups> {
  static constexpr auto columns =
      sim::Pack{&Pairs::kind,       &Pairs::phase,      &Pairs::since,      &Pairs::complementarity,
                &Pairs::from_hours, &Pairs::to_hours,   &Pairs::from_total, &Pairs::to_total,
                &Pairs::last_work,  &Pairs::from_value, &Pairs::to_value,   &Pairs::joint_customers,
                &Pairs::leak};
};

struct Programs : PartnershipFacts<Programs, Giants> {
  Column<Interface> interface_kind;
  Column<double> attention;  // [0, 1] how much of the giant's field carries the startup
  static constexpr auto columns = sim::Pack{&Programs::kind,       &Programs::phase,
                                            &Programs::since,      &Programs::complementarity,
                                            &Programs::from_hours, &Programs::to_hours,
                                            &Programs::from_total, &Programs::to_total,
                                            &Programs::last_work,  &Programs::from_value,
                                            &Programs::to_value,   &Programs::joint_customers,
                                            &Programs::leak,       &Programs::interface_kind,
                                            &Programs::attention};
};

// A customer of a startup. Retired when it ends; the table is compacted once a year.
struct Contracts : sim::Table<Contracts> {
  Column<sim::Id<Startups>> startup;
  Column<sim::Id<Accounts>> account;
  Column<sim::Id<Markets>> market;
  Column<std::int64_t> fee;       // cents a year
  Column<std::int64_t> since;     // week
  Column<std::uint32_t> ordinal;  // of the need it came from
  Column<double> to_churn;        // threshold left
  Column<sim::Id<Pairs>> pair;    // through which it came, or none
  Column<sim::Id<Programs>> program;
  Column<double> integration;  // [0, 1] with the partner's product; 1 if there is none
  static constexpr auto columns =
      sim::Pack{&Contracts::startup, &Contracts::account,    &Contracts::market,   &Contracts::fee,
                &Contracts::since,   &Contracts::ordinal,    &Contracts::to_churn, &Contracts::pair,
                &Contracts::program, &Contracts::integration};
};

// An account that looks for a product of a market this week.
struct Need {
  sim::Key key;
  Accounts::Id account;
  Markets::Id market;
  std::uint32_t ordinal;
  bool met = false;  // found what it looked for
};

// A meeting of a startup about a need; by whom it was introduced, if anybody.
struct Meeting {
  std::uint32_t need;  // its place among those of this week
  Startups::Id startup;
  double answer;  // uniform: what the buyer says of the product
  Pairs::Id pair;
  Programs::Id program;

  bool own() const { return !pair && !program; }
};

}  // namespace startups
