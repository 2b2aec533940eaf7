// SPDX-License-Identifier: Apache-2.0
// What the first and the last phase of a week do.
#include "models/startups/model.h"

namespace startups {

void World::open_week(const sim::Step& step) {
  current_week = step.week();
  if (step.week() == the<Strategy>().shock_week) change_environment();
  needs_.clear();
  meetings_.clear();
  startups.wished_startup.fill(Startups::Id::none());
  startups.wished_giant.fill(Giants::Id::none());
  startups.met.fill(0);
  startups.won.fill(0);
  by_market_.assign(startups, startups.market, markets.size());
  for (const Markets::Id market : sim::ids<Markets>(0, markets.size())) {
    double sum = 0, n = 0;
    for (const Startups::Id startup : by_market_[market])
      if (startups.runs(startup)) {
        sum += prospects(startup);
        ++n;
      }
    markets.prospects[market] = n > 0 ? sum / n : 0;
  }
}

// Some choices are worth something else from now on, in every market (SC25).
void World::change_environment() {
  for (ventures::Landscape& land : landscapes) land.redraw(the<Strategy>().shocked());
  for (const Startups::Id startup : sim::ids<Startups>(0, startups.size()))
    startups.fit[startup] =
        the<Strategy>().fit(landscapes[startups.market[startup].index()], startups.genome[startup]);
}

void World::record(const sim::Step&) {
  ledger.verify();
  std::int64_t cash = 0;
  for (const std::int64_t own : startups.cash) cash += own;
  if (cash != ledger.balance(Book::startups))
    throw sim::Error("the cash of startups is not what the ledger says");
}

}  // namespace startups
