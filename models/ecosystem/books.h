// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "models/ecosystem/ledger.h"
#include "models/ecosystem/role_payroll.h"
#include "models/ecosystem/totals.h"
#include "sim/money.h"

namespace ecosystem {

// The vendor's books, as the mechanisms that move money share them.
struct Books {
  Ledger ledger;
  Totals totals;
  Recognition revenue, cost;
  RolePayroll executives, managers, sellers;  // the vendor's two roles, and partners' people

  struct Plans {
    PlanTerms executives, managers, sellers;
  };
  // `products`: the vendor's, by name; a reseller's plan also knows "own", its other products.
  Books(std::size_t weeks, const Plans& plans, const std::shared_ptr<const sim::Calendar>& calendar,
        const std::vector<std::string>& products)
      : revenue(weeks),
        cost(weeks),
        executives(plans.executives, calendar, products),
        managers(plans.managers, calendar, products),
        sellers(plans.sellers, calendar, with_own(products)) {}

  // More credit for somebody of the vendor: commission earned now, paid out on payday.
  template <class People>
  void accrue(People& people, typename People::Id who, RolePayroll& payroll, const Sale& sale) {
    const std::int64_t more = credit_only(people, who, payroll, sale, sale.amount);
    ledger.post(Book::vendor, Book::payable, more);
    totals.commission += more;
  }
  // The same for somebody of a partner: the partner's books are its cash.
  template <class People>
  std::int64_t credit_only(People& people, typename People::Id who, RolePayroll& payroll,
                           const Sale& sale, std::int64_t booked) {
    people.booked[who] += booked;
    const std::int64_t more = payroll.credit(people.payee[who], sale);
    people.accrued[who] += more;
    return more;
  }

  // A contract ended early: whoever was credited for its deal gives back what their plan says
  // (R17), on the next payday.
  void cancel(const Ended& ended) {
    for (RolePayroll* payroll : {&executives, &managers, &sellers}) payroll->end(ended);
  }

  // Paydays up to and including a day. What a payday pays may differ from what was accrued.
  template <class People>
  void pay_vendor(People& people, RolePayroll& payroll, sim::Date day) {
    for (const RolePayroll::Pay& pay : payroll.paydays(day)) {
      // What is taken back of earlier pay goes the other way, in an entry of its own.
      ledger.post(Book::vendor, Book::payable, pay.payable + pay.recovered - pay.accrued);
      if (pay.recovered != 0) ledger.post(Book::payable, Book::vendor, pay.recovered);
      totals.commission += pay.payable - pay.accrued;
      totals.clawed_back += pay.recovered;
      ledger.post(Book::payable, Book::staff, pay.payable);
      settle(people, payroll, pay);
    }
  }
  template <class People>
  void pay_partners(People& people, RolePayroll& payroll, sim::Date day) {
    for (const RolePayroll::Pay& pay : payroll.paydays(day)) {
      // SPIFs on the vendor's products are the vendor's money (A9), the rest is the employer's.
      if (pay.spifs != 0) ledger.post(Book::vendor, Book::sellers, pay.spifs);
      totals.partner_incentives += pay.spifs;
      ledger.post(Book::partners, Book::sellers, pay.payable - pay.spifs);
      settle(people, payroll, pay);
    }
  }

  // What a partner is owed for a deal: a claim, or the commission of a deal on the vendor's paper.
  void pay_partner(std::int64_t amount) {
    ledger.post(Book::vendor, Book::partners, amount);
    totals.partner_claims += amount;
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

  // A contract ends so many weeks before the end of what was paid for it: `share` of that goes back
  // the way it came. Goods stay paid for.
  void refund(std::int64_t list, std::int64_t net, bool partner_paper, std::int32_t weeks,
              int first_week, double share) {
    list = sim::Money{part_of_year(list, weeks)}.share(share).minor;
    net = sim::Money{part_of_year(net, weeks)}.share(share).minor;
    if (weeks == 0 || (list == 0 && net == 0)) return;
    if (partner_paper) {
      ledger.post(Book::vendor, Book::partners, net);
      ledger.post(Book::partners, Book::customers, list);
      totals.partner_margin -= list - net;
    } else {
      ledger.post(Book::vendor, Book::customers, net);
    }
    totals.refunded += net;
    revenue.take_back(net, first_week, weeks);
  }

 private:
  template <class People>
  static void settle(People& people, const RolePayroll& payroll, const RolePayroll::Pay& pay) {
    const typename People::Id who(payroll.row(pay.who));
    people.paid[who] += pay.payable;
    people.accrued[who] = payroll.accrued(pay.who);
  }
  static std::vector<std::string> with_own(std::vector<std::string> products) {
    products.push_back("own");
    return products;
  }
  static std::int64_t part_of_year(std::int64_t yearly, std::int32_t weeks) {
    return static_cast<std::int64_t>(static_cast<compensation::Int128>(yearly) * weeks / 52);
  }
};

}  // namespace ecosystem
