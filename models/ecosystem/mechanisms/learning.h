// SPDX-License-Identifier: Apache-2.0
#pragma once
// What each rep knows of each product: training and sales add to it, time takes from it (EQ9,
// SB11).
//
//   dL = (gain_per_hour dh + per_sale dn) (1 - L) - forgetting L dt     h hours trained, n sales
//
// L is the share of what there is to know: the vendor's playbook, of maturity M (E5-E7). A rep
// knows K = M L. The playbook of a product grows by deals in which the vendor's own people took
// part, and by nothing else: partners do not learn your market for you.

#include <algorithm>

#include "models/ecosystem/company.h"
#include "models/ecosystem/state.h"
#include "models/ecosystem/streams.h"
#include "sim/field.h"
#include "sim/math.h"
#include "sim/step.h"

namespace ecosystem {

struct Learning {
  double gain_per_hour = 0.03;
  double per_sale = 0;
  double forgetting = 0;
  double training_hours = 0;
  std::int64_t training_every = 1;
  double newcomer = 1;
  double per_deal = 0;
  static constexpr auto fields = sim::Pack{
      sim::field(&Learning::gain_per_hour,
                 {.name = "gain_per_hour",
                  .unit = "1/hour",
                  .meaning = "rate at which an hour of training on one product closes the gap to "
                             "all there is to know of it",
                  .low = .01,
                  .high = .06,
                  .distribution = Distribution::lognormal,
                  .min = 0,
                  .max = 10,
                  .source = "feasibility.md 2; EQ9",
                  .role = sim::Role::uncertainty}),
      sim::field(&Learning::per_sale, {.name = "per_sale",
                                       .unit = "1",
                                       .meaning = "the same for a deal won with the product; 0: "
                                                  "nobody learns by selling",
                                       .min = 0,
                                       .max = 10,
                                       .source = "EQ9"}),
      sim::field(&Learning::forgetting,
                 {.name = "forgetting",
                  .unit = "1/week",
                  .meaning = "rate at which knowledge decays; .018 was tried, .066 keeps 75% over "
                             "a month; 0: nobody forgets",
                  .min = 0,
                  .max = 5,
                  .source = "SC31; feasibility.md 2"}),
      sim::field(&Learning::training_hours,
                 {.name = "training_hours",
                  .unit = "hour/week",
                  .meaning = "training of each account executive in a week that has some, evenly "
                             "over products, taken from selling hours",
                  .min = 0,
                  .max = 100,
                  .source = "E1"}),
      sim::field(&Learning::training_every, {.name = "training_every",
                                             .unit = "week",
                                             .meaning = "one week in so many has training",
                                             .min = 1,
                                             .max = 520,
                                             .source = "SB11"}),
      sim::field(&Learning::newcomer,
                 {.name = "newcomer",
                  .unit = "share",
                  .meaning = "of what there is to know, what an account executive knows on the "
                             "first day",
                  .min = 0,
                  .max = 1,
                  .role = sim::Role::structural}),
      sim::field(&Learning::per_deal,
                 {.name = "per_deal",
                  .unit = "1",
                  .meaning = "rate at which a deal won, on which the vendor's own people worked, "
                             "closes the gap of the product's playbook to maturity 1",
                  .min = 0,
                  .max = 10,
                  .source = "E6"})};

  // Can anything that somebody knows change?
  bool on(double slot_hours) const {
    return training_hours > 0 || per_sale > 0 || forgetting > 0 || per_deal > 0 || slot_hours > 0;
  }

  // Of an account executive in a week.
  double hours_of(int week) const { return week % training_every == 0 ? training_hours : 0; }

  // A deal won, at once. What it taught shows from next week on.
  void sold(Reps& reps, Reps::Id rep, Products::Id product) const {
    if (per_sale > 0) gain(reps.learned(rep, product), sim::exp(-per_sale));
  }

  // A week of training, then of forgetting. `slot_hours`: what sellers get whose partner gave the
  // vendor a slot on its agenda; the partnership of firm f is in row f - first_partner.
  void operator()(Reps& reps, const Partnerships& partnerships, std::uint32_t first_partner,
                  double slot_hours, const sim::Step& step) const {
    const auto products = static_cast<double>(reps.learned.width());
    const double own_hours = hours_of(step.week()) / products;
    const double own = sim::exp(-gain_per_hour * own_hours);
    const double slot = sim::exp(-gain_per_hour * slot_hours / products);
    const double keeps = sim::exp(-forgetting);
    step.each(reps, [&](Reps::Id rep) {
      if (reps.role[rep] == Role::storefront) return;
      const bool direct = reps.role[rep] == Role::account_executive;
      const bool trained = direct ? own_hours > 0 && reps.start_week[rep] <= step.week()
                                  : partnerships.slot_won[Partnerships::Id(
                                        reps.employer[rep].index() - first_partner)] != 0;
      for (double& learned : reps.learned.of(rep)) {
        if (trained) gain(learned, direct ? own : slot);
        learned *= keeps;
      }
    });
  }

  // The playbooks, after the week's deals.
  void mature(Products& products) const {
    for (std::size_t row = 0; row < products.size(); ++row) {
      const Products::Id product(row);
      const double deals = static_cast<double>(products.deals_attended[product]);
      products.deals_attended[product] = 0;
      if (per_deal > 0 && deals > 0) gain(products.maturity[product], sim::exp(-per_deal * deals));
    }
  }

  // How many of a product's options somebody who knows so much of it can name (E2). Each option is
  // as hard to remember for a rep as their own draw says, so knowing more never means fewer.
  static std::int64_t options_known(const Reps& reps, Reps::Id rep, const Products& products,
                                    Products::Id product, const sim::Step& step) {
    const std::int64_t options = products.options[product];
    if (options == 0) return 0;
    sim::Draw draw =
        step.draw_once(streams::of("learning"), sim::pair(reps.key(rep), products.key(product)));
    std::int64_t known = 0;
    for (std::int64_t i = 0; i < options; ++i) known += draw.uniform() < reps.knows(rep, product);
    return known;
  }

 private:
  // The gap to 1 shrinks to a share of it; 1 stays 1 to the bit.
  static void gain(double& level, double share) { level = 1 - (1 - level) * share; }
};

// Mean maturity of the vendor's playbooks.
inline double mean_maturity(const Products& products) {
  double sum = 0;
  for (const std::uint32_t row : products.by_key()) sum += products.maturity[Products::Id(row)];
  return sum / static_cast<double>(products.size());
}

}  // namespace ecosystem
