// SPDX-License-Identifier: Apache-2.0
// Everything about a plan that can be said before it runs.
#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <map>

#include "sim/experiment.h"

namespace sim {

namespace {

PlannedArm planned(const Scenario& scenario, const Arm& arm) {
  return {arm.name, arm.title, scenario.settings(arm.name), scenario.changes(arm.name)};
}

// Parameters that replicates draw get one value per arm and replicate.
void spread_over_replicates(const Plan& plan, const std::vector<std::vector<DrawnInput>>& draws,
                            std::vector<ParameterInfo>& infos) {
  if (draws.empty() || draws.front().empty()) return;
  for (std::size_t d = 0; d < draws.front().size(); ++d) {
    const auto same = [&](const ParameterInfo& info) { return info.key == draws.front()[d].key; };
    ParameterInfo& info = *std::find_if(infos.begin(), infos.end(), same);
    info.values.clear();
    for (std::size_t a = 0; a < plan.arms.size(); ++a)
      for (const auto& draw : draws) info.values.push_back(draw[d].values[a]);
  }
}

// udunits-like: "money" is the run's currency in minor units.
std::string unit_of(const std::string& unit, const RunSettings& run) {
  if (unit != "money") return unit;
  return currency_digits(run.currency) == 0 ? run.currency : run.currency + " cent";
}

OutcomeInfo info_of(const OutcomeText& outcome, const RunSettings& run) {
  return {outcome.name, unit_of(outcome.unit, run), outcome.meaning,
          outcome.kind == Measured::flow ? "time: sum" : "time: point",
          outcome.integer ? Type::integer : Type::real};
}

std::vector<double> days(const std::vector<int>& weeks) {
  std::vector<double> result;
  for (const int week : weeks) result.push_back(7.0 * week);
  return result;
}

// Every parameter with its value per arm, or per arm and replicate where replicates draw it.
std::vector<ParameterInfo> parameters(const Plan& plan) {
  std::vector<ParameterInfo> infos;
  std::vector<std::vector<DrawnInput>> draws;
  for (std::size_t r = 0; r < plan.replicates; ++r) {
    draws.push_back(drawn_inputs(plan, r));
    if (draws.back().empty()) break;
  }
  for (const Setting& setting : plan.arms.front().settings.all()) {
    const Parameter& parameter = *setting.parameter;
    ParameterInfo info{setting.key, parameter.unit, parameter.meaning, {}, {}, {}};
    info.notes = {{"role", name_of(parameter.role)},
                  {"origin", setting.origin},
                  {"source", setting.source},
                  {"evidence", name_of(setting.evidence)},
                  {"distribution", name_of(setting.distribution)}};
    if (parameter.numeric())
      info.notes.insert(info.notes.end(), {{"low", fmt::format("{}", setting.low)},
                                           {"high", fmt::format("{}", setting.high)}});
    for (const PlannedArm& arm : plan.arms) {
      const Setting* own = arm.settings.find(setting.key);
      if (!parameter.numeric())
        info.texts.push_back(own != nullptr ? to_toml(own->value) : "");
      else
        info.values.push_back(own != nullptr ? arm.settings.number(*own) : std::nan(""));
    }
    infos.push_back(std::move(info));
  }
  spread_over_replicates(plan, draws, infos);
  return infos;
}

// Most rows that a column's table may have in any arm, its dated changes included.
class MostRows {
 public:
  explicit MostRows(const Plan& plan) {
    const Calendar calendar = plan.arms.front().settings.run().make_calendar();
    const Random random(plan.seed, plan.first_replicate);
    for (const PlannedArm& arm : plan.arms) {
      const auto model = plan.model->make(arm.settings, {calendar, random, serial_workers()});
      look(plan, *model);
      for (const Change& change : arm.changes) {
        model->apply(change.settings);
        look(plan, *model);
      }
    }
  }
  std::size_t of(std::size_t column) const { return rows_.at(column); }

