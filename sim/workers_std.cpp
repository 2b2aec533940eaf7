// SPDX-License-Identifier: Apache-2.0
// Workers on std::thread: a pool that sleeps between calls.
#ifdef PARDNER_WORKERS_STD
#include <condition_variable>
#include <mutex>
#include <thread>
#include <vector>

#include "sim/pinning.h"
#include "sim/task_counter.h"
#include "sim/workers.h"

namespace sim {

struct Workers::Backend {
  Backend(unsigned threads, Pin pin) {
    if (pin == Pin::yes) pin_this_thread(0);
    for (unsigned w = 1; w < threads; ++w)
      pool.emplace_back([this, w, pin] {
        if (pin == Pin::yes) pin_this_thread(w);
        serve();
      });
  }

  ~Backend() {
    {
      const std::lock_guard lock(mutex);
      closing = true;
    }
    wake.notify_all();
    for (auto& thread : pool) thread.join();
  }

  void run(TaskCounter& counter) {
    const std::lock_guard one_caller(callers);
    {
      const std::lock_guard lock(mutex);
      tasks = &counter;
      busy = pool.size();
      ++round;
    }
    wake.notify_all();
    counter.work();
    std::unique_lock lock(mutex);
    done.wait(lock, [this] { return busy == 0; });
  }

 private:
  void serve() {
    std::size_t seen = 0;
    while (true) {
      TaskCounter* counter = nullptr;
      {
        std::unique_lock lock(mutex);
        wake.wait(lock, [&] { return closing || round != seen; });
        if (closing) return;
        seen = round;
        counter = tasks;
      }
      counter->work();
      const std::lock_guard lock(mutex);
      if (--busy == 0) done.notify_one();
    }
  }

  std::vector<std::thread> pool;
  std::mutex callers;  // held for a whole run()
  std::mutex mutex;    // guards what follows
  std::condition_variable wake, done;
  TaskCounter* tasks = nullptr;
  std::size_t busy = 0, round = 0;
  bool closing = false;
};

Workers::Workers(unsigned threads, Pin pin) : threads_(threads == 0 ? default_threads() : threads) {
  if (threads_ > 1)
    backend_ = std::make_unique<Backend>(threads_, pin);
  else if (pin == Pin::yes)
    pin_this_thread(0);
}

Workers::~Workers() = default;

void Workers::run(std::size_t count, const std::function<void(std::size_t)>& task) const {
  if (!backend_ || count <= 1 || TaskCounter::inside()) {
    for (std::size_t i = 0; i < count; ++i) task(i);
    return;
  }
  TaskCounter tasks(count, task);
  backend_->run(tasks);
  tasks.rethrow();
}

}  // namespace sim
#endif
