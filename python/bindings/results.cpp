// SPDX-License-Identifier: Apache-2.0
// Results in memory. Arrays are read-only views of them and keep them alive.
#include "python/bindings/results.h"

#include "python/bindings/bindings.h"
#include "sim/result_digest.h"
#include "sim/result_file.h"

namespace {

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
    py::dict row(
        py::arg("key") = parameter.key, py::arg("unit") = parameter.unit,
        py::arg("meaning") = parameter.meaning, py::arg("values") = parameter.values,
        py::arg("texts") = parameter.texts,
        py::arg("varied") = parameter.values.size() > results.session.collected.info.arms.size());
    for (const auto& [name, text] : parameter.notes) row[py::str(name)] = text;
    rows.append(row);
  }
  return rows;
}

py::object per_run(const py::object& self, bool status) {
  const auto& held = self.cast<const Results&>().session.collected;
  auto shape = shape_of(held.info);
  shape.pop_back();
  return status ? view(held.status, shape, self) : view(held.wall_seconds, shape, self);
}

// One replicate as it was delivered.
sim::ReplicateBlock block_of(const sim::Collected& results, std::size_t arm,
                             std::size_t replicate) {
  const std::size_t times = results.info.time.size();
  const std::size_t run = arm * results.info.replicates + replicate;
  const auto part = [&](const auto& all) {
    const auto first = all.begin() + static_cast<std::ptrdiff_t>(run * times);
    return std::decay_t<decltype(all)>(first, first + static_cast<std::ptrdiff_t>(times));
  };
  sim::ReplicateBlock block{arm, replicate, {}, results.wall_seconds[run]};
  for (const sim::Series& series : results.outcomes) {
    sim::Series& own = block.series.emplace_back();
    if (series.integers.empty())
      own.reals = part(series.reals);
    else
      own.integers = part(series.integers);
  }
  return block;
}

template <class Visit>
void each_complete(const sim::Collected& results, Visit visit) {
  for (std::size_t arm = 0; arm < results.info.arms.size(); ++arm)
    for (std::size_t replicate = 0; replicate < results.info.replicates; ++replicate)
      if (results.status[arm * results.info.replicates + replicate] == 1) visit(arm, replicate);
}

// The digest a file of these results has.
std::string digest_of(const Results& results) {
  if (!results.session.digest.empty()) return results.session.digest;
  const sim::Collected& held = results.session.collected;
  sim::RowSum rows;
  each_complete(held, [&](std::size_t arm, std::size_t replicate) {
    const sim::ReplicateBlock block = block_of(held, arm, replicate);
    for (std::size_t i = 0; i < block.series.size(); ++i) {
      const sim::RowPlace place{sim::variable_hash("/" + held.info.outcomes[i].name), arm,
                                replicate, 0};
      rows += block.series[i].integers.empty()
                  ? sim::row_hash(place, std::span<const double>(block.series[i].reals))
                  : sim::row_hash(place, std::span<const std::int64_t>(block.series[i].integers));
    }
  });
  return sim::result_digest(held.info, held.status, rows);
}

std::string save(const Results& results, const std::string& path) {
  const sim::Collected& held = results.session.collected;
  sim::ResultFile file(path, held.info);
  each_complete(held, [&](std::size_t arm, std::size_t replicate) {
    file.write(block_of(held, arm, replicate));
  });
  return file.finish();
}

py::dict phase_seconds(const Results& results) {
  py::dict seconds;
  for (std::size_t i = 0; i < results.phases.size(); ++i)
    seconds[py::str(results.phases[i].name)] = results.session.report.phase_seconds[i];
  return seconds;
}

}  // namespace

void bind_results(py::module_& m) {
  const auto info = [](auto member) {
    return [member](const Results& r) { return r.session.collected.info.*member; };
  };
  using Info = sim::ResultsInfo;
  py::class_<Results, std::shared_ptr<Results>>(m, "Results")
      .def_property_readonly("outcomes", outcomes_of)
      .def_property_readonly("parameters", parameters_of)
      .def_property_readonly("status", [](const py::object& s) { return per_run(s, true); })
      .def_property_readonly("wall_seconds", [](const py::object& s) { return per_run(s, false); })
      .def_property_readonly("arms", info(&Info::arms))
      .def_property_readonly("arm_titles", info(&Info::arm_titles))
      .def_property_readonly("time", info(&Info::time))
      .def_property_readonly("epoch", info(&Info::epoch))
      .def_property_readonly("title", info(&Info::title))
      .def_property_readonly("model", info(&Info::model))
      .def_property_readonly("seed", info(&Info::seed))
      .def_property_readonly("first_replicate", info(&Info::first_replicate))
      .def_property_readonly("scenario_text", info(&Info::scenario_toml))
      .def_property_readonly("provenance", info(&Info::provenance_json))
      .def_property_readonly("path", [](const Results& r) { return r.session.path; })
      .def_property_readonly("seconds", [](const Results& r) { return r.session.report.seconds; })
      .def_property_readonly("phase_seconds", phase_seconds)
      .def("digest", digest_of, py::call_guard<py::gil_scoped_release>())
      .def("save", save, py::arg("path"), py::call_guard<py::gil_scoped_release>(),
           "Writes a result file and returns its digest.");
}
