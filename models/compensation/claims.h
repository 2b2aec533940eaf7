// SPDX-License-Identifier: Apache-2.0
#pragma once
// Who is paid when several partners claim one deal (R26): registrations with windows and a queue,
// and the nine policies.

#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "models/compensation/plan.h"

namespace compensation {

struct ClaimOnDeal {
  std::optional<sim::Date> registered, touched;
  std::int64_t hours = 0;
  bool marketplace = false;
};

// The claim whose registration lives on `day`: a window is [t0, t0 + n), a day longer if the plan
// includes the last. With a queue, claims wait in order of registration and live for a window of
// their own once the one before has lapsed; without one, a claim made while another lives is void.
std::optional<std::size_t> live_registration(const Claims& rules,
                                             std::span<const ClaimOnDeal> claims, sim::Date day);

// Cents for each claim on a deal of `basis` that closed on `day`. Equal claims are in the order
// given.
std::vector<std::int64_t> pay_claims(const Claims& rules, std::span<const ClaimOnDeal> claims,
                                     std::int64_t basis, sim::Date day);

}  // namespace compensation
