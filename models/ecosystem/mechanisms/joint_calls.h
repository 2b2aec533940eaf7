// SPDX-License-Identifier: Apache-2.0
#pragma once
// A partner's seller may call the vendor's people in (A2, A5, A15). They know the product, so the
// deal moves and closes as if the seller knew all of it; it costs the seller hours of the next
// week, which are worth what the last hour earns. A call is made if it pays: what full knowledge
// adds to the chance of winning, times what the plan pays for the deal, less what is at stake if
// the vendor might take the account (conflict). Nobody is called because they are liked, unless
// [reasoning] liking says so.

#include "models/ecosystem/company.h"
#include "models/ecosystem/reasoning.h"
#include "models/ecosystem/state.h"
#include "sim/field.h"
#include "sim/group_by.h"
#include "sim/step.h"

namespace ecosystem {

struct JointCalls {
  double hours = 0;
  double conflict = 0;
  static constexpr auto fields = sim::Pack{
      sim::field(&JointCalls::hours,
                 {.name = "hours",
                  .unit = "hour",
                  .meaning = "what handing over and calling together costs the seller; 0: nobody "
                             "calls",
                  .min = 0,
                  .max = 40,
                  .source = "A5, A15"}),
      sim::field(&JointCalls::conflict,
                 {.name = "conflict",
                  .unit = "share",
                  .meaning = "chance, as sellers believe, that a vendor called in takes the deal",
                  .min = 0,
                  .max = 1,
                  .source = "A15; D1"})};

  // Chance of winning at the last stage, with the seller's knowledge or all of it.
  struct Chances {
    double alone, together;
  };

  // `chances(rep, opportunity)`; returns the calls made this week, in `calls` by rep.
  template <class ChancesOf>
  void operator()(Reps& reps, Opportunities& opportunities,
                  const sim::Groups<Opportunities, Reps>& books, const Needs& needs,
                  const Products& products, const Foresight& foresight, const ChancesOf& chances,
                  const sim::Step& step) const {
    if (hours <= 0) return;
    step.each(reps, [&](Reps::Id rep) {
      if (reps.role[rep] != Role::partner_seller || books[rep].empty()) return;
      DealPay pay;
      foresight.deals(reps, rep, step, pay);
      const double cost = hours * reps.hour_value[rep];
      for (const Opportunities::Id row : books[rep]) {
        if (opportunities.joint[row] > 0 || opportunities.push[row] <= 0) continue;
        const std::int64_t list = needs.value[opportunities.need[row]];
        const double deal =
            foresight.worth(pay[opportunities.product[row].index()], static_cast<double>(list));
        const Chances p = chances(rep, row);
        const double gain = (1 - conflict) * p.together - p.alone;
        if (deal * (1 + opportunities.pay_change[row]) * gain <= cost) continue;
        opportunities.joint[row] = products.maturity[opportunities.product[row]];
        reps.hours_owed[rep] += hours;
        ++reps.calls[rep];
      }
    });
  }
};

}  // namespace ecosystem
