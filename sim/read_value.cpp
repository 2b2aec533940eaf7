// SPDX-License-Identifier: Apache-2.0
#include "sim/read_value.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <filesystem>
#include <fstream>
#include <iterator>

#include "sim/units.h"

namespace sim {
namespace {

using Type = TomlNode::Type;

constexpr std::size_t longest_text = 1000;  // bytes
constexpr std::size_t longest_file = 100'000;
constexpr std::size_t longest_table = 500'000;

class ValueReader {
 public:
  ValueReader(const Parameter& parameter, const std::string& key, const Terms& terms,
              Problems& problems)
      : parameter_(parameter), key_(key), terms_(terms), problems_(problems) {}

  std::optional<Value> value(const TomlNode& node) const {
    switch (parameter_.kind) {
      case Kind::boolean:
        if (node.type == Type::boolean) return Value(node.boolean);
        return mismatch(node, "true or false");
      case Kind::text:
        return text(node);
      case Kind::choice:
        return choice(node);
      case Kind::date:
        return date(node);
      case Kind::numbers:
        return numbers(node);
      default:
        return number_value(node);
    }
  }

  // A number within the bounds, in the unit of the file.
  std::optional<double> number(const TomlNode& node) const {
    double found = 0;
    if (node.type == Type::integer) {
      found = static_cast<double>(node.integer);
    } else if (node.type == Type::number) {
      found = node.number;
    } else {
      const auto read = node.type == Type::text
                            ? read_quantity(node.text, parameter_.unit, terms_.currency)
                            : std::nullopt;
      if (!read) return mismatch(node, kind_phrase(as_number()), number_help());
      found = *read;
    }
    if (!std::isfinite(found)) return problem(node, node.found() + " is no finite number");
    if (found < parameter_.min) return problem(node, node.found() + " is too small", bounds());
    if (found > parameter_.max) return problem(node, node.found() + " is too large", bounds());
    return found;
  }

 private:
  std::nullopt_t problem(const TomlNode& node, const std::string& what,
                         std::string help = "") const {
    problems_.add(node.place, key_, key_ + ": " + what, std::move(help));
    return std::nullopt;
  }
  std::nullopt_t mismatch(const TomlNode& node, std::string_view wanted,
                          std::string help = "") const {
    return problem(node, fmt::format("expected {}, found {}", wanted, node.found()),
                   std::move(help));
  }

  Kind as_number() const {
    return parameter_.kind == Kind::numbers ? Kind::number : parameter_.kind;
  }

  std::string number_help() const {
    return fmt::format("{} ({})", quantity_help(parameter_.unit, terms_.currency),
                       parameter_.unit == "1" ? "no unit" : "unit: " + parameter_.unit);
  }

  std::string bounds() const {
    const std::string unit = parameter_.unit == "1" ? "" : " (" + parameter_.unit + ")";
    if (std::isinf(parameter_.max))
      return fmt::format("allowed: at least {}{}", number_words(parameter_.min), unit);
    if (std::isinf(parameter_.min))
      return fmt::format("allowed: at most {}{}", number_words(parameter_.max), unit);
    return fmt::format("allowed: {} to {}{}", number_words(parameter_.min),
                       number_words(parameter_.max), unit);
  }

  std::optional<Value> number_value(const TomlNode& node) const {
    const auto found = number(node);
    if (!found) return std::nullopt;
    if (parameter_.kind == Kind::number) return Value(*found);
    if (parameter_.kind == Kind::integer) {
      if (*found != std::floor(*found)) return mismatch(node, "a whole number");
      return Value(static_cast<std::int64_t>(*found));
    }
    const double minor = *found * static_cast<double>(power_of_ten(terms_.digits));
    if (std::fabs(minor) > static_cast<double>(Money::largest))
      return problem(node, node.found() + " is more money than can be counted",
                     "at most " + to_text(Money{Money::largest}, terms_.digits));
    return Value(Money::rounded(minor));
  }

  // A bare word of an override is text as it stands.
  static bool is_text(const TomlNode& node) {
    return node.type == Type::text || (!node.text.empty() && node.children.empty());
  }

  std::optional<Value> text(const TomlNode& node) const {
    if (!is_text(node)) return mismatch(node, "a text", "texts stand in quotes");
    if (parameter_.unit == "file") return content(node);
    if (node.text.size() > longest_text)
      return problem(node, "the text is too long", fmt::format("at most {} bytes", longest_text));
    return Value(node.text);
  }

