// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <vector>

#include "sim/model.h"
#include "sim/session.h"

// A run's results in memory.
struct Results {
  sim::Session session;
  std::vector<sim::PhaseText> phases;
};
