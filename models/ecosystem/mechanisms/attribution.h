// SPDX-License-Identifier: Apache-2.0
#pragma once
// Credit claims (M2, R26, D4): partners who worked on a deal that was won say that they brought it,
// whoever closed it, and the vendor pays them by its policy: nine of them, in
// models/partnering/attribution.h. Money is the vendor's; what a partner gets counts as margin in
// its seller's plan, and sellers expect it (`believed`).

#include <cmath>
#include <span>
#include <vector>

#include "models/ecosystem/company.h"
#include "models/ecosystem/state.h"
#include "models/ecosystem/streams.h"
#include "models/partnering/attribution.h"
#include "models/partnering/registration.h"
#include "sim/field.h"
#include "sim/step.h"

namespace ecosystem {

struct Attribution {
  double rate = 0;
  compensation::Policy policy = compensation::Policy::first_registered;
  double claim_hours = 2;
  bool on_direct = true;
  double cap = 0;
  double half_life_days = 30;
  double believed = 1;
  Money partner_hour_cost = Money::whole(60);
  bool trace = false;
  static constexpr auto fields = sim::Pack{
      sim::field(&Attribution::rate,
                 {.name = "rate",
                  .unit = "share",
                  .meaning = "of what the vendor gets of a deal's first year, to one claim; 0: "
                             "nobody claims",
                  .min = 0,
                  .max = 1,
                  .source = "seed 001 (20%); SB20 (10 to 25%)",
                  .evidence = Evidence::vendor_claim}),
      sim::field(&Attribution::policy,
                 {.name = "policy",
                  .unit = "1",
                  .meaning = "whose claims are paid",
                  .choices = {"first_registered", "first_touch", "last_touch", "equal", "effort",
                              "time_decay", "pay_all", "house", "marketplace"},
                  .source = "M2"}),
      sim::field(&Attribution::claim_hours,
                 {.name = "claim_hours",
                  .unit = "hour",
                  .meaning = "work on a deal that makes a claim; who holds a registration claims "
                             "without",
                  .min = 0,
                  .max = 1000,
                  .source = "feasibility.md 2 (2 h)"}),
      sim::field(&Attribution::on_direct,
                 {.name = "on_direct",
                  .unit = "1",
                  .meaning = "deals closed by the vendor's own people can be claimed",
                  .source = "R26; feasibility.md, artefact 10"}),
      sim::field(
          &Attribution::cap,
          {.name = "cap",
           .unit = "share",
           .meaning = "of what the vendor gets of the first year, to all claims together; 0: "
                      "no cap",
           .min = 0,
           .max = 10,
           .source = "R26"}),
      sim::field(&Attribution::half_life_days,
                 {.name = "half_life_days",
                  .unit = "day",
                  .meaning = "age of the last touch at which it weighs half, under time_decay",
                  .min = .01,
                  .max = 10000,
                  .source = "M2"}),
      sim::field(&Attribution::believed,
                 {.name = "believed",
                  .unit = "share",
                  .meaning = "of a claim, what partners' sellers count on when they weigh a deal",
                  .min = 0,
                  .max = 1,
                  .source = "none: sweep it"}),
      sim::field(&Attribution::partner_hour_cost,
                 {.name = "partner_hour_cost",
                  .unit = "currency/hour",
                  .meaning = "what an hour of a seller costs a partner, in partner_net only",
                  .min = 0,
                  .max = 1e6,
                  .source = "feasibility.md, finding 8; none: sweep it"}),
      sim::field(&Attribution::trace,
                 {.name = "trace",
                  .unit = "1",
                  .meaning = "filings, clashes, claims and payouts of each deal are kept (table "
                             "deal_events)",
                  .source = "M28",
                  .role = sim::Role::structural})};

  bool on() const { return rate > 0; }

  // Of a deal's first year, what a seller counts on who has no registration: `registration` says
  // whether there is such a thing, `held` whether somebody else has it.
  double expected(bool registration, bool held) const {
    using compensation::Policy;
    if (policy == Policy::house) return 0;
    const bool by_registration =
        policy == Policy::first_registered || policy == Policy::marketplace;
    return by_registration && (held || !registration) ? 0 : rate * believed;
  }

  struct Claim {
    Opportunities::Id row;
    std::int64_t paid = 0;
    bool registered = false;  // it holds a registration
  };
  // Who claims a deal that closes on `day`, and what each is paid. `base`: what the vendor gets of
  // its first year.
  void operator()(std::vector<Claim>& claims, Needs::Id need, std::int64_t base, double day,
                  const Needs& needs, const Opportunities& opportunities, const Reps& reps,
                  const Firms& firms, partnering::Attribution& split, const sim::Step& step) const {
    static thread_local std::vector<partnering::Claimant> claimants;
    static thread_local std::vector<std::int64_t> paid;
    claims.clear();
    claimants.clear();
    for (std::uint32_t i = 0; i < needs.opportunities[need]; ++i) {
      const Opportunities::Id row = needs.opportunity(need, i);
      if (reps.role[opportunities.rep[row]] != Role::partner_seller) continue;
      if (opportunities.joint_with[row] > 0) continue;  // its terms pay it (partnership.h)
      const bool holds = holds_at(opportunities, row, day);
      const double hours = opportunities.hours[row];
      if (!holds && (hours <= 0 || hours < claim_hours)) continue;
      claims.push_back({row, 0, holds});
      claimants.push_back(claimant(row, holds, needs.key(need), opportunities, reps, firms, step));
    }
    paid.assign(claims.size(), 0);
    split(rules(), base, day, claimants, paid);
    for (std::size_t i = 0; i < claims.size(); ++i) claims[i].paid = paid[i];
  }

  static bool holds_at(const Opportunities& opportunities, Opportunities::Id row, double day) {
    return opportunities.filing[row] != 0 && opportunities.begins[row] <= day &&
           day < opportunities.ends[row];
  }

 private:
  static compensation::Share exactly(double share) {
    return {std::llround(share * static_cast<double>(compensation::billion))};
  }
  partnering::AttributionRules rules() const {
    partnering::AttributionRules rules;
    rules.policy = policy;
    rules.rate = exactly(rate);
    if (cap > 0) rules.cap = exactly(cap);
    rules.half_life = half_life_days;
    return rules;
  }
  static partnering::Claimant claimant(Opportunities::Id row, bool holds, sim::Key need,
                                       const Opportunities& opportunities, const Reps& reps,
                                       const Firms& firms, const sim::Step& step) {
    partnering::Claimant one;
    one.firm = firms.key(reps.employer[opportunities.rep[row]]);
    one.lot = step.draw_once(streams::of("attribution"), sim::pair(need, one.firm)).uniform();
    if (holds) {
      one.registered = opportunities.begins[row];
      one.lapses = opportunities.ends[row];
    }
    if (opportunities.engaged_day[row] != never) {
      // Touched in the week that ends with the decision at the latest.
      one.first_touch = opportunities.engaged_day[row];
      one.last_touch = 7.0 * opportunities.worked_week[row];
    }
    one.hours = opportunities.hours[row];
    return one;
  }
};

}  // namespace ecosystem
