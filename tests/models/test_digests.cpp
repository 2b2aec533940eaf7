// SPDX-License-Identifier: Apache-2.0
// Every model: one digest for any number of threads, replicates together or one by one, and on
// processors without AVX2 and FMA; equal to the constants in tests/golden/models.txt, which the
// tsan preset (the other thread backend) and the asan preset (another compiler) must give too.
#include <gtest/gtest.h>

#include "sim/cpu.h"
#include "tests/models/plan.h"
#include "tests/sim/rerun.h"
#include "tests/support/digests.h"
#include "tests/support/golden.h"

namespace {

struct Case {
  const char* name;
  const char* scenario;
  std::vector<std::string> overrides;
  bool golden = true;
};

// Large enough for several chunks of everything that is done in parallel.
const std::vector<Case>& cases() {
  static const std::vector<Case> all{
      {"bass", "bass", {"adoption.agents=5000", "run.weeks=260", "run.replicates=2"}},
      {"boltzmann_random",
       "boltzmann",
       {"exchange.rule=random", "run.weeks=20", "run.replicates=2"}},
      {"boltzmann_synchronous",
       "boltzmann",
       {"exchange.rule=synchronous", "exchange.agents=100000", "run.weeks=10", "run.replicates=2"}},
      {"boltzmann_shuffled",
       "boltzmann",
       {"exchange.rule=shuffled", "exchange.agents=40000", "run.weeks=10", "run.replicates=2"}},
      {"contest", "contest", {"contest.reps=1000", "run.weeks=26", "run.replicates=2"}},
      {"saas_60", "saas_60", {"run.weeks=26", "run.warmup=13", "run.replicates=3"}, false},
      {"people",
       "saas_60",
       {"run.weeks=26", "run.warmup=39", "run.replicates=2", "program.signed_at_start=60",
        "learning.training_hours=2", "learning.per_sale=0.1", "learning.forgetting=0.02",
        "learning.per_deal=0.1", "product.platform.options=3", "product.platform.maturity=0.6",
        "sales_meeting.slot_hours=0.5", "sales_meeting.slot_payment=5_000",
        "misselling.over_claim=0.5", "turnover.rate=2", "turnover.pay_sensitivity=2",
        "market.verticals=2", "reporting.audit=0.1", "reporting.optimism_partners=1"},
       false}};
  return all;
}

class Digests : public testing::TestWithParam<Case> {};

TEST_P(Digests, AreTheSameForAnyNumberOfThreads) {
  const auto digests =
      support::digests_by_threads(support::plan(GetParam().scenario, GetParam().overrides));
  EXPECT_TRUE(support::all_equal(digests)) << support::listed(digests);
}

INSTANTIATE_TEST_SUITE_P(Models, Digests, testing::ValuesIn(cases()),
                         [](const auto& one) { return std::string(one.param.name); });

TEST(GoldenDigests, OfAllModels) {
  support::Golden golden("models.txt");
  for (const Case& one : cases()) {
    if (!one.golden) continue;  // its numbers still change with every mechanism
    const auto digest =
        support::digest_of(support::run(support::plan(one.scenario, one.overrides)));
    EXPECT_EQ(support::Golden::text(digest), golden.expected(one.name, digest)) << one.name;
  }
  std::printf("own kernels %s\n", sim::name(sim::cpu()));
}

TEST(GoldenDigests, AreTheSameOnOtherProcessors) {
  const std::string masked =
      rerun::self("GLIBC_TUNABLES=glibc.cpu.hwcaps=-AVX2,-FMA PARDNER_CPU=baseline",
                  "GoldenDigests.OfAllModels");
  EXPECT_NE(masked.find("own kernels baseline"), std::string::npos) << masked;
  EXPECT_NE(masked.find("exit 0"), std::string::npos) << masked;
}

}  // namespace
