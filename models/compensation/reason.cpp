// SPDX-License-Identifier: Apache-2.0
// What reps reason with: what a deal would pay now, in cents, as the engine would pay it.
#include <algorithm>

#include "models/compensation/payroll.h"

namespace compensation {

// What the meter's period makes due at this moment.
std::int64_t Payroll::cents_now(const Meter& m, bool retroactive, std::int64_t factor) const {
  const PayFunction& f = tables_[m.table];
  if (factor == 0 || !f.reached(position_of(m))) return 0;
  Int128 num = retroactive ? retroactive_due(m) : m.pure ? f.due(position_of(m)) : m.exact;
  Int128 den = m.pure || retroactive ? f.denominator() : m.denominator;
  if (factor != billion) {
    num = product(num, factor);
    den = product(den, billion);
  }
  return round_div(num, den);
}

// `now`: cents_now. `quota`: the value is quota credit, too.
std::int64_t Payroll::marginal_of(std::uint32_t, std::size_t version, std::size_t component,
                                  const Meter& m, std::int64_t value, bool quota, std::int64_t now,
                                  std::int64_t factor) {
  const Component& about = plan_->versions[version].components[component];
  const PayFunction& f = tables_[m.table];
  const bool per_deal =
      about.type == Type::commission && (about.commission.reading == Reading::per_deal_flat ||
                                         about.commission.reading == Reading::per_deal_step);
  if (m.pure && !per_deal && (quota || !f.of_quota()) && m.attained == m.credit &&
      factor == billion)
    return f.cents(position_of(m) + value) - now;
  Meter next = m;
  next.tracing = 0;
  Credit credit;
  credit.size = value;
  credit.value.fill(value);
  if (about.type == Type::commission)
    post_commission(credit, about, next, value, quota ? value : 0);
  else
    post_function(credit, next, 0, quota ? value : 0, Rule::bonus);
  const bool retroactive =
      about.type == Type::commission && about.commission.reading == Reading::retroactive;
  return cents_now(next, retroactive, factor) - now;
}

void Payroll::marginal(std::uint32_t payee, std::uint32_t kind,
                       std::span<const std::int64_t> values, sim::Date day,
                       std::span<std::int64_t> out) {
  std::ranges::fill(out, 0);
  const std::size_t number = plan_->version_at(day);
  const Version& version = plan_->versions[number];
  Credit credit;
  credit.kind = kind;
  credit.size = INT64_MAX;  // smallest sizes are for whoever asks to mind
  const bool quota = version.quota && passes(number, 0, credit);
  bool unstackable = false;
  for (std::size_t i = 0; i < version.components.size(); ++i) {
    const Component& about = version.components[i];
    if (about.rolled_up || about.type == Type::contest || about.type == Type::claims ||
        about.type == Type::mdf || !passes(number, 1 + i, credit))
      continue;
    if (about.type == Type::spif) {
      const Spif& spif = about.spif;
      if (day < spif.from || day > spif.to || (!spif.stackable && unstackable)) continue;
      if (!spif.stackable) unstackable = true;
      std::int64_t room = INT64_MAX;
      if (spif.pool) room = std::min(room, *spif.pool - pools_[i]);
      if (spif.per_person) room = std::min(room, *spif.per_person - payees_[payee].spif_used[i]);
      for (std::size_t k = 0; k < values.size(); ++k) {
        const std::int64_t claim =
            spif.pays == Spif::Pays::rate ? share_of(values[k], spif.rate) : spif.money;
        if (values[k] > 0) out[k] += room >= claim ? claim : spif.last_partial ? room : 0;
      }
      continue;
    }
    Meter& m = meter(payee, i);
    open(payee, i, m, day, number);
    const std::int64_t factor =
        version.subquotas.empty() ? billion : factor_of(payee, i, m, version);
    const bool retroactive =
        about.type == Type::commission && about.commission.reading == Reading::retroactive;
    const std::int64_t now = cents_now(m, retroactive, factor);
    for (std::size_t k = 0; k < values.size(); ++k)
      out[k] += marginal_of(payee, number, i, m, values[k], quota, now, factor);
  }
}

std::int64_t Payroll::marginal(std::uint32_t payee, std::uint32_t kind, std::int64_t value,
                               sim::Date day) {
  std::int64_t out = 0;
  marginal(payee, kind, {&value, 1}, day, {&out, 1});
  return out;
}

}  // namespace compensation
