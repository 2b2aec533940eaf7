// SPDX-License-Identifier: Apache-2.0
#include "sim/diagnostic.h"

#include <fmt/format.h>

#include <algorithm>
#include <vector>

namespace sim {
namespace {

constexpr std::size_t widest = 100;  // characters of a line that are shown

// A text as characters: each a piece as wide as one column on a terminal, fit to be shown.
std::vector<std::string> characters(std::string_view text) {
  std::vector<std::string> all;
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t bytes = utf8_bytes(text, at);
    const bool control = static_cast<unsigned char>(text[at]) < 0x20 || text[at] == 0x7f;
    if (bytes == 0)
      all.emplace_back("?");
    else if (control)
      all.emplace_back(" ");
    else
      all.emplace_back(text.substr(at, bytes));
    at += std::max<std::size_t>(bytes, 1);
  }
  return all;
}

std::string shown(std::string_view text) {
  std::string out;
  for (const std::string& character : characters(text)) out += character;
  return out;
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

std::size_t utf8_bytes(std::string_view text, std::size_t at) {
  const auto byte = [&](std::size_t i) {
    return at + i < text.size() ? static_cast<unsigned char>(text[at + i]) : 0u;
  };
  const unsigned first = byte(0);
  if (first < 0x80) return 1;
  const std::size_t count = first >= 0xc2 && first <= 0xdf   ? 2
                            : first >= 0xe0 && first <= 0xef ? 3
                            : first >= 0xf0 && first <= 0xf4 ? 4
                                                             : 0;
  const unsigned least = first == 0xe0 ? 0xa0 : first == 0xf0 ? 0x90 : 0x80;
  const unsigned most = first == 0xed ? 0x9f : first == 0xf4 ? 0x8f : 0xbf;
  if (count == 0 || byte(1) < least || byte(1) > most) return 0;
  for (std::size_t i = 2; i < count; ++i)
    if (byte(i) < 0x80 || byte(i) > 0xbf) return 0;
  return count;
}

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
  std::string out = fmt::format("error: {}\n", shown(message));
  std::string margin = "  ";
  if (place.source && place.line == 0) {
    out += fmt::format("  --> {}\n", shown(place.source->name));
  } else if (place.source) {
    const std::string number = std::to_string(place.line);
    margin = std::string(number.size() + 1, ' ');
    const auto [line, carets] =
        marked(place.source->line(place.line), std::max(place.column, 1u), place.length);
    out += fmt::format("{}--> {}:{}:{}\n", margin, shown(place.source->name), number, place.column);
    out += fmt::format("{}|\n{} | {}\n{}| {}\n", margin, number, line, margin, carets);
  }
  if (!help.empty()) out += fmt::format("{}= help: {}\n", margin, shown(help));
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
