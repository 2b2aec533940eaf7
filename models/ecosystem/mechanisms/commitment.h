// SPDX-License-Identifier: Apache-2.0
#pragma once
// Both sides must work on a partner's deal (F6, F10): the partner's seller calls on the buyer, the
// vendor's people demonstrate, size, answer. In a week the vendor's hours go evenly to the
// partners' opportunities that sellers worked on; a seller's work on one counts as far as the
// vendor's hours for it do. Nobody's output is a minimum of two commitments by rule: it is what the
// two of them get done on the same opportunities.

#include <algorithm>
#include <cstddef>

#include "models/ecosystem/company.h"
#include "sim/field.h"

namespace ecosystem {

struct Commitment {
  double needs_hours = 0;
  double vendor_hours = 0;
  Money hour_cost = Money::whole(0);
  static constexpr auto fields = sim::Pack{
      sim::field(&Commitment::needs_hours,
                 {.name = "needs_hours",
                  .unit = "hour/week",
                  .meaning = "of the vendor's people that an opportunity needs in a week in which "
                             "a partner's seller works on it; 0: none",
                  .min = 0,
                  .max = 40,
                  .source = "F10; none: sweep it"}),
      sim::field(&Commitment::vendor_hours,
                 {.name = "vendor_hours",
                  .unit = "hour/week",
                  .meaning = "that the vendor's people give to partners' deals, all together",
                  .min = 0,
                  .max = 1e6,
                  .source = "F6; F10"}),
      sim::field(&Commitment::hour_cost, {.name = "hour_cost",
                                          .unit = "currency/hour",
                                          .meaning = "what such an hour costs, whether it is used "
                                                     "or not",
                                          .min = 0,
                                          .max = 1e6,
                                          .source = "B9; none: sweep it"})};

  bool on() const { return needs_hours > 0; }

  // How far the vendor's hours go on each of so many opportunities.
  double share(std::size_t worked_on) const {
    if (worked_on == 0) return 1;
    return std::min(1.0, vendor_hours / (needs_hours * static_cast<double>(worked_on)));
  }
};

}  // namespace ecosystem
