// SPDX-License-Identifier: Apache-2.0
#pragma once
// What is measured, in the order of results; docs/glossary.md defines the words.

#include <cstdint>
#include <numeric>
#include <span>

#include "models/ecosystem/model.h"

namespace ecosystem {

using Outcomes = std::span<const sim::Outcome<World>>;
Outcomes outcomes_of_vendor();    // its sales, books and people
Outcomes outcomes_of_partners();  // trust, leads, rivals for a deal, managers and support
Outcomes outcomes_of_classes();   // fees, funds, routing, press of further classes of partners
Outcomes outcomes_by_kind();      // deals, bookings and cost of each kind of partnership

inline std::int64_t sum_of(std::span<const std::int64_t> column) {
  return std::accumulate(column.begin(), column.end(), std::int64_t{0});
}

}  // namespace ecosystem
