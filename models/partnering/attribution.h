// SPDX-License-Identifier: Apache-2.0
#pragma once
// Who is paid for a deal that several partners claim, and how many cents (R26, M2, SB2): the nine
// policies of plan files (compensation/claims.h), for claims whose days have parts, whose hours are
// real numbers and whose ties are broken by lot.
//
//   pay_all            everybody given: rate x base each
//   first_registered   who holds a registration on the day of close; of several, the earliest
//   first_touch        who touched the account first, by the day of close
//   last_touch         who touched it last, by the day of close
//   equal              everybody given, the same share
//   effort             in proportion to hours
//   time_decay         2^(-age of the last touch / half life)
//   house              nobody
//   marketplace        the marketplace, if the deal went through one; else as first_registered
//
// All but pay_all divide rate x base, rounded once, by largest remainder. Nobody is paid if nobody
// meets the policy; so "first registered" without a program pays nobody, and a program without
// registration must say first_touch. A negative base is a refund of what the base paid.
//
// Equal claims go by lot, odd cents too, equal lots by key: the order given does not matter, nor
// does a low key.

#include <cstdint>
#include <limits>
#include <optional>
#include <span>
#include <vector>

#include "models/compensation/exact.h"
#include "models/compensation/plan.h"
#include "sim/key.h"

namespace partnering {

inline constexpr double never = std::numeric_limits<double>::infinity();  // a day

// Days count from any one origin; parts of a day count.
struct Claimant {
  sim::Key firm;
  double lot = 0;             // uniform, drawn by pair(deal, firm)
  double registered = never;  // its registration holds in [registered, lapses)
  double lapses = never;
  double first_touch = never, last_touch = never;
  double hours = 0;          // worked on the deal; >= 0
  bool marketplace = false;  // it is the marketplace through which the deal goes
};

struct AttributionRules {
  compensation::Policy policy = compensation::Policy::first_registered;
  compensation::Share rate;                               // of the base, to one claim
  std::optional<compensation::Share> cap = std::nullopt;  // of the base, on the sum of all
  double half_life = 30;                                  // days; > 0
};

// Keep one per thread: it allocates only when it meets more claimants than ever.
class Attribution {
 public:
  // paid[i]: what claimants[i] gets, in the minor units of `base`. Returns the sum. No two
  // claimants are of one firm.
  std::int64_t operator()(const AttributionRules& rules, std::int64_t base, double closes,
                          std::span<const Claimant> claimants, std::span<std::int64_t> paid);

 private:
  void weigh(const AttributionRules& rules, double closes);
  void by_decay(double closes, double half_life);
  template <class Day>
  void to_first(const Day& day_of);
  std::int64_t divide(std::int64_t amount);
  std::int64_t limit(std::int64_t most, std::int64_t total);

  std::vector<Claimant> claims_;     // by lot
  std::vector<std::size_t> places_;  // of those in what was given
  std::vector<std::int64_t> weights_, cents_;
  std::vector<compensation::Int128> rests_;
};

}  // namespace partnering
