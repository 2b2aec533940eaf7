// SPDX-License-Identifier: Apache-2.0
#pragma once
// The lasting name of a row: 64 bits made from lineage alone (kind, parent's key, ordinal within
// the parent), never from a table row, a counter shared across parents, an arm or a thread. Two
// arms of an experiment give the same thing the same key, so it meets the same luck in both
// (statistics.md, "Common random numbers").

#include <compare>
#include <cstdint>
#include <string_view>

namespace sim {

struct Key {
  std::uint64_t value = 0;
  friend constexpr auto operator<=>(Key, Key) = default;
};

// Finalizer of SplitMix64 (Steele, Lea, Flood 2014): a bijection in which each input bit flips each
// output bit with probability close to one half.
constexpr std::uint64_t mix64(std::uint64_t z) {
  z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9ull;
  z = (z ^ (z >> 27)) * 0x94d049bb133111ebull;
  return z ^ (z >> 31);
}

// Key of something known by its name: a kind of agent, a product in a scenario file.
constexpr Key named(std::string_view name) {
  std::uint64_t h = 0xcbf29ce484222325ull;  // FNV-1a, then mixed
  for (char c : name) h = (h ^ static_cast<unsigned char>(c)) * 0x100000001b3ull;
  return {mix64(h)};
}

// The ordinal-th child of `parent` of this kind (kind: a `named` key, made once as a constant).
constexpr Key child(Key kind, Key parent, std::uint64_t ordinal) {
  std::uint64_t h = mix64(parent.value + mix64(kind.value + 0x632be59bd9b4e019ull));
  return {mix64(h ^ mix64(ordinal + 0x9e3779b97f4a7c15ull))};
}

// Something between two agents, order matters: pair(seller, account).
constexpr Key pair(Key first, Key second) {
  return {mix64(mix64(first.value + 0x632be59bd9b4e019ull) ^
                (second.value * 0x9e3779b97f4a7c15ull + 0x7f4a7c15ull))};
}

}  // namespace sim
