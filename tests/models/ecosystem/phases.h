// SPDX-License-Identifier: Apache-2.0
#pragma once
// One economy, phase by phase, with a look before and after each.

#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "models/ecosystem/model.h"
#include "tests/models/plan.h"

namespace support {

class Phases {
 public:
  explicit Phases(std::string_view packaged, const std::vector<std::string>& overrides = {},
                  std::string_view toml = "")
      : plan_(plan(packaged, long_enough(overrides), toml)),
        settings_(plan_.arms[0].settings),
        calendar_(settings_.run().make_calendar()),
        random_(plan_.seed, 0),
        world(settings_, {calendar_, random_, sim::serial_workers()}) {}

  using Look = std::function<void(std::string_view phase)>;
  void week(const Look& before = {}, const Look& after = {}) {
    const sim::Step now = step();
    for (const auto& phase : ecosystem::World::week) {
      if (before) before(phase.name);
      phase.run(world, now);
      if (after) after(phase.name);
    }
    ++week_;
  }
  void weeks(int count) {
    for (int i = 0; i < count; ++i) week();
  }
  sim::Step step() const { return {week_, calendar_, random_, sim::serial_workers()}; }
  int weeks_done() const { return week_; }
  const sim::Calendar& calendar() const { return calendar_; }

 private:
  sim::Plan plan_;
  sim::Settings settings_;
  sim::Calendar calendar_;
  sim::Random random_;
  int week_ = 0;

 public:
  ecosystem::World world;
};

}  // namespace support
