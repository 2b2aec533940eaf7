// SPDX-License-Identifier: Apache-2.0
#pragma once
// Build, buy or let lie: three causes that compete for the end of a partnership (EQ12, SC4).
//
//   h_build = rate exp(b1 ln market + b2 ln(1 + success) + b3 I - b4 ln cost - b5 effort)
//   h_buy   = buy_rate exp(b1 ln market + b2 ln(1 + success) + ip protection)
//   h_drop  = drop_rate while the firm gives the partner no hour
//
// market: money a year that the firm has at stake, over `market`; for building, less the spend of
// customers who asked it to work with the startup (I1) and would mind; success: the startup's
// revenue a year, over `success`. There is no strategic score with a threshold (EQ12's s0): who is
// let lie follows from whom the firm has no hours for (attention.h), so customers' pull lowers it
// by being worth hours. Each cause has a threshold of its own, drawn once: the one reached first
// happens. What is known of the startup makes building quicker and the result better (H2).

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>

#include "sim/field.h"
#include "sim/math.h"

namespace startups {

struct BuildOrBuy {
  double build_rate = 0;
  double buy_rate = 0;
  double drop_rate = 1;
  sim::Money market = sim::Money::whole(1'000'000);
  sim::Money success = sim::Money::whole(1'000'000);
  double market_weight = 0.5;
  double success_weight = 1;
  double knowledge_weight = 1.5;
  double cost_weight = 1;
  double effort_weight = 1;
  double ip_weight = 1;
  double build_cost = 1;
  double price = 3;
  double build_weeks = 78;
  double knowledge_saves = 0.6;
  double quality_alone = 0.4;
  static constexpr auto fields = sim::Pack{
      sim::field(&BuildOrBuy::build_rate,
                 {.name = "build_rate",
                  .unit = "1/year",
                  .meaning = "hazard of deciding to build, all else at its reference; 0: never",
                  .low = 0,
                  .high = .1,
                  .min = 0,
                  .max = 100,
                  .source = "SD1 (Zhu, Liu 2018: 3% in 10 months)"}),
      sim::field(&BuildOrBuy::buy_rate,
                 {.name = "buy_rate",
                  .unit = "1/year",
                  .meaning = "hazard of buying the startup, all else at its reference; 0: never",
                  .low = 0,
                  .high = .05,
                  .min = 0,
                  .max = 100,
                  .source = "EQ12; none: sweep it"}),
      sim::field(&BuildOrBuy::drop_rate,
                 {.name = "drop_rate",
                  .unit = "1/year",
                  .meaning = "hazard of ending a partnership that gets no hour; 0: never",
                  .min = 0,
                  .max = 100,
                  .source = "EQ12; none: sweep it"}),
      sim::field(&BuildOrBuy::market, {.name = "market",
                                       .unit = "currency/year",
                                       .meaning = "reference of what is at stake for the firm",
                                       .min = 1,
                                       .max = 1e12,
                                       .source = "EQ12"}),
      sim::field(&BuildOrBuy::success, {.name = "success",
                                        .unit = "currency/year",
                                        .meaning = "reference of the startup's revenue",
                                        .min = 1,
                                        .max = 1e12,
                                        .source = "EQ12"}),
      sim::field(&BuildOrBuy::market_weight, {.name = "market_weight",
                                              .unit = "1",
                                              .meaning = "b1: of the log of what is at stake",
                                              .min = 0,
                                              .max = 10,
                                              .source = "EQ12; none: sweep it"}),
      sim::field(&BuildOrBuy::success_weight,
                 {.name = "success_weight",
                  .unit = "1",
                  .meaning = "b2: of the log of one plus the startup's success",
                  .min = 0,
                  .max = 10,
                  .source = "EQ12; Zhu, Liu 2018 for the sign"}),
      sim::field(&BuildOrBuy::knowledge_weight, {.name = "knowledge_weight",
                                                 .unit = "1",
                                                 .meaning = "b3: of what has leaked",
                                                 .min = 0,
                                                 .max = 10,
                                                 .source = "EQ12; none: sweep it"}),
      sim::field(&BuildOrBuy::cost_weight, {.name = "cost_weight",
                                            .unit = "1",
                                            .meaning = "b4: of the log of the cost of building",
                                            .min = 0,
                                            .max = 10,
                                            .source = "EQ12; none: sweep it"}),
      sim::field(&BuildOrBuy::effort_weight,
                 {.name = "effort_weight",
                  .unit = "1",
                  .meaning = "b5: of the work that selling the complement takes",
                  .min = 0,
                  .max = 10,
                  .source = "EQ12; Zhu, Liu 2018 for the sign"}),
      sim::field(&BuildOrBuy::ip_weight, {.name = "ip_weight",
                                          .unit = "1",
                                          .meaning = "of protection, towards buying",
                                          .min = 0,
                                          .max = 10,
                                          .source = "EQ12; Gans, Hsu, Stern 2002 for the sign"}),
      sim::field(&BuildOrBuy::build_cost, {.name = "build_cost",
                                           .unit = "1",
                                           .meaning = "cost of building it, over a usual one",
                                           .min = .001,
                                           .max = 1000,
                                           .source = "EQ12"}),
      sim::field(&BuildOrBuy::price, {.name = "price",
                                      .unit = "1",
                                      .meaning = "what it pays for a startup of which it knows "
                                                 "nothing, in its yearly revenue",
                                      .min = 0,
                                      .max = 1000,
                                      .source = "none: sweep it"}),
      sim::field(&BuildOrBuy::build_weeks, {.name = "build_weeks",
                                            .unit = "week",
                                            .meaning = "from the decision to the first release, "
                                                       "with nothing known of the startup's",
                                            .low = 40,
                                            .high = 150,
                                            .min = 0,
                                            .max = 1000,
                                            .source = "H2; none: sweep it"}),
      sim::field(&BuildOrBuy::knowledge_saves, {.name = "knowledge_saves",
                                                .unit = "share",
                                                .meaning = "of that time, if everything is known",
                                                .min = 0,
                                                .max = 1,
                                                .source = "H2; none: sweep it"}),
      sim::field(&BuildOrBuy::quality_alone,
                 {.name = "quality_alone",
                  .unit = "share",
                  .meaning = "of the startup's quality that is reached with nothing known",
                  .min = 0,
                  .max = 1,
                  .source = "H2; none: sweep it"})};

