// SPDX-License-Identifier: Apache-2.0
// The JSON Schema of plan files, made from the declared keys (keys.h), for editors and forms.
#include <nlohmann/json.hpp>

#include "models/compensation/keys.h"
#include "models/compensation/toml_table.h"

namespace compensation {
namespace {

using nlohmann::ordered_json;

// Braces alone could become a list or a pair of iterators.
ordered_json object(ordered_json::initializer_list_t members) {
  return ordered_json::object(members);
}

ordered_json list_of(const ordered_json& item) {
  return object({{"type", "array"}, {"items", item}, {"minItems", 1}});
}

ordered_json number_or_text(const char* pattern) {
  ordered_json options = ordered_json::array();
  options.push_back(object({{"type", "number"}}));
  options.push_back(object({{"type", "string"}, {"pattern", pattern}}));
  return object({{"anyOf", options}});
}

const ordered_json& amount() {
  static const ordered_json schema =
      number_or_text(R"(^ *[+-]?[0-9][0-9_,]*(\.[0-9]+)? *(k|M|bn)?$)");
  return schema;
}

// Shares, and what may stand for one: "target/quota", "base_rate", "none", an amount as a bound.
const ordered_json& share() {
  static const ordered_json schema = number_or_text(
      R"(^( *[+-]?[0-9][0-9_,]*(\.[0-9]+)? *(%|k|M|bn)?|target/quota|base_rate|none)$)");
  return schema;
}

ordered_json pair() {
  return object({{"type", "array"}, {"items", share()}, {"minItems", 2}, {"maxItems", 2}});
}

ordered_json object_of(Keys keys);

ordered_json kind_of(const Key& key) {
  switch (key.kind) {
    case Kind::text:
      return object({{"type", "string"}});
    case Kind::names:
      return list_of(object({{"type", "string"}}));
    case Kind::amount:
      return amount();
    case Kind::share:
      return share();
    case Kind::date:
      return ordered_json::object();  // a TOML date has no type in JSON
    case Kind::whole:
      return object({{"type", "integer"}});
    case Kind::boolean:
      return object({{"type", "boolean"}});
    case Kind::choice:
      return object({{"enum", words_of(key.allowed)}});
    case Kind::choices:
      return list_of(object({{"enum", words_of(key.allowed)}}));
    case Kind::shares:
      return list_of(share());
    case Kind::amounts:
      return list_of(amount());
    case Kind::points:
      return list_of(pair());
    case Kind::rows:
      return list_of(object_of(key.inside));
    case Kind::table:
      return object_of(key.inside);
  }
  return ordered_json::object();
}

ordered_json object_of(Keys keys) {
  ordered_json properties = ordered_json::object(), required = ordered_json::array();
  for (const Key& key : keys) {
    ordered_json about = kind_of(key);
    std::string text(key.meaning);
    if (!key.rule.empty()) text += " (" + std::string(key.rule) + ")";
    about["description"] = text;
    properties[std::string(key.name)] = std::move(about);
    if (key.required) required.push_back(std::string(key.name));
  }
  return object({{"type", "object"},
                 {"properties", properties},
                 {"required", required},
                 {"additionalProperties", false}});
}

ordered_json named(const ordered_json& entry) {
  return object({{"type", "object"}, {"additionalProperties", entry}});
}

ordered_json component() {
  ordered_json kinds = ordered_json::array();
  for (const std::string_view type : component_types()) {
    ordered_json one = object_of(component_keys(type));
    one["properties"]["type"] = object({{"const", std::string(type)}});
    kinds.push_back(std::move(one));
  }
  return object({{"oneOf", kinds}});
}

ordered_json tables() {
  return object({{"target", object_of(target_keys())},
                 {"quota", object_of(quota_keys())},
                 {"payee", named(object_of(payee_keys()))},
                 {"component", named(component())},
                 {"subquota", named(object_of(subquota_keys()))},
                 {"cap", named(object_of(cap_keys()))},
                 {"clawback", object_of(clawback_keys())},
                 {"draw", object_of(draw_keys())}});
}

// A change says parts of tables, so nothing in it is required but its date.
ordered_json change() {
  ordered_json properties = ordered_json::object();
  properties["from"] = ordered_json::object();
  for (const std::string_view name : version_tables())
    properties[std::string(name)] = object({{"type", "object"}});
  ordered_json required = ordered_json::array();
  required.push_back("from");
  return list_of(object({{"type", "object"},
                         {"properties", properties},
                         {"required", required},
                         {"additionalProperties", false}}));
}

}  // namespace

std::string plan_schema() {
  ordered_json schema = object_of(file_keys());
  const ordered_json inner = tables();
  for (const auto& [name, table] : inner.items()) schema["properties"][name] = table;
  schema["properties"]["change"] = change();
  schema["required"].push_back("component");
  ordered_json all = object({{"$schema", "https://json-schema.org/draft/2020-12/schema"},
                             {"title", "pardner compensation plan"}});
  all.update(schema);
  return all.dump(2) + "\n";
}

}  // namespace compensation
