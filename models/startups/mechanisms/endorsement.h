// SPDX-License-Identifier: Apache-2.0
#pragma once
// What a prominent partner's name is worth (SC27, B5): signing lends the startup its brand, which
// fades. Who has evidence of their own does not ask for a name: its weight falls with own wins.

#include "models/startups/about.h"
#include "sim/math.h"

namespace startups {

struct Endorsement {
  double worth = 1;
  double fade = 0.5;
  double evidence = 5;
  double buyers = 0.3;
  static constexpr auto fields = sim::Pack{
      sim::field(&Endorsement::worth, lever("worth", "1",
                                            "endorsement lent by a brand of 1; 0: names mean "
                                            "nothing",
                                            0, 100, "SC27; seed 000")),
      sim::field(&Endorsement::fade,
                 unknown("fade", "1/year", "at which it fades", 0.2, 1, 0, 100, "SC27: direction")),
      sim::field(&Endorsement::evidence,
                 unknown("evidence", "1", "own wins that halve what a name adds", 2, 10, 0.01, 1e6,
                         "SC27: most when quality is uncertain")),
      sim::field(&Endorsement::buyers,
                 unknown("buyers", "1", "what a whole endorsement adds to a buyer's weight", 0.1,
                         0.6, 0, 100, "X23; none: sweep it"))};

  double faded(double stock, double years) const { return stock * sim::exp(-fade * years); }
  // What a stranger makes of it.
  double seen(double stock, double own_wins) const { return stock / (1 + own_wins / evidence); }
};

}  // namespace startups
