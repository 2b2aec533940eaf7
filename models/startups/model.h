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

// Why a partnership ended: nobody worked on it; a side is gone, or no longer fits; a side turned.
enum class End : std::uint8_t { dropped, broken, defected };

// Counts since week 0. Money in cents, hours of partnerships in minutes.
struct Tally {
  std::int64_t needs = 0, own_meetings = 0, partner_meetings = 0, own_wins = 0, partner_wins = 0,
               pair_wins = 0, lost = 0, churned = 0;
  std::int64_t rounds = 0, raised = 0, small_pivots = 0, large_pivots = 0, ruined = 0, closings = 0,
               acquisitions = 0;
  std::int64_t offers = 0, pairs_signed = 0, pairs_live = 0, pairs_dropped = 0, pairs_broken = 0,
               pairs_defected = 0, programs_signed = 0, programs_live = 0, programs_ended = 0;
  std::int64_t pairs_judged = 0, pairs_empty = 0;  // 18 months after signing (SC30)
  std::int64_t own_revenue = 0, partner_revenue = 0, pair_revenue = 0, kept = 0;
  std::int64_t given = 0, wasted = 0;  // hours for partners
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
  void meet(const sim::Step& step);
  void choose(const sim::Step& step);
  void offer(const sim::Step& step);
  void agree(const sim::Step& step);
  void work(const sim::Step& step);
  void attend(const sim::Step& step);
  void review(const sim::Step& step);
  void collect(const sim::Step& step);
  void pay(const sim::Step& step);
  void fund(const sim::Step& step);
  void turn(const sim::Step& step);
  void leave(const sim::Step& step);
  void grow(const sim::Step& step);
  void churn(const sim::Step& step);
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
  void copy_products(const sim::Step& step);
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

  // Ends a partnership: its hours are wasted if no customer came of it. Call rebuild_edges() before
  // anybody asks for the partnerships of somebody.
  void end(Pairs::Id pair, End why);
  void end(Programs::Id program, End why);
  void rebuild_edges();
  // The other side of a startup's pair.
  Startups::Id partner(Pairs::Id pair, Startups::Id startup) const {
    return pairs.from[pair] == startup ? pairs.to[pair] : pairs.from[pair];
  }
  template <class Visit>  // visit(pair) for each of a startup's pairs, whoever asked
  void each_pair(Startups::Id startup, Visit visit) const {
    for (const Pairs::Id pair : pairs.of(startup)) visit(pair);
    for (const Pairs::Id pair : asked_by_others_[startup]) visit(pair);
  }
  double months_left(Startups::Id startup) const;
  double resentment(Dealings::Id id) const;  // of a large firm that needs what it does not have
  bool tame(Giants::Id giant) const;

  Markets markets;
  Giants giants;
  Accounts accounts;
  Startups startups;
  Pairs pairs;        // startup - startup
  Programs programs;  // startup - giant
  Contracts contracts;
  Dealings dealings;                  // what has been between startups and giants
  Asks asks;                          // accounts that ask a giant for a startup
  Entrants entrants;                  // giants' own products in startups' markets
  Platforms platforms;                // row by row those of giants
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
  void found(Startups::Id startup, const sim::Random& random);
  void adopted_before();
  void pair_off(const sim::Random& random);

  // Demand and selling.
  std::size_t place(Accounts::Id account, Markets::Id market) const {
    return market.index() * accounts.size() + account.index();
  }
  std::size_t place(Startups::Id startup, Accounts::Id account) const {
    return startup.index() * accounts.size() + account.index();
  }
  sim::Key need_key(Accounts::Id account, Markets::Id market, std::uint32_t ordinal) const;
  void expect_need(Accounts::Id account, Markets::Id market, const sim::Random& random);
  void introduce(Meeting& meeting, const sim::Step& step) const;
  bool may_buy(Accounts::Id account, Startups::Id startup) const;
  double weight(const Meeting& meeting) const;
  void hear(const Meeting& meeting);
  void win(const Meeting& meeting, double fee_normal, const sim::Step& step);
  void end_contract(Contracts::Id contract, const sim::Random& random);

