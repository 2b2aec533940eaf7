// SPDX-License-Identifier: Apache-2.0
#pragma once
// What the registry says about scenario files, in three forms. All come from the same Section list
// the reader uses.

#include <span>
#include <string>

#include "sim/parameters.h"

namespace sim {

// JSON Schema 2020-12 of a scenario file of any of these models. It accepts what the reader accepts
// as far as a schema can say (not: bounds of numbers written with units, references between arms).
std::string json_schema(std::span<const ModelSections> models);

// A scenario file with every parameter of the model at its default, each with unit and meaning.
std::string base_toml(const ModelSections& model);

// The reference page of a model's parameters, in Markdown.
std::string reference_page(const ModelSections& model);

}  // namespace sim
