// SPDX-License-Identifier: Apache-2.0
#pragma once
// The parts of the list of outcomes.

#include <array>
#include <span>

#include "models/startups/model.h"

namespace startups {

std::span<const sim::Outcome<World>> outcomes_of_giants();  // measures_giants.cpp

}  // namespace startups
