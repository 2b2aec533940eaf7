// SPDX-License-Identifier: Apache-2.0
#pragma once
// Runs this test program once more, with an environment that is read only once per process.

#include <unistd.h>

#include <algorithm>
#include <cstdio>
#include <string>

namespace rerun {

// What it prints, and "exit 0" at the end if all tests of the filter passed.
inline std::string self(const std::string& environment, const std::string& filter) {
  char path[4096];
  const auto length = readlink("/proc/self/exe", path, sizeof path - 1);
  path[std::max<ssize_t>(length, 0)] = 0;
  // All tests of the filter, whatever share of them this process was given.
  const std::string command = "env -u GTEST_TOTAL_SHARDS -u GTEST_SHARD_INDEX " + environment +
                              " '" + path + "' --gtest_filter=" + filter + " 2>&1";
  FILE* pipe = popen(command.c_str(), "r");
  if (!pipe) return "popen failed";
  std::string output;
  for (int c = 0; (c = std::fgetc(pipe)) != EOF;) output += static_cast<char>(c);
  return output + (pclose(pipe) == 0 ? "exit 0\n" : "failed\n");
}

}  // namespace rerun
