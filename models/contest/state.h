// SPDX-License-Identifier: Apache-2.0
#pragma once
// What exists in the account contest: tables only. contest.md's symbols stand in brackets.

#include <cstddef>
#include <cstdint>
#include <span>

#include "sim/table.h"

namespace contest {

inline constexpr std::size_t firms = 8;              // [F]
inline constexpr std::size_t book_size = 20;         // [K] open opportunities of a rep, always
inline constexpr std::size_t accounts_per_rep = 10;  // [A / R]
inline constexpr std::size_t territory_size = accounts_per_rep * firms;  // [T]
inline constexpr int blocks_per_week = 5;                                // [B]
inline constexpr int hours_per_block = 8;                                // [b]
inline constexpr int hours_per_week = blocks_per_week * hours_per_block;
inline constexpr int quarter = 13;         // weeks
inline constexpr std::size_t chunk = 128;  // reps that one thread takes at a time; and accounts:
inline constexpr std::size_t account_chunk = chunk * accounts_per_rep;
inline constexpr std::int8_t nobody = -1;  // else the firm that won
inline constexpr float decided = -1;       // instead of a published weight, for the week

struct Accounts : sim::Table<Accounts> {
  Column<float> pull;          // [W] published total weight, or `decided`
  Column<std::int32_t> deal;   // [D] size of what it decides, USD
  Column<std::int8_t> winner;  // of its last decision
  static constexpr auto columns = sim::Pack{&Accounts::pull, &Accounts::deal, &Accounts::winner};
};

struct Reps : sim::Table<Reps> {
  Column<std::uint8_t> firm;
  Column<float> skill;          // [k]
  Column<std::int64_t> booked;  // [x] this quarter, own products, USD
  Column<std::int64_t> paid;    // ever, cents
  static constexpr auto columns = sim::Pack{&Reps::firm, &Reps::skill, &Reps::booked, &Reps::paid};
};

struct Slot;  // place j of rep r's book is row r * book_size + j
using Slots = std::span<sim::Id<Slot>>;

struct Books {
  sim::Column<Slot, Accounts::Id> account;  // none while closed
  sim::Column<Slot, float> fit;             // [g]
  sim::Column<Slot, float> weight;          // [E] = g sqrt(1 + k h / h0)
  sim::Column<Slot, float> rivals;          // [n] published weight of all others and of nobody
  sim::Column<Slot, std::int32_t> size;     // [D] of the account while this is open, USD
  sim::Column<Slot, std::int32_t> hours;    // [h]
  sim::Column<Slot, std::uint8_t> own;      // 0: a partner's product

  void resize(std::size_t slots);
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
  std::int64_t won_value = 0;                // USD
  std::int64_t commission = 0;               // cents
  std::int64_t closed_hours = 0;             // on opportunities that are closed
  std::int64_t attained = 0;                 // rep-quarters that reached quota
  std::int64_t partner_hours[quarter] = {};  // by week of the quarter

  Tally& operator+=(const Tally& other);
};

}  // namespace contest
