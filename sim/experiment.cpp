// SPDX-License-Identifier: Apache-2.0
#include "sim/experiment.h"

#include <fmt/format.h>

#include <chrono>
#include <mutex>
#include <new>

#include "sim/inputs.h"
#include "sim/memory.h"

namespace sim {

namespace {

using Clock = std::chrono::steady_clock;

double seconds_since(Clock::time_point start) {
  return std::chrono::duration<double>(Clock::now() - start).count();
}

struct Stopped {};  // Control::stop was seen

// One replicate of one arm, week by week.
class Task {
 public:
  Task(const Plan& plan, std::span<const AgentTableInfo> tables, std::size_t arm,
       std::size_t replicate, const Workers& workers, Control& control, Sink& sink)
      : plan_(plan),
        tables_(tables),
        arm_(arm),
        replicate_(replicate),
        workers_(workers),
        control_(control),
        sink_(sink),
        run_(plan.arms[arm].settings.run()),
        calendar_(run_.make_calendar()),
        random_(plan.seed, plan.first_replicate + replicate, run_.vary != Vary::chance),
        recorded_(recorded_weeks(run_)),
        snapshots_(snapshot_weeks(plan)) {}

  void run() {
    const auto start = Clock::now();
    const PlannedArm& arm = plan_.arms[arm_];
    model_ = plan_.model->make(with_inputs(plan_, arm.settings, replicate_),
                               {calendar_, random_, workers_});
    begin_series();
    const int warmup = static_cast<int>(run_.warmup);
    const int last = warmup + static_cast<int>(run_.weeks);
    for (week_ = 0; week_ < last; ++week_) {
      if (control_.stop.load(std::memory_order_relaxed)) throw Stopped{};
      if (week_ == warmup) take_baseline();
      apply_changes();
      model_->week(Step(week_, calendar_, random_, workers_));
      record(week_ + 1 - warmup);
      control_.weeks_done.fetch_add(1, std::memory_order_relaxed);
    }
    block_.wall_seconds = seconds_since(start);
    sink_.replicate(std::move(block_));
  }

  int week() const { return week_; }
  const Model& model() const { return *model_; }
  std::unique_ptr<Model> take_model() { return std::move(model_); }

 private:
  void begin_series() {
    const auto& outcomes = plan_.model->outcomes;
    block_.arm = arm_;
    block_.replicate = replicate_;
    block_.series.resize(outcomes.size());
    before_.resize(outcomes.size());
    before_real_.resize(outcomes.size());
    for (std::size_t i = 0; i < outcomes.size(); ++i)
      outcomes[i].integer ? block_.series[i].integers.reserve(recorded_.size())
                          : block_.series[i].reals.reserve(recorded_.size());
  }

  void take_baseline() {
    for (std::size_t i = 0; i < before_.size(); ++i) {
      if (plan_.model->outcomes[i].kind != Measured::flow) continue;
      if (plan_.model->outcomes[i].integer)
        before_[i] = model_->integer(i);
      else
        before_real_[i] = model_->real(i);
    }
  }

  void apply_changes() {
    const auto& changes = plan_.arms[arm_].changes;
    for (; next_change_ < changes.size(); ++next_change_) {
      if (calendar_.week_of(changes[next_change_].date) > week_) return;
      model_->apply(with_inputs(plan_, changes[next_change_].settings, replicate_));
    }
  }

  void record(int weeks_since_start) {
    if (next_record_ < recorded_.size() && recorded_[next_record_] == weeks_since_start) {
      for (std::size_t i = 0; i < block_.series.size(); ++i) record_outcome(i);
      ++next_record_;
    }
    if (!tables_.empty() && next_snapshot_ < snapshots_.size() &&
        snapshots_[next_snapshot_] == weeks_since_start)
      take_snapshot();
  }

  void record_outcome(std::size_t i) {
    const OutcomeText& outcome = plan_.model->outcomes[i];
    const bool flow = outcome.kind == Measured::flow;
    if (outcome.integer) {
      const std::int64_t value = model_->integer(i);
      block_.series[i].integers.push_back(flow ? value - before_[i] : value);
      before_[i] = value;
    } else {
      const double value = model_->real(i);
      block_.series[i].reals.push_back(flow ? value - before_real_[i] : value);
      before_real_[i] = value;
    }
  }

  void take_snapshot() {
    std::size_t table = 0, column = 0;
    for (const std::size_t source : plan_.snapshot_columns) {
      if (table == tables_.size() || plan_.model->columns[source].table != tables_[table].name)
        continue;  // of a table that nobody has a row of
      sink_.agents(agent_block(table, column, source));
      if (++column < tables_[table].columns.size()) continue;
      ++table;
      column = 0;
    }
    ++next_snapshot_;
  }

