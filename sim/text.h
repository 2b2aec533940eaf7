// SPDX-License-Identifier: Apache-2.0
#pragma once
// Small things about text that several readers need.

#include <string_view>

namespace sim {

// Without blanks and tabs at either end; a view into `text`.
constexpr std::string_view trimmed(std::string_view text) {
  const auto is_blank = [](char c) { return c == ' ' || c == '\t'; };
  while (!text.empty() && is_blank(text.front())) text.remove_prefix(1);
  while (!text.empty() && is_blank(text.back())) text.remove_suffix(1);
  return text;
}

}  // namespace sim
