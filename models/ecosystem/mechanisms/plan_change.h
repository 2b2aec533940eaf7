// SPDX-License-Identifier: Apache-2.0
#pragma once
// With a stroke of the pen a partner changes its pay plan, and the vendor's product counts less in
// it, or not at all (A8, X7). Nobody's attitude changes: the sellers follow the plan (A7).
//
// Each change has a threshold of its own, passed by the hazard since the last one, so a partner's
// changes come at the same times in every option.

#include "models/ecosystem/company.h"
#include "models/ecosystem/state.h"
#include "models/ecosystem/streams.h"
#include "sim/field.h"
#include "sim/step.h"

namespace ecosystem {

struct PlanChange {
  double rate = 0;
  double credit = 0;
  std::int64_t weeks = 52;
  static constexpr auto fields =
      sim::Pack{sim::field(&PlanChange::rate, {.name = "rate",
                                               .unit = "1/year",
                                               .meaning = "changes per active partner",
                                               .min = 0,
                                               .max = 52,
                                               .source = "A8"}),
                sim::field(&PlanChange::credit,
                           {.name = "credit",
                            .unit = "share",
                            .meaning = "how much of the vendor's deals the changed plan still pays",
                            .min = 0,
                            .max = 1,
                            .source = "A8"}),
                sim::field(&PlanChange::weeks, {.name = "weeks",
                                                .unit = "week",
                                                .meaning = "until the old plan is back",
                                                .min = 1,
                                                .max = 5200,
                                                .source = "A8"})};

  void operator()(Partnerships& partnerships, const Firms& firms, Reps& reps,
                  const sim::Step& step) const {
    for (std::size_t i = 0; i < partnerships.size(); ++i) {
      const Partnerships::Id row(i);
      if (partnerships.status[row] != PartnershipStatus::active) continue;
      if (partnerships.plan_until[row] > 0) {
        if (step.week() < partnerships.plan_until[row]) continue;
        partnerships.plan_until[row] = 0;
        give(partnerships, row, reps, 1);
      }
      if (rate <= 0) continue;
      partnerships.plan_hazard[row] += rate / 52;
      const double threshold =
          step.random()
              .draw(streams::of("plan_change"), firms.key(partnerships.partner[row]),
                    partnerships.plan_changes[row])
              .exponential();
      if (partnerships.plan_hazard[row] < threshold) continue;
      partnerships.plan_hazard[row] = 0;
      ++partnerships.plan_changes[row];
      partnerships.plan_until[row] = step.week() + static_cast<std::int32_t>(weeks);
      give(partnerships, row, reps, credit);
    }
  }

 private:
  static void give(const Partnerships& partnerships, Partnerships::Id row, Reps& reps,
                   double credit) {
    for (std::uint32_t s = 0; s < partnerships.sellers[row]; ++s)
      reps.plan_credit[Reps::Id(partnerships.first_seller[row].index() + s)] = credit;
  }
};

}  // namespace ecosystem
