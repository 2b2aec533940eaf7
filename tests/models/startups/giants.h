// SPDX-License-Identifier: Apache-2.0
#pragma once
// A world of one large firm and its partners, filled by hand; phases are called one by one.

#include <string>
#include <string_view>
#include <vector>

#include "models/startups/model.h"
#include "tests/models/plan.h"

namespace support {

class OneGiant {
 public:
  explicit OneGiant(const std::vector<std::string>& overrides = {}, std::size_t startups = 1)
      : plan_(plan("startups", with(overrides, startups))),
        settings_(plan_.arms[0].settings),
        calendar_(settings_.run().make_calendar()),
        random_(plan_.seed, 0),
        world(settings_, {calendar_, random_, sim::serial_workers()}) {
    for (const auto id : sim::ids<startups::Startups>(0, world.startups.size())) {
      world.startups.fit[id] = 0.8;
      world.startups.maturity[id] = 1;
      world.startups.status[id] = startups::Status::alive;
    }
  }

  sim::Step step(int week) const { return {week, calendar_, random_, sim::serial_workers()}; }
  sim::Step step() const { return step(week_); }
  int week() const { return week_; }
  void next() { world.current_week = ++week_; }

  startups::Programs::Id sign(std::size_t startup, startups::Kind kind,
                              startups::Interface interface = startups::Interface::open) {
    const startups::Startups::Id from(startup);
    const auto program = world.programs.add(world.startups, from, world.giants, giant());
    world.programs.kind[program] = kind;
    world.programs.interface_kind[program] = interface;
    return program;
  }
  // So many customers in the giant's base, or outside it.
  void sell(std::size_t startup, std::size_t count, bool in_base, std::int64_t fee = 10'000'00,
            double patience = 1e9) {
    for (const auto account : sim::ids<startups::Accounts>(0, world.accounts.size())) {
      if (count == 0) return;
      if (((world.accounts.installed[account] & 1) != 0) != in_base) continue;
      const sim::Key key =
          sim::child(sim::named("test.contract"), world.accounts.key(account), startup);
      const auto contract = world.contracts.add(key);
      world.contracts.startup[contract] = startups::Startups::Id(startup);
      world.contracts.market[contract] = world.startups.market[startups::Startups::Id(startup)];
      world.contracts.account[contract] = account;
      world.contracts.fee[contract] = fee;
      world.contracts.since[contract] = -1;
      world.contracts.to_churn[contract] = patience;
      --count;
    }
  }
  // What a week of large firms and customers does.
  void giants_week() {
    const sim::Step now = step();
    world.meet_giants(now);
    world.weigh_startups(now);
    world.share_attention(now);
    world.leak_knowledge(now);
    world.decide_on_startups(now);
    world.copy_products(now);
    world.review_partners(now);
    world.keep_access(now);
    world.deploy(now);
    world.lose_customers(now);
    world.show_logos(now);
    next();
  }
  static startups::Giants::Id giant() { return startups::Giants::Id(0); }
  startups::Dealings::Id dealing(std::size_t startup) const {
    return world.dealings.find(world.startups.key(startups::Startups::Id(startup)),
                               world.giants.key(giant()));
  }

 private:
  static std::vector<std::string> with(const std::vector<std::string>& more, std::size_t startups) {
    std::vector<std::string> all{
        "run.weeks=1560",           "population.markets=1",
        "giant.giants=1",           "giant.base=0.5",
        "giant.base_sigma=0",       "population.accounts=400",
        "stake.importance_sigma=0", "population.startups=" + std::to_string(startups)};
    all.insert(all.end(), more.begin(), more.end());
    return all;
  }
  sim::Plan plan_;
  sim::Settings settings_;
  sim::Calendar calendar_;
  sim::Random random_;
  int week_ = 0;

 public:
  startups::World world;
};

}  // namespace support
