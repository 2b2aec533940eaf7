// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace ecosystem {

// Some of the candidate partners, as a parameter names them: "", "all", or numbers, ranges and
// names of classes like "0, 4-7, oem". One byte per candidate: 1 if it is among them. `class_of`:
// the class of each candidate; `key` is the parameter, for messages.
std::vector<std::uint8_t> partner_list(std::string_view text,
                                       std::span<const std::uint32_t> class_of,
                                       std::span<const std::string> classes, std::string_view key);

}  // namespace ecosystem
