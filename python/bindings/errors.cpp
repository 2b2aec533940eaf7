// SPDX-License-Identifier: Apache-2.0
// C++ errors become the exception family of pardner.errors; nothing of the C++ side shows.
#include "python/bindings/bindings.h"
#include "sim/check.h"
#include "sim/diagnostic.h"

namespace {

py::object error_class(const char* name) {
  return py::module_::import("pardner.errors").attr(name);
}

// raise Class(message, **attributes)
void raise(const char* name, const std::string& message, const py::dict& attributes = {}) {
  const py::object type = error_class(name);
  const py::object error = type(message);
  for (const auto& [key, value] : attributes) py::setattr(error, py::str(key), value);
  PyErr_SetObject(type.ptr(), error.ptr());
}

void translate(const sim::ScenarioError& error) {
  py::list problems;
  for (const sim::Problem& problem : error.problems())
    problems.append(py::dict(
        py::arg("file") = problem.place.source ? problem.place.source->name : std::string(),
        py::arg("line") = problem.place.line, py::arg("column") = problem.place.column,
        py::arg("key") = problem.key, py::arg("message") = problem.message,
        py::arg("help") = problem.help));
  raise("ScenarioError", error.what(),
        py::dict(py::arg("file") = error.file(), py::arg("line") = error.line(),
                 py::arg("column") = error.column(), py::arg("key") = error.key(),
                 py::arg("problems") = problems));
}

}  // namespace

void bind_errors(py::module_&) {
  py::register_exception_translator([](std::exception_ptr pointer) {
    try {
      if (pointer) std::rethrow_exception(pointer);
    } catch (const sim::ScenarioError& error) {
      translate(error);
    } catch (const sim::NotEnoughMemory& error) {
      raise("NotEnoughMemory", error.what());
    } catch (const sim::Interrupted& error) {
      raise("InterruptedRun", error.what());
    } catch (const sim::BadInput& error) {
      raise("BadInput", error.what());
    } catch (const sim::Error& error) {
      raise(error.exit_code() == 3 ? "BadInput" : "PardnerError", error.what());
    }
  });
}
