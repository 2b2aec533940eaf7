// SPDX-License-Identifier: Apache-2.0
#include "sim/run_settings.h"

#include <optional>

namespace sim {

Calendar RunSettings::make_calendar() const {
  const auto year = fiscal_year == 0 ? std::nullopt : std::optional(static_cast<int>(fiscal_year));
  return Calendar(calendar, start, static_cast<Week>(warmup), year);
}

const Section& run_section() {
  static const Section run = section<RunSettings>("run", "which model runs, when, how often");
  return run;
}

}  // namespace sim
