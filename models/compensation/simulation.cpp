// SPDX-License-Identifier: Apache-2.0
// What a simulation asks of the engine beside paying.
#include <algorithm>

#include "models/compensation/payroll.h"
#include "sim/math.h"

namespace compensation {

void Payroll::change(std::shared_ptr<const Plan> plan) {
  PARDNER_EXPECT(plan->versions.size() >= plan_->versions.size());
  plan_ = std::move(plan);
  know_what_to_keep();
  for (Meter& m : meters_)
    if (m.period != never) trace_from_now(m);
  begun_until_ = {INT32_MIN};
  passes_.assign(plan_->versions.size(), {});  // the last version may be another one
  for (std::size_t v = 0; v < plan_->versions.size(); ++v)
    for (const CreditKind& kind : kinds_) add_passes(v, kind);
  for (PayeeState& payee : payees_) make_room(payee);
}

void Payroll::begin(sim::Date day) {
  const std::size_t number = plan_->version_at(day);
  const bool same_periods = day < begun_until_;
  for (std::uint32_t payee = same_periods ? static_cast<std::uint32_t>(begun_payees_) : 0;
       payee < payees_.size(); ++payee)
    for (std::size_t i = 0; i < components(); ++i) {
      open(payee, i, meter(payee, i), day, number);
      note_expectation(payee, i, day);
    }
  begun_payees_ = payees_.size();
  note_standings();
  if (same_periods) return;
  begun_until_ = {INT32_MAX};
  const auto until = [&](Span span) {
    begun_until_ =
        std::min(begun_until_, plan_->periods.last_day(span, plan_->periods.index(span, day)) + 1);
  };
  until(Span::quarter);  // what the spread of a forecast is a share of
  for (const Component& component : plan_->versions[number].components)
    if (component.measure != Span::plan) until(component.measure);
  if (number + 1 < plan_->versions.size())
    begun_until_ = std::min(begun_until_, *plan_->versions[number + 1].from);
}

void Payroll::note_expectation(std::uint32_t payee, std::size_t component, sim::Date day) {
  expectations_.resize(meters_.size());
  Expectation& known = expectations_[payee * components() + component];
  const Meter& m = meter(payee, component);
  const std::size_t number = plan_->version_at(day);
  const Span measure = plan_->versions[number].components[component].measure;
  const PayFunction& f = tables_[m.table];
  known.line = f.is_line();
  known.slope = f.slope();
  known.nothing = f.pays_nothing();
  if (measure == Span::plan) return;
  QuotaBook& quotas = payees_[payee].quotas;
  known.quota = static_cast<double>(quotas.at(*plan_, number, measure, m.period).quota);
  known.quarter = static_cast<double>(
      quotas.at(*plan_, number, Span::quarter, plan_->periods.index(Span::quarter, day)).quota);
  known.first = plan_->periods.first_day(measure, m.period);
  known.end = plan_->periods.first_day(measure, m.period + 1);
}

std::int64_t Payroll::owed(std::uint32_t payee) {
  const Version& version = plan_->versions.back();
  std::int64_t total = 0;
  for (std::size_t i = 0; i < components(); ++i) {
    const Meter& m = meter(payee, i);
    total = add(total, m.owed);
    if (m.period == never || m.done) continue;
    const Component& about = version.components[i];
    const bool retroactive =
        about.type == Type::commission && about.commission.reading == Reading::retroactive;
    const std::int64_t factor =
        version.subquotas.empty() ? billion : factor_of(payee, i, m, version);
    total = add(total, cents_now(m, retroactive, factor) - m.paid);
  }
  return total;
}

}  // namespace compensation
