// SPDX-License-Identifier: Apache-2.0
#pragma once
// A decided need leaves the pipeline; if it was won, the contracting party invoices, the ledger
// moves and the people concerned get credit.
//
// An account executive sells on the vendor's paper at list x price. A partner seller sells on the
// partner's paper: the partner buys at the reseller discount and keeps the difference. Credit
// counts at the price the vendor gets. Contracts are paid a year ahead and recognised evenly
// (Recognition).

#include <algorithm>

#include "models/ecosystem/books.h"
#include "models/ecosystem/company.h"
#include "models/ecosystem/decision.h"
#include "models/ecosystem/state.h"
#include "models/ecosystem/terms.h"
#include "sim/field.h"
#include "sim/step.h"

namespace ecosystem {

struct Booking {
  double reseller_discount = 0.25;
  static constexpr auto fields =
      std::tuple{sim::field(&Booking::reseller_discount,
                            {.name = "reseller_discount",
                             .unit = "share",
                             .meaning = "what a reseller keeps of the list price it sells at",
                             .min = 0,
                             .max = .9,
                             .source = "SB20; glossary.md, saas_60",
                             .evidence = Evidence::vendor_claim})};

  // What the employer of a rep keeps of what customers pay on its paper.
  double kept_by(const Reps& reps, Reps::Id rep) const {
    return reps.role[rep] == Role::partner_seller ? reseller_discount + reps.extra_margin[rep] : 0;
  }
  // What the vendor gets of a list amount.
  std::int64_t net_of(std::int64_t list, bool partner_paper) const {
    return partner_paper ? list - Money{list}.share(reseller_discount).minor : list;
  }

  // Takes the decided needs out of the pipeline and writes the log; true for those won by us.
  void close(const Decision& decision, Needs& needs, Opportunities& opportunities,
             Accounts& accounts, Log& log, std::int64_t list, Totals& totals, int day) const {
    const Needs::Id need = decision.need;
    bool touched = false;
    for (std::uint32_t i = 0; i < needs.opportunities[need]; ++i) {
      const Opportunities::Id row(needs.first_opportunity[need].index() + i);
      if (opportunities.engaged_day[row] != never) {
        touched = true;
        Outcome outcome = decision.firm ? Outcome::lost : Outcome::no_decision;
        // Who shared the winner's opportunity has won, too; the value is logged once.
        const bool shared =
            opportunities.joint_with[row] > 0 && decision.opportunity &&
            needs.first_opportunity[need].index() + opportunities.joint_with[row] - 1 ==
                decision.opportunity.index();
        if (row == decision.opportunity || shared) outcome = Outcome::won;
        write(log, opportunities, row, needs, outcome, shared ? 0 : list,
              std::max(day, opportunities.engaged_day[row]));
      }
      opportunities.retire(row);
    }
    ++totals.decided;
    totals.untouched += !touched;
    totals.won += static_cast<bool>(decision.opportunity);
    totals.lost += touched && !decision.opportunity;
    totals.no_decision += touched && !decision.firm;
    --accounts.open_needs[needs.account[need]];
    needs.retire(need);
  }

  // Goods cost a share of the list price, whatever the price level they are sold at.
  static std::int64_t goods_of(std::int64_t list, double unit_cost, double price_level) {
    return Money{list}.share(unit_cost / price_level).minor;
  }

  // Money and credit of a deal won: invoice, bookings, commission of the seller and the managers.
  void win(Reps::Id rep, Products::Id product, std::int64_t list, const Products& products,
           Reps& reps, Managers& managers, Books& books, sim::Key deal, sim::Date day, int week,
           double price_level, const PartnerSeller& seller) const {
    const bool partner = reps.role[rep] == Role::partner_seller;
    const std::int64_t net = list - Money{list}.share(kept_by(reps, rep)).minor;
    const std::int32_t term = products.term_weeks[product];
    const std::int64_t goods = goods_of(list, products.unit_cost[product], price_level);
    books.invoice(list, net, goods, partner, paid_weeks(term, 0), week);
    books.totals.bookings_acv += net;
    books.totals.bookings_tcv +=
        term > 0 ? static_cast<std::int64_t>(static_cast<compensation::Int128>(net) * term / 52)
                 : net;
    if (partner) {
      books.totals.bookings_partner += net;
      ++books.totals.won_partner;
      const Sale sale{deal,
                      day,
                      product.index(),
                      list,
                      list - net,
                      list,
                      term,
                      reps.plan_credit[rep] * seller.commission_share,
                      reps.plan_credit[rep] * seller.quota_share};
      books.credit_only(reps, rep, books.sellers, sale, list - net);
      reps.week_credit[rep] += list - net;
      credit_managers(managers, {deal, day, product.index(), net, net - goods, list, term}, books,
                      week);
    } else if (reps.role[rep] == Role::account_executive) {
      books.accrue(reps, rep, books.executives,
                   {deal, day, product.index(), net, net - goods, list, term});
      reps.week_credit[rep] += net;
    }
  }

 private:
  static void write(Log& log, const Opportunities& opportunities, Opportunities::Id row,
                    const Needs& needs, Outcome outcome, std::int64_t list, int day) {
    const Log::Id entry = log.add(opportunities.key(row));
    const Needs::Id need = opportunities.need[row];
    log.rep[entry] = opportunities.rep[row].index();
    log.account[entry] = needs.account[need].index();
    log.product[entry] = needs.product[need].index();
    log.outcome[entry] = static_cast<std::int64_t>(outcome);
    log.engaged_day[entry] = opportunities.engaged_day[row];
    log.closed_day[entry] = day;
    log.value[entry] = outcome == Outcome::won ? list : 0;
  }

  // Managers at work share the credit, to the cent.
  static void credit_managers(Managers& managers, Sale sale, Books& books, int week) {
    const std::int64_t net = sale.amount;
    std::int64_t left = 0;
    for (const std::uint32_t row : managers.by_key())
      left += managers.start_week[Managers::Id(row)] <= week;
    std::int64_t rest = net;
    for (const std::uint32_t row : managers.by_key()) {
      const Managers::Id manager(row);
      if (managers.start_week[manager] > week) continue;
      const std::int64_t part = rest / left--;
      rest -= part;
      sale.amount = part;
      books.accrue(managers, manager, books.managers, sale);
    }
  }
};

}  // namespace ecosystem
