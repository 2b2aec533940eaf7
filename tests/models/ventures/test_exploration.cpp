// SPDX-License-Identifier: Apache-2.0
// SC33 (March 1991): who learns more slowly from the organisation teaches it more in the end; new
// people help where learning is fast. Settings share their luck; organisations are the replicates.
#include <gtest/gtest.h>

#include <cmath>

#include "models/ventures/exploration.h"
#include "tests/models/ventures/luck.h"

namespace {

using namespace ventures;
using namespace ventures_tests;

constexpr sim::Stream stream{903, "organisation", "person of an organisation, period", "learning"};
constexpr int organisations = 200;

Explored run(const Exploration& rules, int key) {
  return explore(rules, all_luck, stream, sim::Key{static_cast<std::uint64_t>(key)});
}
double code(const Exploration& rules, int key) { return run(rules, key).code; }

// Of the code of an organisation under one setting less that under another.
Mean gain(const Exploration& left, const Exploration& right, int count = organisations) {
  Mean found;
  for (int key = 0; key < count; ++key) found.add(code(left, key) - code(right, key));
  return found;
}
void expect_positive(const Mean& found, const char* what) {
  EXPECT_GT(found.mean(), 2.576 * found.error()) << what;
}

constexpr Exploration slow{.learning = 0.1}, middling{.learning = 0.5}, fast{.learning = 0.9};

TEST(Ventures, SC33SlowerLearningGivesHigherKnowledgeInTheLongRun) {
  expect_positive(gain(slow, middling), "slow against middling");
  expect_positive(gain(middling, fast), "middling against fast");
  // March, figure 1: at equilibrium slow learners' codes know nearly all, fast ones' do not.
  EXPECT_GT(gain(slow, fast).mean(), .1);
  // Not so in the short run.
  Exploration slow_soon = slow, fast_soon = fast;
  slow_soon.periods = fast_soon.periods = 2;
  Mean soon;
  for (int key = 0; key < organisations; ++key)
    soon.add(run(fast_soon, key).people - run(slow_soon, key).people);
  expect_positive(soon, "fast, in two periods");
}

// March, figure 4: after 20 periods, people who stay or leave at 5% a period.
TEST(Ventures, SC33TurnoverHelpsWhereLearningIsFast) {
  const auto by = [](Exploration rules) {
    rules.periods = 20;
    Exploration changing = rules;
    changing.turnover = 0.05;
    return gain(changing, rules, 400);
  };
  expect_positive(by(fast), "fast");
  const Mean at_slow = by(slow);
  EXPECT_LT(at_slow.mean(), by(fast).mean() - .02);
}

// March, figure 5: where reality changes, without new people an organisation comes to know less and
// less; with them it goes on learning.
TEST(Ventures, SC33NewPeopleKeepUpWithAChangingWorld) {
  Exploration still{.periods = 100, .learning = 0.5, .turbulence = 0.02}, open = still;
  open.turnover = 0.1;
  expect_positive(gain(open, still, 100), "turnover under turbulence");
  Exploration young = still;
  young.periods = 20;
  expect_positive(gain(young, still, 100), "knowledge lost");
}

// Controls: a code that does not learn knows nothing, so nobody learns from it; people who do not
// learn from it teach it for as long as they know more.
TEST(Ventures, SC33NothingIsLearnedFromWhoDoesNotLearn) {
  for (int key = 0; key < 20; ++key) {
    const Explored dumb = run({.learning = 0.9, .code_learning = 0}, key);
    EXPECT_EQ(dumb.code, 0);
    EXPECT_NEAR(dumb.people, 1.0 / 3, .1);
    const Explored deaf = run({.learning = 0}, key);
    EXPECT_NEAR(deaf.people, 1.0 / 3, .1);
    EXPECT_GT(deaf.code, deaf.people);
  }
  // At the start a third is believed as it is, P-EX.
  Mean start;
  for (int key = 0; key < 2'000; ++key) start.add(run({.periods = 0}, key).people);
  expect_exact(start, 1.0 / 3, "knowledge of chance");
}

TEST(Ventures, SC33SettingsShareTheirLuck) {
  EXPECT_EQ(code(slow, 3), code(slow, 3));
  const Explored one = run({.periods = 0, .learning = 0.1}, 3);
  EXPECT_EQ(one.people, run({.periods = 0, .learning = 0.9}, 3).people);
}

}  // namespace
