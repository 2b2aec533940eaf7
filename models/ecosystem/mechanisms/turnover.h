// SPDX-License-Identifier: Apache-2.0
#pragma once
// Account executives quit, sooner when their pay disappoints (SA17; sorting, SA27). Each has one
// unit exponential that the hazard
//
//   rate exp(-pay_sensitivity (pay of the last year / expected pay - 1))
//
// consumes, so a better plan moves a resignation and invents none. The seat stays vacant while a
// successor is sought, whose skill is luck of their own; what the leaver worked on goes to whoever
// holds the account now.

#include <algorithm>

#include "models/ecosystem/company.h"
#include "models/ecosystem/state.h"
#include "models/ecosystem/streams.h"
#include "sim/events.h"
#include "sim/field.h"
#include "sim/math.h"
#include "sim/step.h"

namespace ecosystem {

struct Turnover {
  double rate = 0;
  double pay_sensitivity = 0;
  Money expected_pay = Money::whole(0);
  double handover_loss = 0.3;
  double selection = 0;
  static constexpr auto fields = sim::Pack{
      sim::field(&Turnover::rate,
                 {.name = "rate",
                  .unit = "1/year",
                  .meaning = "hazard at which an account executive paid as expected quits; .4308 "
                             "is 35% a year; 0: nobody quits",
                  .min = 0,
                  .max = 20,
                  .source = "SA17; SA44"}),
      sim::field(&Turnover::pay_sensitivity,
                 {.name = "pay_sensitivity",
                  .unit = "1",
                  .meaning = "how much faster who earns less than expected quits: a pay short by "
                             "a share s multiplies the hazard by exp(pay_sensitivity s)",
                  .min = 0,
                  .max = 20,
                  .source = "SA27"}),
      sim::field(&Turnover::expected_pay,
                 {.name = "expected_pay",
                  .unit = "currency/year",
                  .meaning = "what an account executive expects to earn; 0: base salary and "
                             "commission at quota",
                  .min = 0,
                  .max = 1e8}),
      sim::field(&Turnover::handover_loss,
                 {.name = "handover_loss",
                  .unit = "share",
                  .meaning = "of the work done on a leaver's open opportunities, what their new "
                             "owner has to do again",
                  .min = 0,
                  .max = 1}),
      sim::field(&Turnover::selection,
                 {.name = "selection",
                  .unit = "1",
                  .meaning = "how many standard deviations of skill successors stand above the "
                             "people of the start",
                  .min = -5,
                  .max = 5,
                  .source = "SA27"})};

  // What is known of somebody's pay [minor units].
  struct Pay {
    std::int64_t base = 0;      // a year
    std::int64_t variable = 0;  // expected, a year
    std::int64_t earned = 0;    // commission of the last 52 weeks
    int weeks = 0;              // of them known; the others count as expected
  };

  double hazard_per_week(const Pay& pay) const {
    const double usual = static_cast<double>(pay.variable);
    const double expected = static_cast<double>(pay.base) + usual;
    if (pay_sensitivity == 0 || expected <= 0) return rate / 52;
    const double missing = usual * std::max(0, 52 - pay.weeks) / 52;
    const double surprise = (static_cast<double>(pay.earned) + missing - usual) / expected;
    return rate / 52 * sim::exp(-pay_sensitivity * std::max(-1.0, surprise));
  }

  // Somebody's first week, at its beginning.
  void watch(const Reps& reps, Reps::Id rep, double hazard, sim::HazardCalendar& quits,
             const sim::Step& step) const {
    sim::Draw draw = step.draw_once(streams::of("turnover"), reps.key(rep));
    quits.schedule({.key = reps.key(rep),
                    .entity = rep.index(),
                    .tie = static_cast<std::uint32_t>(reps.key(rep).value),
                    .intensity = hazard,
                    .threshold = draw.exponential()});
  }

  // At most so many resignations are to be reckoned with: to reserve room, not to predict.
  double most(double seats, double weeks, double weeks_to_hire) const {
    const double mean = seats * rate / 52 * sim::exp(pay_sensitivity) * weeks;
    return std::min(mean + 8 * std::sqrt(mean) + (rate > 0 ? 10 : 0),
                    seats * weeks / (1 + weeks_to_hire));
  }
};

}  // namespace ecosystem
