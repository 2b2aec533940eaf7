// SPDX-License-Identifier: Apache-2.0
// Scenario: a valid scenario, immutable.
#include "models/catalog.h"
#include "models/packaged_files.h"
#include "python/bindings/bindings.h"
#include "sim/merge.h"

namespace {

using sim::Scenario;

py::dict as_dict(const sim::Setting& setting, int digits) {
  const sim::Parameter& parameter = *setting.parameter;
  py::dict row(
      py::arg("key") = setting.key, py::arg("value") = to_python(setting.value, digits),
      py::arg("default") = to_python(parameter.fallback, 2), py::arg("unit") = parameter.unit,
      py::arg("meaning") = parameter.meaning, py::arg("origin") = setting.origin,
      py::arg("source") = setting.source, py::arg("evidence") = sim::name_of(setting.evidence),
      py::arg("role") = sim::name_of(parameter.role),
      py::arg("distribution") = sim::name_of(setting.distribution),
      py::arg("uncertain") = setting.uncertain(), py::arg("numeric") = parameter.numeric());
  row["low"] = parameter.numeric() ? py::object(py::float_(setting.low)) : py::none();
  row["high"] = parameter.numeric() ? py::object(py::float_(setting.high)) : py::none();
  row["min"] = parameter.numeric() ? py::object(py::float_(parameter.min)) : py::none();
  row["max"] = parameter.numeric() ? py::object(py::float_(parameter.max)) : py::none();
  return row;
}

py::list settings_of(const Scenario& scenario, const std::string& arm) {
  const sim::Settings settings = arm.empty() ? scenario.settings() : scenario.settings(arm);
  py::list rows;
  for (const sim::Setting& setting : settings.all())
    rows.append(as_dict(setting, settings.currency_digits()));
  return rows;
}

py::list arms_of(const Scenario& scenario) {
  py::list arms;
  for (const sim::Arm& arm : scenario.arms()) arms.append(py::make_tuple(arm.name, arm.title));
  return arms;
}

}  // namespace

py::object to_python(const sim::Value& value, int currency_digits) {
  return std::visit(
      [&](const auto& held) -> py::object {
        using Held = std::decay_t<decltype(held)>;
        if constexpr (std::is_same_v<Held, sim::Money>)
          return py::float_(static_cast<double>(held.minor) /
                            static_cast<double>(sim::power_of_ten(currency_digits)));
        else if constexpr (std::is_same_v<Held, sim::Date>)
          return py::str(held.text());
        else
          return py::cast(held);
      },
      value);
}

void bind_scenario(py::module_& m) {
  using Words = std::vector<std::string>;
  py::class_<Scenario>(m, "Scenario")
      .def_static(
          "load",
          [](const std::string& name, const Words& overrides) {
            return Scenario::load(name, models::vocabulary(), overrides);
          },
          py::arg("file_or_name"), py::arg("overrides") = Words())
      .def_static(
          "parse",
          [](const std::string& text, const std::string& name, const Words& overrides) {
            return Scenario::parse(text, name, models::vocabulary(), overrides);
          },
          py::arg("text"), py::arg("name") = "text", py::arg("overrides") = Words())
      .def("with_overrides",
           [](const Scenario& scenario, const Words& overrides) {
             return scenario.with_overrides(overrides);
           })
      .def_property_readonly("name", &Scenario::name)
      .def_property_readonly("title", [](const Scenario& s) { return s.run().title; })
      .def_property_readonly("model", [](const Scenario& s) { return s.model().name; })
      .def_property_readonly("currency", [](const Scenario& s) { return s.run().currency; })
      .def_property_readonly("minor_units",
                             [](const Scenario& s) {
                               return sim::power_of_ten(sim::currency_digits(s.run().currency));
                             })
      .def_property_readonly("start", [](const Scenario& s) { return s.run().start.text(); })
      .def_property_readonly("weeks", [](const Scenario& s) { return s.run().weeks; })
      .def_property_readonly("replicates", [](const Scenario& s) { return s.run().replicates; })
      .def_property_readonly("seed", [](const Scenario& s) { return s.run().seed; })
      .def_property_readonly("arms", arms_of)
      .def_property_readonly("text", &Scenario::text)
      .def_property_readonly("hash", &Scenario::hash)
      .def_property_readonly(
          "files", [](const Scenario& s) { return Words(s.files().begin(), s.files().end()); })
      .def_property_readonly(
          "warnings",
          [](const Scenario& s) { return Words(s.warnings().begin(), s.warnings().end()); })
      .def("settings", settings_of, py::arg("arm") = "")
      .def(py::pickle(
          [](const Scenario& scenario) { return py::make_tuple(scenario.text(), scenario.name()); },
          [](const py::tuple& state) {
            return Scenario::parse(state[0].cast<std::string>(), state[1].cast<std::string>(),
                                   models::vocabulary());
          }));
  m.def(
      "merge",
      [](const std::vector<Scenario>& scenarios, const Words& names, const Words& titles) {
        return sim::merged(scenarios, names, titles, models::vocabulary());
      },
      py::arg("scenarios"), py::arg("names"), py::arg("titles"));
}
