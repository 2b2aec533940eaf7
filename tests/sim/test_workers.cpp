// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include <atomic>
#include <chrono>
#include <cstdlib>
#include <mutex>
#include <set>
#include <stdexcept>
#include <thread>
#include <vector>

#include "sim/check.h"
#include "sim/workers.h"

namespace {

using Borders = std::set<std::pair<std::size_t, std::size_t>>;

Borders borders(unsigned threads, std::size_t count, std::size_t rows) {
  const sim::Workers workers(threads);
  Borders seen;
  std::mutex mutex;
  sim::each_chunk(
      workers, count,
      [&](std::size_t begin, std::size_t end) {
        const std::lock_guard lock(mutex);
        EXPECT_TRUE(seen.insert({begin, end}).second);
      },
      rows);
  return seen;
}

TEST(Workers, ChunkBordersDependOnTheWorkAlone) {
  for (const std::size_t count : {0, 1, 99, 100, 101, 5'000}) {
    const Borders expected = borders(1, count, 100);
    std::size_t covered = 0;
    for (const auto& [begin, end] : expected) {
      EXPECT_EQ(begin, covered);
      EXPECT_TRUE(end - begin == 100 || end == count);
      covered = end;
    }
    EXPECT_EQ(covered, count);
    for (const unsigned threads : {2u, 3u, 16u}) EXPECT_EQ(borders(threads, count, 100), expected);
  }
}

// More threads than processors, many short calls: nothing is lost or done twice.
TEST(Workers, EachTaskIsDoneOnce) {
  const sim::Workers workers(16);
  for (std::size_t round = 0; round < 200; ++round) {
    std::vector<std::atomic<int>> done(round % 50);
    workers.run(done.size(), [&](std::size_t i) { ++done[i]; });
    for (const auto& count : done) ASSERT_EQ(count, 1);
  }
}

TEST(Workers, EachNearTaskIsDoneOnce) {
  for (const unsigned threads : {1u, 2u, 16u, 80u}) {
    const sim::Workers workers(threads);
    for (std::size_t round = 0; round < 200; ++round) {
      std::vector<std::atomic<int>> done(round % 101);
      workers.run_near(done.size(), [&](std::size_t i) { ++done[i]; });
      for (const auto& count : done) ASSERT_EQ(count, 1);
    }
  }
}

TEST(Workers, AnExceptionEndsANearRun) {
  for (const unsigned threads : {1u, 2u, 16u}) {
    const sim::Workers workers(threads);
    std::atomic<std::size_t> begun{0};
    EXPECT_THROW(workers.run_near(10'000,
                                  [&](std::size_t i) {
                                    ++begun;
                                    if (i == 20) throw std::runtime_error("twenty");
                                    std::this_thread::sleep_for(std::chrono::microseconds(100));
                                  }),
                 std::runtime_error);
    EXPECT_LT(begun, 10'000u);
  }
}

// An interrupted experiment keeps its first replicates: tasks begin in ascending order.
TEST(Workers, TasksBeginInOrder) {
  for (const unsigned threads : {1u, 2u, 5u}) {
    const sim::Workers workers(threads);
    std::atomic<std::size_t> begun{0};
    workers.run(300, [&](std::size_t i) {
      const std::size_t before = begun++;
      EXPECT_LT(i, before + threads);  // of the i tasks before, at most threads - 1 are not counted
    });
  }
}

TEST(Workers, SeveralThreadsDoWorkAtTheSameTime) {
  const sim::Workers workers(2);
  std::atomic<int> arrived{0};
  std::atomic<bool> met{false};
  workers.run(2, [&](std::size_t) {
    ++arrived;
    const auto deadline = std::chrono::steady_clock::now() + std::chrono::seconds(20);
    while (arrived < 2 && std::chrono::steady_clock::now() < deadline) std::this_thread::yield();
    if (arrived == 2) met = true;
  });
  EXPECT_TRUE(met);
}

TEST(Workers, AnExceptionEndsTheRunAndIsRethrown) {
  for (const unsigned threads : {1u, 2u, 16u}) {
    const sim::Workers workers(threads);
    std::atomic<std::size_t> begun{0};
    try {
      workers.run(10'000, [&](std::size_t i) {
        ++begun;
        if (i == 20) throw std::runtime_error("twenty");
        // Whoever took 20 may not be running just now: give it time, or all others are done first.
        if (i > 20) std::this_thread::sleep_for(std::chrono::milliseconds(1));
      });
      FAIL() << "nothing was thrown";
    } catch (const std::runtime_error& error) {
      EXPECT_STREQ(error.what(), "twenty");
    }
    EXPECT_LT(begun, 10'000u);
    std::atomic<int> after{0};  // the workers are still good
    workers.run(100, [&](std::size_t) { ++after; });
    EXPECT_EQ(after, 100);
  }
}

TEST(Workers, RunsWithinRunsStayInTheirThread) {
  const sim::Workers outer(3), other(2);
  for (const sim::Workers* inner : {&outer, &other}) {
    std::atomic<int> done{0};
    outer.run(8, [&](std::size_t) {
      const auto thread = std::this_thread::get_id();
      std::size_t next = 0;
      inner->run(50, [&](std::size_t i) {
        EXPECT_EQ(std::this_thread::get_id(), thread);
        EXPECT_EQ(i, next++);
        ++done;
      });
    });
    EXPECT_EQ(done, 400);
  }
}

TEST(Workers, MayBeCalledByTwoThreadsAtOnce) {
  const sim::Workers workers(3);
  std::atomic<int> done{0};
  const auto work = [&] {
    for (int round = 0; round < 50; ++round) workers.run(20, [&](std::size_t) { ++done; });
  };
  std::thread one(work), two(work);
  one.join();
  two.join();
  EXPECT_EQ(done, 2000);
}

TEST(Workers, PinnedThreadsDoTheSame) {
  std::thread([] {  // a thread of its own: the caller stays pinned afterwards
    const sim::Workers workers(2, sim::Pin::yes);
    std::atomic<int> done{0};
    workers.run(100, [&](std::size_t) { ++done; });
    EXPECT_EQ(done, 100);
  })
      .join();
}

class Environment {
 public:
  Environment(const char* name, const char* value) : name_(name) { setenv(name, value, 1); }
  ~Environment() { unsetenv(name_); }

 private:
  const char* name_;
};

TEST(Workers, TheEnvironmentSaysHowManyThreads) {
  unsetenv("PARDNER_NUM_THREADS");
  const Environment cluster("SLURM_CPUS_PER_TASK", "5");
  EXPECT_EQ(sim::default_threads(), 5u);
  {
    const Environment own("PARDNER_NUM_THREADS", "3");
    EXPECT_EQ(sim::default_threads(), 3u);
    EXPECT_EQ(sim::Workers().threads(), 3u);
  }
  for (const char* wrong : {"0", "-1", "two", "3x", "100000"}) {
    const Environment own("PARDNER_NUM_THREADS", wrong);
    EXPECT_THROW(sim::default_threads(), sim::Usage) << wrong;
  }
}

}  // namespace
