// SPDX-License-Identifier: Apache-2.0
#pragma once
// How a product spreads: Bass's law in time (SC7), the same in steps without bias (Satoh 2001), and
// two segments of a market that hardly listen to each other (EQ13; Goldenberg, Libai, Muller 2002;
// Moore's chasm).

#include <array>
#include <cstddef>

#include "sim/math.h"

namespace ventures {

// Who has not adopted does so with hazard p + q F, F being the share that has; from F(0) = 0.
struct Bass {
  double p = 0.03;  // innovation, > 0
  double q = 0.38;  // imitation, >= 0

  double share(double time) const {
    return -sim::expm1(-(p + q) * time) / (1 + q / p * sim::exp(-(p + q) * time));
  }
  double rate(double time) const {  // dF/dt
    const double f = share(time);
    return (p + q * f) * (1 - f);
  }
  double time_of(double share) const {  // in [0, 1)
    return sim::log((1 + q / p * share) / (1 - share)) / (p + q);
  }
  // When the rate is highest, and what then is; q > p (else it falls from the start).
  double peak() const { return sim::log(q / p) / (p + q); }
  double share_at_peak() const { return 0.5 - p / (2 * q); }
  double rate_at_peak() const { return (p + q) * (p + q) / (4 * q); }

  // Of a market of m buyers, one by one (pure birth): mean time until k of them have adopted.
  double mean_time(int adopters, int market) const {
    double sum = 0;
    for (int n = 0; n < adopters; ++n) sum += 1 / ((market - n) * (p + q * n / market));
    return sum;
  }
};

// A recursion over steps of length d that the closed form solves, so that p and q estimated from
// yearly figures mean what they say:
//
//   (F' - F'') / 2d = p + (q - p)(F' + F'') / 2 - q F' F''    two steps apart
struct SteppedBass {
  Bass law;
  double step = 1;  // d < 1 / (p + q)

  double share(int steps) const {
    const double x = step * (law.p + law.q);
    const double left = sim::exp(steps * (sim::log1p(-x) - sim::log1p(x)) / 2);
    return (1 - left) / (1 + law.q / law.p * left);
  }
  // Two steps on from a share.
  double two_on(double share) const {
    const double half = (law.q - law.p) / 2, each = 1 / (2 * step);
    return (law.p + (each + half) * share) / (each - half + law.q * share);
  }
};

// Two segments: who has not adopted does so with hazard
//
//   innovation + imitation (share of its own segment) + across (share of the other)
struct TwoSegments {
  struct Segment {
    double innovation = 0, imitation = 0, across = 0;
  };
  using Pair = std::array<double, 2>;  // of the early and the main market
  Segment early, main;

  Pair hazards(const Pair& shares) const {
    return {early.innovation + early.imitation * shares[0] + early.across * shares[1],
            main.innovation + main.imitation * shares[1] + main.across * shares[0]};
  }
  // What the hazards add up to over a step, shares moving on within it: the mean of both ends, the
  // later one foretold (error of order step^2, where hazards frozen at the start leave step). A
  // buyer adopts when the sum reaches a unit exponential number of its own.
  Pair cumulative(const Pair& shares, double step) const {
    const Pair now = hazards(shares);
    const Pair then = hazards(moved(shares, {now[0] * step, now[1] * step}));
    return {(now[0] + then[0]) / 2 * step, (now[1] + then[1]) / 2 * step};
  }
  Pair after(const Pair& shares, double step) const {
    return moved(shares, cumulative(shares, step));
  }

  // Shares once everybody has met so much hazard more.
  static Pair moved(const Pair& shares, const Pair& hazard) {
    return {1 - (1 - shares[0]) * sim::exp(-hazard[0]), 1 - (1 - shares[1]) * sim::exp(-hazard[1])};
  }
};

}  // namespace ventures
