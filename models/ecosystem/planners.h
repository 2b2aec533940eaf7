// SPDX-License-Identifier: Apache-2.0
#pragma once
// How a rep looks at the plan (EQ3): docs/odd.md, "effort".

#include <cstdint>

namespace ecosystem {

enum class Planner : std::uint8_t { shadow, myopic, dynamic };

// One of something for each role that sells.
template <class T>
struct ByRole {
  T executives, sellers;
};

}  // namespace ecosystem
