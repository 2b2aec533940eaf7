// SPDX-License-Identifier: Apache-2.0
// What there is: models, packaged scenarios, schema.
#include "models/catalog.h"
#include "models/packaged_files.h"
#include "python/bindings/bindings.h"
#include "sim/schema.h"

namespace {

const sim::ModelInfo& model_named(const std::string& name) {
  const sim::ModelInfo* model = models::find(name);
  if (model == nullptr) throw sim::BadInput("there is no model '" + name + "'");
  return *model;
}

py::dict describe(const std::string& name) {
  const sim::ModelInfo& model = model_named(name);
  py::list phases, outcomes, streams, columns;
  for (const auto& phase : model.phases) phases.append(py::make_tuple(phase.name, phase.meaning));
  for (const auto& outcome : model.outcomes)
    outcomes.append(
        py::dict(py::arg("name") = outcome.name, py::arg("unit") = outcome.unit,
                 py::arg("meaning") = outcome.meaning,
                 py::arg("kind") = outcome.kind == sim::Measured::flow ? "flow" : "stock"));
  for (const auto& stream : model.streams)
    streams.append(py::dict(
        py::arg("id") = stream.id, py::arg("name") = std::string(stream.name),
        py::arg("keyed_by") = std::string(stream.keyed_by),
        py::arg("meaning") = std::string(stream.meaning),
        py::arg("level") = stream.level == sim::Level::population ? "population" : "chance"));
  for (const auto& column : model.columns)
    columns.append(py::dict(py::arg("table") = column.table, py::arg("name") = column.name,
                            py::arg("unit") = column.unit, py::arg("meaning") = column.meaning));
  return py::dict(py::arg("name") = model.sections.name,
                  py::arg("meaning") = model.sections.meaning, py::arg("phases") = phases,
                  py::arg("outcomes") = outcomes, py::arg("streams") = streams,
                  py::arg("columns") = columns);
}

}  // namespace

void bind_models(py::module_& m) {
  m.def("models", [] {
    std::vector<std::string> names;
    for (const sim::ModelInfo* model : models::all()) names.push_back(model->sections.name);
    return names;
  });
  m.def("describe_model", describe, py::arg("name"));
  m.def("packaged_scenarios", [] {
    std::vector<std::string> names;
    for (const auto& scenario : models::packaged_scenarios()) names.emplace_back(scenario.name);
    return names;
  });
  m.def("json_schema", [] { return sim::json_schema(models::vocabulary().models); });
  m.def("reference_page",
        [](const std::string& name) { return sim::reference_page(model_named(name).sections); });
  m.def("base_toml",
        [](const std::string& name) { return sim::base_toml(model_named(name).sections); });
}
