// SPDX-License-Identifier: Apache-2.0
#pragma once
// What exists in the account contest: tables only. contest.md's symbols stand in brackets.

#include <cstddef>
#include <cstdint>
#include <tuple>

#include "sim/table.h"

namespace contest {

inline constexpr std::size_t firms = 8;              // [F]
inline constexpr std::size_t book_size = 20;         // [K] open opportunities of a rep, always
inline constexpr std::size_t accounts_per_rep = 10;  // [A / R]
inline constexpr std::size_t territory_size = accounts_per_rep * firms;  // [T]
inline constexpr int blocks_per_week = 5;                                // [B]
inline constexpr int hours_per_block = 8;                                // [b]
inline constexpr int hours_per_week = blocks_per_week * hours_per_block;
inline constexpr int quarter = 13;                         // weeks
inline constexpr std::int8_t undecided = -2, nobody = -1;  // else the firm that won

struct Accounts : sim::Table<Accounts> {
  Column<double> pull;             // [W] published total weight
  Column<std::int32_t> deal;       // [D] size of what it decides, USD
  Column<std::int32_t> contested;  // size of the deal decided this week, USD
  Column<std::int8_t> winner;      // of this week
  static constexpr auto columns =
      std::tuple{&Accounts::pull, &Accounts::deal, &Accounts::contested, &Accounts::winner};
};

struct Reps : sim::Table<Reps> {
  Column<double> skill;         // [k]
  Column<std::int64_t> booked;  // [x] this quarter, own products, USD
  Column<std::int64_t> paid;    // ever, cents
  static constexpr auto columns = std::tuple{&Reps::skill, &Reps::booked, &Reps::paid};
};

// Rows that are not agents: place j of rep r is r * (places per rep) + j.
struct Slot;   // an open opportunity: book_size per rep
struct Claim;  // firm f at account a is a * firms + f; the rep whose territory holds a writes it

struct Books {
  sim::Column<Slot, Accounts::Id> account;  // none while closed
  sim::Column<Slot, double> fit;            // [g]
  sim::Column<Slot, double> weight;         // [E] = g sqrt(1 + k h / h0)
  sim::Column<Slot, double> size;           // [D] of the account while this is open, USD
  sim::Column<Slot, std::uint32_t> hours;   // [h]
  sim::Column<Slot, std::uint8_t> own;      // 0: a partner's product
  sim::Column<Slot, std::uint8_t> fresh;    // opened since the last resolve

  void resize(std::size_t slots);
  void open(sim::Id<Slot> slot, Accounts::Id at, double fit_there, std::int32_t deal, bool is_own);
  std::size_t bytes() const;
};

struct Deal {
  std::uint32_t rep, account;
  std::int32_t size;  // USD
  std::uint16_t week;
  std::uint8_t own;
};

// Counts since week 0.
struct Tally {
  std::int64_t decided = 0, decided_for_nobody = 0, pursuers = 0;           // seen by the accounts
  std::int64_t opened = 0, closed = 0, won = 0, lost = 0, no_decision = 0;  // by the reps
  std::int64_t won_partner = 0;
  std::int64_t won_value = 0;     // USD
  std::int64_t commission = 0;    // cents
  std::int64_t closed_hours = 0;  // on opportunities that are closed
  std::int64_t rep_quarters = 0, attained = 0;
  std::int64_t partner_hours[quarter] = {}, hours[quarter] = {};  // by week of the quarter

  Tally& operator+=(const Tally& other);
};

}  // namespace contest
