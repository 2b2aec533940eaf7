// SPDX-License-Identifier: Apache-2.0
// What a meter's period makes due, to the cent, and why.
#include <algorithm>

#include "models/compensation/payroll.h"

namespace compensation {

// R5: rate, then multipliers and gates, rounded once; then what was paid is taken off.
void Payroll::settle_meter(std::uint32_t payee, std::size_t component, Meter& m, sim::Date last_day,
                           bool closing) {
  const Version& version = this->version(last_day);
  const Type type = version.components[component].type;
  if (plan_->versions.size() > 1 && (type == Type::bonus || type == Type::curve))
    open(payee, component, m, last_day, plan_->version_at(last_day));  // R3: by the last day
  std::int64_t factor = billion;
  const std::int64_t cents = due_cents(payee, component, m, version, closing, factor);
  m.owed = add(m.owed, cents - m.paid);
  m.paid = cents;
  m.dirty = false;
  m.done = m.done || closing;
  if (m.tracing != 0) trace_meter(payee, component, m, factor, cents);
}

// `factor` becomes what the items of the meter count, in billionths: 0 where a gate is shut or no
// item stands for what is due.
std::int64_t Payroll::due_cents(std::uint32_t payee, std::size_t component, Meter& m,
                                const Version& version, bool closing, std::int64_t& factor) {
  const Component& about = version.components[component];
  const PayFunction& f = tables_[m.table];
  const bool team = payees_[payee].team >= 0 && version.quota && f.of_quota() &&
                    version.quota->measured_on != MeasuredOn::own;
  const bool retroactive =
      about.type == Type::commission && about.commission.reading == Reading::retroactive;
  const std::int64_t gate = factor = factor_of(payee, component, m, version);
  std::int64_t position = position_of(m);
  Int128 num = m.exact, den = m.denominator;
  if (team) {
    position = team_position(payee, component, m, version,
                             plan_->version_at(plan_->periods.last_day(about.measure, m.period)));
    num = f.due(position);
    den = f.denominator();
  } else if (retroactive) {
    Fraction due = Fraction::of(retroactive_due(m), f.denominator());
    const auto parts =
        retro_parts_.find({payee * components() + component, static_cast<std::uint32_t>(m.period)});
    if (parts != retro_parts_.end())
      for (const auto& [table, pay] : parts->second) {
        const PayFunction& old = tables_[table];
        const Int128 step = product(pay, old.rate(old.piece_at(position)));
        due = due + Fraction::of(step, old.denominator()) +
              Fraction::of(product(-pay, f.rate(f.piece_at(position))), f.denominator());
      }
    num = due.num;
    den = due.den;
  } else if (m.pure) {
    num = f.due(position);
    den = f.denominator();
  }
  if (!f.reached(position) || (!m.touched && !team)) factor = 0;
  std::int64_t cents = 0;
  if (factor == billion)
    cents = round_div(num, den);
  else if (factor != 0)
    cents = round_div(product(num, factor), product(den, billion));
  if (team) factor = 0;
  if (about.type == Type::bonus && about.bonus.catch_up)
    cents = add(cents, catch_up(payee, component, m, version, closing, gate != 0));
  if (about.type == Type::commission && about.commission.minimum && closing && payees_[payee].known)
    cents = std::max(cents, *about.commission.minimum);
  return cents;
}

// Sub-quotas as gates and multipliers, one after the other (R23, R21).
std::int64_t Payroll::factor_of(std::uint32_t payee, std::size_t component, const Meter& m,
                                const Version& version) {
  Int128 factor = billion;
  const PayeeState& state = payees_[payee];
  const std::string& name = version.components[component].name;
  for (std::size_t i = 0; i < version.subquotas.size(); ++i) {
    const SubQuota& about = version.subquotas[i];
    if (std::ranges::find(about.applies_to, name) == about.applies_to.end()) continue;
    const bool team = about.on_team && state.team >= 0;
    const SubMeter& sub =
        team ? teams_[static_cast<std::size_t>(state.team)].subquotas[i] : state.subquotas[i];
    const std::int64_t credit = sub.of(m.period);
    std::int64_t goal = about.amount;
    if (about.of_quota) {
      const std::size_t number =
          plan_->version_at(plan_->periods.last_day(about.measure, m.period));
      goal = payees_[payee].quotas.at(*plan_, number, about.measure, m.period).quota;
      if (team) pooled(payee, component, m.period, number, goal);
    }
    const auto attained = [&](Share share) {
      return static_cast<Int128>(credit) * billion >= static_cast<Int128>(goal) * share.billionths;
    };
    if (about.gate) {
      if (!attained(about.of_quota ? about.at : Share::whole(1))) return 0;
      continue;
    }
    std::size_t step = about.from.size() - 1;
    while (step > 0 && !attained(about.from[step])) --step;
    factor = factor * about.times[step].billionths / billion;
  }
  return narrow(factor);
}

// Pooled credit and quota of the payee's team in a period.
std::int64_t Payroll::pooled(std::uint32_t payee, std::size_t component, std::int32_t period,
                             std::size_t version, std::int64_t& quota) {
  const Team& team = teams_[static_cast<std::size_t>(payees_[payee].team)];
  const Span measure = plan_->versions[version].components[component].measure;
  quota = 0;
  for (const std::uint32_t member : team.members)
    quota = add(quota, payees_[member].quotas.at(*plan_, version, measure, period).quota);
  return team.components[component].of(period);
}

// R21: the own credit that the team's (or the mixed) attainment stands for, rounded down.
std::int64_t Payroll::team_position(std::uint32_t payee, std::size_t component, const Meter& m,
                                    const Version& version, std::size_t number) {
  std::int64_t team_quota = 0;
  const std::int64_t credit = pooled(payee, component, m.period, number, team_quota);
  const Span measure = version.components[component].measure;
  const std::int64_t own = payees_[payee].quotas.at(*plan_, number, measure, m.period).quota;
  if (team_quota <= 0) return 0;
  const Share weight =
      version.quota->measured_on == MeasuredOn::mix ? version.quota->own_weight : Share{0};
  const Fraction mine = Fraction::of(product(m.attained, weight.billionths), billion);
  const Fraction theirs = Fraction::of(product(credit, billion - weight.billionths), billion) *
                          Fraction::of(own, team_quota);
  const Fraction both = mine + theirs;
  return floor_div(both.num, both.den);
}

// Periods without any credit count for the year to date, too.
void Payroll::pass_idle_periods(std::uint32_t payee, std::size_t component, std::size_t version,
                                std::int32_t period, BonusYear& year) {
  const Span measure = plan_->versions[version].components[component].measure;
  const std::int32_t n = 12 / months_in(measure), index = floor_quotient(period, n);
  if (year.year != index) year = {index, index * n, 0, 0, 0};
  for (; year.next < period; ++year.next) {
    const std::int64_t quota = payees_[payee].quotas.at(*plan_, version, measure, year.next).quota;
    if (quota == 0) continue;
    const PayFunction& f = tables_[table_for(payee, component, version, year.next)];
    year.quota = add(year.quota, quota);
    year.missed = add(year.missed, round_div(f.pieces().back().value, f.denominator()));
  }
}

// R12: what the year to date adds to the period's own bonus.
std::int64_t Payroll::catch_up(std::uint32_t payee, std::size_t component, const Meter& m,
                               const Version& version, bool closing, bool open_gate) {
  const Component& about = version.components[component];
  const std::size_t number = plan_->version_at(plan_->periods.last_day(about.measure, m.period));
  BonusYear& year = payees_[payee].bonus_years[component];
  pass_idle_periods(payee, component, number, m.period, year);
  const PayFunction& f = tables_[m.table];
  const std::int64_t quota =
      payees_[payee].quotas.at(*plan_, number, about.measure, m.period).quota;
  const std::int64_t bonus = quota > 0 ? round_div(f.pieces().back().value, f.denominator()) : 0;
  const bool own = open_gate && quota > 0 && (f.pieces().size() == 1 || f.piece_at(m.attained) > 0);
  const std::int64_t total = add(year.attained, m.attained), goal = add(year.quota, quota);
  const bool reached =
      open_gate && goal > 0 &&
      static_cast<Int128>(total) * billion >= static_cast<Int128>(goal) * about.bonus.at.billionths;
  const std::int64_t more = reached ? year.missed + (own ? 0 : bonus) : 0;
  if (closing && !m.done) {
    year.next = m.period + 1;
    year.attained = total;
    year.quota = goal;
    year.missed = reached ? 0 : year.missed + (own ? 0 : bonus);
  }
  return more;
}

// Cents are dealt to the items by cumulative rounding; what no item stands for gets an entry
// without a deal.
void Payroll::trace_meter(std::uint32_t payee, std::size_t component, Meter& m, std::int64_t factor,
                          std::int64_t cents) {
  Tracing& t = tracings_[m.tracing];
  const auto number = static_cast<std::int32_t>(component);
  if (factor != t.factor) {
    t.factor = factor;
    t.traced = 0;
    t.prefix = 0;
    t.cents = 0;
  }
  const PayFunction& f = tables_[m.table];
  for (; t.traced < t.items.size(); ++t.traced) {
    Item& item = t.items[t.traced];
    t.prefix = sum(t.prefix, item.num);
    std::int64_t now = 0;
    if (factor == billion)
      now = round_div(t.prefix, m.denominator);
    else if (factor != 0)
      now = round_div(product(t.prefix, factor), product(m.denominator, billion));
    const std::int64_t part = now - t.cents;
    t.cents = now;
    if (part == item.cents) continue;
    const double rate = item.credit != 0
                            ? static_cast<double>(item.num) / static_cast<double>(m.denominator) /
                                  static_cast<double>(item.credit)
                            : 0;
    emit(payee, number, item.deal, item.rule, item.tier, item.credit, rate, part - item.cents);
    item.cents = part;
  }
  const std::int64_t extra = cents - t.cents;
  if (extra != t.extra) {
    const Component& about = plan_->versions.back().components[component];
    const Rule rule = about.type == Type::bonus && about.bonus.catch_up ? Rule::catch_up
                      : payees_[payee].team >= 0 && f.of_quota()        ? Rule::team
                      : about.commission.minimum                        ? Rule::guarantee
                                                                        : Rule::true_up;
    emit(payee, number, no_deal, rule, -1, position_of(m), 0, extra - t.extra);
    t.extra = extra;
  }
}

}  // namespace compensation
