// SPDX-License-Identifier: Apache-2.0
#pragma once
// The parts of a plan that earn or limit pay, read from their tables.

#include "models/compensation/plan.h"
#include "models/compensation/toml_table.h"

namespace compensation {

Filter read_filter(const Table& table, std::string_view at_least = "at_least");
inline constexpr Share most_attainment = Share::whole(100);

Commission read_commission(const Table& table, bool units);
Component read_component(const TomlNode& node, int digits, std::vector<sim::Problem>& problems);
SubQuota read_subquota(const TomlNode& node, int digits, std::vector<sim::Problem>& problems);
Cap read_cap(const TomlNode& node, int digits, std::vector<sim::Problem>& problems);
Clawback read_clawback(const TomlNode& node, int digits, std::vector<sim::Problem>& problems);
Draw read_draw(const TomlNode& node, int digits, std::vector<sim::Problem>& problems);

// What refers to something else: components, products, payees, targets, quotas (R2, R14, R23).
void check_references(const Version& version, const Plan& plan, const TomlNode& root,
                      std::vector<sim::Problem>& problems);

}  // namespace compensation
