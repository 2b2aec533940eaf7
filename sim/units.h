// SPDX-License-Identifier: Apache-2.0
#pragma once
// Numbers that a scenario writes with a unit: "4M", "28k USD", "20%", "3 months", "0.1/week".
//
// A declared unit is a word or a word per word: "1" and "share" (in percent too), "%", "week",
// "currency", "1/year", "hour/week", "currency/year". Times convert: 7 days to the week, 13 weeks
// to the quarter, 52 to the year, a month a twelfth of that. Plurals are fine; "per" is '/'; k, M
// and bn are 10^3, 10^6 and 10^9; what a text leaves out is as declared ("20%" of a "1/year" is .2
// a year).

#include <optional>
#include <string>
#include <string_view>

namespace sim {

// The number in `unit`, correctly rounded before times convert; nullopt if `text` is none. It may
// be infinite ("1e999").
std::optional<double> read_quantity(std::string_view text, std::string_view unit,
                                    std::string_view currency);

// What messages offer: `a number or a text like "20%"`.
std::string quantity_help(std::string_view unit, std::string_view currency);

// A regular expression (ECMA 262) for the texts read_quantity reads, whatever the currency.
std::string quantity_pattern(std::string_view unit);

}  // namespace sim
