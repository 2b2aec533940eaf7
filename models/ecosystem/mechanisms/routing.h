// SPDX-License-Identifier: Apache-2.0
#pragma once
// Leads that come to the vendor from accounts none of its own people reach (M6). It may give them
// to its own people or to partners: by turns; by tier and territory, to whoever comes first of
// chances in proportion to tiers.priority; or to all at once, and whoever grabs it first has it
// (shark tank): a partner is as quick as it has little else open. A lead that nobody has touched
// for some weeks is taken back and given to somebody else.

#include "models/ecosystem/company.h"
#include "models/ecosystem/streams.h"
#include "sim/field.h"
#include "sim/step.h"

namespace ecosystem {

enum class LeadsTo : std::uint8_t { executives, round_robin, level, shark_tank };

struct Routing {
  double inbound = 0;
  LeadsTo to = LeadsTo::executives;
  double pull_back_weeks = 0;
  static constexpr auto fields = sim::Pack{
      sim::field(&Routing::inbound, {.name = "inbound",
                                     .unit = "share",
                                     .meaning = "needs of accounts which nobody of the vendor "
                                                "reaches that turn to it by themselves",
                                     .min = 0,
                                     .max = 1,
                                     .source = "M6; none: sweep it"}),
      sim::field(&Routing::to, {.name = "to",
                                .unit = "1",
                                .meaning = "who gets such leads",
                                .choices = {"executives", "round_robin", "level", "shark_tank"},
                                .source = "M6 (ZINFI, Odoo)"}),
      sim::field(&Routing::pull_back_weeks,
                 {.name = "pull_back_weeks",
                  .unit = "week",
                  .meaning = "a lead untouched for so long is taken back; 0: never",
                  .min = 0,
                  .max = 520,
                  .source = "M6 (ZINFI)"})};

  bool turns_to_vendor(sim::Key need, const sim::Step& step) const {
    return inbound > 0 && step.draw_once(streams::of("routing"), need).uniform() < inbound;
  }
  // Who has the least of these gets the lead. `weight`: of a tier; `open`: deals it has to work on.
  double delay(sim::Key partner, sim::Key need, double weight, double open,
               const sim::Step& step) const {
    const double e = step.draw_once(streams::of("routing"), sim::pair(partner, need)).exponential();
    return to == LeadsTo::shark_tank ? e * (1 + open) : e / std::max(1e-9, weight);
  }
};

}  // namespace ecosystem
