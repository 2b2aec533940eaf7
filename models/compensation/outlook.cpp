// SPDX-License-Identifier: Apache-2.0
// Expected pay of more credit (EQ2): Payroll::outlook. begin(day) has opened every period, so that
// nothing here writes and any thread may ask.
#include <algorithm>
#include <cmath>

#include "models/compensation/payroll.h"
#include "sim/math.h"

namespace compensation {
namespace {

constexpr double density_at_zero = 0.3989422804014327;  // 1 / sqrt(2 pi)

double normal_density(double z) { return density_at_zero * sim::exp(-0.5 * z * z); }

// `rate` pays for each unit of a basis.
void credit(Outlook& out, const Offer& offer, Basis basis, double rate) {
  const double worth = offer.worth[static_cast<std::size_t>(basis)];
  (basis == Basis::units ? out.per_deal : out.per_unit) += rate * worth;
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

// What more credit does to one component: `both` if it counts for pay and quota, `pay` and `quota`
// if for one of them only.
Payroll::Slopes Payroll::slopes(const Meter& m, const Expectation& expected, sim::Date day,
                                const Forecast& forecast) const {
  const PayFunction& f = tables_[m.table];
  if (f.of_quota() && forecast.view == Forecast::View::rest) return {};
  if (expected.line) return {expected.slope, expected.slope, 0};
  const std::int64_t position = forecast.next_period ? 0 : position_of(m);
  const double now = f.reached(position) ? f.rate_at(position) : 0;
  if (forecast.view == Forecast::View::myopic) return {now, now, 0};
  const double whole = (expected.end - expected.first) / 7.0;
  const double left = forecast.next_period ? whole : (expected.end - day) / 7.0;
  const Ahead end = ahead(expected, static_cast<double>(position), left, forecast);
  double rate = f.expected_rate(end.mean, end.sd);
  if (forecast.lot > 0)
    rate =
        (f.expected(end.mean + forecast.lot, end.sd) - f.expected(end.mean, end.sd)) / forecast.lot;
  if (forecast.weeks_to_close > 0) {  // what closes later counts in the next period
    const double in_time = 1 - sim::exp(-left / forecast.weeks_to_close);
    const Ahead next = ahead(expected, 0, whole, forecast);
    if (in_time < 1 - 1e-9)
      rate = in_time * rate + (1 - in_time) * f.expected_rate(next.mean, next.sd);
  }
  return f.of_quota() ? Slopes{rate, now, rate - now} : Slopes{rate, rate, 0};
}

void Payroll::contest_outlook(std::size_t number, std::size_t component, std::uint32_t payee,
                              sim::Date day, const Forecast& forecast,
                              std::span<const Offer> offers, std::span<Outlook> out) const {
  const Version& version = plan_->versions[number];
  const Component& about = version.components[component];
  const Contest& contest = about.contest;
  if (day < contest.from || day > contest.to || forecast.view == Forecast::View::myopic) return;
  const double left = (contest.to + 1 - day) / 7.0;
  const std::vector<double>& standings = standings_[component];
  const auto mine = static_cast<double>(payees_[payee].contest[component]);
  const double quarter = quarter_quota(payee);
  const double sd = forecast.cv * quarter * sim::sqrt(2 * left / 13);
  if (sd <= 0) return;
  double slope = 0;
  // A place is worth what it pays more than the next one; it is taken from who holds it.
  for (std::size_t k = 0; k < contest.prizes.size() && k + 1 < standings.size(); ++k) {
    const double next =
        k + 1 < contest.prizes.size() ? static_cast<double>(contest.prizes[k + 1]) : 0;
    const double worth = static_cast<double>(contest.prizes[k]) - next;
    const double holder = standings[k] <= mine ? standings[k + 1] : standings[k];
    slope += worth * normal_density((mine - holder) / sd) / sd;
  }
  const std::size_t filters = 1 + version.components.size() + version.subquotas.size();
  for (std::size_t k = 0; k < offers.size(); ++k)
    if (passes_[number][offers[k].kind * filters + 1 + component])
      credit(out[k], offers[k], about.basis, slope * offers[k].commissionable);
}

void Payroll::spif_outlook(std::size_t number, std::size_t component, std::uint32_t payee,
                           sim::Date day, double weeks_to_close, std::span<const Offer> offers,
                           std::span<Outlook> out) const {
  const Version& version = plan_->versions[number];
  const Component& about = version.components[component];
  const Spif& spif = about.spif;
  if (day < spif.from || day > spif.to) return;
  std::int64_t room = INT64_MAX;
  if (spif.pool) room = std::min(room, *spif.pool - pools_[component]);
  if (spif.per_person)
    room = std::min(room, *spif.per_person - payees_[payee].spif_used[component]);
  const bool by_rate = spif.pays == Spif::Pays::rate;
  if (room <= 0 || (!by_rate && room < spif.money && !spif.last_partial)) return;
  const double left = (spif.to + 1 - day) / 7.0;
  const double in_time = weeks_to_close > 0 ? 1 - sim::exp(-left / weeks_to_close) : 1;
  const std::size_t filters = 1 + version.components.size() + version.subquotas.size();
  for (std::size_t k = 0; k < offers.size(); ++k) {
    if (!passes_[number][offers[k].kind * filters + 1 + component]) continue;
    if (by_rate)
      credit(out[k], offers[k], about.basis, in_time * spif.rate.number());
    else
      out[k].per_deal += in_time * static_cast<double>(std::min(room, spif.money));
  }
}

// The quota of a quarter, whatever measures it.
double Payroll::quarter_quota(std::uint32_t payee) const {
  double quarter = 0;
  for (std::size_t i = 0; i < components(); ++i)
    quarter = std::max(quarter, expectations_[payee * components() + i].quarter);
  return quarter;
}

Standing Payroll::standing(std::uint32_t payee, sim::Date day) const {
  for (std::size_t i = 0; i < components(); ++i) {
    const std::size_t number = payee * components() + i;
    const Meter& m = meters_[number];
    const Expectation& expected = expectations_[number];
    if (m.period == never || !tables_[m.table].of_quota() || expected.quota <= 0) continue;
    return {static_cast<double>(m.attained) / expected.quota, expected.quota,
            (expected.end - day) / 7.0, (expected.end - expected.first) / 7.0};
  }
  return {};
}

// A gate in units: chance that it will be passed, and that it will be missed by one (Poisson, with
// the rate of the period so far).
Payroll::Gate Payroll::gate_ahead(const Version& version, std::size_t number, std::uint32_t payee,
                                  sim::Date day) const {
  const SubQuota& about = version.subquotas[number];
  const std::int32_t period = plan_->periods.index(about.measure, day);
  const sim::Date first = plan_->periods.first_day(about.measure, period),
                  end = plan_->periods.first_day(about.measure, period + 1);
  const double so_far = static_cast<double>(payees_[payee].subquotas[number].of(period));
  const double missing = static_cast<double>(about.amount) - so_far;
  if (missing <= 0) return {1, 0};
  const double left = (end - day) / 7.0, gone = std::max(1.0, (day - first) / 7.0);
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
                              sim::Date day, const Forecast& forecast,
                              std::span<const Offer> offers, std::span<Outlook> out) const {
  const std::string& name = version.components[component].name;
  double chance = 1;
  for (std::size_t i = 0; i < version.subquotas.size(); ++i) {
    const SubQuota& about = version.subquotas[i];
    if (!about.gate || about.of_quota || about.on_team) continue;
    if (std::ranges::find(about.applies_to, name) == about.applies_to.end()) continue;
    const Gate gate = gate_ahead(version, i, payee, day);
    chance *= gate.passed;
    if (gate.one_short == 0) continue;
    const std::size_t number = payee * components() + component;
    const Meter& m = meters_[number];
    const Expectation& expected = expectations_[number];
    const double now = static_cast<double>(position_of(m));
    const Ahead end = ahead(expected, now, (expected.end - day) / 7.0, forecast);
    const double hangs = tables_[m.table].expected(end.mean, std::max(1.0, end.sd));
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
        spif_outlook(number, i, payee, day, forecast.weeks_to_close, offers, out);
        break;
      case Type::contest:
        contest_outlook(number, i, payee, day, forecast, offers, out);
        break;
      default:  // funds and claims are nobody's pay for selling
        break;
    }
  }
  withhold(version, payee, day, forecast, out);
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
  double chance = 1;
  if (!version.subquotas.empty())
    chance = through_gates(version, component, payee, day, forecast, offers, out);
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

// Caps on a period's pay (R13): what is expected to be withheld earns nothing. Only caps on every
// component that pays by credit are looked at; a cap on a few would need their shares.
void Payroll::withhold(const Version& version, std::uint32_t payee, sim::Date day,
                       const Forecast& forecast, std::span<Outlook> out) const {
  for (const Cap& cap : version.caps) {
    if (cap.per_deal || cap.per != plan_->paid) continue;
    double earned = 0, mean = 0, sd = 0;
    for (std::size_t i = 0; i < version.components.size(); ++i) {
      if (std::ranges::find(cap.components, version.components[i].name) == cap.components.end())
        continue;
      const std::size_t number = payee * components() + i;
      const Meter& m = meters_[number];
      const Type type = version.components[i].type;
      if (m.period == never || (type != Type::commission && type != Type::curve)) continue;
      const PayFunction& f = tables_[m.table];
      earned += static_cast<double>(f.cents(position_of(m)));
      if (expectations_[number].quarter <= 0) continue;
      const double left = (expectations_[number].end - day) / 7.0;
      const Ahead end =
          ahead(expectations_[number], static_cast<double>(position_of(m)), left, forecast);
      mean += f.expected(end.mean, std::max(1.0, end.sd));
      sd += f.slope() * end.sd;
    }
    const auto limit = static_cast<double>(cap.amount);
    double open = earned < limit;
    if (forecast.view != Forecast::View::myopic && sd > 0 && open > 0)
      open = sim::normal_cdf((limit - mean) / sd);
    for (Outlook& each : out) {
      each.per_unit *= open;
      each.per_deal *= open;
    }
  }
}

// Who stands where in each contest, best first.
void Payroll::note_standings() {
  const Version& version = plan_->versions.back();
  standings_.resize(components());
  for (std::size_t i = 0; i < components(); ++i) {
    if (version.components[i].type != Type::contest) continue;
    standings_[i].clear();
    for (const PayeeState& payee : payees_)
      standings_[i].push_back(static_cast<double>(payee.contest[i]));
    std::ranges::sort(standings_[i], std::greater<>());
  }
}

}  // namespace compensation