 private:
  void look(const Plan& plan, const Model& model) {
    for (const std::size_t column : plan.snapshot_columns)
      rows_[column] = std::max(rows_[column], model.agent_rows(column));
  }
  std::map<std::size_t, std::size_t> rows_;
};

// Tables in order of first mention; the model's columns of one table stand together. A table of
// which no option ever has a row is left out.
std::vector<AgentTableInfo> agent_tables(const Plan& plan) {
  std::vector<AgentTableInfo> tables;
  if (plan.snapshot_every == 0 || plan.snapshot_columns.empty()) return tables;
  const MostRows rows(plan);
  for (const std::size_t source : plan.snapshot_columns) {
    const AgentColumnText& column = plan.model->columns[source];
    if (tables.empty() || tables.back().name != column.table)
      tables.push_back({column.table, rows.of(source), {}});
    const RunSettings& run = plan.arms.front().settings.run();
    tables.back().columns.push_back({column.name, unit_of(column.unit, run), column.meaning,
                                     "time: point", column.integer ? Type::integer : Type::real});
  }
  std::erase_if(tables, [](const AgentTableInfo& table) { return table.rows == 0; });
  return tables;
}

}  // namespace

Plan plan_of(const Scenario& scenario, const ModelInfo& model, std::span<const std::string> names) {
  Plan plan;
  plan.model = &model;
  plan.reference = scenario.settings();
  for (const std::string& name : names) {
    const auto arms = scenario.arms();
    const auto found =
        std::find_if(arms.begin(), arms.end(), [&](const Arm& arm) { return arm.name == name; });
    if (found == arms.end()) scenario.settings(name);  // throws, naming the nearest
    plan.arms.push_back(planned(scenario, *found));
  }
  if (names.empty())
    for (const Arm& arm : scenario.arms()) plan.arms.push_back(planned(scenario, arm));
  plan.seed = static_cast<std::uint64_t>(scenario.run().seed);
  plan.replicates = static_cast<std::size_t>(scenario.run().replicates);
  plan.snapshot_every = static_cast<int>(scenario.run().snapshot_every);
  for (std::size_t i = 0; plan.snapshot_every > 0 && i < model.columns.size(); ++i)
    if (!model.columns[i].facts) plan.snapshot_columns.push_back(i);
  return plan;
}

std::uint64_t weeks_in_total(const Plan& plan) {
  const RunSettings& run = plan.arms.front().settings.run();
  return static_cast<std::uint64_t>(run.weeks + run.warmup) * plan.tasks();
}

std::uint64_t estimated_bytes(const Plan& plan) {
  std::uint64_t largest = 0;
  for (const PlannedArm& arm : plan.arms)
    largest = std::max<std::uint64_t>(largest, plan.model->bytes(arm.settings));
  const unsigned threads = plan.threads == 0 ? default_threads() : plan.threads;
  const bool one_run = plan.spread == Spread::one_run ||
                       (plan.spread == Spread::automatic && plan.tasks() < threads);
  return largest * (one_run ? 1 : std::min<std::uint64_t>(threads, plan.tasks()));
}

std::vector<int> recorded_weeks(const RunSettings& run) {
  std::vector<int> weeks;
  for (std::int64_t week = run.record_every; week < run.weeks; week += run.record_every)
    weeks.push_back(static_cast<int>(week));
  weeks.push_back(static_cast<int>(run.weeks));
  return weeks;
}

std::vector<int> snapshot_weeks(const Plan& plan) {
  std::vector<int> weeks;
  if (plan.snapshot_every == 0) return weeks;
  const auto last = static_cast<int>(plan.arms.front().settings.run().weeks);
  for (int week = plan.snapshot_every; week <= last; week += plan.snapshot_every)
    weeks.push_back(week);
  return weeks;
}

ResultsInfo describe_results(const Plan& plan) {
  const RunSettings& run = plan.arms.front().settings.run();
  ResultsInfo info;
  info.title = run.title;
  info.model = plan.model->sections.name;
  info.epoch = run.start.text();
  info.seed = plan.seed;
  info.first_replicate = static_cast<std::int64_t>(plan.first_replicate);
  info.replicates = plan.replicates;
  for (const PlannedArm& arm : plan.arms) {
    info.arms.push_back(arm.name);
    info.arm_titles.push_back(arm.title);
  }
  info.time = days(recorded_weeks(run));
  for (const OutcomeText& outcome : plan.model->outcomes)
    info.outcomes.push_back(info_of(outcome, run));
  info.agent_tables = agent_tables(plan);
  if (!info.agent_tables.empty()) info.snapshot_time = days(snapshot_weeks(plan));
  info.parameters = parameters(plan);
  return info;
}

}  // namespace sim
