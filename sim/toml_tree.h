// SPDX-License-Identifier: Apache-2.0
#pragma once
// A TOML text as a plain tree with places, safe to make from hostile input. The parser behind it is
// toml++ (in toml_parse.cpp alone); a scan before it (toml_scan.cpp) keeps what it cannot survive
// away from it.

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "sim/date.h"
#include "sim/diagnostic.h"

namespace sim {

struct TomlNode {
  enum class Type : std::uint8_t { table, array, text, integer, number, boolean, date, time };

  Type type = Type::table;
  std::string key;  // in its table; "" in arrays and at the root
  Place key_place;  // of the last part of the key
  Place place;      // of the value

  std::vector<TomlNode> children;  // of tables (in order of the text) and arrays
  std::string text;
  std::int64_t integer = 0;
  double number = 0;  // may be NaN or infinite
  bool boolean = false;
  Date date;

  const TomlNode* find(std::string_view child) const;
  // What messages say was found: `the text "abc"`, `the number 3.5`, `a table`.
  std::string found() const;
};

// Throws ScenarioError (one problem) for what is no TOML, not UTF-8 or beyond the limits.
TomlNode parse_toml(const std::shared_ptr<const Source>& source);
// The same for another text of which messages quote `source`.
TomlNode parse_toml(const std::shared_ptr<const Source>& source, std::string_view text);

// The limits of toml_scan.cpp.
struct TomlLimits {
  static constexpr std::size_t bytes = 1 << 20;
  static constexpr std::size_t line_bytes = 16384;
  static constexpr std::size_t dots_per_line = 32;  // those of numbers not counted
  static constexpr std::size_t open_brackets = 16;  // at any point
};
// The first thing toml++ might not survive, or nothing.
std::optional<Problem> scan_toml(const std::shared_ptr<const Source>& source,
                                 std::string_view text);

}  // namespace sim