  AgentBlock agent_block(std::size_t table, std::size_t column, std::size_t source) const {
    AgentBlock block{arm_, replicate_, next_snapshot_, table, column, {}};
    if (plan_.model->columns[source].integer) {
      const auto values = model_->agent_integers(source);
      block.values = std::vector<std::int64_t>(values.begin(), values.end());
    } else {
      const auto values = model_->agent_reals(source);
      block.values = std::vector<double>(values.begin(), values.end());
    }
    return block;
  }

  const Plan& plan_;
  const std::span<const AgentTableInfo> tables_;
  const std::size_t arm_, replicate_;
  const Workers& workers_;
  Control& control_;
  Sink& sink_;
  const RunSettings run_;
  const Calendar calendar_;
  const Random random_;
  const std::vector<int> recorded_, snapshots_;
  std::unique_ptr<Model> model_;
  ReplicateBlock block_;
  std::vector<std::int64_t> before_;
  std::vector<double> before_real_;
  std::size_t next_record_ = 0, next_snapshot_ = 0, next_change_ = 0;
  int week_ = 0;
};

class Experiment {
 public:
  Experiment(const Plan& plan, Control& control, Sink& sink)
      : plan_(plan), control_(control), sink_(sink), tables_(describe_results(plan).agent_tables) {
    report_.state_digests.resize(plan.tasks());
    report_.phase_seconds.resize(plan.model->phases.size());
  }

  RunReport run() {
    const auto start = Clock::now();
    const Workers workers(plan_.threads, plan_.pin);
    const bool side_by_side =
        plan_.spread == Spread::replicates ||
        (plan_.spread == Spread::automatic && plan_.tasks() >= workers.threads());
    if (side_by_side) {
      workers.run(plan_.tasks(), [&](std::size_t task) { attempt(task, serial_workers()); });
    } else {
      for (std::size_t task = 0; task < plan_.tasks(); ++task) attempt(task, workers);
    }
    report_.interrupted = report_.completed < plan_.tasks();
    report_.seconds = seconds_since(start);
    return std::move(report_);
  }

 private:
  void attempt(std::size_t number, const Workers& workers) {
    if (control_.stop.load(std::memory_order_relaxed)) return;
    const std::size_t arm = number % plan_.arms.size(), replicate = number / plan_.arms.size();
    Task task(plan_, tables_, arm, replicate, workers, control_, sink_);
    try {
      task.run();
    } catch (const Stopped&) {
      return;
    } catch (const Error& error) {
      fail(task, number, error.what(), error.exit_code());
    } catch (const std::bad_alloc&) {
      fail(task, number, "there is not enough memory", NotEnoughMemory("").exit_code());
    } catch (const std::exception& error) {
      fail(task, number, error.what(), 1);
    }
    finish(number, task.model());
  }

  [[noreturn]] void fail(const Task& task, std::size_t number, const char* what, int exit_code) {
    control_.stop = true;
    throw Error(fmt::format("option '{}', future {}, week {}: {}",
                            plan_.arms[number % plan_.arms.size()].name,
                            plan_.first_replicate + number / plan_.arms.size(), task.week(), what),
                exit_code);
  }

  void finish(std::size_t number, const Model& model) {
    const std::uint64_t digest = model.state_digest();
    const std::lock_guard lock(mutex_);
    report_.state_digests[number] = digest;
    ++report_.completed;
    for (std::size_t i = 0; i < model.phase_seconds().size(); ++i)
      report_.phase_seconds[i] += model.phase_seconds()[i];
    control_.replicates_done.fetch_add(1, std::memory_order_relaxed);
  }

  const Plan& plan_;
  Control& control_;
  Sink& sink_;
  const std::vector<AgentTableInfo> tables_;
  std::mutex mutex_;
  RunReport report_;
};

}  // namespace

RunReport run(const Plan& plan, Control& control, Sink& sink) {
  PARDNER_EXPECT(plan.model != nullptr && !plan.arms.empty());
  require_memory(estimated_bytes(plan), "fewer threads, agents or replicates need less");
  return Experiment(plan, control, sink).run();
}

std::unique_ptr<Model> run_one(const Plan& plan, std::size_t arm, std::size_t replicate,
                               Control& control) {
  struct Nowhere : Sink {
    void replicate(ReplicateBlock&&) override {}
  } nowhere;
  require_memory(estimated_bytes(plan), "fewer agents need less");
  Task task(plan, {}, arm, replicate, serial_workers(), control, nowhere);
  try {
    task.run();
  } catch (const Stopped&) {
    throw Interrupted("stopped");
  }
  return task.take_model();
}

}  // namespace sim
