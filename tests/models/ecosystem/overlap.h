// SPDX-License-Identifier: Apache-2.0
#pragma once
// Territories in which several resellers call on the same accounts, phase by phase.

#include <string>
#include <vector>

#include "tests/models/ecosystem/phases.h"

namespace support {

// Three resellers in each of two territories unless `more` says otherwise.
inline Phases overlap(std::vector<std::string> more = {}) {
  more.insert(more.begin(), {"run.weeks=1040", "run.vary=chance+population",
                             "program.signed_at_start=6", "attribution.trace=true"});
  return Phases("overlapping_resellers", more, "[arms.only]\ntitle = \"only\"\n");
}

inline const std::vector<std::string> registered{
    "registration.window_weeks=13", "attribution.policy=first_registered", "engagement.rule=hard"};

inline std::vector<std::string> with(std::vector<std::string> base,
                                     const std::vector<std::string>& more) {
  base.insert(base.end(), more.begin(), more.end());
  return base;
}

// visit(event row) for each deal event of a kind.
template <class Visit>
void each_event(const ecosystem::World& world, ecosystem::DealEvent kind, const Visit& visit) {
  for (std::size_t row = 0; row < world.deal_events.size(); ++row) {
    const ecosystem::DealEvents::Id id(row);
    if (world.deal_events.kind[id] == static_cast<std::int64_t>(kind)) visit(id);
  }
}
inline std::int64_t events(const ecosystem::World& world, ecosystem::DealEvent kind) {
  std::int64_t count = 0;
  each_event(world, kind, [&](ecosystem::DealEvents::Id) { ++count; });
  return count;
}

}  // namespace support
