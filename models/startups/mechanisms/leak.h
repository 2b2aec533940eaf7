// SPDX-License-Identifier: Apache-2.0
#pragma once
// What a large firm learns of its partner's product (EQ12): I' = leak access (1 - protect) (1 - I).
// Access is what the startup shares times what the kind of partnership lets the other side see.
// What has been learned stays, also after the partnership.

#include "sim/field.h"
#include "sim/math.h"

namespace startups {

struct Leak {
  double rate = 0.5;
  double protect = 0.3;
  double access_oem = 1;
  double access_joint = 0.5;
  double access_marketplace = 0.1;
  static constexpr auto fields = sim::Pack{
      sim::field(&Leak::rate, {.name = "rate",
                               .unit = "1/year",
                               .meaning = "at which full access teaches the partner what it does "
                                          "not know yet; 0: nothing leaks",
                               .low = .1,
                               .high = 1.5,
                               .min = 0,
                               .max = 100,
                               .source = "EQ12; none: sweep it"}),
      sim::field(&Leak::protect, {.name = "protect",
                                  .unit = "share",
                                  .meaning = "kept back by patents, secrecy and timing",
                                  .low = 0,
                                  .high = .8,
                                  .min = 0,
                                  .max = 1,
                                  .source = "EQ12; Katila et al. 2008"}),
      sim::field(&Leak::access_oem,
                 {.name = "access_oem",
                  .unit = "share",
                  .meaning = "of the product that a firm sees which builds it in or bundles it",
                  .min = 0,
                  .max = 1,
                  .source = "none: sweep it"}),
      sim::field(&Leak::access_joint, {.name = "access_joint",
                                       .unit = "share",
                                       .meaning = "and one that sells with the startup",
                                       .min = 0,
                                       .max = 1,
                                       .source = "none: sweep it"}),
      sim::field(&Leak::access_marketplace,
                 {.name = "access_marketplace",
                  .unit = "share",
                  .meaning = "and one that lists it; a logo shows nothing",
                  .min = 0,
                  .max = 1,
                  .source = "none: sweep it"})};

  // Knowledge after so many years more of this access.
  double after(double known, double access, double years) const {
    return known - (1 - known) * sim::expm1(-rate * access * (1 - protect) * years);
  }
};

}  // namespace startups
