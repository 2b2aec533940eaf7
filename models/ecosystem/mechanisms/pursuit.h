// SPDX-License-Identifier: Apache-2.0
#pragma once
// Hours move an opportunity from stage to stage.
//
// Stage hazard = stage_rate * (h / scale_hours)^eps * knowledge^knowledge_power (EQ5). Each stage
// has a unit-exponential threshold of its own and is reached when the work done passes it; work
// beyond a threshold counts for the next stage (feasibility.md, artefact 7).

#include <algorithm>

#include "models/ecosystem/company.h"
#include "models/ecosystem/state.h"
#include "models/ecosystem/streams.h"
#include "sim/field.h"
#include "sim/step.h"

namespace ecosystem {

struct Pursuit {
  double stage_rate = 0.45;
  double knowledge_power = 0.5;
  static constexpr auto fields =
      sim::Pack{sim::field(&Pursuit::stage_rate,
                           {.name = "stage_rate",
                            .unit = "1/week",
                            .meaning = "stages per week at effort.scale_hours and full knowledge",
                            .low = .3,
                            .high = .6,
                            .distribution = Distribution::uniform,
                            .min = 0,
                            .max = 20,
                            .source = "feasibility.md 2",
                            .role = sim::Role::uncertainty}),
                sim::field(&Pursuit::knowledge_power,
                           {.name = "knowledge_power",
                            .unit = "1",
                            .meaning = "exponent of knowledge in the pace of stages",
                            .min = 0,
                            .max = 3,
                            .source = "feasibility.md 2 (kappa)"})};

  // What knowledge of the product does to the pace of stages; kept in Reps::pace.
  double pace_of(double knowledge) const { return sim::pow(knowledge, knowledge_power); }

  // Luck of a fresh opportunity: how much work each stage takes.
  void open(Opportunities& opportunities, Opportunities::Id row, const sim::Step& step) const {
    sim::Draw draw = step.draw_once(streams::of("pursuit"), opportunities.key(row));
    const double first = draw.exponential();
    const double second = first + draw.exponential();
    opportunities.threshold1[row] = first;
    opportunities.threshold2[row] = second;
    opportunities.threshold3[row] = second + draw.exponential();
  }

  // The stage that the work done has reached.
  static void restage(Opportunities& opportunities, Opportunities::Id row) {
    const double work = opportunities.work[row];
    opportunities.stage[row] = static_cast<std::uint8_t>((work >= opportunities.threshold1[row]) +
                                                         (work >= opportunities.threshold2[row]) +
                                                         (work >= opportunities.threshold3[row]));
  }

  void operator()(Opportunities& opportunities, const Reps& reps, const sim::Step& step) const {
    step.each(opportunities, [&](Opportunities::Id row) {
      if (opportunities.push[row] <= 0) return;
      const Products::Id product = opportunities.product[row];
      const double pace =
          stage_rate * (opportunities.joint[row] > 0 ? pace_of(opportunities.joint[row])
                                                     : reps.pace(opportunities.rep[row], product));
      opportunities.work[row] += pace * opportunities.push[row];
      restage(opportunities, row);
      opportunities.worked_week[row] = step.week();
      if (opportunities.engaged_day[row] == never) {
        const auto weekday = static_cast<int>(opportunities.key(row).value % 7);
        opportunities.engaged_day[row] = 7 * step.week() + weekday;
      }
    });
  }
};

}  // namespace ecosystem
