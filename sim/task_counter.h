// SPDX-License-Identifier: Apache-2.0
#pragma once
// For the two backends of workers.h only: the tasks of one run(), taken by any number of threads.

#include <atomic>
#include <cstddef>
#include <exception>
#include <functional>
#include <mutex>

namespace sim {

class TaskCounter {
 public:
  TaskCounter(std::size_t count, const std::function<void(std::size_t)>& task)
      : task_(task), count_(count) {}

  // Does tasks, in ascending order of their number, until none is left or one has thrown.
  void work() {
    inside() = true;
    try {
      for (std::size_t i = next_++; i < count_; i = next_++) task_(i);
    } catch (...) {
      const std::lock_guard lock(mutex_);
      if (!failure_) failure_ = std::current_exception();
      next_ = count_;
    }
    inside() = false;
  }

  // When all threads have returned from work().
  void rethrow() const {
    if (failure_) std::rethrow_exception(failure_);
  }

  // Is this thread in work()?
  static bool& inside() {
    static thread_local bool yes = false;
    return yes;
  }

 private:
  const std::function<void(std::size_t)>& task_;
  const std::size_t count_;
  std::atomic<std::size_t> next_{0};
  std::mutex mutex_;
  std::exception_ptr failure_;
};

}  // namespace sim
