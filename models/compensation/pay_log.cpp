// SPDX-License-Identifier: Apache-2.0
#include "models/compensation/pay_log.h"

#include <algorithm>
#include <set>
#include <unordered_map>

#include "models/compensation/claims.h"

namespace compensation {
namespace {

CreditKind kind_of(const Deal& deal, const std::string& role) {
  return {deal.product, deal.kind, deal.channel, deal.registration, role};
}

class Crediting {
 public:
  Crediting(const Plan& plan, const DealLog& log, Payroll& payroll)
      : plan_(plan), log_(log), payroll_(payroll) {
    for (const std::string& name : log.payees) numbers_.push_back(payroll.add_payee(name));
    for (std::uint32_t i = 0; i < log.deals.size(); ++i)
      if (!log.deals[i].is_note) originals_.emplace(log.deals[i].id, i);
    for (const auto& [name, payee] : plan.versions.back().payees)
      if (!payee.manages.empty()) managers_.push_back({payroll.add_payee(name), &payee});
  }

  std::vector<Credit> run() {
    const auto& parts = log_.parts;  // in order of deals
    for (std::size_t begin = 0; begin < parts.size();) {
      std::size_t end = begin;
      while (end < parts.size() && parts[end].deal == parts[begin].deal) ++end;
      const auto day = log_.crediting_date(log_.deals[parts[begin].deal], plan_.crediting_event);
      if (day) credit_deal(std::span(parts).subspan(begin, end - begin), *day);
      begin = end;
    }
    // Stable: a deal and its credit note of the same day are told apart by nothing else.
    std::ranges::stable_sort(credits_, [](const Credit& a, const Credit& b) {
      return std::tie(a.day, a.deal, a.payee, a.rolled_up, a.kind) <
             std::tie(b.day, b.deal, b.payee, b.rolled_up, b.kind);
    });
    return std::move(credits_);
  }

 private:
  struct Manager {
    std::uint32_t number;
    const Payee* about;
  };

  Credit start(const Deal& deal, std::uint32_t number, sim::Date day) const {
    Credit credit;
    credit.day = day;
    credit.deal = original(number);
    credit.size = deal.value[0];
    credit.whole = &deal.value;
    return credit;
  }

  // A credit note of the same id belongs to its deal: a clawback takes back what is left of it.
  std::uint32_t original(std::uint32_t number) const {
    if (!log_.deals[number].is_note) return number;
    const auto at = originals_.find(log_.deals[number].id);
    return at == originals_.end() ? number : at->second;
  }

  // R14: the sellers' credits sum to the deal; other roles are credited on top.
  void credit_deal(std::span<const Part> parts, sim::Date day) {
    const Deal& deal = log_.deals[parts[0].deal];
    std::vector<std::int64_t> weights;
    std::int64_t sum = 0;
    for (const Part& part : parts)
      if (part.role == "seller") {
        weights.push_back(part.split.billionths);
        sum += part.split.billionths;
      }
    std::array<std::vector<std::int64_t>, 7> shares;
    if (sum == billion)
      for (std::size_t b = 0; b < shares.size(); ++b)
        shares[b] = largest_remainder(deal.value[b], weights);
    std::size_t seller = 0;
    for (const Part& part : parts) {
      Credit credit = start(deal, part.deal, day);
      credit.payee = numbers_[part.payee];
      credit.kind = payroll_.add_kind(kind_of(deal, part.role));
      credit.split = part.split;
      credit.commissionable = part.commissionable;
      credit.quota_credit = part.quota_credit;
      const bool exact = sum == billion && part.role == "seller";
      for (std::size_t b = 0; b < credit.value.size(); ++b)
        credit.value[b] = exact ? shares[b][seller] : share_of(deal.value[b], part.split);
      seller += part.role == "seller";
      credits_.push_back(credit);
    }
    for (const Manager& manager : managers_) roll_up(manager, parts, deal, day);
  }

