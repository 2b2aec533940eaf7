// SPDX-License-Identifier: Apache-2.0
#pragma once
// What the vendor hears of its pipeline (F11): everybody reports what they ever worked on and
// believe in it as reps do, with more or less optimism, also where nothing has happened for months.
// An audit looks at some reports each week; what it has looked at is reported as it is from then
// on. Nobody acts on reports.

#include <algorithm>

#include "models/ecosystem/company.h"
#include "models/ecosystem/state.h"
#include "models/ecosystem/streams.h"
#include "sim/field.h"
#include "sim/step.h"

namespace ecosystem {

struct Reporting {
  double optimism_executives = 0;
  double optimism_partners = 0;
  double dead_weeks = 13;
  double audit = 0;
  static constexpr auto fields = sim::Pack{
      sim::field(&Reporting::optimism_executives,
                 {.name = "optimism_executives",
                  .unit = "share",
                  .meaning = "by which account executives overstate the chance of winning",
                  .min = -1,
                  .max = 100,
                  .source = "F11"}),
      sim::field(&Reporting::optimism_partners,
                 {.name = "optimism_partners",
                  .unit = "share",
                  .meaning = "by which partner sellers overstate the chance of winning",
                  .min = -1,
                  .max = 100,
                  .source = "F11"}),
      sim::field(&Reporting::dead_weeks,
                 {.name = "dead_weeks",
                  .unit = "week",
                  .meaning = "an opportunity nobody has worked on for so long is dead; it is still "
                             "reported until it is audited",
                  .min = 1,
                  .max = 1e4,
                  .source = "F11"}),
      sim::field(&Reporting::audit, {.name = "audit",
                                     .unit = "share",
                                     .meaning = "of the reports not yet audited, those that are in "
                                                "a week; 0: nobody looks",
                                     .min = 0,
                                     .max = 1,
                                     .source = "F11"})};

  void operator()(Opportunities& opportunities, const sim::Step& step) const {
    if (audit == 0) return;
    step.each(opportunities, [&](Opportunities::Id row) {
      if (opportunities.engaged_day[row] == never || opportunities.audited[row] != 0) return;
      sim::Draw draw = step.draw(streams::of("reporting"), opportunities, row);
      opportunities.audited[row] = draw.uniform() < audit;
    });
  }

  // The first week in which work still counts as alive at the end of `week`.
  std::int32_t alive_since(int week) const {
    return week - static_cast<std::int32_t>(dead_weeks) + 1;
  }

  // The chance that somebody reports who believes in `chance`.
  double reported(double chance, Role role) const {
    const double more = role == Role::partner_seller ? optimism_partners : optimism_executives;
    return std::min(1.0, chance * (1 + more));
  }
};

}  // namespace ecosystem
