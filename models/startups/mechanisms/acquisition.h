// SPDX-License-Identifier: Apache-2.0
#pragma once
// Startups that are bought (SC4, SC21: 5.5% in seven years): a hazard that grows with revenue. The
// buyer pays the investors a multiple of a year's revenue and takes what cash there is.

#include "models/startups/about.h"
#include "sim/math.h"
#include "sim/money.h"

namespace startups {

struct Acquisition {
  double rate = 0.017;
  double size = 0.2;
  sim::Money revenue = sim::Money::whole(1'000'000);
  double multiple = 5;
  static constexpr auto fields = sim::Pack{
      sim::field(&Acquisition::rate,
                 unknown("rate", "1/year", "hazard at that revenue; 0: nobody is bought", 0.005,
                         0.05, 0, 100, "calibrated to SC21")),
      sim::field(&Acquisition::size,
                 unknown("size", "1", "exponent of revenue in the hazard", 0, 0.5, 0, 5)),
      sim::field(&Acquisition::revenue, lever("revenue", "currency/year",
                                              "revenue at which the hazard is the rate", 1, 1e12)),
      sim::field(&Acquisition::multiple,
                 lever("multiple", "year", "price over a year's revenue", 0, 1000))};

  double hazard(double revenue_of_year) const {
    if (rate == 0 || revenue_of_year <= 0) return 0;
    return rate * sim::pow(revenue_of_year / static_cast<double>(revenue.minor), size);
  }
};

}  // namespace startups