  // An order counts once for a manager, at most in full, however many of their people share it.
  void roll_up(const Manager& manager, std::span<const Part> parts, const Deal& deal,
               sim::Date day) {
    std::int64_t sellers = 0, others = 0;
    bool pays = false, counts = false;
    for (const Part& part : parts) {
      const std::string& name = log_.payees[part.payee];
      if (std::ranges::find(manager.about->manages, name) == manager.about->manages.end()) continue;
      (part.role == "seller" ? sellers : others) += part.split.billionths;
      pays = pays || part.commissionable;
      counts = counts || part.quota_credit;
    }
    const std::int64_t share = std::min(billion, sellers > 0 ? sellers : others);
    if (share == 0) return;
    Credit credit = start(deal, parts[0].deal, day);
    credit.payee = manager.number;
    credit.kind = payroll_.add_kind(kind_of(deal, "seller"));
    credit.split = {share};
    credit.commissionable = pays;
    credit.quota_credit = counts;
    credit.rolled_up = true;
    for (std::size_t b = 0; b < credit.value.size(); ++b)
      credit.value[b] = share_of(deal.value[b], credit.split);
    credits_.push_back(credit);
  }

  const Plan& plan_;
  const DealLog& log_;
  Payroll& payroll_;
  std::vector<std::uint32_t> numbers_;
  std::vector<Manager> managers_;
  std::unordered_map<std::string_view, std::uint32_t> originals_;
  std::vector<Credit> credits_;
};

// Everything but credits, as (day, action); credits of a day come first.
class Events {
 public:
  Events(const Plan& plan, const DealLog& log, Payroll& payroll)
      : plan_(plan), log_(log), payroll_(payroll) {}

  struct Due {
    sim::Date day;
    int order;
    std::size_t index;
    friend auto operator<=>(const Due&, const Due&) = default;
  };

  std::vector<Due> all() {
    std::vector<Due> due;
    group_claims();
    for (std::size_t i = 0; i < deals_with_claims_.size(); ++i) {
      const Deal& deal = log_.deals[log_.claims[deals_with_claims_[i].first].deal];
      if (const auto day = log_.crediting_date(deal, plan_.crediting_event))
        due.push_back({*day, 0, i});
    }
    for (std::size_t i = 0; i < log_.fund_claims.size(); ++i)
      due.push_back({log_.fund_claims[i].day, 1, i});
    for (std::size_t i = 0; i < log_.events.size(); ++i) due.push_back({log_.events[i].day, 2, i});
    std::ranges::sort(due);
    return due;
  }

  void perform(const Due& due) {
    if (due.order == 0) return pay_deal(deals_with_claims_[due.index], due.day);
    if (due.order == 1) {
      const FundClaim& claim = log_.fund_claims[due.index];
      payroll_.claim_fund(payroll_.add_payee(log_.payees[claim.payee]), claim.day, claim.activity,
                          claim.spent);
      return;
    }
    payroll_.post(trigger_of(log_.events[due.index]));
  }

 private:
  struct Range {
    std::size_t first, end;
  };

  void group_claims() {
    for (std::size_t i = 0; i < log_.claims.size();) {
      std::size_t end = i;
      while (end < log_.claims.size() && log_.claims[end].deal == log_.claims[i].deal) ++end;
      deals_with_claims_.push_back({i, end});
      i = end;
    }
  }

  Trigger trigger_of(const ContractEvent& event) const {
    const Deal& deal = log_.deals[event.deal];
    Trigger trigger;
    trigger.day = event.day;
    trigger.deal = event.deal;
    trigger.kind = event.type == RowType::churn         ? "churn"
                   : event.type == RowType::non_payment ? "non_payment"
                                                        : "downgrade";
    trigger.contract_start =
        deal.start.value_or(log_.crediting_date(deal, plan_.crediting_event).value_or(deal.booked));
    trigger.term_months = deal.term_months;
    if (event.type == RowType::downgrade && deal.value[0] > 0)
      trigger.lost = {std::min(billion, round_div(Int128{event.lost} * billion, deal.value[0]))};
    return trigger;
  }

