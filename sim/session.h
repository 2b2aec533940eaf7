// SPDX-License-Identifier: Apache-2.0
#pragma once
// From a scenario to results: in memory, in a file, or both.

#include <cstdint>
#include <string>
#include <vector>

#include "sim/experiment.h"
#include "sim/results.h"
#include "sim/scenario.h"

namespace sim {

// All outcomes of a run, arm-major: values of one outcome are (arm, replicate, time).
struct Collected {
  ResultsInfo info;
  std::vector<Series> outcomes;
  std::vector<std::int8_t> status;   // (arm, replicate): 1 if complete, else 0 and values missing
  std::vector<double> wall_seconds;  // (arm, replicate)
};

struct Request {
  const Scenario* scenario = nullptr;
  Plan plan;
  std::string output;                // path of the result file; "": none
  bool keep = true;                  // fill Collected
  std::vector<std::string> command;  // words as typed, for the provenance
};

struct Session {
  RunReport report;
  Collected collected;  // when asked for
  std::string path;     // of the file written: `output`, or its .partial when interrupted
  std::string digest;   // of a finished file
};

// What the result file will say about this request, scenario text and provenance included.
ResultsInfo describe_request(const Request& request);

// Runs the request. Interrupted (Control::stop): finished replicates are kept, in memory and in
// `<output>.partial`, and Session says so; nothing is thrown.
Session run(const Request& request, Control& control);

// A plan for the very run a result file holds, to the bit. `scenario` receives its scenario.
Plan plan_from(const ResultsInfo& info, const Scenario& scenario, const ModelInfo& model);

// The bytes Collected will hold.
std::uint64_t collected_bytes(const Plan& plan);

}  // namespace sim
