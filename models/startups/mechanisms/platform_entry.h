// SPDX-License-Identifier: Apache-2.0
#pragma once
// When the owner of a platform enters the space of a complement that runs on it (H7, H10, L3; Zhu,
// Liu 2018). Each quarter it compares, in money over `horizon` years:
// - free: multiplier x spend of its whole base (a small multiplier on a large number),
// - charge: the share of the complement's market that it would take,
// - stay: what the complement is worth to it now, by its fees and by what it does for the base,
// and enters if the better of the first two exceeds staying, the cost of building (less by what has
// leaked), the work of selling it, and the customers' spend it would put at risk. It gives away
// what pays more when given away: if and only if multiplier x base exceeds the margin forgone (SD6,
// an identity). What a product costs to build differs by a factor drawn once per complement, so
// that entry has a hazard; nothing else is drawn.

#include <algorithm>

#include "sim/field.h"
#include "sim/math.h"

namespace startups {

struct PlatformEntry {
  bool on = false;
  double multiplier = 0.0005;
  double share = 0.5;
  double margin = 0.7;
  sim::Money cost = sim::Money::whole(6'000'000);
  double cost_sigma = 0.8;
  double knowledge_saves = 0.5;
  sim::Money effort_cost = sim::Money::whole(0);
  double effort_sigma = 0;
  double horizon = 3;
  double spillover = 0;
  static constexpr auto fields = sim::Pack{
      sim::field(
          &PlatformEntry::on,
          {.name = "on", .unit = "1", .meaning = "owners may enter their complements' spaces"}),
      sim::field(&PlatformEntry::multiplier,
                 {.name = "multiplier",
                  .unit = "share",
                  .meaning = "by which giving the function away raises the spend of the base",
                  .low = .0001,
                  .high = .01,
                  .min = 0,
                  .max = 1,
                  .source = "L3 (0.01-1%)"}),
      sim::field(&PlatformEntry::share, {.name = "share",
                                         .unit = "share",
                                         .meaning = "of the complement's market that an owner who "
                                                    "charges expects to take",
                                         .min = 0,
                                         .max = 1,
                                         .source = "none: sweep it"}),
      sim::field(&PlatformEntry::margin, {.name = "margin",
                                          .unit = "share",
                                          .meaning = "of revenue that is left to the owner",
                                          .min = 0,
                                          .max = 1,
                                          .source = "none: sweep it"}),
      sim::field(&PlatformEntry::cost, {.name = "cost",
                                        .unit = "currency",
                                        .meaning = "median cost of building it",
                                        .low = 1e6,
                                        .high = 2e7,
                                        .min = 0,
                                        .max = 1e12,
                                        .source = "none: sweep it"}),
      sim::field(&PlatformEntry::cost_sigma, {.name = "cost_sigma",
                                              .unit = "1",
                                              .meaning = "its log-standard deviation",
                                              .min = 0,
                                              .max = 5,
                                              .source = "none: sweep it"}),
      sim::field(&PlatformEntry::knowledge_saves,
                 {.name = "knowledge_saves",
                  .unit = "share",
                  .meaning = "of the cost, if everything is known of the complement",
                  .min = 0,
                  .max = 1,
                  .source = "H2; none: sweep it"}),
      sim::field(&PlatformEntry::effort_cost,
                 {.name = "effort_cost",
                  .unit = "currency/year",
                  .meaning = "median work of selling and running it, which the complement does "
                             "now",
                  .min = 0,
                  .max = 1e12,
                  .source = "SD1; none: sweep it"}),
      sim::field(&PlatformEntry::effort_sigma,
                 {.name = "effort_sigma",
                  .unit = "1",
                  .meaning = "log-standard deviation of that work over complements",
                  .min = 0,
                  .max = 5,
                  .source = "SD1; none: sweep it"}),
      sim::field(&PlatformEntry::horizon, {.name = "horizon",
                                           .unit = "year",
                                           .meaning = "over which an owner counts",
                                           .min = .1,
                                           .max = 100,
                                           .source = "none: sweep it"}),
      sim::field(
          &PlatformEntry::spillover,
          {.name = "spillover",
           .unit = "1",
           .meaning = "attention that entry brings the niche: by how much more new customers "
                      "look at it",
           .min = 0,
           .max = 100,
           .source = "SD3; EQ17 (Foerderer et al. 2018)"})};

  // Of one complement, money in minor units a year.
  struct Stake {
    double base_spend = 0;  // of all accounts of the platform
    double revenue = 0;     // of the complement, on the platform
    double complement = 0;  // what it does for the platform already
    double customers = 0;   // spend of accounts that would mind (pull)
    double knowledge = 0, cost_factor = 1, effort_factor = 1;
  };
  double free_gain(const Stake& s) const { return multiplier * s.base_spend; }
  double charge_gain(const Stake& s) const { return share * margin * s.revenue; }
  double stay_gain(const Stake& s) const { return s.complement; }
  bool gives_away(const Stake& s) const { return free_gain(s) > charge_gain(s); }
  // What entering is worth beyond staying, over the horizon; above 0 the owner enters. A function
  // that uplifts the base when given away does so whoever offers it: the complement's own uplift is
  // lost with the complement, so it stands on the side of staying.
  double surplus(const Stake& s) const {
    const double better = std::max(free_gain(s), charge_gain(s));
    const double running = static_cast<double>(effort_cost.minor) * s.effort_factor;
    const double built =
        static_cast<double>(cost.minor) * s.cost_factor * (1 - knowledge_saves * s.knowledge);
    return horizon * (better - stay_gain(s) - running - s.customers) - built;
  }
};

}  // namespace startups
