// SPDX-License-Identifier: Apache-2.0
#pragma once
// The account contest, version 1: the domain's own benchmark. Reps of rival vendors choose each
// week where their hours pay best, accounts choose a vendor or nobody, winners are paid by a quota
// plan. week.cpp is the text of the rules; README.md says what is measured.

#include <array>
#include <cstddef>
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
  sim::Column<Claim, double> claims;      // weight of a firm at an account, 0 if it is not there
  std::vector<Accounts::Id> territories;  // territory_size per rep
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

  std::size_t firm_of(Reps::Id rep) const { return rep.index() / (reps.size() / firms); }
  double& claim(Accounts::Id account, std::size_t firm) {
    return claims[sim::Id<Claim>(account.index() * firms + firm)];
  }

 private:
  void spend_hours(Reps::Id rep, double rate, std::int64_t& partner_hours);
  void decide(Accounts::Id account, sim::Draw draw, Tally& counts);
  bool close_decided(Reps::Id rep, int this_week, std::vector<Deal>& log, Tally& counts);
  void pay(Reps::Id rep, const Deal& deal, Tally& counts);
  void refill(Reps::Id rep, sim::Draw draw, Tally& counts);
  void end_quarter(Reps::Id rep, Tally& counts);
  std::int32_t deal_size(double normal) const;

  void verify_counts() const;
  void verify_pay() const;
  void verify_books() const;
};

const sim::ModelInfo& info();

}  // namespace contest
