// SPDX-License-Identifier: Apache-2.0
#include "sim/memory.h"

#include <fmt/format.h>
#include <sys/resource.h>

#include <algorithm>
#include <fstream>
#include <limits>

#include "sim/check.h"

namespace sim {

namespace {

constexpr std::uint64_t unlimited = std::numeric_limits<std::uint64_t>::max();

// The value of `name` in /proc/meminfo-like files ("MemAvailable:  123 kB"), in bytes.
std::uint64_t proc_value(const char* file, const std::string& name) {
  std::ifstream in(file);
  for (std::string word; in >> word;) {
    if (word != name) continue;
    std::uint64_t kilobytes = 0;
    if (in >> kilobytes) return kilobytes * 1024;
  }
  return unlimited;
}

std::uint64_t number_in(const char* file) {
  std::ifstream in(file);
  std::uint64_t value = 0;
  return in >> value ? value : unlimited;  // "max" is no number
}

// Version 2 control groups, as seen from inside a container.
std::uint64_t left_in_control_group() {
  const std::uint64_t limit = number_in("/sys/fs/cgroup/memory.max");
  const std::uint64_t used = number_in("/sys/fs/cgroup/memory.current");
  if (limit == unlimited || used == unlimited) return unlimited;
  return limit > used ? limit - used : 0;
}

std::uint64_t left_by_ulimit() {
  rlimit limit{};
  if (getrlimit(RLIMIT_AS, &limit) != 0 || limit.rlim_cur == RLIM_INFINITY) return unlimited;
  const std::uint64_t used = proc_value("/proc/self/status", "VmSize:");
  if (used == unlimited) return limit.rlim_cur;
  return limit.rlim_cur > used ? limit.rlim_cur - used : 0;
}

}  // namespace

std::uint64_t available_memory() {
  return std::min(
      {proc_value("/proc/meminfo", "MemAvailable:"), left_in_control_group(), left_by_ulimit()});
}

std::string readable_bytes(std::uint64_t bytes) {
  const double value = static_cast<double>(bytes);
  if (bytes >= 1'000'000'000'000) return fmt::format("{:.1f} TB", value / 1e12);
  if (bytes >= 1'000'000'000) return fmt::format("{:.1f} GB", value / 1e9);
  if (bytes >= 1'000'000) return fmt::format("{:.1f} MB", value / 1e6);
  return fmt::format("{:.0f} kB", std::max(1.0, value / 1e3));
}

void require_memory(std::uint64_t bytes, const std::string& advice) {
  const std::uint64_t available = available_memory();
  if (bytes <= available) return;
  throw NotEnoughMemory(fmt::format("this run needs about {} of memory and {} are available; {}",
                                    readable_bytes(bytes), readable_bytes(available), advice));
}

}  // namespace sim
