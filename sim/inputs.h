// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "sim/experiment.h"

namespace sim {

// `settings` (of an arm, at any date) with the inputs that this replicate draws; unchanged unless
// [run] vary = "chance+inputs".
Settings with_inputs(const Plan& plan, const Settings& settings, std::size_t replicate);

}  // namespace sim
