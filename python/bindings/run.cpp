// SPDX-License-Identifier: Apache-2.0
// Running: the simulation works on threads of its own while this one waits without the GIL, passes
// progress on and listens for Ctrl-C (seen within 20 ms).
#include <chrono>
#include <thread>

#include "models/catalog.h"
#include "python/bindings/bindings.h"
#include "sim/session.h"

namespace {

using namespace std::chrono_literals;

// A result in memory; arrays are views of it and keep it alive.
struct Results {
  sim::Session session;
  std::vector<sim::PhaseText> phases;
};

template <class T>
py::array view(const std::vector<T>& values, std::vector<py::ssize_t> shape,
               const py::object& owner) {
  py::array_t<T> array(std::move(shape), values.data(), owner);
  array.attr("setflags")(py::arg("write") = false);
  return array;
}

std::vector<py::ssize_t> shape_of(const sim::ResultsInfo& info) {
  return {static_cast<py::ssize_t>(info.arms.size()), static_cast<py::ssize_t>(info.replicates),
          static_cast<py::ssize_t>(info.time.size())};
}

py::dict outcomes_of(const py::object& self) {
  const sim::Collected& results = self.cast<const Results&>().session.collected;
  py::dict arrays;
  for (std::size_t i = 0; i < results.outcomes.size(); ++i) {
    const sim::Series& series = results.outcomes[i];
    const auto& info = results.info.outcomes[i];
    py::array array = info.type == sim::Type::integer
                          ? view(series.integers, shape_of(results.info), self)
                          : view(series.reals, shape_of(results.info), self);
    arrays[py::str(info.name)] =
        py::dict(py::arg("values") = array, py::arg("unit") = info.unit,
                 py::arg("long_name") = info.long_name, py::arg("cell_methods") = info.cell_methods,
                 py::arg("kind") = info.cell_methods == "time: sum" ? "flow" : "stock");
  }
  return arrays;
}

py::list parameters_of(const Results& results) {
  py::list rows;
  for (const sim::ParameterInfo& parameter : results.session.collected.info.parameters) {
    py::dict row(py::arg("key") = parameter.key, py::arg("unit") = parameter.unit,
                 py::arg("meaning") = parameter.meaning, py::arg("values") = parameter.values,
                 py::arg("texts") = parameter.texts);
    for (const auto& [name, text] : parameter.notes) row[py::str(name)] = text;
    rows.append(row);
  }
  return rows;
}

// Runs on a thread of its own; `progress(done, total)` is called at most ten times a second.
std::shared_ptr<Results> run_request(const sim::Request& request, const py::object& progress) {
  sim::Control control;
  auto results = std::make_shared<Results>();
  results->phases = request.plan.model->phases;
  std::exception_ptr failure;
  std::atomic<bool> done{false};
  std::thread worker([&] {
    try {
      results->session = sim::run(request, control);
    } catch (...) {
      failure = std::current_exception();
    }
    done = true;
  });
  const std::uint64_t total = sim::weeks_in_total(request.plan);
  bool signalled = false;
  std::exception_ptr from_python;
  {
    const py::gil_scoped_release released;
    for (int tick = 0; !done; ++tick) {
      std::this_thread::sleep_for(tick < 50 ? 2ms : 20ms);
      if (control.stop) continue;
      const py::gil_scoped_acquire held;
      if (PyErr_CheckSignals() != 0) {
        signalled = true;
        from_python = std::make_exception_ptr(py::error_already_set());
        control.stop = true;
      } else if (!progress.is_none() && tick % 5 == 0) {
        try {
          progress(control.weeks_done.load(), total);
        } catch (py::error_already_set&) {
          from_python = std::current_exception();
          control.stop = true;
        }
      }
    }
    worker.join();
  }
  if (failure) std::rethrow_exception(failure);
  if (from_python) std::rethrow_exception(from_python);
  (void)signalled;
  if (!progress.is_none()) progress(total, total);
  return results;
}

struct Options {
  std::vector<std::string> arms;
  std::optional<std::uint64_t> seed;
  std::optional<std::size_t> replicates;
  std::size_t first_replicate;
  unsigned threads;
  std::string output;
};

void apply(const Options& options, sim::Request& request) {
  if (options.seed) request.plan.seed = *options.seed;
  if (options.replicates) request.plan.replicates = *options.replicates;
  request.plan.first_replicate = options.first_replicate;
  request.plan.threads = options.threads;
  request.output = options.output;
}

std::shared_ptr<Results> run(const sim::Scenario& scenario, const Options& options,
                             const py::object& progress) {
  sim::Request request;
  request.scenario = &scenario;
  request.plan = sim::plan_of(scenario, *models::find(scenario.model().name), options.arms);
  apply(options, request);
  return run_request(request, progress);
}

// Each scenario (its first arm) becomes an arm; all must agree on everything of [run] but the
// title.
std::shared_ptr<Results> compare(const std::vector<sim::Scenario>& scenarios,
                                 const std::vector<std::string>& names, const Options& options,
                                 const py::object& progress) {
  sim::validate(!scenarios.empty() && scenarios.size() == names.size(), "nothing to compare");
  sim::Request request;
  request.scenario = &scenarios.front();
  request.plan = sim::plan_of(scenarios.front(), *models::find(scenarios.front().model().name));
  request.plan.arms.clear();
  const sim::RunSettings& reference = scenarios.front().run();
  for (std::size_t i = 0; i < scenarios.size(); ++i) {
    const sim::Scenario& scenario = scenarios[i];
    const sim::RunSettings& run = scenario.run();
    sim::validate(scenario.model().name == scenarios.front().model().name &&
                      run.start == reference.start && run.weeks == reference.weeks &&
                      run.warmup == reference.warmup && run.currency == reference.currency &&
                      run.record_every == reference.record_every && run.vary == reference.vary,
                  "'" + names[i] + "' differs from '" + names[0] +
                      "' in model, start, weeks, warmup, record_every, vary or currency of [run]");
    const sim::Arm& arm = scenario.arms().front();
    request.plan.arms.push_back(
        {names[i], names[i], scenario.settings(arm.name), scenario.changes(arm.name)});
  }
  apply(options, request);
  return run_request(request, progress);
}

// The logs and tables of one replicate at its end: {table: {column: array}}.
py::dict inspect(const sim::Scenario& scenario, const std::string& arm, std::size_t replicate,
                 std::optional<std::uint64_t> seed) {
  const sim::ModelInfo& model = *models::find(scenario.model().name);
  std::vector<std::string> arms;
  if (!arm.empty()) arms.push_back(arm);
  sim::Plan plan = sim::plan_of(scenario, model, arms);
  if (seed) plan.seed = *seed;
  sim::Control control;
  std::unique_ptr<sim::Model> world;
  {
    const py::gil_scoped_release released;
    world = sim::run_one(plan, 0, replicate, control);
  }
  py::dict tables;
  for (std::size_t i = 0; i < model.columns.size(); ++i) {
    const auto& column = model.columns[i];
    if (!tables.contains(column.table)) tables[py::str(column.table)] = py::dict();
    py::object values;
    if (column.integer) {
      const auto held = world->agent_integers(i);
      values = py::array_t<std::int64_t>(static_cast<py::ssize_t>(held.size()), held.data());
    } else {
      const auto held = world->agent_reals(i);
      values = py::array_t<double>(static_cast<py::ssize_t>(held.size()), held.data());
    }
    tables[py::str(column.table)][py::str(column.name)] = values;
  }
  return tables;
}

void bind_results(py::module_& m) {
  py::class_<Results, std::shared_ptr<Results>>(m, "Results")
      .def_property_readonly("outcomes", outcomes_of)
      .def_property_readonly("parameters", parameters_of)
      .def_property_readonly("status",
                             [](const py::object& self) {
                               const auto& held = self.cast<const Results&>().session.collected;
                               auto shape = shape_of(held.info);
                               shape.pop_back();
                               return view(held.status, shape, self);
                             })
      .def_property_readonly("arms", [](const Results& r) { return r.session.collected.info.arms; })
      .def_property_readonly("arm_titles",
                             [](const Results& r) { return r.session.collected.info.arm_titles; })
      .def_property_readonly("time", [](const Results& r) { return r.session.collected.info.time; })
      .def_property_readonly("epoch",
                             [](const Results& r) { return r.session.collected.info.epoch; })
      .def_property_readonly("title",
                             [](const Results& r) { return r.session.collected.info.title; })
      .def_property_readonly("model",
                             [](const Results& r) { return r.session.collected.info.model; })
      .def_property_readonly("seed", [](const Results& r) { return r.session.collected.info.seed; })
      .def_property_readonly(
          "first_replicate",
          [](const Results& r) { return r.session.collected.info.first_replicate; })
      .def_property_readonly(
          "scenario_text", [](const Results& r) { return r.session.collected.info.scenario_toml; })
      .def_property_readonly(
          "provenance", [](const Results& r) { return r.session.collected.info.provenance_json; })
      .def_property_readonly("path", [](const Results& r) { return r.session.path; })
      .def_property_readonly("digest", [](const Results& r) { return r.session.digest; })
      .def_property_readonly("seconds", [](const Results& r) { return r.session.report.seconds; })
      .def_property_readonly("phase_seconds", [](const Results& r) {
        py::dict seconds;
        for (std::size_t i = 0; i < r.phases.size(); ++i)
          seconds[py::str(r.phases[i].name)] = r.session.report.phase_seconds[i];
        return seconds;
      });
}

}  // namespace

void bind_run(py::module_& m) {
  bind_results(m);
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
  m.def(
      "compare",
      [](const std::vector<sim::Scenario>& scenarios, const std::vector<std::string>& names,
         std::optional<std::uint64_t> seed, std::optional<std::size_t> replicates,
         std::size_t first_replicate, unsigned threads, const py::object& progress) {
        return compare(scenarios, names, {{}, seed, replicates, first_replicate, threads, ""},
                       progress);
      },
      py::arg("scenarios"), py::arg("names"), py::kw_only(), py::arg("seed") = py::none(),
      py::arg("replicates") = py::none(), py::arg("first_replicate") = 0, py::arg("threads") = 0,
      py::arg("progress") = py::none());
  m.def("inspect", inspect, py::arg("scenario"), py::kw_only(), py::arg("arm") = "",
        py::arg("replicate") = 0, py::arg("seed") = py::none());
}
