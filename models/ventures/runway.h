// SPDX-License-Identifier: Apache-2.0
#pragma once
// When the money runs out (SC3): cash is a Brownian motion that falls by `burn` a unit of time and
// spreads by `sd` a square root of it; the firm is ruined when it first meets 0. Amounts and times
// in any one unit each. Seen all the time, the time of ruin is inverse Gaussian.
//
// A firm whose cash is looked at every so often only lives longer: a low between two looks is not
// seen. Its law is that of a firm with .5826 sd sqrt(step) more cash (Broadie, Glasserman, Kou
// 1997); what is left of the error falls with the step (cash 18, burn 1, sd 3 a month: ruined by
// month 12 with .3881 seen all the time, .3567 looked at weekly where the shift says .3540, .3299
// monthly where it says .3186).

#include "sim/math.h"

namespace ventures {

struct Runway {
  double cash = 0;  // > 0
  double burn = 0;  // a unit of time; below 0 the firm earns
  double sd = 0;    // of one unit of time, >= 0

  // Time of ruin; both need burn > 0.
  double mean() const { return cash / burn; }
  double variance() const { return cash * sd * sd / (burn * burn * burn); }

  // P(ruin by then) = Phi((bT - C) / s sqrt T) + e^(2bC/s^2) Phi(-(bT + C) / s sqrt T)
  double ruined_by(double time) const {
    if (!(sd > 0 && time > 0)) return cash - burn * time <= 0 ? 1 : 0;
    const double spread = sd * sim::sqrt(time);
    const double low = (burn * time - cash) / spread, high = (burn * time + cash) / spread;
    return sim::normal_cdf(low) + mirrored(2 * burn * cash / (sd * sd), low, high);
  }
  // P(ruin, ever).
  double ever_ruined() const {
    if (burn >= 0) return burn > 0 || sd > 0 ? 1 : 0;
    return sd > 0 ? sim::exp(2 * burn * cash / (sd * sd)) : 0;
  }

  // The firm whose law, seen all the time, is this one's looked at every `step`.
  Runway looked_at_every(double step) const {
    return {cash + barrier_shift * sd * sim::sqrt(step), burn, sd};
  }
  static constexpr double barrier_shift = 0.5825971579390107;  // -zeta(1/2) / sqrt(2 pi)

 private:
  // e^exponent Phi(-high), where exponent = (high^2 - low^2) / 2 can be too much for exp.
  static double mirrored(double exponent, double low, double high) {
    if (exponent <= 0 || high < 5) return sim::exp(exponent) * sim::normal_cdf(-high);
    double fraction = high;  // phi / Phi of -high, by Laplace's continued fraction
    for (int k = 40; k > 0; --k) fraction = high + k / fraction;
    return 0.3989422804014327 * sim::exp(-low * low / 2) / fraction;
  }
};

// A step of cash from `before` to `after`, both above 0: the chance that it met 0 on the way
// (Brownian bridge, whatever the burn). Who draws it weekly has the law seen all the time, exactly.
inline double ruined_between(double before, double after, double sd, double step) {
  if (before <= 0 || after <= 0) return 1;
  return sd > 0 ? sim::exp(-2 * before * after / (sd * sd * step)) : 0;
}

}  // namespace ventures
