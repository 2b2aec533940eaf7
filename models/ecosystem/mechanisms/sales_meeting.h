// SPDX-License-Identifier: Apache-2.0
#pragma once
// The sales meeting of a partner has one slot a week for a supplier to train its sellers in (E3).
// Suppliers get it in proportion to what they are worth to the partner: the vendor by the margin it
// brought in the last 52 weeks and by what it pays for the slot. Who has too few people to stand
// there gets nothing of it (E4).

#include "models/ecosystem/company.h"
#include "models/ecosystem/state.h"
#include "models/ecosystem/streams.h"
#include "sim/field.h"
#include "sim/step.h"

namespace ecosystem {

struct SalesMeeting {
  double slot_hours = 0;
  Money slot_payment = Money::whole(0);
  double support_per_partner = 0;
  static constexpr auto fields = sim::Pack{
      sim::field(&SalesMeeting::slot_hours,
                 {.name = "slot_hours",
                  .unit = "hour/week",
                  .meaning = "length of the slot in which a supplier trains an active partner's "
                             "sellers, evenly over its products; 0: there is none",
                  .min = 0,
                  .max = 40,
                  .source = "E3; feasibility.md 2 (0.25 to 1)"}),
      sim::field(&SalesMeeting::slot_payment,
                 {.name = "slot_payment",
                  .unit = "currency/year",
                  .meaning = "what the vendor pays each active partner to be on the agenda; weighs "
                             "as much as margin",
                  .min = 0,
                  .max = 1e8,
                  .source = "E3"}),
      sim::field(&SalesMeeting::support_per_partner,
                 {.name = "support_per_partner",
                  .unit = "1",
                  .meaning = "partner managers at work, counted by ramp, per active partner below "
                             "which the vendor sends nobody",
                  .min = 0,
                  .max = 100,
                  .source = "E4"})};

  // Writes Partnerships::slot_won. `rest`: yearly margin of an active partner's other products.
  void operator()(Partnerships& partnerships, const Firms& firms, double rest, bool supported,
                  const sim::Step& step) const {
    step.each(partnerships, [&](Partnerships::Id row) {
      partnerships.slot_won[row] = 0;
      if (!supported || partnerships.status[row] != PartnershipStatus::active) return;
      if (partnerships.sellers[row] == 0) return;
      const double ours = static_cast<double>(partnerships.margin_year[row] + slot_payment.minor);
      sim::Draw draw =
          step.draw(streams::of("sales_meeting"), firms.key(partnerships.partner[row]));
      partnerships.slot_won[row] =
          draw.uniform() * (ours + rest * (1 + partnerships.bag_premium[row])) < ours;
    });
  }
};

}  // namespace ecosystem
