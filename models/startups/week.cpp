// SPDX-License-Identifier: Apache-2.0
// What the first and the last phase of a week do.
#include "models/startups/model.h"

namespace startups {

void World::open_week(const sim::Step& step) {
  current_week = step.week();
  needs_.clear();
  meetings_.clear();
  startups.wished_startup.fill(Startups::Id::none());
  startups.wished_giant.fill(Giants::Id::none());
  by_market_.assign(startups, startups.market, markets.size());
}

void World::record(const sim::Step&) {
  ledger.verify();
  std::int64_t cash = 0;
  for (const std::int64_t own : startups.cash) cash += own;
  if (cash != ledger.balance(Book::startups))
    throw sim::Error("the cash of startups is not what the ledger says");
}

}  // namespace startups
