// SPDX-License-Identifier: Apache-2.0
#pragma once
// For the two backends of workers.h, and for threads that live beside them.

namespace sim {

// Keeps the calling thread on the worker-th processor this process was allowed at start-up.
void pin_this_thread(unsigned worker);

// A thread inherits the place of the thread that starts it. One that is to run beside pinned
// workers asks for all processors again.
void unpin_this_thread();

}  // namespace sim
