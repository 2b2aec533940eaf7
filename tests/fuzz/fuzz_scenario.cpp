// SPDX-License-Identifier: Apache-2.0
// Any bytes as a scenario of the toy model: the reader either says what is wrong with them or makes
// a scenario whose text reads back to itself. What follows a line "%%" are overrides, one a line.
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>
#include <vector>

#include "tests/sim/toy_model.h"

namespace {

void check(const std::string& text, const std::vector<std::string>& overrides) {
  const sim::Scenario scenario = toy::parse(text, overrides);  // may throw BadInput
  const std::string arm = scenario.arms().back().name;
  scenario.settings(arm).get<toy::Vendor>("vendor");
  scenario.changes(arm);
  if (toy::complaint(scenario.text()) != "") std::abort();
  if (toy::parse(scenario.text()).text() != scenario.text()) std::abort();
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  std::string text(reinterpret_cast<const char*>(data), size);
  std::vector<std::string> overrides;
  if (const std::size_t end = text.find("\n%%\n"); end != text.npos) {
    std::string rest = text.substr(end + 4);
    text.resize(end + 1);
    while (!rest.empty() && overrides.size() < 8) {
      const std::size_t line = rest.find('\n');
      overrides.push_back(rest.substr(0, line));
      rest.erase(0, line == rest.npos ? rest.npos : line + 1);
    }
  }
  try {
    check(text, overrides);
  } catch (const sim::BadInput&) {
    // As it should be.
  }
  return 0;
}
