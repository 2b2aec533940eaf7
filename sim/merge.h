// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <span>
#include <string>

#include "sim/scenario.h"

namespace sim {

// One scenario whose arms are the given ones, each as its own first arm has it; the first is the
// reference, and [run] (seed, replicates, title) is the first one's. A result file of it tells the
// whole comparison. `names` and `titles` are those of the arms.
//
// Throws BadInput naming the difference where arms of one scenario could not differ so: another
// model, anything of [run] but title, seed and replicates, or an entry that only the reference has.
Scenario merged(std::span<const Scenario> scenarios, std::span<const std::string> names,
                std::span<const std::string> titles, const Vocabulary& vocabulary);

}  // namespace sim
