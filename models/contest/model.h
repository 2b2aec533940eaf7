// SPDX-License-Identifier: Apache-2.0
#pragma once
// The account contest, version 1: the domain's own benchmark. Reps of rival vendors choose each
// week where their hours pay best, accounts choose a vendor or nobody, winners are paid by a quota
// plan. week.cpp is the text of the rules; README.md says what is measured.

#include <array>
#include <cstddef>
#include <span>
#include <vector>

#include "models/contest/rules.h"
#include "models/contest/state.h"
#include "models/contest/streams.h"
#include "sim/log.h"
#include "sim/model.h"

namespace contest {

struct World {
  Rules rules;
  Accounts accounts;
  Reps reps;
  Books books;
  std::array<sim::Column<Accounts, float>, firms> claims;  // weight of a firm there, 0 if none
  std::vector<Accounts::Id> territories;                   // territory_size per rep
  sim::Log<Deal> deals;
  Tally tally;
  int weeks = 0, last_week = 0;  // done, and to be done

  World(const sim::Settings& settings, const sim::Setup& setup);

  void choose(const sim::Step& step);
  void resolve(const sim::Step& step);
  void settle(const sim::Step& step);
  void check_at_end() const { weeks == last_week ? verify() : void(); }
  void verify() const;  // all five invariants; throws sim::Error

  static const std::array<sim::Phase<World>, 4> week;
  static const std::array<sim::Outcome<World>, 16> outcomes;
  static const std::array<sim::AgentColumn<World>, 3> columns;

  void hash(sim::Digest& digest) const;
  static std::size_t bytes(const sim::Settings& settings);

  Reps::Id rep_of(sim::Id<Slot> slot) const { return Reps::Id(slot.index() / book_size); }

 private:
  void add_accounts(const sim::Step& start, std::size_t count);
  std::int64_t spend_hours(std::size_t first, const double* rates);
  void decide(const sim::Step& step, std::span<const Accounts::Id> deciding, Tally& counts);
  void close(sim::Id<Slot> slot, int this_week, std::vector<Deal>& log, Tally& counts);
  void refill(const sim::Step& step, const sim::Stream& stream, std::span<sim::Id<Slot>> closed,
              Tally& counts);
  std::size_t propose(const sim::Step& step, const sim::Stream& stream, std::uint32_t round,
                      std::span<sim::Id<Slot>> closed);
  void end_quarter(std::size_t begin, std::size_t end, Tally& counts);
  void deal_sizes(std::span<double> sizes) const;

  void verify_counts() const;
  void verify_pay() const;
  void verify_books() const;
};

const sim::ModelInfo& info();

}  // namespace contest
