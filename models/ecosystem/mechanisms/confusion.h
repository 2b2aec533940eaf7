// SPDX-License-Identifier: Apache-2.0
#pragma once
// "Which of these represents you?" (D3). A buyer who meets several partners with one product doubts
// it: each beyond the first lowers the utility of the product, unless a registration says whose the
// deal is. Buyers may ask the vendor, whose executive then spends hours on it (D5): they count as
// work on the deal, since the executive is now in it, and settle part of the doubt.

#include "models/ecosystem/company.h"
#include "models/ecosystem/state.h"
#include "models/ecosystem/streams.h"
#include "sim/field.h"
#include "sim/step.h"

namespace ecosystem {

struct Confusion {
  double weight = 0;
  double asks = 0.25;
  double assist_hours = 0;
  double clears = 1;
  static constexpr auto fields = sim::Pack{
      sim::field(&Confusion::weight,
                 {.name = "weight",
                  .unit = "1",
                  .meaning = "utility of the vendor's product that each partner loses which the "
                             "buyer meets beyond the first; 0: buyers do not mind",
                  .min = 0,
                  .max = 20,
                  .source = "D3; feasibility.md, finding 6 (.15 to .5); none: sweep it"}),
      sim::field(&Confusion::asks,
                 {.name = "asks",
                  .unit = "1/week",
                  .meaning = "chance a week that a buyer in doubt asks the vendor",
                  .min = 0,
                  .max = 1,
                  .source = "none: sweep it"}),
      sim::field(&Confusion::assist_hours,
                 {.name = "assist_hours",
                  .unit = "hour",
                  .meaning = "vendor sales assist: hours of the account's executive, of the next "
                             "week, for each buyer who asks; 0: the vendor does not answer",
                  .min = 0,
                  .max = 40,
                  .source = "D5; none: sweep it"}),
      sim::field(&Confusion::clears, {.name = "clears",
                                      .unit = "share",
                                      .meaning = "of the doubt, what the assist settles",
                                      .min = 0,
                                      .max = 1,
                                      .source = "none: sweep it"})};

  bool on() const { return weight > 0 || assist_hours > 0; }

  enum Sorted : std::uint8_t { no, asked, done };

  // Writes a need's row and its opportunities'. `assist(row)`: the executive's hours on it.
  template <class Assist>
  void operator()(Needs& needs, Opportunities& opportunities, const Reps& reps,
                  const Assist& assist, const sim::Step& step) const {
    step.each(needs, [&](Needs::Id need) {
      std::uint32_t met = 0;
      Opportunities::Id own;
      for (std::uint32_t i = 0; i < needs.opportunities[need]; ++i) {
        const Opportunities::Id row = needs.opportunity(need, i);
        if (reps.role[opportunities.rep[row]] == Role::account_executive)
          own = row;
        else if (reps.role[opportunities.rep[row]] == Role::partner_seller &&
                 opportunities.joint_with[row] == 0)
          met += opportunities.engaged_day[row] != never && !opportunities.barred[row];
      }
      const bool doubts = met > 1 && needs.holder[need] == 0;
      if (needs.sorted[need] == asked) {
        if (own && !opportunities.barred[own]) assist(own);
        needs.sorted[need] = done;
      } else if (needs.sorted[need] == no && doubts && own && assist_hours > 0 &&
                 step.draw(streams::of("confusion"), needs.key(need)).uniform() < asks) {
        needs.sorted[need] = asked;
      }
      const double left = needs.sorted[need] == done ? 1 - clears : 1;
      needs.confusion[need] = doubts ? weight * left * (met - 1) : 0;
    });
  }
};

}  // namespace ecosystem
