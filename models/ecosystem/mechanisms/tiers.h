// SPDX-License-Identifier: Apache-2.0
#pragma once
// Tiers of partners (M5). At each review a partner stands in the highest tier whose demands it
// meets: what it brought the vendor in the last 52 weeks, and what its sellers know (certificates).
// A tier gives points of discount, precedence for leads (routing.h), a claim to marketing funds
// (mdf.h), and a rebate on all that the partner brought since the last review, from the first cent
// on once the tier is reached (R25: retroactive).

#include <algorithm>
#include <vector>

#include "models/ecosystem/company.h"
#include "sim/field.h"

namespace ecosystem {

enum class Review : std::uint8_t { quarter, year };

struct Tiers {
  std::vector<double> revenue, certification, discount, rebate, priority;
  Review review = Review::year;
  static constexpr auto fields = sim::Pack{
      sim::field(
          &Tiers::revenue,
          {.name = "revenue",
           .unit = "currency/year",
           .meaning = "what a partner of tier 1, 2, ... must have brought, ascending; empty: "
                      "there are no tiers",
           .min = 0,
           .max = 1e12,
           .source = "M5; none: sweep it"}),
      sim::field(&Tiers::certification,
                 {.name = "certification",
                  .unit = "share",
                  .meaning = "mean knowledge that its sellers must have; none given: none asked",
                  .min = 0,
                  .max = 1,
                  .source = "M5"}),
      sim::field(&Tiers::discount, {.name = "discount",
                                    .unit = "share",
                                    .meaning = "what each tier keeps beyond its terms",
                                    .min = 0,
                                    .max = .5,
                                    .source = "M5; none: sweep it"}),
      sim::field(&Tiers::rebate,
                 {.name = "rebate",
                  .unit = "share",
                  .meaning = "of all it brought since the last review, paid back to "
                             "a partner that is in the tier at the review",
                  .min = 0,
                  .max = .5,
                  .source = "R25"}),
      sim::field(&Tiers::priority, {.name = "priority",
                                    .unit = "1",
                                    .meaning = "weight of each tier when leads are given away, "
                                               "against 1 of a partner without",
                                    .min = 0,
                                    .max = 1000,
                                    .source = "M6; Odoo Resellers"}),
      sim::field(&Tiers::review,
                 {.name = "review",
                  .unit = "1",
                  .meaning = "when tiers are looked at: each quarter's or year's end",
                  .choices = {"quarter", "year"},
                  .source = "M5"})};

  bool on() const { return !revenue.empty(); }
  static double of(const std::vector<double>& each, std::uint8_t tier, double without) {
    return tier == 0 || each.empty() ? without : each[std::min<std::size_t>(tier, each.size()) - 1];
  }
  double discount_of(std::uint8_t tier) const { return of(discount, tier, 0); }
  double rebate_of(std::uint8_t tier) const { return of(rebate, tier, 0); }
  double priority_of(std::uint8_t tier) const { return of(priority, tier, 1); }

  // Money in the units of a scenario file.
  std::uint8_t reached(double year, double knowledge) const {
    std::uint8_t tier = 0;
    for (std::size_t i = 0; i < revenue.size() && i < 255; ++i) {
      const double asked = i < certification.size() ? certification[i] : 0;
      if (year < revenue[i] || knowledge < asked) break;
      tier = static_cast<std::uint8_t>(i + 1);
    }
    return tier;
  }
};

}  // namespace ecosystem
