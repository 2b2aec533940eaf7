// SPDX-License-Identifier: Apache-2.0
#include "python/bindings/bindings.h"
#include "python/bindings/job.h"
#include "sim/result_reader.h"

void bind_files(py::module_& m) {
  m.def(
      "digest_file",
      [](const std::string& path) {
        wait_for_left_behind();
        const py::gil_scoped_release released;
        return sim::digest_file(path);
      },
      py::arg("path"));
  m.def(
      "read_provenance",
      [](const std::string& path) {
        wait_for_left_behind();
        const sim::ResultsInfo info = sim::read_info(path);
        return py::dict(py::arg("scenario") = info.scenario_toml, py::arg("arms") = info.arms,
                        py::arg("seed") = info.seed, py::arg("replicates") = info.replicates,
                        py::arg("first_replicate") = info.first_replicate,
                        py::arg("provenance") = info.provenance_json);
      },
      py::arg("path"));
}
