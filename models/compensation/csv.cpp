// SPDX-License-Identifier: Apache-2.0
#include "models/compensation/csv.h"

#include <algorithm>

#include "sim/text.h"

namespace compensation {
namespace {

std::uint32_t characters(std::string_view text) {
  return static_cast<std::uint32_t>(
      std::ranges::count_if(text, [](char c) { return (c & 0xC0) != 0x80; }));
}

}  // namespace

CsvReader::CsvReader(std::string_view text) : text_(text) {
  if (text_.starts_with("\xEF\xBB\xBF")) at_ = line_start_ = 3;  // what Excel puts first
  const std::string_view header = text_.substr(at_, text_.find('\n', at_) - at_);
  if (std::ranges::count(header, ';') > std::ranges::count(header, ','))
    separator_ = ';';
  else if (std::ranges::count(header, '\t') > std::ranges::count(header, ','))
    separator_ = '\t';
}

// Counts on from the last answer, or a line of n cells would take n^2.
std::uint32_t CsvReader::column_here() {
  if (counted_ < line_start_) {
    counted_ = line_start_;
    column_ = 1;
  }
  column_ += characters(text_.substr(counted_, at_ - counted_));
  counted_ = at_;
  return column_;
}

void CsvReader::read_cell(std::vector<Cell>& cells) {
  const std::uint32_t column = column_here();
  std::size_t quote = at_;
  while (quote < text_.size() && text_[quote] == ' ') ++quote;
  if (quote >= text_.size() || text_[quote] != '"') {
    std::size_t end = at_;
    while (end < text_.size() && text_[end] != separator_ && text_[end] != '\n') ++end;
    std::string_view raw = text_.substr(at_, end - at_);
    if (raw.ends_with('\r')) raw.remove_suffix(1);
    cells.push_back({sim::trimmed(raw), column});
    at_ = end;
    return;
  }
  std::string value;
  for (at_ = quote + 1; at_ < text_.size(); ++at_) {
    const char c = text_[at_];
    if (c == '"' && at_ + 1 < text_.size() && text_[at_ + 1] == '"')
      ++at_;
    else if (c == '"')
      break;
    if (c == '\n') {
      ++next_line_;
      line_start_ = at_ + 1;
    }
    value += c;
  }
  open_quote_ = open_quote_ || at_ >= text_.size();
  at_ = std::min(at_ + 1, text_.size());
  while (at_ < text_.size() && text_[at_] != separator_ && text_[at_] != '\n')
    value += text_[at_++];
  if (value.ends_with('\r')) value.pop_back();
  unquoted_.push_back(std::move(value));
  cells.push_back({sim::trimmed(unquoted_.back()), column});
}

bool CsvReader::next(std::vector<Cell>& cells) {
  do {
    cells.clear();
    unquoted_.clear();
    if (at_ >= text_.size()) return false;
    line_ = next_line_;
    while (true) {
      read_cell(cells);
      if (at_ >= text_.size()) break;
      const char c = text_[at_++];
      if (c != '\n') continue;
      ++next_line_;
      line_start_ = at_;
      break;
    }
  } while (std::ranges::all_of(cells, [](const Cell& cell) { return cell.text.empty(); }));
  return true;
}

}  // namespace compensation
