// SPDX-License-Identifier: Apache-2.0
#include "models/compensation/toml_table.h"

#include <fmt/format.h>

#include <algorithm>

namespace compensation {

using NodeType = sim::TomlNode::Type;

std::vector<std::string> words_of(std::string_view allowed) {
  std::vector<std::string> words;
  while (!allowed.empty()) {
    const std::size_t bar = allowed.find('|');
    words.emplace_back(allowed.substr(0, bar));
    allowed.remove_prefix(bar == allowed.npos ? allowed.size() : bar + 1);
  }
  return words;
}

std::optional<std::string> literal(const TomlNode& node) {
  if (node.type == NodeType::text) return node.text;
  if (node.type != NodeType::integer && node.type != NodeType::number) return std::nullopt;
  if (!node.place.source) return std::nullopt;
  const std::string_view line = node.place.source->line(node.place.line);
  std::size_t at = 0;  // columns count characters, not bytes
  for (std::uint32_t column = 1; column < node.place.column && at < line.size(); ++column)
    at += std::max<std::size_t>(1, sim::utf8_bytes(line, at));
  const std::string_view rest = line.substr(std::min(at, line.size()));
  std::string word(rest.substr(0, rest.find_first_of(" \t,]}#\r")));
  return word;
}

namespace {

std::string join(const std::vector<std::string>& words) {
  return fmt::format("{}", fmt::join(words, ", "));
}

// 1e3 and 0x10 are numbers of TOML, but not how one writes money or a rate.
constexpr std::string_view plain_numbers = "a plain decimal number";

}  // namespace

Table::Table(const TomlNode& node, std::string path, Keys keys, int digits,
             std::vector<sim::Problem>& problems, std::vector<std::string> skip)
    : node_(node),
      path_(std::move(path)),
      keys_(keys),
      digits_(digits),
      problems_(problems),
      skip_(std::move(skip)) {
  if (node.type != NodeType::table) {
    problems_.push_back(
        {node.place, path_, fmt::format("[{}] is a table, found {}", path_, node.found()), ""});
    return;
  }
  for (const TomlNode& child : node_.children) check_key(child);
  check_missing();
}

const Key* Table::known(std::string_view key) const {
  const auto at = std::ranges::find(keys_, key, &Key::name);
  return at == keys_.end() ? nullptr : &*at;
}

std::string Table::rule(std::string_view key) const {
  const Key* about = known(key);
  return about && !about->rule.empty() ? std::string(about->rule) + ": " : "";
}

void Table::check_key(const TomlNode& child) {
  if (std::ranges::find(skip_, child.key) != skip_.end()) return;
  if (known(child.key)) return;
  std::vector<std::string> names;
  for (const Key& key : keys_) names.emplace_back(key.name);
  const std::string near = sim::nearest(child.key, names);
  problems_.push_back(
      {child.key_place, path_ + "." + child.key,
       path_.empty() ? fmt::format("a plan has no '{}'", child.key)
                     : fmt::format("[{}] has no '{}'", path_, child.key),
       near.empty() ? "allowed: " + join(names) : fmt::format("did you mean '{}'?", near)});
}

void Table::check_missing() {
  for (const Key& key : keys_) {
    if (!key.required || has(key.name)) continue;
    const std::string allowed =
        key.allowed.empty() ? std::string(key.meaning)
                            : fmt::format("it has no default: {}", join(words_of(key.allowed)));
    fail("",
         fmt::format("{}{} does not say '{}'", rule(key.name),
                     path_.empty() ? "the plan" : "[" + path_ + "]", key.name),
         allowed);
  }
}

void Table::fail(std::string_view key, std::string message, std::string help) const {
  const TomlNode* at = key.empty() ? nullptr : node_.find(key);
  sim::Place place = at ? at->place : node_.key_place;
  if (!place.source) place = node_.place;
  const std::string dotted = path_.empty() ? std::string(key) : path_ + "." + std::string(key);
  problems_.push_back({place, dotted, std::move(message), std::move(help)});
}

void Table::wrong(const TomlNode& node, std::string_view key, std::string_view expected) const {
  problems_.push_back(
      {node.place, path_ + "." + std::string(key),
       fmt::format("{}{}: expected {}, found {}", rule(key), key, expected, node.found()), ""});
}

std::string Table::text(std::string_view key) const {
  const TomlNode* at = node_.find(key);
  if (!at) return "";
  if (at->type != NodeType::text || at->text.empty()) wrong(*at, key, "a text");
  return at->text;
}

std::vector<std::string> Table::names(std::string_view key) const {
  std::vector<std::string> all;
  const TomlNode* at = node_.find(key);
  if (!at) return all;
  if (at->type != NodeType::array || at->children.empty()) wrong(*at, key, "a list of texts");
  const Key* about = known(key);
  const auto allowed =
      about && about->kind == Kind::choices ? words_of(about->allowed) : std::vector<std::string>{};
  for (const TomlNode& item : at->children) {
    if (item.type != NodeType::text || item.text.empty()) {
      wrong(item, key, "a text");
      continue;
    }
    if (!allowed.empty() && std::ranges::find(allowed, item.text) == allowed.end())
      wrong(item, key, join(allowed));
    if (std::ranges::find(all, item.text) != all.end()) wrong(item, key, "each name once");
    all.push_back(item.text);
  }
  return all;
}

std::optional<std::int64_t> Table::amount_of_node(const TomlNode& node) const {
  const auto word = literal(node);
  return word ? read_amount(*word, digits_) : std::nullopt;
}

std::optional<Share> Table::share_of_node(const TomlNode& node) const {
  const auto word = literal(node);
  return word ? read_share(*word) : std::nullopt;
}

std::int64_t Table::amount(std::string_view key, bool negative_allowed) const {
  const TomlNode* at = node_.find(key);
  if (!at) return 0;
  const auto value = amount_of_node(*at);
  if (!value) {
    wrong(*at, key, fmt::format("an amount of money with at most {} decimals", digits_));
    return 0;
  }
  if (*value < 0 && !negative_allowed) wrong(*at, key, "an amount that is not negative");
  return *value;
}

std::optional<std::int64_t> Table::maybe_amount(std::string_view key) const {
  if (!has(key)) return std::nullopt;
  return amount(key);
}

std::int64_t Table::quantity(std::string_view key, bool units) const {
  return units ? whole(key, 0, 1'000'000'000'000) : amount(key);
}

Share Table::share(std::string_view key, Share most) const {
  const TomlNode* at = node_.find(key);
  if (!at) return {};
  const auto value = share_of_node(*at);
  if (!value) {
    wrong(*at, key, fmt::format("{} or a text like \"8%\", at most nine places", plain_numbers));
    return {};
  }
  if (value->billionths < 0 || *value > most) {
    fail(key, fmt::format("{}{} is {}", rule(key), key, value->text()),
         fmt::format("allowed: 0% to {}", most.text()));
  }
  return *value;
}

std::vector<Share> Table::shares(std::string_view key, Share most) const {
  std::vector<Share> all;
  const TomlNode* at = node_.find(key);
  if (!at) return all;
  if (at->type != NodeType::array || at->children.empty()) wrong(*at, key, "a list of shares");
  for (const TomlNode& item : at->children) {
    const auto value = share_of_node(item);
    if (!value || value->billionths < 0 || *value > most)
      wrong(item, key, fmt::format("a share from 0% to {}", most.text()));
    else
      all.push_back(*value);
  }
  return all;
}

std::vector<std::int64_t> Table::amounts(std::string_view key) const {
  std::vector<std::int64_t> all;
  const TomlNode* at = node_.find(key);
  if (!at) return all;
  if (at->type != NodeType::array || at->children.empty()) wrong(*at, key, "a list of amounts");
  for (const TomlNode& item : at->children) {
    const auto value = amount_of_node(item);
    if (!value || *value < 0)
      wrong(item, key, "an amount of money");
    else
      all.push_back(*value);
  }
  return all;
}

std::vector<std::pair<Share, Share>> Table::points(std::string_view key) const {
  std::vector<std::pair<Share, Share>> all;
  const TomlNode* at = node_.find(key);
  if (!at) return all;
  if (at->type != NodeType::array) wrong(*at, key, "a list of pairs");
  for (const TomlNode& pair : at->children) {
    const bool two = pair.type == NodeType::array && pair.children.size() == 2;
    const auto x = two ? share_of_node(pair.children[0]) : std::nullopt;
    const auto y = two ? share_of_node(pair.children[1]) : std::nullopt;
    if (!x || !y || x->billionths < 0 || y->billionths < 0 || *x > Share::whole(100) ||
        *y > Share::whole(100))
      wrong(pair, key, "a pair like [\"100%\", \"100%\"]");
    else
      all.emplace_back(*x, *y);
  }
  return all;
}

std::int64_t Table::whole(std::string_view key, std::int64_t least, std::int64_t most) const {
  const TomlNode* at = node_.find(key);
  if (!at) return least;
  if (at->type != NodeType::integer || at->integer < least || at->integer > most) {
    wrong(*at, key, fmt::format("a whole number from {} to {}", least, most));
    return least;
  }
  return at->integer;
}

bool Table::boolean(std::string_view key) const {
  const TomlNode* at = node_.find(key);
  if (at && at->type != NodeType::boolean) wrong(*at, key, "true or false");
  return at && at->boolean;
}

sim::Date Table::date(std::string_view key) const {
  const TomlNode* at = node_.find(key);
  if (at && at->type != NodeType::date) wrong(*at, key, "a date like 2027-03-31");
  return at ? at->date : sim::Date{};
}

std::size_t Table::choice_number(std::string_view key) const {
  const TomlNode* at = node_.find(key);
  const Key* about = known(key);
  if (!at || !about) return 0;  // a key that is not known is a problem already
  const auto allowed = words_of(about->allowed);
  const auto found = std::ranges::find(allowed, at->text);
  if (at->type != NodeType::text || found == allowed.end()) {
    wrong(*at, key, join(allowed));
    return 0;
  }
  return static_cast<std::size_t>(found - allowed.begin());
}

std::vector<Table> Table::rows(std::string_view key) const {
  std::vector<Table> all;
  const TomlNode* at = node_.find(key);
  if (!at) return all;
  if (at->type != NodeType::array || at->children.empty()) wrong(*at, key, "a list of tables");
  std::size_t number = 0;
  for (const TomlNode& item : at->children)
    all.emplace_back(item, fmt::format("{}.{}[{}]", path_, key, ++number), known(key)->inside,
                     digits_, problems_);
  return all;
}

Table Table::table(std::string_view key) const {
  return {*node_.find(key), path_ + "." + std::string(key), known(key)->inside, digits_, problems_};
}

}  // namespace compensation
