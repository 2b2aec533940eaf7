// SPDX-License-Identifier: Apache-2.0
#include "python/bindings/bindings.h"
#include "sim/result_reader.h"

void bind_files(py::module_& m) {
  m.def("digest_file", &sim::digest_file, py::arg("path"),
        py::call_guard<py::gil_scoped_release>());
  m.def(
      "read_provenance",
      [](const std::string& path) {
        const sim::ResultsInfo info = sim::read_info(path);
        return py::dict(py::arg("scenario") = info.scenario_toml, py::arg("arms") = info.arms,
                        py::arg("seed") = info.seed, py::arg("replicates") = info.replicates,
                        py::arg("first_replicate") = info.first_replicate,
                        py::arg("provenance") = info.provenance_json);
      },
      py::arg("path"));
}
