// SPDX-License-Identifier: Apache-2.0
#pragma once
// One economy, week by week, with its tables open to look at.

#include <cmath>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "models/ecosystem/model.h"
#include "sim/digest.h"
#include "tests/models/plan.h"

namespace support {

class Economy {
 public:
  explicit Economy(const std::vector<std::string>& overrides = {}, std::string_view toml = "",
                   std::size_t arm = 0, const sim::Workers& workers = sim::serial_workers(),
                   std::string_view scenario = "saas_60")
      : plan_(plan(scenario, long_enough(overrides), toml)),
        settings_(plan_.arms[arm].settings),
        calendar_(settings_.run().make_calendar()),
        random_(plan_.seed, 0),
        workers_(workers),
        world(settings_, {calendar_, random_, workers_}) {}

  void week() {
    sim::run_week<ecosystem::World>(world, ecosystem::World::week, step(), seconds_);
    ++week_;
  }
  // `after_each` sees the world after every week.
  void weeks(int count, const std::function<void(const ecosystem::World&)>& after_each = {}) {
    for (int i = 0; i < count; ++i) {
      week();
      if (after_each) after_each(world);
    }
  }
  sim::Step step() const { return {week_, calendar_, random_, workers_}; }
  int weeks_done() const { return week_; }
  const sim::Settings& settings() const { return settings_; }
  const sim::Random& random() const { return random_; }

 private:
  sim::Plan plan_;
  sim::Settings settings_;
  sim::Calendar calendar_;
  sim::Random random_;
  const sim::Workers& workers_;
  sim::PhaseSeconds seconds_;
  int week_ = 0;

 public:
  ecosystem::World world;
};

// A whole economy after so many weeks: its totals, and one number of all of its state.
struct Whole {
  ecosystem::Totals totals;
  std::uint64_t digest;
};
inline Whole whole(std::string_view toml, int weeks, const sim::Workers& workers) {
  Economy economy({}, toml, 0, workers);
  economy.weeks(weeks);
  sim::Digest digest;
  economy.world.hash(digest);
  return {economy.world.books.totals, digest.value()};
}

// Of the two numbers, one per replicate: Pearson's correlation.
inline double correlation(const std::vector<double>& a, const std::vector<double>& b) {
  double ma = 0, mb = 0, ab = 0, aa = 0, bb = 0;
  for (std::size_t i = 0; i < a.size(); ++i) {
    ma += a[i] / static_cast<double>(a.size());
    mb += b[i] / static_cast<double>(a.size());
  }
  for (std::size_t i = 0; i < a.size(); ++i) {
    ab += (a[i] - ma) * (b[i] - mb);
    aa += (a[i] - ma) * (a[i] - ma);
    bb += (b[i] - mb) * (b[i] - mb);
  }
  return ab / std::sqrt(aa * bb);
}

// Sum of a flow over all recorded intervals, per replicate.
inline std::vector<double> totals(const Outcome& outcome, std::string_view name,
                                  std::size_t arm = 0) {
  std::vector<double> sums;
  for (std::size_t task = arm; task < outcome.blocks.size(); task += outcome.arms) {
    double sum = 0;
    for (const std::int64_t part : outcome.blocks[task].series[outcome.position(name)].integers)
      sum += static_cast<double>(part);
    sums.push_back(sum);
  }
  return sums;
}

}  // namespace support
