// SPDX-License-Identifier: Apache-2.0
// The JSON Schema; schema_docs.cpp has the texts.
#include "sim/schema.h"

#include <algorithm>
#include <cmath>
#include <nlohmann/json.hpp>

#include "sim/read_value.h"
#include "sim/run_settings.h"
#include "sim/units.h"

namespace sim {
namespace {

using Json = nlohmann::ordered_json;

constexpr const char* name_pattern = "^[A-Za-z0-9_-]{1,64}$";
constexpr const char* day_pattern = "^[0-9]{4}-[0-9]{2}-[0-9]{2}$";
// The labels of Calendar::parse.
constexpr const char* date_pattern =
    "^([0-9]{4}-[0-9]{2}-[0-9]{2}|[0-9]{4}-W[0-9]{2}|[0-9]{4}(-[0-9]{2}| Q[1-4])?|"
    "FY([0-9]{2}|[0-9]{4})( Q[1-4]( W[0-9]{1,2})?| M[0-9]{1,2})?)$";

// 3 rather than 3.0 where a number is whole.
Json number_json(double number) {
  if (number == std::floor(number) && std::fabs(number) < 9e15)
    return static_cast<std::int64_t>(number);
  return number;
}

Json bounded(const char* type, const Parameter& parameter) {
  Json json{{"type", type}};
  if (std::isfinite(parameter.min)) json["minimum"] = number_json(parameter.min);
  if (std::isfinite(parameter.max)) json["maximum"] = number_json(parameter.max);
  return json;
}

Json quantity(const char* type, const Parameter& parameter) {
  const Json text{{"type", "string"}, {"pattern", quantity_pattern(parameter.unit)}};
  return {{"anyOf", Json::array({bounded(type, parameter), text})}};
}

// The value alone.
Json bare(const Parameter& parameter) {
  switch (parameter.kind) {
    case Kind::number:
    case Kind::money:
      return quantity("number", parameter);
    case Kind::integer:
      return quantity("integer", parameter);
    case Kind::boolean:
      return {{"type", "boolean"}};
    case Kind::text:
      return {{"type", "string"}, {"maxLength", 1000}};
    case Kind::choice:
      return {{"enum", parameter.choices}};
    case Kind::date:
      return {{"type", "string"}, {"pattern", date_pattern}};
    case Kind::numbers:
      return {{"type", "array"}, {"maxItems", 10'000}, {"items", quantity("number", parameter)}};
  }
  return {};
}

template <class Enum>
Json names_until(Enum last) {
  Json names = Json::array();
  for (int i = 0; i <= static_cast<int>(last); ++i) names.push_back(name_of(static_cast<Enum>(i)));
  return {{"enum", names}};
}

// { value = ..., low = ..., high = ... }
Json value_table(const Parameter& parameter) {
  Json properties{{"value", bare(parameter)}};
  if (parameter.numeric()) {
    properties["low"] = quantity("number", parameter);
    properties["high"] = quantity("number", parameter);
    properties["distribution"] = {{"$ref", "#/$defs/distribution"}};
  }
  properties["source"] = {{"type", "string"}};
  properties["evidence"] = {{"$ref", "#/$defs/evidence"}};
  Json table{{"type", "object"},
             {"properties", properties},
             {"additionalProperties", false},
             {"minProperties", 1}};
  if (parameter.numeric())
    table["dependentRequired"] = {{"low", Json::array({"high"})}, {"high", Json::array({"low"})}};
  return table;
}

Json default_json(const Parameter& parameter) {
  if (parameter.kind == Kind::integer) return std::get<std::int64_t>(parameter.fallback);
  if (parameter.numeric()) return number_json(parameter.fallback_number());
  if (parameter.kind == Kind::boolean) return std::get<bool>(parameter.fallback);
  if (parameter.kind == Kind::date) return std::get<Date>(parameter.fallback).text();
  if (parameter.kind == Kind::numbers) return std::get<std::vector<double>>(parameter.fallback);
  return std::get<std::string>(parameter.fallback);
}

Json parameter_json(const Parameter& parameter) {
  Json json{{"title", parameter.name},
            {"description", parameter.meaning},
            {"default", default_json(parameter)},
            {"x-unit", parameter.unit},
            {"x-role", name_of(parameter.role)}};
  if (parameter.numeric() && parameter.low < parameter.high) {
    json["x-low"] = number_json(parameter.low);
    json["x-high"] = number_json(parameter.high);
    json["x-distribution"] = name_of(parameter.distribution);
  }
  if (!parameter.source.empty()) json["x-source"] = parameter.source;
  json["x-evidence"] = name_of(parameter.evidence);
  json["anyOf"] = Json::array({bare(parameter), value_table(parameter)});
  return json;
}

Json table_of(Json properties) {
  return {
      {"type", "object"}, {"properties", std::move(properties)}, {"additionalProperties", false}};
}

enum class Use { whole, change };  // a change cannot touch what is structural

Json section_json(const Section& section, Use use) {
  Json properties = Json::object();
  for (const Parameter& parameter : section.parameters)
    if (use == Use::whole || parameter.role != Role::structural)
      properties[parameter.name] = parameter_json(parameter);
  Json table = table_of(std::move(properties));
  table["title"] = section.name;
  table["description"] = section.meaning;
  if (!section.repeated) return table;
  return {{"type", "object"},
          {"description", section.meaning},
          {"patternProperties", {{name_pattern, table}}},
          {"additionalProperties", false}};
}

bool has_structure(const Section& section) {
  return std::ranges::any_of(section.parameters, [](const Parameter& parameter) {
    return parameter.role == Role::structural;
  });
}

// Sections that say the same to both uses are defined once.
std::string definition_name(const ModelSections& model, const Section& section, Use use) {
  const bool apart = use == Use::change && has_structure(section);
  return model.name + "." + section.name + (apart ? ".change" : "");
}

Json references(const ModelSections& model, Use use) {
  Json properties = Json::object();
  for (const Section& section : model.sections)
    properties[section.name] = {{"$ref", "#/$defs/" + definition_name(model, section, use)}};
  return properties;
}

Json arms_json(const ModelSections& model) {
  Json properties{{"title", {{"type", "string"}, {"maxLength", 1000}}}};
  properties.update(references(model, Use::whole));
  return {{"type", "object"},
          {"description", "the options to compare; the first is the reference"},
          {"patternProperties", {{name_pattern, table_of(std::move(properties))}}},
          {"additionalProperties", false}};
}

Json interventions_json(const ModelSections& model) {
  Json set = table_of(references(model, Use::change));
  set["minProperties"] = 1;
  Json item = table_of({{"date", {{"type", "string"}, {"pattern", date_pattern}}},
                        {"arm", {{"type", "string"}}},
                        {"title", {{"type", "string"}, {"maxLength", 1000}}},
                        {"set", std::move(set)}});
  item["required"] = {"date", "set"};
  return {{"type", "array"}, {"description", "dated changes"}, {"items", std::move(item)}};
}

Json run_json(std::span<const ModelSections> models) {
  Json json = section_json(run_section(), Use::whole);
  Json names = Json::array();
  for (const ModelSections& model : models) names.push_back(model.name);
  auto replace = [&](const char* name, Json value) {
    Json& forms = json["properties"][name]["anyOf"];
    forms[1]["properties"]["value"] = value;
    forms[0] = std::move(value);
  };
  json["properties"]["model"]["anyOf"] = Json::array({{{"enum", names}}});
  replace("currency", {{"type", "string"}, {"pattern", "^[A-Z]{3}$"}});
  replace("start", {{"type", "string"}, {"pattern", day_pattern}});
  return json;
}

// A file of one model. Without [run] model it may be any.
Json model_json(const ModelSections& model) {
  Json properties{{"format", {{"const", 1}}},
                  {"extends", {{"type", "string"}, {"minLength", 1}}},
                  {"run", {{"$ref", "#/$defs/run"}}},
                  {"arms", arms_json(model)},
                  {"interventions", interventions_json(model)}};
  properties.update(references(model, Use::whole));
  Json json = table_of(std::move(properties));
  json["description"] = model.meaning;
  return json;
}

Json says_model(const std::string& name) {
  const Json model{{"properties", {{"model", {{"const", name}}}}}, {"required", {"model"}}};
  return {{"properties", {{"run", model}}}, {"required", {"run"}}};
}

}  // namespace

std::string json_schema(std::span<const ModelSections> models) {
  Json definitions{{"run", run_json(models)},
                   {"distribution", names_until(Distribution::lognormal)},
                   {"evidence", names_until(Evidence::definition)}};
  Json any = Json::array();
  Json conditions = Json::array();
  for (const ModelSections& model : models) {
    const Json reference{{"$ref", "#/$defs/" + model.name}};
    definitions[model.name] = model_json(model);
    for (const Section& section : model.sections) {
      for (const Use use : {Use::change, Use::whole})
        definitions[definition_name(model, section, use)] = section_json(section, use);
    }
    any.push_back(reference);
    conditions.push_back({{"if", says_model(model.name)}, {"then", reference}});
  }
  conditions.push_back({{"anyOf", std::move(any)}});
  const Json run{{"properties", {{"run", {{"required", {"model"}}}}}}, {"required", {"run"}}};
  const Json schema{{"$schema", "https://json-schema.org/draft/2020-12/schema"},
                    {"title", "Scenario"},
                    {"type", "object"},
                    {"required", {"format"}},
                    {"anyOf", Json::array({{{"required", {"extends"}}}, run})},
                    {"allOf", std::move(conditions)},
                    {"$defs", std::move(definitions)}};
  return schema.dump(2) + "\n";
}

}  // namespace sim
