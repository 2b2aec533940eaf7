// SPDX-License-Identifier: Apache-2.0
#pragma once

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

  // A customer pays for so many weeks ahead (at most 52; 0: bought once and for all). Amounts are
  // those of a year: `net` is what the vendor gets of `list`, `goods` what they cost it.
  void invoice(std::int64_t list, std::int64_t net, std::int64_t goods, bool partner_paper,
               std::int32_t paid_weeks, int week) {
    if (paid_weeks > 0 && paid_weeks < 52) {
      list = part_of_year(list, paid_weeks);
      net = part_of_year(net, paid_weeks);
      goods = part_of_year(goods, paid_weeks);
    }
    if (partner_paper) {
      ledger.post(Book::customers, Book::partners, list);
      ledger.post(Book::partners, Book::vendor, net);
      totals.partner_margin += list - net;
    } else {
      ledger.post(Book::customers, Book::vendor, net);
    }
    ledger.post(Book::vendor, Book::suppliers, goods);
    if (paid_weeks > 0) {
      revenue.add(net, week, paid_weeks);
      cost.add(goods, week, paid_weeks);
    } else {
      totals.revenue += net;
      totals.cost_of_goods += goods;
    }
  }

 private:
  static std::int64_t part_of_year(std::int64_t yearly, std::int32_t weeks) {
    return static_cast<std::int64_t>(static_cast<Int128>(yearly) * weeks / 52);
  }
};

}  // namespace ecosystem
