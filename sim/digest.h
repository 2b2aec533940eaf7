// SPDX-License-Identifier: Apache-2.0
#pragma once
// One number for "the same bits": XXH3 over values in a stated order. Never over whole structs:
// padding makes equal states look different.

#include <cstdint>
#include <span>
#include <string_view>
#include <type_traits>

#define XXH_INLINE_ALL
#include <xxhash.h>

#include "sim/id.h"
#include "sim/key.h"

namespace sim {

class Digest {
 public:
  Digest() { XXH3_64bits_reset(&state_); }

  template <class T>
  requires(std::is_arithmetic_v<T> || std::is_enum_v<T>) void add(std::span<const T> values) {
    XXH3_64bits_update(&state_, values.data(), values.size_bytes());
  }
  template <class Owner>
  void add(std::span<const Id<Owner>> ids) {
    XXH3_64bits_update(&state_, ids.data(), ids.size_bytes());
  }
  void add(std::span<const Key> keys) {
    XXH3_64bits_update(&state_, keys.data(), keys.size_bytes());
  }
  template <class T>
  requires(std::is_arithmetic_v<T> || std::is_enum_v<T>) void add(T value) {
    add(std::span<const T>(&value, 1));
  }
  void add(std::string_view text) {
    add(static_cast<std::uint64_t>(text.size()));
    XXH3_64bits_update(&state_, text.data(), text.size());
  }
  // Keys, life and columns of a table, rows in order of birth.
  template <class TableType>
  void add_table(const TableType& table) {
    add(table.keys());
    add(table.lives());
    const_cast<TableType&>(table).each_column(
        [this](auto& column) { this->add(as_const(column.span())); });
  }

  std::uint64_t value() const { return XXH3_64bits_digest(&state_); }

 private:
  template <class T>
  static std::span<const T> as_const(std::span<T> values) {
    return values;
  }
  XXH3_state_t state_;
};

}  // namespace sim
