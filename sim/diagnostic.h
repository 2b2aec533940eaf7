// SPDX-License-Identifier: Apache-2.0
#pragma once
// What is wrong with an input, where, and what would be right; shown in the style of rustc:
//
//   error: [vendor] has no 'account_executive'
//      --> acme.toml:12:1
//      |
//   12 | account_executive = 3
//      | ^^^^^^^^^^^^^^^^^
//      = help: did you mean 'account_executives'?

#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "sim/check.h"

namespace sim {

// Bytes of the UTF-8 character that begins at text[at], 0 if it is not valid (Unicode 15, table
// 3-7: no surrogates, no overlong forms, nothing above U+10FFFF).
std::size_t utf8_bytes(std::string_view text, std::size_t at);

// A text that messages may quote.
struct Source {
  std::string name;  // as the user typed it; of an override: "override"
  std::string text;

  std::string_view line(std::uint32_t number) const;  // without its end, "" if there is none
};

// A piece of one line. Lines and columns count from 1, columns in characters (not bytes).
struct Place {
  std::shared_ptr<const Source> source;
  std::uint32_t line = 0, column = 0, length = 1;

  std::string text() const;  // "acme.toml:12", "override", "" without a source
};

struct Problem {
  Place place;
  std::string key;      // "vendor.account_executives", may be empty
  std::string message;  // what was found
  std::string help;     // what is allowed, the nearest name; may be empty

  // Several lines of valid UTF-8, whatever the input was; control characters are blanks.
  std::string text() const;
};

class ScenarioError : public BadInput {
 public:
  explicit ScenarioError(std::vector<Problem> problems);
  std::span<const Problem> problems() const { return problems_; }  // at least one
  const Problem& first() const { return problems_.front(); }
  std::string file() const { return first().place.source ? first().place.source->name : ""; }
  std::uint32_t line() const { return first().place.line; }
  std::uint32_t column() const { return first().place.column; }
  const std::string& key() const { return first().key; }

 private:
  std::vector<Problem> problems_;
};

// The known name nearest to `word` by edit distance (insert, delete, replace, swap neighbours), or
// "" if none is near enough to be what was meant.
std::string nearest(std::string_view word, std::span<const std::string> known);

}  // namespace sim
