// SPDX-License-Identifier: Apache-2.0
// No allocation in the week's loop: all of this program's `new` is counted, phase by phase.
#include <gtest/gtest.h>

#include <array>
#include <atomic>
#include <cstdlib>
#include <map>
#include <memory>
#include <new>

#include "tests/models/ecosystem/phases.h"

namespace {

std::atomic<std::uint64_t> allocations{0};

[[maybe_unused]] void* counted(std::size_t size) {
  allocations.fetch_add(1, std::memory_order_relaxed);
  if (void* memory = std::malloc(size == 0 ? 1 : size)) return memory;
  throw std::bad_alloc();
}
[[maybe_unused]] void* counted(std::size_t size, std::align_val_t alignment) {
  allocations.fetch_add(1, std::memory_order_relaxed);
  const auto line = static_cast<std::size_t>(alignment);
  if (void* memory = std::aligned_alloc(line, (size + line - 1) / line * line)) return memory;
  throw std::bad_alloc();
}

}  // namespace

// A sanitizer brings its own operators, and this file counts nothing under it.
#if defined(__has_feature)
#if __has_feature(address_sanitizer)
#define PARDNER_NOT_COUNTED
#endif
#endif

#ifndef PARDNER_NOT_COUNTED
void* operator new(std::size_t size) { return counted(size); }
void* operator new(std::size_t size, const std::nothrow_t&) noexcept { return counted(size); }
void* operator new[](std::size_t size, const std::nothrow_t&) noexcept { return counted(size); }
void* operator new[](std::size_t size) { return counted(size); }
void* operator new(std::size_t size, std::align_val_t alignment) {
  return counted(size, alignment);
}
void* operator new[](std::size_t size, std::align_val_t alignment) {
  return counted(size, alignment);
}
void operator delete(void* memory) noexcept { std::free(memory); }
void operator delete[](void* memory) noexcept { std::free(memory); }
void operator delete(void* memory, std::size_t) noexcept { std::free(memory); }
void operator delete[](void* memory, std::size_t) noexcept { std::free(memory); }
void operator delete(void* memory, std::align_val_t) noexcept { std::free(memory); }
void operator delete[](void* memory, std::align_val_t) noexcept { std::free(memory); }
void operator delete(void* memory, std::size_t, std::align_val_t) noexcept { std::free(memory); }
void operator delete[](void* memory, std::size_t, std::align_val_t) noexcept { std::free(memory); }
#endif

#ifdef PARDNER_NOT_COUNTED
#define SKIP_UNLESS_COUNTED() GTEST_SKIP() << "the sanitizer has its own operator new"
#else
#define SKIP_UNLESS_COUNTED() (void)0
#endif

namespace {

using namespace ecosystem;
using support::Phases;

// Allocations by phase in weeks 60 to 120; in the first week of a quarter, if only then.
std::map<std::string, std::uint64_t> counted_in(const char* scenario,
                                                std::vector<std::string> overrides,
                                                bool but_first_of_quarter = false) {
  overrides.insert(overrides.end(), {"program.recruits_per_year=0", "run.weeks=160"});
  Phases economy(scenario, overrides);
  economy.weeks(60);
  std::map<std::string, std::uint64_t> found;
  for (const auto& phase : World::week) found[std::string(phase.name)] = 0;
  std::uint64_t before = 0;
  for (int week = 60; week < 120; ++week)
    economy.week([&](std::string_view) { before = allocations; },
                 [&](std::string_view phase) {
                   const std::uint64_t more = allocations - before;
                   if (but_first_of_quarter && week % 13 == 0) return;
                   found.find(std::string(phase))->second += more;
                 });
  return found;
}

// What somebody who sells reasons with, all of it switched on.
const std::vector<std::string> everything{"account_executive.quota=150000",
                                          "account_executive.accelerator=1.7",
                                          "account_executive.bonus=5000",
                                          "account_executive.cap=1.8",
                                          "partner_seller.quota=15000",
                                          "partner_seller.bonus=2000",
                                          "reasoning.own_pace=0.5",
                                          "reasoning.close_weeks=6",
                                          "reasoning.myopic_share=0.3",
                                          "reasoning.far_sighted=0.5",
                                          "reasoning.present_bias=0.8",
                                          "reasoning.discount=0.1",
                                          "reasoning.risk_aversion=0.0001",
                                          "reasoning.choice_noise=0.3",
                                          "reasoning.liking=0.1",
                                          "effort.hour_cost=1",
                                          "joint_calls.hours=1",
                                          "timing.pull_weeks=4",
                                          "timing.push_weeks=2",
                                          "plan_change.rate=0.5"};

// Those who sell and those who buy. What else allocates does so where a table or a calendar grows
// beyond what it ever held (demand: needs, opportunities and their calendar; timing: held deals;
// booking: the log and contracts, and the compaction at the end of each quarter; renewal: its
// calendar), and on paydays: lines, entries and payouts of each payee.
constexpr std::array none{"effort", "joint_calls", "pursuit",     "choice",
                          "leads",  "record",      "plan_change", "hiring"};

void expect_none(const std::map<std::string, std::uint64_t>& found, const std::string& what) {
  for (const char* phase : none) EXPECT_EQ(found.at(phase), 0u) << phase << ", " << what;
}

TEST(Allocation, TheCounterCounts) {
  SKIP_UNLESS_COUNTED();
  const std::uint64_t before = allocations;
  const auto some = std::make_unique<double>(3);
  EXPECT_EQ(allocations, before + 1) << *some;
}

TEST(Allocation, NoneOfThoseWhoSellAndBuy) {
  SKIP_UNLESS_COUNTED();
  for (const char* scenario : {"textbook", "saas_60"}) {
    expect_none(counted_in(scenario, {}), scenario);
    expect_none(counted_in(scenario, everything), std::string(scenario) + ", everything on");
  }
}

TEST(Allocation, NoneUnderPlanFiles) {
  SKIP_UNLESS_COUNTED();
  for (const char* plan : {"account_executive", "tiered_retroactive", "flat_10"}) {
    const std::string key = "account_executive.plan=";
    expect_none(counted_in("saas_60", {key + plan}), plan);
  }
}

// Customers who cancel cost no allocation of their own: the calendar grows with the contracts, in
// booking. Under a plan that claws back, booking and paydays keep what was paid for each deal.
TEST(Allocation, NoneWhereCustomersCancel) {
  SKIP_UNLESS_COUNTED();
  const std::vector<std::string> cancelling{"cancellation.rate=0.3"};
  auto found = counted_in("saas_60", cancelling);
  expect_none(found, "cancellation");
  EXPECT_EQ(found.at("cancellation"), 0u);
  std::vector<std::string> clawing = everything;
  clawing.insert(clawing.end(), {"cancellation.rate=0.3", "account_executive.clawback_months=12",
                                 "partner_seller.clawback_months=12"});
  expect_none(counted_in("saas_60", clawing), "clawback");
}

// A ratchet makes a pay function of its own for each payee and quarter, when the quarter begins.
TEST(Allocation, ARatchetAllocatesWhenAQuarterBegins) {
  SKIP_UNLESS_COUNTED();
  std::vector<std::string> ratcheted = everything;
  ratcheted.emplace_back("account_executive.ratchet=0.2");
  expect_none(counted_in("saas_60", ratcheted, true), "ratchet, but in first weeks");
  EXPECT_GT(counted_in("saas_60", ratcheted).at("effort"), 0u);
}

}  // namespace
