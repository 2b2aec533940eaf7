// SPDX-License-Identifier: Apache-2.0
#include <pybind11/pybind11.h>

PYBIND11_MODULE(_core, m) { m.attr("__version__") = PARDNER_VERSION; }