  // A text of unit "file" that ends in .toml or .csv names a file, beside the one that says so: its
  // content is the value, so a result holds all it was made from. A CSV has nowhere to say what it
  // is called, so a first line does, "# mapping.csv". Any other text is left as it is.
  std::optional<Value> content(const TomlNode& node) const {
    const bool table = node.text.ends_with(".csv");
    if (node.text.find('\n') != std::string::npos || !(table || node.text.ends_with(".toml")))
      return Value(node.text);
    std::filesystem::path path(node.text);
    if (path.is_relative() && node.place.source && node.place.source->name != "override")
      path = std::filesystem::path(node.place.source->name).parent_path() / path;
    std::error_code ignored;  // a folder opens, but can't be read
    std::ifstream file(path, std::ios::binary);
    if (!file || std::filesystem::is_directory(path, ignored))
      return problem(node, fmt::format("can't read {}", path.string()), "the path of a file");
    std::string found{std::istreambuf_iterator<char>(file), {}};
    if (found.empty()) return problem(node, fmt::format("there is nothing in {}", path.string()));
    if (const std::size_t most = table ? longest_table : longest_file; found.size() > most)
      return problem(node, fmt::format("{} is too large", path.string()),
                     fmt::format("at most {} bytes", most));
    if (found.back() != '\n') found += '\n';  // by which content is told from a name
    if (table) found = fmt::format("# {}\n{}", path.filename().string(), found);
    for (std::size_t at = 0; table && at < found.size(); at += utf8_bytes(found, at))
      if (utf8_bytes(found, at) == 0)
        return problem(node, fmt::format("{} is no UTF-8", path.string()), "save it as CSV UTF-8");
    return Value(std::move(found));
  }

  std::optional<Value> choice(const TomlNode& node) const {
    const auto& names = parameter_.choices;
    const bool known = is_text(node) && std::ranges::find(names, node.text) != names.end();
    if (known) return Value(node.text);
    std::string list;
    for (const auto& name : names) list += fmt::format("{}\"{}\"", list.empty() ? "" : ", ", name);
    const std::string near = nearest(node.text, names);
    return problem(node, "found " + node.found(),
                   near.empty() ? "one of " + list
                                : fmt::format("did you mean \"{}\"? (one of {})", near, list));
  }

  std::optional<Value> date(const TomlNode& node) const {
    static const Date first = Date::from_civil(1900, 1, 1);
    static const Date last = Date::from_civil(2199, 12, 31);
    const bool labels = terms_.calendar != nullptr;
    if (node.type != Type::date && !is_text(node))
      return mismatch(node, "a date",
                      labels ? "2027-03-01, \"FY27 Q1\" or \"2027-W14\"" : "2027-03-01");
    try {
      const Date date = node.type == Type::date ? node.date
                        : labels                ? terms_.calendar->parse(node.text)
                                                : parse_date(node.text);
      if (date < first || date > last)
        return problem(node, node.found() + " is out of range", "allowed: years 1900 to 2199");
      return Value(date);
    } catch (const BadInput& error) {
      return problem(node, error.what());
    }
  }

  std::optional<Value> numbers(const TomlNode& node) const {
    constexpr std::size_t most = 10'000;
    if (node.type != Type::array) return mismatch(node, "a list of numbers", "like [0.5, 1.5]");
    if (node.children.size() > most) return problem(node, "the list is too long", "at most 10000");
    std::vector<double> list;
    for (const TomlNode& child : node.children) {
      const auto item = number(child);
      if (!item) return std::nullopt;
      list.push_back(*item);
    }
    return Value(std::move(list));
  }

