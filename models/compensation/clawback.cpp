// SPDX-License-Identifier: Apache-2.0
// Clawback (R17): at what the trace paid, or by computing the period again.
#include <algorithm>
#include <utility>

#include "models/compensation/payroll.h"

namespace compensation {

namespace {

sim::Date months_later(sim::Date day, std::int32_t months) {
  const std::int32_t month = 12 * day.year() + day.month() - 1 + months;
  const int year = month / 12, number = month % 12 + 1;
  const sim::Date first = sim::Date::from_civil(year, number, 1);
  const sim::Date next = number == 12 ? sim::Date::from_civil(year + 1, 1, 1)
                                      : sim::Date::from_civil(year, number + 1, 1);
  return first + std::min(day.day() - 1, next - first - 1);
}

}  // namespace

Share Payroll::clawed_share(const Clawback& clawback, const Trigger& trigger) const {
  if (std::ranges::find(clawback.triggers, trigger.kind) == clawback.triggers.end()) return {};
  const sim::Date start = trigger.contract_start;
  const sim::Date end =
      clawback.in_months ? months_later(start, clawback.window) : start + clawback.window;
  if (trigger.day < start || trigger.day >= end) return {};
  Share share = Share::whole(1);
  if (clawback.amount == Clawback::Amount::pro_rata) {
    const sim::Date term_end = trigger.term_days > 0 ? start + trigger.term_days
                                                     : months_later(start, trigger.term_months);
    const std::int64_t term = term_end - start;
    share = term <= 0 || trigger.day >= term_end
                ? Share{0}
                : Share{round_div(Int128{term_end - trigger.day} * billion, term)};
  } else if (clawback.amount == Clawback::Amount::sliding) {
    std::size_t step = clawback.months.size() - 1;
    while (step > 0 && trigger.day < months_later(start, clawback.months[step])) --step;
    share = clawback.shares[step];
  }
  return {round_div(Int128{share.billionths} * trigger.lost.billionths, billion)};
}

// Only who was credited for a deal is looked at when it ends, now or before the credit.
void Payroll::note_credit(std::uint32_t payee, std::uint64_t deal) {
  if (deal == no_deal || !payees_[payee].deal_cents.try_emplace(deal, 0).second) return;
  if (const auto at = ended_.find(deal); at != ended_.end())
    payees_[payee].clawed.push_back({deal, at->second, 0});
}

void Payroll::post(const Trigger& trigger) {
  const Version& version = this->version(trigger.day);
  if (!version.clawback) return;
  const Share share = clawed_share(*version.clawback, trigger);
  if (share.billionths == 0) return;
  if (!version.clawback->restated) {
    Share& whole = ended_[trigger.deal];  // a second event takes of the rest
    whole.billionths = std::min(billion, whole.billionths + share.billionths);
    for (PayeeState& state : payees_) {
      if (!state.deal_cents.contains(trigger.deal)) continue;
      const auto at = std::ranges::find(state.clawed, trigger.deal, &Clawed::deal);
      if (at == state.clawed.end())
        state.clawed.push_back({trigger.deal, whole, 0});
      else
        at->share = whole;
    }
    return;
  }
  const auto parts = past_.find(trigger.deal);
  if (parts == past_.end()) return;
  for (Past& past : parts->second) {
    const std::string& name = version.components[static_cast<std::size_t>(past.component)].name;
    if (std::ranges::find(version.clawback->components, name) == version.clawback->components.end())
      continue;
    const std::int64_t cents = restate(past, share);
    restated_[past.payee] = add(restated_[past.payee], cents);

    emit(past.payee, clawback_line(), trigger.deal, Rule::restated, -1, -share_of(past.pay, share),
         0, cents);
  }
}

// Takes the credit out of its period and says what that changes there: the deal is undone and comes
// again with what is left of it.
std::int64_t Payroll::restate(Past& past, Share share) {
  const auto component = static_cast<std::size_t>(past.component);
  Meter& now = meter(past.payee, component);
  const bool open_period = now.period == past.period;
  const auto closed = closed_.find({past.payee, past.component, past.period});
  if (!open_period && closed == closed_.end()) return 0;
  Meter& m = open_period ? now : closed->second;
  const Component& about = plan_->versions[past.version].components[component];
  const sim::Date last = plan_->periods.last_day(about.measure, past.period);
  settle_meter(past.payee, component, m, last, !open_period);
  const std::int64_t before = m.paid, owed = m.owed;
  const std::uint32_t tracing = std::exchange(m.tracing, 0);  // told on the clawback's own line
  restating_ = true;
  Past rest = past;
  rest.pay -= share_of(past.pay, share);
  rest.quota -= share_of(past.quota, share);
  rest.size -= share_of(past.size, share);
  put_past(past, m, about, -1);
  put_past(rest, m, about, 1);
  past = rest;
  restating_ = false;
  settle_meter(past.payee, component, m, last, !open_period);
  m.tracing = tracing;
  m.owed = open_period ? owed : 0;
  if (m.tracing != 0) tracings_[m.tracing].extra += m.paid - before;
  return m.paid - before;
}

void Payroll::put_past(const Past& past, Meter& m, const Component& about, std::int64_t sign) {
  Credit credit;
  credit.payee = past.payee;
  credit.deal = no_deal;
  credit.day = plan_->periods.first_day(about.measure, past.period);
  credit.size = sign * past.size;
  credit.split = past.split;
  credit.value.fill(sign * past.pay);
  std::array<std::int64_t, 7> whole;
  whole.fill(sign * past.size);
  credit.whole = &whole;
  if (about.type == Type::commission)
    post_commission(credit, about, m, sign * past.pay, sign * past.quota);
  else
    post_function(credit, m, 0, sign * past.quota, Rule::bonus);
}

// What was paid for each deal by what may be clawed back, net of what caps withheld of it.
void Payroll::remember(PayeeState& state, const Clawback& clawback, std::span<const Entry> fresh,
                       std::size_t before_caps) {
  const auto counts = [&](std::int32_t component) {
    return std::ranges::find(clawback.components, component_name(component)) !=
           clawback.components.end();
  };
  for (const Entry& entry : fresh)
    if (entry.deal != no_deal && entry.rule != Rule::minimum && entry.rule != Rule::restated &&
        counts(entry.component))
      state.deal_cents[entry.deal] += entry.cents;
  for (std::size_t i = before_caps; i < entries_.size(); ++i)
    if (entries_[i].deal != no_deal && counts(cut_of_[i - before_caps]))
      state.deal_cents[entries_[i].deal] += entries_[i].cents;
}

std::int64_t Payroll::claw(PayeeState& state, std::uint32_t payee) {
  std::int64_t total = 0;

  for (Clawed& clawed : state.clawed) {
    const auto paid = state.deal_cents.find(clawed.deal);
    if (paid == state.deal_cents.end()) continue;
    const std::int64_t due = share_of(paid->second, clawed.share);
    const std::int64_t change = due - clawed.taken;
    clawed.taken = due;
    total = add(total, -change);
    emit(payee, clawback_line(), clawed.deal, Rule::clawback, -1, 0, 0, -change);
  }
  return total;
}

}  // namespace compensation
