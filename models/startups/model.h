// SPDX-License-Identifier: Apache-2.0
#pragma once
// The world of startups: tables, mechanisms, and `week`, the list of what happens in order.
// README.md in this folder is the page to read first.

#include <array>
#include <cstdint>
#include <span>
#include <vector>

#include "models/planning/split.h"
#include "models/startups/dealings.h"
#include "models/startups/ledger.h"
#include "models/startups/parts.h"
#include "models/startups/state.h"
#include "models/startups/streams.h"
#include "models/ventures/landscape.h"
#include "sim/events.h"
#include "sim/group_by.h"
#include "sim/model.h"

namespace startups {

// Counts since week 0.
struct Tally {
  std::int64_t needs = 0, own_meetings = 0, partner_meetings = 0, own_wins = 0, partner_wins = 0,
               lost = 0, churned = 0;
  std::int64_t rounds = 0, raised = 0, small_pivots = 0, large_pivots = 0, deaths = 0, closings = 0,
               acquisitions = 0;
  std::int64_t pairs_signed = 0, pairs_live = 0, pairs_dropped = 0, pairs_broken = 0,
               pairs_defected = 0, programs_signed = 0, programs_live = 0, programs_ended = 0;
  std::int64_t own_revenue = 0, partner_revenue = 0, shared_revenue = 0;  // cents
  std::int64_t given_minutes = 0, wasted_minutes = 0;                     // to partners
};

class World {
 public:
  World(const sim::Settings& settings, const sim::Setup& setup);
  void apply(const sim::Settings& settings);  // a dated change
  void hash(sim::Digest& digest) const;
  static std::size_t bytes(const sim::Settings& settings);

  // What the phases of `week` do.
  void open_week(const sim::Step& step);
  void need(const sim::Step& step);
  void record(const sim::Step& step);
  // Large firms (giants.cpp, giants_quarter.cpp) and customers (customers.cpp).
  void seek_programs(const sim::Step& step);
  void split_service_hours(const sim::Step& step);
  void buy_around(const sim::Step& step);
  void meet_giants(const sim::Step& step);
  void weigh_startups(const sim::Step& step);
  void share_attention(const sim::Step& step);
  void leak_knowledge(const sim::Step& step);
  void decide_on_startups(const sim::Step& step);
  void review_partners(const sim::Step& step);
  void keep_access(const sim::Step& step);
  void show_logos(const sim::Step& step);
  void lose_customers(const sim::Step& step);
  void deploy(const sim::Step& step);

  static const std::span<const sim::Phase<World>> week;
  static const std::span<const sim::Outcome<World>> outcomes;  // measures.cpp
  static const std::span<const sim::AgentColumn<World>> columns;

  // Mechanisms, and what the scenario tells of who there is: world.the<Population>().startups.
  template <class P>
  const P& the() const {
    return told_.the<P>();
  }

  Markets markets;
  Giants giants;
  Accounts accounts;
  Startups startups;
  Pairs pairs;        // startup - startup
  Programs programs;  // startup - giant
  Contracts contracts;
  Dealings dealings;    // what has been between startups and giants
  Asks asks;            // accounts that ask a giant for a startup
  Entrants entrants;    // giants' own products in startups' markets
  Platforms platforms;  // row by row those of giants
  std::vector<double> service_hours;  // a week, by startup: of service firms that bring it along
  std::int64_t around = 0;            // cents that customers paid them
  std::int64_t deployed = 0, failed = 0, squabbles = 0;  // of joint deployments
  Ledger ledger;
  Tally tally;
  std::vector<ventures::Landscape> landscapes;  // by market
  int current_week = 0;

 private:
  void populate_markets(const sim::Random& random);
  void populate_giants(const sim::Random& random);
  void populate_accounts(const sim::Random& random);
  void populate_startups(const sim::Random& random);

