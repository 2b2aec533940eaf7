// SPDX-License-Identifier: Apache-2.0
#pragma once
// Partners demand (F8): a feature, a contract, that a competitor of theirs be left alone. To comply
// costs the vendor money: its roadmap drifts. To refuse is a broken promise in the partner's eyes
// (trust.h). Demands come at their own times, whatever is answered.

#include "models/ecosystem/company.h"
#include "models/ecosystem/relations.h"
#include "models/ecosystem/streams.h"
#include "sim/field.h"
#include "sim/step.h"

namespace ecosystem {

struct Complaints {
  double rate = 0;
  bool comply = false;
  Money cost = Money::whole(10'000);
  static constexpr auto fields = sim::Pack{
      sim::field(&Complaints::rate, {.name = "rate",
                                     .unit = "1/year",
                                     .meaning = "demands of each active partner; 0: none",
                                     .min = 0,
                                     .max = 52,
                                     .source = "F8; none: sweep it"}),
      sim::field(&Complaints::comply, {.name = "comply",
                                       .unit = "1",
                                       .meaning = "whether the vendor does as it is told",
                                       .source = "F8"}),
      sim::field(&Complaints::cost, {.name = "cost",
                                     .unit = "currency",
                                     .meaning = "of doing so once: work on what else nobody needs",
                                     .min = 0,
                                     .max = 1e9,
                                     .source = "F8; none: sweep it"})};

  // Does a partner demand something this week?
  bool demands(sim::Key partner, const sim::Step& step) const {
    sim::Draw draw = step.draw(streams::of("complaints"), partner);
    return draw.uniform() < rate / 52;
  }
};

}  // namespace ecosystem
