// SPDX-License-Identifier: Apache-2.0
#pragma once
// Press releases (L4, C1): each is a shock to what the market hears of the vendor, which is
// forgotten at a constant rate. While it lasts, accounts that nobody of the vendor reaches turn to
// it, and buyers like the product a little better (EQ16). Releases come in the first year, evenly,
// and when a newsworthy partner signs (partnership.h).

#include "models/ecosystem/company.h"
#include "models/ecosystem/streams.h"
#include "sim/field.h"
#include "sim/math.h"
#include "sim/step.h"

namespace ecosystem {

struct Press {
  std::int64_t releases = 0;
  Money release_cost = Money::whole(2'000);
  double half_life = 6;
  double leads = 0.1;
  double lift = 0.1;
  static constexpr auto fields = sim::Pack{
      sim::field(&Press::releases, {.name = "releases",
                                    .unit = "1",
                                    .meaning = "in the first recorded year, evenly spread",
                                    .min = 0,
                                    .max = 52,
                                    .source = "L4 (0, 1, 5)"}),
      sim::field(&Press::release_cost, {.name = "release_cost",
                                        .unit = "currency",
                                        .meaning = "what one of those costs",
                                        .min = 0,
                                        .max = 1e7,
                                        .source = "none: sweep it"}),
      sim::field(&Press::half_life, {.name = "half_life",
                                     .unit = "week",
                                     .meaning = "time in which half of a shock is forgotten",
                                     .min = .1,
                                     .max = 520,
                                     .source = "L4; EQ16; none: sweep it"}),
      sim::field(&Press::leads, {.name = "leads",
                                 .unit = "share",
                                 .meaning = "needs of accounts which nobody of the vendor reaches "
                                            "that turn to it, at one fresh release",
                                 .min = 0,
                                 .max = 1,
                                 .source = "L4; none: sweep it"}),
      sim::field(&Press::lift, {.name = "lift",
                                .unit = "1",
                                .meaning = "utility that one fresh release adds to the product",
                                .min = 0,
                                .max = 5,
                                .source = "EQ16; none: sweep it"})};

  // Releases of the week; `week` counts from the first recorded one.
  int released(int week) const {
    if (releases <= 0 || week < 0 || week >= 52) return 0;
    const auto before = [this](int at) { return (at * releases + 51) / 52; };
    return static_cast<int>(before(week + 1) - before(week));
  }
  double keeps() const { return sim::exp(-0.6931471805599453 / half_life); }
  bool turns_to_vendor(sim::Key need, double awareness, const sim::Step& step) const {
    if (awareness <= 0) return false;
    return step.draw_once(streams::of("press"), need).uniform() < leads * awareness;
  }
};

}  // namespace ecosystem
