// SPDX-License-Identifier: Apache-2.0
// Payday: lines, contests, caps, clawback, draw (R5, in this order).
#include <algorithm>

#include "models/compensation/payroll.h"

namespace compensation {

void Payroll::settle(std::int32_t period) {
  std::size_t first = entries_.size();
  while (first > 0 && entries_[first - 1].period == never) --first;
  guarantee(period);
  settle_meters(period);
  settle_contests(period);
  const std::size_t end = entries_.size();
  std::stable_sort(entries_.begin() + static_cast<std::ptrdiff_t>(first), entries_.end(),
                   [](const Entry& a, const Entry& b) { return a.payee < b.payee; });
  std::size_t at = first;
  for (std::uint32_t payee = 0; payee < payees_.size(); ++payee) {
    const std::size_t begin = at;
    while (at < end && entries_[at].payee == payee) ++at;
    settle_payee(payee, period, begin, at);
  }
  for (std::size_t i = first; i < entries_.size(); ++i) entries_[i].period = period;
}

void Payroll::settle_meters(std::int32_t period) {
  const sim::Date last = plan_->periods.last_day(plan_->paid, period);
  for (std::uint32_t payee = 0; payee < payees_.size(); ++payee)
    for (std::size_t i = 0; i < components(); ++i) {
      Meter& m = meter(payee, i);
      join_pool(payee, i, m, last);
      if (m.period == never) continue;
      const Span measure = plan_->first().components[i].measure;
      const bool closing =
          measure != Span::plan && plan_->periods.last_day(measure, m.period) <= last;
      const bool pooled = payees_[payee].team >= 0;
      if (m.dirty || ((pooled || closing) && !m.done))
        settle_meter(payee, i, m, closing ? plan_->periods.last_day(measure, m.period) : last,
                     closing);
    }
}

// R21: what colleagues brought counts for who brought nothing.
void Payroll::join_pool(std::uint32_t payee, std::size_t component, Meter& m, sim::Date last) {
  const std::int32_t team = payees_[payee].team;
  const Version& version = this->version(last);
  if (team < 0 || !version.quota || version.quota->measured_on == MeasuredOn::own) return;
  const auto& pooled = teams_[static_cast<std::size_t>(team)].components[component].credit;
  if (pooled.empty() || m.period >= pooled.rbegin()->first) return;
  const std::int32_t period = pooled.rbegin()->first;
  const Span measure = version.components[component].measure;
  const sim::Date day = std::min(last, plan_->periods.last_day(measure, period));
  open(payee, component, m, day, plan_->version_at(day));
}

// R25: a guaranteed minimum is due in periods without a deal, too.
void Payroll::guarantee(std::int32_t period) {
  const sim::Date last = plan_->periods.last_day(plan_->paid, period);
  const Version& version = this->version(last);
  for (std::size_t i = 0; i < components(); ++i) {
    const Component& about = version.components[i];
    if (about.type != Type::commission || !about.commission.minimum) continue;
    const std::int32_t index = plan_->periods.index(about.measure, last);
    if (plan_->periods.last_day(about.measure, index) != last) continue;
    for (const auto& [name, payee] : version.payees) {
      const bool there =
          (!payee.start || *payee.start <= last) &&
          (!payee.end || *payee.end >= plan_->periods.first_day(about.measure, index));
      const auto number = numbers_.find(name);
      if (there && number != numbers_.end())
        open(number->second, i, meter(number->second, i), last, plan_->version_at(last));
    }
  }
}

// R30. Who has the same credit shares the prizes of the places they take.
void Payroll::settle_contests(std::int32_t period) {
  const sim::Date last = plan_->periods.last_day(plan_->paid, period);
  const Version& version = this->version(last);
  for (std::size_t i = 0; i < components(); ++i) {
    const Component& about = version.components[i];
    if (about.type != Type::contest || contests_settled_[i] || about.contest.to > last) continue;
    contests_settled_[i] = 1;
    std::vector<std::uint32_t> ranked;
    for (std::uint32_t payee = 0; payee < payees_.size(); ++payee)
      if (payees_[payee].contest[i] > 0 && payees_[payee].contest[i] >= about.contest.least)
        ranked.push_back(payee);
    const auto credit = [&](std::uint32_t payee) { return payees_[payee].contest[i]; };
    std::ranges::stable_sort(ranked, std::greater<>(), credit);
    for (std::size_t first = 0; first < ranked.size();) {
      std::size_t end = first;
      std::int64_t purse = 0;
      for (; end < ranked.size() && credit(ranked[end]) == credit(ranked[first]); ++end)
        if (end < about.contest.prizes.size()) purse = add(purse, about.contest.prizes[end]);
      const auto parts = largest_remainder(purse, std::vector<std::int64_t>(end - first, 1));
      for (std::size_t k = first; k < end; ++k) {
        meter(ranked[k], i).owed += parts[k - first];
        emit(ranked[k], static_cast<std::int32_t>(i), no_deal, Rule::contest,
             static_cast<int>(first), credit(ranked[k]), 0, parts[k - first]);
      }
      first = end;
    }
  }
}

void Payroll::settle_payee(std::uint32_t payee, std::int32_t period, std::size_t first_entry,
                           std::size_t end_entry) {
  PayeeState& state = payees_[payee];
  const Version& version = this->version(plan_->periods.last_day(plan_->paid, period));
  std::vector<Entry> fresh(entries_.begin() + static_cast<std::ptrdiff_t>(first_entry),
                           entries_.begin() + static_cast<std::ptrdiff_t>(end_entry));
  std::vector<std::int64_t> cents(components());
  std::int64_t earned = 0, clawback = 0;
  const auto line = [&](std::int32_t component, std::int64_t amount) {
    if (amount != 0) lines_.push_back({payee, component, period, amount});
  };
  for (std::size_t i = 0; i < components(); ++i) {
    Meter& m = meter(payee, i);
    cents[i] = m.owed;
    m.owed = 0;
    line(static_cast<std::int32_t>(i), cents[i]);
    earned = add(earned, cents[i]);
  }
  const auto n = static_cast<std::int32_t>(components());
  const std::size_t before_caps = entries_.size();
  cut_of_.clear();
  for (std::size_t i = 0; i < version.caps.size(); ++i) {
    const std::int64_t change = version.caps[i].per_deal
                                    ? apply_deal_cap(state, payee, version.caps[i], i, fresh)
                                    : apply_cap(state, payee, i, period, cents, fresh);
    line(n + static_cast<std::int32_t>(i), change);
    earned = add(earned, change);
  }
  if (version.clawback) {
    if (keep_deals_) remember(state, *version.clawback, fresh, before_caps);
    clawback = add(claw(state, payee), restated_[payee]);
    restated_[payee] = 0;
    line(clawback_line(), clawback);
  }
  payouts_.push_back(pay_out(state, payee, period, earned, clawback));
}

// R13: net of a cap's period = min(cap, earned + what was withheld before).
std::int64_t Payroll::apply_cap(PayeeState& state, std::uint32_t payee, std::size_t number,
                                std::int32_t period, std::span<const std::int64_t> cents,
                                std::span<const Entry> fresh) {
  const Version& version = this->version(plan_->periods.last_day(plan_->paid, period));
  const Cap& cap = version.caps[number];
  CapState& now = state.caps[number];
  const std::int32_t index =
      plan_->periods.index(cap.per, plan_->periods.last_day(plan_->paid, period));
  if (now.period != index) {
    const std::int64_t kept = cap.refundable ? now.withheld - now.adjusted : 0;
    now = {index, 0, 0, kept};
  }
  const auto capped = [&](std::int32_t component) {
    return component < static_cast<std::int32_t>(components()) &&
           std::ranges::find(cap.components, component_name(component)) != cap.components.end();
  };
  for (std::size_t i = 0; i < cents.size(); ++i)
    if (capped(static_cast<std::int32_t>(i))) now.raw = add(now.raw, cents[i]);
  const std::int64_t net = std::min(cap.amount, add(now.raw, now.withheld));
  const std::int64_t change = net - now.raw - now.adjusted;
  now.adjusted += change;
  std::int64_t left = -change;  // cut from the latest deals first
  for (std::size_t i = fresh.size(); left > 0 && i-- > 0;) {
    if (!capped(fresh[i].component) || fresh[i].cents <= 0) continue;
    const std::int64_t part = std::min(left, fresh[i].cents);
    left -= part;
    cut(payee, number, fresh[i].deal, fresh[i].component, -part);
  }
  cut(payee, number, no_deal, 0, -left);
  return change;
}

void Payroll::cut(std::uint32_t payee, std::size_t cap, std::uint64_t deal, std::int32_t component,
                  std::int64_t cents) {
  const std::size_t before = entries_.size();
  emit(payee, static_cast<std::int32_t>(components() + cap), deal,
       cents > 0 ? Rule::cap_release : Rule::cap, -1, 0, 0, cents);
  if (entries_.size() > before) cut_of_.push_back(component);
}

std::int64_t Payroll::apply_deal_cap(PayeeState& state, std::uint32_t payee, const Cap& cap,
                                     std::size_t number, std::span<const Entry> fresh) {
  std::int64_t total = 0;
  for (const Entry& entry : fresh) {
    if (entry.deal == no_deal) continue;
    if (std::ranges::find(cap.components, component_name(entry.component)) == cap.components.end())
      continue;
    std::int64_t& raw = state.capped_deals[{number, entry.deal}];
    const std::int64_t before = std::min(cap.amount, raw) - raw;
    raw = add(raw, entry.cents);
    const std::int64_t change = std::min(cap.amount, raw) - raw - before;
    total = add(total, change);
    cut(payee, number, entry.deal, entry.component, change);
  }
  return total;
}

bool Payroll::on_draw(const PayeeState& state, const Draw& draw, std::int32_t period) const {
  const sim::Date first = plan_->periods.first_day(plan_->paid, period);
  const sim::Date last = plan_->periods.last_day(plan_->paid, period);
  if ((draw.from && last < *draw.from) || (draw.to && first > *draw.to)) return false;
  const Version& version = this->version(last);
  const auto at = version.payees.find(state.name);
  if (at == version.payees.end()) return true;
  return !(at->second.start && last < *at->second.start) &&
         !(at->second.end && first > *at->second.end);
}

Payout Payroll::pay_out(PayeeState& state, std::uint32_t payee, std::int32_t period,
                        std::int64_t earned, std::int64_t clawback) {
  Payout out{.payee = payee, .period = period, .earned = earned, .clawback = clawback};
  const sim::Date last = plan_->periods.last_day(plan_->paid, period);
  const Version& version = this->version(last);
  // What pay cannot cover is set against later earnings.
  std::int64_t gross = add(add(earned, clawback), -state.debt);
  state.debt = gross < 0 ? -gross : 0;
  gross = std::max<std::int64_t>(0, gross);
  out.payable = gross;
  if (version.draw && on_draw(state, *version.draw, period)) {
    const Draw& draw = *version.draw;
    if (state.first_period == never) state.first_period = period;
    if (draw.recoverable && state.draw_balance > 0 &&
        period - state.first_period + 1 >= draw.recovery_starts) {
      const std::int64_t room = draw.floor ? gross - draw.amount : gross;
      if (gross >= draw.amount && room > 0)
        out.draw_recovery = std::min(state.draw_balance, share_of(room, draw.recovery_share));
    }
    if (gross < draw.amount) out.draw_advance = draw.amount - gross;
    out.payable = gross + out.draw_advance - out.draw_recovery;
    if (draw.recoverable) state.draw_balance += out.draw_advance - out.draw_recovery;
  } else if (version.draw && version.draw->recoverable && state.draw_balance > 0) {
    // After the draw has ended its balance is recovered from all earnings.
    out.draw_recovery = std::min(state.draw_balance, share_of(gross, version.draw->recovery_share));
    out.payable = gross - out.draw_recovery;
    state.draw_balance -= out.draw_recovery;
  }
  const auto who = version.payees.find(state.name);
  const bool leaves = who != version.payees.end() && who->second.end && *who->second.end <= last;
  if (leaves && version.draw && version.draw->forgiven && state.draw_balance > 0) {
    out.forgiven = state.draw_balance;
    state.draw_balance = 0;
  }
  out.draw_balance = state.draw_balance;
  out.debt = state.debt;
  return out;
}

}  // namespace compensation
