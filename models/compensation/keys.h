// SPDX-License-Identifier: Apache-2.0
#pragma once
// Every key of a plan file, declared once: the reader checks files against these tables and the
// JSON Schema is made from them (schema.cpp). docs/plans.md explains them.

#include <span>
#include <string>
#include <string_view>

namespace compensation {

enum class Kind : std::uint8_t {
  text,
  names,
  amount,
  share,
  date,
  whole,
  boolean,
  choice,
  shares,
  amounts,
  points,
  rows,
  table,
  choices
};

struct Key {
  std::string_view name;
  Kind kind;
  std::string_view rule, meaning;
  bool required = false;          // where the table is
  std::string_view allowed = "";  // of a choice: "marginal|retroactive"
  std::span<const Key> inside{};  // of rows and tables
};

using Keys = std::span<const Key>;

Keys file_keys();  // the top of the file, without its tables
Keys target_keys();
Keys quota_keys();
Keys payee_keys();
Keys filter_keys();                          // which deals; part of component, sub-quota and quota
Keys component_keys(std::string_view type);  // with the common ones; empty if there is no such type
Keys subquota_keys();
Keys cap_keys();
Keys clawback_keys();
Keys draw_keys();
std::span<const std::string_view> component_types();
std::span<const std::string_view> version_tables();  // those that a [[change]] may say

std::string plan_schema();  // JSON Schema 2020-12

}  // namespace compensation
