// SPDX-License-Identifier: Apache-2.0
// Workers on oneTBB.
#ifndef PARDNER_WORKERS_STD
#include <oneapi/tbb/global_control.h>
#include <oneapi/tbb/info.h>
#include <oneapi/tbb/parallel_for.h>
#include <oneapi/tbb/task_arena.h>
#include <oneapi/tbb/task_scheduler_observer.h>

#include "sim/pinning.h"
#include "sim/task_counter.h"
#include "sim/workers.h"

namespace sim {

namespace {
struct Pinner : tbb::task_scheduler_observer {
  explicit Pinner(tbb::task_arena& arena) : tbb::task_scheduler_observer(arena) { observe(true); }
  ~Pinner() override { observe(false); }
  void on_scheduler_entry(bool) override {
    pin_this_thread(static_cast<unsigned>(tbb::this_task_arena::current_thread_index()));
  }
};
}  // namespace

struct Workers::Backend {
  explicit Backend(unsigned threads) : arena(static_cast<int>(threads)) {
    // More threads than processors only on demand (the tests run 16 on 2). oneTBB goes by the least
    // of all such limits and warns of the others, so none is set that isn't needed.
    if (threads > static_cast<unsigned>(tbb::info::default_concurrency()))
      limit.emplace(tbb::global_control::max_allowed_parallelism, threads);
  }
  std::optional<tbb::global_control> limit;
  tbb::task_arena arena;
  std::optional<Pinner> pinner;
};

Workers::Workers(unsigned threads, Pin pin) : threads_(threads == 0 ? default_threads() : threads) {
  if (threads_ > 1) {
    backend_ = std::make_unique<Backend>(threads_);
    if (pin == Pin::yes) backend_->pinner.emplace(backend_->arena);
  } else if (pin == Pin::yes) {
    pin_this_thread(0);
  }
}

Workers::~Workers() = default;

void Workers::run(std::size_t count, const std::function<void(std::size_t)>& task) const {
  if (!backend_ || count <= 1 || TaskCounter::inside()) {
    for (std::size_t i = 0; i < count; ++i) task(i);
    return;
  }
  // One TBB task per thread, each taking numbers from a counter: oneTBB's own splitting would begin
  // in the middle, and an interrupted experiment could not keep its first replicates.
  TaskCounter tasks(count, task);
  backend_->arena.execute([&] {
    tbb::parallel_for(
        tbb::blocked_range<unsigned>(0, threads_, 1),
        [&](const tbb::blocked_range<unsigned>&) { tasks.work(); }, tbb::simple_partitioner());
  });
  tasks.rethrow();
}

}  // namespace sim
#endif
