// SPDX-License-Identifier: Apache-2.0
#pragma once
// What a startup learns from a large partner, and when it has learned enough (SD8; Hamel 1991): the
// other half of the race of which leak.h and turning.h are the first. It came for know-how worth
// `worth` a year to it; L' = rate (1 - L) while the two are partners and the firm gives it hours.
// Once a quarter it leaves if the fees that come through the firm and what is still to be learned
// are worth less than what the hours of the partnership would win in its own business.

#include "sim/field.h"
#include "sim/math.h"
#include "sim/money.h"

namespace startups {

struct Race {
  double rate = 0;
  sim::Money worth = sim::Money::whole(50'000);
  static constexpr auto fields = sim::Pack{
      sim::field(&Race::rate, {.name = "rate",
                               .unit = "1/year",
                               .meaning = "at which a startup learns from a large partner what it "
                                          "does not know yet; 0: no startup leaves for that",
                               .low = 0,
                               .high = 2,
                               .min = 0,
                               .max = 100,
                               .source = "SD8; none: sweep it"}),
      sim::field(&Race::worth, {.name = "worth",
                                .unit = "currency/year",
                                .meaning = "of all that there is to learn",
                                .min = 0,
                                .max = 1e12,
                                .source = "none: sweep it"})};

  double after(double learned, double years) const {
    return learned - (1 - learned) * sim::expm1(-rate * years);
  }
  // Minor units a year: fees that it keeps, and what the partnership's hours would win.
  bool leaves(double fees, double learned, double hours) const {
    return rate > 0 && fees + static_cast<double>(worth.minor) * (1 - learned) < hours;
  }
};

}  // namespace startups
