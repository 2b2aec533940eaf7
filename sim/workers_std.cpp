// SPDX-License-Identifier: Apache-2.0
// Workers on std::thread: a pool that sleeps between calls and takes chunk numbers from a counter.
#ifdef PARDNER_WORKERS_STD
#include <atomic>
#include <condition_variable>
#include <exception>
#include <mutex>
#include <thread>
#include <vector>

#include "sim/pinning.h"
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

  void run(std::size_t task_count, const std::function<void(std::size_t)>& body) {
    {
      const std::lock_guard lock(mutex);
      task = &body;
      count = task_count;
      next = 0;
      failure = nullptr;
      busy = pool.size();
      ++round;
    }
    wake.notify_all();
    take_tasks();
    std::unique_lock lock(mutex);
    done.wait(lock, [this] { return busy == 0; });
    if (failure) std::rethrow_exception(failure);
  }

 private:
  void serve() {
    std::size_t seen = 0;
    while (true) {
      {
        std::unique_lock lock(mutex);
        wake.wait(lock, [&] { return closing || round != seen; });
        if (closing) return;
        seen = round;
      }
      take_tasks();
      const std::lock_guard lock(mutex);
      if (--busy == 0) done.notify_one();
    }
  }

  void take_tasks() {
    try {
      for (std::size_t i = next++; i < count; i = next++) (*task)(i);
    } catch (...) {
      const std::lock_guard lock(mutex);
      if (!failure) failure = std::current_exception();
      next = count;
    }
  }

  std::vector<std::thread> pool;
  std::mutex mutex;
  std::condition_variable wake, done;
  const std::function<void(std::size_t)>* task = nullptr;
  std::size_t count = 0, busy = 0, round = 0;
  std::atomic<std::size_t> next{0};
  std::exception_ptr failure;
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
  if (!backend_) {
    for (std::size_t i = 0; i < count; ++i) task(i);
    return;
  }
  backend_->run(count, task);
}

}  // namespace sim
#endif
