// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <pybind11/numpy.h>
#include <pybind11/pybind11.h>
#include <pybind11/stl.h>

#include "sim/scenario.h"
#include "sim/value.h"

namespace py = pybind11;

void bind_errors(py::module_& m);
void bind_models(py::module_& m);
void bind_scenario(py::module_& m);
void bind_results(py::module_& m);
void bind_run(py::module_& m);
void bind_files(py::module_& m);
void bind_compensation(py::module_& m);

// A value as Python sees it: money as a number in whole units of the currency, dates as ISO text.
py::object to_python(const sim::Value& value, int currency_digits);
