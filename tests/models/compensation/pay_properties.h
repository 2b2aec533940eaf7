// SPDX-License-Identifier: Apache-2.0
#pragma once
// How a property is tried on random cases. Each case has a seed of its own; one that fails is made
// smaller, and told with its plan and its log.
//
//   PARDNER_PAY_CASES=100000   cases of all properties together (default 2,000)
//   PARDNER_PAY_SEED=1         another run of luck (default 20261122)

#include <gtest/gtest.h>

#include <chrono>
#include <cstdlib>
#include <iostream>
#include <map>

#include "models/compensation/pay_log.h"
#include "models/compensation/read_plan.h"
#include "tests/models/compensation/random_plans.h"

namespace pay_properties {

using compensation::Payroll;
using random_plans::Case;
using random_plans::Luck;
using random_plans::Row;
using random_plans::Wish;

inline constexpr int properties = 36;  // that share the cases

inline std::int64_t number_from(const char* variable, std::int64_t otherwise) {
  const char* text = std::getenv(variable);
  return text ? std::atoll(text) : otherwise;
}

// --- paying a case ------------------------------------------------------------------------------

struct Paid {
  std::shared_ptr<const compensation::Plan> plan;
  compensation::DealLog log;
  compensation::Statement statement;
  Payroll& payroll() const { return *statement.payroll; }
};

inline std::shared_ptr<const compensation::Plan> plan_of(const Case& c) {
  return std::make_shared<const compensation::Plan>(compensation::read_plan(c.plan(), "plan.toml"));
}

inline Paid pay(const Case& c, Payroll::Trace trace = Payroll::Trace::yes) {
  Paid paid{plan_of(c), {}, {}};
  paid.log = compensation::read_deals(c.log(), "deals.csv", *paid.plan);
  paid.statement = compensation::pay(paid.plan, paid.log, trace);
  return paid;
}

// A row of the case; it stays the same one as others are left out.
template <class C>
auto& chosen(C& c) {
  return *std::ranges::min_element(c.rows, {}, [&](const Row& row) {
    std::uint64_t mixed = c.salt;
    for (const char letter : row.id + row.payee + row.type)
      mixed = (mixed ^ static_cast<unsigned char>(letter)) * 0x9e3779b97f4a7c15u;
    return mixed ^ (mixed >> 29);
  });
}

// A row of nothing, years later, lets all periods end.
inline Case ended(Case c) {
  Row last;
  last.id = "last";
  last.payee = "Cy";
  last.product = "A";
  last.day = sim::Date::from_civil(2029, 12, 30);
  c.rows.push_back(last);
  return c;
}

// "Ann c0 24324" -> cents.
using Amounts = std::map<std::string, std::int64_t>;

inline std::string key_of(const Payroll& payroll, const compensation::Line& line) {
  return fmt::format("{} {} {}", payroll.payee(line.payee), payroll.component_name(line.component),
                     line.period);
}

inline Amounts lines_of(const Payroll& payroll) {
  Amounts amounts;
  for (const auto& line : payroll.lines()) amounts[key_of(payroll, line)] += line.cents;
  std::erase_if(amounts, [](const auto& entry) { return entry.second == 0; });
  return amounts;
}

inline Amounts payables_of(const Payroll& payroll) {
  Amounts amounts;
  for (const auto& payout : payroll.payouts())
    amounts[fmt::format("{} {}", payroll.payee(payout.payee), payout.period)] += payout.payable;
  std::erase_if(amounts, [](const auto& entry) { return entry.second == 0; });
  return amounts;
}

// All that a payee earns, component by component.
inline Amounts totals_of(const Payroll& payroll) {
  Amounts amounts;
  for (const auto& line : payroll.lines())
    amounts[payroll.payee(line.payee) + " " + payroll.component_name(line.component)] += line.cents;
  std::erase_if(amounts, [](const auto& entry) { return entry.second == 0; });
  return amounts;
}

inline std::string text_of(const Amounts& amounts) {
  std::string text;
  for (const auto& [key, cents] : amounts) text += fmt::format("  {}: {}\n", key, cents);
  return text;
}

// "" if they are equal.
inline std::string differ(const Amounts& a, const Amounts& b) {
  return a == b ? "" : "one\n" + text_of(a) + "other\n" + text_of(b);
}

// --- trying -------------------------------------------------------------------------------------

template <class Property>
std::string outcome(Property property, const Case& c) {
  try {
    const std::string said = property(c);
    return said.empty() ? said : "! " + said;
  } catch (const sim::Error& error) {
    return std::string("error: ") + error.what();
  }
}

// A row less; what is left of a split is not split.
inline Case without_row(Case c, std::size_t i) {
  const std::string id = c.rows[i].id;
  c.rows.erase(c.rows.begin() + static_cast<std::ptrdiff_t>(i));
  for (Row& row : c.rows)
    if (row.id == id) row.split.clear();
  return c;
}

inline Case without_table(Case c, std::size_t i) {
  c.tables.erase(c.tables.begin() + static_cast<std::ptrdiff_t>(i));
  return c;
}

// Leaves out tables and rows as long as the property fails in the same manner.
template <class Property>
Case smaller(Property property, Case c) {
  const auto manner = [](const std::string& said) {
    return said.starts_with("error") ? said.substr(0, said.find('\n')) : said.substr(0, 1);
  };
  const std::string first = manner(outcome(property, c));
  const auto fails = [&](const Case& less) {
    const std::string said = outcome(property, less);
    return !said.empty() && manner(said) == first;
  };
  const auto better = [&](Case less) {
    if (!fails(less)) return false;
    c = std::move(less);
    return true;
  };
  for (bool again = true; again;) {
    again = false;
    for (std::size_t i = c.rows.size(); i-- > 0;) {
      if (i >= c.rows.size()) continue;
      Case less = c;  // without a deal, or without a row
      std::erase_if(less.rows, [&](const Row& row) { return row.id == c.rows[i].id; });
      again = better(std::move(less)) || again;
      if (i < c.rows.size()) again = better(without_row(c, i)) || again;
    }
    for (std::size_t i = c.tables.size(); i-- > 1;) again = better(without_table(c, i)) || again;
  }
  return c;
}

// `make(luck)` makes a case; `property(case)` says what is wrong with it, or "".
template <class Make, class Property>
void check(std::string_view name, Make make, Property property) {
  const auto start = std::chrono::steady_clock::now();
  const auto seed = static_cast<std::uint64_t>(number_from("PARDNER_PAY_SEED", 20261122));
  const std::int64_t count = number_from("PARDNER_PAY_CASES", 2000) / properties;
  for (std::int64_t i = 0; i < count; ++i) {
    Luck luck(seed * 1'000'003 + static_cast<std::uint64_t>(i));
    const Case c = make(luck);
    if (outcome(property, c).empty()) continue;
    const Case small = smaller(property, c);
    ADD_FAILURE() << name << ", seed " << seed << ", case " << i << ": " << outcome(property, small)
                  << "\n--- plan\n"
                  << small.plan() << "--- log\n"
                  << small.log();
    return;
  }
  const std::chrono::duration<double> seconds = std::chrono::steady_clock::now() - start;
  std::cout << fmt::format("{}: {} cases, seed {}, {:.2f} s\n", name, count, seed, seconds.count());
}

template <class Property>
void check(std::string_view name, const Wish& wish, Property property) {
  check(
      name, [&](Luck& luck) { return random_plans::random_case(luck, wish); }, property);
}

}  // namespace pay_properties
