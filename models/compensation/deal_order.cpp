// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <tuple>

#include "models/compensation/deal_log.h"

namespace compensation {

void put_in_order(DealLog& log, EventDate event) {
  const auto order_of = [](std::size_t n, auto less) {
    std::vector<std::uint32_t> order(n), rank(n);
    for (std::uint32_t i = 0; i < n; ++i) order[i] = i;
    std::ranges::sort(order, less);
    for (std::uint32_t i = 0; i < n; ++i) rank[order[i]] = i;
    return std::pair{order, rank};
  };
  const auto when = [&](const Deal& deal) {
    return log.crediting_date(deal, event).value_or(sim::Date{INT32_MAX});
  };
  std::vector<sim::Date> dates;
  for (const Deal& deal : log.deals) dates.push_back(when(deal));
  const auto [deal_order,
              deal_rank] = order_of(log.deals.size(), [&](std::uint32_t a, std::uint32_t b) {
    const Deal &x = log.deals[a], &y = log.deals[b];
    if (dates[a] != dates[b]) return dates[a] < dates[b];
    const int order = x.id.compare(y.id);
    return order != 0 ? order < 0 : std::tie(x.is_note, x.booked) < std::tie(y.is_note, y.booked);
  });
  const auto [name_order, name_rank] =
      order_of(log.payees.size(),
               [&](std::uint32_t a, std::uint32_t b) { return log.payees[a] < log.payees[b]; });
  std::vector<Deal> deals;
  for (const std::uint32_t i : deal_order) deals.push_back(std::move(log.deals[i]));
  log.deals = std::move(deals);
  std::vector<std::string> names;
  for (const std::uint32_t i : name_order) names.push_back(std::move(log.payees[i]));
  log.payees = std::move(names);
  for (Part& part : log.parts) {
    part.deal = deal_rank[part.deal];
    part.payee = name_rank[part.payee];
  }
  for (ContractEvent& ended : log.events) ended.deal = deal_rank[ended.deal];
  for (Claim& claim : log.claims) {
    claim.deal = deal_rank[claim.deal];
    claim.payee = name_rank[claim.payee];
  }
  for (FundClaim& claim : log.fund_claims) claim.payee = name_rank[claim.payee];
  std::ranges::sort(log.parts, [](const Part& a, const Part& b) {
    return std::tie(a.deal, a.payee, a.role) < std::tie(b.deal, b.payee, b.role);
  });
  std::ranges::sort(log.events, [](const ContractEvent& a, const ContractEvent& b) {
    return std::tie(a.day, a.deal, a.type, a.lost) < std::tie(b.day, b.deal, b.type, b.lost);
  });
  std::ranges::sort(log.claims, [](const Claim& a, const Claim& b) {
    return std::tie(a.deal, a.payee, a.registered, a.touched, a.hours) <
           std::tie(b.deal, b.payee, b.registered, b.touched, b.hours);
  });
  std::ranges::sort(log.fund_claims, [](const FundClaim& a, const FundClaim& b) {
    return std::tie(a.day, a.payee, a.activity, a.spent) <
           std::tie(b.day, b.payee, b.activity, b.spent);
  });
}

}  // namespace compensation
