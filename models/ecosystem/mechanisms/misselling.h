// SPDX-License-Identifier: Apache-2.0
#pragma once
// Who does not know the product says it does what it does not (E1). The buyer finds out: the vendor
// makes good a part of the deal, and the contract is less likely to be renewed. The other error,
// not to say what the product does, is choice.knowledge_gain: the deal is lost.

#include "models/ecosystem/company.h"
#include "models/ecosystem/state.h"
#include "models/ecosystem/streams.h"
#include "sim/field.h"
#include "sim/step.h"

namespace ecosystem {

struct Misselling {
  double over_claim = 0;
  double remedy = 0.15;
  double kept = 0.5;
  static constexpr auto fields = sim::Pack{
      sim::field(&Misselling::over_claim,
                 {.name = "over_claim",
                  .unit = "share",
                  .meaning = "chance that a deal is won by claiming too much, of a seller who "
                             "knows nothing of the product; in proportion to what they do not "
                             "know; 0: it does not happen",
                  .min = 0,
                  .max = 1,
                  .source = "E1; EQ9"}),
      sim::field(&Misselling::remedy,
                 {.name = "remedy",
                  .unit = "share",
                  .meaning = "of the first-year price the vendor gets for such a deal, what it "
                             "costs to make good",
                  .min = 0,
                  .max = 10,
                  .source = "E1"}),
      sim::field(&Misselling::kept,
                 {.name = "kept",
                  .unit = "share",
                  .meaning = "the chance that such a contract is renewed, against others",
                  .min = 0,
                  .max = 1,
                  .source = "E1"})};

  // Did somebody who knows so much claim too much to win the need?
  bool missold(sim::Key need, double knowledge, const sim::Step& step) const {
    if (over_claim == 0) return false;
    sim::Draw draw = step.draw_once(streams::of("misselling"), need);
    return draw.uniform() < over_claim * (1 - knowledge);
  }
};

}  // namespace ecosystem
