// SPDX-License-Identifier: Apache-2.0
#pragma once
// Everybody wants another arrow in their quiver (C19): a candidate signs if it expects more of it
// than signing costs, and signing costs next to nothing. A price of signing (certification, a demo
// kit) or a least margin a year, below which the vendor ends the contract, is weighed against what
// the candidate expects of its own accounts and sellers.

#include "models/ecosystem/company.h"
#include "models/ecosystem/state.h"
#include "models/ecosystem/streams.h"
#include "sim/field.h"
#include "sim/math.h"
#include "sim/step.h"

namespace ecosystem {

struct Signing {
  Money cost = Money::whole(0);
  Money minimum = Money::whole(0);
  double grace_weeks = 52;
  double error = 0.5;
  double optimism = 0;
  static constexpr auto fields = sim::Pack{
      sim::field(&Signing::cost, {.name = "cost",
                                  .unit = "currency",
                                  .meaning = "what signing costs the partner, once",
                                  .min = 0,
                                  .max = 1e9,
                                  .source = "C19"}),
      sim::field(&Signing::minimum,
                 {.name = "minimum",
                  .unit = "currency/year",
                  .meaning = "margin with the vendor's product below which the vendor ends the "
                             "contract; 0: there is none",
                  .min = 0,
                  .max = 1e9,
                  .source = "C19 (quota)"}),
      sim::field(&Signing::grace_weeks, {.name = "grace_weeks",
                                         .unit = "week",
                                         .meaning = "after signing until the minimum is asked for",
                                         .min = 0,
                                         .max = 1e4}),
      sim::field(&Signing::error,
                 {.name = "error",
                  .unit = "1",
                  .meaning = "log-standard deviation of a candidate's error about what it will "
                             "earn",
                  .min = 0,
                  .max = 5,
                  .source = "none: sweep it"}),
      sim::field(&Signing::optimism, {.name = "optimism",
                                      .unit = "share",
                                      .meaning = "by which candidates overstate that",
                                      .min = -1,
                                      .max = 100,
                                      .source = "none: sweep it"})};

  bool on() const { return cost.minor > 0 || minimum.minor > 0; }

  // Does it sign? `earns`: margin a year that somebody like it may expect [minor units].
  bool signs(double earns, sim::Key partner, const sim::Step& step) const {
    if (!on()) return true;
    sim::Draw draw = step.draw_once(streams::of("signing"), partner);
    const double hopes = earns * (1 + optimism) * sim::exp(error * draw.normal());
    return hopes >= static_cast<double>(std::max(cost.minor, minimum.minor));
  }

  // Does its contract end this week for want of margin?
  bool ends(std::int64_t margin_year, int signed_week, int week) const {
    return minimum.minor > 0 && week - signed_week >= grace_weeks && margin_year < minimum.minor;
  }
};

}  // namespace ecosystem
