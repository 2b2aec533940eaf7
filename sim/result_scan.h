// SPDX-License-Identifier: Apache-2.0
#pragma once
// Reads a result file inside this process: for files that we wrote ourselves, and for the child of
// result_reader.h. Throws sim::Error with a reason, without the path.

#include <string>

#include "sim/result_reader.h"

namespace sim {

ResultSummary scan_summary(const std::string& path);
std::string scan_digest(const std::string& path);  // computed from the values, nothing compared

}  // namespace sim
