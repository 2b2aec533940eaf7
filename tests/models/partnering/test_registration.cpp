// SPDX-License-Identifier: Apache-2.0
// Deal registration: SB4 (the race, the window, ties), the rules of a real program as a story, and
// what holds for any story.
#include <gtest/gtest.h>
#include <rapidcheck.h>

#include <algorithm>
#include <map>

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

// New names for the same firms move the wins with the lots, on average nowhere.
TEST(Partnering, SB4RelabelledFirmsWinAsOften) {
  const RegistrationRules rules;
  std::array<Mean, 3> won;  // by firm, whatever it is called
  for (std::uint64_t i = 0; i < 250'000; ++i) {
    // A rate each, but they may file on Mondays only: most races are ties.
    sim::Draw draw = luck(7'000'000 + i);
    Rows rows;
    std::array<double, 3> days;
    for (double& day : days) day = 7 * std::ceil(draw.exponential() / .8);
    std::array<std::uint64_t, 3> names{1, 2, 3};
    std::ranges::rotate(names, names.begin() + static_cast<std::ptrdiff_t>(i % 3));
    for (std::size_t who = 0; who < 3; ++who)
      rows.push_back({{names[who]}, days[who], lot_of({i}, {names[who]})});
    std::ranges::sort(rows, {}, &Registration::received);
    Registrations all(rules, rows);
    for (std::size_t row = 0; row < 3; ++row) all.answer(row, true, rows[2].received);
    const sim::Key winner = rows[all.holder(rows[2].received)].firm;
    for (std::size_t who = 0; who < 3; ++who) won[who].add(winner.value == names[who]);
  }
  for (const Mean& each : won) expect_exact(each, 1. / 3, "wins of a firm");
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

// --- What holds for any story -------------------------------------------------------------------

struct Act {
  double day;
  int what;  // 0, 1, 2: file; 3, 4, 5: answer yes; 6: answer no; 7: extend; 8: end; 9: time passes
  std::uint64_t who;
};

struct Story {
  RegistrationRules rules;
  std::vector<Act> acts;
};

Story story() {
  Story s;
  s.rules.window_days = *rc::gen::inRange(1, 30);
  s.rules.extension_days = *rc::gen::inRange(0, 10);
  s.rules.sla_days = *rc::gen::element(1., 4., std::numeric_limits<double>::infinity());
  s.rules.overdue_approved = *rc::gen::inRange(0, 2) == 1;
  s.rules.queue = *rc::gen::inRange(0, 3) > 0;
  s.rules.refile_days = *rc::gen::inRange(0, 8);
  double day = 0;
  for (int i = *rc::gen::inRange(1, 40); i > 0; --i) {
    day += *rc::gen::element(0., 0., .5, 1., 3., 12.);
    s.acts.push_back({day, *rc::gen::inRange(0, 10), *rc::gen::inRange<std::uint64_t>(1, 6)});
  }
  return s;
}

struct Telling {
  bool new_rows_first = false;  // where in the table a new row is put
  bool day_by_day = false;      // time passes in small steps
};

// Plays the story; `after` sees the rows after each act, and its day.
template <class After>
Rows told(const Story& s, const Telling& telling, const After& after) {
  Rows rows;
  double now = 0;
  for (const Act& act : s.acts) {
    for (; telling.day_by_day && now < act.day; now += .25) {
      Registrations(s.rules, rows).advance(now);
      after(rows, now);
    }
    const sim::Key who{act.who};
    Registrations all(s.rules, rows);
    const bool may = all.may_file(who, act.day);
    const auto mine = static_cast<std::size_t>(
        std::ranges::find_if(rows,
                             [&](const Registration& r) { return r.firm == who && !r.over(); }) -
        rows.begin());
    if (act.what <= 2) {
      if (may)
        rows.insert(telling.new_rows_first ? rows.begin() : rows.end(),
                    {who, act.day, static_cast<double>(act.who * 7 % 5) / 5});
    } else if (mine < rows.size()) {
      if (act.what <= 6) all.answer(mine, act.what <= 5, act.day);
      if (act.what == 7) all.extend(mine, act.day);
      if (act.what == 8) all.end(mine, act.day);
    }
    after(rows, act.day);
  }
  std::ranges::sort(rows, [](const Registration& a, const Registration& b) {
    return std::tuple(a.firm, a.received, a.ends) < std::tuple(b.firm, b.received, b.ends);
  });
  return rows;
}

bool same(const Registration& a, const Registration& b) {
  return a.firm == b.firm && a.received == b.received && a.state == b.state &&
         a.overdue == b.overdue && a.extended == b.extended && a.begins == b.begins &&
         a.ends == b.ends;
}

bool holds_or_held(const Registration& r) {
  return (r.state == State::approved || r.state == State::converted || r.state == State::expired) &&
         r.begins < r.ends;
}

TEST(Partnering, SB4OneAtATimeHoldsADeal) {
  EXPECT_TRUE(rc::check("windows do not overlap", [] {
    const Story s = story();
    told(s, {}, [&](const Rows& rows, double day) {
      Rows held;
      for (const Registration& r : rows) {
        if (holds_or_held(r)) held.push_back(r);
        if (r.state == State::approved) {
          RC_ASSERT(r.begins <= day && day < r.ends);
          RC_ASSERT(r.ends - r.begins ==
                    s.rules.window_days + (r.extended ? s.rules.extension_days : 0));
        }
        RC_ASSERT(s.rules.queue || r.state != State::queued);
      }
      std::ranges::sort(held, {}, &Registration::begins);
      for (std::size_t i = 1; i < held.size(); ++i) RC_ASSERT(held[i - 1].ends <= held[i].begins);
    });
  }));
}

TEST(Partnering, SB4TheQueueIsNeverIdle) {
  EXPECT_TRUE(rc::check("nobody waits for nothing", [] {
    const Story s = story();
    told(s, {}, [&](const Rows& rows, double) {
      if (std::ranges::count(rows, State::approved, &Registration::state) > 0) return;
      for (const Registration& r : rows) {
        if (r.state != State::reviewed && r.state != State::queued) continue;
        RC_ASSERT(std::ranges::any_of(rows, [&](const Registration& before) {
          return before.state == State::submitted && !before.overdue &&
                 before.received <= r.received;
        }));
      }
    });
  }));
}

TEST(Partnering, SB4WhatIsOverStaysOver) {
  EXPECT_TRUE(rc::check("and a firm has one under way", [] {
    const Story s = story();
    std::vector<Registration> over;
    told(s, {}, [&](const Rows& rows, double) {
      std::map<std::uint64_t, int> under_way;
      for (const Registration& r : rows)
        if (!r.over()) RC_ASSERT(++under_way[r.firm.value] == 1);
      for (const Registration& old : over)
        RC_ASSERT(std::ranges::any_of(rows, [&](const Registration& r) { return same(r, old); }));
      over.clear();
      std::ranges::copy_if(rows, std::back_inserter(over), &Registration::over);
    });
  }));
}

TEST(Partnering, SB4NeitherRowsNorStepsOfTimeMatter) {
  EXPECT_TRUE(rc::check("same end however told", [] {
    const Story s = story();
    const auto nothing = [](const Rows&, double) {};
    const Rows plain = told(s, {}, nothing);
    for (const Telling telling : {Telling{true, false}, Telling{false, true}}) {
      const Rows other = told(s, telling, nothing);
      RC_ASSERT(other.size() == plain.size());
      for (std::size_t i = 0; i < plain.size(); ++i) RC_ASSERT(same(plain[i], other[i]));
    }
  }));
}

}  // namespace
