// SPDX-License-Identifier: Apache-2.0
#pragma once
// Logos (H5, SD9): a large firm's new platform is taken up by its own accounts at a hazard that
// grows with the logos it can show,
//
//   p + q (share that has it) + momentum ln(1 + logos)
//
// which is worth money to the firm. It gives nobody's salesperson an hour: a logo brings the
// startup whatever a partnership of that kind brings otherwise.

#include <cstdint>

#include "sim/field.h"
#include "sim/math.h"

namespace startups {

struct Optics {
  double innovation = 0;
  double imitation = 0;
  double momentum = 0;
  double worth = 0.02;
  static constexpr auto fields = sim::Pack{
      sim::field(&Optics::innovation, {.name = "innovation",
                                       .unit = "1/year",
                                       .meaning = "hazard at which an account takes up the firm's "
                                                  "new platform by itself",
                                       .min = 0,
                                       .max = 10,
                                       .source = "SC7 (Bass: p .03)"}),
      sim::field(&Optics::imitation, {.name = "imitation",
                                      .unit = "1/year",
                                      .meaning = "and if all others had it",
                                      .min = 0,
                                      .max = 10,
                                      .source = "SC7 (Bass: q .38)"}),
      sim::field(&Optics::momentum, {.name = "momentum",
                                     .unit = "1/year",
                                     .meaning = "and for each e-fold of partners' logos shown",
                                     .low = 0,
                                     .high = .05,
                                     .min = 0,
                                     .max = 10,
                                     .source = "H5; none: sweep it"}),
      sim::field(&Optics::worth,
                 {.name = "worth",
                  .unit = "share",
                  .meaning = "of its revenue that the new platform brings a firm if all accounts "
                             "have it",
                  .min = 0,
                  .max = 10,
                  .source = "none: sweep it"})};

  // The share that has it, so many years later.
  double after(double share, std::int64_t logos, double years) const {
    const double hazard =
        innovation + imitation * share + momentum * sim::log1p(static_cast<double>(logos));
    return share - (1 - share) * sim::expm1(-hazard * years);
  }
};

}  // namespace startups
