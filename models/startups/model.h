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
  Ledger ledger;
  Tally tally;
  std::vector<ventures::Landscape> landscapes;  // by market
  int current_week = 0;

 private:
  void populate_markets(const sim::Random& random);
  void populate_giants(const sim::Random& random);
  void populate_accounts(const sim::Random& random);
  void populate_startups(const sim::Random& random);

  Told told_;
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
    sim::Phase<World>{"record", "ledger check", [](World& w, const sim::Step& s) { w.record(s); }}};
inline constexpr std::span<const sim::Phase<World>> World::week{phases_of_a_week};

}  // namespace startups
