// SPDX-License-Identifier: Apache-2.0
#pragma once
// Major updates of a startup's product (SD3, EQ17). It makes them at a rate that goes by the margin
// it expects of its market, over that of a market without large firms' products:
//
//   rate margin^weight,   margin = (1 + attention) prod (1 - base e / (w0 + w + e))
//
// attention: by how much more accounts look at a market in which a large firm has its own product
// (platform_entry.spillover); e, base: weight of that product where it is known, and the share of
// accounts where it is; w, w0: the startup's own weight, and that of choosing nobody. Competition
// lowers the margin and attention raises it: which of the two is stronger is a matter of figures.

#include "sim/field.h"
#include "sim/math.h"

namespace startups {

struct Updates {
  double rate = 0;
  double weight = 1;
  double gain = 0;
  static constexpr auto fields = sim::Pack{
      sim::field(&Updates::rate, {.name = "rate",
                                  .unit = "1/year",
                                  .meaning = "major updates where no large firm is; 0: none",
                                  .low = 0,
                                  .high = 4,
                                  .min = 0,
                                  .max = 100,
                                  .source = "SD3; none: sweep it"}),
      sim::field(&Updates::weight, {.name = "weight",
                                    .unit = "1",
                                    .meaning = "exponent of the expected margin; 0: whatever it is",
                                    .min = 0,
                                    .max = 10,
                                    .source = "EQ17; none: sweep it"}),
      sim::field(&Updates::gain,
                 {.name = "gain",
                  .unit = "share",
                  .meaning = "of what the product lacks, that an update makes at once",
                  .min = 0,
                  .max = 1,
                  .source = "none: sweep it"})};

  // Of a margin in a market where a large firm's product of weight `theirs` is known to a share
  // `base` of accounts; `others`: the startup's weight and that of choosing nobody.
  static double left(double base, double theirs, double others) {
    return theirs > 0 ? 1 - base * theirs / (others + theirs) : 1;
  }
  double hazard(double margin) const { return rate == 0 ? 0 : rate * sim::pow(margin, weight); }
};

}  // namespace startups