  // Partnering.
  double worth_of(Startups::Id startup, Startups::Id candidate) const;
  double worth_of(Startups::Id startup, Giants::Id candidate) const;
  double worth(Startups::Id startup, double customers, double kept) const;
  double prospects(Startups::Id startup) const;
  double own_hour(Startups::Id startup) const;
  bool wants(Startups::Id startup, double worth) const;
  bool may_partner(Startups::Id startup) const;
  bool might_pair(Startups::Id startup, Startups::Id other) const;
  void look_around(Startups::Id startup, const sim::Step& step);
  double complementarity(sim::Key one, sim::Key other, bool same_market,
                         const sim::Random& random) const;
  Pairs::Id sign(Startups::Id from, Startups::Id to, const sim::Random& random);
  void sign(Startups::Id from, Giants::Id to, const sim::Random& random);
  void give_hours(Startups::Id startup);
  void judge(Pairs::Id pair);
  bool turns_on(Pairs::Id pair, Startups::Id startup) const;
  void partners_after_pivot(Startups::Id startup, bool large, const sim::Step& step);

  // Startups.
  void change_environment();
  void pivot(Startups::Id startup, const sim::Step& step);
  void jump(Startups::Id startup, sim::Draw& draw);
  void flip(Startups::Id startup, sim::Draw& draw);
  void lose_customers(Startups::Id startup, const sim::Step& step);
  void gone(Startups::Id startup, Status status, const sim::Random& random);
  void bought(Startups::Id startup);
  void hire(Startups::Id startup);
  double lent(Startups::Id startup) const;

  // Large firms.
  void populate_platforms();
  Dealings::Id open_dealing(Startups::Id startup, Giants::Id giant, const sim::Step& step);
  void give_hours(Dealings::Id id, double hours);
  double access(Kind kind, Interface interface) const;
  double usable(Dealings::Id id) const;
  BuildOrBuy::Stake stake_of(Dealings::Id id) const;
  PlatformEntry::Stake owner_stake(Dealings::Id id) const;
  Turning::Stake turning_stake(Dealings::Id id) const;
  void settle(Dealings::Id id, Decision decision, const sim::Step& step);
  void build(Dealings::Id id, const sim::Step& step);
  void buy(Dealings::Id id, const sim::Step& step);
  void part(Dealings::Id id);
  void enter(Dealings::Id id, int week);
  Entrants::Id entrant_of(Giants::Id giant, Markets::Id market) const;
  void review_entry(Dealings::Id id, const sim::Step& step);
  void review_friendship(Dealings::Id id, const sim::Step& step);
  void review_race(Dealings::Id id, int now);
  void turn(Dealings::Id id, const sim::Step& step);
  void take_access(Dealings::Id id, int week);
  std::int64_t giants_money(Giants::Id giant, double share) const;
  double quality(Startups::Id startup) const;
  double attention_of(Markets::Id market) const;
  double margin(Startups::Id startup) const;
  void update(Startups::Id startup, const sim::Step& step);
  void pay(Startups::Id startup, Book to, std::int64_t cents);
  // Copying (copying.cpp).
  struct CopyLuck {
    double threshold, success;
  };
  CopyLuck luck_of_copy(Dealings::Id id, const sim::Step& step, std::int64_t tries) const;
  void begin_to_copy(Dealings::Id id);
  void go_on_copying(Dealings::Id id, const sim::Step& step);
  // Signing (programs.cpp).
  bool signed_once(Startups::Id startup) const;
  Giants::Id best_giant(Startups::Id startup, const sim::Step& step) const;
  double promise(Startups::Id startup, Giants::Id giant, const sim::Step& step) const;
  double net_gain(Startups::Id startup, Giants::Id giant) const;
  std::int64_t customers_in(Startups::Id startup, Giants::Id giant) const;
  void ask_to_sign(Startups::Id startup, Giants::Id giant, const sim::Step& step);
  // Service firms (services.cpp).
  void split_service_hours(std::uint32_t region);
  double win_share(Startups::Id startup) const;
  double needs_a_year(Startups::Id startup) const;
  double brought(Startups::Id startup) const;
  // Customers.
  double spend(Accounts::Id account, Giants::Id giant) const;
  void sum_clout();
  void line_up(Dealings::Id id, const sim::Step& step);
  void pull_customers(const sim::Step& step);
  void hear_of(Contracts::Id contract, const sim::Step& step);
  double entrants_weight(const Need& need) const;
  void take_need(const Need& need, double fee_normal);
  void adopt(const Need& need);
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
  sim::Groups<Pairs, Startups> asked_by_others_;
  sim::HazardCalendar arrivals_{1};      // of needs; two clocks a market
  std::vector<double> hazards_;          // of those clocks, a week
  std::vector<std::uint32_t> ordinals_;  // by (market, account): needs so far
  std::vector<std::uint8_t> adopted_;    // by (market, account): has ever bought there
  std::vector<std::uint16_t> serves_;    // by (startup, account): contracts
  std::vector<sim::Event> due_;
  std::vector<Need> needs_;        // of this week, in order of day
  std::vector<Meeting> meetings_;  // likewise
  std::vector<double> reach_, weights_;
  std::vector<Pairs::Id> pairs_to_end_;
  std::vector<Programs::Id> programs_to_end_;
  std::vector<std::int64_t> joint_fees_;  // cents a year, by 2 x pair + side: of joint customers
};

