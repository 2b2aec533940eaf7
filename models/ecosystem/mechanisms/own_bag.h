// SPDX-License-Identifier: Apache-2.0
#pragma once
// What a reseller's sellers sell beside the vendor's products: deals of the size and margin that
// [partner_seller] gives, won at the pace their hours make (effort.h). They matter because they
// count in the employer's plan: who has made quota with them has less use for yours (A2, A3).

#include "models/ecosystem/books.h"
#include "models/ecosystem/company.h"
#include "models/ecosystem/state.h"
#include "models/ecosystem/streams.h"
#include "sim/math.h"
#include "sim/step.h"

namespace ecosystem {

struct OwnBag {
  // `won_per_push`: deals a week per unit of (hours / h0)^eps.
  static void sell(Reps& reps, const PartnerSeller& seller, double won_per_push, Books& books,
                   std::uint32_t product, const sim::Step& step) {
    const sim::Date day = step.calendar().date(step.week(), 0);
    for (std::size_t row = 0; row < reps.size(); ++row) {
      const Reps::Id rep(row);
      if (reps.role[rep] != Role::partner_seller || reps.own_push[rep] <= 0) continue;
      const int won = poisson(reps.own_push[rep] * won_per_push,
                              step.draw(streams::of("own_bag"), reps, rep).uniform());
      const sim::Money deal_size = seller.own_deal + seller.own_deal.share(reps.bag_premium[rep]);
      const std::int64_t price = deal_size.minor;
      const std::int64_t margin = deal_size.share(seller.own_margin).minor;
      for (int i = 0; i < won; ++i) {
        const auto ordinal = static_cast<std::uint64_t>(step.week()) * 64 + i;
        const sim::Key deal = sim::child(kinds::own_deal, reps.key(rep), ordinal);
        books.credit_only(reps, rep, books.sellers, {deal, day, product, price, margin, price, 0},
                          margin);
        reps.week_credit[rep] += margin;
        ++reps.own_deals[rep];
      }
    }
  }

  // The count whose chance of being at most so many first exceeds u; at most 60.
  static int poisson(double mean, double u) {
    double mass = sim::exp(-mean), below = mass;
    int count = 0;
    while (u > below && count < 60) {
      mass *= mean / ++count;
      below += mass;
    }
    return count;
  }
};

}  // namespace ecosystem
