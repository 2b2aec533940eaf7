// SPDX-License-Identifier: Apache-2.0
#pragma once
// One world of startups, week by week, with its tables open to look at.

#include <cmath>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "models/startups/model.h"
#include "tests/models/plan.h"

namespace support {

struct Overrides : std::vector<std::string> {
  using std::vector<std::string>::vector;
  friend Overrides operator+(Overrides a, const Overrides& b) {
    a.insert(a.end(), b.begin(), b.end());
    return a;
  }
};

// Nothing happens: no accounts, no giants, nobody partners, is funded, pivots, closes, is bought or
// hires, and costs are as planned. Each test switches one thing on.
inline Overrides quiet(int startups) {
  return {"population.startups=" + std::to_string(startups),
          "population.markets=1",
          "population.accounts=0",
          "giant.giants=0",
          "partnering.offers=0",
          "funding.rate=0",
          "pivot.rate=0",
          "closing.rate=0",
          "acquisition.rate=0",
          "runway.hiring=false",
          "runway.cost_sd=0",
          "runway.cash_sigma=0"};
}
// People who cost nothing, so that nobody runs out of cash.
inline const Overrides unpaid{"runway.pay=0"};

class Society {
 public:
  explicit Society(const Overrides& overrides = {}, std::uint64_t replicate = 0,
                   const sim::Workers& workers = sim::serial_workers(),
                   std::string_view scenario = "startups")
      : plan_(plan(scenario, long_enough(overrides))),
        settings_(plan_.arms[0].settings),
        calendar_(settings_.run().make_calendar()),
        random_(plan_.seed, replicate),
        workers_(workers),
        world(settings_, {calendar_, random_, workers_}) {}

  void week() {
    sim::run_week<startups::World>(world, startups::World::week, step(), seconds_);
    ++week_;
  }
  // `after_each` sees the world after every week.
  void weeks(int count, const std::function<void(const startups::World&)>& after_each = {}) {
    for (int i = 0; i < count; ++i) {
      week();
      if (after_each) after_each(world);
    }
  }
  sim::Step step() const { return {week_, calendar_, random_, workers_}; }
  // Startups for which counts(tables, startup).
  template <class Counts>
  int number(Counts counts) const {
    int n = 0;
    for (const auto id : sim::ids<startups::Startups>(0, world.startups.size()))
      n += counts(world.startups, id);
    return n;
  }
  int alive() const {
    return number([](const auto& s, auto id) { return s.runs(id); });
  }

 private:
  sim::Plan plan_;
  sim::Settings settings_;
  sim::Calendar calendar_;
  sim::Random random_;
  const sim::Workers& workers_;
  sim::PhaseSeconds seconds_;
  int week_ = 0;

 public:
  startups::World world;
};

// Four standard errors of a share p of n.
inline double four_errors(double p, double n) { return 4 * std::sqrt(p * (1 - p) / n); }

}  // namespace support
