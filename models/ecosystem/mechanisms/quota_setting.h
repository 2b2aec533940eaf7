// SPDX-License-Identifier: Apache-2.0
#pragma once
// Where an account executive's own quota comes from (R19; M15): one figure for all, the company's
// target handed down (top-down), or the territory looked at (bottom-up). Quotas are handed out when
// somebody is hired and anew at the start of each fiscal year, for that year: a hire in between
// leaves everybody else's as it is.
//
// Top-down, the company's target is divided by seats, and each share is raised by the cushion that
// managers keep for seats that stay empty. Bottom-up, a quota is a share of what the accounts of
// the territory are expected to come to need: known to the planner as a rate, not as needs to come.

#include <algorithm>

#include "models/ecosystem/state.h"
#include "sim/field.h"
#include "sim/math.h"
#include "sim/money.h"

namespace ecosystem {

struct QuotaSetting {
  enum class Method : std::uint8_t { flat, top_down, bottom_up };
  Method method = Method::flat;
  sim::Money company_target = sim::Money::whole(0);
  double cushion = 0.1;
  double share_of_potential = 0.1;
  static constexpr auto fields = sim::Pack{
      sim::field(&QuotaSetting::method,
                 {.name = "method",
                  .unit = "1",
                  .meaning = "flat: [account_executive] quota for everybody; top_down: the "
                             "company's target by seats; bottom_up: by the territory's potential",
                  .choices = {"flat", "top_down", "bottom_up"},
                  .source = "M15; R19"}),
      sim::field(&QuotaSetting::company_target,
                 {.name = "company_target",
                  .unit = "currency/quarter",
                  .meaning = "of all account executives together (top_down)",
                  .min = 0,
                  .max = 1e12,
                  .source = "M15"}),
      sim::field(&QuotaSetting::cushion,
                 {.name = "cushion",
                  .unit = "share",
                  .meaning = "handed out beyond the company's target (top_down)",
                  .low = 0,
                  .high = .25,
                  .distribution = sim::Distribution::uniform,
                  .min = 0,
                  .max = 5,
                  .source = "none: sweep it",
                  .role = sim::Role::uncertainty}),
      sim::field(&QuotaSetting::share_of_potential,
                 {.name = "share_of_potential",
                  .unit = "share",
                  .meaning = "of what a territory is expected to come to need that its executive "
                             "has to win (bottom_up)",
                  .low = .05,
                  .high = .3,
                  .distribution = sim::Distribution::uniform,
                  .min = 0,
                  .max = 1,
                  .source = "SA43: about a fifth of opportunities is won",
                  .role = sim::Role::uncertainty})};

  bool individual() const { return method != Method::flat; }

  // Of a quarter [minor units]. `seats`: people employed, those hired and not yet at work counted;
  // `potential`: expected list value of a quarter's needs of the territory.
  std::int64_t quota(std::size_t seats, double potential) const {
    const double amount = method == Method::top_down
                              ? static_cast<double>(company_target.minor) * (1 + cushion) /
                                    static_cast<double>(std::max<std::size_t>(1, seats))
                              : share_of_potential * potential;
    return std::max<std::int64_t>(1, sim::Money::rounded(amount).minor);
  }
};

// Expected list value of the needs of an account in a quarter while it has neither need nor
// contract [minor units].
inline double potential_of_quarter(double need_rate, const Products& products) {
  double before = 0, mean = 0;
  for (const std::uint32_t row : products.by_key()) {
    const Products::Id product(row);
    const double sigma = products.size_sigma[product];
    mean += (products.share_to[product] - before) *
            static_cast<double>(products.list_price[product]) * sim::exp(sigma * sigma / 2);
    before = products.share_to[product];
  }
  return 13 * need_rate * mean;
}

}  // namespace ecosystem
