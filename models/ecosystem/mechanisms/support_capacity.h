// SPDX-License-Identifier: Apache-2.0
#pragma once
// The hard work begins at signature (F6, E4, C16): whether and when a partner's sellers start, and
// what they know, follows from the hours the vendor's people give it. Hours beyond those that a
// partner costs before any counts (travel, preparation) teach its sellers (EQ9) and bring it nearer
// to its start; meanwhile it loses interest. So a vendor without people has partners on paper, and
// hours spread over too many partners reach nobody.

#include <algorithm>

#include "models/ecosystem/company.h"
#include "models/ecosystem/state.h"
#include "models/ecosystem/streams.h"
#include "sim/field.h"
#include "sim/math.h"
#include "sim/random.h"

namespace ecosystem {

struct SupportCapacity {
  bool on = false;
  double staff = 0;
  double staff_hours = 30;
  Money staff_cost = Money::whole(100'000);
  double manager_hours = 0;
  double touch_hours = 0.5;
  double full_hours = 4;
  double elasticity = 0.34;
  double interest_weeks = 26;
  double focus = 1;
  static constexpr auto fields = sim::Pack{
      sim::field(&SupportCapacity::on,
                 {.name = "on",
                  .unit = "1",
                  .meaning = "partners start and learn by the hours the vendor gives them; false: "
                             "by chance, as [program] says",
                  .source = "E4, F6"}),
      sim::field(&SupportCapacity::staff,
                 {.name = "staff",
                  .unit = "1",
                  .meaning = "people of the vendor, beside partner managers, who support partners "
                             "(full-time equivalents)",
                  .min = 0,
                  .max = 1e5,
                  .source = "C16 (0, .5, 1, 2)"}),
      sim::field(&SupportCapacity::staff_hours, {.name = "staff_hours",
                                                 .unit = "hour/week",
                                                 .meaning = "of each of them, with partners",
                                                 .min = 0,
                                                 .max = 100}),
      sim::field(&SupportCapacity::staff_cost, {.name = "staff_cost",
                                                .unit = "currency/year",
                                                .meaning = "of each of them",
                                                .min = 0,
                                                .max = 1e8}),
      sim::field(&SupportCapacity::manager_hours,
                 {.name = "manager_hours",
                  .unit = "hour/week",
                  .meaning = "of each partner manager, after ramp, for signed partners, as long as "
                             "[partner_development] does not say what managers do",
                  .min = 0,
                  .max = 100,
                  .source = "E4"}),
      sim::field(&SupportCapacity::touch_hours,
                 {.name = "touch_hours",
                  .unit = "hour/week",
                  .meaning = "of the hours given to a partner, those that do not count: travel, "
                             "preparation",
                  .low = .1,
                  .high = 1,
                  .distribution = Distribution::uniform,
                  .min = 0,
                  .max = 40,
                  .source = "feasibility.md, artefact 13",
                  .role = sim::Role::uncertainty}),
      sim::field(&SupportCapacity::full_hours,
                 {.name = "full_hours",
                  .unit = "hour/week",
                  .meaning = "that count, at which a partner starts in the time [program] says "
                             "(months_to_first_deal, mean)",
                  .min = .01,
                  .max = 100,
                  .source = "none: sweep it"}),
      sim::field(&SupportCapacity::elasticity, {.name = "elasticity",
                                                .unit = "1",
                                                .meaning = "of that pace in hours",
                                                .min = .05,
                                                .max = 1,
                                                .source = "EQ5"}),
      sim::field(&SupportCapacity::interest_weeks,
                 {.name = "interest_weeks",
                  .unit = "week",
                  .meaning = "mean time after which a signed partner that has not started has lost "
                             "interest for good, exponential",
                  .low = 13,
                  .high = 52,
                  .distribution = Distribution::lognormal,
                  .min = .1,
                  .max = 1e5,
                  .source = "none: sweep it",
                  .role = sim::Role::uncertainty}),
      sim::field(&SupportCapacity::focus,
                 {.name = "focus",
                  .unit = "share",
                  .meaning = "of signed partners, best first by what they earned with the vendor "
                             "in the last 52 weeks, those that the hours not of "
                             "[partner_development] go to, evenly; 1: spread over all",
                  .min = 0,
                  .max = 1,
                  .source = "J2, Q11"})};

  double counted(double hours) const { return std::max(0.0, hours - touch_hours); }

  // A partner has signed: how much work its start takes, and how long its interest lasts.
  void expect_start(Partnerships& partnerships, Partnerships::Id row, double start, sim::Key firm,
                    const sim::Random& random) const {
    partnerships.starts_after[row] = start;
    partnerships.lapses_after[row] =
        random.draw(streams::of("support_capacity"), firm).exponential();
  }

  enum class Fate : std::uint8_t { waits, starts, lapses };

  // One week of a signed partner that has not started. `weeks_to_start`: mean, at full hours and
  // a mature playbook; what is not known cannot be taught.
  Fate wait(Partnerships& partnerships, Partnerships::Id row, double weeks_to_start,
            double maturity) const {
    const double hours = partnerships.supported[row];
    const double start = partnerships.starts_after[row];
    if (hours > 0 && weeks_to_start > 0)
      partnerships.progress[row] +=
          maturity * sim::pow(hours / full_hours, elasticity) / weeks_to_start;
    else if (hours > 0)
      partnerships.progress[row] = start;
    if (partnerships.progress[row] >= start) return Fate::starts;
    partnerships.waited[row] += 1 / interest_weeks;
    return partnerships.waited[row] >= partnerships.lapses_after[row] ? Fate::lapses : Fate::waits;
  }
};

}  // namespace ecosystem
