// SPDX-License-Identifier: Apache-2.0
// The promise of the engine: the same bits for any number of threads, order and processor, and a
// proof that these tests would see it broken.
#include <gtest/gtest.h>

#include "sim/cpu.h"
#include "tests/sim/rerun.h"
#include "tests/sim/toy_world.h"
#include "tests/support/digests.h"
#include "tests/support/golden.h"

namespace {

const char* const two_arms = "replicates = 4\n[arms.base]\n[arms.dear]\nmarket.south_price = 1.1\n";

TEST(Determinism, OneDigestForAnyNumberOfThreads) {
  const auto digests = support::digests_by_threads(toy_world::plan(two_arms));
  EXPECT_TRUE(support::all_equal(digests)) << support::listed(digests);
}

// Draws keyed by the order in which chunks are claimed: the same test must say no.
TEST(Determinism, ASabotagedDrawIsCaught) {
  sim::Plan plan = toy_world::plan();
  toy_world::sabotaged = true;
  const auto digests = support::digests_by_threads(plan);
  toy_world::sabotaged = false;
  EXPECT_FALSE(support::all_equal(digests));
  EXPECT_TRUE(support::all_equal(support::digests_by_threads(plan)));
}

// The constant is the same with both thread backends: the tsan preset builds the second.
TEST(Determinism, GoldenDigest) {
  support::Golden golden("engine.txt");
  const std::uint64_t digest = support::digest_of(support::run(toy_world::plan(two_arms)));
  EXPECT_EQ(support::Golden::text(digest), golden.expected("toy", digest));
  std::printf("own kernels %s\n", sim::name(sim::cpu()));
}

TEST(Determinism, SameBitsOnOtherProcessors) {
  const std::string masked =
      rerun::self("GLIBC_TUNABLES=glibc.cpu.hwcaps=-AVX2,-FMA PARDNER_CPU=baseline",
                  "Determinism.GoldenDigest");
  EXPECT_NE(masked.find("own kernels baseline"), std::string::npos) << masked;
  EXPECT_NE(masked.find("exit 0"), std::string::npos) << masked;
}

// All that is known of the agents of one region: keys, states, what they chose.
std::uint64_t digest_of_region(const toy_world::World& world, std::uint32_t region) {
  sim::Digest digest;
  for (const std::uint32_t row : world.sellers.by_key()) {
    const toy_world::Sellers::Id id(row);
    if (toy_world::World::region(id) != region) continue;
    digest.add(world.sellers.key(id).value);
    digest.add(world.sellers.appeal[id]);
    digest.add(world.sellers.revenue[id]);
    digest.add(world.sellers.units[id]);
  }
  for (const std::uint32_t row : world.buyers.by_key()) {
    const toy_world::Buyers::Id id(row);
    if (toy_world::World::region(world.buyers.home[id]) != region) continue;
    digest.add(world.buyers.key(id).value);
    digest.add(world.sellers.key(world.buyers.seller[id]).value);
    digest.add(world.buyers.budget[id]);
    digest.add(world.buyers.units[id]);
  }
  return digest.value();
}

struct Regions {
  std::vector<std::uint64_t> north, south;  // week by week
  std::size_t south_buyers = 0;
};
Regions simulate(const std::string& south_price) {
  const sim::Plan plan = toy_world::plan("", {"market.south_price=" + south_price});
  const sim::Settings& settings = plan.arms[0].settings;
  const sim::Calendar calendar = settings.run().make_calendar();
  const sim::Random random(1, 0);
  toy_world::World world(settings, {calendar, random, sim::serial_workers()});
  Regions seen;
  for (int week = 0; week < 30; ++week) {
    const sim::Step step(week, calendar, random, sim::serial_workers());
    for (const auto& phase : toy_world::World::week) phase.run(world, step);
    seen.north.push_back(digest_of_region(world, 0));
    seen.south.push_back(digest_of_region(world, 1));
  }
  for (const toy_world::Sellers::Id home : world.buyers.home) seen.south_buyers += home.index() % 2;
  return seen;
}

// The perturbed region has other births, so all rows of the world move; the other region's draws
// and states must not.
TEST(Determinism, ARegionWithoutCommonAgentsIsUntouched) {
  const Regions base = simulate("1"), cheap = simulate("0.7"), closed = simulate("3");
  EXPECT_EQ(base.north, cheap.north);
  EXPECT_EQ(base.north, closed.north);
  EXPECT_NE(base.south, cheap.south);
  EXPECT_LT(closed.south_buyers, base.south_buyers);
}

}  // namespace
