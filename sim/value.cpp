// SPDX-License-Identifier: Apache-2.0
#include "sim/value.h"

#include <fmt/format.h>

#include <type_traits>

namespace sim {
namespace {

// The shortest digits that read back to the same double; TOML wants a '.' or an exponent.
std::string number_text(double number) {
  std::string text = fmt::format("{}", number);
  if (text.find_first_of(".en") == std::string::npos) text += ".0";
  return text;
}

}  // namespace

const char* kind_phrase(Kind kind) {
  switch (kind) {
    case Kind::number:
      return "a number";
    case Kind::integer:
      return "a whole number";
    case Kind::boolean:
      return "true or false";
    case Kind::text:
      return "a text in quotes";
    case Kind::money:
      return "an amount of money";
    case Kind::date:
      return "a date";
    case Kind::choice:
      return "one of its names";
    case Kind::numbers:
      return "a list of numbers";
  }
  return "";
}

namespace {

void append_escaped(std::string& out, char c) {
  const auto byte = static_cast<unsigned char>(c);
  if (c == '"' || c == '\\')
    out += fmt::format("\\{}", c);
  else if (byte < 0x20 || byte == 0x7f)
    out += fmt::format("\\u{:04X}", byte);
  else
    out += c;
}

// A text of several lines stays one, or a file within a scenario would be too long a line.
std::string toml_lines(std::string_view text) {
  if (text.find('\n') == std::string_view::npos) return toml_quoted(text);
  std::string out = "\"\"\"\n";
  for (char c : text) {
    if (c == '\n')
      out += c;
    else
      append_escaped(out, c);
  }
  return out + "\"\"\"";
}

}  // namespace

std::string toml_quoted(std::string_view text) {
  std::string out = "\"";
  for (char c : text) append_escaped(out, c);
  return out + '"';
}

std::string to_toml(const Value& value, int digits) {
  return std::visit(
      [&](const auto& held) -> std::string {
        using Held = std::decay_t<decltype(held)>;
        if constexpr (std::is_same_v<Held, double>)
          return number_text(held);
        else if constexpr (std::is_same_v<Held, std::int64_t>)
          return std::to_string(held);
        else if constexpr (std::is_same_v<Held, bool>)
          return held ? "true" : "false";
        else if constexpr (std::is_same_v<Held, std::string>)
          return toml_lines(held);
        else if constexpr (std::is_same_v<Held, Money>)
          return to_text(held, digits);
        else if constexpr (std::is_same_v<Held, Date>)
          return held.text();
        else {
          std::string list = "[";
          for (std::size_t i = 0; i < held.size(); ++i)
            list += fmt::format("{}{}",
                                i == 0        ? ""
                                : i % 16 == 0 ? ",\n  "
                                              : ", ",
                                number_text(held[i]));
          return list + "]";
        }
      },
      value);
}

}  // namespace sim
