// SPDX-License-Identifier: Apache-2.0
// The one file that includes toml++ (a second of compile time).
#define TOML_EXCEPTIONS 1
#define TOML_UNDEF_MACROS 1
#include <fmt/format.h>
#include <toml++/toml.h>

#include <algorithm>
#include <tuple>

#include "sim/toml_tree.h"

namespace sim {
namespace {

using SourcePtr = std::shared_ptr<const Source>;

Place place_of(const SourcePtr& source, const toml::source_region& region) {
  Place place{source, region.begin.line, region.begin.column, 1};
  if (region.end.line == region.begin.line && region.end.column > region.begin.column)
    place.length = region.end.column - region.begin.column;
  return place;
}

TomlNode converted(const SourcePtr& source, const toml::node& node);

void convert_table(const SourcePtr& source, const toml::table& table, TomlNode& out) {
  for (const auto& [key, child] : table) {
    TomlNode node = converted(source, child);
    node.key = key.str();
    node.key_place = place_of(source, key.source());
    out.children.push_back(std::move(node));
  }
  // toml++ sorts by name; people (and messages) follow the text.
  std::ranges::stable_sort(out.children, {}, [](const TomlNode& node) {
    return std::tuple(node.key_place.line, node.key_place.column);
  });
}

void convert_date(const toml::date& date, TomlNode& out) {
  out.type = TomlNode::Type::date;
  try {
    out.date = Date::from_civil(date.year, date.month, date.day);
  } catch (const BadInput& error) {
    throw ScenarioError({{out.place, "", error.what(), ""}});
  }
}

TomlNode converted(const SourcePtr& source, const toml::node& node) {
  TomlNode out;
  out.place = place_of(source, node.source());
  using Type = TomlNode::Type;
  switch (node.type()) {
    case toml::node_type::table:
      convert_table(source, *node.as_table(), out);
      break;
    case toml::node_type::array:
      out.type = Type::array;
      for (const toml::node& item : *node.as_array())
        out.children.push_back(converted(source, item));
      break;
    case toml::node_type::string:
      out.type = Type::text;
      out.text = **node.as_string();
      break;
    case toml::node_type::integer:
      out.type = Type::integer;
      out.integer = **node.as_integer();
      break;
    case toml::node_type::floating_point:
      out.type = Type::number;
      out.number = **node.as_floating_point();
      break;
    case toml::node_type::boolean:
      out.type = Type::boolean;
      out.boolean = **node.as_boolean();
      break;
    case toml::node_type::date:
      convert_date(**node.as_date(), out);
      break;
    default:
      out.type = Type::time;
      break;
  }
  return out;
}

// Where the parser stops at a bare word, quotes are what is missing.
std::string help_for(const Source& source, std::uint32_t line) {
  const std::string_view text = source.line(line);
  const std::size_t equals = text.find('=');
  if (equals == text.npos) return "";
  std::string_view word = text.substr(equals + 1);
  word.remove_prefix(std::min(word.find_first_not_of(" \t"), word.size()));
  word = word.substr(0, word.find_first_of(" \t,#"));
  const bool bare = !word.empty() && (std::isalpha(static_cast<unsigned char>(word.front())) != 0 ||
                                      word.find_first_of("%kM") != word.npos);
  return bare ? fmt::format("a text or a number with a unit needs quotes: \"{}\"", word) : "";
}

}  // namespace

const TomlNode* TomlNode::find(std::string_view child) const {
  const auto at = std::ranges::find(children, child, &TomlNode::key);
  return at == children.end() ? nullptr : &*at;
}

std::string TomlNode::found() const {
  switch (type) {
    case Type::table:
      return "a table";
    case Type::array:
      return "a list";
    case Type::text:
      return text.size() > 60 ? "a long text" : fmt::format("the text \"{}\"", text);
    case Type::integer:
      return fmt::format("{}", integer);
    case Type::number:
      return fmt::format("{}", number);
    case Type::boolean:
      return boolean ? "true" : "false";
    case Type::date:
      return fmt::format("the date {}", date.text());
    case Type::time:
      return "a time of day";
  }
  return "";
}

TomlNode parse_toml(const SourcePtr& source) { return parse_toml(source, source->text); }

TomlNode parse_toml(const SourcePtr& source, std::string_view text) {
  if (auto problem = scan_toml(source, text)) throw ScenarioError({std::move(*problem)});
  try {
    return converted(source, toml::parse(text));
  } catch (const toml::parse_error& error) {
    const Place place = place_of(source, error.source());
    std::string what(error.description());
    constexpr std::string_view prefix = "Error while parsing ";
    if (what.starts_with(prefix)) what.replace(0, prefix.size(), "cannot read this ");
    throw ScenarioError({{place, "", what, help_for(*source, place.line)}});
  }
}

}  // namespace sim
