// SPDX-License-Identifier: Apache-2.0
// Nanoseconds per random number, keyed Philox (sim/random.h) beside boost::mt19937 in the same run.
//
// mt19937 draws from one generator in sequence: fast, but the numbers of an agent then depend on
// who drew before it. "Of a new generator" is what it costs to key it as we key ours, by seeding
// one per agent and week.

#include "sim/random.h"

#include <algorithm>
#include <boost/random.hpp>
#include <chrono>
#include <cstdio>
#include <vector>

#include "sim/cpu.h"

namespace {

constexpr std::size_t agents = 4096;
constexpr sim::Stream stream{100, "benchmark", "agent", "whatever the row below says"};

// The best of 25 runs of `work`, which makes `count` numbers.
template <class F>
void row(const char* name, std::size_t count, F work) {
  double best = 1e300;
  for (int repeat = 0; repeat < 25; ++repeat) {
    const auto start = std::chrono::steady_clock::now();
    work(repeat);
    const std::chrono::duration<double, std::nano> taken = std::chrono::steady_clock::now() - start;
    best = std::min(best, taken.count());
  }
  std::printf("  %-44s %8.2f\n", name, best / static_cast<double>(count));
}

// Every number is stored, so that nothing is optimised away and all rows pay the same for it.
struct Columns {
  std::vector<sim::Key> keys;
  std::vector<double> values = std::vector<double>(agents);
  std::vector<std::uint32_t> words = std::vector<std::uint32_t>(agents);
  Columns() {
    for (std::size_t i = 0; i < agents; ++i)
      keys.push_back(sim::child(sim::named("agent"), sim::named("benchmark"), i));
  }
};

void mersenne(Columns& c) {
  std::printf("boost::mt19937, one generator\n");
  boost::mt19937 generator(42);
  boost::random::uniform_01<> uniform;
  boost::random::exponential_distribution<> exponential;
  boost::random::normal_distribution<> normal;
  boost::random::bernoulli_distribution<> bernoulli(0.3);
  row("word", agents, [&](int) { std::generate(c.words.begin(), c.words.end(), generator); });
  row("uniform", agents, [&](int) {
    for (double& x : c.values) x = uniform(generator);
  });
  row("exponential", agents, [&](int) {
    for (double& x : c.values) x = exponential(generator);
  });
  row("normal", agents, [&](int) {
    for (double& x : c.values) x = normal(generator);
  });
  row("bernoulli", agents, [&](int) {
    for (auto& x : c.words) x = bernoulli(generator);
  });
  row("uniform of a new generator", agents / 16, [&](int) {
    for (std::size_t i = 0; i < agents / 16; ++i) {
      boost::mt19937 own(static_cast<std::uint32_t>(c.keys[i].value));
      c.values[i] = uniform(own);
    }
  });
}

void one_by_one(Columns& c) {
  std::printf("keyed Philox, one Draw per agent and week\n");
  const sim::Random random(42, 0);
  const auto each = [&](const char* name, std::size_t numbers, auto f) {
    row(name, agents * numbers, [&](int week) {
      for (std::size_t i = 0; i < agents; ++i) {
        sim::Draw draw = random.draw(stream, c.keys[i], week);
        c.values[i] = f(draw);
      }
    });
  };
  each("word", 1, [](sim::Draw& draw) { return static_cast<double>(draw()); });
  each("uniform", 1, [](sim::Draw& draw) { return draw.uniform(); });
  each("exponential", 1, [](sim::Draw& draw) { return draw.exponential(); });
  each("normal", 1, [](sim::Draw& draw) { return draw.normal(); });
  each("bernoulli", 1, [](sim::Draw& draw) { return static_cast<double>(draw.bernoulli(0.3)); });
  each("uniform, two per Draw", 2, [](sim::Draw& draw) {
    const double first = draw.uniform();
    return first + draw.uniform();
  });
  each("uniform, 64 per Draw", 64, [](sim::Draw& draw) {
    double sum = 0;
    for (int k = 0; k < 64; ++k) sum += draw.uniform();
    return sum;
  });
}

void batches(Columns& c) {
  std::printf("keyed Philox, a column at a time (kernels: %s)\n", sim::name(sim::cpu()));
  const sim::Random random(42, 0);
  row("fill_words", agents, [&](int w) { random.fill_words(stream, c.keys, w, c.words); });
  row("fill_below(1000)", agents,
      [&](int w) { random.fill_below(stream, c.keys, w, 1000, c.words); });
  row("fill_uniform", agents, [&](int w) { random.fill_uniform(stream, c.keys, w, c.values); });
  row("fill_exponential", agents,
      [&](int w) { random.fill_exponential(stream, c.keys, w, c.values); });
  row("fill_normal", agents, [&](int w) { random.fill_normal(stream, c.keys, w, c.values); });
  row("words of one long Draw", agents,
      [&](int w) { random.draw(stream, c.keys[0], w).fill(c.words); });
}

}  // namespace

int main() {
  std::printf("ns per number, one thread (pin it: taskset -c 1)\n");
  Columns columns;
  mersenne(columns);
  one_by_one(columns);
  batches(columns);
}
