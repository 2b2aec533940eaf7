// SPDX-License-Identifier: Apache-2.0
#pragma once
// When a deal closes is partly up to whoever sells it (EQ6; Oyer 1998, Larkin 2014). In the last
// week of the period that a rep's quota is measured over, an almost finished deal may be pulled in:
// the buyer decides now if the discount pays for the inconvenience, and the rep offers it as long
// as all that could be pulled in earns more now, taken together, than in the next period (SA15). A
// deal that falls due when it earns less than it would next period may be pushed out, at the risk
// of losing it. Each deal is moved once at most, and none is made: over a year their number stays.
//
// Nothing here knows of quotas or quarters: a plan that pays every deal alike moves none.

#include <array>
#include <cstdint>
#include <vector>

#include "models/ecosystem/reasoning.h"
#include "models/ecosystem/state.h"
#include "models/ecosystem/streams.h"
#include "sim/agenda.h"
#include "sim/field.h"
#include "sim/step.h"

namespace ecosystem {

struct Timing {
  std::int64_t pull_weeks = 0;
  std::int64_t push_weeks = 0;
  double inconvenience = 0.03;
  double max_discount = 0.3;
  double loss = 0.02;
  std::int64_t least_stage = 2;
  static constexpr auto fields = sim::Pack{
      sim::field(&Timing::pull_weeks,
                 {.name = "pull_weeks",
                  .unit = "week",
                  .meaning = "how long before its time a decision can be had; 0: nothing is pulled "
                             "in",
                  .min = 0,
                  .max = 52,
                  .source = "EQ6; SA20"}),
      sim::field(&Timing::push_weeks,
                 {.name = "push_weeks",
                  .unit = "week",
                  .meaning = "last weeks of a period in which deals are held back for the next; 0: "
                             "none is",
                  .min = 0,
                  .max = 13,
                  .source = "EQ6; SA20"}),
      sim::field(&Timing::inconvenience,
                 {.name = "inconvenience",
                  .unit = "share",
                  .meaning = "mean discount a buyer asks for deciding a week early, exponential "
                             "between buyers",
                  .low = .01,
                  .high = .06,
                  .distribution = Distribution::lognormal,
                  .min = 0,
                  .max = 1,
                  .source = "science.md 0.1 (3% a week)",
                  .role = sim::Role::uncertainty}),
      sim::field(&Timing::max_discount, {.name = "max_discount",
                                         .unit = "share",
                                         .meaning = "what a rep may give away to have a deal early",
                                         .min = 0,
                                         .max = .9,
                                         .source = "SA15; SA22 (timing power)"}),
      sim::field(&Timing::loss, {.name = "loss",
                                 .unit = "share",
                                 .meaning = "chance that a deal held back is lost",
                                 .low = .01,
                                 .high = .05,
                                 .distribution = Distribution::uniform,
                                 .min = 0,
                                 .max = 1,
                                 .source = "science.md 0.1 (2%)",
                                 .role = sim::Role::uncertainty}),
      sim::field(&Timing::least_stage, {.name = "least_stage",
                                        .unit = "1",
                                        .meaning = "stage from which a deal can be moved",
                                        .min = 0,
                                        .max = stages,
                                        .source = "EQ6 (a ready deal)"})};

  bool on() const { return pull_weeks > 0 || push_weeks > 0; }

  using Chances = std::array<double, stages + 1>;  // of winning, by stage, as reps believe

  // Takes held deals out of this week's decisions `due` and puts early ones in; columns `discount`
  // and `moved` of needs say what happened. Decisions of needs that are no more are dropped.
  void operator()(Needs& needs, const Opportunities& opportunities, const Reps& reps,
                  const ByRole<const Foresight&>& foresights, const Chances& chances,
                  sim::Agenda& decisions, std::vector<sim::Event>& due,
                  const sim::Step& step) const;

  // Did the buyer go elsewhere while the deal was held back?
  bool lost_while_waiting(const Needs& needs, Needs::Id need, const sim::Step& step) const;
};

}  // namespace ecosystem
