// SPDX-License-Identifier: Apache-2.0
#pragma once
// A big partner carries many vendors, and its sellers think of those that weigh something with them
// (B7): a need they hear of is seen as one for the vendor's product with the chance
//
//   w / (w + others (listing + margin)),   w = listing + margin of the last 52 weeks, the vendor's
//
// A champion in the partner's house (references.h) raises w. The same need is seen or not in every
// option: the chance moves, the draw stays.

#include "models/ecosystem/company.h"
#include "models/ecosystem/state.h"
#include "models/ecosystem/streams.h"
#include "sim/field.h"
#include "sim/step.h"

namespace ecosystem {

struct Attention {
  double others = 0;
  Money listing = Money::whole(20'000);
  Money margin = Money::whole(20'000);
  double champion = 0;
  static constexpr auto fields = sim::Pack{
      sim::field(
          &Attention::others,
          {.name = "others",
           .unit = "1",
           .meaning = "other vendors that a partner carries for such needs; 0: sellers think "
                      "of the vendor's product at every need they hear of",
           .min = 0,
           .max = 1e6,
           .source = "B7 (10, 100, 1000)"}),
      sim::field(&Attention::listing,
                 {.name = "listing",
                  .unit = "currency/year",
                  .meaning = "what being on a partner's list weighs, in margin",
                  .min = .01,
                  .max = 1e9,
                  .source = "none: sweep it"}),
      sim::field(&Attention::margin,
                 {.name = "margin",
                  .unit = "currency/year",
                  .meaning = "margin that each of the others brings the partner",
                  .min = 0,
                  .max = 1e9,
                  .source = "none: sweep it"}),
      sim::field(&Attention::champion,
                 {.name = "champion",
                  .unit = "1",
                  .meaning = "by how much a champion raises the vendor's weight; 1: doubles it",
                  .min = 0,
                  .max = 1000,
                  .source = "B6"})};

  // The share of needs that a partner's sellers do not think of the vendor at.
  void operator()(Partnerships& partnerships, const sim::Step& step) const {
    step.each(partnerships, [&](Partnerships::Id row) {
      if (partnerships.status[row] != PartnershipStatus::active) return;
      double ours = static_cast<double>(listing.minor + partnerships.margin_year[row]);
      if (partnerships.champion[row] != 0) ours *= 1 + champion;
      const double theirs = others * static_cast<double>(listing.minor + margin.minor);
      partnerships.inattention[row] = theirs / (ours + theirs);
    });
  }
};

}  // namespace ecosystem
