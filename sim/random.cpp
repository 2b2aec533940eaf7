// SPDX-License-Identifier: Apache-2.0
#include "sim/random.h"

#include "sim/check.h"

namespace sim {

void Random::fill_words(const Stream& stream, std::span<const Key> keys, int week,
                        std::span<std::uint32_t> out) const {
  PARDNER_EXPECT(keys.size() == out.size());
  const std::uint64_t generator = generator_of(stream);
  for (std::size_t i = 0; i < keys.size(); ++i)
    out[i] = detail::philox(generator, keys[i], week, stream.id, 0)[0];
}

void Random::fill_uniform(const Stream& stream, std::span<const Key> keys, int week,
                          std::span<double> out) const {
  PARDNER_EXPECT(keys.size() == out.size());
  const std::uint64_t generator = generator_of(stream);
  for (std::size_t i = 0; i < keys.size(); ++i) {
    const Block words = detail::philox(generator, keys[i], week, stream.id, 0);
    out[i] = open_uniform(words[0], words[1]);
  }
}

}  // namespace sim
