// SPDX-License-Identifier: Apache-2.0
#pragma once
// The account contest, version 1: the domain's own benchmark. Reps of rival vendors choose each
// week where their hours pay best, accounts choose a vendor or nobody, winners are paid by a quota
// plan. week.cpp is the text of the rules; README.md says what is measured.

#include <algorithm>
#include <array>
#include <cstddef>
#include <span>
#include <utility>
#include <vector>

#include "models/contest/rules.h"
#include "models/contest/state.h"
#include "models/contest/streams.h"
#include "sim/log.h"
#include "sim/math.h"
#include "sim/model.h"
#include "sim/scratch.h"

namespace contest {

// The rules' numbers in the types that the week's loops use.
struct Numbers {
  explicit Numbers(const Rules& rules);
  double quota, rate, rise;  // rise: from below quota to above
  float partner_rate, hours_scale, no_decision;
  std::uint64_t rings;  // a clock rings if its word is smaller
  double log_median;
};

struct World {
  Rules rules;
  Numbers number;
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
  // Names the draws of a place of a book, in each round anew.
  static std::uint32_t part_of(sim::Id<Slot> slot, std::uint32_t round) {
    constexpr auto places = static_cast<std::uint32_t>(book_size);
    return slot.index() % places + round * places;
  }

 private:
  void add_accounts(const sim::Step& start, std::size_t count);
  std::int64_t spend_hours(std::size_t first, const double* rates);
  void decide(Accounts::Id account, double point, double next_size, Tally& counts);
  void pay(const Deal& deal, Tally& counts);
  void refill(const sim::Step& step, const sim::Stream& stream, Slots closed, Tally& counts);

  // What the rules need and do not decide (books.cpp).
  Deal close(sim::Id<Slot> slot, int this_week, Tally& counts);
  std::size_t open(Slots slots, std::span<const std::size_t> places, std::span<const double> fits,
                   Tally& counts);
  void fill_sizes(std::span<double> sizes) const;
  void fill_fits(std::span<double> fits) const;

  void verify_counts() const;
  void verify_pay() const;
  void verify_books() const;
};

const sim::ModelInfo& info();

}  // namespace contest
