// SPDX-License-Identifier: Apache-2.0
#include "models/command/interrupt.h"

#include <fmt/format.h>
#include <unistd.h>

#include <chrono>
#include <condition_variable>
#include <csignal>
#include <mutex>
#include <thread>

namespace command {

namespace {

std::atomic<sim::Control*> controlled{nullptr};

void on_signal(int signal) {
  if (sim::Control* control = controlled.load()) control->stop = true;
  if (signal == SIGINT) std::signal(SIGINT, SIG_DFL);
}

}  // namespace

StopOnSignal::StopOnSignal(sim::Control& control) {
  controlled = &control;
  for (const int signal : {SIGINT, SIGTERM, SIGUSR1}) std::signal(signal, on_signal);
}

StopOnSignal::~StopOnSignal() {
  for (const int signal : {SIGINT, SIGTERM, SIGUSR1}) std::signal(signal, SIG_DFL);
  controlled = nullptr;
}

struct Progress::State {
  std::mutex mutex;
  std::condition_variable wake;
  bool closing = false;
  std::thread thread;
};

namespace {

void show(const sim::Control& control, std::uint64_t weeks, double seconds) {
  const double done = static_cast<double>(control.weeks_done.load()) / static_cast<double>(weeks);
  const auto bar = static_cast<std::size_t>(done * 30);
  const double left = done > 0 ? seconds / done - seconds : 0;
  fmt::print(stderr, "\r{:>4.0f}% [{}{}] {} replicates, {:.0f} s left \x1b[K", done * 100,
             std::string(bar, '='), std::string(30 - std::min<std::size_t>(30, bar), ' '),
             control.replicates_done.load(), left);
  std::fflush(stderr);
}

}  // namespace

Progress::Progress(const sim::Control& control, std::uint64_t weeks, bool wanted) {
  if (!wanted || isatty(STDERR_FILENO) == 0 || weeks == 0) return;
  state_ = std::make_unique<State>();
  state_->thread = std::thread([this, &control, weeks] {
    using Clock = std::chrono::steady_clock;
    const auto start = Clock::now();
    bool shown = false;
    std::unique_lock lock(state_->mutex);
    while (!state_->wake.wait_for(lock, std::chrono::milliseconds(200),
                                  [this] { return state_->closing; })) {
      const double seconds = std::chrono::duration<double>(Clock::now() - start).count();
      if (seconds < 1) continue;
      show(control, weeks, seconds);
      shown = true;
    }
    if (shown) fmt::print(stderr, "\r\x1b[K");
  });
}

Progress::~Progress() {
  if (!state_) return;
  {
    const std::lock_guard lock(state_->mutex);
    state_->closing = true;
  }
  state_->wake.notify_all();
  state_->thread.join();
}

}  // namespace command
