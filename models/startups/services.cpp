// SPDX-License-Identifier: Apache-2.0
// Firms that live on what customers buy around a product (L1).
#include <algorithm>

#include "models/startups/model.h"

namespace startups {

// All service firms of a region see the same, so one split serves them all. What a first hour a
// week brings them from a startup: needs it would bring the startup to, won as often as the startup
// wins, times what is bought around the product.
void World::split_service_hours(const sim::Step&) {
  const Multiplier& law = the<Multiplier>();
  service_hours.assign(startups.size(), 0.0);
  if (law.firms == 0) return;
  for (std::uint32_t region = 0; region < static_cast<std::uint32_t>(the<Population>().regions);
       ++region)
    split_service_hours(region);
}

void World::split_service_hours(std::uint32_t region) {
  const Multiplier& law = the<Multiplier>();
  const auto others = static_cast<std::size_t>(law.other_products);
  worth_.assign(others, static_cast<double>(law.other_business.minor));
  region_.clear();
  for (const std::uint32_t row : startups.by_key()) {
    const Startups::Id startup(row);
    if (startups.region[startup] != region || !startups.runs(startup)) continue;
    region_.push_back(startup);
    worth_.push_back(
        law.worth_of_hour(the<Selling>().fee.minor, needs_a_year(startup), win_share(startup)));
  }
  given_.assign(worth_.size(), 0.0);
  split_(worth_, law.hours, {law.elasticity, law.touch_hours}, {}, given_);
  for (std::size_t i = 0; i < region_.size(); ++i) {
    const double hours = std::max(0.0, given_[others + i] - law.touch_hours);
    service_hours[region_[i].index()] = static_cast<double>(law.firms) * hours;
  }
}

double World::brought(Startups::Id startup) const {
  return service_hours.empty() ? 0 : service_hours[startup.index()];
}

double World::needs_a_year(Startups::Id startup) const {
  const Markets::Id market = startups.market[startup];
  return markets.need_rate[market] *
         static_cast<double>(markets.early[market] + markets.main[market]);
}

// Wins over meetings so far, with one meeting lost to begin with.
double World::win_share(Startups::Id startup) const {
  const auto won = startups.own_wins[startup] + startups.partner_wins[startup];
  return static_cast<double>(won) / static_cast<double>(startups.meetings[startup] + 1);
}

// What customers pay around a product in the week in which they buy it: a first year of it.
void World::buy_around(const sim::Step& step) {
  const Multiplier& law = the<Multiplier>();
  if (law.firms == 0 || law.dollars <= 0) return;
  for (const Contracts::Id contract : sim::ids<Contracts>(0, contracts.size())) {
    if (!contracts.alive(contract) || contracts.since[contract] != step.week()) continue;
    const std::int64_t spent = law.around(contracts.fee[contract]);
    ledger.post(Book::customers, Book::integrators, spent);
    around += spent;
  }
}

}  // namespace startups
