// SPDX-License-Identifier: Apache-2.0
#pragma once
// What a candidate partner is like: how many accounts it knows, how rich its own bag is, how well
// the vendor's product goes with what it sells (complementarity), how many sellers it has. Nobody
// sees it; who screens a candidate gets a guess of its `quality`, what it would sell, in logs.

#include <algorithm>
#include <cmath>

#include "models/ecosystem/state.h"
#include "models/ecosystem/streams.h"
#include "sim/field.h"
#include "sim/math.h"
#include "sim/random.h"

namespace ecosystem {

struct PartnerTraits {
  double reach_sigma = 0;
  double bag_sigma = 0;
  double fit_sigma = 0;
  double capacity_sigma = 0;
  static constexpr auto fields = sim::Pack{
      sim::field(&PartnerTraits::reach_sigma,
                 {.name = "reach_sigma",
                  .unit = "1",
                  .meaning = "log-standard deviation between candidates of the share of accounts "
                             "they know; the mean stays",
                  .min = 0,
                  .max = 3,
                  .source = "none: sweep it",
                  .role = sim::Role::structural}),
      sim::field(&PartnerTraits::bag_sigma,
                 {.name = "bag_sigma",
                  .unit = "1",
                  .meaning = "the same of the deals in their own bag, against which the vendor's "
                             "product competes",
                  .min = 0,
                  .max = 3,
                  .source = "none: sweep it",
                  .role = sim::Role::structural}),
      sim::field(&PartnerTraits::fit_sigma,
                 {.name = "fit_sigma",
                  .unit = "1",
                  .meaning = "standard deviation between candidates of the utility that buyers see "
                             "in having the product from them (complementarity)",
                  .min = 0,
                  .max = 3,
                  .source = "none: sweep it",
                  .role = sim::Role::structural}),
      sim::field(&PartnerTraits::capacity_sigma,
                 {.name = "capacity_sigma",
                  .unit = "1",
                  .meaning = "log-standard deviation between candidates of the number of sellers, "
                             "rounded, at least 1",
                  .min = 0,
                  .max = 3,
                  .source = "none: sweep it",
                  .role = sim::Role::structural})};

  // Of the log of what a candidate sells.
  double sigma() const {
    return sim::sqrt(reach_sigma * reach_sigma + bag_sigma * bag_sigma + fit_sigma * fit_sigma +
                     capacity_sigma * capacity_sigma);
  }

  // A fresh candidate; `sellers`: of a usual one.
  void describe(Partnerships& partnerships, Partnerships::Id row, sim::Key firm,
                std::int64_t sellers, const sim::Random& random) const {
    partnerships.capacity[row] = sellers;
    if (sigma() == 0) return;
    sim::Draw draw = random.draw(streams::of("partner_traits"), firm);
    const double reach = reach_sigma * draw.normal(), bag = bag_sigma * draw.normal();
    const double fit = fit_sigma * draw.normal(), capacity = capacity_sigma * draw.normal();
    partnerships.reach_premium[row] = sim::expm1(reach - reach_sigma * reach_sigma / 2);
    partnerships.bag_premium[row] = sim::expm1(bag - bag_sigma * bag_sigma / 2);
    partnerships.fit[row] = fit;
    const double people =
        static_cast<double>(sellers) * sim::exp(capacity - capacity_sigma * capacity_sigma / 2);
    partnerships.capacity[row] = std::max<std::int64_t>(1, std::lround(people));
    partnerships.quality[row] = (reach - bag + fit + capacity) / sigma();
  }
};

}  // namespace ecosystem
