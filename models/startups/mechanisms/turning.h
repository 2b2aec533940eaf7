// SPDX-License-Identifier: Apache-2.0
#pragma once
// When a large firm turns on its partner (H1, H13, H14). Once a quarter it compares, a year ahead,
//
//   stay   what the partner is worth to it (uplift, fees)
//   turn   the share of the partner's revenue it could take, by what it knows, less the spend of
//          customers who would mind, less what it costs
//
// and turns if turning is better by more than a logistic error drawn for the quarter. Past
// friendliness does not enter (`friendship` = 0); it is there for the control of H13.
//
// Before that come signals: at each quarter's meeting the firm is friendly with a chance that says
// nothing of its intent (`informative` = 0). Startups that go by signals share as long as they were
// friendly; startups that go by payoffs share as long as turning looks worse than staying even to a
// firm that knew everything.

#include <cstdint>

#include "sim/field.h"
#include "sim/math.h"

namespace startups {

// What a startup goes by when it decides what to show.
enum class Guard : std::uint8_t { none, signals, payoffs };

struct Turning {
  bool on = false;
  double grab = 0.5;
  sim::Money cost = sim::Money::whole(200'000);
  double error = 0.25;
  double friendship = 0;
  double friendship_years = 3;
  double friendly = 0.9;
  double informative = 0;
  double guarded_share = 0.1;
  Guard guard = Guard::none;
  std::int64_t history = 0;
  static constexpr auto fields = sim::Pack{
      sim::field(&Turning::on,
                 {.name = "on", .unit = "1", .meaning = "large firms may turn on their partners"}),
      sim::field(
          &Turning::grab,
          {.name = "grab",
           .unit = "share",
           .meaning = "of a partner's customers in its base that a firm can take, if it knows "
                      "all of its product",
           .min = 0,
           .max = 1,
           .source = "H1; none: sweep it"}),
      sim::field(&Turning::cost, {.name = "cost",
                                  .unit = "currency",
                                  .meaning = "of turning",
                                  .min = 0,
                                  .max = 1e12,
                                  .source = "none: sweep it"}),
      sim::field(&Turning::error, {.name = "error",
                                   .unit = "1",
                                   .meaning = "scale of the logistic error of the comparison, over "
                                              "the cost of turning",
                                   .min = 0,
                                   .max = 100,
                                   .source = "none: sweep it"}),
      sim::field(&Turning::friendship,
                 {.name = "friendship",
                  .unit = "1",
                  .meaning = "weight of past friendliness, as a share of the worth of the partner "
                             "after a long friendship",
                  .min = 0,
                  .max = 100,
                  .source = "H13 (0)"}),
      sim::field(&Turning::friendship_years, {.name = "friendship_years",
                                              .unit = "year",
                                              .meaning = "in which friendship grows to 63%",
                                              .min = .01,
                                              .max = 100,
                                              .source = "none: sweep it"}),
      sim::field(&Turning::friendly, {.name = "friendly",
                                      .unit = "share",
                                      .meaning = "of meetings at which a large firm is friendly",
                                      .min = 0,
                                      .max = 1,
                                      .source = "H14; none: sweep it"}),
      sim::field(&Turning::informative,
                 {.name = "informative",
                  .unit = "share",
                  .meaning = "of meetings at which a firm that gains by turning cannot hide it",
                  .min = 0,
                  .max = 1,
                  .source = "H14 (0)"}),
      sim::field(&Turning::guarded_share,
                 {.name = "guarded_share",
                  .unit = "share",
                  .meaning = "of what it shares otherwise that a startup on its guard shares",
                  .min = 0,
                  .max = 1,
                  .source = "H14; none: sweep it"}),
      sim::field(&Turning::guard,
                 {.name = "guard",
                  .unit = "1",
                  .meaning = "what startups go by: nothing; the last meeting; what they can count "
                             "of the firm's payoffs",
                  .choices = {"none", "signals", "payoffs"},
                  .source = "H14"}),
      sim::field(&Turning::history, {.name = "history",
                                     .unit = "week",
                                     .meaning = "of friendly partnership before it was signed",
                                     .min = 0,
                                     .max = 5200,
                                     .source = "H13"})};

  // Money in minor units a year.
  struct Stake {
    double worth = 0;      // of the partner, as it is
    double revenue = 0;    // of the partner, with customers in the firm's base
    double customers = 0;  // spend of those who would mind
    double knowledge = 0;
    double friendly_years = 0;
  };
  double gain(const Stake& s) const {
    const double taken = grab * s.knowledge * s.revenue;
    const double past = friendship * s.worth * -sim::expm1(-s.friendly_years / friendship_years);
    return taken - s.customers - s.worth - past - static_cast<double>(cost.minor);
  }
  // `u` uniform in (0, 1), of the quarter.
  bool turns(const Stake& s, double u) const {
    const double scale = error * static_cast<double>(cost.minor);
    return gain(s) + scale * sim::log(u / (1 - u)) > 0;
  }
  // What the startup can count itself: it does not know what has leaked, and takes the worst.
  bool looks_dangerous(const Stake& s) const {
    Stake worst = s;
    worst.knowledge = 1;
    return gain(worst) > 0;
  }
  // `u`: of the meeting.
  bool is_friendly(bool gains_by_turning, double u) const {
    return u < (gains_by_turning ? friendly * (1 - informative) : friendly);
  }
};

}  // namespace startups
