// SPDX-License-Identifier: Apache-2.0
// Expected pay of more credit (EQ2): Payroll::outlook. begin(day) has opened every period, so that
// nothing here writes and any thread may ask.
#include <algorithm>
#include <cmath>

#include "models/compensation/outlook_parts.h"
#include "models/compensation/payroll.h"
#include "sim/math.h"

namespace compensation {
namespace {

bool pays_by_credit(const Component& about) {
  return about.type == Type::commission || about.type == Type::curve || about.type == Type::bonus;
}

// Gates are passed in lumps: fewer than this many per week is nobody's belief (feasibility.md,
// artefact 5: a gate nobody ever attempts).
constexpr double least_rate = .02;

}  // namespace

// Mean and standard deviation of the credit at the end of a component's period.
Payroll::Ahead Payroll::ahead(const Expectation& expected, double position, double left,
                              const Forecast& forecast) const {
  const double whole = (expected.end - expected.first) / 7.0;
  const double more = forecast.pace >= 0 ? forecast.pace * left : expected.quota * left / whole;
  return {position + more, forecast.cv * expected.quarter * sim::sqrt(left / 13)};
}

// The same from where a meter stands, or of the next period.
Payroll::Ahead Payroll::ahead_of(const Meter& m, const Expectation& expected, sim::Date day,
                                 const Forecast& forecast) const {
  const auto position = static_cast<double>(forecast.next_period ? 0 : position_of(m));
  if (expected.quarter <= 0) return {position, 0};  // no quota, no forecast
  const sim::Date from = forecast.next_period ? expected.first : day;
  return ahead(expected, position, (expected.end - from) / 7.0, forecast);
}

// What more credit does to one component: `both` if it counts for pay and quota, `pay` and `quota`
// if for one of them only.
Payroll::Slopes Payroll::slopes(const Meter& m, const Expectation& expected, sim::Date day,
                                const Forecast& forecast) const {
  const PayFunction& f = tables_[m.table];
  if (f.of_quota() && forecast.view == Forecast::View::rest) return {};
  if (expected.line) return {expected.slope, expected.slope, 0};
  const std::int64_t position = forecast.next_period ? 0 : position_of(m);
  const double now = f.reached(position) ? f.rate_at(position) : 0;
  if (expected.quarter <= 0 || forecast.view == Forecast::View::myopic) return {now, now, 0};
  const Ahead end = ahead_of(m, expected, day, forecast);
  double rate = f.expected_rate(end.mean, end.sd);
  if (forecast.lot > 0)
    rate =
        (f.expected(end.mean + forecast.lot, end.sd) - f.expected(end.mean, end.sd)) / forecast.lot;
  if (forecast.weeks_to_close > 0) {  // what closes later counts in the next period
    const double whole = (expected.end - expected.first) / 7.0;
    const double left = forecast.next_period ? whole : (expected.end - day) / 7.0;
    const double in_time = 1 - sim::exp(-left / forecast.weeks_to_close);
    const Ahead next = ahead(expected, 0, whole, forecast);
    if (in_time < 1 - 1e-9)
      rate = in_time * rate + (1 - in_time) * f.expected_rate(next.mean, next.sd);
  }
  return f.of_quota() ? Slopes{rate, now, rate - now} : Slopes{rate, rate, 0};
}

// The day a forecast is about: today, or the first of the next period of what quota measures.
sim::Date Payroll::looked_at(std::uint32_t payee, sim::Date day, const Forecast& forecast) const {
  if (!forecast.next_period) return day;
  const Expectation* measured = measured_by_quota(payee);
  return measured ? measured->end : day;
}

// The quota of a quarter, whatever measures it.
double Payroll::quarter_quota(std::uint32_t payee) const {
  double quarter = 0;
  for (std::size_t i = 0; i < components(); ++i)
    quarter = std::max(quarter, expectations_[payee * components() + i].quarter);
  return quarter;
}

// What quota is measured by: the first component that pays by its attainment.
const Payroll::Expectation* Payroll::measured_by_quota(std::uint32_t payee) const {
  for (std::size_t i = 0; i < components(); ++i) {
    const std::size_t number = payee * components() + i;
    const Meter& m = meters_[number];
    if (m.period == never || expectations_[number].quota <= 0) continue;
    if (pays_by_credit(plan_->first().components[i]) && tables_[m.table].of_quota())
      return &expectations_[number];
  }
  return nullptr;
}

bool Payroll::counts_for_quota(std::uint32_t kind, sim::Date day) const {
  const std::size_t number = plan_->version_at(day);
  const Version& version = plan_->versions[number];
  const std::size_t filters = 1 + version.components.size() + version.subquotas.size();
  return version.quota && passes_[number][kind * filters] != 0;
}

Standing Payroll::standing(std::uint32_t payee, sim::Date day) const {
  const Expectation* measured = measured_by_quota(payee);
  if (!measured) return {};
  const Meter& m = meters_[static_cast<std::size_t>(measured - expectations_.data())];
  return {static_cast<double>(m.attained) / measured->quota, measured->quota,
          (measured->end - day) / 7.0, (measured->end - measured->first) / 7.0};
}

// A gate in units: chance that it will be passed, and that it will be missed by one (Poisson, with
// the rate of the period so far).
Payroll::Gate Payroll::gate_ahead(const Version& version, std::size_t number, std::uint32_t payee,
                                  sim::Date day, bool next_period) const {
  const SubQuota& about = version.subquotas[number];
  const std::int32_t period = plan_->periods.index(about.measure, day);
  const sim::Date first = plan_->periods.first_day(about.measure, period),
                  end = plan_->periods.first_day(about.measure, period + 1);
  const double so_far = static_cast<double>(payees_[payee].subquotas[number].of(period));
  const double missing = static_cast<double>(about.amount) - (next_period ? 0 : so_far);
  if (missing <= 0) return {1, 0};
  const double left = (end - (next_period ? first : day)) / 7.0;
  const double gone = std::max(1.0, (day - first) / 7.0);
  if (about.basis == Basis::units) {
    const double mean = std::max(least_rate, so_far / gone) * left;
    double mass = sim::exp(-mean), below = 0;
    const auto needed = static_cast<int>(missing);
    for (int n = 0; n + 1 < needed; ++n) {
      below += mass;
      mass *= mean / (n + 1);
    }
    return {1 - below - mass, mass};  // per unit
  }
  const double mean = std::max(so_far / gone, static_cast<double>(about.amount) / 26) * left;
  const double sd = std::max(1.0, .5 * static_cast<double>(about.amount) * sim::sqrt(left / 13));
  const double z = (mean - missing) / sd;
  return {sim::normal_cdf(z), normal_density(z) / sd};
}

// What the gates of a plan do to a component: its rates count as far as the gates are expected to
// be passed, and who passes one gets all that hangs on it.
double Payroll::through_gates(const Version& version, std::size_t component, std::uint32_t payee,
                              sim::Date day, const Forecast& forecast, double open,
                              std::span<const Offer> offers, std::span<Outlook> out) const {
  const std::string& name = version.components[component].name;
  double chance = 1;
  for (std::size_t i = 0; i < version.subquotas.size(); ++i) {
    const SubQuota& about = version.subquotas[i];
    if (!about.gate || about.of_quota || about.on_team) continue;
    if (std::ranges::find(about.applies_to, name) == about.applies_to.end()) continue;
    const Gate gate = gate_ahead(version, i, payee, day, forecast.next_period);
    chance *= gate.passed;
    if (gate.one_short == 0) continue;
    const std::size_t number = payee * components() + component;
    const Meter& m = meters_[number];
    const Expectation& expected = expectations_[number];
    const Ahead end = ahead_of(m, expected, day, forecast);
    const double hangs = open * tables_[m.table].expected(end.mean, std::max(1.0, end.sd));
    const std::size_t filter = 1 + version.components.size() + i;
    const std::size_t filters = filter + version.subquotas.size() - i;
    const auto& passes = passes_[plan_->version_at(day)];
    for (std::size_t k = 0; k < offers.size(); ++k)
      if (passes[offers[k].kind * filters + filter])
        credit(out[k], offers[k], about.basis, hangs * gate.one_short);
  }
  return chance;
}

void Payroll::outlook(std::uint32_t payee, sim::Date day, const Forecast& forecast,
                      std::span<const Offer> offers, std::span<Outlook> out) const {
  std::ranges::fill(out, Outlook{});
  const std::size_t number = plan_->version_at(day);
  const Version& version = plan_->versions[number];
  for (std::size_t i = 0; i < version.components.size(); ++i) {
    const Component& about = version.components[i];
    if (about.rolled_up) continue;
    switch (about.type) {
      case Type::commission:
      case Type::curve:
      case Type::bonus:
        credit_outlook(number, i, payee, day, forecast, offers, out);
        break;
      case Type::spif:
        spif_outlook(number, i, payee, looked_at(payee, day, forecast), forecast.weeks_to_close,
                     offers, out);
        break;
      case Type::contest:
        contest_outlook(number, i, payee, day, forecast, offers, out);
        break;
      default:  // funds and claims are nobody's pay for selling
        break;
    }
  }
}

void Payroll::credit_outlook(std::size_t number, std::size_t component, std::uint32_t payee,
                             sim::Date day, const Forecast& forecast, std::span<const Offer> offers,
                             std::span<Outlook> out) const {
  const Version& version = plan_->versions[number];
  const Component& about = version.components[component];
  const Meter& m = meters_[payee * components() + component];
  const Expectation& expected = expectations_[payee * components() + component];
  if (m.period == never || expected.nothing) return;
  const Slopes slope = slopes(m, expected, day, forecast);
  double chance = version.caps.empty() ? 1 : under_caps(version, component, payee, day, forecast);
  if (!version.subquotas.empty())
    chance *= through_gates(version, component, payee, day, forecast, chance, offers, out);
  const bool by_quota_alone = about.type != Type::commission;
  const Basis basis = by_quota_alone && version.quota ? version.quota->basis : about.basis;
  const std::size_t filters = 1 + version.components.size() + version.subquotas.size();
  for (std::size_t k = 0; k < offers.size(); ++k) {
    const Offer& offer = offers[k];
    const std::uint8_t* passes = &passes_[number][offer.kind * filters];
    const double pay = passes[1 + component] ? offer.commissionable : 0;
    const double quota = version.quota && passes[0] ? offer.quota_credit : 0;
    double rate;
    if (by_quota_alone)
      rate = quota * slope.both;
    else if (!version.quota)
      rate = pay * slope.both;
    else if (const double both = std::min(pay, quota); true)
      rate = both * slope.both + (pay - both) * slope.pay + (quota - both) * slope.quota;
    credit(out[k], offer, basis, chance * rate);
  }
}

// Caps on a period's pay (R13): chance that what a component pays more is not withheld. Of caps
// per pay period only; what they list beside commissions and curves is not counted against them.
double Payroll::under_caps(const Version& version, std::size_t component, std::uint32_t payee,
                           sim::Date day, const Forecast& forecast) const {
  double chance = 1;
  for (const Cap& cap : version.caps) {
    if (cap.per_deal || cap.per != plan_->paid) continue;
    const auto lists = [&](const std::string& name) {
      return std::ranges::find(cap.components, name) != cap.components.end();
    };
    if (!lists(version.components[component].name)) continue;
    double earned = 0, mean = 0, sd = 0;
    for (std::size_t i = 0; i < version.components.size(); ++i) {
      const Component& about = version.components[i];
      const std::size_t number = payee * components() + i;
      const Meter& m = meters_[number];
      if (!lists(about.name) || m.period == never) continue;
      if (about.type != Type::commission && about.type != Type::curve) continue;
      const PayFunction& f = tables_[m.table];
      if (!forecast.next_period) earned += static_cast<double>(f.cents(position_of(m)));
      const Ahead end = ahead_of(m, expectations_[number], day, forecast);
      mean += f.expected(end.mean, std::max(1.0, end.sd));
      sd += f.slope() * end.sd;
    }
    const auto limit = static_cast<double>(cap.amount);
    const bool forecasts = forecast.view != Forecast::View::myopic && sd > 0;
    if (forecasts)
      chance *= sim::normal_cdf((limit - mean) / sd);
    else if (earned >= limit)
      return 0;
  }
  return chance;
}

}  // namespace compensation
