// SPDX-License-Identifier: Apache-2.0
#pragma once
// Golden digests: tests/golden/FILE holds lines "name digest". PARDNER_UPDATE=1 rewrites them; a
// change that was meant belongs into the changelog under "Changes numbers".

#include <fmt/format.h>
#include <unistd.h>

#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <map>
#include <string>

namespace support {

class Golden {
 public:
  explicit Golden(const std::string& file)
      : path_(std::string(PARDNER_SOURCE_DIR) + "/tests/golden/" + file) {
    std::ifstream in(path_);
    for (std::string name, digest; in >> name >> digest;) known_[name] = digest;
  }

  // What `name` had, "" if it is new. In update mode the new digest is written and given back.
  std::string expected(const std::string& name, std::uint64_t digest) {
    if (std::getenv("PARDNER_UPDATE") == nullptr) return known_[name];
    known_[name] = text(digest);
    std::ofstream out(path_);
    for (const auto& [key, value] : known_) out << key << ' ' << value << '\n';
    return known_[name];
  }

  static std::string text(std::uint64_t digest) { return fmt::format("{:016x}", digest); }

 private:
  std::string path_;
  std::map<std::string, std::string> known_;
};

// What this test program prints when it runs itself with a filter and an environment; the last line
// is "exit 0" or "failed".
inline std::string run_self(const std::string& environment, const std::string& filter) {
  char path[4096];
  const auto length = readlink("/proc/self/exe", path, sizeof path - 1);
  path[length > 0 ? length : 0] = 0;
  std::string output;
  FILE* pipe =
      popen((environment + " '" + path + "' --gtest_filter=" + filter + " 2>&1").c_str(), "r");
  for (int c = 0; (c = std::fgetc(pipe)) != EOF;) output += static_cast<char>(c);
  output += pclose(pipe) == 0 ? "exit 0\n" : "failed\n";
  return output;
}

}  // namespace support
