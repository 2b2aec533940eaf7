// SPDX-License-Identifier: Apache-2.0
#pragma once
// What goes into the pay engine, and what comes out.

#include <array>
#include <cstdint>
#include <string>
#include <vector>

#include "models/compensation/plan.h"

namespace compensation {

inline constexpr std::uint64_t no_deal = ~std::uint64_t{0};

// By which filters tell credits apart; a payroll knows each kind of credit once.
struct CreditKind {
  std::string product, kind, channel, registration, role = "seller";
  friend auto operator<=>(const CreditKind&, const CreditKind&) = default;
};

// Somebody's part in a deal. Credits come in order of (day, deal, payee).
struct Credit {
  sim::Date day;           // the crediting date
  std::uint64_t deal = 0;  // its number in the log, or its 64-bit key in a simulation
  std::uint32_t payee = 0;
  std::uint32_t kind = 0;  // of Payroll::add_kind
  std::int64_t size = 0;   // amount of the whole deal [minor units]
  Share split = Share::whole(1);
  std::array<std::int64_t, 7> value{};  // the payee's part, by Basis [minor units; units]
  const std::array<std::int64_t, 7>* whole = nullptr;  // of the deal; none: as `value`
  bool commissionable = true, quota_credit = true;
  bool claims_spif = true;  // not for a second part of one deal's credit
  bool rolled_up = false;   // a manager's, of orders of their people
};

// Cents of one component in one pay period.
struct Line {
  std::uint32_t payee = 0;
  std::int32_t component = 0;  // of the plan; what is not one: see Payroll::component_name
  std::int32_t period = 0;     // pay period
  std::int64_t cents = 0;
};

enum class Rule : std::uint8_t {
  marginal,
  retroactive,
  true_up,
  per_deal,
  interpolated,
  curve,
  bonus,
  catch_up,
  windfall,
  minimum,
  guarantee,
  spif,
  contest,
  fund,
  claim,
  cap,
  cap_release,
  clawback,
  restated,
  team
};
const char* rule_number(Rule rule);   // "R6"
const char* rule_meaning(Rule rule);  // "slice at its tier's rate"

// Why: a part of a line. The cents of a line's entries sum to it.
struct Entry {
  std::uint32_t payee = 0;
  std::int32_t component = 0;
  std::int32_t period = 0;
  std::uint64_t deal = no_deal;
  Rule rule = Rule::marginal;
  std::int32_t tier = -1;   // of the table, if one was read
  std::int64_t credit = 0;  // minor units this is about
  double rate = 0;          // money per minor unit of credit, for display
  std::int64_t cents = 0;
};

struct Payout {
  std::uint32_t payee = 0;
  std::int32_t period = 0;
  std::int64_t earned = 0, clawback = 0;             // sums of lines
  std::int64_t draw_advance = 0, draw_recovery = 0;  // R16
  std::int64_t forgiven = 0;                         // draw balance of a leaver
  std::int64_t payable = 0;
  std::int64_t draw_balance = 0, debt = 0;  // afterwards; debt: what pay could not cover
};

}  // namespace compensation
