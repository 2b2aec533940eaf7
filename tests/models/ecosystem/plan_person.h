// SPDX-License-Identifier: Apache-2.0
#pragma once
// Somebody who is paid by terms as a scenario gives them.

#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "models/ecosystem/role_payroll.h"
#include "tests/models/plan.h"

namespace plan_person {

using namespace ecosystem;

inline const sim::Date first_day = sim::Date::from_civil(2026, 2, 2);
inline constexpr std::int64_t quota = 22'500'000;

inline std::shared_ptr<const sim::Calendar> calendar() {
  return std::make_shared<const sim::Calendar>(sim::Calendar::Kind::fiscal, first_day);
}

inline PlanTerms kinked() {
  PlanTerms terms;
  terms.quota = quota;
  terms.base_rate = .10;
  terms.accelerator = 1.5;
  return terms;
}

// One person under terms; sales by week.
struct Person {
  RolePayroll payroll;
  std::uint32_t who;
  std::uint64_t deals = 0;
  explicit Person(const PlanTerms& terms, std::vector<std::string> products = {"product"})
      : payroll(terms, calendar(), std::move(products)), who(payroll.join(sim::named("rep"), 0)) {}
  std::int64_t sell(int week, std::int64_t amount, std::uint32_t product = 0) {
    const sim::Date day = first_day + 7 * week;
    const sim::Key deal = sim::child(sim::named("deal"), sim::named("rep"), deals++);
    return payroll.credit(who, {deal, day, product, amount, amount / 2, amount});
  }
};

// What somebody says who refuses; "" if nobody does.
inline std::string said(const std::function<void()>& act) {
  try {
    act();
  } catch (const std::exception& error) {
    return error.what();
  }
  return "";
}

}  // namespace plan_person
