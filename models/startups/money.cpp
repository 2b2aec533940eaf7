// SPDX-License-Identifier: Apache-2.0
// What customers, staff and investors pay. Each amount is an entry of the ledger and a change of
// somebody's cash; between two startups it is no entry.
#include <algorithm>

#include "models/startups/model.h"
#include "sim/math.h"

namespace startups {

namespace {
constexpr sim::Key region_kind = sim::named("startups.region");
}

void World::collect(const sim::Step& step) {
  const Introductions& introductions = the<Introductions>();
  startups.revenue.fill(0);
  joint_fees_.assign(2 * pairs.size(), 0);
  for (const Contracts::Id contract : sim::ids<Contracts>(0, contracts.size())) {
    if (!contracts.alive(contract)) continue;
    const Startups::Id startup = contracts.startup[contract];
    const std::int64_t part = weekly_part(contracts.fee[contract], step.week());
    ledger.post(Book::customers, Book::startups, part);
    startups.revenue[startup] += part;
    const Pairs::Id pair = contracts.pair[contract];
    const Programs::Id program = contracts.program[contract];
    (pair || program ? tally.partner_revenue : tally.own_revenue) += part;
    if (!pair && !program) continue;
    startups.joint_revenue[startup] += part;
    const auto partners = [&](double agreed) {
      const std::int64_t age = step.week() - contracts.since[contract];
      return introductions.partners(agreed, age, startups.knowledge[startup]);
    };
    tally.kept += part;
    if (pair) tally.pair_revenue += part;
    if (pair && pairs.alive(pair)) {
      const std::int64_t share = sim::Money{part}.share(partners(introductions.share)).minor;
      const bool asked = pairs.from[pair] == startup;
      tally.kept -= share;
      startups.revenue[startup] -= share;
      startups.revenue[partner(pair, startup)] += share;
      (asked ? pairs.from_value : pairs.to_value)[pair] += part - share;
      (asked ? pairs.to_value : pairs.from_value)[pair] += share;
      joint_fees_[2 * pair.index() + (asked ? 0 : 1)] += contracts.fee[contract];
    }
    if (program && programs.alive(program)) {
      const std::int64_t share =
          sim::Money{part}.share(partners(introductions.share_of_giant)).minor;
      ledger.post(Book::startups, Book::giants, share);
      tally.kept -= share;
      startups.revenue[startup] -= share;
      programs.from_value[program] += part - share;
      programs.to_value[program] += share;
    }
  }
  for (const Startups::Id startup : sim::ids<Startups>(0, startups.size()))
    startups.cash[startup] += startups.revenue[startup];
}

void World::pay(const sim::Step& step) {
  const Runway& runway = the<Runway>();
  for (const Startups::Id startup : sim::ids<Startups>(0, startups.size())) {
    if (!startups.runs(startup)) continue;
    const double payroll = runway.payroll(startups.people[startup]);
    const double burn = runway.burn(startups.people[startup]);
    double beyond = 0;
    if (runway.cost_sd > 0) {
      const sim::Key region = sim::child(region_kind, {}, startups.region[startup]);
      const double common =
          runway.shock_correlation > 0 ? step.draw(streams::of("costs"), region).normal() : 0;
      const double own = step.draw(streams::of("costs"), startups, startup).normal();
      beyond = runway.beyond(burn, common, own);
    }
    const std::int64_t staff = sim::Money::rounded(payroll).minor;
    const std::int64_t services = sim::Money::rounded(burn - payroll + beyond).minor;
    ledger.post(Book::startups, Book::staff, staff);
    ledger.post(Book::startups, Book::services, services);
    startups.cash[startup] -= staff + services;
    startups.burn[startup] = sim::Money::rounded(burn).minor;
  }
}

void World::fund(const sim::Step& step) {
  const Funding& funding = the<Funding>();
  const Endorsement& endorsement = the<Endorsement>();
  for (const Startups::Id startup : sim::ids<Startups>(0, startups.size())) {
    if (!startups.runs(startup)) continue;
    const Round last = startups.round[startup];
    const double months =
        static_cast<double>(step.week() - startups.round_week[startup]) / weeks_per_month;
    const double name = endorsement.seen(startups.endorsement[startup],
                                         static_cast<double>(startups.own_wins[startup]));
    startups.to_funding[startup] -=
        funding.hazard(last, startups.growth[startup], name, months) / weeks_per_year;
    if (startups.to_funding[startup] > 0) continue;
    const Round round = Funding::next(last);
    const std::int64_t amount = funding.size(round).minor;
    ledger.post(Book::investors, Book::startups, amount);
    startups.cash[startup] += amount;
    startups.raised[startup] += amount;
    startups.round[startup] = round;
    startups.round_week[startup] = step.week();
    const auto next = static_cast<int>(++startups.rounds_drawn[startup]);
    startups.to_funding[startup] =
        step.random().draw(streams::of("funding"), startups.key(startup), next).exponential();
    ++tally.rounds;
    tally.raised += amount;
  }
}

void World::bought(Startups::Id startup) {
  const double year = static_cast<double>(startups.revenue[startup]) * weeks_per_year;
  const std::int64_t price = sim::Money::rounded(the<Acquisition>().multiple * year).minor;
  ledger.post(Book::giants, Book::investors, price);
  ledger.post(Book::startups, Book::giants, startups.cash[startup]);
  startups.cash[startup] = 0;
  ++tally.acquisitions;
}

}  // namespace startups
