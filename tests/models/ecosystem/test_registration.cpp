// SPDX-License-Identifier: Apache-2.0
// Deal registration (M1): one holder at a time, for its window; who files, who is refused, and that
// it decides nothing by itself.
#include <gtest/gtest.h>

#include <map>
#include <set>

#include "tests/models/ecosystem/overlap.h"

namespace {

using namespace ecosystem;
using support::overlap;
using support::Phases;
using support::registered;
using support::with;
using State = partnering::RegistrationState;

TEST(Registration, OffIsNothingAtAll) {
  Phases economy = overlap();
  economy.weeks(52);
  EXPECT_EQ(economy.world.books.totals.filed, 0);
  for (const std::uint32_t holder : economy.world.needs.holder) EXPECT_EQ(holder, 0u);
}

// At the end of each week: at most one holds a need, within its window, and Needs::holder names it.
TEST(Registration, OneHoldsANeedForItsWindow) {
  Phases economy = overlap(with(registered, {"engagement.rule=none"}));
  int held = 0, queued = 0;
  for (int week = 0; week < 120; ++week)
    economy.week({}, [&](std::string_view phase) {
      if (phase != "registration") return;
      const World& w = economy.world;
      const double now = 7.0 * (week + 1);
      for (std::size_t i = 0; i < w.needs.size(); ++i) {
        const Needs::Id need(i);
        if (!w.needs.alive(need)) continue;
        std::uint32_t holder = 0;
        for (std::uint32_t j = 0; j < w.needs.opportunities[need]; ++j) {
          const Opportunities::Id row(w.needs.first_opportunity[need].index() + j);
          if (w.opportunities.filing[row] == 0) continue;
          const State state = Registration::state_of(w.opportunities.filing[row]);
          queued += state == State::queued;
          if (state != State::approved) continue;
          ASSERT_EQ(holder, 0u);
          holder = j + 1;
          ++held;
          ASSERT_LE(w.opportunities.begins[row], now);
          ASSERT_GT(w.opportunities.ends[row], std::min(now, 7 * w.needs.decides[need]) - 1e-9);
          ASSERT_DOUBLE_EQ(w.opportunities.ends[row] - w.opportunities.begins[row], 91);
          ASSERT_GE(w.opportunities.begins[row], w.opportunities.received[row] + 2 - 1e-9);
        }
        ASSERT_EQ(w.needs.holder[need], holder);
      }
    });
  EXPECT_GT(held, 1000);
  EXPECT_GT(queued, 500);
}

// What is counted is what was told, and every filing has one fate.
TEST(Registration, EveryFilingHasOneFate) {
  Phases economy = overlap(
      with(registered, {"registration.min_knowledge=0.2", "registration.extension_weeks=4"}));
  economy.weeks(156);
  const World& w = economy.world;
  const Totals& t = w.books.totals;
  EXPECT_EQ(support::events(w, DealEvent::filed), t.filed);
  EXPECT_EQ(support::events(w, DealEvent::approved), t.approved);
  EXPECT_EQ(support::events(w, DealEvent::queued), t.queued);
  EXPECT_EQ(support::events(w, DealEvent::converted), t.converted);
  EXPECT_GT(t.filed, 300);
  EXPECT_GT(t.converted, 20);
  EXPECT_GT(t.expired, 20);
  EXPECT_LE(t.converted + t.expired, t.approved);
  std::map<std::pair<std::int64_t, std::int64_t>, int> filings;
  support::each_event(w, DealEvent::filed, [&](DealEvents::Id id) {
    ++filings[{w.deal_events.need[id], w.deal_events.firm[id]}];
  });
  for (const auto& [who, times] : filings) ASSERT_EQ(times, 1);
}

// Nobody wins by the order of partners: the two halves of them hold about as often.
TEST(Registration, NoPartnerIsAhead) {
  Phases economy = overlap(with(registered, {"program.signed_at_start=12", "market.accounts=2000",
                                             "registration.after_hours=0"}));
  economy.weeks(104);
  const World& w = economy.world;
  double first = 0, all = 0;
  const std::int64_t middle = static_cast<std::int64_t>(w.firms.size()) - 6;
  support::each_event(w, DealEvent::approved, [&](DealEvents::Id id) {
    first += w.deal_events.firm[id] < middle;
    ++all;
  });
  ASSERT_GT(all, 1500);
  EXPECT_NEAR(first / all, .5, 4 * .5 / std::sqrt(all) + .03);
}

TEST(Registration, TheVendorRefusesWhoKnowsTooLittle) {
  Phases economy = overlap(with(registered, {"registration.min_knowledge=0.61"}));
  economy.weeks(80);
  const Totals& t = economy.world.books.totals;
  EXPECT_GT(t.filed, 100);
  EXPECT_GT(t.rejected, t.filed * 8 / 10);
  EXPECT_EQ(t.approved, 0);
}

TEST(Registration, TheHouseComesFirst) {
  const auto approved = [](const char* house) {
    Phases economy = overlap(with(registered, {std::string("registration.house=") + house}));
    economy.weeks(80);
    return economy.world.books.totals.approved;
  };
  EXPECT_LT(approved("true"), approved("false") / 2);
}

// Holding alone is worth nothing: without rule, margin, policy or doubts no deal notices it.
TEST(Registration, WithoutConsequencesNobodyNotices) {
  const std::vector<std::string> quiet{"engagement.rule=none", "confusion.weight=0",
                                       "confusion.assist_hours=0"};
  Phases without = overlap(quiet);
  Phases registers = overlap(with(quiet, {"registration.window_weeks=13"}));
  without.weeks(104);
  registers.weeks(104);
  EXPECT_GT(registers.world.books.totals.approved, 100);
  EXPECT_EQ(registers.world.books.totals.contribution(), without.world.books.totals.contribution());
  EXPECT_EQ(registers.world.books.totals.wasted_partner_hours,
            without.world.books.totals.wasted_partner_hours);
}

// Squatters hold deals and do not work on them; who files by the book has worked first.
TEST(Registration, SquattersFileAndDoNotWork) {
  Phases economy = overlap(with(registered, {"registration.squatters=0.5"}));
  int by_squatters = 0, by_others = 0;
  for (int week = 0; week < 104; ++week) {
    economy.week();
    const World& w = economy.world;
    for (std::size_t i = 0; i < w.opportunities.size(); ++i) {
      const Opportunities::Id row(i);
      if (!w.opportunities.alive(row)) continue;
      const bool squats = w.firms.squats[w.reps.employer[w.opportunities.rep[row]]] != 0;
      if (squats) {
        ASSERT_EQ(w.opportunities.hours[row], 0);
      }
      if (w.opportunities.filing[row] == 0) continue;
      (squats ? by_squatters : by_others)++;
      if (!squats) {
        ASSERT_GE(w.opportunities.hours[row], 2);
      }
    }
  }
  EXPECT_GT(by_squatters, 1000);
  EXPECT_GT(by_others, 1000);
}

// Filing costs hours of the week that follows, and is left undone if they are worth more.
TEST(Registration, FilingIsDoneIfItPays) {
  const auto filed = [](const char* hours, const char* margin) {
    Phases economy =
        overlap(with(registered, {std::string("registration.filing_hours=") + hours,
                                  std::string("registration.extra_margin=") + margin}));
    economy.weeks(80);
    return economy.world.books.totals.filed;
  };
  EXPECT_EQ(filed("1", "0"), 0);  // it takes an hour and adds nothing
  EXPECT_GT(filed("1", "0.1"), 100);
  EXPECT_LT(filed("30", "0.01"), filed("1", "0.1"));
}

TEST(Registration, WhoIsAtWorkIsGivenAnExtension) {
  Phases economy =
      overlap(with(registered, {"registration.window_weeks=4", "registration.extension_weeks=6"}));
  economy.weeks(80);
  EXPECT_GT(support::events(economy.world, DealEvent::extended), 30);
  Phases never_asked =
      overlap(with(registered, {"registration.window_weeks=4", "registration.extension_weeks=6",
                                "registration.squatters=1"}));
  never_asked.weeks(80);
  EXPECT_GT(never_asked.world.books.totals.approved, 100);
  EXPECT_EQ(support::events(never_asked.world, DealEvent::extended), 0);
}

}  // namespace
