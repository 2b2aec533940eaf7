// SPDX-License-Identifier: Apache-2.0
// Deal registration: what holds for any story of filings, answers, extensions and pull-backs (SB4).
#include <gtest/gtest.h>
#include <rapidcheck.h>

#include <algorithm>
#include <map>
#include <tuple>

#include "models/partnering/registration.h"

namespace {

using namespace partnering;
using State = RegistrationState;
using Rows = std::vector<Registration>;

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
