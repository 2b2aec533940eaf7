// SPDX-License-Identifier: Apache-2.0
#pragma once
// What a parameter can hold.

#include <cstdint>
#include <string>
#include <variant>
#include <vector>

#include "sim/date.h"
#include "sim/money.h"

namespace sim {

enum class Kind : std::uint8_t { number, integer, boolean, text, money, date, choice, numbers };

// By Kind: number double, integer int64, boolean bool, text and choice string, money Money (minor
// units of the run's currency), date Date, numbers vector<double>.
using Value =
    std::variant<double, std::int64_t, bool, std::string, Money, Date, std::vector<double>>;

const char* kind_phrase(Kind kind);  // "a number", "a whole number", "true or false", ...

// As TOML writes it, so that it reads back to the same bits: 0.25, 3, true, "text", 2026-02-02,
// money in whole units of a currency with `digits` decimals.
std::string to_toml(const Value& value, int digits = 2);
std::string toml_quoted(std::string_view text);

}  // namespace sim
