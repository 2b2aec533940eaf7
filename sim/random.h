// SPDX-License-Identifier: Apache-2.0
#pragma once
// Random numbers as a pure function of what they are for.
//
//   generator key = mix of (seed, replicate)
//   counter       = key of the agent 64 | week 16 | stream 16 | block 32
//
// through Philox4x32-10 (Salmon et al. 2011, Random123). Neither arm, thread, table row nor order
// of evaluation enters, so two arms meet the same luck and any number of threads gives the same
// bits. A stream says once what its draws are keyed by; a draw about a pair uses the pair's key.
//
// Two laws for callers: never two draws in one expression (C++ leaves their order open), and one
// Draw per (stream, key, week): further numbers come from the same Draw, block after block.

#include <Random123/philox.h>

#include <array>
#include <cstdint>
#include <limits>
#include <span>
#include <string_view>

#include "sim/key.h"
#include "sim/math.h"

namespace sim {

// What changes from replicate to replicate: `population` draws are shared by all replicates when a
// run varies chance only ([run] vary).
enum class Level : std::uint8_t { chance, population };

struct Stream {
  std::uint16_t id;           // unique within a model; 0..15 belong to the engine
  std::string_view name;      // the mechanism's one word
  std::string_view keyed_by;  // "account", "pair(seller, account)", ...
  std::string_view meaning;   // what is drawn
  Level level = Level::chance;
};

inline constexpr int ever = 0xffff;  // the week of a draw made once in an entity's life

using Block = std::array<std::uint32_t, 4>;

namespace detail {
using Philox = r123::Philox4x32;  // ten rounds

inline Block philox(std::uint64_t generator, Key key, int week, std::uint16_t stream,
                    std::uint32_t block) {
  const Philox::ctr_type counter{
      {static_cast<std::uint32_t>(key.value), static_cast<std::uint32_t>(key.value >> 32),
       static_cast<std::uint32_t>(week & 0xffff) | (static_cast<std::uint32_t>(stream) << 16),
       block}};
  const Philox::key_type philox_key{
      {static_cast<std::uint32_t>(generator), static_cast<std::uint32_t>(generator >> 32)}};
  const auto words = Philox{}(counter, philox_key);
  return {words.v[0], words.v[1], words.v[2], words.v[3]};
}
}  // namespace detail

// Strictly inside (0, 1): 52 bits and a half step, so neither log(u) nor log(1-u) is infinite.
constexpr double open_uniform(std::uint32_t low, std::uint32_t high) {
  const std::uint64_t bits = (static_cast<std::uint64_t>(high) << 32) | low;
  return (static_cast<double>(bits >> 12) + 0.5) * 0x1.0p-52;
}

// A probability as an integer threshold: `word < threshold` happens with p, exact to 2^-32.
constexpr std::uint64_t threshold(double p) {
  if (!(p > 0)) return 0;
  if (p >= 1) return std::uint64_t{1} << 32;
  return static_cast<std::uint64_t>(p * 0x1.0p32);
}

// The numbers of one (stream, key, week), in order. Satisfies UniformRandomBitGenerator and Boost's
// engine requirements (32-bit words); lives on the stack, never stored in an agent.
class Draw {
 public:
  using result_type = std::uint32_t;
  static constexpr result_type min() { return 0; }
  static constexpr result_type max() { return std::numeric_limits<result_type>::max(); }

  Draw(std::uint64_t generator, Key key, int week, std::uint16_t stream,
       std::uint32_t first_block = 0)
      : generator_(generator), key_(key), week_(week), stream_(stream), block_(first_block) {}

  result_type operator()() {
    if (used_ == 4) refill();
    return words_[used_++];
  }
  double uniform() {
    const std::uint32_t low = (*this)();
    const std::uint32_t high = (*this)();
    return open_uniform(low, high);
  }
  double exponential() { return -log(uniform()); }        // mean 1
  double normal() { return normal_quantile(uniform()); }  // finite for every uniform()
  bool bernoulli(double p) { return (*this)() < threshold(p); }
  // 0..n-1 without bias (Lemire 2019, multiply and reject).
  std::uint32_t below(std::uint32_t n) {
    std::uint64_t product = static_cast<std::uint64_t>((*this)()) * n;
    if (static_cast<std::uint32_t>(product) < n) {
      const std::uint32_t floor = static_cast<std::uint32_t>(-n) % n;
      while (static_cast<std::uint32_t>(product) < floor)
        product = static_cast<std::uint64_t>((*this)()) * n;
    }
    return static_cast<std::uint32_t>(product >> 32);
  }
  // The next out.size() words, as by so many calls; several times faster from some 64 words on.
  void fill(std::span<std::uint32_t> out);

 private:
  void refill() {
    words_ = detail::philox(generator_, key_, week_, stream_, block_++);
    used_ = 0;
  }

  std::uint64_t generator_;
  Key key_;
  int week_;
  std::uint16_t stream_;
  std::uint8_t used_ = 4;
  std::uint32_t block_ = 0;
  Block words_{};
};

// All the luck of one replicate.
class Random {
 public:
  Random(std::uint64_t seed, std::uint64_t replicate, bool population_varies = true)
      : chance_(generator(seed, replicate + 1)),
        population_(population_varies ? chance_ : generator(seed, 0)) {}

  Draw draw(const Stream& stream, Key key, int week = ever) const {
    return Draw(generator_of(stream), key, week, stream.id);
  }
  // For what consists of parts without keys of their own, fewer than 2^16: a Draw for each, of at
  // most 2^16 blocks. Part 0 is the whole's own Draw.
  Draw draw_part(const Stream& stream, Key key, int week, std::uint32_t part) const {
    return Draw(generator_of(stream), key, week, stream.id, part << 16);
  }
  // One block of four words, for mechanisms that need no more.
  Block block(const Stream& stream, Key key, int week = ever, std::uint32_t number = 0) const {
    return detail::philox(generator_of(stream), key, week, stream.id, number);
  }
  // Batch: word i is the first word of (stream, keys[i], week). For hot loops over a column.
  void fill_words(const Stream& stream, std::span<const Key> keys, int week,
                  std::span<std::uint32_t> out) const;
  void fill_below(const Stream& stream, std::span<const Key> keys, int week, std::uint32_t n,
                  std::span<std::uint32_t> out) const;  // = draw(...).below(n) of each
  void fill_uniform(const Stream& stream, std::span<const Key> keys, int week,
                    std::span<double> out) const;  // = draw(...).uniform() of each
  void fill_exponential(const Stream& stream, std::span<const Key> keys, int week,
                        std::span<double> out) const;  // = draw(...).exponential() of each
  void fill_normal(const Stream& stream, std::span<const Key> keys, int week,
                   std::span<double> out) const;  // = draw(...).normal() of each

 private:
  static constexpr std::uint64_t generator(std::uint64_t seed, std::uint64_t replicate) {
    return mix64(mix64(seed + 0x9e3779b97f4a7c15ull) ^ (replicate * 0xd1342543de82ef95ull));
  }
  std::uint64_t generator_of(const Stream& stream) const {
    return stream.level == Level::chance ? chance_ : population_;
  }

  std::uint64_t chance_, population_;
};

}  // namespace sim
