// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

namespace command {

// A figure for people: "1.23M USD" for minor units ("USD cent"), "0.87", "701".
std::string in_words(double value, const std::string& unit);

// At most `length` characters, the last "…" if something was cut.
std::string shortened(const std::string& text, std::size_t length);

}  // namespace command
