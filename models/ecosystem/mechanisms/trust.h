// SPDX-License-Identifier: Apache-2.0
#pragma once
// Trust is what each side of a partnership believes of the other's word: the share of promises that
// will be kept, learned from those that were (a beta reputation with forgetting).
//
//   trust = (evidence start + kept) / (evidence + kept + broken)
//
// A broken promise and a clash over an account weigh more than a kept one (Geyskens, Steenkamp,
// Kumar 1998; EQ8: losses loom larger). Where clashes are expected each one tells less, so trust
// settles at what the vendor does rather than drifting to the bottom (feasibility.md, artefact 11).
//
// Goodwill is another thing: favours owed, in leads (EQ8),
//
//   G' = (1 - decay) G + gain (leads received) - cost (leads given) - clash_cost (clashes)
//
// Neither changes what a deal pays. They act where somebody decides: a seller who fears that a
// vendor called in takes the deal does not call; goodwill shades what the vendor's deals are worth
// to a seller, by a bounded share (SB27); a partner returns leads if it trusts that the vendor will
// (lead_sharing.h). Assurances of executives are promises that the field then keeps or not (B8).

#include <algorithm>
#include <vector>

#include "models/ecosystem/company.h"
#include "models/ecosystem/relations.h"
#include "models/ecosystem/state.h"
#include "models/partnering/goodwill.h"
#include "sim/field.h"
#include "sim/step.h"

namespace ecosystem {

struct Trust {
  double evidence = 0;
  double start = 0.7;
  double broken_weight = 3;
  double clash_weight = 3;
  double forgetting = 0.02;
  double spillover = 0;
  double fear = 0;
  double decay = 0.02;
  double gain = 1;
  double cost = 0.5;
  double clash_cost = 2;
  double shading = 0;
  double most_shading = 0.25;
  double assurances = 0;
  double assurance_hours = 4;
  static constexpr auto fields = sim::Pack{
      sim::field(&Trust::evidence,
                 {.name = "evidence",
                  .unit = "1",
                  .meaning = "promises that the first impression weighs as much as; 0: nobody "
                             "minds whether promises are kept",
                  .min = 0,
                  .max = 1e6,
                  .source = "EQ8; none for the value: sweep it"}),
      sim::field(&Trust::start, {.name = "start",
                                 .unit = "share",
                                 .meaning = "of promises, what a new partner expects to be kept",
                                 .min = 0,
                                 .max = 1,
                                 .source = "none: sweep it"}),
      sim::field(&Trust::broken_weight, {.name = "broken_weight",
                                         .unit = "1",
                                         .meaning = "kept promises that a broken one outweighs",
                                         .low = 1,
                                         .high = 5,
                                         .distribution = Distribution::uniform,
                                         .min = 0,
                                         .max = 1000,
                                         .source = "EQ8 (losses loom larger); none: sweep it",
                                         .role = sim::Role::uncertainty}),
      sim::field(&Trust::clash_weight,
                 {.name = "clash_weight",
                  .unit = "1",
                  .meaning = "kept promises that a clash outweighs: a deal the partner worked on "
                             "that the vendor's own people won, or a pitch in its account",
                  .low = 1,
                  .high = 5,
                  .distribution = Distribution::uniform,
                  .min = 0,
                  .max = 1000,
                  .source = "EQ8 (kappa > a); none: sweep it",
                  .role = sim::Role::uncertainty}),
      sim::field(&Trust::forgetting, {.name = "forgetting",
                                      .unit = "1/week",
                                      .meaning = "share of what is remembered that fades in a week",
                                      .min = 0,
                                      .max = 1,
                                      .source = "none: sweep it"}),
      sim::field(&Trust::spillover,
                 {.name = "spillover",
                  .unit = "share",
                  .meaning = "how much of what the vendor does to a partner counts for each other "
                             "active partner of its region, who hears of it",
                  .min = 0,
                  .max = 1,
                  .source = "F9; none: sweep it"}),
      sim::field(&Trust::fear,
                 {.name = "fear",
                  .unit = "share",
                  .meaning = "chance that a vendor called in takes the deal, as a seller believes "
                             "who has no trust at all; in proportion to the trust missing",
                  .min = 0,
                  .max = 1,
                  .source = "A15; D1; none: sweep it"}),
      sim::field(&Trust::decay, {.name = "decay",
                                 .unit = "1/week",
                                 .meaning = "share of goodwill that fades in a week (l of EQ8)",
                                 .min = 0,
                                 .max = 1,
                                 .source = "EQ8; none: sweep it"}),
      sim::field(&Trust::gain, {.name = "gain",
                                .unit = "1",
                                .meaning = "goodwill for a lead received (a of EQ8)",
                                .min = 0,
                                .max = 100,
                                .source = "EQ8"}),
      sim::field(&Trust::cost, {.name = "cost",
                                .unit = "1",
                                .meaning = "goodwill used up by a lead given (b of EQ8)",
                                .min = 0,
                                .max = 100,
                                .source = "EQ8"}),
      sim::field(&Trust::clash_cost, {.name = "clash_cost",
                                      .unit = "1",
                                      .meaning = "goodwill lost by a clash (kappa of EQ8)",
                                      .min = 0,
                                      .max = 100,
                                      .source = "EQ8 (kappa > a)"}),
      sim::field(&Trust::shading,
                 {.name = "shading",
                  .unit = "1",
                  .meaning = "share of its pay by which a lead's worth of goodwill changes what a "
                             "vendor's deal is worth to a partner's seller; 0: goodwill moves no "
                             "hour",
                  .min = 0,
                  .max = 1,
                  .source = "SB27 (Anderson, Lodish, Weitz 1987); A5: it weighs nothing"}),
      sim::field(&Trust::most_shading, {.name = "most_shading",
                                        .unit = "share",
                                        .meaning = "by which goodwill can change that at most",
                                        .min = 0,
                                        .max = .9,
                                        .source = "SB27 (return dominates); none: sweep it"}),
      sim::field(&Trust::assurances,
                 {.name = "assurances",
                  .unit = "1/year",
                  .meaning = "meetings at which executives assure each active partner that the "
                             "vendor will not compete; one counts as a promise kept if the quarter "
                             "passes without a clash",
                  .min = 0,
                  .max = 365,
                  .source = "B8"}),
      sim::field(&Trust::assurance_hours,
                 {.name = "assurance_hours",
                  .unit = "hour",
                  .meaning = "of partner managers that such a meeting takes",
                  .min = 0,
                  .max = 100,
                  .source = "B9; none: sweep it"})};

