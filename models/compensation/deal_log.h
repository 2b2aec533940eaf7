// SPDX-License-Identifier: Apache-2.0
#pragma once
// A deal log, read from CSV and checked against a plan (docs/plans.md, "Deal logs"). Nothing is
// paid from a log that has an error.

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "models/compensation/credit.h"
#include "models/compensation/plan.h"

namespace compensation {

enum class RowType : std::uint8_t {
  deal,
  credit_note,
  churn,
  non_payment,
  downgrade,
  claim,
  mdf_claim
};

struct Deal {
  std::string id;
  bool is_note = false;
  sim::Date booked;
  std::optional<sim::Date> invoiced, collected;
  std::string product, kind, channel, registration;
  std::array<std::int64_t, 7> value{};  // by Basis, of the whole deal
  std::optional<sim::Date> start;
  std::int32_t term_months = 12;
  std::size_t line = 0;
};

struct Part {  // a payee's part in a deal
  std::uint32_t deal = 0, payee = 0;
  std::string role;
  Share split = Share::whole(1);
  bool commissionable = true, quota_credit = true;
  std::size_t line = 0;
};

struct ContractEvent {
  RowType type = RowType::churn;
  std::uint32_t deal = 0;
  sim::Date day;
  std::int64_t lost = 0;
};

struct Claim {
  std::uint32_t deal = 0, payee = 0;
  std::string channel;
  std::optional<sim::Date> registered, touched;
  std::int64_t hours = 0;  // hundredths
  std::size_t line = 0;
};

struct FundClaim {
  std::uint32_t payee = 0;
  sim::Date day, activity;
  std::int64_t spent = 0;
};

struct DealLog {
  std::vector<std::string> payees;  // in order of name
  std::vector<Deal> deals;          // in order of (crediting date, id); those never credited last
  std::vector<Part> parts;
  std::vector<ContractEvent> events;
  std::vector<Claim> claims;
  std::vector<FundClaim> fund_claims;
  std::size_t rows = 0;

  // nullopt: not yet credited.
  std::optional<sim::Date> crediting_date(const Deal& deal, EventDate event) const {
    if (event == EventDate::invoice) return deal.invoiced;
    if (event == EventDate::cash) return deal.collected;
    return deal.booked;
  }
};

// Canonical order, and payees by name: the order of the file does not matter (R27).
void put_in_order(DealLog& log, EventDate event);

// Throws sim::ScenarioError with all problems found (at most 100), each with line, column and the
// rule it breaks.
DealLog read_deals(std::string_view text, std::string_view display_name, const Plan& plan);

}  // namespace compensation
