// SPDX-License-Identifier: Apache-2.0
#pragma once
// A field says everything about one parameter once. The scenario reader, the JSON Schema, the
// metadata of result files, the Python layer and the reference page all come from it.
//
//   struct Churn {
//     double rate = 0.12;
//     sim::Money fee = sim::Money::whole(500);
//     static constexpr auto fields = Pack{
//         sim::field(&Churn::rate, {.name = "rate", .unit = "1/year", .meaning = "...",
//                                   .low = .05, .high = .3,
//                                   .distribution = sim::Distribution::lognormal, .min = 0,
//                                   .source = "science.md SA12",
//                                   .evidence = sim::Evidence::field_study,
//                                   .role = sim::Role::uncertainty}),
//         sim::field(&Churn::fee, {.name = "fee", .unit = "currency", .meaning = "...", .min =
//         0})};
//   };
//
// Members may be double, integers, bool, std::string, Money, Date, std::vector<double>, or an
// `enum class` counting from 0 whose names are `.choices`.

#include <array>
#include <concepts>
#include <cstddef>
#include <initializer_list>
#include <limits>
#include <string>
#include <string_view>
#include <type_traits>
#include <vector>

#include "sim/date.h"
#include "sim/money.h"
#include "sim/pack.h"
#include "sim/value.h"

namespace sim {

// How the belief about a parameter spreads between its 10% value `low` and its 90% value `high`.
enum class Distribution : std::uint8_t { fixed, uniform, normal, lognormal };
enum class Evidence : std::uint8_t { measured, field_study, vendor_claim, guess, definition };
// lever: somebody decides it. uncertainty: nobody knows it, so runs may draw it. structural: what
// the world is made of; it cannot change while a run goes on.
enum class Role : std::uint8_t { lever, uncertainty, structural };

const char* name_of(Distribution distribution);
const char* name_of(Evidence evidence);
const char* name_of(Role role);

// The names of an enum's values, in order.
struct Choices {
  static constexpr std::size_t most = 16;
  std::array<std::string_view, most> names{};
  std::size_t count = 0;

  constexpr Choices() = default;
  constexpr Choices(std::initializer_list<std::string_view> list) {
    for (std::string_view name : list) names.at(count++) = name;
  }
};

// Numbers are in `unit` as a scenario file writes them: money in whole units of the currency.
struct About {
  std::string_view name;     // snake_case
  std::string_view unit;     // "1" for a plain number or share; "1/year", "week", "currency", ...
  std::string_view meaning;  // one sentence fragment without full stop
  Choices choices{};         // enums only
  double low = std::numeric_limits<double>::quiet_NaN();   // 10% value
  double high = std::numeric_limits<double>::quiet_NaN();  // 90% value
  Distribution distribution = Distribution::fixed;
  double min = -std::numeric_limits<double>::infinity();  // hard bounds, allowed themselves
  double max = std::numeric_limits<double>::infinity();
  std::string_view source = "";
  Evidence evidence = Evidence::guess;
  Role role = Role::lever;
};

template <class Owner, class Member>
struct Field {
  Member Owner::*member;
  About about;
};

template <class Owner, class Member>
constexpr Field<Owner, Member> field(Member Owner::*member, About about) {
  return {member, about};
}

template <class Owner, class Visit>
void for_each_field(Visit visit) {
  Owner::fields.each(visit);
}

template <class Member>
constexpr Kind kind_of() {
  if constexpr (std::is_enum_v<Member>)
    return Kind::choice;
  else if constexpr (std::same_as<Member, bool>)
    return Kind::boolean;
  else if constexpr (std::integral<Member>)
    return Kind::integer;
  else if constexpr (std::floating_point<Member>)
    return Kind::number;
  else if constexpr (std::same_as<Member, std::string>)
    return Kind::text;
  else if constexpr (std::same_as<Member, Money>)
    return Kind::money;
  else if constexpr (std::same_as<Member, Date>)
    return Kind::date;
  else if constexpr (std::same_as<Member, std::vector<double>>)
    return Kind::numbers;
  else
    static_assert(!sizeof(Member), "a field cannot have this type (field.h)");
}

template <class Member>
Value to_value(const Member& member, const Choices& choices) {
  if constexpr (std::is_enum_v<Member>)
    return std::string(choices.names.at(static_cast<std::size_t>(member)));
  else if constexpr (std::same_as<Member, bool>)
    return member;
  else if constexpr (std::integral<Member>)
    return static_cast<std::int64_t>(member);
  else if constexpr (std::floating_point<Member>)
    return static_cast<double>(member);
  else
    return member;
}

// The inverse; `value` has the Kind of Member and lies within the field's bounds.
template <class Member>
void from_value(Member& member, const Value& value, const Choices& choices) {
  if constexpr (std::is_enum_v<Member>) {
    const std::string& name = std::get<std::string>(value);
    for (std::size_t i = 0; i < choices.count; ++i)
      if (choices.names[i] == name) member = static_cast<Member>(i);
  } else if constexpr (std::same_as<Member, bool>) {
    member = std::get<bool>(value);
  } else if constexpr (std::integral<Member>) {
    member = static_cast<Member>(std::get<std::int64_t>(value));
  } else if constexpr (std::floating_point<Member>) {
    member = static_cast<Member>(std::get<double>(value));
  } else {
    member = std::get<Member>(value);
  }
}

}  // namespace sim
