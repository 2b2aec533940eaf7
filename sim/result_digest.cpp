// SPDX-License-Identifier: Apache-2.0
#include "sim/result_digest.h"

#define XXH_INLINE_ALL
#include <xxhash.h>

#include <algorithm>
#include <bit>
#include <cstdio>
#include <memory>

#include "sim/check.h"

static_assert(std::endian::native == std::endian::little,
              "values are hashed as they lie in memory");

namespace sim {
namespace {

template <class T>
RowSum hash_row(const RowPlace& place, std::span<const T> values, T missing) {
  static_assert(sizeof(T) == sizeof(std::uint64_t));
  const auto bits = [](T value) { return std::bit_cast<std::uint64_t>(value); };
  std::size_t n = values.size();
  while (n > 0 && bits(values[n - 1]) == bits(missing)) --n;
  if (n == 0) return {};
  const XXH128_hash_t content = XXH3_128bits(values.data(), n * sizeof(T));
  const std::uint64_t whole[] = {place.variable, place.arm,     place.replicate,
                                 place.snapshot, content.low64, content.high64};
  const XXH128_hash_t hash = XXH3_128bits(whole, sizeof whole);
  return {hash.low64, hash.high64};
}

// Texts are preceded by their length, so that ("ab", "c") and ("a", "bc") differ.
class Hasher {
 public:
  Hasher() : state_(XXH3_createState(), &XXH3_freeState) {
    if (state_ == nullptr || XXH3_128bits_reset(state_.get()) == XXH_ERROR)
      throw NotEnoughMemory("no memory for a digest");
  }
  void add(const void* data, std::size_t bytes) { XXH3_128bits_update(state_.get(), data, bytes); }
  void add(std::uint64_t number) { add(&number, sizeof number); }
  void add(const std::string& text) {
    add(text.size());
    add(text.data(), text.size());
  }
  void add(const std::vector<double>& values) {
    add(values.size());
    add(values.data(), values.size() * sizeof(double));
  }
  void add(const std::string& path, const OutcomeInfo& column) {
    add(path + column.name);
    add(column.unit);
    add(static_cast<std::uint64_t>(column.type));
  }
  std::string hex() const {
    const XXH128_hash_t hash = XXH3_128bits_digest(state_.get());
    char text[33];
    std::snprintf(text, sizeof text, "%016llx%016llx", static_cast<unsigned long long>(hash.high64),
                  static_cast<unsigned long long>(hash.low64));
    return text;
  }

 private:
  std::unique_ptr<XXH3_state_t, decltype(&XXH3_freeState)> state_;
};

template <class T>
std::vector<const T*> by_name(const std::vector<T>& all) {
  std::vector<const T*> sorted;
  for (const auto& one : all) sorted.push_back(&one);
  std::sort(sorted.begin(), sorted.end(), [](auto* a, auto* b) { return a->name < b->name; });
  return sorted;
}

}  // namespace

std::uint64_t variable_hash(const std::string& path) {
  return XXH3_64bits(path.data(), path.size());
}

RowSum row_hash(const RowPlace& place, std::span<const double> values) {
  return hash_row(place, values, missing_real);
}

RowSum row_hash(const RowPlace& place, std::span<const std::int64_t> values) {
  return hash_row(place, values, missing_integer);
}

std::string result_digest(const ResultsInfo& info, std::span<const std::int8_t> status,
                          RowSum rows) {
  Hasher hasher;
  hasher.add(std::string("pardner-result digest 1"));
  hasher.add(info.arms.size());
  for (const auto& arm : info.arms) hasher.add(arm);
  hasher.add(static_cast<std::uint64_t>(info.first_replicate));
  hasher.add(info.replicates);
  hasher.add(info.epoch);
  hasher.add(info.time);
  hasher.add(info.snapshot_time);
  for (const auto* outcome : by_name(info.outcomes)) hasher.add("/", *outcome);
  for (const auto* table : by_name(info.agent_tables)) {
    hasher.add(table->name);
    hasher.add(table->rows);
    for (const auto* column : by_name(table->columns))
      hasher.add("/agents/" + table->name + "/", *column);
  }
  hasher.add(status.data(), status.size());
  hasher.add(rows.low);
  hasher.add(rows.high);
  return hasher.hex();
}

}  // namespace sim
