// SPDX-License-Identifier: Apache-2.0
#pragma once
// How a startup comes to a meeting, and whom an account chooses. Hours that own customers and
// partners leave are spent on being known: P(meets a need) = 1 - exp(-hours / reach_hours). The
// account chooses among those it met, by weights, or nobody:
//
//   weight = fit x (maturity^caution for main accounts) x (1 + what a name adds),  P = w / (w0 +
//   sum w)
//
// A meeting through a partner is a meeting like any other: without fit it wins nothing (G9, G10).

#include <algorithm>
#include <cstdint>

#include "models/startups/about.h"
#include "models/startups/state.h"
#include "sim/math.h"
#include "sim/money.h"

namespace startups {

struct Selling {
  double hours = 10;
  double direct = 1;
  double reach_hours = 200;
  double first_hours = 3;
  double meeting_hours = 80;
  double customer_hours = 2;
  double no_decision = 0.5;
  double caution = 1;
  sim::Money fee = sim::Money::whole(40'000);
  double fee_sigma = 0.5;
  double churn = 0.1;
  double churn_misfit = 0.3;
  static constexpr auto fields = sim::Pack{
      sim::field(&Selling::hours,
                 lever("hours", "hour/week",
                       "hours of each person for customers, meetings and partners", 0, 168)),
      sim::field(&Selling::direct,
                 lever("direct", "1",
                       "share of hours for being known that are spent; 0: whoever "
                       "comes is brought by partners",
                       0, 1, "E7, D12")),
      sim::field(&Selling::reach_hours,
                 unknown("reach_hours", "hour/week",
                         "hours that let a startup hear of 63% of needs", 50, 500, 0.1, 1e6)),
      sim::field(&Selling::first_hours,
                 unknown("first_hours", "hour", "what a meeting takes if the product would not do",
                         1, 8, 0, 1e4)),
      sim::field(&Selling::meeting_hours,
                 unknown("meeting_hours", "hour",
                         "what it takes if the product would do: an evaluation, to its decision",
                         40, 160, 0, 1e4)),
      sim::field(&Selling::customer_hours,
                 unknown("customer_hours", "hour/week", "what a customer takes", 0.5, 5, 0, 168)),
      sim::field(&Selling::no_decision,
                 unknown("no_decision", "1", "weight of choosing nobody; a perfect fit has 1", 0.2,
                         2, 1e-6, 1e6, "SC8; SA43 (win rates 21-29%)")),
      sim::field(&Selling::caution,
                 lever("caution", "1",
                       "exponent of a product's maturity for main accounts; 0: they "
                       "buy like early ones",
                       0, 10, "G5; Moore 1991")),
      sim::field(&Selling::fee, lever("fee", "currency/year", "median fee of a contract", 0, 1e9)),
      sim::field(&Selling::fee_sigma, lever("fee_sigma", "1", "log-sd of fees", 0, 3)),
      sim::field(&Selling::churn,
                 unknown("churn", "1/year", "hazard that a contract of a perfect fit ends", 0.05,
                         0.2, 0, 100)),
      sim::field(&Selling::churn_misfit,
                 unknown("churn_misfit", "1/year", "what a product without any fit adds to it", 0.1,
                         0.6, 0, 100))};

  double reach(double hours_for_it) const {
    return -sim::expm1(-std::max(0.0, hours_for_it) / reach_hours);
  }
  double weight(Segment segment, double fit, double maturity, double name) const {
    const double whole = segment == Segment::early ? 1 : sim::pow(maturity, caution);
    return fit * whole * (1 + name);
  }
  std::int64_t fee_of(double normal) const { return fee.share(sim::exp(fee_sigma * normal)).minor; }
  double churn_hazard(double fit) const { return churn + churn_misfit * (1 - fit); }
};

}  // namespace startups
