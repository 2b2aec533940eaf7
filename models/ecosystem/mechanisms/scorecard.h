// SPDX-License-Identifier: Apache-2.0
#pragma once
// Partners are managed like a sales team (J1): at each review the vendor ranks those signed by what
// they earned with it in the last 52 weeks and parts with the worst. Who has just signed has earned
// nothing yet; whether that protects them is the vendor's rule. Whom it parts with gets no new
// leads, no support and costs none; what is in their pipeline they finish.

#include <algorithm>
#include <cmath>
#include <vector>

#include "models/ecosystem/company.h"
#include "models/ecosystem/state.h"
#include "models/ecosystem/streams.h"
#include "sim/field.h"
#include "sim/step.h"

namespace ecosystem {

struct Scorecard {
  double cull = 0;
  std::int64_t every_weeks = 52;
  double protected_weeks = 52;
  Money least_margin = Money::whole(0);
  static constexpr auto fields = sim::Pack{
      sim::field(&Scorecard::cull, {.name = "cull",
                                    .unit = "share/year",
                                    .meaning = "of the partners reviewed, the worst, that the "
                                               "vendor parts with; 0: with none",
                                    .min = 0,
                                    .max = 1,
                                    .source = "J1, Q11 (0, .1, .3)"}),
      sim::field(&Scorecard::every_weeks, {.name = "every_weeks",
                                           .unit = "week",
                                           .meaning = "between reviews",
                                           .min = 1,
                                           .max = 520,
                                           .source = "J1"}),
      sim::field(&Scorecard::protected_weeks,
                 {.name = "protected_weeks",
                  .unit = "week",
                  .meaning = "after signing in which a partner is not reviewed",
                  .min = 0,
                  .max = 1e4,
                  .source = "J1, Q11 (cull faster than ramp time)"}),
      sim::field(&Scorecard::least_margin,
                 {.name = "least_margin",
                  .unit = "currency/year",
                  .meaning = "who earned so much is not parted with, however the others did; 0: "
                             "the worst go, whoever they are",
                  .min = 0,
                  .max = 1e9,
                  .source = "none: sweep it"})};

  bool reviews(int week) const { return cull > 0 && week % every_weeks == every_weeks - 1; }

  // The partners to part with, worst first; of equal ones the draw decides. `judged(row)`: is it
  // one that sells? `worst` is scratch.
  template <class Judged>
  void review(const Partnerships& partnerships, const Judged& judged,
              std::vector<Partnerships::Id>& worst, const sim::Step& step) const {
    struct Mark {
      std::int64_t margin;
      double tie;
      sim::Key key;
      Partnerships::Id row;
      bool operator<(const Mark& other) const {
        return std::tie(margin, tie, key) < std::tie(other.margin, other.tie, other.key);
      }
    };
    static thread_local std::vector<Mark> marks;
    marks.clear();
    for (const std::uint32_t at : partnerships.by_key()) {
      const Partnerships::Id row(at);
      if (!is_partner(partnerships.status[row]) || !judged(row)) continue;
      if (step.week() - partnerships.signed_week[row] < protected_weeks) continue;
      const double tie = step.draw(streams::of("scorecard"), partnerships, row).uniform();
      marks.push_back({partnerships.margin_year[row], tie, partnerships.key(row), row});
    }
    std::sort(marks.begin(), marks.end());
    const double share = cull * static_cast<double>(every_weeks) / 52;
    auto count = static_cast<std::size_t>(
        std::floor(std::min(1.0, share) * static_cast<double>(marks.size()) + .5));
    worst.clear();
    for (const Mark& mark : marks) {
      if (count == 0) break;
      if (least_margin.minor > 0 && mark.margin >= least_margin.minor) break;
      worst.push_back(mark.row);
      --count;
    }
  }
};

}  // namespace ecosystem
