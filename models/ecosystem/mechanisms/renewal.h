// SPDX-License-Identifier: Apache-2.0
#pragma once
// Contracts run out: a customer of the vendor renews with a fixed chance and expands a little; a
// customer lost, or a rival's customer whose term ends, is back in the market. The contracting
// party stays the same (renewal incumbency). Contracts longer than a year are invoiced each year.

#include <vector>

#include "models/ecosystem/company.h"
#include "models/ecosystem/state.h"
#include "models/ecosystem/streams.h"
#include "models/ecosystem/terms.h"
#include "sim/events.h"
#include "sim/field.h"
#include "sim/step.h"

namespace ecosystem {

struct Renewal {
  double share = 0.88;
  double expansion = 0.06;
  static constexpr auto fields = sim::Pack{
      sim::field(&Renewal::share, {.name = "share",
                                   .unit = "share",
                                   .meaning = "contracts that are renewed when they run out",
                                   .low = .82,
                                   .high = .93,
                                   .distribution = Distribution::uniform,
                                   .min = 0,
                                   .max = 1,
                                   .source = "glossary.md, saas_60 (GRR 88%)",
                                   .role = sim::Role::uncertainty}),
      sim::field(&Renewal::expansion, {.name = "expansion",
                                       .unit = "share",
                                       .meaning = "growth of a contract's value when renewed",
                                       .low = 0,
                                       .high = .12,
                                       .distribution = Distribution::uniform,
                                       .min = -1,
                                       .max = 10,
                                       .role = sim::Role::uncertainty})};

  // Puts the end of the weeks that the contract's latest invoice paid for on the calendar; `time`
  // in the week advanced last is when they began.
  static void expect_end(const Contracts& contracts, Contracts::Id contract,
                         std::int32_t term_weeks, sim::HazardCalendar& ends,
                         double time = sim::HazardCalendar::end_of_week) {
    expect_end_after(contracts, contract, paid_weeks(term_weeks, contracts.invoices[contract]),
                     ends, time);
  }
  static void expect_end_after(const Contracts& contracts, Contracts::Id contract,
                               std::int32_t weeks, sim::HazardCalendar& ends,
                               double time = sim::HazardCalendar::end_of_week) {
    const sim::Key key = contracts.key(contract);
    ends.schedule({.key = key,
                   .entity = contract.index(),
                   .tie = static_cast<std::uint32_t>(key.value),
                   .threshold = static_cast<double>(weeks)},
                  time);
  }

  // `kept`: what a contract sold with false promises keeps of its chance (misselling.h).
  bool renewed(const Contracts& contracts, Contracts::Id contract, double kept,
               const sim::Step& step) const {
    sim::Draw draw = step.random().draw(streams::of("renewal"), contracts.key(contract),
                                        contracts.invoices[contract]);
    return draw.bernoulli(share * kept);
  }
};

}  // namespace ecosystem
