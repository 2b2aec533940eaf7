// SPDX-License-Identifier: Apache-2.0
#pragma once
// Marketing funds (M11). At each quarter's end partners are allocated money for the next quarter: a
// share of what they brought in the last 52 weeks, and an equal part of a budget. A partner asks
// for it if it pays: what it believes the campaign to bring must exceed its own part of the bill
// and the fixed work of a claim, which only the large find small (SB26). The vendor approves in
// random order while its cap lasts. Proof takes its time; what comes after the deadline is not
// paid, and the partner has paid for the campaign.
//
// For a quarter a campaign makes accounts hear of the partner that did not know it, if the product
// fits them (C15). What it brought is what the partner believes of the next, half and half.

#include <algorithm>

#include "models/ecosystem/company.h"
#include "models/ecosystem/streams.h"
#include "sim/field.h"
#include "sim/math.h"
#include "sim/step.h"

namespace ecosystem {

struct Mdf {
  double accrual = 0;
  Money budget = Money::whole(0);
  Money cap = Money::whole(0);
  double match = 0.5;
  Money min_claim = Money::whole(1'000);
  Money claim_cost = Money::whole(1'500);
  double proof_weeks = 3;
  double deadline_weeks = 13;
  double yield = 3;
  double fit = 1;
  std::int64_t least_tier = 0;
  Money stickers = Money::whole(0);
  static constexpr auto fields = sim::Pack{
      sim::field(&Mdf::accrual, {.name = "accrual",
                                 .unit = "share",
                                 .meaning = "of what a partner brought in a year, its yearly funds",
                                 .min = 0,
                                 .max = 1,
                                 .source = "R25"}),
      sim::field(&Mdf::budget, {.name = "budget",
                                .unit = "currency/year",
                                .meaning = "further funds, in equal parts for all active partners",
                                .min = 0,
                                .max = 1e9,
                                .source = "M11"}),
      sim::field(&Mdf::cap, {.name = "cap",
                             .unit = "currency/quarter",
                             .meaning = "what the vendor approves at most; 0: all it allocated",
                             .min = 0,
                             .max = 1e9,
                             .source = "M11"}),
      sim::field(&Mdf::match, {.name = "match",
                               .unit = "share",
                               .meaning = "of a campaign's bill, the vendor's part",
                               .min = .01,
                               .max = 1,
                               .source = "GitLab: 50%",
                               .evidence = Evidence::vendor_claim}),
      sim::field(&Mdf::min_claim, {.name = "min_claim",
                                   .unit = "currency",
                                   .meaning = "least amount that can be claimed",
                                   .min = 0,
                                   .max = 1e9,
                                   .source = "GitLab: 1,000",
                                   .evidence = Evidence::vendor_claim}),
      sim::field(&Mdf::claim_cost,
                 {.name = "claim_cost",
                  .unit = "currency",
                  .meaning = "what asking, reporting and proving costs the partner, however much "
                             "it claims",
                  .min = 0,
                  .max = 1e7,
                  .source = "SB26; none: sweep it"}),
      sim::field(&Mdf::proof_weeks, {.name = "proof_weeks",
                                     .unit = "week",
                                     .meaning = "mean time after a campaign until its proof is in, "
                                                "exponential",
                                     .min = 0,
                                     .max = 104,
                                     .source = "none: sweep it"}),
      sim::field(&Mdf::deadline_weeks, {.name = "deadline_weeks",
                                        .unit = "week",
                                        .meaning = "time after a campaign in which it must be",
                                        .min = 0,
                                        .max = 104,
                                        .source = "GitLab: 30 days"}),
      sim::field(&Mdf::yield, {.name = "yield",
                               .unit = "1",
                               .meaning = "accounts that hear of the partner for 1,000 spent",
                               .min = 0,
                               .max = 1e5,
                               .source = "C15; none: sweep it"}),
      sim::field(&Mdf::fit, {.name = "fit",
                             .unit = "share",
                             .meaning = "of them, accounts that the product fits",
                             .min = 0,
                             .max = 1,
                             .source = "C15; none: sweep it"}),
      sim::field(&Mdf::least_tier, {.name = "least_tier",
                                    .unit = "1",
                                    .meaning = "tier from which partners have funds",
                                    .min = 0,
                                    .max = 255,
                                    .source = "M5"}),
      sim::field(&Mdf::stickers, {.name = "stickers",
                                  .unit = "currency/year",
                                  .meaning = "spent on stickers and the like: nothing follows",
                                  .min = 0,
                                  .max = 1e9,
                                  .source = "C15"})};

  bool on() const { return accrual > 0 || budget.minor > 0; }

  // A partner's funds for the quarter to come [minor units]; `partners` share the budget.
  std::int64_t allocated(std::int64_t year, std::int64_t partners) const {
    return Money{year}.share(accrual / 4).minor + (partners > 0 ? budget.minor / 4 / partners : 0);
  }
  // The campaign that uses them up, and whether the partner wants it: `lead` is what one is worth
  // to it, `leads` how many it believes 1,000 to bring.
  std::int64_t campaign_of(std::int64_t funds) const { return Money{funds}.share(1 / match).minor; }
  bool wanted(std::int64_t funds, double lead, double leads, double minor_per_unit) const {
    if (funds <= 0 || funds < min_claim.minor) return false;
    const std::int64_t campaign = campaign_of(funds);
    const double brings = leads * static_cast<double>(campaign) / (1000 * minor_per_unit) * lead;
    return brings > static_cast<double>(campaign - funds + claim_cost.minor);
  }
  // Weeks from the end of a campaign until its proof; in whose order requests are approved.
  double proof(sim::Key partner, const sim::Step& step) const {
    sim::Draw draw = step.draw(streams::of("mdf"), partner);
    draw.uniform();  // its place in the queue
    return proof_weeks * draw.exponential();
  }
  static double place(sim::Key partner, const sim::Step& step) {
    return step.draw(streams::of("mdf"), partner).uniform();
  }
  // Does an account with a need hear of the partner? `accounts`: in its territory.
  bool heard(sim::Key partner, sim::Key need, sim::Key account, std::int64_t campaign,
             double accounts, double minor_per_unit, const sim::Step& step) const {
    if (step.draw_once(streams::of("mdf"), account).uniform() >= fit) return false;
    const double reached = yield * static_cast<double>(campaign) / (1000 * minor_per_unit);
    const double share = accounts > 0 ? -sim::expm1(-reached / accounts) : 0;
    return step.draw_once(streams::of("mdf"), sim::pair(partner, need)).uniform() < share;
  }
};

}  // namespace ecosystem
