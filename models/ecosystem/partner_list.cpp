// SPDX-License-Identifier: Apache-2.0
#include "models/ecosystem/partner_list.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <optional>

#include "sim/check.h"
#include "sim/diagnostic.h"

namespace ecosystem {
namespace {

std::string_view trimmed(std::string_view text) {
  const std::size_t first = text.find_first_not_of(' ');
  if (first == text.npos) return {};
  return text.substr(first, text.find_last_not_of(' ') - first + 1);
}

std::optional<std::size_t> number(std::string_view text) {
  std::size_t found = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), found);
  if (error != std::errc{} || end != text.data() + text.size()) return std::nullopt;
  return found;
}

std::string meant(std::string_view part, std::span<const std::string> classes) {
  const std::string near = sim::nearest(part, classes);
  if (!near.empty()) return fmt::format("did you mean '{}'?", near);
  return "allowed: \"all\", or numbers and ranges of candidates like \"0, 4-7\", or classes of "
         "them";
}

}  // namespace

std::vector<std::uint8_t> partner_list(std::string_view text,
                                       std::span<const std::uint32_t> class_of,
                                       std::span<const std::string> classes, std::string_view key) {
  const std::size_t candidates = class_of.size();
  text = trimmed(text);
  if (text == "all") return std::vector<std::uint8_t>(candidates, 1);
  std::vector<std::uint8_t> listed(candidates, 0);
  while (!text.empty()) {
    const std::size_t comma = std::min(text.find(','), text.size());
    const std::string_view part = trimmed(text.substr(0, comma));
    text.remove_prefix(std::min(comma + 1, text.size()));
    if (const auto named = std::ranges::find(classes, part);
        !part.empty() && named != classes.end()) {
      const auto number = static_cast<std::uint32_t>(named - classes.begin());
      for (std::size_t i = 0; i < candidates; ++i) listed[i] |= class_of[i] == number;
      continue;
    }
    const std::size_t dash = std::min(part.find('-'), part.size());
    const auto first = number(trimmed(part.substr(0, dash)));
    const auto last = dash < part.size() ? number(trimmed(part.substr(dash + 1))) : first;
    sim::validate(first && last && *first <= *last,
                  fmt::format("{}: '{}' is no partner; {}", key, part, meant(part, classes)));
    sim::validate(*last < candidates,
                  fmt::format("{}: there is no partner {}; the scenario has {} candidates, "
                              "numbered from 0",
                              key, *last, candidates));
    std::fill(listed.begin() + static_cast<std::ptrdiff_t>(*first),
              listed.begin() + static_cast<std::ptrdiff_t>(*last) + 1, std::uint8_t{1});
  }
  return listed;
}

}  // namespace ecosystem