  bool on() const { return evidence > 0; }

  double level(double kept, double broken) const {
    return (evidence * start + kept) / (evidence + kept + broken);
  }
  // What a seller believes of a vendor called in: that it leaves the deal alone.
  double leaves_deal(double trust) const { return 1 - fear * (1 - trust); }
  // By how much goodwill changes what a deal is worth to a seller.
  double regard(double goodwill) const {
    return std::clamp(shading * goodwill, -most_shading, most_shading);
  }

  // The week's news reach both sides. `told`: scratch, by region.
  void operator()(Relations& relations, Partnerships& partnerships, const Firms& firms,
                  std::vector<double>& told, bool quarter_ends, const sim::Step& step) const {
    gather(relations, partnerships, firms, told);
    step.each(partnerships, [&](Partnerships::Id row) {
      const Relations::Id r = Relations::of(row);
      if (partnerships.status[row] == PartnershipStatus::active) {
        const double others =
            told[firms.region[partnerships.partner[row]]] - relations.news_broken[r];
        relations.news_broken[r] += spillover * std::max(0.0, others);
        believe(relations, r);
        if (quarter_ends) judge_assurances(relations, r);
        settle(relations, r);
      }
      relations.news_kept[r] = relations.news_broken[r] = 0;
      relations.news_their_kept[r] = relations.news_their_broken[r] = 0;
      relations.news_in[r] = relations.news_out[r] = 0;
      relations.news_clashes[r] = 0;
      if (quarter_ends) relations.quarter_clashes[r] = 0;
    });
  }

 private:
  // Clashes become broken promises; what was broken in each region, in order of key.
  void gather(Relations& relations, const Partnerships& partnerships, const Firms& firms,
              std::vector<double>& told) const {
    for (const std::uint32_t i : partnerships.by_key()) {
      const Partnerships::Id row(i);
      const Relations::Id r = Relations::of(row);
      relations.news_clashes[r] += partnerships.clashes[row] - relations.clashes_heard[r];
      relations.clashes_heard[r] = partnerships.clashes[row];
      relations.quarter_clashes[r] += relations.news_clashes[r];
      relations.news_broken[r] = broken_weight * relations.news_broken[r] +
                                 clash_weight * static_cast<double>(relations.news_clashes[r]);
    }
    std::fill(told.begin(), told.end(), 0.0);
    for (const std::uint32_t i : partnerships.by_key()) {
      const Partnerships::Id row(i);
      told[firms.region[partnerships.partner[row]]] += relations.news_broken[Relations::of(row)];
    }
  }

  void believe(Relations& relations, Relations::Id r) const {
    const double lasts = 1 - forgetting;
    relations.kept[r] = lasts * relations.kept[r] + relations.news_kept[r];
    relations.broken[r] = lasts * relations.broken[r] + relations.news_broken[r];
    relations.their_kept[r] = lasts * relations.their_kept[r] + relations.news_their_kept[r];
    relations.their_broken[r] =
        lasts * relations.their_broken[r] + broken_weight * relations.news_their_broken[r];
    const double clashes = static_cast<double>(relations.news_clashes[r]);
    const double in = relations.news_in[r], out = relations.news_out[r];
    const partnering::Goodwill favours{decay, gain, cost};
    relations.goodwill[r] = favours.next(relations.goodwill[r], out, in) - clash_cost * clashes;
    relations.vendor_goodwill[r] = favours.next(relations.vendor_goodwill[r], in, out);
  }

  void judge_assurances(Relations& relations, Relations::Id r) const {
    if (relations.quarter_clashes[r] == 0) relations.kept[r] += assurances / 4;
  }

  void settle(Relations& relations, Relations::Id r) const {
    relations.trust[r] = level(relations.kept[r], relations.broken[r]);
    relations.vendor_trust[r] = level(relations.their_kept[r], relations.their_broken[r]);
  }
};

}  // namespace ecosystem
