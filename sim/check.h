// SPDX-License-Identifier: Apache-2.0
#pragma once
// Contracts at two strengths, and the errors people see.
//
// expect(cond): what the code relies on; checked where PARDNER_CHECKS is on (dev, asan).
// validate(cond, message): what people typed or files said; checked always.
// Every error carries the exit code of the command (docs/architecture.md, "Exit codes").

#include <cstdio>
#include <cstdlib>
#include <stdexcept>
#include <string>

namespace sim {

class Error : public std::runtime_error {
 public:
  explicit Error(const std::string& message, int exit_code = 1)
      : std::runtime_error(message), exit_code_(exit_code) {}
  int exit_code() const { return exit_code_; }

 private:
  int exit_code_;
};

struct Usage : Error {
  explicit Usage(const std::string& message) : Error(message, 2) {}
};
struct BadInput : Error {
  explicit BadInput(const std::string& message) : Error(message, 3) {}
};
struct NotEnoughMemory : Error {
  explicit NotEnoughMemory(const std::string& message) : Error(message, 4) {}
};
struct Interrupted : Error {
  explicit Interrupted(const std::string& message) : Error(message, 75) {}
};

inline void validate(bool holds, const std::string& message) {
  if (!holds) throw BadInput(message);
}

#ifdef PARDNER_CHECKS
[[noreturn]] inline void expectation_failed(const char* text, const char* file, int line) {
  std::fprintf(stderr, "%s:%d: expectation failed: %s\n", file, line, text);
  std::abort();
}
#define PARDNER_EXPECT(cond) \
  (static_cast<bool>(cond) ? void(0) : ::sim::expectation_failed(#cond, __FILE__, __LINE__))
#else
#define PARDNER_EXPECT(cond) void(0)
#endif

}  // namespace sim
