// SPDX-License-Identifier: Apache-2.0
#pragma once
// CSV as spreadsheets write it (RFC 4180): quoted cells may hold commas, quotes and line ends.
// Reads row by row from a text that must outlive it; cells without quotes are views of the text.

#include <cstdint>
#include <deque>
#include <string>
#include <string_view>
#include <vector>

namespace compensation {

struct Cell {
  std::string_view text;     // trimmed
  std::uint32_t column = 1;  // in its line, counted in characters
};

class CsvReader {
 public:
  explicit CsvReader(std::string_view text);
  // The next row that is not blank; false at the end. Cells live until the next call.
  bool next(std::vector<Cell>& cells);
  std::uint32_t line() const { return line_; }  // first line of the row last read
  bool open_quote() const { return open_quote_; }

 private:
  void read_cell(std::vector<Cell>& cells);
  std::uint32_t column_here();

  std::string_view text_;
  std::size_t at_ = 0, line_start_ = 0;
  std::size_t counted_ = 0;  // up to here `column_` was counted
  std::uint32_t column_ = 1;
  std::uint32_t line_ = 0, next_line_ = 1;
  char separator_ = ',';
  bool open_quote_ = false;
  std::deque<std::string> unquoted_;
};

}  // namespace compensation
