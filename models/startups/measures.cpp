// SPDX-License-Identifier: Apache-2.0
// What is measured of the world of startups: counts since week 0 as flows, states as stocks.
#include "models/startups/measures.h"

#include <algorithm>

namespace startups {

namespace {

using sim::Measured;
using One = sim::Outcome<World>;

template <std::int64_t Tally::*count>
constexpr One flow(std::string_view name, std::string_view meaning, std::string_view unit = "1") {
  return sim::integer_outcome<World>(name, unit, meaning, Measured::flow,
                                     [](const World& world) { return world.tally.*count; });
}
constexpr One stock(std::string_view name, std::string_view meaning,
                    std::int64_t (*value)(const World&), std::string_view unit = "1") {
  return sim::integer_outcome<World>(name, unit, meaning, Measured::stock, value);
}

// Startups for which counts(world, startup) holds.
template <class Counts>
std::int64_t number_of(const World& world, Counts counts) {
  std::int64_t number = 0;
  for (const Startups::Id startup : sim::ids<Startups>(0, world.startups.size()))
    number += counts(world.startups, startup);
  return number;
}
template <class Value>
double mean_of_alive(const World& world, Value value) {
  double sum = 0, n = 0;
  for (const std::uint32_t row : world.startups.by_key()) {
    const Startups::Id startup(row);
    if (!world.startups.runs(startup)) continue;
    sum += value(world.startups, startup);
    ++n;
  }
  return n > 0 ? sum / n : 0;
}
// What one would read off a table of firms. From a landmark, so that who lives longer has not had
// more time to partner.
double naive_gap(const World& world) {
  double all[2] = {}, alive[2] = {};
  for (const Startups::Id startup : sim::ids<Startups>(0, world.startups.size()))
    if (const std::int64_t partnered = world.startups.after_a_year[startup]; partnered >= 0) {
      ++all[partnered];
      alive[partnered] += world.startups.runs(startup);
    }
  return all[0] > 0 && all[1] > 0 ? alive[1] / all[1] - alive[0] / all[0] : 0;
}

constexpr std::array all_outcomes{
    stock("alive", "startups alive",
          [](const World& w) { return number_of(w, [](auto& s, auto id) { return s.runs(id); }); }),
    stock("acquired", "startups that were bought",
          [](const World& w) {
            return number_of(w, [](auto& s, auto id) { return s.status[id] == Status::acquired; });
          }),
    stock("dead", "startups that closed or ran out of cash",
          [](const World& w) {
            return number_of(w, [](auto& s, auto id) { return s.status[id] == Status::dead; });
          }),
    stock("partnered", "startups that ever had a partner",
          [](const World& w) {
            return number_of(w, [](auto& s, auto id) { return s.partners_ever[id] > 0; });
          }),
    stock("partnered_alive", "startups alive that ever had a partner",
          [](const World& w) {
            return number_of(
                w, [](auto& s, auto id) { return s.runs(id) && s.partners_ever[id] > 0; });
          }),
    stock("alone_alive", "startups alive that never had a partner",
          [](const World& w) {
            return number_of(
                w, [](auto& s, auto id) { return s.runs(id) && s.partners_ever[id] == 0; });
          }),
    stock("two_alive", "of startups 0 and 1, 2 and 3, ...: pairs of which both are alive",
          [](const World& w) {
            return number_of(w, [](auto& s, auto id) {
              return id.index() % 2 == 1 && s.runs(id) && s.runs(Startups::Id(id.index() - 1));
            });
          }),
    stock("pairs", "partnerships of startups with startups",
          [](const World& w) { return static_cast<std::int64_t>(w.pairs.living()); }),
    stock("programs", "partnerships of startups with giants",
          [](const World& w) { return static_cast<std::int64_t>(w.programs.living()); }),
    stock("customers", "contracts of startups",
          [](const World& w) { return static_cast<std::int64_t>(w.contracts.living()); }),
    stock("profitable", "startups alive that take in what they plan to spend",
          [](const World& w) {
            return number_of(
                w, [](auto& s, auto id) { return s.runs(id) && s.revenue[id] >= s.burn[id]; });
          }),
    stock("past_seed", "startups that ever closed a seed round",
          [](const World& w) {
            return number_of(w, [](auto& s, auto id) { return s.round[id] >= Round::seed; });
          }),
    stock("past_a", "startups that ever closed an A round",
          [](const World& w) {
            return number_of(w, [](auto& s, auto id) { return s.round[id] >= Round::a; });
          }),
    stock("past_b", "startups that ever closed a B round",
          [](const World& w) {
            return number_of(w, [](auto& s, auto id) { return s.round[id] >= Round::b; });
          }),
    stock("past_c", "startups that ever closed a C round",
          [](const World& w) {
            return number_of(w, [](auto& s, auto id) { return s.round[id] >= Round::c; });
          }),
    stock("post_chasm", "markets past their chasm",
          [](const World& w) {
            std::int64_t count = 0;
            for (const Stage stage : w.markets.stage) count += stage == Stage::post_chasm;
            return count;
          }),
    flow<&Tally::needs>("needs", "times that an account looked for something"),
    flow<&Tally::own_meetings>("own_meetings", "meetings that startups came to by themselves"),
    flow<&Tally::partner_meetings>("partner_meetings", "meetings that partners arranged"),
    flow<&Tally::own_wins>("own_wins", "contracts won by startups by themselves"),
    flow<&Tally::partner_wins>("partner_wins", "contracts won in meetings that partners arranged"),
    flow<&Tally::pair_wins>("pair_wins", "of those, arranged by another startup"),
    flow<&Tally::churned>("churned", "contracts that ended by themselves"),
    flow<&Tally::rounds>("rounds", "rounds closed"),
    flow<&Tally::raised>("raised", "money from investors after founding", "money"),
    flow<&Tally::small_pivots>("small_pivots", "pivots of one choice"),
    flow<&Tally::large_pivots>("large_pivots", "pivots to another product"),
    flow<&Tally::ruined>("ruined", "startups that ran out of cash"),
    flow<&Tally::closings>("closings", "startups closed for other reasons"),
    flow<&Tally::acquisitions>("acquisitions", "startups bought"),
    flow<&Tally::offers>("offers", "times that a startup asked for a partner"),
    flow<&Tally::pairs_signed>("pairs_signed", "partnerships signed by two startups"),
    flow<&Tally::pairs_live>("pairs_done", "of those, whose project was done"),
    flow<&Tally::pairs_dropped>("pairs_dropped", "ended because nobody worked on them"),
    flow<&Tally::pairs_broken>("pairs_broken", "ended by a pivot or the end of a side"),
    flow<&Tally::pairs_defected>("pairs_defected", "ended by a side that turned on the other"),
    flow<&Tally::pairs_judged>("pairs_judged", "whose first 18 months are over, ended or not"),
    flow<&Tally::pairs_empty>("pairs_empty", "of those, without a joint customer"),
    flow<&Tally::programs_signed>("programs_signed", "partnerships signed with giants"),
    flow<&Tally::programs_live>("programs_done", "of those, whose project was done"),
    flow<&Tally::programs_ended>("programs_ended", "partnerships with giants that ended"),
    flow<&Tally::own_revenue>("own_revenue", "fees of customers won by startups themselves",
                              "money"),
    flow<&Tally::partner_revenue>("partner_revenue", "fees of customers that partners brought",
                                  "money"),
    flow<&Tally::pair_revenue>("pair_revenue", "of those, brought by another startup", "money"),
    flow<&Tally::given>("given_hours", "hours that startups gave to partnerships that ended",
                        "hour"),
    flow<&Tally::wasted>("wasted_hours", "of those, without a joint customer", "hour"),
    sim::real_outcome<World>("naive_gap", "1",
                             "share still alive of startups with a partner after a year, less that "
                             "of those alive then without one; no effect of partnering",
                             Measured::stock, naive_gap),
    sim::real_outcome<World>("mean_fit", "1", "mean true fit of startups alive", Measured::stock,
                             [](const World& w) {
                               return mean_of_alive(w, [](auto& s, auto id) { return s.fit[id]; });
                             }),
    sim::real_outcome<World>(
        "mean_belief", "1", "mean believed fit of startups alive", Measured::stock,
        [](const World& w) {
          return mean_of_alive(w, [](auto& s, auto id) { return s.belief(id); });
        }),
    sim::real_outcome<World>(
        "mean_knowledge", "1", "mean knowledge of buyers of startups alive", Measured::stock,
        [](const World& w) {
          return mean_of_alive(w, [](auto& s, auto id) { return s.knowledge[id]; });
        }),
    sim::real_outcome<World>(
        "mean_maturity", "1", "mean maturity of products of startups alive", Measured::stock,
        [](const World& w) {
          return mean_of_alive(w, [](auto& s, auto id) { return s.maturity[id]; });
        }),
    sim::real_outcome<World>(
        "mean_people", "1", "mean people of startups alive", Measured::stock, [](const World& w) {
          return mean_of_alive(w, [](auto& s, auto id) { return s.people[id]; });
        })};

template <auto column>
constexpr sim::AgentColumn<World> whole(std::string_view name, std::string_view unit,
                                        std::string_view meaning) {
  return {
      "startups",
      name,
      unit,
      meaning,
      [](const World& w) { return w.startups.size(); },
      [](const World& w) -> std::span<const std::int64_t> { return (w.startups.*column).span(); }};
}
// What a startup tells of itself.
template <double (*value)(const World&, Startups::Id)>
constexpr sim::AgentColumn<World> told(std::string_view name, std::string_view unit,
                                       std::string_view meaning) {
  return {"startups",
          name,
          unit,
          meaning,
          [](const World& w) { return w.startups.size(); },
          nullptr,
          nullptr,
          false,
          [](const World& w, std::size_t row) { return value(w, Startups::Id(row)); }};
}
template <auto column>
double held(const World& w, Startups::Id startup) {
  return static_cast<double>((w.startups.*column)[startup]);
}
template <auto column>
constexpr sim::AgentColumn<World> number(std::string_view name, std::string_view unit,
                                         std::string_view meaning) {
  return told<held<column>>(name, unit, meaning);
}
double market(const World& w, Startups::Id startup) {
  return static_cast<double>(w.startups.market[startup].index());
}
double believed(const World& w, Startups::Id startup) { return w.startups.belief(startup); }
double runway(const World& w, Startups::Id startup) {
  return w.startups.runs(startup) ? w.months_left(startup) : 0;
}
double pivots(const World& w, Startups::Id startup) {
  return static_cast<double>(w.startups.small_pivots[startup] + w.startups.large_pivots[startup]);
}

// Of what has been between a startup and large firms: the most over those it has dealt with.
double entered_on(const World& w, Dealings::Id id) {
  return w.dealings.decision[id] == Decision::build;
}
double effort(const World& w, Dealings::Id id) { return w.dealings.effort[id]; }

template <double (*value)(const World&, Dealings::Id)>
double most(const World& w, Startups::Id startup) {
  const sim::Key key = w.startups.key(startup);
  double found = 0;
  for (const Giants::Id giant : sim::ids<Giants>(0, w.giants.size()))
    if (const Dealings::Id id = w.dealings.find(key, w.giants.key(giant)))
      found = std::max(found, value(w, id));
  return found;
}

constexpr std::array all_columns{
    number<&Startups::status>("status", "1", "0 alive, 1 bought, 2 dead"),
    told<market>("market", "1", "number of its market"),
    number<&Startups::genome>("genome", "1", "its strategy: bit i is choice i"),
    number<&Startups::maturity>("maturity", "1", "of its product"),
    told<believed>("belief", "1", "fit of its product as it believes"),
    told<runway>("runway", "month",
                 "that its cash lasts; 1200 if it does not fall, 0 after the end"),
    whole<&Startups::partners>("partners", "1", "partnerships now"),
    whole<&Startups::ended>("ended", "week", "in which it ended, -1 while alive"),
    whole<&Startups::cash>("cash", "money", "cash"),
    whole<&Startups::revenue>("revenue", "money", "revenue of the last week"),
    number<&Startups::fit>("fit", "1", "true fit of its product with its market"),
    number<&Startups::knowledge>("knowledge", "1", "what it knows of what buyers want"),
    number<&Startups::people>("people", "1", "people"),
    number<&Startups::round>("round", "1", "rounds closed"),
    whole<&Startups::raised>("raised", "money", "money from investors after founding"),
    whole<&Startups::customers>("customers", "1", "contracts"),
    whole<&Startups::own_wins>("own_wins", "1", "contracts ever won by itself"),
    whole<&Startups::partner_wins>("partner_wins", "1", "contracts ever won through partners"),
    whole<&Startups::meetings>("meetings", "1", "meetings ever"),
    whole<&Startups::small_pivots>("small_pivots", "1", "pivots of one choice"),
    whole<&Startups::large_pivots>("large_pivots", "1", "pivots to another product"),
    told<pivots>("pivots", "1", "pivots ever"),
    whole<&Startups::partners_ever>("partners_ever", "1", "partnerships ever signed"),
    whole<&Startups::after_a_year>("after_a_year", "1",
                                   "-1 gone by then, 0 without a partner yet, 1 partnered"),
    whole<&Startups::joint_revenue>("joint_revenue", "money", "fees of joint customers, ever"),
    number<&Startups::wasted_hours>("wasted_hours", "hour", "on partnerships without a customer"),
    told<most<entered_on>>("entered_on", "1",
                           "whether a large firm has decided to build its product"),
    told<most<effort>>("effort", "1",
                       "work of selling its product to its large partner, over a usual one; "
                       "0 without one")};

}  // namespace

static std::vector<sim::Outcome<World>> joined() {
  std::vector<sim::Outcome<World>> all(all_outcomes.begin(), all_outcomes.end());
  const auto more = outcomes_of_giants();
  all.insert(all.end(), more.begin(), more.end());
  return all;
}
static const std::vector<sim::Outcome<World>> joined_outcomes = joined();
const std::span<const sim::Outcome<World>> World::outcomes{joined_outcomes};
const std::span<const sim::AgentColumn<World>> World::columns{all_columns};

const sim::ModelInfo& info() {
  static const sim::ModelInfo described = sim::describe<World>(
      {"startups", "startups, large firms and their customers", sections()}, streams::all);
  return described;
}

}  // namespace startups
