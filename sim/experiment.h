// SPDX-License-Identifier: Apache-2.0
#pragma once
// Arms x replicates under common random numbers: replicate k of each arm meets the same luck.
//
// Tasks are taken replicate by replicate, all arms of one before the next, so an interrupted run
// keeps whole pairs. Each task is a pure function of (settings of the arm, seed, replicate): thread
// counts, order and what else runs never change its bits.

#include <atomic>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "sim/model.h"
#include "sim/results.h"
#include "sim/scenario.h"
#include "sim/workers.h"

namespace sim {

// How threads are used: many replicates side by side, or all in one large run. automatic: side by
// side when there are at least as many tasks as threads.
enum class Spread : std::uint8_t { automatic, replicates, one_run };

struct PlannedArm {
  std::string name, title;
  Settings settings;
  std::vector<Change> changes;
};

struct Plan {
  const ModelInfo* model = nullptr;
  std::vector<PlannedArm> arms;  // the first is the reference
  // The scenario's first arm, also where only others are planned: which inputs an arm draws must
  // not depend on who runs beside it. None: the first of `arms`.
  std::optional<Settings> reference;
  std::uint64_t seed = 1;
  std::size_t first_replicate = 0, replicates = 1;
  int snapshot_every = 0;                     // weeks between agent snapshots; 0: none
  std::vector<std::size_t> snapshot_columns;  // positions in model->columns
  unsigned threads = 0;                       // 0: default_threads()
  Pin pin = Pin::no;
  Spread spread = Spread::automatic;

  std::size_t tasks() const { return arms.size() * replicates; }
  const Settings& reference_settings() const {
    return reference ? *reference : arms.front().settings;
  }
};

// All arms of the scenario (or those named), with its own seed and number of replicates.
Plan plan_of(const Scenario& scenario, const ModelInfo& model,
             std::span<const std::string> arms = {});

// Shared with other threads while a run goes on.
struct Control {
  std::atomic<bool> stop{false};  // polled every week
  std::atomic<std::uint64_t> weeks_done{0};
  std::atomic<std::uint64_t> replicates_done{0};
};

// Takes what replicates deliver. Called from several threads at once.
class Sink {
 public:
  virtual ~Sink() = default;
  virtual void replicate(ReplicateBlock&& block) = 0;
  virtual void agents(AgentBlock&&) {}
};

struct RunReport {
  std::size_t completed = 0;  // tasks
  bool interrupted = false;
  double seconds = 0;
  std::vector<double> phase_seconds;         // summed over tasks
  std::vector<std::uint64_t> state_digests;  // per task, [replicate * arms + arm]; 0: not run
};

std::uint64_t weeks_in_total(const Plan& plan);
std::uint64_t estimated_bytes(const Plan& plan);          // states that are alive at the same time
std::vector<int> recorded_weeks(const RunSettings& run);  // end of interval, since start
std::vector<int> snapshot_weeks(const Plan& plan);

// What a result file says about this plan, without scenario text and provenance.
ResultsInfo describe_results(const Plan& plan);

// Runs everything. Throws NotEnoughMemory before anything is allocated, and the first error of any
// replicate (with arm, replicate and week in front).
RunReport run(const Plan& plan, Control& control, Sink& sink);

// One replicate of one arm, kept as it is at the end: for logs and for looking inside. Throws
// Interrupted if stopped.
std::unique_ptr<Model> run_one(const Plan& plan, std::size_t arm, std::size_t replicate,
                               Control& control);

// The value of every uncertain parameter that replicate `replicate` draws, [parameter][arm], when
// [run] vary = "chance+inputs"; the same quantile in each arm.
struct DrawnInput {
  std::string key;
  std::vector<double> values;  // per arm, in the unit of the file
};
std::vector<DrawnInput> drawn_inputs(const Plan& plan, std::size_t replicate);

}  // namespace sim
