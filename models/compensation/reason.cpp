// SPDX-License-Identifier: Apache-2.0
// What reps reason with: what a deal would pay now, in cents, as the engine would pay it.
#include <algorithm>

#include "models/compensation/payroll.h"

namespace compensation {
namespace {

bool is_retroactive(const Component& about) {
  return about.type == Type::commission && about.commission.reading == Reading::retroactive;
}

}  // namespace

// What the meter's period makes due at this moment.
std::int64_t Payroll::cents_now(const Meter& m, bool retroactive, std::int64_t factor) const {
  const PayFunction& f = tables_[m.table];
  if (factor == 0 || !m.touched || !f.reached(position_of(m))) return 0;
  Int128 num = retroactive ? retroactive_due(m) : m.pure ? f.due(position_of(m)) : m.exact;
  Int128 den = m.pure || retroactive ? f.denominator() : m.denominator;
  if (factor != billion) {
    num = product(num, factor);
    den = product(den, billion);
  }
  return round_div(num, den);
}

// Does the component's function of credit alone say what more credit adds? The credit `counts` for
// pay, for `quota`, or both.
bool Payroll::function_says(const Component& about, const Meter& m, bool counts, bool quota,
                            std::int64_t factor) const {
  if (!m.pure || factor != billion || (tables_[m.table].of_quota() && !quota)) return false;
  if (about.type != Type::commission) return true;
  const Commission& commission = about.commission;
  const bool per_deal =
      commission.reading == Reading::per_deal_flat || commission.reading == Reading::per_deal_step;
  return counts && !per_deal && !commission.windfall && !commission.minimum_per_deal &&
         m.attained == m.credit;
}

// By posting the credit to a copy of the meter.
std::int64_t Payroll::cents_after(const Component& about, const Meter& m, std::int64_t value,
                                  bool counts, bool quota, std::int64_t factor) {
  Meter next = m;
  next.tracing = 0;
  next.touched = true;
  Credit credit;
  credit.size = value;
  credit.value.fill(value);
  if (about.type == Type::commission)
    post_commission(credit, about, next, counts ? value : 0, quota ? value : 0);
  else
    post_function(credit, next, 0, quota ? value : 0, Rule::bonus);
  return cents_now(next, is_retroactive(about), factor);
}

// Whether it pays any of the values.
bool Payroll::ask_spif(const Component& about, std::uint32_t payee, std::size_t component,
                       std::span<const std::int64_t> values, std::span<std::int64_t> out) const {
  const Spif& spif = about.spif;
  std::int64_t room = INT64_MAX;
  if (spif.pool) room = std::min(room, *spif.pool - pools_[component]);
  if (spif.per_person)
    room = std::min(room, *spif.per_person - payees_[payee].spif_used[component]);
  bool pays = false;
  for (std::size_t k = 0; k < values.size(); ++k) {
    const std::int64_t claim =
        spif.pays == Spif::Pays::rate ? share_of(values[k], spif.rate) : spif.money;
    const std::int64_t paid = room >= claim ? claim : spif.last_partial ? room : 0;
    if (values[k] <= 0 || values[k] < about.filter.at_least.value_or(0) || paid <= 0) continue;
    out[k] += paid;
    pays = true;
  }
  return pays;
}

// Days come one after the other: the last answer is often this one, too.
std::int32_t Payroll::period_of(Span span, sim::Date day) {
  auto& [last, period] = last_days_[static_cast<std::size_t>(span)];
  if (last != day) {
    last = day;
    period = plan_->periods.index(span, day);
  }
  return period;
}

// What `open` does where a plan changes within a period, as far as a question needs it.
void Payroll::follow(Meter& m, const Component& about, std::uint32_t table) {
  const bool table_of_rates = about.type == Type::commission &&
                              about.commission.reading != Reading::interpolated &&
                              about.commission.reading != Reading::retroactive;
  if (table_of_rates)
    make_impure(m);
  else if (m.pure)
    over(m, tables_[table].denominator());
}

// The meter as it stands on a day: asking opens and closes nothing.
Payroll::Meter Payroll::view(std::uint32_t payee, std::size_t component, sim::Date day,
                             std::size_t version) {
  const Meter& now = meter(payee, component);
  const Span measure = plan_->versions[version].components[component].measure;
  const std::int32_t period = period_of(measure, day);
  if (now.period == period && plan_->versions.size() == 1) return now;
  Meter m = now.period == period ? now : Meter{};
  m.period = period;
  m.tracing = 0;
  const std::uint32_t table = table_for(payee, component, version, period);
  if (now.period != period)
    m.denominator = tables_[table].denominator();
  else if (table != m.table)
    follow(m, plan_->versions[version].components[component], table);
  m.table = table;
  return m;
}

// Adds what one component would pay for each value. `counts`, `quota`: but for smallest sizes.
void Payroll::ask(std::uint32_t payee, std::size_t version, std::size_t component, bool counts,
                  bool quota, std::span<const std::int64_t> values, sim::Date day,
                  std::span<std::int64_t> out) {
  const Version& plan = plan_->versions[version];
  const Component& about = plan.components[component];
  const Meter m = view(payee, component, day, version);
  const std::int64_t factor =
      plan.subquotas.empty() ? billion : factor_of(payee, component, m, plan);
  const PayFunction& f = tables_[m.table];
  const auto& least = about.filter.at_least;
  const auto& least_quota = filter_of(plan, 0).at_least;
  if (!least && !least_quota && function_says(about, m, counts, quota, factor)) {
    const std::int64_t at = position_of(m), now = m.touched ? f.cents(at) : 0;
    for (std::size_t k = 0; k < values.size(); ++k) out[k] += f.cents(add(at, values[k])) - now;
    return;
  }
  const std::int64_t now = cents_now(m, is_retroactive(about), factor);
  for (std::size_t k = 0; k < values.size(); ++k) {
    const bool pays = counts && (!least || values[k] >= *least);
    const bool reaches = quota && (!least_quota || values[k] >= *least_quota);
    if (pays || reaches) out[k] += cents_after(about, m, values[k], pays, reaches, factor) - now;
  }
}

void Payroll::marginal(std::uint32_t payee, std::uint32_t kind,
                       std::span<const std::int64_t> values, sim::Date day,
                       std::span<std::int64_t> out) {
  std::ranges::fill(out, 0);
  const std::size_t number = plan_->version_at(day);
  const Version& version = plan_->versions[number];
  Credit credit;
  credit.kind = kind;
  credit.size = INT64_MAX;  // `ask` minds smallest sizes
  const bool quota = version.quota && passes(number, 0, credit);
  bool unstackable = false;
  for (std::size_t i = 0; i < version.components.size(); ++i) {
    const Component& about = version.components[i];
    const bool counts = passes(number, 1 + i, credit);
    if (about.rolled_up) continue;
    if (about.type == Type::spif) {
      const Spif& spif = about.spif;
      const bool runs = day >= spif.from && day <= spif.to && (spif.stackable || !unstackable);
      const bool pays = runs && counts && ask_spif(about, payee, i, values, out);
      unstackable = unstackable || (pays && !spif.stackable);
    } else if (about.type == Type::commission || about.type == Type::curve ||
               about.type == Type::bonus) {
      if (counts || quota) ask(payee, number, i, counts, quota, values, day, out);
    }
  }
}

std::int64_t Payroll::marginal(std::uint32_t payee, std::uint32_t kind, std::int64_t value,
                               sim::Date day) {
  std::int64_t out = 0;
  marginal(payee, kind, {&value, 1}, day, {&out, 1});
  return out;
}

}  // namespace compensation
