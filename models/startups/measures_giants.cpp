// SPDX-License-Identifier: Apache-2.0
// What is measured of large firms, customers and service firms, one line each.
#include <algorithm>

#include "models/startups/measures.h"

namespace startups {

namespace {

using sim::integer_outcome;
using sim::Measured;
using sim::real_outcome;
using W = World;

template <class Test>
std::int64_t how_many(const W& w, Test test) {
  std::int64_t count = 0;
  for (const Dealings::Id id : sim::ids<Dealings>(0, w.dealings.size())) count += test(id);
  return count;
}

template <Decision decision>
std::int64_t decided(const W& w) {
  return how_many(w, [&](Dealings::Id id) { return w.dealings.decision[id] == decision; });
}

template <sim::Column<Dealings, std::int64_t> Dealings::*column>
std::int64_t since_a_week(const W& w) {  // columns that hold a week, or -1
  return how_many(w, [&](Dealings::Id id) { return (w.dealings.*column)[id] >= 0; });
}

template <sim::Column<Dealings, std::int64_t> Dealings::*column>
std::int64_t sum_of(const W& w) {
  std::int64_t sum = 0;
  for (const std::int64_t one : w.dealings.*column) sum += one;
  return sum;
}

bool live(const W& w, Dealings::Id id) {
  return w.dealings.partners(id) && w.programs.phase[w.dealings.program[id]] == Phase::live;
}

double hours_of_giants(const W& w) {
  double sum = 0;
  for (const std::uint32_t row : w.dealings.by_key()) sum += w.dealings.hours[Dealings::Id(row)];
  return sum;
}

double known(const W& w) {
  double sum = 0;
  for (const std::uint32_t row : w.dealings.by_key())
    sum += w.dealings.knowledge[Dealings::Id(row)];
  return sum;
}

double resented(const W& w) {
  double sum = 0;
  for (const std::uint32_t row : w.dealings.by_key()) sum += w.resentment(Dealings::Id(row));
  return sum;
}

double best_entrant(const W& w) {
  double best = 0;
  for (const double quality : w.entrants.quality) best = std::max(best, quality);
  return best;
}

std::int64_t gained(const W& w) {
  std::int64_t sum = 0;
  for (const std::int64_t one : w.platforms.gained) sum += one;
  return sum;
}

double taken_up(const W& w) {
  double sum = 0;
  for (const double share : w.platforms.taken_up) sum += share;
  return w.platforms.size() > 0 ? sum / static_cast<double>(w.platforms.size()) : 0;
}

std::int64_t entrants_customers(const W& w) {
  std::int64_t sum = 0;
  for (const std::int64_t one : w.entrants.customers) sum += one;
  return sum;
}

// Yearly fees that came through large firms, of contracts that run.
std::int64_t program_fees(const W& w) {
  std::int64_t sum = 0;
  for (const Contracts::Id id : sim::ids<Contracts>(0, w.contracts.size()))
    if (w.contracts.alive(id) && w.contracts.program[id]) sum += w.contracts.fee[id];
  return sum;
}

std::int64_t signed_untamed(const W& w) {
  return how_many(
      w, [&](Dealings::Id id) { return w.dealings.since[id] >= 0 && !w.tame(w.dealings.to[id]); });
}

std::int64_t updates(const W& w) {
  std::int64_t sum = 0;
  for (const std::int64_t one : w.startups.updates) sum += one;
  return sum;
}

double service_hours(const W& w) {
  double sum = 0;
  for (const double hours : w.service_hours) sum += hours;
  return sum;
}

constexpr std::array list{
    integer_outcome<W>("signed", "1", "startups that have signed a large firm", Measured::flow,
                       since_a_week<&Dealings::since>),
    integer_outcome<W>(
        "fruitful", "1", "of those, with a customer who came through it", Measured::flow,
        [](const W& w) {
          return how_many(w, [&](Dealings::Id id) { return w.dealings.joint[id] > 0; });
        }),
    integer_outcome<W>("resourced", "1", "startups to which their large partner gives hours",
                       Measured::stock,
                       [](const W& w) {
                         return how_many(w, [&](Dealings::Id id) {
                           return w.dealings.partners(id) && w.dealings.hours[id] > 0;
                         });
                       }),
    integer_outcome<W>(
        "finished", "1", "partnerships with large firms whose product works", Measured::stock,
        [](const W& w) { return how_many(w, [&](Dealings::Id id) { return live(w, id); }); }),
    real_outcome<W>("giant_hours", "hour", "of large firms for startups this week", Measured::stock,
                    hours_of_giants),
    real_outcome<W>("leaked", "1", "what large firms know of startups, in whole products",
                    Measured::stock, known),
    integer_outcome<W>("built", "1", "startups against which a large firm has decided to build",
                       Measured::flow, decided<Decision::build>),
    integer_outcome<W>("bought", "1", "startups that their large partner bought", Measured::flow,
                       decided<Decision::buy>),
    integer_outcome<W>("let_lie", "1", "startups that their large partner let lie", Measured::flow,
                       decided<Decision::drop>),
    integer_outcome<W>("copy_tries", "1",
                       "times that a large firm began to copy what it needs of a partner",
                       Measured::flow, sum_of<&Dealings::tries>),
    real_outcome<W>(
        "resentment", "1",
        "of large firms, over partners: need of a product that they do not have in hand",
        Measured::stock, resented),
    integer_outcome<W>("entries", "1", "markets that a large firm has entered", Measured::flow,
                       [](const W& w) { return static_cast<std::int64_t>(w.entrants.size()); }),
    real_outcome<W>("entrant_quality", "1", "of the best product of a large firm", Measured::stock,
                    best_entrant),
    integer_outcome<W>("given_away", "1", "products that large firms give away", Measured::flow,
                       [](const W& w) {
                         std::int64_t count = 0;
                         for (const std::uint8_t one : w.entrants.free) count += one;
                         return count;
                       }),
    integer_outcome<W>("entrant_customers", "1", "accounts that went to large firms' products",
                       Measured::flow, entrants_customers),
    integer_outcome<W>("turned_on", "1", "startups on which their large partner turned",
                       Measured::flow, since_a_week<&Dealings::turned>),
    integer_outcome<W>("revoked", "1", "startups that lost access to a platform", Measured::flow,
                       since_a_week<&Dealings::revoked>),
    integer_outcome<W>("refused", "1", "startups that a large firm has refused", Measured::flow,
                       since_a_week<&Dealings::refused>),
    integer_outcome<W>("reversed", "1", "and of those, taken after all", Measured::flow,
                       since_a_week<&Dealings::reversed>),
    integer_outcome<W>("friendly", "1", "meetings at which a large firm was friendly",
                       Measured::flow, sum_of<&Dealings::friendly>),
    integer_outcome<W>("supported", "1", "startups of which a large firm speaks in public",
                       Measured::stock,
                       [](const W& w) {
                         return how_many(w, [&](Dealings::Id id) {
                           return w.dealings.partners(id) && w.dealings.said[id] != 0;
                         });
                       }),
    integer_outcome<W>("giants_gained", "money", "what large firms have of startups and logos",
                       Measured::flow, gained),
    real_outcome<W>("taken_up", "1", "share of bases that has the new platform", Measured::stock,
                    taken_up),
    integer_outcome<W>("taken", "money",
                       "yearly fees of customers who went over to a large firm "
                       "that turned",
                       Measured::flow, sum_of<&Dealings::taken>),
    integer_outcome<W>("saved", "money", "what large firms did not have to find out themselves",
                       Measured::flow, sum_of<&Dealings::saved>),
    integer_outcome<W>("bought_for", "money", "what large firms paid for startups", Measured::flow,
                       sum_of<&Dealings::paid>),
    integer_outcome<W>("in_base", "money",
                       "startups' yearly fees from accounts in the base of a "
                       "firm they have dealt with",
                       Measured::stock, sum_of<&Dealings::in_base>),
    integer_outcome<W>("expected", "money",
                       "yearly fees that startups expected of large firms as "
                       "they signed",
                       Measured::stock, sum_of<&Dealings::expected>),
    integer_outcome<W>("program_fees", "money", "yearly fees that came through large firms",
                       Measured::stock, program_fees),
    real_outcome<W>("service_hours", "hour", "of service firms for startups this week",
                    Measured::stock, service_hours),
    integer_outcome<W>("around", "money", "what customers paid service firms", Measured::flow,
                       [](const W& w) { return w.around; }),
    integer_outcome<W>("deployed", "1", "joint deployments", Measured::flow,
                       [](const W& w) { return w.deployed; }),
    integer_outcome<W>("failed", "1", "of those, failed", Measured::flow,
                       [](const W& w) { return w.failed; }),
    integer_outcome<W>("squabbles", "1", "of those, mended by nobody", Measured::flow,
                       [](const W& w) { return w.squabbles; }),
    integer_outcome<W>("signed_untamed", "1",
                       "of startups that have signed, with a large firm that may use what it "
                       "learns",
                       Measured::flow, signed_untamed),
    integer_outcome<W>("left", "1", "startups that left a large firm, having learned enough",
                       Measured::flow, since_a_week<&Dealings::left>),
    integer_outcome<W>("kept", "money", "fees of joint customers that startups kept",
                       Measured::flow, [](const W& w) { return w.tally.kept; }),
    integer_outcome<W>("updates", "1", "major updates of startups' products", Measured::flow,
                       updates)};

}  // namespace

std::span<const sim::Outcome<World>> outcomes_of_giants() { return list; }

}  // namespace startups
