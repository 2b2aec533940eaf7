// SPDX-License-Identifier: Apache-2.0
#pragma once
// Each rep splits the week's hours over their opportunities by what an hour earns them.
//
// An opportunity pays in expectation v * (h / h0)^eps for h hours (EQ5), where v = what the rep's
// own plan is expected to pay for the deal x what a stage adds to the chance of winning x pace of
// stages. The best split of H hours is SA5's: h ~ v^(1/(1-eps)) over the n best opportunities,
// where each one touched costs `touch_hours` first, and n maximises (H - n touch)^eps (sum of
// v^(1/(1-eps)))^(1-eps) (feasibility.md, findings 1 and 2: greedy or softmax effort starves small
// deals). If an hour has a cost to the rep, as many are worked as pay for themselves.
//
// What a deal is expected to pay is the rep's reasoning (reasoning.h). Sellers of a partner hold
// their employer's other products against yours.

#include <array>

#include "models/ecosystem/company.h"
#include "models/ecosystem/reasoning.h"
#include "models/ecosystem/state.h"
#include "models/ecosystem/streams.h"
#include "sim/field.h"
#include "sim/step.h"

namespace ecosystem {

struct Effort {
  double elasticity = 0.34;
  double scale_hours = 4;
  double touch_hours = 1;
  Money hour_cost = Money::whole(0);
  double hour_cost_power = 1;
  static constexpr auto fields = sim::Pack{
      sim::field(&Effort::elasticity, {.name = "elasticity",
                                       .unit = "1",
                                       .meaning = "elasticity of progress in hours",
                                       .low = .25,
                                       .high = .45,
                                       .distribution = Distribution::uniform,
                                       .min = .05,
                                       .max = .9,
                                       .source = "SA5 (Albers, Mantrala, Sridhar 2010)",
                                       .evidence = Evidence::field_study,
                                       .role = sim::Role::uncertainty}),
      sim::field(&Effort::scale_hours, {.name = "scale_hours",
                                        .unit = "hour/week",
                                        .meaning = "hours at which a stage goes at its own pace",
                                        .low = 2,
                                        .high = 8,
                                        .distribution = Distribution::lognormal,
                                        .min = .01,
                                        .max = 100,
                                        .source = "feasibility.md 2",
                                        .role = sim::Role::uncertainty}),
      sim::field(&Effort::touch_hours,
                 {.name = "touch_hours",
                  .unit = "hour/week",
                  .meaning = "hours an opportunity costs before any hour counts",
                  .low = .5,
                  .high = 1.5,
                  .distribution = Distribution::uniform,
                  .min = 0,
                  .max = 40,
                  .source = "feasibility.md, finding 2",
                  .role = sim::Role::uncertainty}),
      sim::field(&Effort::hour_cost,
                 {.name = "hour_cost",
                  .unit = "currency/hour",
                  .meaning = "what the last hour of a full week must earn its rep in expectation, "
                             "else it is not worked; 0: every hour is worked",
                  .min = 0,
                  .max = 1e6,
                  .source = "SA1, SA6 (cost of effort)"}),
      sim::field(&Effort::hour_cost_power,
                 {.name = "hour_cost_power",
                  .unit = "1",
                  .meaning = "how the cost of an hour rises with hours worked; 1: quadratic cost",
                  .min = 0,
                  .max = 10,
                  .source = "SA6"})};

  // What the buyer's side contributes: the gain in chance of winning from each stage onwards, and
  // the pace of stages (choice.h and pursuit.h own these figures).
  struct Prospects {
    std::array<double, stages + 1> gain{};  // mean gain of a further stage, by stage reached
    double pace = 0;                        // stages per week at scale_hours
  };

  double exponent() const { return 1.0 / (1.0 - elasticity); }

  // Called once for each fresh opportunity: its size in SA5's power.
  void weigh(Opportunities& opportunities, Opportunities::Id row, std::int64_t size) const;

  // One role's week: `own_items` deals of `own_deal` are always open beside the vendor's.
  struct Job {
    const Foresight& foresight;
    double hours = 0, ramp_weeks = 0;
    std::size_t own_items = 0;
    double own_deal = 0;  // list price [minor units]
  };

  void operator()(Reps& reps, Opportunities& opportunities,
                  const sim::Groups<Opportunities, Reps>& books, const Needs& needs,
                  const Prospects& prospects, const ByRole<Job>& jobs, const sim::Step& step) const;
};

}  // namespace ecosystem
