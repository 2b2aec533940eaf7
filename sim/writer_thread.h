// SPDX-License-Identifier: Apache-2.0
#pragma once
// One thread that writes what many produce. HDF5 has one global lock, so a second writer would gain
// nothing. push() waits while the queue is full (by number or by bytes); an error of the writer is
// thrown by the next push and by close, to every caller.

#include <atomic>
#include <condition_variable>
#include <cstddef>
#include <deque>
#include <exception>
#include <mutex>
#include <thread>
#include <variant>

#include "sim/result_file.h"

namespace sim {

class WriterThread {
 public:
  struct Limits {
    std::size_t blocks = 256;
    std::size_t bytes = std::size_t{128} << 20;  // a single larger block passes alone
  };
  explicit WriterThread(ResultFile& file) : WriterThread(file, Limits()) {}
  WriterThread(ResultFile& file, Limits limits);
  ~WriterThread();  // close(), errors swallowed
  WriterThread(const WriterThread&) = delete;
  WriterThread& operator=(const WriterThread&) = delete;

  // Any thread.
  void push(ReplicateBlock block);
  void push(AgentBlock block);
  // Waits until all is written, ends the thread. Afterwards the file may be finished or abandoned.
  void close();

  double busy_seconds() const;  // spent writing so far

 private:
  using Block = std::variant<ReplicateBlock, AgentBlock>;
  void add(Block block, std::size_t bytes);
  void run();
  void write(const Block& block);

  ResultFile& file_;
  const Limits limits_;
  mutable std::mutex mutex_;
  std::condition_variable room_, work_;
  std::deque<std::pair<Block, std::size_t>> queue_;
  std::size_t queued_bytes_ = 0;
  bool closing_ = false;
  std::exception_ptr failure_;
  double busy_seconds_ = 0;
  std::thread thread_;  // last: starts when all else is ready
};

}  // namespace sim
