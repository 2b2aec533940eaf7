// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

namespace ecosystem {

// Some of the candidate partners, as a parameter names them: "", "all", or numbers and ranges like
// "0, 4-7". One byte per candidate: 1 if it is among them. `key` is the parameter, for messages.
std::vector<std::uint8_t> partner_list(std::string_view text, std::size_t candidates,
                                       std::string_view key);

}  // namespace ecosystem
