// SPDX-License-Identifier: Apache-2.0
#include "models/ecosystem/known_accounts.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <memory>
#include <optional>
#include <string>
#include <tuple>

#include "models/compensation/csv.h"
#include "sim/diagnostic.h"

namespace ecosystem {
namespace {

using compensation::Cell;

struct Row {
  std::uint32_t account, partner, line;
  bool customer;
};

// What a file is called stands in its first line, "# mapping.csv": the scenario holds the content.
std::pair<std::string, std::string_view> named_text(std::string_view text) {
  if (!text.starts_with("# ")) return {"known_accounts", text};
  const std::size_t end = text.find('\n');
  const std::size_t rest = end == text.npos ? text.size() : end + 1;
  return {std::string(text.substr(2, end == text.npos ? text.npos : end - 2)), text.substr(rest)};
}

class Reader {
 public:
  Reader(std::string name, std::string_view text, std::size_t accounts, std::size_t partners)
      : source_(
            std::make_shared<const sim::Source>(sim::Source{std::move(name), std::string(text)})),
        csv_(source_->text),
        count_{accounts, partners} {}

  std::vector<Row> run() {
    if (read_header())
      while (problems_.size() < most_problems && csv_.next(cells_)) read_row();
    if (csv_.open_quote()) fail(csv_.line(), nullptr, "", "a quote is never closed", "");
    check_twice();
    if (!problems_.empty()) throw sim::ScenarioError(std::move(problems_));
    return std::move(rows_);
  }

 private:
  enum Column : std::size_t { account, partner, status, columns };
  static constexpr std::array<std::string_view, columns> names{"account", "partner", "status"};
  static constexpr std::size_t most_problems = 20;

  void fail(std::uint32_t line, const Cell* cell, std::string_view key, std::string message,
            std::string help) {
    if (problems_.size() >= most_problems) return;
    const auto length =
        cell ? static_cast<std::uint32_t>(std::max<std::size_t>(1, cell->text.size())) : 1u;
    problems_.push_back({{source_, std::max(1u, line), cell ? cell->column : 1u, length},
                         std::string(key),
                         std::move(message),
                         std::move(help)});
  }

  bool read_header() {
    if (!csv_.next(cells_)) {
      fail(1, nullptr, "", "the file is empty", "its first line names account, partner, status");
      return false;
    }
    std::vector<std::string> there;
    for (const Cell& cell : cells_) there.emplace_back(cell.text);
    for (std::size_t c = 0; c < columns; ++c) {
      const auto at = std::ranges::find(there, names[c]);
      where_[c] = static_cast<std::size_t>(at - there.begin());
      if (at == there.end()) {
        const std::string near = sim::nearest(names[c], there);
        const auto meant = std::ranges::find(there, near);
        const Cell* cell =
            near.empty() ? nullptr : &cells_[static_cast<std::size_t>(meant - there.begin())];
        fail(csv_.line(), cell, names[c], fmt::format("there is no column '{}'", names[c]),
             near.empty() ? "the first line names account, partner, status"
                          : fmt::format("is it '{}'?", near));
      } else if (std::ranges::count(there, names[c]) > 1) {
        fail(csv_.line(), nullptr, names[c], fmt::format("column '{}' stands twice", names[c]), "");
      }
    }
    return problems_.empty();
  }

  void read_row() {
    for (const std::size_t at : where_)
      if (at >= cells_.size()) {
        fail(csv_.line(), &cells_.front(), "", "the row is too short",
             "each row has account, partner, status");
        return;
      }
    const auto who = number(account, "Account", "{} {:06}");
    const auto whom = number(partner, "Partner", "{} {}");
    const auto what = customer();
    if (who && whom && what) rows_.push_back({*who, *whom, csv_.line(), *what});
  }

  // "12" or "Account 000012", in range.
  std::optional<std::uint32_t> number(Column column, std::string_view word,
                                      fmt::format_string<std::string_view&, std::uint32_t&> style) {
    const Cell& cell = cells_[where_[column]];
    std::string_view digits = cell.text;
    const std::size_t first = digits.find_first_of("0123456789");
    digits.remove_prefix(std::min(first, digits.size()));
    std::uint32_t found = 0;
    const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), found);
    const bool read = error == std::errc{} && end == digits.data() + digits.size();
    const std::string_view before = cell.text.substr(0, cell.text.size() - digits.size());
    const std::string range =
        count_[column] == 0
            ? fmt::format("the scenario has no {}s", names[column])
            : fmt::format("{}s are numbered 0 to {}", names[column], count_[column] - 1);
    const bool called = before.empty() || before == fmt::format("{} ", word);
    if (read && called && found < count_[column]) return found;
    if (read && called)
      fail(csv_.line(), &cell, names[column],
           fmt::format("there is no {} {}", names[column], found), range);
    else if (read && found < count_[column])
      fail(csv_.line(), &cell, names[column],
           fmt::format("'{}' is no {}", cell.text, names[column]),
           fmt::format("did you mean '{}'?", fmt::format(style, word, found)));
    else
      fail(csv_.line(), &cell, names[column],
           fmt::format("'{}' is no {}", cell.text, names[column]), range);
    return std::nullopt;
  }

  std::optional<bool> customer() {
    static const std::vector<std::string> known{"prospect", "customer"};
    const Cell& cell = cells_[where_[status]];
    const auto at = std::ranges::find(known, cell.text);
    if (at != known.end()) return at != known.begin();
    const std::string near = sim::nearest(cell.text, known);
    fail(csv_.line(), &cell, names[status], fmt::format("'{}' is no status", cell.text),
         near.empty() ? "prospect or customer" : fmt::format("did you mean '{}'?", near));
    return std::nullopt;
  }

  void check_twice() {
    std::vector<Row> sorted = rows_;
    std::ranges::sort(sorted, {},
                      [](const Row& r) { return std::tie(r.account, r.partner, r.line); });
    for (std::size_t i = 1; i < sorted.size(); ++i)
      if (sorted[i].account == sorted[i - 1].account && sorted[i].partner == sorted[i - 1].partner)
        fail(sorted[i].line, nullptr, "account",
             fmt::format("account {} and partner {} stand twice", sorted[i].account,
                         sorted[i].partner),
             fmt::format("first in line {}", sorted[i - 1].line));
  }

  std::shared_ptr<const sim::Source> source_;
  compensation::CsvReader csv_;
  std::array<std::size_t, 2> count_;
  std::array<std::size_t, columns> where_{};
  std::vector<Cell> cells_;
  std::vector<Row> rows_;
  std::vector<sim::Problem> problems_;
};

}  // namespace

KnownAccounts KnownAccounts::read(std::string_view text, std::size_t accounts,
                                  std::span<const std::uint32_t> by_key) {
  KnownAccounts known;
  if (text.empty()) return known;
  auto [name, content] = named_text(text);
  std::vector<Row> rows = Reader(std::move(name), content, accounts, by_key.size()).run();
  std::vector<std::uint32_t> rank(by_key.size());
  for (std::uint32_t i = 0; i < by_key.size(); ++i) rank[by_key[i]] = i;
  std::ranges::sort(rows, {}, [&](const Row& r) { return std::pair(r.account, rank[r.partner]); });
  known.first_.assign(accounts + 1, 0);
  for (const Row& row : rows) {
    ++known.first_[row.account + 1];
    known.entries_.push_back({row.partner, row.customer});
  }
  for (std::size_t i = 0; i < accounts; ++i) known.first_[i + 1] += known.first_[i];
  return known;
}

}  // namespace ecosystem
