// SPDX-License-Identifier: Apache-2.0
// Needs: when accounts look for something, and again after they found nothing or lost what they
// had.
#include "models/startups/model.h"
#include "sim/math.h"

namespace startups {

namespace {
constexpr sim::Key need_kind = sim::named("startups.need");
}

// By account, market and how-manieth: never by who finds it or when.
sim::Key World::need_key(Accounts::Id account, Markets::Id market, std::uint32_t ordinal) const {
  return sim::child(need_kind, sim::pair(accounts.key(account), markets.key(market)), ordinal);
}

// The account's next need in a market, from the end of this week on.
void World::expect_need(Accounts::Id account, Markets::Id market, const sim::Random& random) {
  const std::uint32_t ordinal = ordinals_[place(account, market)]++;
  const sim::Key key = need_key(account, market, ordinal);
  sim::Draw draw = random.draw(streams::of("demand"), key);
  const double threshold = draw.exponential();
  const bool early = accounts.segment[account] == Segment::early;
  arrivals_.schedule({.key = key,
                      .entity = account.index(),
                      .tag = market.index(),
                      .clock = 2 * market.index() + (early ? 0 : 1),
                      .tie = draw(),
                      .threshold = threshold});
}

void World::need(const sim::Step& step) {
  const Demand& demand = the<Demand>();
  for (const Markets::Id market : sim::ids<Markets>(0, markets.size())) {
    const double early = Demand::share(markets.early_adopted[market], markets.early[market]);
    const double main = Demand::share(markets.main_adopted[market], markets.main[market]);
    const std::size_t clock = 2 * market.index();
    const double looks = attention_of(market);
    hazards_[clock] = demand.hazard(Segment::early, early, main) * looks / weeks_per_year;
    hazards_[clock + 1] = demand.hazard(Segment::main, early, main) * looks / weeks_per_year;
    markets.stage[market] = demand.stage(markets, market);
  }
  arrivals_.advance(step.week(), hazards_, due_);
  const double kept = sim::exp(-1 / weeks_per_year);
  for (double& rate : markets.need_rate) rate *= kept;
  for (const sim::Event& event : due_) {
    const Accounts::Id account(event.entity);
    const Markets::Id market(event.tag);
    needs_.push_back({event.key, account, market, ordinals_[place(account, market)] - 1, false});
    const auto all = static_cast<double>(markets.early[market] + markets.main[market]);
    markets.need_rate[market] += (1 - kept) * weeks_per_year / all;
  }
  tally.needs += static_cast<std::int64_t>(needs_.size());
}

// The customer is free again and will look for something else some day.
void World::end_contract(Contracts::Id contract, const sim::Random& random) {
  const Startups::Id startup = contracts.startup[contract];
  const Accounts::Id account = contracts.account[contract];
  --startups.customers[startup];
  --accounts.products[account];
  --serves_[place(startup, account)];
  expect_need(account, contracts.market[contract], random);
  contracts.retire(contract);
}

// Contracts end by themselves; what was never integrated with the partner's product ends sooner
// (F5).
void World::churn(const sim::Step& step) {
  const Selling& selling = the<Selling>();
  const double forklift = the<Projects>().forklift;
  for (const std::uint32_t row : contracts.by_key()) {
    const Contracts::Id contract(row);
    const double hazard = selling.churn_hazard(startups.fit[contracts.startup[contract]]) +
                          forklift * (1 - contracts.integration[contract]);
    contracts.to_churn[contract] -= hazard / weeks_per_year;
    if (contracts.to_churn[contract] > 0) continue;
    ++tally.churned;
    end_contract(contract, step.random());
  }
  if (step.week() % 26 == 25) contracts.compact();
}

}  // namespace startups