  // Large firms.
  void populate_platforms();
  Dealings::Id open_dealing(Startups::Id startup, Giants::Id giant, const sim::Step& step);
  void give_hours(Dealings::Id id, double hours);
  double access(Dealings::Id id) const;
  BuildOrBuy::Stake stake_of(Dealings::Id id) const;
  PlatformEntry::Stake owner_stake(Dealings::Id id) const;
  Turning::Stake turning_stake(Dealings::Id id) const;
  void settle(Dealings::Id id, Decision decision, int week);
  void build(Dealings::Id id, const sim::Step& step);
  void buy(Dealings::Id id, int week);
  void part(Dealings::Id id);
  void enter(Dealings::Id id, int week);
  Entrants::Id entrant_of(Giants::Id giant, Markets::Id market) const;
  void review_entry(Dealings::Id id, const sim::Step& step);
  void review_friendship(Dealings::Id id, const sim::Step& step);
  void turn(Dealings::Id id, const sim::Step& step);
  void take_access(Dealings::Id id, int week);
  std::int64_t giants_money(Giants::Id giant, double share) const;
  double quality(Startups::Id startup) const;
  void pay(Startups::Id startup, Book to, std::int64_t cents);
  // Signing (programs.cpp).
  bool signed_once(Startups::Id startup) const;
  Giants::Id best_giant(Startups::Id startup, const sim::Step& step) const;
  double promise(Startups::Id startup, Giants::Id giant, const sim::Step& step) const;
  std::int64_t customers_in(Startups::Id startup, Giants::Id giant) const;
  void ask_to_sign(Startups::Id startup, Giants::Id giant, const sim::Step& step);
  // Service firms (services.cpp).
  void split_service_hours(std::uint32_t region);
  double win_share(Startups::Id startup) const;
  double needs_a_year(Startups::Id startup) const;
  // Customers.
  double spend(Accounts::Id account, Giants::Id giant) const;
  void sum_clout();
  void line_up(Dealings::Id id, const sim::Step& step);
  void pull_customers(const sim::Step& step);
  void hear_of(Contracts::Id contract, const sim::Step& step);
  void compete(Contracts::Id contract, Entrants::Id entrant);
  double broken(Startups::Id startup, Accounts::Id account) const;
  void stand_still(Contracts::Id contract, double cost);
  void go_over(Contracts::Id contract, Dealings::Id id);

  Told told_;
  struct Ranked {
    double rank;
    Accounts::Id account;
  };
  std::vector<Ranked> order_;
  std::vector<double> base_clout_;  // by giant
  sim::Groups<Dealings, Giants> by_giant_;
  planning::HourSplit split_;
  std::vector<Startups::Id> region_;
  std::vector<double> worth_, given_, scratch_;  // of one giant's partners
  sim::Groups<Startups, Markets> by_market_;
  sim::HazardCalendar arrivals_{1};  // of needs; two clocks a market
  std::vector<sim::Event> due_;
  std::vector<Need> needs_;        // of this week, in order of day
  std::vector<Meeting> meetings_;  // likewise
};

const sim::ModelInfo& info();

// One week, in order. Each line is a mechanism or a short list of them; those of giants and
// customers have phases of their own.
inline constexpr std::array phases_of_a_week{
    sim::Phase<World>{"calendar", "last week's requests are forgotten; who is where",
                      [](World& w, const sim::Step& s) { w.open_week(s); }},
    sim::Phase<World>{"giants", "what startups are worth to large firms, and the hours they get",
                      [](World& w, const sim::Step& s) {
                        w.meet_giants(s);
                        w.weigh_startups(s);
                        w.share_attention(s);
                      }},
    sim::Phase<World>{"leak", "what large firms learn of their partners' products",
                      [](World& w, const sim::Step& s) { w.leak_knowledge(s); }},
    sim::Phase<World>{"decisions", "build, buy or let lie; entry, turning, what is said in public",
                      [](World& w, const sim::Step& s) {
                        w.decide_on_startups(s);
                        w.review_partners(s);
                      }},
    sim::Phase<World>{"access", "interfaces taken away, and products ported",
                      [](World& w, const sim::Step& s) { w.keep_access(s); }},
    sim::Phase<World>{"customers", "who goes over to a large firm, or leaves what does not work",
                      [](World& w, const sim::Step& s) {
                        w.deploy(s);
                        w.lose_customers(s);
                      }},
    sim::Phase<World>{"platforms", "logos, and what large firms gain",
                      [](World& w, const sim::Step& s) { w.show_logos(s); }},
    sim::Phase<World>{"record", "ledger check", [](World& w, const sim::Step& s) { w.record(s); }}};
inline constexpr std::span<const sim::Phase<World>> World::week{phases_of_a_week};

}  // namespace startups
