// SPDX-License-Identifier: Apache-2.0
#pragma once
// Whether to turn on a partner once there is something to share (D10). Once a quarter each side
// compares what it keeps by ending the partnership with what it gets by going on, over the horizon:
//
//   ends:     its payments on joint customers stop          paid x horizon
//   goes on:  it is paid, and new joint customers come      got x horizon + new x horizon^2 / 2
//
// paid, got: money a year; new: money a year of fees kept, of the customers of a year. What was won
// grows while what is still to come does not, so traction itself turns the balance.

#include "models/startups/about.h"
#include "sim/money.h"

namespace startups {

struct Defection {
  bool on = true;
  double horizon = 1;
  sim::Money dispute = sim::Money::whole(10'000);
  static constexpr auto fields = sim::Pack{
      sim::field(&Defection::on, yes_or_no("on", "whether anybody does", "D10")),
      sim::field(&Defection::horizon, unknown("horizon", "year", "that a startup looks ahead", 0.5,
                                              3, 0, 100, "D10; none: sweep it")),
      sim::field(&Defection::dispute,
                 unknown("dispute", "currency", "what a dispute costs the one who starts it", 0,
                         50'000, 0, 1e9, "D10; none: sweep it"))};

  bool pays(double paid, double got, double fresh) const {
    const double ends = paid * horizon, goes_on = (got + fresh * horizon / 2) * horizon;
    return on && ends > goes_on + static_cast<double>(dispute.minor);
  }
};

}  // namespace startups
