// SPDX-License-Identifier: Apache-2.0
#pragma once
// The models this program knows.

#include <span>
#include <string_view>

#include "sim/model.h"
#include "sim/scenario.h"

namespace models {

std::span<const sim::ModelInfo* const> all();

// nullptr if there is none of that name.
const sim::ModelInfo* find(std::string_view name);

// What scenario files may say: all models, and the packaged scenarios as bases.
sim::Vocabulary vocabulary();

}  // namespace models
