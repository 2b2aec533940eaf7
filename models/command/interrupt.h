// SPDX-License-Identifier: Apache-2.0
#pragma once
// Ctrl-C and SIGTERM ask a run to stop at the end of the week; a second Ctrl-C ends the program.

#include "sim/experiment.h"

namespace command {

class StopOnSignal {
 public:
  explicit StopOnSignal(sim::Control& control);
  ~StopOnSignal();
  StopOnSignal(const StopOnSignal&) = delete;
  StopOnSignal& operator=(const StopOnSignal&) = delete;
};

// A line on stderr that says how far a run is, if stderr is a terminal; own thread, 5 times a
// second, nothing in the first second.
class Progress {
 public:
  Progress(const sim::Control& control, std::uint64_t weeks, bool wanted);
  ~Progress();
  Progress(const Progress&) = delete;
  Progress& operator=(const Progress&) = delete;

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace command
