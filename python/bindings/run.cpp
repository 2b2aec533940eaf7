// SPDX-License-Identifier: Apache-2.0
// Running a scenario: all its arms and replicates, or one replicate to look inside.
#include <algorithm>

#include "models/catalog.h"
#include "python/bindings/job.h"
#include "python/bindings/results.h"

namespace {

struct Options {
  std::vector<std::string> arms;
  std::optional<std::uint64_t> seed;
  std::optional<std::size_t> replicates;
  std::size_t first_replicate = 0;
  unsigned threads = 0;
  std::string output;
};

sim::Plan plan_of(const sim::Scenario& scenario, const Options& options) {
  sim::Plan plan = sim::plan_of(scenario, *models::find(scenario.model().name), options.arms);
  if (options.seed) plan.seed = *options.seed;
  if (options.replicates) plan.replicates = *options.replicates;
  plan.first_replicate = options.first_replicate;
  plan.threads = options.threads;
  if (options.output.empty()) plan.snapshot_every = 0;  // memory keeps no snapshots
  sim::validate(plan.replicates >= 1, "a run needs at least one replicate");
  return plan;
}

std::shared_ptr<Results> run(const sim::Scenario& scenario, const Options& options,
                             const py::object& progress) {
  refuse_after_fork(options.threads);
  struct Run {
    sim::Scenario scenario;
    sim::Request request;
    std::shared_ptr<Results> results = std::make_shared<Results>();
  };
  auto own = std::make_shared<Run>(Run{scenario, {}});
  own->request.scenario = &own->scenario;
  own->request.plan = plan_of(scenario, options);
  own->request.output = options.output;
  own->results->phases = own->request.plan.model->phases;
  const std::uint64_t weeks = sim::weeks_in_total(own->request.plan);
  wait_for(
      [own](sim::Control& control) { own->results->session = sim::run(own->request, control); },
      weeks, progress);
  return own->results;
}

py::object column_of(const sim::ModelInfo& model, const sim::Model& world, std::size_t column) {
  if (model.columns[column].integer) {
    const auto held = world.agent_integers(column);
    return py::array_t<std::int64_t>(static_cast<py::ssize_t>(held.size()), held.data());
  }
  const auto held = world.agent_reals(column);
  return py::array_t<double>(static_cast<py::ssize_t>(held.size()), held.data());
}

// The logs and tables of one replicate at its end: {table: {column: array}}; of `wanted`, or all.
py::dict inspect(const sim::Scenario& scenario, const std::string& arm, std::size_t replicate,
                 std::optional<std::uint64_t> seed, const std::vector<std::string>& wanted,
                 const py::object& progress) {
  Options options{{}, seed, 1, 0, 1, ""};
  options.first_replicate = replicate;
  if (!arm.empty()) options.arms = {arm};
  struct Look {
    sim::Plan plan;
    std::unique_ptr<sim::Model> world;
  };
  auto look = std::make_shared<Look>(Look{plan_of(scenario, options), nullptr});
  look->plan.arms.resize(1, look->plan.arms.front());
  const std::uint64_t weeks = sim::weeks_in_total(look->plan);
  wait_for([look](sim::Control& control) { look->world = sim::run_one(look->plan, 0, 0, control); },
           weeks, progress);
  const sim::ModelInfo& model = *look->plan.model;
  py::dict tables;
  for (std::size_t i = 0; i < model.columns.size(); ++i) {
    if (!wanted.empty() && std::ranges::find(wanted, model.columns[i].table) == wanted.end())
      continue;
    const py::str table(model.columns[i].table), name(model.columns[i].name);
    if (!tables.contains(table)) tables[table] = py::dict();
    tables[table][name] = column_of(model, *look->world, i);
  }
  return tables;
}

}  // namespace

void bind_run(py::module_& m) {
  m.def(
      "run",
      [](const sim::Scenario& scenario, std::vector<std::string> arms,
         std::optional<std::uint64_t> seed, std::optional<std::size_t> replicates,
         std::size_t first_replicate, unsigned threads, std::string output,
         const py::object& progress) {
        return run(scenario,
                   {std::move(arms), seed, replicates, first_replicate, threads, std::move(output)},
                   progress);
      },
      py::arg("scenario"), py::kw_only(), py::arg("arms") = std::vector<std::string>(),
      py::arg("seed") = py::none(), py::arg("replicates") = py::none(),
      py::arg("first_replicate") = 0, py::arg("threads") = 0, py::arg("output") = "",
      py::arg("progress") = py::none());
  m.def("inspect", inspect, py::arg("scenario"), py::kw_only(), py::arg("arm") = "",
        py::arg("replicate") = 0, py::arg("seed") = py::none(),
        py::arg("tables") = std::vector<std::string>(), py::arg("progress") = py::none());
  m.def("default_threads", &sim::default_threads);
}
