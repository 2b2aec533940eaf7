// SPDX-License-Identifier: Apache-2.0
// Two tasks that run at the same time write one number (`planted`) or a number each (`lawful`).
// scripts/test runs both under ThreadSanitizer: it must report the first and not the second, so a
// clean run of the other tests means something.

#include <array>
#include <atomic>
#include <cstdio>
#include <string_view>

#include "sim/workers.h"

int main(int count, char** arguments) {
  const bool planted = count > 1 && std::string_view(arguments[1]) == "planted";
  std::array<long, 2> sums{};
  std::atomic<int> arrived{0};
  const sim::Workers workers(2);
  workers.run(2, [&](std::size_t task) {
    // Relaxed: the tasks meet, but neither is ordered after what the other does.
    arrived.fetch_add(1, std::memory_order_relaxed);
    while (arrived.load(std::memory_order_relaxed) < 2) {
    }
    sums[planted ? 0 : task] += 1;
  });
  std::printf("%ld\n", sums[0] + sums[1]);
}
