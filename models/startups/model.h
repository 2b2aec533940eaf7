// SPDX-License-Identifier: Apache-2.0
#pragma once
// The world of startups: tables, mechanisms, and `week`, the list of what happens in order.
// README.md in this folder is the page to read first.

#include <array>
#include <cstdint>
#include <span>
#include <vector>

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
  std::int64_t own_revenue = 0, partner_revenue = 0, pair_revenue = 0;
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

  Markets markets;
  Giants giants;
  Accounts accounts;
  Startups startups;
  Pairs pairs;        // startup - startup
  Programs programs;  // startup - giant
  Contracts contracts;
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

  Told told_;
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
    sim::Phase<World>{"selling", "startups meet them, by themselves or through partners",
                      [](World& w, const sim::Step& s) { w.meet(s); }},
    sim::Phase<World>{"choice", "accounts choose; startups hear what they think",
                      [](World& w, const sim::Step& s) { w.choose(s); }},
    sim::Phase<World>{"offers", "startups look around for partners",
                      [](World& w, const sim::Step& s) { w.offer(s); }},
    sim::Phase<World>{"agreements", "who was asked accepts or not",
                      [](World& w, const sim::Step& s) { w.agree(s); }},
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
    sim::Phase<World>{"record", "ledger check", [](World& w, const sim::Step& s) { w.record(s); }}};
inline constexpr std::span<const sim::Phase<World>> World::week{phases_of_a_week};

}  // namespace startups
