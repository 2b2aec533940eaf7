// SPDX-License-Identifier: Apache-2.0
#pragma once
// The cells of a deal log's row by the name of their column, read as what they must be; what is
// wrong becomes a problem with line and column.

#include <array>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "models/compensation/csv.h"
#include "models/compensation/plan.h"
#include "sim/diagnostic.h"

namespace compensation {

inline constexpr std::array<std::string_view, 26> columns{
    "deal_id",      "date",       "payee",       "amount",         "invoice_date", "cash_date",
    "type",         "split",      "role",        "product",        "kind",         "channel",
    "registration", "first_year", "tcv",         "margin",         "list",         "discount",
    "units",        "start_date", "term_months", "commissionable", "quota_credit", "registered",
    "touched",      "hours"};

class DealCells {
 public:
  DealCells(std::string_view text, std::string_view name, const Plan& plan);

 protected:
  enum Column : std::size_t {
    deal_id,
    date,
    payee,
    amount,
    invoice_date,
    cash_date,
    type,
    split,
    role,
    product,
    kind,
    channel,
    registration,
    first_year,
    tcv,
    margin,
    list,
    discount,
    units,
    start_date,
    term_months,
    commissionable,
    quota_credit,
    registered,
    touched,
    hours
  };
  static constexpr std::size_t most_problems = 100;
  static Column basis_column(Basis basis);

  bool read_header();  // false after adding problems
  std::string_view text(std::size_t column) const;
  std::optional<sim::Date> date_of(std::size_t column, std::string_view rule);    // empty: nullopt
  std::int64_t amount_of(std::size_t column, int digits, std::string_view rule);  // empty: 0
  bool yes(std::size_t column);                                                   // empty: yes

  void fail(std::size_t column, std::string message, std::string help = "");
  void fail_row(std::string message, std::string help = "");
  void fail_at(std::uint32_t line, std::uint32_t column, std::string key, std::string message,
               std::string help);

  std::shared_ptr<const sim::Source> source_;
  CsvReader csv_;
  const Plan& plan_;
  std::vector<Cell> cells_;
  std::vector<sim::Problem> problems_;

 private:
  static constexpr std::size_t none = SIZE_MAX;
  void need(std::size_t column, std::string_view why);
  void need_bases();

  std::array<std::size_t, columns.size()> where_{};
  std::optional<sim::Date> first_date_;
};

}  // namespace compensation
