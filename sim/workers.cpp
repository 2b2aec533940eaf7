// SPDX-License-Identifier: Apache-2.0
// What both backends share: how many threads, and pinning.
#include "sim/workers.h"

#include <pthread.h>
#include <sched.h>

#include <algorithm>
#include <array>
#include <atomic>
#include <cstdlib>
#include <string>
#include <thread>
#include <vector>

#include "sim/check.h"
#include "sim/pinning.h"

namespace sim {

namespace {

std::vector<int> allowed_processors() {
  cpu_set_t set;
  CPU_ZERO(&set);
  std::vector<int> processors;
  if (sched_getaffinity(0, sizeof set, &set) != 0) return processors;
  for (int cpu = 0; cpu < CPU_SETSIZE; ++cpu)
    if (CPU_ISSET(cpu, &set)) processors.push_back(cpu);
  return processors;
}

// The value of an environment variable as a thread count; 0 when it is not set.
unsigned threads_from(const char* variable) {
  const char* text = std::getenv(variable);
  if (text == nullptr || *text == '\0') return 0;
  char* end = nullptr;
  const long count = std::strtol(text, &end, 10);
  if (*end != '\0' || count < 1 || count > 4096)
    throw Usage(std::string(variable) + " is '" + text + "': a number of threads 1..4096 expected");
  return static_cast<unsigned>(count);
}

const std::vector<int>& processors_before_pinning() {
  static const std::vector<int> processors = allowed_processors();
  return processors;
}

}  // namespace

unsigned default_threads() {
  if (const unsigned count = threads_from("PARDNER_NUM_THREADS")) return count;
  if (const unsigned count = threads_from("SLURM_CPUS_PER_TASK")) return count;
  const std::size_t processors = allowed_processors().size();
  return processors > 0 ? static_cast<unsigned>(processors)
                        : std::max(1u, std::thread::hardware_concurrency());
}

void pin_this_thread(unsigned worker) {
  const std::vector<int>& processors = processors_before_pinning();
  if (processors.empty()) return;
  cpu_set_t set;
  CPU_ZERO(&set);
  CPU_SET(processors[worker % processors.size()], &set);
  pthread_setaffinity_np(pthread_self(), sizeof set, &set);
}

void unpin_this_thread() {
  cpu_set_t set;
  CPU_ZERO(&set);
  for (const int processor : processors_before_pinning()) CPU_SET(processor, &set);
  if (CPU_COUNT(&set) > 0) pthread_setaffinity_np(pthread_self(), sizeof set, &set);
}

void Workers::run_near(std::size_t count, const std::function<void(std::size_t)>& task) const {
  constexpr std::size_t most = 64;
  struct alignas(64) Stretch {  // a cache line each
    std::atomic<std::size_t> next{0};
    std::size_t end = 0;
  };
  const std::size_t stretches = std::min<std::size_t>({threads_, count, most});
  std::array<Stretch, most> stretch;
  for (std::size_t i = 0; i < stretches; ++i) {
    stretch[i].next = count * i / stretches;
    stretch[i].end = count * (i + 1) / stretches;
  }
  std::atomic<bool> failed = false;
  const auto work = [&](std::size_t own) {
    try {
      for (std::size_t k = 0; k < stretches; ++k) {
        Stretch& one = stretch[(own + k) % stretches];
        for (std::size_t i = one.next++; i < one.end && !failed; i = one.next++) task(i);
      }
    } catch (...) {
      failed = true;
      throw;
    }
  };
  run(stretches, std::ref(work));
}

const Workers& serial_workers() {
  static const Workers workers(1);
  return workers;
}

}  // namespace sim
