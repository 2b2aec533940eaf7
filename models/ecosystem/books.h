// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <algorithm>
#include <cstdint>

#include "models/ecosystem/ledger.h"
#include "models/ecosystem/totals.h"
#include "models/ecosystem/two_tier_plan.h"

namespace ecosystem {

// The vendor's books, as the mechanisms that move money share them.
struct Books {
  Ledger ledger;
  Totals totals;
  Recognition revenue, cost;
  explicit Books(std::size_t weeks) : revenue(weeks), cost(weeks) {}

  // More credit for somebody of the vendor: commission earned now, paid out on payday.
  template <class People>
  void accrue(People& people, typename People::Id who, std::int64_t credit,
              const TwoTierPlan& plan) {
    people.booked[who] += credit;
    const std::int64_t due = plan.due(people.booked[who]);
    ledger.post(Book::vendor, Book::payable, due - people.accrued[who]);
    totals.commission += due - people.accrued[who];
    people.accrued[who] = due;
  }

  // The vendor's goods for `list` (a year's worth) go to a customer on `paper`; net is what the
  // vendor gets of it.
  void invoice(std::int64_t list, std::int64_t net, std::int64_t goods, bool partner_paper,
               std::int32_t term_weeks, int week) {
    if (partner_paper) {
      ledger.post(Book::customers, Book::partners, list);
      ledger.post(Book::partners, Book::vendor, net);
      totals.partner_margin += list - net;
    } else {
      ledger.post(Book::customers, Book::vendor, net);
    }
    ledger.post(Book::vendor, Book::suppliers, goods);
    if (term_weeks > 0) {
      const int year = std::min<std::int32_t>(52, term_weeks);
      revenue.add(net, week, year);
      cost.add(goods, week, year);
    } else {
      totals.revenue += net;
      totals.cost_of_goods += goods;
    }
  }
};

}  // namespace ecosystem
