// SPDX-License-Identifier: Apache-2.0
#pragma once
// The random streams of contest. Append only: an old run must keep its numbers.

#include <array>

#include "sim/random.h"

namespace contest::streams {

using sim::Level;
using sim::Stream;

inline constexpr Stream skill{16, "skill", "rep", "log skill, once", Level::population};
inline constexpr Stream territory{17, "territory", "firm", "permutation of the accounts, once",
                                  Level::population};
inline constexpr Stream first_size{18, "first_size", "account", "size of the first deal",
                                   Level::population};
inline constexpr Stream first_book{19, "first_book", "rep", "the first book of opportunities"};
inline constexpr Stream clock{20, "clock", "account", "does the account decide this week"};
inline constexpr Stream decision{21, "decision", "account", "for whom"};
inline constexpr Stream refill{22, "refill", "rep", "account, kind and fit of new opportunities"};
inline constexpr Stream next_size{23, "next_size", "account", "size of the next deal"};

inline constexpr std::array all{skill, territory, first_size, first_book,
                                clock, decision,  refill,     next_size};

}  // namespace contest::streams
