// SPDX-License-Identifier: Apache-2.0
#pragma once
// One random stream per mechanism, and one for who everybody is. Append only: an old run must keep
// its numbers. docs/odd.md prints this list.

#include <array>

#include "sim/random.h"

namespace ecosystem::streams {

using sim::Level;
using sim::Stream;

inline constexpr Stream population{16, "population", "account, rep or firm",
                                   "traits: size of an account's demand, skill, installed base",
                                   Level::population};
inline constexpr Stream demand{17, "demand", "need (account, ordinal)",
                               "when a need comes, its product, size and decision clock"};
inline constexpr Stream leads{18, "leads", "pair(partner, account)",
                              "whether a partner knows an account", Level::population};
inline constexpr Stream pursuit{19, "pursuit", "opportunity (need, rep)",
                                "work that each stage of an opportunity takes"};
inline constexpr Stream choice{20, "choice", "need", "tastes of the buyer and the choice itself"};
inline constexpr Stream renewal{21, "renewal", "contract, number of its invoice as week",
                                "whether a contract is renewed"};
inline constexpr Stream program{22, "program", "candidate partner",
                                "when it signs, whether and when its sellers start to sell"};

inline constexpr std::array all{population, demand, leads, pursuit, choice, renewal, program};

}  // namespace ecosystem::streams