const sim::ModelInfo& info();

// One week, in order. Each line is a mechanism or a short list of them; those of giants and
// customers have phases of their own.
inline constexpr std::array phases_of_a_week{
    sim::Phase<World>{"calendar", "last week's requests are forgotten; shocks of the environment",
                      [](World& w, const sim::Step& s) { w.open_week(s); }},
    sim::Phase<World>{"demand", "accounts come to look for something",
                      [](World& w, const sim::Step& s) { w.need(s); }},
    sim::Phase<World>{"services", "service firms give products hours",
                      [](World& w, const sim::Step& s) { w.split_service_hours(s); }},
    sim::Phase<World>{"selling", "startups meet them, by themselves or through partners",
                      [](World& w, const sim::Step& s) { w.meet(s); }},
    sim::Phase<World>{"choice", "accounts choose; startups hear what they think",
                      [](World& w, const sim::Step& s) { w.choose(s); }},
    sim::Phase<World>{"offers", "startups look around for partners",
                      [](World& w, const sim::Step& s) { w.offer(s); }},
    sim::Phase<World>{"agreements", "who was asked accepts or not",
                      [](World& w, const sim::Step& s) {
                        w.agree(s);
                        w.seek_programs(s);
                      }},
    sim::Phase<World>{"projects", "startups give partners what their own business leaves",
                      [](World& w, const sim::Step& s) { w.work(s); }},
    sim::Phase<World>{"attention", "giants give their partners hours",
                      [](World& w, const sim::Step& s) { w.attend(s); }},
    sim::Phase<World>{"review", "projects are done or dropped; partners turn on each other",
                      [](World& w, const sim::Step& s) { w.review(s); }},
    sim::Phase<World>{"fees", "customers pay; partners get their share",
                      [](World& w, const sim::Step& s) { w.collect(s); }},
    sim::Phase<World>{"costs", "people and services are paid",
                      [](World& w, const sim::Step& s) { w.pay(s); }},
    sim::Phase<World>{"funding", "rounds close", [](World& w, const sim::Step& s) { w.fund(s); }},
    sim::Phase<World>{"pivots", "startups change what they are",
                      [](World& w, const sim::Step& s) { w.turn(s); }},
    sim::Phase<World>{"exits", "startups run out of cash, close or are bought",
                      [](World& w, const sim::Step& s) { w.leave(s); }},
    sim::Phase<World>{"growth", "products mature, names fade, people are hired",
                      [](World& w, const sim::Step& s) { w.grow(s); }},
    sim::Phase<World>{"churn", "contracts end", [](World& w, const sim::Step& s) { w.churn(s); }},
    sim::Phase<World>{"leak", "what large firms learn of their partners' products",
                      [](World& w, const sim::Step& s) {
                        w.meet_giants(s);  // some have ended this week
                        w.leak_knowledge(s);
                      }},
    sim::Phase<World>{"decisions",
                      "build, buy, let lie or copy; entry, turning, what is said in public",
                      [](World& w, const sim::Step& s) {
                        w.decide_on_startups(s);
                        w.copy_products(s);
                        w.review_partners(s);
                      }},
    sim::Phase<World>{"access", "interfaces taken away, and products ported",
                      [](World& w, const sim::Step& s) { w.keep_access(s); }},
    sim::Phase<World>{"customers", "who goes over to a large firm, or leaves what does not work",
                      [](World& w, const sim::Step& s) {
                        w.buy_around(s);
                        w.deploy(s);
                        w.lose_customers(s);
                      }},
    sim::Phase<World>{"platforms", "logos, and what large firms gain",
                      [](World& w, const sim::Step& s) { w.show_logos(s); }},
    sim::Phase<World>{"record", "ledger check", [](World& w, const sim::Step& s) { w.record(s); }}};
inline constexpr std::span<const sim::Phase<World>> World::week{phases_of_a_week};

}  // namespace startups
