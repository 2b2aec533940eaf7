// SPDX-License-Identifier: Apache-2.0
#pragma once
// Customers cancel before their term ends, the vendor's and rivals' alike: each contract has a unit
// exponential of its own, consumed by the hazard `rate` from the week in which it begins. A
// contract won by claiming too much consumes it faster. What was paid ahead for weeks not served is
// given back as far as `refund` says; what was paid to people for the deal is taken back as their
// plans say (R17, docs/plans.md).

#include "models/ecosystem/company.h"
#include "models/ecosystem/state.h"
#include "models/ecosystem/streams.h"
#include "sim/events.h"
#include "sim/field.h"
#include "sim/random.h"

namespace ecosystem {

struct Cancellation {
  double rate = 0;
  double missold = 1;
  double refund = 1;
  static constexpr auto fields = sim::Pack{
      sim::field(&Cancellation::rate,
                 {.name = "rate",
                  .unit = "1/year",
                  .meaning = "hazard that a customer cancels before the term ends; 0: nobody does",
                  .min = 0,
                  .max = 20,
                  .source = "R17; the value: none, sweep it"}),
      sim::field(&Cancellation::missold,
                 {.name = "missold",
                  .unit = "1",
                  .meaning = "multiple of it for contracts won by claiming too much",
                  .min = 0,
                  .max = 100,
                  .source = "E1; the value: none, sweep it"}),
      sim::field(&Cancellation::refund,
                 {.name = "refund",
                  .unit = "share",
                  .meaning = "of what was paid ahead for the weeks not served, what is given back",
                  .min = 0,
                  .max = 1,
                  .source = "none: sweep it"})};

  bool on() const { return rate > 0; }
  double hazard_per_week() const { return rate / 52; }

  // Puts a contract on the calendar. `deal` is what the event is called (the key that sales are
  // credited under) and `start` its tag, the day of the deal: what a clawback asks for.
  void expect(const Contracts& contracts, Contracts::Id contract, sim::Key deal, sim::Day start,
              sim::HazardCalendar& cancellations, const sim::Random& random) const {
    const sim::Key key = contracts.key(contract);
    cancellations.schedule(
        {.key = deal,
         .entity = contract.index(),
         .tag = static_cast<std::uint32_t>(start),
         .tie = static_cast<std::uint32_t>(key.value),
         .intensity = contracts.missold[contract] != 0 ? missold : 1,
         .threshold = random.draw(streams::of("cancellation"), key).exponential()});
  }
};

}  // namespace ecosystem