  void pay_deal(Range range, sim::Date day) {
    const Version& version = plan_.at(day);
    const std::uint32_t number = log_.claims[range.first].deal;
    const Deal& deal = log_.deals[number];
    std::vector<ClaimOnDeal> claims;
    for (std::size_t i = range.first; i < range.end; ++i)
      claims.push_back({log_.claims[i].registered, log_.claims[i].touched, log_.claims[i].hours,
                        log_.claims[i].channel == "marketplace"});
    for (std::size_t c = 0; c < version.components.size(); ++c) {
      const Component& about = version.components[c];
      if (about.type != Type::claims ||
          !payroll_.lets_through(day, c, kind_of(deal, "seller"), deal.value[0]))
        continue;
      const std::int64_t basis = deal.value[static_cast<std::size_t>(about.basis)];
      const auto cents = pay_claims(about.claims, claims, basis, day);
      for (std::size_t i = 0; i < cents.size(); ++i)
        payroll_.award(payroll_.add_payee(log_.payees[log_.claims[range.first + i].payee]),
                       static_cast<std::int32_t>(c), number, basis, cents[i]);
    }
  }

  const Plan& plan_;
  const DealLog& log_;
  Payroll& payroll_;
  std::vector<Range> deals_with_claims_;
};

// First and last day on which something may have to be paid.
std::pair<sim::Date, sim::Date> horizon(const Plan& plan, const std::vector<Credit>& credits,
                                        const std::vector<Events::Due>& events) {
  sim::Date first{INT32_MAX}, last{INT32_MIN};
  const auto see = [&](sim::Date day) {
    first = std::min(first, day);
    last = std::max(last, day);
  };
  for (const Credit& credit : credits) see(credit.day);
  for (const Events::Due& event : events) see(event.day);
  if (last < first) return {first, last};
  // Prizes and draws fall due without a deal, if not years from any.
  constexpr std::int32_t far = 3660;
  const sim::Date begin = first, end = last;
  const auto later = [&](sim::Date day) {
    if (day > end && day - end < far) see(day);
  };
  for (const Version& version : plan.versions) {
    for (const Component& component : version.components)
      if (component.type == Type::contest && component.contest.from <= end)
        later(component.contest.to);
    if (!version.draw) continue;
    if (version.draw->to) later(*version.draw->to);
    const auto& from = version.draw->from;
    if (from && *from < begin && begin - *from < far) see(*from);
  }
  return {first, last};
}

}  // namespace

std::vector<Credit> credits_of(const Plan& plan, const DealLog& log, Payroll& payroll) {
  return Crediting(plan, log, payroll).run();
}

Statement pay(std::shared_ptr<const Plan> plan, const DealLog& log, Payroll::Trace trace) {
  Statement statement;
  statement.payroll = std::make_unique<Payroll>(plan, trace);
  Payroll& payroll = *statement.payroll;
  std::set<std::string> names(log.payees.begin(), log.payees.end());
  for (const Version& version : plan->versions)
    for (const auto& [name, payee] : version.payees) names.insert(name);
  for (const std::string& name : names) payroll.add_payee(name);
  const std::vector<Credit> credits = credits_of(*plan, log, payroll);
  Events events(*plan, log, payroll);
  const auto due = events.all();
  const auto [first, last] = horizon(*plan, credits, due);
  if (last < first) return statement;
  for (const Deal& deal : log.deals)
    if (log.crediting_date(deal, plan->crediting_event))
      statement.credited = add(statement.credited, deal.value[0]);
  statement.first_period = plan->periods.index(plan->paid, first);
  statement.last_period = plan->periods.index(plan->paid, last);
  std::size_t credit = 0, event = 0;
  for (std::int32_t p = statement.first_period; p <= statement.last_period; ++p) {
    const sim::Date end = plan->periods.last_day(plan->paid, p);
    while (true) {
      const bool posts = credit < credits.size() && credits[credit].day <= end;
      const bool happens = event < due.size() && due[event].day <= end;
      if (posts && (!happens || credits[credit].day <= due[event].day))
        payroll.post(credits[credit++]);
      else if (happens)
        events.perform(due[event++]);
      else
        break;
    }
    payroll.settle(p);
  }
  return statement;
}

}  // namespace compensation
