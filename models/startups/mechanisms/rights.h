// SPDX-License-Identifier: Apache-2.0
#pragma once
// How far the law protects what a startup makes (SD4, X19: appropriability). It does not keep a
// partner from learning (leak.h does); it keeps part of what was learned from being used, and what
// is built must go around what is protected, which takes longer and costs more:
//
//   usable = known (1 - strength),   time and cost of building x (1 + around strength)

#include "sim/field.h"

namespace startups {

struct Rights {
  double strength = 0;
  double around = 1;
  static constexpr auto fields = sim::Pack{
      sim::field(
          &Rights::strength,
          {.name = "strength",
           .unit = "share",
           .meaning = "of what a large firm knows of a startup's product that it may not use",
           .min = 0,
           .max = 1,
           .source = "SD4 (Gans, Hsu, Stern 2002: sweep), X19 (0, 1)"}),
      sim::field(&Rights::around,
                 {.name = "around",
                  .unit = "1",
                  .meaning = "what building around full protection adds to time and cost, over "
                             "those of building freely",
                  .low = 0,
                  .high = 3,
                  .min = 0,
                  .max = 1000,
                  .source = "SD4; none: sweep it"})};

  double usable(double known) const { return known * (1 - strength); }
  double dearer() const { return 1 + around * strength; }
};

}  // namespace startups
