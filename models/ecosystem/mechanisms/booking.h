// SPDX-License-Identifier: Apache-2.0
#pragma once
// A decided need leaves the pipeline; if it was won, the contracting party invoices, the ledger
// moves and the people concerned get credit.
//
// An account executive sells on the vendor's paper at list x price. A partner seller sells on the
// partner's paper: the partner buys at the discount of its class and tier (partnership.h, tiers.h),
// more if it has registered the deal, and keeps the difference. Credit
// counts at the price the vendor gets. Contracts are paid a year ahead and recognised evenly
// (Recognition).

#include <algorithm>
#include <cmath>

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
      sim::Pack{sim::field(&Booking::reseller_discount,
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
             Accounts& accounts, const Reps& reps, Log& log, std::int64_t list, Totals& totals,
             int day) const {
    const Needs::Id need = decision.need;
    std::int64_t sellers = 0;
    double wasted = 0, winning = 0;  // hours of partners' sellers, if one of ours won
    for (std::uint32_t i = 0; i < needs.opportunities[need]; ++i) {
      const Opportunities::Id row = needs.opportunity(need, i);
      if (opportunities.engaged_day[row] != never) {
        ++sellers;
        // Who shared the winner's opportunity has won, too; the value is logged once.
        const bool shared =
            decision.opportunity && shared_lead(needs, opportunities, row) == decision.opportunity;
        if (reps.role[opportunities.rep[row]] == Role::partner_seller)
          (row == decision.opportunity || shared ? winning : wasted) += opportunities.hours[row];
        Outcome outcome = decision.firm ? Outcome::lost : Outcome::no_decision;
        if (row == decision.opportunity || shared) outcome = Outcome::won;
        write(log, opportunities, row, needs, outcome, shared ? 0 : list,
              std::max(day, opportunities.engaged_day[row]));
      }
      opportunities.retire(row);
    }
    const bool touched = sellers > 0;
    ++totals.decided;
    totals.pursued += touched;
    totals.pursuers += sellers;
    if (decision.opportunity) totals.wasted_partner_hours += wasted;
    totals.winning_partner_hours += winning;
    totals.untouched += !touched;
    totals.won += static_cast<bool>(decision.opportunity);
    totals.lost += touched && !decision.opportunity;
    totals.no_decision += touched && !decision.firm;
    --accounts.open_needs[needs.account[need]];
    needs.retire(need);
  }

  static std::int64_t source_of(Partnerships::Id partner) {
    return partner ? static_cast<std::int64_t>(partner.index()) : -1;
  }
  static std::int64_t minutes_of(double hours) { return std::llround(60 * hours); }

  // Goods cost a share of the list price, whatever the price level they are sold at.
  static std::int64_t goods_of(std::int64_t list, double unit_cost, double price_level) {
    return Money{list}.share(unit_cost / price_level).minor;
  }

  // On which a partner's seller sells.
  struct Terms {
    double discount;            // what its firm keeps of the list price
    bool vendor_paper = false;  // the vendor is the contracting party and pays that as commission
    std::int64_t claim = 0;     // what its firm is paid on its claim (attribution.h)
    std::int64_t net(std::int64_t list) const { return list - Money{list}.share(discount).minor; }
    // Of a customer's price, what the contracting party or the customer pays the vendor.
    std::int64_t vendor_gets(std::int64_t list, bool partner) const {
      return partner && !vendor_paper ? net(list) : list;
    }
  };

  // Money and credit of a deal won: invoice, bookings, commission of the seller and the managers.
  void win(Reps::Id rep, Products::Id product, std::int64_t list, const Products& products,
           Reps& reps, Managers& managers, Books& books, sim::Key deal, sim::Date day, int week,
           double price_level, const PartnerSeller& seller) const {
    win(rep, product, list, products, reps, managers, books, deal, day, week, price_level, seller,
        Terms{kept_by(reps, rep)});
  }
  void win(Reps::Id rep, Products::Id product, std::int64_t list, const Products& products,
           Reps& reps, Managers& managers, Books& books, sim::Key deal, sim::Date day, int week,
           double price_level, const PartnerSeller& seller, const Terms& terms) const {
    const bool partner = reps.role[rep] == Role::partner_seller;
    const std::int64_t margin = partner ? list - terms.net(list) : 0;
    const std::int64_t net = terms.vendor_gets(list, partner);
    const std::int32_t term = products.term_weeks[product];
    const std::int64_t goods = goods_of(list, products.unit_cost[product], price_level);
    books.invoice(list, net, goods, partner && !terms.vendor_paper, paid_weeks(term, 0), week);
    if (terms.vendor_paper) books.pay_partner(first_year(margin, term));
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
                      margin + terms.claim,
                      list,
                      term,
                      reps.plan_credit[rep] * seller.commission_share,
                      reps.plan_credit[rep] * seller.quota_share};
      books.credit_only(reps, rep, books.sellers, sale, margin + terms.claim);
      reps.week_credit[rep] += margin + terms.claim;
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
    log.number[entry] = needs.number[need];
    log.born_day[entry] = needs.born_day[need];
    log.last_week[entry] = opportunities.worked_week[row];
    log.minutes[entry] = minutes_of(opportunities.hours[row]);
    log.source[entry] = source_of(opportunities.source[row]);
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
