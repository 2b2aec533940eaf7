// SPDX-License-Identifier: Apache-2.0
#pragma once
// For the two backends of workers.h only.

namespace sim {

// Keeps the calling thread on the worker-th processor this process was allowed at start-up.
void pin_this_thread(unsigned worker);

}  // namespace sim
