// SPDX-License-Identifier: Apache-2.0
#pragma once
// Golden digests: tests/golden/FILE holds lines "name digest". PARDNER_UPDATE=1 rewrites them; a
// change that was meant belongs into the changelog under "Changes numbers".

#include <fmt/format.h>

#include <cstdint>
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

}  // namespace support
