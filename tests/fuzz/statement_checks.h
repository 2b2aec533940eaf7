// SPDX-License-Identifier: Apache-2.0
#pragma once
// What holds of every statement, whatever the plan and the log: sums balance to the cent (R28).
// What does not hold is said and aborts.

#include <fmt/format.h>

#include <cstdio>
#include <cstdlib>
#include <limits>
#include <map>
#include <memory>
#include <tuple>
#include <utility>

#include "models/compensation/pay_log.h"

namespace fuzz {

using compensation::Int128;
using compensation::Payroll;

inline void require(bool holds, const char* what) {
  if (holds) return;
  fmt::print(stderr, "{}\n", what);
  std::abort();
}

class StatementChecks {
 public:
  StatementChecks(const compensation::Plan& plan, const Payroll& payroll)
      : plan_(plan), payroll_(payroll), components_(plan.first().components.size()) {}

  void run() const {
    entries_sum_to_lines();
    lines_sum_to_payouts();
    payouts_balance();
    for (std::size_t i = 0; i < components_; ++i)
      if (plan_.first().components[i].type == compensation::Type::spif) spif_in_its_limits(i);
  }

 private:
  using Key = std::tuple<std::uint32_t, std::int32_t, std::int32_t>;

  const compensation::Version& version(std::int32_t period) const {
    return plan_.at(plan_.periods.last_day(plan_.paid, period));
  }

  void entries_sum_to_lines() const {
    std::map<Key, Int128> rest;
    for (const auto& line : payroll_.lines())
      rest[{line.payee, line.component, line.period}] += line.cents;
    for (const auto& entry : payroll_.entries())
      rest[{entry.payee, entry.component, entry.period}] -= entry.cents;
    for (const auto& [key, cents] : rest) require(cents == 0, "entries do not sum to their line");
  }

  void lines_sum_to_payouts() const {
    std::map<std::pair<std::uint32_t, std::int32_t>, std::pair<Int128, Int128>> sums;
    for (const auto& line : payroll_.lines()) {
      const bool claws = static_cast<std::size_t>(line.component) >= components_ &&
                         payroll_.component_name(line.component) == "clawback";
      auto& [earned, clawed] = sums[{line.payee, line.period}];
      (claws ? clawed : earned) += line.cents;
    }
    for (const auto& payout : payroll_.payouts()) {
      const auto [earned, clawed] = sums[{payout.payee, payout.period}];
      require(payout.earned == earned, "lines do not sum to what was earned");
      require(payout.clawback == clawed, "lines do not sum to the clawback");
      sums.erase({payout.payee, payout.period});
    }
    require(sums.empty(), "a line without a payout");
  }

  // R16: sum paid = sum earned + closing balance, with what is owed and forgiven on its side.
  void payouts_balance() const {
    std::map<std::uint32_t, compensation::Payout> before;
    for (const auto& now : payroll_.payouts()) {
      const compensation::Payout last = before[now.payee];
      const Int128 net = Int128{now.earned} + now.clawback - last.debt + now.debt;
      require(now.payable == net + now.draw_advance - now.draw_recovery, "pay does not balance");
      const auto& draw = version(now.period).draw;
      const std::int64_t advance = draw && draw->recoverable ? now.draw_advance : 0;
      require(now.draw_balance ==
                  Int128{last.draw_balance} + advance - now.draw_recovery - now.forgiven,
              "the draw does not balance");
      require(now.payable >= 0 && now.debt >= 0 && now.draw_balance >= 0 && now.draw_advance >= 0 &&
                  now.draw_recovery >= 0 && now.forgiven >= 0,
              "a negative payout or balance");
      require(now.debt == 0 || net == 0, "paid in spite of a debt");
      before[now.payee] = now;
    }
  }

  // R22. A change may set another limit: the largest holds for the whole.
  void spif_in_its_limits(std::size_t component) const {
    constexpr auto none = std::numeric_limits<std::int64_t>::max();
    std::int64_t pool = 0, person = 0;
    for (const auto& version : plan_.versions) {
      pool = std::max(pool, version.components[component].spif.pool.value_or(none));
      person = std::max(person, version.components[component].spif.per_person.value_or(none));
    }
    Int128 all = 0;
    std::map<std::uint32_t, Int128> each;
    for (const auto& line : payroll_.lines()) {
      if (static_cast<std::size_t>(line.component) != component) continue;
      require(line.cents > 0, "a SPIF takes");
      all += line.cents;
      each[line.payee] += line.cents;
    }
    require(all <= pool, "a pool is overspent");
    for (const auto& [payee, cents] : each) require(cents <= person, "a person's limit is passed");
  }

  const compensation::Plan& plan_;
  const Payroll& payroll_;
  std::size_t components_;
};

inline void require_same_pay(const Payroll& a, const Payroll& b, const char* what) {
  require(a.lines().size() == b.lines().size(), what);
  for (std::size_t i = 0; i < a.lines().size(); ++i) {
    const auto &x = a.lines()[i], &y = b.lines()[i];
    require(std::tie(x.payee, x.component, x.period, x.cents) ==
                std::tie(y.payee, y.component, y.period, y.cents),
            what);
  }
  require(a.payouts().size() == b.payouts().size(), what);
  for (std::size_t i = 0; i < a.payouts().size(); ++i)
    require(a.payouts()[i].payable == b.payouts()[i].payable, what);
}

// Many questions at once have the answers of one by one.
inline void ask(Payroll& payroll, sim::Date day) {
  constexpr std::int64_t values[] = {-5000, 0, 1, 1'234'567, 100'000'000};
  const std::uint32_t kind = payroll.add_kind({});
  for (std::uint32_t payee = 0; payee < payroll.payees(); ++payee) {
    std::int64_t together[std::size(values)];
    payroll.marginal(payee, kind, values, day, together);
    for (std::size_t i = 0; i < std::size(values); ++i)
      require(payroll.marginal(payee, kind, values[i], day) == together[i],
              "questions together have another answer");
  }
}

// Pays and checks; the statement with traces.
inline compensation::Statement pay_and_check(std::shared_ptr<const compensation::Plan> plan,
                                             const compensation::DealLog& log) {
  compensation::Statement traced = compensation::pay(plan, log, Payroll::Trace::yes);
  StatementChecks(*plan, *traced.payroll).run();
  compensation::Statement plain = compensation::pay(plan, log, Payroll::Trace::no);
  require_same_pay(*traced.payroll, *plain.payroll, "traces change what is paid");
  if (plain.first_period <= plain.last_period)
    ask(*plain.payroll, plan->periods.last_day(plan->paid, plain.last_period));
  return traced;
}

}  // namespace fuzz
