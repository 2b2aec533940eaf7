// SPDX-License-Identifier: Apache-2.0
#pragma once
// Somebody's outlook beside what the engine really pays: expected pay summed over a normal
// forecast, one payee of a payroll for each point of the sum.

#include <numbers>

#include "tests/models/compensation/exact.h"

namespace outlook_desk {

using namespace exact;
using compensation::Forecast;
using compensation::Offer;
using compensation::Outlook;
using compensation::Span;

using SharedPlan = std::shared_ptr<const compensation::Plan>;

inline sim::Date day_of(int year, int month, int day) {
  return sim::Date::from_civil(year, static_cast<unsigned>(month), static_cast<unsigned>(day));
}

inline Offer plain_offer(std::uint32_t kind = 0) {
  Offer offer;
  offer.kind = kind;
  offer.worth.fill(1);
  return offer;
}

// How much of a credit counts, and for what.
enum class Counts : std::uint8_t { both, pay, quota };

class Desk {
 public:
  explicit Desk(SharedPlan plan, int people = 1) : payroll(plan, Payroll::Trace::no) {
    for (int i = 0; i < people; ++i) payroll.add_payee(fmt::format("{}", i));
    payroll.add_kind({});
  }
  void sell(std::int64_t cents, sim::Date day, Counts counts = Counts::both,
            std::uint32_t payee = 0, std::uint32_t kind = 0) {
    auto credit = credit_of(payee, kind, cents, day);
    credit.value[static_cast<std::size_t>(compensation::Basis::units)] = 1;
    credit.commissionable = counts != Counts::quota;
    credit.quota_credit = counts != Counts::pay;
    payroll.post(credit);
  }
  Outlook look(sim::Date day, const Forecast& forecast, const Offer& offer = plain_offer(),
               std::uint32_t payee = 0) {
    payroll.begin(day);
    Outlook out;
    payroll.outlook(payee, day, forecast, {&offer, 1}, {&out, 1});
    return out;
  }
  // Two kinds of deals looked at together.
  std::array<Outlook, 2> look_at_two(sim::Date day, const Forecast& forecast,
                                     const std::array<Offer, 2>& offers) {
    payroll.begin(day);
    std::array<Outlook, 2> out;
    payroll.outlook(0, day, forecast, offers, out);
    return out;
  }
  Payroll payroll;
};

// The normal forecast of a component's period that outlook.h speaks of.
struct Ahead {
  double mean = 0, sd = 0;
};
inline Ahead ahead(const compensation::Plan& plan, std::size_t component, double position,
                   sim::Date day, const Forecast& forecast, double quarter_quota) {
  const Span measure = plan.first().components[component].measure;
  const auto period = plan.periods.index(measure, day);
  const sim::Date first = plan.periods.first_day(measure, period),
                  end = plan.periods.first_day(measure, period + 1);
  const double left = (end - day) / 7.0, whole = (end - first) / 7.0;
  const double quota = quarter_quota * compensation::months_in(measure) / 3;
  const double more = forecast.pace >= 0 ? forecast.pace * left : quota * left / whole;
  return {position + more, forecast.cv * quarter_quota * std::sqrt(left / 13)};
}

constexpr int points = 8001;  // odd: the middle is one of them

// Cents by component and point: what somebody is paid who first got `before` and then `more`,
// which together with it reaches mean + sd z. What is asked is the derivative by the mean,
//   d/dm E[pay(m + sd Z)] = E[pay(m + sd Z) Z] / sd,
// which holds for jumps as for slopes.
template <class Sell>
double slope_by_summing(const SharedPlan& plan, std::size_t component, const Ahead& end,
                        sim::Date day, const Sell& sell) {
  constexpr double far = 7, h = 2 * far / points;
  Desk desk(plan, points);
  const auto z = [](int i) { return -far + (i + .5) * h; };
  for (int i = 0; i < points; ++i)
    sell(desk, static_cast<std::uint32_t>(i), std::llround(end.mean + end.sd * z(i)));
  desk.payroll.settle(plan->periods.index(plan->paid, day));
  double slope = 0;
  for (const auto& line : desk.payroll.lines()) {
    if (line.component != static_cast<std::int32_t>(component)) continue;
    const double at = z(static_cast<int>(line.payee));
    slope += static_cast<double>(line.cents) * at * std::exp(-at * at / 2) * h /
             std::sqrt(2 * std::numbers::pi) / end.sd;
  }
  return slope;
}

}  // namespace outlook_desk
