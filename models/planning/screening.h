// SPDX-License-Identifier: Apache-2.0
#pragma once
// How long to look at a candidate, and whom to take.
//
// A candidate is worth fixed + scale exp(sigma z - sigma^2/2), z standard normal and unseen. After
// s hours of looking the best guess of z is m ~ N(0, rho), rho = s / (s + half_hours). Each
// candidate costs `find` + s hours, each one taken `take` hours more. With R the worth of an hour,
// those are taken whose expected worth is at least R take, and R is the largest worth per hour
// there is:
//
//   R = E[(worth(m) - R take)+] / (find + s),   worth(m) = fixed + scale exp(sigma m - sigma^2
//   rho/2)
//
// for the best s of a few. Where nothing can be seen, or nothing hangs on what is seen, looking
// only costs: s = 0 and all are taken.

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>

#include "sim/math.h"

namespace planning {

struct Candidates {
  double fixed = 0, scale = 0;  // worth, any unit; scale >= 0
  double sigma = 0;             // log-standard deviation of the scaled part
  double find = 1, take = 1;    // hours, > 0
  double half_hours = 1;        // of looking, after which half of the variance of z is seen
};

struct Screen {
  double per_hour = 0;    // worth of an hour spent on it
  double look_hours = 0;  // at each candidate
  double seen = 0;        // rho
  double taken = 1;       // share of candidates
};

inline constexpr std::array<double, 8> looks{0, 1, 2, 4, 8, 16, 32, 64};  // hours that are tried

// What somebody with the guess m of z is worth.
inline double worth_of(const Candidates& those, double seen, double m) {
  return those.fixed +
         those.scale * sim::exp(those.sigma * m - those.sigma * those.sigma * seen / 2);
}

// Of all candidates: share taken, and what they are worth together, if those worth `least` or more
// are taken.
struct Taken {
  double share, worth;
};
inline Taken taken(const Candidates& those, double seen, double least) {
  const double spread = those.sigma * sim::sqrt(seen);
  if (least <= those.fixed) return {1, those.fixed + those.scale};
  if (!(spread > 0) || those.scale <= 0) {
    const bool all = those.fixed + those.scale >= least;
    return all ? Taken{1, those.fixed + those.scale} : Taken{0, 0};
  }
  // Standardised guess from which on somebody is worth it.
  const double cut = (sim::log((least - those.fixed) / those.scale) + spread * spread / 2) / spread;
  const double share = sim::normal_cdf(-cut);
  return {share, those.fixed * share + those.scale * sim::normal_cdf(spread - cut)};
}

// By bisection: what is left of a candidate's worth falls in R.
inline Screen best_of(const Candidates& those, double look_hours) {
  const double seen = look_hours / (look_hours + those.half_hours);
  const double hours = those.find + look_hours;
  double low = 0, high = (those.fixed + those.scale) / hours;
  if (!(high > 0)) return {0, look_hours, seen, 1};
  for (int i = 0; i < 60; ++i) {
    const double rate = (low + high) / 2;
    const Taken those_taken = taken(those, seen, rate * those.take);
    const double left = those_taken.worth - rate * those.take * those_taken.share - rate * hours;
    (left > 0 ? low : high) = rate;
  }
  return {low, look_hours, seen, taken(those, seen, low * those.take).share};
}

inline Screen best_screen(const Candidates& those) {
  Screen best = best_of(those, 0);
  for (const double look : looks)
    if (const Screen other = best_of(those, look); other.per_hour > best.per_hour * (1 + 1e-12))
      best = other;
  return best;
}

}  // namespace planning
