// SPDX-License-Identifier: Apache-2.0
// Boltzmann wealth through the public API, one pinned process per line (see docs/performance.md):
//   bench_boltzmann RULE AGENTS THREADS [WEEKS]
// prints one line of JSON: updates per second of the phase that gives, and the stationary share of
// agents with nothing, which tells the rules apart.
#include <fmt/format.h>

#include <cstdlib>

#include "models/catalog.h"
#include "sim/cpu.h"
#include "sim/experiment.h"

namespace {

struct Last : sim::Sink {
  void replicate(sim::ReplicateBlock&& block) override { share = block.series[1].reals.back(); }
  double share = 0;
};

}  // namespace

int main(int argc, char** argv) {
  if (argc < 4) {
    fmt::print(stderr, "usage: bench_boltzmann RULE AGENTS THREADS [WEEKS]\n");
    return 2;
  }
  const long agents = std::atol(argv[2]), weeks = argc > 4 ? std::atol(argv[4]) : 100;
  const auto text = fmt::format(
      "format = 1\nextends = \"boltzmann\"\n[run]\nweeks = {0}\nrecord_every = {0}\n"
      "replicates = 1\n[exchange]\nrule = \"{1}\"\nagents = {2}\n",
      weeks, argv[1], agents);
  const auto scenario = sim::Scenario::parse(text, "bench.toml", models::vocabulary());
  sim::Plan plan = sim::plan_of(scenario, *models::find("boltzmann"));
  plan.threads = static_cast<unsigned>(std::atoi(argv[3]));
  plan.pin = sim::Pin::yes;
  plan.spread = sim::Spread::one_run;
  Last sink;
  sim::Control control;
  const auto report = sim::run(plan, control, sink);
  const double updates = static_cast<double>(agents) * static_cast<double>(weeks);
  fmt::print(
      "{{\"engine\": \"pardner\", \"rule\": \"{}\", \"agents\": {}, \"threads\": {}, "
      "\"updates_per_second\": {:.4g}, \"with_check\": {:.4g}, \"share_zero\": {:.4f}, "
      "\"kernels\": \"{}\"}}\n",
      argv[1], agents, argv[3], updates / report.phase_seconds[0],
      updates / (report.phase_seconds[0] + report.phase_seconds[1]), sink.share,
      sim::name(sim::cpu()));
}
