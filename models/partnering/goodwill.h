// SPDX-License-Identifier: Apache-2.0
#pragma once
// The ledger of favours one firm keeps of another (EQ8, SB7, SB8):
//
//   G' = (1 - fade) G + gain x leads in - loss x leads out
//
// With Poisson leads it settles at mean (gain in - loss out) / fade and variance
// (gain^2 in + loss^2 out) / (1 - (1 - fade)^2).

namespace partnering {

struct Goodwill {
  double fade = 0.02;  // of a period, (0, 1]; at 0 nothing is ever forgotten
  double gain = 1;     // of a lead (or unit of value) that came in
  double loss = 1;     // of one that went out

  double next(double now, double in, double out) const {
    return (1 - fade) * now + gain * in - loss * out;
  }

  // In the long run, of so many leads a period on average; fade > 0.
  double mean(double in, double out) const { return (gain * in - loss * out) / fade; }
  double variance(double in, double out) const {
    return (gain * gain * in + loss * loss * out) / (fade * (2 - fade));
  }
};

// Passing leads pays only if the partner's come back often enough: the chance to meet again must
// be above cost / benefit of a lead (Nowak 2006).
constexpr double least_continuation(double benefit, double cost) { return cost / benefit; }

// Grim trigger: with this patience or more, one who meets it shares for ever. Temptation T,
// reward R, punishment P of a period; T > R > P.
constexpr double least_patience(double temptation, double reward, double punishment) {
  return (temptation - reward) / (temptation - punishment);
}

}  // namespace partnering
