// SPDX-License-Identifier: Apache-2.0
#include "python/bindings/job.h"

#include <unistd.h>

#include <atomic>
#include <chrono>
#include <condition_variable>
#include <list>
#include <mutex>
#include <thread>

#include "sim/check.h"
#include "sim/workers.h"

namespace {

using namespace std::chrono_literals;
using Clock = std::chrono::steady_clock;
constexpr auto tick = 20ms;
constexpr auto patience = 60ms;  // for work that was told to stop

struct State {
  sim::Control control;
  std::mutex mutex;
  std::condition_variable ended;
  bool done = false;
  std::exception_ptr failure;

  bool wait() {
    std::unique_lock lock(mutex);
    return ended.wait_for(lock, tick, [this] { return done; });
  }
  void end(std::exception_ptr reason) {
    {
      const std::lock_guard lock(mutex);
      failure = std::move(reason);
      done = true;
    }
    ended.notify_all();
  }
};

// Threads that were left behind; joined before the interpreter ends.
struct Stragglers {
  std::mutex mutex;
  std::list<std::thread> threads;
  pid_t owner = getpid();

  void add(std::thread thread) {
    const std::lock_guard lock(mutex);
    threads.push_back(std::move(thread));
  }
  void join() {
    if (getpid() != owner) return;  // after a fork they are not here
    const std::lock_guard lock(mutex);
    for (std::thread& thread : threads) thread.join();
    threads.clear();
  }
};
Stragglers& stragglers() {
  static auto* all = new Stragglers;  // outlives destructors at exit
  return *all;
}

// Signals and progress, with the GIL held; what Python raises is returned.
std::exception_ptr ask_python(const sim::Control& control, std::uint64_t total,
                              const py::object& progress, bool report) {
  try {
    if (PyErr_CheckSignals() != 0) throw py::error_already_set();
    if (report && !progress.is_none()) progress(control.weeks_done.load(), total);
  } catch (py::error_already_set&) {
    return std::current_exception();
  }
  return nullptr;
}

}  // namespace

void wait_for(std::function<void(sim::Control&)> work, std::uint64_t total,
              const py::object& progress) {
  auto state = std::make_shared<State>();
  std::thread worker([state, work = std::move(work)]() mutable {
    std::exception_ptr failure;
    try {
      work(state->control);
    } catch (...) {
      failure = std::current_exception();
    }
    work = nullptr;  // free what it owns before anybody is told
    state->end(failure);
  });
  std::exception_ptr from_python;
  bool done = false;
  {
    const py::gil_scoped_release released;
    auto give_up = Clock::time_point::max(), next_report = Clock::now() + 5 * tick;
    while (!(done = state->wait()) && Clock::now() < give_up) {
      if (from_python) continue;
      const bool report = Clock::now() >= next_report;
      if (report) next_report = Clock::now() + 5 * tick;
      const py::gil_scoped_acquire held;
      from_python = ask_python(state->control, total, progress, report);
      if (!from_python) continue;
      state->control.stop = true;
      give_up = Clock::now() + patience;
    }
    if (done)
      worker.join();
    else
      stragglers().add(std::move(worker));
  }
  if (from_python) std::rethrow_exception(from_python);
  if (state->failure) std::rethrow_exception(state->failure);
  if (!progress.is_none()) progress(total, total);
}

void refuse_after_fork(unsigned threads) {
  static std::atomic<pid_t> user{0};
  if ((threads == 0 ? sim::default_threads() : threads) <= 1) return;
  const pid_t before = user.exchange(getpid());
  if (before == 0 || before == getpid()) return;
  user = before;
  throw sim::Error(
      "this process is a fork of one that has simulated with several threads, which a fork does "
      "not take along: start workers with the method 'spawn' or 'forkserver', or use threads=1");
}

void wait_for_left_behind() {
  const py::gil_scoped_release released;
  stragglers().join();
}

void bind_job(py::module_&) {
  py::module_::import("atexit").attr("register")(py::cpp_function(wait_for_left_behind));
}
