// SPDX-License-Identifier: Apache-2.0
#pragma once
// Accounts come to need something: a Poisson process of each account's own rate, slowed while it
// has an open need or a running contract.
//
// The k-th need of an account is keyed (account, k) and owns its luck: the unit-exponential
// threshold of its arrival, product, size and decision clock. It is the same need in every arm,
// whoever pursues it (statistics.md, "Common random numbers"), and idle accounts cost nothing.

#include "models/ecosystem/company.h"
#include "models/ecosystem/state.h"
#include "models/ecosystem/streams.h"
#include "sim/agenda.h"
#include "sim/events.h"
#include "sim/field.h"
#include "sim/step.h"

namespace ecosystem {

struct Demand {
  double rate = 0.4;
  double rate_sigma = 0.5;
  double while_busy = 0;
  double clock_min_weeks = 6;
  double clock_mean_weeks = 8;
  static constexpr auto fields = sim::Pack{
      sim::field(&Demand::rate,
                 {.name = "rate",
                  .unit = "1/year",
                  .meaning = "needs of an account that has neither an open need nor a contract",
                  .low = .25,
                  .high = .6,
                  .distribution = Distribution::lognormal,
                  .min = 0,
                  .max = 5000,
                  .source = "feasibility.md 2",
                  .role = sim::Role::uncertainty}),
      sim::field(&Demand::rate_sigma,
                 {.name = "rate_sigma",
                  .unit = "1",
                  .meaning = "log-standard deviation of that rate between accounts",
                  .low = .2,
                  .high = 1,
                  .distribution = Distribution::uniform,
                  .min = 0,
                  .max = 3,
                  .role = sim::Role::uncertainty}),
      sim::field(&Demand::while_busy,
                 {.name = "while_busy",
                  .unit = "share",
                  .meaning = "part of that rate which remains while a need is open or a contract "
                             "runs; 1: needs come one beside the other",
                  .min = 0,
                  .max = 1,
                  .source = "feasibility.md 2 (52 weeks satisfied)",
                  .role = sim::Role::structural}),
      sim::field(&Demand::clock_min_weeks, {.name = "clock_min_weeks",
                                            .unit = "week",
                                            .meaning = "shortest time from need to decision",
                                            .min = 0,
                                            .max = 520,
                                            .source = "SA43, feasibility.md 2",
                                            .evidence = Evidence::vendor_claim}),
      sim::field(&Demand::clock_mean_weeks, {.name = "clock_mean_weeks",
                                             .unit = "week",
                                             .meaning = "mean time beyond that, exponential",
                                             .low = 6,
                                             .high = 11,
                                             .distribution = Distribution::uniform,
                                             .min = 0,
                                             .max = 520,
                                             .source = "SA43, feasibility.md 2",
                                             .evidence = Evidence::vendor_claim,
                                             .role = sim::Role::uncertainty})};

  static sim::Key need_key(const Accounts& accounts, Accounts::Id account, std::uint32_t ordinal) {
    return sim::child(kinds::need, accounts.key(account), ordinal);
  }

  double intensity(const Accounts& accounts, Accounts::Id account) const {
    const bool busy = accounts.open_needs[account] > 0 || accounts.contracts[account] > 0;
    return accounts.need_rate[account] * (busy ? while_busy : 1.0);
  }

  // Puts the account's next need on the calendar.
  void expect_next(const Accounts& accounts, Accounts::Id account, const sim::Random& random,
                   sim::HazardCalendar& arrivals, double time = 1.0) const {
    const sim::Key key = need_key(accounts, account, accounts.next_need[account]);
    sim::Draw draw = random.draw(streams::of("demand"), key);
    arrivals.schedule({.key = key,
                       .entity = account.index(),
                       .tie = static_cast<std::uint32_t>(key.value),
                       .intensity = intensity(accounts, account),
                       .threshold = draw.exponential()},
                      time);
  }

  // After the account's business changed: the pace at which its next need comes nearer.
  void repace(const Accounts& accounts, Accounts::Id account, sim::HazardCalendar& arrivals) const {
    arrivals.reschedule(need_key(accounts, account, accounts.next_need[account]),
                        intensity(accounts, account));
  }

  // The needs of this week become rows; their decision clocks start. `fresh` are their rows.
  void operator()(Accounts& accounts, Needs& needs, const Products& products,
                  sim::HazardCalendar& arrivals, sim::Agenda& decisions,
                  std::vector<sim::Event>& due, std::vector<Needs::Id>& fresh,
                  const sim::Step& step) const {
    const double one_week = 1.0;
    arrivals.advance(step.week(), {&one_week, 1}, due);
    fresh.clear();
    while (!due.empty()) {
      for (const sim::Event& event : due)
        fresh.push_back(arrive(accounts, needs, products, arrivals, decisions, event, step));
      arrivals.take_due(due);  // a very busy account may need twice in a week
    }
  }

 private:
  Needs::Id arrive(Accounts& accounts, Needs& needs, const Products& products,
                   sim::HazardCalendar& arrivals, sim::Agenda& decisions, const sim::Event& event,
                   const sim::Step& step) const {
    const Accounts::Id account(event.entity);
    ++accounts.next_need[account];
    ++accounts.open_needs[account];
    expect_next(accounts, account, step.random(), arrivals, event.time);

    sim::Draw draw = step.draw_once(streams::of("demand"), event.key);
    draw.uniform();  // the arrival's own, used when it was scheduled
    const Needs::Id need = needs.add(event.key);
    needs.account[need] = account;
    needs.number[need] = accounts.next_need[account] - 1;
    needs.product[need] = pick(products, draw.uniform());
    const Products::Id product = needs.product[need];
    const double size = static_cast<double>(products.list_price[product]) *
                        sim::exp(products.size_sigma[product] * draw.normal());
    needs.value[need] = std::max<std::int64_t>(1, Money::rounded(size).minor);
    needs.born_day[need] = sim::Calendar::day_at(step.week(), event.time);
    const double beyond = clock_mean_weeks * draw.exponential();
    const double ahead = clock_min_weeks + beyond + event.time;
    needs.decides[need] = step.week() + ahead;
    decisions.put(event.key, need.index(), static_cast<std::uint32_t>(event.key.value), ahead);
    return need;
  }

  static Products::Id pick(const Products& products, double u) {
    const auto order = products.by_key();
    for (const std::uint32_t row : order)
      if (u <= products.share_to[Products::Id(row)]) return Products::Id(row);
    return Products::Id(order.back());
  }
};

}  // namespace ecosystem
