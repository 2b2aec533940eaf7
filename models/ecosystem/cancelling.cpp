// SPDX-License-Identifier: Apache-2.0
// Contracts that end before their term: what is given back, and from whom it is taken back.
#include <algorithm>
#include <cmath>

#include "models/ecosystem/model.h"

namespace ecosystem {

// Contracts renewed this week are paid for again by now; the week itself counts as served.
void World::cancel(const sim::Step& step) {
  if (!cancellations_watched_) return;
  const double hazard = the<Cancellation>().hazard_per_week();
  cancellations_.advance(step.week(), {&hazard, 1}, due_);
  for (const sim::Event& event : due_) {
    const Contracts::Id contract(event.entity);
    if (!contracts.alive(contract)) continue;  // not renewed meanwhile
    if (contracts.ours[contract] != 0) {
      const std::int64_t net = contracts.net_acv[contract];
      arr -= net;
      books.totals.due_acv += net;
      ++books.totals.cancelled;
      give_back(contract, step);
      const auto start = static_cast<sim::Day>(event.tag);
      const sim::Day day = std::max(start, sim::Calendar::day_at(step.week(), event.time));
      books.cancel({event.key, step.calendar().date(start), step.calendar().date(day),
                    products.term_weeks[contracts.product[contract]]});
    }
    ends_.cancel(contracts.key(contract));
    end_contract(contract);
  }
}

void World::give_back(Contracts::Id contract, const sim::Step& step) {
  const auto weeks =
      static_cast<std::int32_t>(std::lround(ends_.remaining(contracts.key(contract))));
  const double share = the<Cancellation>().refund;
  const Firms::Id paper = contracts.paper[contract];
  const bool partner_paper = firms.kind[paper] == FirmKind::partner;
  const std::int64_t margin_before = books.totals.partner_margin;
  books.refund(contracts.list_acv[contract], contracts.net_acv[contract], partner_paper, weeks,
               step.week() + 1, share);
  add_partner_margin(paper, books.totals.partner_margin - margin_before);
}

}  // namespace ecosystem