  const Parameter& parameter_;
  const std::string& key_;
  const Terms& terms_;
  Problems& problems_;
};

// The position of a name in a list of names, after a problem if it is not there.
template <std::size_t n>
std::optional<int> position(const TomlNode& node, const std::array<std::string, n>& names,
                            const std::string& key, Problems& problems) {
  const auto at = std::ranges::find(names, node.text);
  if (node.type == Type::text && at != names.end()) return static_cast<int>(at - names.begin());
  std::string list;
  for (const auto& name : names) list += fmt::format("{}\"{}\"", list.empty() ? "" : ", ", name);
  problems.add(node.place, key, fmt::format("{}: found {}", key, node.found()), "one of " + list);
  return std::nullopt;
}

const std::array<std::string, 4> distributions{"fixed", "uniform", "normal", "lognormal"};
const std::array<std::string, 5> evidences{"measured", "field_study", "vendor_claim", "guess",
                                           "definition"};

void read_part(const TomlNode& part, const ValueReader& reader, const Parameter& parameter,
               const std::string& key, Problems& problems, Given& given) {
  static const std::vector<std::string> known{"value",        "low",    "high",
                                              "distribution", "source", "evidence"};
  const std::string name = key + "." + part.key;
  const bool spread = part.key == "low" || part.key == "high" || part.key == "distribution";
  if (std::ranges::find(known, part.key) == known.end()) {
    const std::string near = nearest(part.key, known);
    problems.add(part.key_place, name, fmt::format("{} has no '{}'", key, part.key),
                 near.empty() ? "it has value, low, high, distribution, source, evidence"
                              : fmt::format("did you mean '{}'?", near));
  } else if (spread && !parameter.numeric()) {
    problems.add(part.key_place, name, fmt::format("{}: only a number has a '{}'", key, part.key));
  } else if (part.key == "value") {
    given.value = reader.value(part);
  } else if (part.key == "low") {
    given.low = reader.number(part);
  } else if (part.key == "high") {
    given.high = reader.number(part);
  } else if (part.key == "distribution") {
    if (const auto at = position(part, distributions, name, problems))
      given.distribution = static_cast<Distribution>(*at);
  } else if (part.key == "evidence") {
    if (const auto at = position(part, evidences, name, problems))
      given.evidence = static_cast<Evidence>(*at);
  } else if (part.type == Type::text && part.text.size() <= longest_text) {
    given.source = part.text;
  } else {
    problems.add(part.place, name, fmt::format("{}: expected a text, found {}", name, part.found()),
                 fmt::format("at most {} bytes", longest_text));
  }
}

void check_range(const TomlNode& node, const Given& given, const std::string& key,
                 Problems& problems) {
  if (given.low.has_value() != given.high.has_value()) {
    problems.add(node.place, key, key + ": low and high go together");
  } else if (given.low && *given.low > *given.high) {
    problems.add(node.place, key,
                 fmt::format("{}: low {} is above high {}", key, number_words(*given.low),
                             number_words(*given.high)));
  }
}

}  // namespace

std::string number_words(double number) {
  if (std::isinf(number)) return number > 0 ? "infinity" : "-infinity";
  if (number == std::floor(number) && std::fabs(number) < 1e15)
    return fmt::format("{:.0f}", number);
  return fmt::format("{}", number);
}

double file_number(const Value& value, int digits) {
  if (const auto* number = std::get_if<double>(&value)) return *number;
  if (const auto* whole = std::get_if<std::int64_t>(&value)) return static_cast<double>(*whole);
  if (const auto* money = std::get_if<Money>(&value))
    return static_cast<double>(money->minor) / static_cast<double>(power_of_ten(digits));
  return 0;
}

void Problems::add(Place place, std::string key, std::string message, std::string help) {
  if (!full())
    list_.push_back({std::move(place), std::move(key), std::move(message), std::move(help)});
}

void Problems::throw_if_any() const {
  if (any()) throw ScenarioError(list_);
}

void Problems::append_to(Problems& other) const {
  for (const Problem& problem : list_)
    other.add(problem.place, problem.key, problem.message, problem.help);
}

std::optional<Given> read_given(const TomlNode& node, const Parameter& parameter,
                                const std::string& key, const Terms& terms, Problems& problems) {
  const ValueReader reader(parameter, key, terms, problems);
  Given given;
  if (node.type != Type::table) {
    given.value = reader.value(node);
    return given.value ? std::optional(given) : std::nullopt;
  }
  Problems mine;
  const ValueReader part_reader(parameter, key, terms, mine);
  for (const TomlNode& part : node.children)
    read_part(part, part_reader, parameter, key, mine, given);
  if (node.children.empty()) mine.add(node.place, key, key + ": the table is empty");
  if (!mine.any()) check_range(node, given, key, mine);
  mine.append_to(problems);
  return mine.any() ? std::nullopt : std::optional(given);
}

}  // namespace sim
