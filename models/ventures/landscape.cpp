// SPDX-License-Identifier: Apache-2.0
#include "models/ventures/landscape.h"

#include <algorithm>

#include "sim/check.h"

namespace ventures {

Landscape::Landscape(const sim::Random& luck, const sim::Stream& stream, sim::Key key,
                     int attributes, int coupling)
    : luck_(luck), stream_(stream), key_(key), attributes_(attributes), coupling_(coupling) {
  PARDNER_EXPECT(attributes >= 1 && attributes <= most_attributes);
  PARDNER_EXPECT(coupling >= 0 && coupling < attributes);
  // The neighbours have a key of their own: contributions use all blocks of the landscape's.
  sim::Draw draw = luck.draw(stream, sim::child(sim::named("neighbours"), key, 0));
  for (int i = 0; i < attributes; ++i) {
    Form& depends = depends_[index(i)];
    depends = Form{1} << i;
    while (std::popcount(depends) <= coupling)
      depends |= Form{1} << draw.below(static_cast<std::uint32_t>(attributes));
    for (Form rest = depends; rest != 0; rest &= rest - 1)
      affects_[index(std::countr_zero(rest))] |= Form{1} << i;
  }
}

// Each contribution is drawn once: over the forms of an attribute's own and its neighbours' bits,
// which a count through the bits of a mask visits.
std::vector<double> tabulate(const Landscape& land) {
  std::vector<double> fitness(land.forms()), drawn(land.forms());
  for (int i = 0; i < land.attributes(); ++i) {
    const Form mask = land.depends_on(i);
    Form part = 0;
    do {
      drawn[part] = land.contribution(i, part);
      part = (part - mask) & mask;
    } while (part != 0);
    for (Form form = 0; form < land.forms(); ++form) fitness[form] += drawn[form & mask];
  }
  for (double& sum : fitness) sum /= land.attributes();
  return fitness;
}

bool is_optimum(std::span<const double> fitness, Form form) {
  for (Form bit = 1; bit < fitness.size(); bit <<= 1)
    if (fitness[form ^ bit] > fitness[form]) return false;
  return true;
}

std::size_t count_optima(std::span<const double> fitness) {
  std::size_t count = 0;
  for (Form form = 0; form < fitness.size(); ++form) count += is_optimum(fitness, form);
  return count;
}

Form best_form(std::span<const double> fitness) {
  return static_cast<Form>(std::max_element(fitness.begin(), fitness.end()) - fitness.begin());
}

}  // namespace ventures
