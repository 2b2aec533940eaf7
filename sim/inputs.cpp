// SPDX-License-Identifier: Apache-2.0
// What a replicate draws of the parameters nobody knows ([run] vary = "chance+inputs").
#include "sim/inputs.h"

#include <cmath>

#include "sim/engine_streams.h"
#include "sim/experiment.h"

namespace sim {

namespace {

// An arm that sets a parameter itself means that value, not the belief the others draw from.
bool drawn_in(const Setting& own, const Setting& reference) {
  return own.uncertain() && own.value == reference.value;
}

}  // namespace

Settings with_inputs(const Plan& plan, const Settings& settings, std::size_t replicate) {
  const Settings& reference = plan.reference_settings();
  if (reference.run().vary != Vary::inputs) return settings;
  const Random random(plan.seed, plan.first_replicate + replicate);
  std::vector<std::pair<std::string, Value>> values;
  for (const Setting& setting : settings.all()) {
    const Setting* same = reference.find(setting.key);
    if (!setting.uncertain() || (same != nullptr && !drawn_in(setting, *same))) continue;
    const double p = random.draw(engine::inputs, named(setting.key)).uniform();
    values.emplace_back(setting.key, settings.quantile(setting, p));
  }
  return settings.with(values);
}

std::vector<DrawnInput> drawn_inputs(const Plan& plan, std::size_t replicate) {
  std::vector<DrawnInput> drawn;
  if (plan.arms.front().settings.run().vary != Vary::inputs) return drawn;
  std::vector<Settings> settings;
  for (const PlannedArm& arm : plan.arms)
    settings.push_back(with_inputs(plan, arm.settings, replicate));
  for (const Setting& setting : plan.arms.front().settings.all()) {
    if (!setting.uncertain()) continue;
    DrawnInput input{setting.key, {}};
    for (const Settings& arm : settings) {
      const Setting* own = arm.find(setting.key);
      input.values.push_back(own != nullptr ? arm.number(*own) : std::nan(""));
    }
    drawn.push_back(std::move(input));
  }
  return drawn;
}

}  // namespace sim
