// SPDX-License-Identifier: Apache-2.0
#include "sim/writer_thread.h"

#include <chrono>

#include "sim/pinning.h"

namespace sim {
namespace {

std::size_t bytes_of(const ReplicateBlock& block) {
  std::size_t bytes = 0;
  for (const auto& series : block.series)
    bytes += (series.integers.size() + series.reals.size()) * sizeof(double);
  return bytes;
}

std::size_t bytes_of(const AgentBlock& block) {
  return std::visit([](const auto& values) { return values.size() * sizeof(double); },
                    block.values);
}

}  // namespace

WriterThread::WriterThread(ResultFile& file, Limits limits)
    : file_(file), limits_(limits), thread_([this] { run(); }) {}

WriterThread::~WriterThread() {
  try {
    close();
  } catch (...) {  // whoever wants to know calls close
  }
}

void WriterThread::push(ReplicateBlock block) {
  const std::size_t bytes = bytes_of(block);
  add(std::move(block), bytes);
}

void WriterThread::push(AgentBlock block) {
  const std::size_t bytes = bytes_of(block);
  add(std::move(block), bytes);
}

void WriterThread::add(Block block, std::size_t bytes) {
  std::unique_lock lock(mutex_);
  room_.wait(lock, [&] {
    return failure_ != nullptr || queue_.empty() ||
           (queue_.size() < limits_.blocks && queued_bytes_ + bytes <= limits_.bytes);
  });
  if (failure_ != nullptr) std::rethrow_exception(failure_);
  queued_bytes_ += bytes;
  queue_.emplace_back(std::move(block), bytes);
  work_.notify_one();
}

void WriterThread::close() {
  {
    const std::lock_guard lock(mutex_);
    closing_ = true;
    work_.notify_one();
  }
  if (thread_.joinable()) thread_.join();
  if (failure_ != nullptr) std::rethrow_exception(failure_);
}

double WriterThread::busy_seconds() const {
  const std::lock_guard lock(mutex_);
  return busy_seconds_;
}

void WriterThread::run() {
  unpin_this_thread();
  std::unique_lock lock(mutex_);
  for (;;) {
    work_.wait(lock, [&] { return closing_ || !queue_.empty(); });
    if (queue_.empty()) return;
    const auto [block, bytes] = std::move(queue_.front());
    queue_.pop_front();
    lock.unlock();
    const auto start = std::chrono::steady_clock::now();
    std::exception_ptr failure;
    try {
      write(block);
    } catch (...) {
      failure = std::current_exception();
    }
    const std::chrono::duration<double> took = std::chrono::steady_clock::now() - start;
    lock.lock();
    queued_bytes_ -= bytes;  // counted until written: the limit is about memory
    busy_seconds_ += took.count();
    if (failure != nullptr) {
      failure_ = failure;
      queue_.clear();
    }
    room_.notify_all();
    if (failure != nullptr) return;
  }
}

void WriterThread::write(const Block& block) {
  std::visit(
      [this](const auto& one) {
        if constexpr (std::is_same_v<std::decay_t<decltype(one)>, ReplicateBlock>)
          file_.write(one);
        else
          file_.write_agents(one);
      },
      block);
}

}  // namespace sim
