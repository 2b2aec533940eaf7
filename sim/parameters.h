// SPDX-License-Identifier: Apache-2.0
#pragma once
// The registry: fields (field.h) without their types. A model hands over its sections; reader,
// schema, docs and metadata work on these lists alone.

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "sim/field.h"
#include "sim/value.h"

namespace sim {

struct Parameter {
  std::string name, unit, meaning;
  Kind kind = Kind::number;
  Value fallback{};  // the default; money in units of 100 minor units, see Money::whole
  std::vector<std::string> choices{};
  double low = 0, high = 0;  // 10% and 90% values; equal to each other where nothing is uncertain
  Distribution distribution = Distribution::fixed;
  double min = 0, max = 0;  // infinite where there is no bound
  std::string source{};
  Evidence evidence = Evidence::guess;
  Role role = Role::lever;

  bool numeric() const {
    return kind == Kind::number || kind == Kind::integer || kind == Kind::money;
  }
  double fallback_number() const;  // of a numeric one, in the unit of the file
};

// One [table] of a scenario file, or with `repeated` one [table.NAME] per entry.
struct Section {
  std::string name, meaning;
  bool repeated = false;
  std::vector<Parameter> parameters;

  const Parameter* find(std::string_view parameter) const;
};

struct ModelSections {
  std::string name, meaning;  // "ecosystem"; one sentence
  std::vector<Section> sections;

  const Section* find(std::string_view section) const;
};

// The value below which a belief puts probability p: 10% at `low`, 90% at `high`, cut off at the
// hard bounds. For `fixed` it is `value`.
struct Belief {
  double value, low, high;
  Distribution distribution;
  double min, max;
};
double quantile(const Belief& belief, double p);

// Throws sim::Error if the declaration contradicts itself (default out of bounds, low above high,
// a name that is no snake_case, no meaning, ...).
Parameter make_parameter(const About& about, Kind kind, Value fallback, double type_min,
                         double type_max);
void check_section(const Section& section);

namespace detail {

template <class Member>
Parameter parameter_of(const About& about, const Member& fallback) {
  double least = -std::numeric_limits<double>::infinity();
  double most = std::numeric_limits<double>::infinity();
  if constexpr (std::integral<Member> && !std::same_as<Member, bool>) {
    constexpr double exact = 9007199254740992.0;  // 2^53: a double still holds each integer
    least = std::max(-exact, static_cast<double>(std::numeric_limits<Member>::min()));
    most = std::min(exact, static_cast<double>(std::numeric_limits<Member>::max()));
  }
  return make_parameter(about, kind_of<Member>(), to_value(fallback, about.choices), least, most);
}

template <class Owner>
Section section_of(std::string_view name, std::string_view meaning, bool repeated) {
  Section section{std::string(name), std::string(meaning), repeated, {}};
  const Owner defaults{};
  for_each_field<Owner>([&](const auto& field) {
    section.parameters.push_back(parameter_of(field.about, defaults.*field.member));
  });
  check_section(section);
  return section;
}

}  // namespace detail

// [name], read by Settings::get<Owner>(name).
template <class Owner>
Section section(std::string_view name, std::string_view meaning) {
  return detail::section_of<Owner>(name, meaning, false);
}

// [name.ENTRY] tables, read by Settings::entries<Owner>(name); what an entry leaves out is as in
// Owner{}.
template <class Owner>
Section repeated_section(std::string_view name, std::string_view meaning) {
  return detail::section_of<Owner>(name, meaning, true);
}

}  // namespace sim
