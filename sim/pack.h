// SPDX-License-Identifier: Apache-2.0
#pragma once
// A list of values of different types that is only walked: `Pack{&Reps::skill, &Reps::hours}`.
// What fields and columns are declared with. A std::tuple can do the same, but its constructors
// ask questions of each pair of types, and with fifty columns that took half of a file's compile
// time. (A Pack neither compares nor converts.)

#include <cstddef>
#include <utility>

namespace sim {

template <std::size_t I, class T>
struct PackItem {
  T value;
};

template <class Indices, class... T>
struct PackItems;
template <std::size_t... I, class... T>
struct PackItems<std::index_sequence<I...>, T...> : PackItem<I, T>... {
  // visit(first, second, ...)
  template <class Visit>
  constexpr decltype(auto) apply(Visit&& visit) const {
    return std::forward<Visit>(visit)(static_cast<const PackItem<I, T>&>(*this).value...);
  }
};

template <class... T>
struct Pack : PackItems<std::index_sequence_for<T...>, T...> {
  using Items = PackItems<std::index_sequence_for<T...>, T...>;
  constexpr explicit Pack(T... items) : Items{{items}...} {}
  // visit(first), visit(second), ...
  template <class Visit>
  constexpr void each(Visit&& visit) const {
    this->apply([&](const auto&... item) { (visit(item), ...); });
  }
};

// The items of both, in order.
template <class... A, class... B>
constexpr Pack<A..., B...> operator+(const Pack<A...>& a, const Pack<B...>& b) {
  return a.apply([&](const auto&... x) {
    return b.apply([&](const auto&... y) { return Pack<A..., B...>(x..., y...); });
  });
}

}  // namespace sim
