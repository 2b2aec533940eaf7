// SPDX-License-Identifier: Apache-2.0
// The whole week of the economy, phase by phase, on one pinned thread: ns per rep-week, where a rep
// is an account executive or partner seller at work. Median of the repetitions, warm-up included.
//   bench_week [repetitions]
#include <fmt/format.h>

#include <algorithm>
#include <cstdlib>
#include <map>
#include <numeric>

#include "models/catalog.h"
#include "models/ecosystem/model.h"
#include "sim/cpu.h"
#include "sim/experiment.h"

namespace {

// Reps at work, summed over all weeks of one run.
double rep_weeks(const sim::Plan& plan) {
  const sim::Settings& settings = plan.arms[0].settings;
  const sim::Calendar calendar = settings.run().make_calendar();
  const sim::Random random(plan.seed, 0, true);
  ecosystem::World world(settings, {calendar, random, sim::serial_workers()});
  sim::PhaseSeconds seconds;
  double sum = 0;
  for (int week = 0; week < static_cast<int>(settings.run().weeks + settings.run().warmup);
       ++week) {
    sim::run_week<ecosystem::World>(world, ecosystem::World::week,
                                    {week, calendar, random, sim::serial_workers()}, seconds);
    for (const std::int32_t first : world.reps.start_week) sum += first <= week;
  }
  return sum;
}

struct Nothing : sim::Sink {
  void replicate(sim::ReplicateBlock&&) override {}
};

void measure(const char* name, const std::vector<std::string>& overrides, int repetitions) {
  auto all = overrides;
  all.insert(all.end(), {"run.replicates=1", "run.vary=chance"});
  const auto scenario = sim::Scenario::parse("format = 1\nextends = \"saas_60\"\n", "bench.toml",
                                             models::vocabulary(), all);
  sim::Plan plan = sim::plan_of(scenario, *models::find("ecosystem"));
  plan.threads = 1;
  plan.pin = sim::Pin::yes;
  plan.spread = sim::Spread::one_run;
  std::vector<std::vector<double>> runs;
  for (int i = 0; i < repetitions; ++i) {
    Nothing sink;
    sim::Control control;
    runs.push_back(sim::run(plan, control, sink).phase_seconds);
  }
  const auto total = [](const auto& p) { return std::accumulate(p.begin(), p.end(), 0.0); };
  std::sort(runs.begin(), runs.end(), [&](auto& a, auto& b) { return total(a) < total(b); });
  const auto& median = runs[runs.size() / 2];
  const double work = rep_weeks(plan);
  const auto weeks = static_cast<double>(sim::weeks_in_total(plan));
  fmt::print("{}: {:.0f} reps at work on average, {:.0f} weeks, {:.3f} s\n", name, work / weeks,
             weeks, total(median));
  for (std::size_t i = 0; i < median.size(); ++i)
    fmt::print("  {:10} {:8.0f}\n", plan.model->phases[i].name, 1e9 * median[i] / work);
  fmt::print("  {:10} {:8.0f} ns per rep-week\n", "whole week", 1e9 * total(median) / work);
}

}  // namespace

int main(int argc, char** argv) {
  const int repetitions = argc > 1 ? std::atoi(argv[1]) : 11;
  fmt::print("kernels: {}, one pinned thread\n", sim::name(sim::cpu()));
  measure("saas_60", {}, repetitions);
  // 400 reps at work, partner sellers included; 5,000 accounts, 40 resellers.
  measure("400 reps",
          {"market.accounts=5000", "market.regions=10", "vendor.account_executives=280",
           "vendor.partner_managers=10", "vendor.customers=950", "program.candidates=200",
           "program.signed_at_start=40", "program.activation_share=1", "program.sellers=3",
           "program.recruits_per_year=0"},
          repetitions);
}
