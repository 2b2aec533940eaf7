// SPDX-License-Identifier: Apache-2.0
// pardner._core: the thin seam between the C++ program and the Python package. Users never import
// it; python/pardner/ says what things are for.
#include "python/bindings/bindings.h"
#include "python/bindings/job.h"

PYBIND11_MODULE(_core, m) {
  m.doc() = "The compiled part of pardner.";
  m.attr("__version__") = PARDNER_VERSION;
  bind_errors(m);
  bind_models(m);
  bind_scenario(m);
  bind_results(m);
  bind_job(m);
  bind_run(m);
  bind_files(m);
  bind_compensation(m);
}
