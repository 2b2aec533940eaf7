// SPDX-License-Identifier: Apache-2.0
#pragma once
// True fit of a product with its market (EQ10, SC6, SC25): the market is a rugged landscape over
// forms of strategy (models/ventures/landscape.h), and fit is a logistic function of fitness. The
// product matures by itself. A shock redraws some contributions of every market.

#include <bit>
#include <cstdint>

#include "models/startups/about.h"
#include "models/ventures/landscape.h"
#include "sim/math.h"

namespace startups {

struct Strategy {
  std::int64_t attributes = 10;
  std::int64_t coupling = 3;
  double fixed_fit = -1;
  double centre = 0.6;
  double scale = 0.05;
  double maturity = 0.3;
  double maturing = 0.5;
  std::int64_t shock_week = -1;
  std::int64_t shock_attributes = 3;
  static constexpr auto fields = sim::Pack{
      sim::field(&Strategy::attributes,
                 fixed("attributes", "1", "choices that a strategy is made of", 1, 16, "SC25")),
      sim::field(&Strategy::coupling,
                 fixed("coupling", "1",
                       "other choices that the worth of each hangs on; less than "
                       "attributes",
                       0, 15, "SC25 {0, 1, 3, 5}")),
      sim::field(&Strategy::fixed_fit, fixed("fixed_fit", "1",
                                             "fit of everybody, whatever they do; below 0: the "
                                             "landscape's",
                                             -1, 1, "SC29 {0, .05, .1, .2}")),
      sim::field(&Strategy::centre,
                 fixed("centre", "1", "fitness that gives a fit of one half", -10, 10)),
      sim::field(&Strategy::scale, fixed("scale", "1", "fitness that takes it to .73", 1e-6, 10)),
      sim::field(&Strategy::maturity, fixed("maturity", "1", "of a product at founding", 0, 1)),
      sim::field(
          &Strategy::maturing,
          unknown("maturing", "1/year", "rate at which what it lacks is made", 0.2, 1, 0, 100)),
      sim::field(&Strategy::shock_week,
                 lever("shock_week", "week", "when the environment changes; -1: never", -1, 1e5,
                       "SC25, X22")),
      sim::field(
          &Strategy::shock_attributes,
          lever("shock_attributes", "1", "choices whose worth changes then", 0, 16, "SC25, X22"))};

  double fit(const ventures::Landscape& land, ventures::Form form) const {
    if (fixed_fit >= 0) return fixed_fit;
    return 1 / (1 + sim::exp((centre - land.fitness(form)) / scale));
  }
  ventures::Form shocked() const {
    return static_cast<ventures::Form>((std::uint64_t{1} << shock_attributes) - 1);
  }
  // `more`: what partners add to the rate.
  double matured(double now, double years, double more = 0) const {
    return now - (1 - now) * sim::expm1(-(maturing + more) * years);
  }
};

}  // namespace startups
