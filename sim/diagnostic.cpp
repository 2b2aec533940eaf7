// SPDX-License-Identifier: Apache-2.0
#include "sim/diagnostic.h"

#include <fmt/format.h>

#include <algorithm>
#include <vector>

namespace sim {
namespace {

constexpr std::size_t widest = 100;  // characters of a line that are shown

bool continues_character(char c) { return (static_cast<unsigned char>(c) & 0xc0u) == 0x80u; }

// A line as characters: each a piece of text as wide as one column on a terminal.
std::vector<std::string> characters(std::string_view line) {
  std::vector<std::string> all;
  for (char c : line) {
    const bool control = static_cast<unsigned char>(c) < 0x20 || c == 0x7f;
    if (continues_character(c) && !all.empty())
      all.back() += c;
    else
      all.emplace_back(1, control ? ' ' : c);
  }
  return all;
}

// The line, or the part of it around the marked columns, and the carets below it.
std::pair<std::string, std::string> marked(std::string_view line, std::size_t column,
                                           std::size_t length) {
  const std::vector<std::string> all = characters(line);
  const std::size_t at = std::min(column - 1, all.size());
  const std::size_t first = at + 20 > widest ? at - std::min<std::size_t>(at, 40) : 0;
  const std::size_t end = std::min(all.size(), first + widest);
  std::string shown = first > 0 ? "..." : "";
  std::string carets(shown.size() + at - first, ' ');
  for (std::size_t i = first; i < end; ++i) shown += all[i];
  if (end < all.size()) shown += "...";
  const std::size_t room = end > at ? end - at : 1;
  carets += std::string(std::clamp<std::size_t>(length, 1, room), '^');
  return {shown, carets};
}

std::string joined(std::span<const Problem> problems) {
  std::string text;
  for (const Problem& problem : problems) {
    if (!text.empty()) text += '\n';
    text += problem.text();
  }
  return text;
}

}  // namespace

std::string_view Source::line(std::uint32_t number) const {
  std::string_view rest = text;
  for (std::uint32_t i = 1; i < number; ++i) {
    const std::size_t end = rest.find('\n');
    if (end == std::string_view::npos) return {};
    rest.remove_prefix(end + 1);
  }
  rest = rest.substr(0, rest.find('\n'));
  if (rest.ends_with('\r')) rest.remove_suffix(1);
  return rest;
}

std::string Place::text() const {
  if (!source) return "";
  return source->name == "override" ? source->name : fmt::format("{}:{}", source->name, line);
}

std::string Problem::text() const {
  std::string out = "error: " + message + '\n';
  std::string margin = "  ";
  if (place.source && place.line == 0) {
    out += fmt::format("  --> {}\n", place.source->name);
  } else if (place.source) {
    const std::string number = std::to_string(place.line);
    margin = std::string(number.size() + 1, ' ');
    const auto [shown, carets] =
        marked(place.source->line(place.line), std::max(place.column, 1u), place.length);
    out += fmt::format("{}--> {}:{}:{}\n", margin, place.source->name, number, place.column);
    out += fmt::format("{}|\n{} | {}\n{}| {}\n", margin, number, shown, margin, carets);
  }
  if (!help.empty()) out += fmt::format("{}= help: {}\n", margin, help);
  return out;
}

ScenarioError::ScenarioError(std::vector<Problem> problems)
    : BadInput(joined(problems)), problems_(std::move(problems)) {}

namespace {

// Optimal string alignment distance: insert, delete, replace, swap neighbours.
std::size_t distance(std::string_view a, std::string_view b) {
  const std::size_t width = b.size() + 1;
  std::vector<std::size_t> d((a.size() + 1) * width);
  for (std::size_t i = 0; i <= a.size(); ++i) d[i * width] = i;
  for (std::size_t j = 0; j <= b.size(); ++j) d[j] = j;
  for (std::size_t i = 1; i <= a.size(); ++i)
    for (std::size_t j = 1; j <= b.size(); ++j) {
      const std::size_t replaced = d[(i - 1) * width + j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1);
      std::size_t best = std::min({d[(i - 1) * width + j] + 1, d[i * width + j - 1] + 1, replaced});
      if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
        best = std::min(best, d[(i - 2) * width + j - 2] + 1);
      d[i * width + j] = best;
    }
  return d.back();
}

}  // namespace

std::string nearest(std::string_view word, std::span<const std::string> known) {
  constexpr std::size_t longest = 64;  // nobody mistypes more, and the table stays small
  if (word.empty() || word.size() > longest) return "";
  std::string best;
  std::size_t least = word.size() / 3 + 2;  // one more than what still counts as a slip
  for (const std::string& name : known) {
    if (name.size() > longest) continue;
    const std::size_t apart = distance(word, name);
    if (apart < least && apart < name.size()) {
      least = apart;
      best = name;
    }
  }
  return best;
}

}  // namespace sim
