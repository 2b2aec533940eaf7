// SPDX-License-Identifier: Apache-2.0
// What is measured of the account contest: the figures of contest.md, section 7, since week 0, and
// the flows they come from.
#include <algorithm>

#include "models/contest/model.h"

namespace contest {

namespace {

using sim::Measured;

double ratio(std::int64_t a, std::int64_t b) {
  return b == 0 ? 0 : static_cast<double>(a) / static_cast<double>(b);
}
double rep_weeks(const World& world) {
  return static_cast<double>(world.reps.size()) * std::max(1, world.weeks);
}

template <std::int64_t Tally::*count>
constexpr sim::Outcome<World> flow(std::string_view name, std::string_view unit,
                                   std::string_view meaning) {
  return sim::integer_outcome<World>(name, unit, meaning, Measured::flow,
                                     [](const World& world) { return world.tally.*count; });
}
template <std::int64_t Tally::*part, std::int64_t Tally::*whole>
constexpr sim::Outcome<World> share(std::string_view name, std::string_view meaning) {
  return sim::real_outcome<World>(name, "1", meaning, Measured::stock, [](const World& world) {
    return ratio(world.tally.*part, world.tally.*whole);
  });
}
template <std::int64_t Tally::*count, int per_unit>
constexpr sim::Outcome<World> rate(std::string_view name, std::string_view unit,
                                   std::string_view meaning) {
  return sim::real_outcome<World>(name, unit, meaning, Measured::stock, [](const World& world) {
    return static_cast<double>(world.tally.*count) / (per_unit * rep_weeks(world));
  });
}
template <int week>
constexpr sim::Outcome<World> partner_hours(std::string_view name, std::string_view meaning) {
  return sim::real_outcome<World>(name, "1", meaning, Measured::stock, [](const World& world) {
    const auto rep_weeks_then =
        static_cast<std::int64_t>(world.reps.size()) * ((world.weeks + quarter - week) / quarter);
    return ratio(world.tally.partner_hours[week - 1], rep_weeks_then * hours_per_week);
  });
}

}  // namespace

const std::array<sim::Phase<World>, 4> World::week{
    {{"choose", "reps give their hours to the opportunities that pay best",
      [](World& world, const sim::Step& step) { world.choose(step); }},
     {"resolve", "accounts whose clock rings choose a vendor or nobody",
      [](World& world, const sim::Step& step) { world.resolve(step); }},
     {"settle", "reps are paid for what they won and fill their books again",
      [](World& world, const sim::Step& step) { world.settle(step); }},
     {"check", "after the last week: all five invariants of the benchmark",
      [](World& world, const sim::Step&) { world.check_at_end(); }}}};

const std::array<sim::Outcome<World>, 16> World::outcomes{
    flow<&Tally::won>("won", "1", "deals won by any vendor"),
    flow<&Tally::closed>("closed", "1", "opportunities closed, won or not"),
    flow<&Tally::won_value>("won_value", "USD", "value of the deals won"),
    flow<&Tally::commission>("commission", "USD cent", "commission paid to reps"),
    rate<&Tally::won, 1>("won_per_rep_week", "1/week", "won deals per rep and week"),
    rate<&Tally::closed, 1>("closed_per_rep_week", "1/week",
                            "closed opportunities per rep and week"),
    rate<&Tally::commission, 100>("commission_per_rep_week", "USD/week",
                                  "commission per rep and week"),
    share<&Tally::won, &Tally::closed>("won_share", "share of closed opportunities that were won"),
    share<&Tally::decided_for_nobody, &Tally::decided>("nobody_share",
                                                       "share of decisions for nobody"),
    share<&Tally::pursuers, &Tally::decided>("pursuers_per_decision",
                                             "vendors that pursue a deciding account"),
    sim::real_outcome<World>(
        "mean_deal", "USD", "mean won deal", Measured::stock,
        [](const World& world) { return ratio(world.tally.won_value, world.tally.won); }),
    share<&Tally::won_partner, &Tally::won>("partner_share",
                                            "share of won deals for a partner's product"),
    sim::real_outcome<World>(
        "attained_share", "1", "share of rep-quarters that reached quota", Measured::stock,
        [](const World& world) {
          return ratio(world.tally.attained,
                       static_cast<std::int64_t>(world.reps.size()) * (world.weeks / quarter));
        }),
    partner_hours<1>("partner_hours_week_1", "partner share of hours, week 1 of the quarter"),
    partner_hours<7>("partner_hours_week_7", "partner share of hours, week 7 of the quarter"),
    partner_hours<13>("partner_hours_week_13", "partner share of hours, week 13 of the quarter")};

const std::array<sim::AgentColumn<World>, 3> World::columns{
    {{"reps", "booked", "USD", "own bookings this quarter",
      [](const World& world) { return world.reps.size(); },
      [](const World& world) { return world.reps.booked.span(); }},
     {"reps", "paid", "USD cent", "commission since the beginning",
      [](const World& world) { return world.reps.size(); },
      [](const World& world) { return world.reps.paid.span(); }},
     {"accounts", "pull", "1", "published total weight of its suitors and of nobody",
      [](const World& world) { return world.accounts.size(); }, nullptr, nullptr, false,
      [](const World& world, std::size_t row) {
        return std::max<double>(world.accounts.pull[Accounts::Id(row)], world.rules.no_decision);
      }}}};

const sim::ModelInfo& info() {
  static const sim::ModelInfo described =
      sim::describe<World>({"contest",
                            "reps of rival vendors compete for accounts: a benchmark",
                            {sim::section<Rules>("contest", "the numbers of the contest")}},
                           streams::all);
  return described;
}

}  // namespace contest