  // What the firm looks at.
  struct Stake {
    double market = 0, success = 0;  // minor units a year
    double customers = 0;            // spend of those who would mind if it built its own
    double knowledge = 0, protect = 0, effort = 0;
    double dearer = 1;       // building around what is protected (rights.h), over building freely
    bool resourced = false;  // it gives the partner hours
  };
  enum Cause : std::uint8_t { build, buy, drop };
  // Hazards a year, in order of Cause.
  std::array<double, 3> hazards(const Stake& s) const {
    const double succeeds =
        success_weight * sim::log1p(s.success / static_cast<double>(success.minor));
    const double common = market_weight * log_over(s.market, market) + succeeds;
    const double builds = market_weight * log_over(s.market - s.customers, market) + succeeds +
                          knowledge_weight * s.knowledge -
                          cost_weight * sim::log(build_cost * s.dearer) - effort_weight * s.effort;
    return {build_rate * sim::exp(builds), buy_rate * sim::exp(common + ip_weight * s.protect),
            s.resourced ? 0.0 : drop_rate};
  }

  double weeks_to_build(double knowledge) const {
    return build_weeks * (1 - knowledge_saves * knowledge);
  }
  double quality_built(double startups_own, double knowledge) const {
    return startups_own * (quality_alone + (1 - quality_alone) * knowledge);
  }

 private:
  // Nothing at stake: a ten-thousandth of the reference, so that the log stays finite.
  static double log_over(double amount, sim::Money reference) {
    return sim::log(std::max(1e-4, amount / static_cast<double>(reference.minor)));
  }
};

// Competing causes with thresholds of their own: left[k] is what hazard k has not used up yet; over
// `years` it is used evenly. The number of the cause that is reached first in that time, or -1.
template <std::size_t n>
int first_cause(std::array<double, n>& left, const std::array<double, n>& hazards, double years) {
  int cause = -1;
  double earliest = 2;
  for (std::size_t k = 0; k < n; ++k) {
    const double used = hazards[k] * years, moment = used > 0 ? left[k] / used : 2;
    left[k] -= used;
    if (moment > 1 || moment >= earliest) continue;
    earliest = moment;
    cause = static_cast<int>(k);
  }
  return cause;
}

}  // namespace startups
