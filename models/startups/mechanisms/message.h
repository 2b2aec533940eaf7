// SPDX-License-Identifier: Apache-2.0
#pragma once
// What a large firm says of a partner in public (H11). It uses the product where that is of use to
// it, and says so where saying so is worth more than it costs: support sells more of what it gains
// by, and takes from its own flagship if the message clashes with how that is positioned.

#include "sim/field.h"

namespace startups {

struct Message {
  double lift = 0.3;
  double clash = 0;
  double flagship_loss = 0.0005;
  static constexpr auto fields = sim::Pack{
      sim::field(&Message::lift,
                 {.name = "lift",
                  .unit = "share",
                  .meaning = "by which its public support raises how often buyers in "
                             "its base meet the startup",
                  .min = 0,
                  .max = 100,
                  .source = "H11; none: sweep it"}),
      sim::field(&Message::clash,
                 {.name = "clash",
                  .unit = "share",
                  .meaning = "of startups whose product contradicts how a large firm positions its "
                             "own",
                  .min = 0,
                  .max = 1,
                  .source = "H11; none: sweep it"}),
      sim::field(&Message::flagship_loss,
                 {.name = "flagship_loss",
                  .unit = "share",
                  .meaning = "of its revenue that a firm loses by a message that contradicts it",
                  .min = 0,
                  .max = 1,
                  .source = "H11; none: sweep it"})};

  // Money a year: what the partner is worth to the firm, its own revenue.
  bool says_so(double worth, double revenue, bool clashes) const {
    return lift * worth > (clashes ? flagship_loss * revenue : 0.0);
  }
};

}  // namespace startups
