// SPDX-License-Identifier: Apache-2.0
#include "models/compensation/deal_cells.h"

#include <fmt/format.h>

#include <algorithm>

namespace compensation {
namespace {
constexpr std::int32_t most_days = 50 * 366;  // a year typed wrong would be thousands of paydays
}  // namespace

DealCells::DealCells(std::string_view text, std::string_view name, const Plan& plan)
    : source_(
          std::make_shared<const sim::Source>(sim::Source{std::string(name), std::string(text)})),
      csv_(source_->text),
      plan_(plan) {
  where_.fill(none);
}

std::string_view DealCells::text(std::size_t column) const {
  const std::size_t at = where_[column];
  return at == none || at >= cells_.size() ? std::string_view{} : cells_[at].text;
}
void DealCells::fail_at(std::uint32_t line, std::uint32_t column, std::string key,
                        std::string message, std::string help) {
  if (problems_.size() < most_problems)
    problems_.push_back(
        {{source_, line, column, 1}, std::move(key), std::move(message), std::move(help)});
}
void DealCells::fail(std::size_t column, std::string message, std::string help) {
  const std::size_t at = where_[column];
  const Cell* cell = at != none && at < cells_.size() ? &cells_[at] : nullptr;
  sim::Place place{
      source_, csv_.line(), cell ? cell->column : 1,
      cell ? static_cast<std::uint32_t>(std::max<std::size_t>(1, cell->text.size())) : 1};
  if (problems_.size() < most_problems)
    problems_.push_back({place, std::string(columns[column]), std::move(message), std::move(help)});
}
void DealCells::fail_row(std::string message, std::string help) {
  fail_at(std::max(1u, csv_.line()), 1, "", std::move(message), std::move(help));
}

std::optional<sim::Date> DealCells::date_of(std::size_t column, std::string_view rule) {
  const std::string_view word = text(column);
  if (word.empty()) return std::nullopt;
  try {
    const sim::Date day = sim::parse_date(word.substr(0, word.find_first_of("T ")));
    if (!first_date_) first_date_ = day;
    const std::int32_t apart = day - *first_date_;
    if (apart > most_days || apart < -most_days)
      fail(column,
           fmt::format("{}: {} is more than 50 years from {}", rule, word, first_date_->text()));
    return day;
  } catch (const sim::BadInput&) {
    fail(column, fmt::format("{}: '{}' is no date", rule, word), "dates look like 2027-03-31");
    return std::nullopt;
  }
}
std::int64_t DealCells::amount_of(std::size_t column, int digits, std::string_view rule) {
  const std::string_view word = text(column);
  if (word.empty()) return 0;
  const auto value =
      word.find_first_of("kMb") == word.npos ? read_amount(word, digits) : std::nullopt;
  if (!value)
    fail(column, fmt::format("{}: '{}' is no amount", rule, word),
         digits > 0 ? fmt::format("digits with at most {} decimals, like 1250.50", digits)
                    : "a whole number");
  return value.value_or(0);
}
bool DealCells::yes(std::size_t column) {
  const std::string_view word = text(column);
  if (!word.empty() && word != "yes" && word != "no")
    fail(column, fmt::format("R15: '{}' is neither yes nor no", word));
  return word != "no";
}

void DealCells::need(std::size_t column, std::string_view why) {
  if (where_[column] != none) return;
  std::vector<std::string> there;
  for (const Cell& cell : cells_) there.emplace_back(cell.text);
  const std::string near = sim::nearest(columns[column], there);
  fail_at(csv_.line(), 1, std::string(columns[column]),
          fmt::format("{}there is no column '{}'", why, columns[column]),
          near.empty() ? "docs/plans.md lists the columns" : fmt::format("is it '{}'?", near));
}

// The columns of what the plan pays by.
void DealCells::need_bases() {
  for (const Version& version : plan_.versions) {
    const auto basis = [&](Basis of) {
      if (of != Basis::amount && of != Basis::units)
        need(basis_column(of), "R15: the plan pays by it: ");
    };
    if (version.quota) basis(version.quota->basis);
    for (const Component& component : version.components) basis(component.basis);
    for (const SubQuota& quota : version.subquotas) basis(quota.basis);
  }
}

bool DealCells::read_header() {
  if (!csv_.next(cells_)) {
    fail_at(1, 1, "", "the log is empty", "its first line names the columns (docs/plans.md)");
    return false;
  }
  std::vector<std::string> known(columns.begin(), columns.end());
  for (std::size_t i = 0; i < cells_.size(); ++i) {
    const auto at = std::ranges::find(columns, cells_[i].text);
    if (at == columns.end()) continue;  // other columns of an export do no harm
    const auto column = static_cast<std::size_t>(at - columns.begin());
    if (where_[column] != none)
      fail_at(csv_.line(), cells_[i].column, "", fmt::format("column '{}' stands twice", *at), "");
    where_[column] = i;
  }
  for (const std::size_t column : {deal_id, date, payee, amount}) need(column, "");
  if (plan_.crediting_event == EventDate::invoice) need(invoice_date, "R3: ");
  if (plan_.crediting_event == EventDate::cash) need(cash_date, "R3: ");
  need_bases();
  return problems_.empty();
}

DealCells::Column DealCells::basis_column(Basis basis) {
  constexpr std::array<Column, 7> at{amount, first_year, tcv, margin, list, discount, units};
  return at[static_cast<std::size_t>(basis)];
}

}  // namespace compensation
