// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <functional>

#include "python/bindings/bindings.h"
#include "sim/experiment.h"

// Work on a thread of its own while Python waits: without the GIL, calling `progress(done, total)`
// (None: nothing) ten times a second, and listening for Ctrl-C every 20 ms. What the work throws is
// rethrown here. Ctrl-C, or an exception of `progress`, stops the work and is raised at once: work
// that needs longer to stop ends in the background. So `work` must own all it uses.
void wait_for(std::function<void(sim::Control&)> work, std::uint64_t total,
              const py::object& progress);

// Waits for work that was told to stop and goes on in the background: it may hold open the file
// that somebody wants to read, which a reader's process could then not open for itself.
void wait_for_left_behind();

// Throws if oneTBB would run in a child of a process that used it: its threads did not come along.
void refuse_after_fork(unsigned threads);

void bind_job(py::module_& m);
