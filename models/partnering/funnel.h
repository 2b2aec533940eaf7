// SPDX-License-Identifier: Apache-2.0
#pragma once
// A pipeline in the long run (SB6): opportunities come at random, stay for a while, some are won.

namespace partnering {

struct Funnel {
  double arrivals = 0;  // a week, Poisson
  double weeks = 0;     // each is open, on average
  double win_rate = 0;  // independent of the others

  double open() const { return arrivals * weeks; }     // Little
  double wins() const { return arrivals * win_rate; }  // a week, Poisson again
};

}  // namespace partnering
