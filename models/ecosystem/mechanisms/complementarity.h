// SPDX-License-Identifier: Apache-2.0
#pragma once
// True, not faux, complementarity (F4): how well a partner's offer and the vendor's product go
// together decides how well its sellers do with buyers. Who signs partners does not see it but a
// belief, with an error: those believed best are partners from the start, and those believed worse
// than `screen` are never signed.

#include <algorithm>
#include <vector>

#include "models/ecosystem/company.h"
#include "models/ecosystem/relations.h"
#include "models/ecosystem/streams.h"
#include "sim/field.h"
#include "sim/random.h"

namespace ecosystem {

struct Complementarity {
  double sigma = 0;
  double error = 0;
  double screen = -1000;
  static constexpr auto fields = sim::Pack{
      sim::field(&Complementarity::sigma,
                 {.name = "sigma",
                  .unit = "1",
                  .meaning = "standard deviation between partners of the utility that the pairing "
                             "adds to a buyer's; 0: all partners fit alike and none is preferred",
                  .min = 0,
                  .max = 10,
                  .source = "F4; none: sweep it"}),
      sim::field(&Complementarity::error,
                 {.name = "error",
                  .unit = "1",
                  .meaning = "standard deviation of the error in what is believed of it",
                  .min = 0,
                  .max = 100,
                  .source = "F4; none: sweep it"}),
      sim::field(&Complementarity::screen,
                 {.name = "screen",
                  .unit = "1",
                  .meaning = "believed complementarity below which a candidate is not signed",
                  .min = -1000,
                  .max = 1000,
                  .source = "C4; F4"})};

  bool on() const { return sigma > 0; }

  void draw(Relations& relations, Relations::Id row, sim::Key partner,
            const sim::Random& random) const {
    sim::Draw luck = random.draw(streams::of("complementarity"), partner);
    relations.fit[row] = sigma * luck.normal();
    relations.believed[row] = relations.fit[row] + error * luck.normal();
  }

  // Who is signed, best first as believed; in the order of candidates if off.
  std::vector<Partnerships::Id> order(const Relations& relations,
                                      const Partnerships& partnerships) const {
    std::vector<Partnerships::Id> order;
    for (std::size_t i = 0; i < partnerships.size(); ++i) {
      const Partnerships::Id row(i);
      if (!on() || relations.believed[Relations::of(row)] >= screen) order.push_back(row);
    }
    if (!on()) return order;
    std::sort(order.begin(), order.end(), [&](Partnerships::Id a, Partnerships::Id b) {
      const double fa = relations.believed[Relations::of(a)];
      const double fb = relations.believed[Relations::of(b)];
      return fa != fb ? fa > fb : partnerships.key(a) < partnerships.key(b);
    });
    return order;
  }
};

}  // namespace ecosystem
