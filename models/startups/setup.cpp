// SPDX-License-Identifier: Apache-2.0
// The world of startups before its first week.
#include <algorithm>

#include "models/startups/model.h"
#include "sim/math.h"

namespace startups {

namespace {

constexpr sim::Key startup_kind = sim::named("startups.startup"),
                   giant_kind = sim::named("startups.giant"),
                   account_kind = sim::named("startups.account"),
                   market_kind = sim::named("startups.market");

std::uint32_t dealt(std::size_t i, std::int64_t groups) {
  return static_cast<std::uint32_t>(i % static_cast<std::size_t>(groups));
}

}  // namespace

World::World(const sim::Settings& settings, const sim::Setup& setup) {
  told_.read(settings);
  const Population& population = the<Population>();
  sim::validate(population.regions <= population.markets,
                "population.regions: there are fewer markets than regions");
  sim::validate(the<Strategy>().coupling < the<Strategy>().attributes,
                "strategy.coupling: less than strategy.attributes expected");
  populate_markets(setup.random);
  populate_giants(setup.random);
  populate_accounts(setup.random);
  populate_startups(setup.random);
  adopted_before();
  for (const Markets::Id market : sim::ids<Markets>(0, markets.size()))
    for (const Accounts::Id account : sim::ids<Accounts>(0, accounts.size()))
      if (accounts.region[account] == markets.region[market])
        expect_need(account, market, setup.random);
  if (the<Partnering>().pairs_at_start) pair_off(setup.random);
  rebuild_edges();
  populate_platforms();
  sum_clout();
}

void World::apply(const sim::Settings& settings) { told_.read(settings); }

void World::populate_markets(const sim::Random& random) {
  const auto count = static_cast<std::size_t>(the<Population>().markets);
  markets.reserve(count);
  for (std::size_t i = 0; i < count; ++i) {
    const Markets::Id market = markets.add(sim::child(market_kind, {}, i));
    markets.region[market] = dealt(i, the<Population>().regions);
    landscapes.emplace_back(random, streams::of("landscape"), markets.key(market),
                            static_cast<int>(the<Strategy>().attributes),
                            static_cast<int>(the<Strategy>().coupling));
  }
  arrivals_ = sim::HazardCalendar(2 * count);
  hazards_.resize(2 * count);
}

void World::populate_giants(const sim::Random& random) {
  const Giant& giant = the<Giant>();
  for (std::size_t i = 0; i < static_cast<std::size_t>(giant.giants); ++i) {
    const Giants::Id id = giants.add(sim::child(giant_kind, {}, i));
    sim::Draw draw = random.draw(streams::of("population"), giants.key(id));
    const double size = sim::exp(giant.base_sigma * draw.normal());
    giants.region[id] = dealt(i, the<Population>().regions);
    giants.base[id] = std::min(0.9, giant.base * size);
    giants.brand[id] = std::min(1.0, giant.brand * size);
    giants.attention[id] = giant.attention;
    giants.strategic[id] = giant.strategic;
    giants.revenue[id] = static_cast<std::int64_t>(static_cast<double>(giant.revenue.minor) * size);
  }
}

// Who is a customer of which giant is each pair's own draw, so that another giant changes nobody
// else's customers. Clout over a giant: the account's share of what its customers are worth.
void World::populate_accounts(const sim::Random& random) {
  const Population& population = the<Population>();
  accounts.reserve(static_cast<std::size_t>(population.accounts));
  for (std::size_t i = 0; i < static_cast<std::size_t>(population.accounts); ++i) {
    const Accounts::Id account = accounts.add(sim::child(account_kind, {}, i));
    sim::Draw draw = random.draw(streams::of("population"), accounts.key(account));
    accounts.region[account] = dealt(i, population.regions);
    accounts.segment[account] =
        draw.bernoulli(population.early_share) ? Segment::early : Segment::main;
    accounts.clout[account] = sim::exp(population.clout_sigma * draw.normal());
    accounts.adopted[account] = -1;
    const bool demands = draw.uniform() < population.mandatory;
    for (std::uint32_t g = 0; g < giants.size(); ++g) {
      const Giants::Id giant(g);
      if (giants.region[giant] != accounts.region[account]) continue;
      sim::Draw own = random.draw(streams::of("population"),
                                  sim::pair(giants.key(giant), accounts.key(account)));
      const bool customer = own.uniform() < giants.base[giant];
      if (customer) accounts.installed[account] |= std::uint64_t{1} << g;
      if (customer && !accounts.platform[account] && demands) accounts.platform[account] = giant;
    }
  }
  double all = 0;
  for (const double clout : accounts.clout) all += clout;
  for (double& clout : accounts.clout) clout /= all;
  for (const Markets::Id market : sim::ids<Markets>(0, markets.size()))
    for (const Accounts::Id account : sim::ids<Accounts>(0, accounts.size()))
      if (accounts.region[account] == markets.region[market])
        ++(accounts.segment[account] == Segment::early ? markets.early : markets.main)[market];
}

void World::populate_startups(const sim::Random& random) {
  const auto count = static_cast<std::size_t>(the<Population>().startups);
  startups.reserve(count);
  for (std::size_t i = 0; i < count; ++i) {
    const Startups::Id startup = startups.add(sim::child(startup_kind, {}, i));
    startups.market[startup] = Markets::Id(i % markets.size());
    startups.region[startup] = markets.region[startups.market[startup]];
    found(startup, random);
  }
  reach_.resize(count);
  serves_.resize(count * accounts.size());
}

void World::found(Startups::Id startup, const sim::Random& random) {
  const Runway& runway = the<Runway>();
  const Learning& learning = the<Learning>();
  const sim::Key key = startups.key(startup);
  sim::Draw draw = random.draw(streams::of("population"), key);
  const std::int64_t cash = runway.cash.share(sim::exp(runway.cash_sigma * draw.normal())).minor;
  startups.cash[startup] = cash;
  ledger.post(Book::investors, Book::startups, cash);
  startups.people[startup] = runway.people;
  startups.burn[startup] = sim::Money::rounded(runway.burn(runway.people)).minor;
  startups.free[startup] = runway.people * the<Selling>().hours;
  startups.genome[startup] = draw() & landscapes[startups.market[startup].index()].all();
  startups.fit[startup] =
      the<Strategy>().fit(landscapes[startups.market[startup].index()], startups.genome[startup]);
  startups.maturity[startup] = the<Strategy>().maturity;
  startups.yes[startup] = learning.prior * learning.prior_weight;
  startups.no[startup] = (1 - learning.prior) * learning.prior_weight;
  startups.plan[startup] = learning.prior;
  startups.win_rate[startup] = the<Bias>().planned_wins / 13;  // until results are in
  startups.ended[startup] = startups.after_a_year[startup] = -1;
  sim::Draw closing = random.draw(streams::of("closing"), key);
  startups.frailty[startup] = the<Closing>().frailty(closing.normal());
  startups.to_closing[startup] = closing.exponential();
  const auto threshold = [&](const sim::Stream& stream, int ordinal) {
    return random.draw(stream, key, ordinal).exponential();
  };
  startups.to_funding[startup] = threshold(streams::of("funding"), 0);
  startups.to_pivot[startup] = threshold(streams::of("pivot"), 0);
  startups.to_offer[startup] = threshold(streams::of("partnering"), 0);
  startups.to_update[startup] = threshold(streams::of("updates"), 0);
  startups.to_exit[startup] = threshold(streams::of("acquisition"), sim::ever);
}

// Who had bought in a market before week 0, the early ones first.
void World::adopted_before() {
  ordinals_.resize(markets.size() * accounts.size());
  adopted_.resize(markets.size() * accounts.size());
  for (const Markets::Id market : sim::ids<Markets>(0, markets.size())) {
    const auto all = static_cast<double>(markets.early[market] + markets.main[market]);
    const auto wanted = static_cast<std::int64_t>(the<Population>().adopted_at_start * all + 0.5);
    std::int64_t had = 0;
    for (const Segment segment : {Segment::early, Segment::main})
      for (const Accounts::Id account : sim::ids<Accounts>(0, accounts.size())) {
        if (had == wanted || accounts.segment[account] != segment ||
            accounts.region[account] != markets.region[market])
          continue;
        adopted_[place(account, market)] = 1;
        ++(segment == Segment::early ? markets.early_adopted : markets.main_adopted)[market];
        ++had;
      }
    const double early = static_cast<double>(markets.early[market]);
    const Demand& demand = the<Demand>();
    if (all > 0)
      markets.need_rate[market] = (early * demand.hazard(Segment::early, 0, 0) +
                                   (all - early) * demand.hazard(Segment::main, 0, 0)) /
                                  all;
  }
}

void World::hash(sim::Digest& digest) const {
  digest.add_table(markets);
  digest.add_table(giants);
  digest.add_table(accounts);
  digest.add_table(startups);
  digest.add_table(pairs);
  digest.add_table(programs);
  digest.add_table(contracts);
  digest.add_table(dealings);
  digest.add_table(asks);
  digest.add_table(entrants);
  digest.add_table(platforms);
  digest.add(ledger.balances());
  digest.add(std::span<const std::uint32_t>(ordinals_));
  digest.add(std::span<const std::uint8_t>(adopted_));
}

std::size_t World::bytes(const sim::Settings& settings) {
  const auto population = settings.get<Population>("population");
  constexpr std::size_t startup = 450, account = 80, need = 80;
  return static_cast<std::size_t>(population.startups) * startup +
         static_cast<std::size_t>(population.accounts) *
             (account + need * static_cast<std::size_t>(population.markets));
}

}  // namespace startups
