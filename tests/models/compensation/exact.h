// SPDX-License-Identifier: Apache-2.0
#pragma once
// For tests of exact targets of pay (P-EX).

#include "sim/math.h"
#include "tests/models/compensation/pay_properties.h"
#include "tests/support/mean.h"

namespace exact {

using namespace pay_properties;

using support::all_luck;
using support::expect_exact;
using support::luck_stream;
using support::Mean;

inline std::shared_ptr<const compensation::Plan> plan_with(const std::string& tables,
                                                           std::string_view paid = "quarter") {
  return std::make_shared<const compensation::Plan>(compensation::read_plan(
      fmt::format("format = 1\nname = \"exact\"\ncurrency = \"USD\"\npaid = \"{}\"\n"
                  "crediting_event = \"booking\"\nsplits = \"sum_to_100\"\n{}",
                  paid, tables),
      "plan.toml"));
}

inline compensation::Credit credit_of(std::uint32_t payee, std::uint32_t kind, std::int64_t cents,
                                      sim::Date day) {
  compensation::Credit credit;
  credit.day = day;
  credit.payee = payee;
  credit.kind = kind;
  credit.size = cents;
  credit.value.fill(cents);
  return credit;
}

}  // namespace exact
