// SPDX-License-Identifier: Apache-2.0
// The packaged scenario (Q9): the same for any number of threads, books that balance, and nothing
// of large firms where nobody signs one.
#include <gtest/gtest.h>

#include "tests/models/plan.h"
#include "tests/support/digests.h"
#include "tests/support/golden.h"

namespace {

const std::vector<std::string> two_years{
    "run.weeks=156",        "run.replicates=2",   "build_or_buy.build_rate=0.2",
    "optics.momentum=0.01", "multiplier.firms=3", "multiplier.dollars=2"};

TEST(PlatformChoice, IsTheSameForAnyNumberOfThreads) {
  const auto digests = support::digests_by_threads(support::plan("platform_choice", two_years));
  EXPECT_TRUE(support::all_equal(digests)) << support::listed(digests);
}

TEST(PlatformChoice, IsTheSameAsBefore) {
  support::Golden golden("platform_choice_digest.txt");
  const auto digest = support::digest_of(support::run(support::plan("platform_choice", two_years)));
  EXPECT_EQ(support::Golden::text(digest), golden.expected("platform_choice", digest));
}

// A/A: two equal options differ in nothing, though hundreds of things happen in them.
TEST(PlatformChoice, EqualOptionsAreEqual) {
  const auto run =
      support::run(support::plan("platform_choice", {"run.weeks=208", "run.replicates=3"},
                                 "[arms.a]\nprogram.interface = "
                                 "\"restricted\"\n[arms.b]\nprogram.interface = \"restricted\"\n"));
  ASSERT_EQ(run.arms, 2u);
  for (std::size_t i = 0; i < run.model->outcomes.size(); ++i)
    EXPECT_EQ(run.last(run.model->outcomes[i].name, 0), run.last(run.model->outcomes[i].name, 1))
        << run.model->outcomes[i].name;
}

// A lever that comes late changes nothing before: what a startup shows from week 100 on.
TEST(PlatformChoice, NothingHappensBeforeItsCause) {
  const auto outcome = [](const char* toml) {
    return support::run(support::plan(
        "platform_choice", {"run.weeks=130", "run.replicates=2", "run.record_every=1"}, toml));
  };
  const auto plain = outcome(""),
             later = outcome(
                 "[[interventions]]\ndate = 2028-01-03\ntitle = \"owners take access away\"\n"
                 "set.interfaces.revocation = 50.0\n");
  const auto& before = plain.series("own_revenue").integers;
  const auto& after = later.series("own_revenue").integers;
  ASSERT_EQ(before.size(), after.size());
  for (std::size_t week = 0; week < 99; ++week) EXPECT_EQ(before[week], after[week]) << week;
  EXPECT_NE(before.back(), after.back());
}

}  // namespace
