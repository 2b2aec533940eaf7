// SPDX-License-Identifier: Apache-2.0
#pragma once
// Threads. Work is cut into chunks whose borders depend on the amount of work alone, never on the
// number of threads; which thread takes which chunk is left to chance, so nothing may depend on it.
//
// Two backends, the same results: oneTBB (default), and std::thread (-DPARDNER_WORKERS=std), which
// ThreadSanitizer understands completely.

#include <cstddef>
#include <functional>
#include <memory>
#include <optional>

namespace sim {

enum class Pin { no, yes };

// Number of threads to use when nobody says: PARDNER_NUM_THREADS, else SLURM_CPUS_PER_TASK, else
// the processors this process may run on.
unsigned default_threads();

class Workers {
 public:
  // threads = 0: default_threads(). With Pin::yes thread i stays on the i-th allowed processor.
  explicit Workers(unsigned threads = 0, Pin pin = Pin::no);
  ~Workers();
  Workers(const Workers&) = delete;
  Workers& operator=(const Workers&) = delete;

  unsigned threads() const { return threads_; }

  // Runs task(0) .. task(count-1), each once, and returns when all are done. Tasks of one call may
  // run at the same time; they are begun in ascending order. After an exception no further task
  // begins, and one of those thrown is rethrown here when the running tasks have ended. A run()
  // called within a task does its tasks one after the other in that task's thread.
  void run(std::size_t count, const std::function<void(std::size_t)>& task) const;
  // The same, but each thread begins in a stretch of tasks of its own, much the same in every call
  // (tasks begin in no order): what its tasks touched last time is still in its cache. Who is done
  // with a stretch helps with the others.
  void run_near(std::size_t count, const std::function<void(std::size_t)>& task) const;

 private:
  struct Backend;
  unsigned threads_;
  std::unique_ptr<Backend> backend_;  // none for one unpinned thread
};

// One thread, no backend: what a replicate uses when replicates run side by side.
const Workers& serial_workers();

inline constexpr std::size_t chunk_rows = 2048;

// visit(begin, end) over [0, count) in chunks of `rows`.
template <class Visit>
void each_chunk(const Workers& workers, std::size_t count, Visit visit,
                std::size_t rows = chunk_rows) {
  const std::size_t chunks = (count + rows - 1) / rows;
  if (workers.threads() == 1 || chunks <= 1) {
    for (std::size_t chunk = 0; chunk < chunks; ++chunk)
      visit(chunk * rows, chunk + 1 == chunks ? count : (chunk + 1) * rows);
    return;
  }
  auto task = [&](std::size_t chunk) {
    visit(chunk * rows, chunk + 1 == chunks ? count : (chunk + 1) * rows);
  };
  workers.run_near(chunks, std::ref(task));  // a reference: no allocation for the closure
}

}  // namespace sim
