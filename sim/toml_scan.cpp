// SPDX-License-Identifier: Apache-2.0
// Looks over a text before toml++ 3.3 does, which recurses once per bracket and once per dot of a
// key (also in its destructors), takes invalid UTF-8 for a broken stream, and loses its way at
// letters beyond ASCII where TOML 1.0 has none: outside of texts and comments.
#include <fmt/format.h>

#include <algorithm>

#include "sim/toml_tree.h"

namespace sim {
namespace {

class Scan {
 public:
  Scan(const std::shared_ptr<const Source>& source, std::string_view text)
      : source_(source), text_(text) {}

  std::optional<Problem> run() {
    if (text_.size() > TomlLimits::bytes)
      return problem(fmt::format("the file has {} bytes", text_.size()),
                     fmt::format("at most {} are read", TomlLimits::bytes));
    while (at_ < text_.size()) {
      if (auto problem = character()) return problem;
    }
    return std::nullopt;
  }

 private:
  std::optional<Problem> problem(std::string message, std::string help) const {
    return Problem{{source_, line_, column_, 1}, "", std::move(message), std::move(help)};
  }

  std::optional<Problem> character() {
    const std::size_t bytes = utf8_bytes(text_, at_);
    if (bytes == 0 || text_[at_] == '\0')
      return problem(
          fmt::format("byte 0x{:02X} is no text", static_cast<unsigned char>(text_[at_])),
          "scenario files are UTF-8");
    if (text_[at_] == '\n') {
      new_line();
    } else {
      if (at_ - line_begin_ >= TomlLimits::line_bytes)
        return problem("the line is too long",
                       fmt::format("at most {} bytes", TomlLimits::line_bytes));
      if (bytes > 1 && quote_ == 0 && !comment_ && !is_byte_order_mark())
        return problem(
            fmt::format("found '{}' outside of a text or comment", text_.substr(at_, bytes)),
            "texts stand in quotes; keys have letters A to Z, digits, '_' and '-'");
      quote_ == 0 ? plain() : quoted();
      if (dots_ > TomlLimits::dots_per_line)
        return problem("too many dots in one line",
                       fmt::format("at most {} outside of numbers", TomlLimits::dots_per_line));
      if (brackets_ > TomlLimits::open_brackets)
        return problem("too many brackets inside each other",
                       fmt::format("at most {}", TomlLimits::open_brackets));
    }
    if (at_ < text_.size()) {
      at_ += utf8_bytes(text_, at_) + skip_;
      column_ += 1 + static_cast<std::uint32_t>(skip_);
    }
    skip_ = 0;
    return std::nullopt;
  }

  bool is_byte_order_mark() const { return at_ == 0 && text_.starts_with("\xef\xbb\xbf"); }

  void new_line() {
    ++line_;
    column_ = 0;
    line_begin_ = at_ + 1;
    dots_ = 0;
    comment_ = false;
    if (!multi_line_) quote_ = 0;  // an error toml++ will report
  }

  void plain() {
    const char c = text_[at_];
    if (comment_) return;
    if (c == '#')
      comment_ = true;
    else if (c == '"' || c == '\'')
      open_quote(c);
    else if (c == '[' || c == '{')
      ++brackets_;
    else if ((c == ']' || c == '}') && brackets_ > 0)
      --brackets_;
    else if (c == '.' && !in_number())
      ++dots_;
  }

  void open_quote(char c) {
    quote_ = c;
    multi_line_ = text_.substr(at_).starts_with(std::string(3, c));
    skip_ = multi_line_ ? 2 : 0;
  }

  void quoted() {
    const char c = text_[at_];
    if (c == '\\' && quote_ == '"' && at_ + 1 < text_.size() && text_[at_ + 1] != '\n') {
      if (static_cast<unsigned char>(text_[at_ + 1]) < 0x80) skip_ = 1;
    } else if (c == quote_ && (!multi_line_ || closes_multi_line())) {
      quote_ = 0;
      multi_line_ = false;
    }
  }

  // A run of three to five quotes: its last three end the string.
  bool closes_multi_line() {
    std::size_t run = 0;
    while (at_ + run < text_.size() && text_[at_ + run] == quote_) ++run;
    if (run < 3) return false;
    skip_ = std::min<std::size_t>(run, 5) - 1;
    return true;
  }

  // Is the only dot of its word between two digits, the word beginning with a digit or sign?
  bool in_number() const {
    constexpr std::string_view ends = " \t\r\n,=[]{}\"'#";
    const std::string_view before = text_.substr(line_begin_, at_ - line_begin_);
    const std::size_t begin = before.find_last_of(ends);
    const std::string_view head = before.substr(begin == before.npos ? 0 : begin + 1);
    const std::string_view tail =
        text_.substr(at_ + 1, text_.find_first_of(ends, at_ + 1) - at_ - 1);
    const auto digit = [](char c) { return c >= '0' && c <= '9'; };
    return !head.empty() && !tail.empty() && digit(head.back()) && digit(tail.front()) &&
           (digit(head.front()) || head.front() == '-' || head.front() == '+') &&
           head.find('.') == head.npos && tail.find('.') == tail.npos;
  }

  std::shared_ptr<const Source> source_;
  std::string_view text_;
  std::size_t at_ = 0, line_begin_ = 0, skip_ = 0, dots_ = 0, brackets_ = 0;
  std::uint32_t line_ = 1, column_ = 1;
  char quote_ = 0;
  bool multi_line_ = false, comment_ = false;
};

}  // namespace

std::optional<Problem> scan_toml(const std::shared_ptr<const Source>& source,
                                 std::string_view text) {
  return Scan(source, text).run();
}

}  // namespace sim
