// SPDX-License-Identifier: Apache-2.0
// Deal registration: SB4 (the race, the window, ties), and the rules of a real program as a story.
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>

#include "models/partnering/race.h"
#include "models/partnering/registration.h"
#include "tests/models/partnering/luck.h"

namespace {

using namespace partnering;
using namespace partnering_tests;
using State = RegistrationState;
using Rows = std::vector<Registration>;

// Filed and found in order at once.
State file_and_answer(const RegistrationRules& rules, Rows& rows, sim::Key who, double day,
                      double lot) {
  rows.push_back({who, day, lot});
  return Registrations(rules, rows).answer(rows.size() - 1, true, day);
}

// --- SB4: the race ------------------------------------------------------------------------------

constexpr std::array rates{.5, .3, .2, .1};  // a week

struct Race {
  std::array<Mean, rates.size()> first;
  Mean time;
};

// Each partner comes across each opportunity by chance; filings are taken in order of time.
Race run_race(int opportunities) {
  Race race;
  const RegistrationRules rules;
  Rows rows;
  std::array<std::pair<double, std::size_t>, rates.size()> filings;
  for (int i = 0; i < opportunities; ++i) {
    sim::Draw draw = luck(4'000'000 + static_cast<std::uint64_t>(i));
    for (std::size_t who = 0; who < rates.size(); ++who)
      filings[who] = {draw.exponential() / rates[who], who};
    std::ranges::sort(filings);
    rows.clear();
    for (const auto& [week, who] : filings) file_and_answer(rules, rows, firm(who), 7 * week, .5);
    // Later filings may have come after its window: whoever held it before all others.
    const auto first = std::ranges::min_element(rows, {}, [](const Registration& r) {
      return r.state == State::queued ? HUGE_VAL : r.begins;
    });
    for (std::size_t who = 0; who < rates.size(); ++who)
      race.first[who].add(first->firm == firm(who));
    race.time.add(first->begins / 7);
  }
  return race;
}

TEST(Partnering, SB4TheRaceIsWonByRate) {
  const RegistrationRace law{rates};
  const Race race = run_race(420'000);
  for (std::size_t who = 0; who < rates.size(); ++who) {
    EXPECT_NEAR(law.first(who), rates[who] / 1.1, 1e-12);
    expect_exact(race.first[who], rates[who] / 1.1, "first to register");
  }
  EXPECT_NEAR(law.mean_time(), 1 / 1.1, 1e-12);
  expect_exact(race.time, 1 / 1.1, "weeks to the first");
}

// A registered deal closes at a constant rate: does the registration convert, or lapse before?
double converted(double rate, const RegistrationRules& rules, bool extended, int deals) {
  Mean share;
  for (int i = 0; i < deals; ++i) {
    Rows rows;
    file_and_answer(rules, rows, firm(1), 0, .5);
    Registrations all(rules, rows);
    const double closes = luck(5'000'000 + static_cast<std::uint64_t>(i)).exponential() / rate;
    if (extended) all.extend(0, std::min(closes, rules.window_days - 1));
    all.close(0, closes);
    share.add(rows[0].state == State::converted);
  }
  const double window = rules.window_days + (extended ? rules.extension_days : 0);
  expect_exact(share, 1 - std::exp(-rate * window), "closes inside");
  return share.mean();
}

TEST(Partnering, SB4ADealClosesInsideItsWindow) {
  const RegistrationRules rules{90, 30};
  for (const double rate : {.08 / 7, .2 / 7})
    EXPECT_GT(converted(rate, rules, true, 40'000), converted(rate, rules, false, 40'000));
  EXPECT_NEAR(closes_inside(.08 / 7, 91), 1 - std::exp(-.08 * 13), 1e-12);
}

// --- SB4: ties ----------------------------------------------------------------------------------

// All file at the same moment. `lots`: as drawn, or all equal.
std::array<Mean, 5> simultaneous(bool lots, bool backwards, std::uint64_t opportunities) {
  std::array<Mean, 5> won;
  const RegistrationRules rules;
  for (std::uint64_t i = 0; i < opportunities; ++i) {
    Rows rows;
    for (std::uint64_t who = 0; who < won.size(); ++who) {
      const sim::Key key{who + 1};
      rows.push_back({key, 3, lots ? lot_of({6'000'000 + i}, key) : .5});
    }
    if (backwards) std::ranges::reverse(rows);
    Registrations all(rules, rows);
    for (std::size_t row = 0; row < rows.size(); ++row) all.answer(row, true, 3);
    const std::uint64_t winner = rows[all.holder(3)].firm.value;
    for (std::size_t who = 0; who < won.size(); ++who) won[who].add(winner == who + 1);
  }
  return won;
}

TEST(Partnering, SB4NobodyWinsTiesByALowId) {
  const auto won = simultaneous(true, false, 170'000);
  for (const Mean& each : won) expect_exact(each, .2, "simultaneous filings won");
  // Where the rows lie decides nothing, either: each opportunity has the same winner.
  const auto backwards = simultaneous(true, true, 170'000);
  for (std::size_t who = 0; who < won.size(); ++who) EXPECT_EQ(won[who].sum, backwards[who].sum);
  // The test can see it: without lots the lowest key takes all.
  EXPECT_EQ(simultaneous(false, false, 100)[0].mean(), 1);
}

// Firms of equal rates that may file on Mondays only, so that most races are ties; each time they
// are called differently. Neither who they are nor what they are called matters.
TEST(Partnering, SB4RelabelledFirmsWinAsOften) {
  const RegistrationRules rules;
  std::array<Mean, 3> by_firm, by_name;
  int ties = 0;
  constexpr std::uint64_t opportunities = 120'000;
  for (std::uint64_t i = 0; i < opportunities; ++i) {
    sim::Draw draw = luck(7'000'000 + i);
    std::array<double, 3> days;
    for (double& day : days) day = 7 * std::ceil(draw.exponential() / .8);
    std::array<std::uint64_t, 3> names{1, 2, 3};
    std::rotate(names.begin(), names.begin() + static_cast<std::ptrdiff_t>(i % 3), names.end());
    Rows rows;
    for (std::size_t who = 0; who < 3; ++who)
      rows.push_back({{names[who]}, days[who], lot_of({i}, {names[who]})});
    const double first = std::ranges::min(days), last = std::ranges::max(days);
    ties += std::ranges::count(days, first) > 1;
    Registrations all(rules, rows);
    for (std::size_t row = 0; row < 3; ++row) all.answer(row, true, last);
    const std::uint64_t winner = rows[all.holder(last)].firm.value;
    for (std::size_t who = 0; who < 3; ++who) by_firm[who].add(winner == names[who]);
    for (std::uint64_t name = 1; name <= 3; ++name) by_name[name - 1].add(winner == name);
  }
  EXPECT_GT(ties, opportunities / 3);
  for (const Mean& each : by_firm) expect_exact(each, 1. / 3, "wins of a firm");
  for (const Mean& each : by_name) expect_exact(each, 1. / 3, "wins of a name");
}

// --- A program: 48 hours, 90 days, one extension of 30, a queue ---------------------------------

const RegistrationRules program{90, 30, 2, false, true, 0};
const sim::Key ann = firm(1), bob = firm(2), cem = firm(3);

TEST(Partnering, AQueuedOneIsPromotedWhenTheWindowLapses) {
  Rows rows;
  EXPECT_EQ(file_and_answer(program, rows, ann, 0, .9), State::approved);
  EXPECT_EQ(file_and_answer(program, rows, bob, 30, .5), State::queued);
  EXPECT_EQ(file_and_answer(program, rows, cem, 40, .1), State::queued);
  Registrations all(program, rows);
  EXPECT_EQ(all.holder(89.99), 0u);
  EXPECT_EQ(all.waiting(), 2u);
  EXPECT_EQ(all.holder(90), 1u);
  EXPECT_EQ(rows[0].state, State::expired);
  EXPECT_EQ(rows[1].ends, 180);
  EXPECT_EQ(all.holder(180), 2u);
  EXPECT_EQ(all.holder(270), Registrations::nobody);
}

TEST(Partnering, OneExtensionOfAWindowThatLives) {
  Rows rows;
  file_and_answer(program, rows, ann, 0, .5);
  file_and_answer(program, rows, bob, 1, .5);
  Registrations all(program, rows);
  EXPECT_FALSE(all.extend(1, 50));  // is queued
  EXPECT_TRUE(all.extend(0, 89));
  EXPECT_FALSE(all.extend(0, 90));
  EXPECT_EQ(all.holder(119), 0u);
  EXPECT_EQ(all.holder(120), 1u);
  EXPECT_FALSE(all.extend(1, 210));  // has just lapsed
  EXPECT_EQ(rows[1].state, State::expired);
}

TEST(Partnering, OrderOfReceiptHoldsWhateverTheOrderOfAnswers) {
  Rows rows{{ann, 0, .5}, {bob, 1, .5}};
  Registrations all(program, rows);
  EXPECT_EQ(all.answer(1, true, 1.5), State::reviewed);  // waits for Ann's
  EXPECT_EQ(all.waiting(), 1u);
  EXPECT_EQ(all.answer(0, true, 1.7), State::approved);
  EXPECT_EQ(rows[1].state, State::queued);

  Rows other{{ann, 0, .5}, {bob, 1, .5}};
  Registrations turned_down(program, other);
  turned_down.answer(1, true, 1.5);
  EXPECT_EQ(turned_down.answer(0, false, 1.7), State::rejected);
  EXPECT_EQ(other[1].state, State::approved);
  EXPECT_EQ(other[1].begins, 1.7);
}

TEST(Partnering, WhoIsOverdueKeepsNobodyBack) {
  Rows rows{{ann, 0, .5}, {bob, 1, .5}};
  Registrations all(program, rows);
  all.answer(1, true, 1.5);
  EXPECT_EQ(all.holder(1.99), Registrations::nobody);
  EXPECT_EQ(all.holder(5), 1u);
  EXPECT_EQ(rows[1].begins, 2);  // when Ann's was overdue
  EXPECT_TRUE(rows[0].overdue);
  EXPECT_EQ(all.answer(0, true, 6), State::queued);
  EXPECT_EQ(all.holder(92), 0u);

  RegistrationRules silent = program;
  silent.overdue_approved = true;
  Rows unanswered{{ann, 0, .5}, {bob, 1, .5}};
  EXPECT_EQ(Registrations(silent, unanswered).holder(10), 0u);
  EXPECT_EQ(unanswered[0].begins, 2);
  EXPECT_EQ(unanswered[1].state, State::queued);
}

TEST(Partnering, WithoutAQueueOthersAreTurnedDown) {
  RegistrationRules rules = program;
  rules.queue = false;
  Rows rows;
  file_and_answer(rules, rows, ann, 0, .5);
  EXPECT_EQ(file_and_answer(rules, rows, bob, 30, .5), State::rejected);
  Registrations all(rules, rows);
  EXPECT_EQ(all.holder(90), Registrations::nobody);
  EXPECT_TRUE(all.may_file(bob, 90));
}

TEST(Partnering, PullBackAndTheEndOfADeal) {
  Rows rows;
  file_and_answer(program, rows, ann, 0, .5);
  file_and_answer(program, rows, bob, 1, .5);
  file_and_answer(program, rows, cem, 2, .5);
  Registrations all(program, rows);
  all.end(0, 10);  // pulled back
  EXPECT_EQ(rows[0].state, State::expired);
  EXPECT_EQ(rows[0].ends, 10);
  EXPECT_EQ(all.holder(10), 1u);
  all.close(1, 40);
  EXPECT_EQ(rows[1].state, State::converted);
  EXPECT_EQ(rows[2].state, State::expired);
  EXPECT_FALSE(all.may_file(bob, 50));

  Rows lost;
  file_and_answer(program, lost, ann, 0, .5);
  file_and_answer(program, lost, bob, 1, .5);
  Registrations(program, lost).close(1, 40);  // won by who had no registration in force
  EXPECT_EQ(lost[0].state, State::expired);
  EXPECT_EQ(lost[1].state, State::expired);
}

TEST(Partnering, WhoLetItLapseWaitsToFileAgain) {
  RegistrationRules rules = program;
  rules.refile_days = 14;
  Rows rows;
  file_and_answer(rules, rows, ann, 0, .5);
  Registrations all(rules, rows);
  EXPECT_FALSE(all.may_file(ann, 89));
  EXPECT_TRUE(all.may_file(bob, 89));
  EXPECT_FALSE(all.may_file(ann, 103));
  EXPECT_TRUE(all.may_file(ann, 104));
}

}  // namespace
