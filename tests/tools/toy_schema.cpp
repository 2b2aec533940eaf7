// SPDX-License-Identifier: Apache-2.0
// Prints the JSON Schema of the toy model, for tests/python/test_schema.py.
#include <cstdio>

#include "sim/schema.h"
#include "tests/sim/toy_model.h"

int main() { std::fputs(sim::json_schema(toy::models()).c_str(), stdout); }
