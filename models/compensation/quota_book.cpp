// SPDX-License-Identifier: Apache-2.0
#include "models/compensation/quota_book.h"

#include <algorithm>

namespace compensation {

const Payee* QuotaBook::payee(const Version& version) const {
  const auto at = version.payees.find(name_);
  return at == version.payees.end() ? nullptr : &at->second;
}

// R19: the month of the first day counts by the start rule, earlier ones not at all; months after
// the last day do not count.
Fraction QuotaBook::month(const Version& version, std::int32_t month, bool ramp) const {
  const Payee* who = payee(version);
  if (!who || !version.quota) return {1, 1};
  const Quota& quota = *version.quota;
  Fraction counts{1, 1};
  std::int32_t first = month;
  if (who->end && plan_->periods.month(*who->end) < month) return {0, 1};
  if (who->start) {
    first = plan_->periods.month(*who->start);
    const sim::Date begin = plan_->periods.first_day_of_month(first);
    const bool late = quota.start_rule == StartRule::fifteenth && *who->start - begin >= 15;
    if (late) ++first;
    if (month < first) return {0, 1};
    const std::int32_t days = plan_->periods.first_day_of_month(first + 1) - begin;
    if (month == first && quota.start_rule == StartRule::daily)
      counts = Fraction::of(days - (*who->start - begin), days);
  }
  const auto place = static_cast<std::size_t>(month - first);
  if (ramp && who->start && place < quota.ramp.size())
    counts = counts * Fraction::of(quota.ramp[place].billionths, billion);
  return counts;
}

Fraction QuotaBook::months(const Version& version, std::int32_t first, std::int32_t end,
                           bool ramp) const {
  Fraction total{0, 1};
  for (std::int32_t m = first; m < end; ++m) total = total + month(version, m, ramp);
  return total;
}

std::int64_t QuotaBook::part(std::int64_t amount, Span unit, std::int32_t first, std::int32_t end,
                             const Version& version, bool ramp) const {
  const std::int32_t n = months_in(unit);
  const std::int32_t begin = floor_quotient(first, n) * n;
  const auto up_to = [&](std::int32_t month) {
    const Fraction counted = months(version, begin, month, ramp);
    return round_div(product(amount, counted.num), product(counted.den, n));
  };
  return up_to(end) - up_to(first);
}

// R20. Up to the first unit with sales the plan's quota holds.
std::int64_t QuotaBook::ratcheted(const Version& version, const Quota& quota, std::int32_t index) {
  const Payee* who = payee(version);
  const std::int64_t start = who && who->quota ? *who->quota : quota.amount.amount;
  if (sold_.empty() || index <= sold_.begin()->first) return start;
  auto& known = ratchet_[static_cast<std::size_t>(&version - plan_->versions.data())];
  known.try_emplace(sold_.begin()->first, start);
  for (auto unit = known.rbegin()->first; unit < index; ++unit) {
    const std::int64_t now = known[unit], sales = sold_.contains(unit) ? sold_[unit] : 0;
    const Ratchet& r = *quota.ratchet;
    const Int128 kept = product(product(billion - r.weight.billionths, now), billion);
    const Int128 pulled =
        product(product(r.weight.billionths, billion + r.growth.billionths), sales);
    const std::int64_t next = round_div(sum(kept, pulled), Int128{billion} * billion);
    known[unit + 1] = r.up_only ? std::max(now, next) : std::max<std::int64_t>(0, next);
  }
  return known[index];
}

std::int64_t QuotaBook::unit_amount(const Version& version, Span unit, std::int32_t index) {
  const Quota& quota = *version.quota;
  if (quota.ratchet) return ratcheted(version, quota, index);
  const Payee* who = payee(version);
  const std::int64_t amount = who && who->quota ? *who->quota : quota.amount.amount;
  if (quota.season.empty()) return amount;
  std::vector<std::int64_t> weights;
  for (const Share share : quota.season) weights.push_back(share.billionths);
  const std::int32_t n = 12 / months_in(unit);
  return largest_remainder(amount,
                           weights)[static_cast<std::size_t>(index - floor_quotient(index, n) * n)];
}

std::int64_t QuotaBook::quota_of(const Version& version, Span span, std::int32_t index) {
  const Quota& quota = *version.quota;
  const Span unit = quota.season.empty() ? quota.amount.per : quota.season_span;
  const std::int32_t n = months_in(unit);
  const std::int32_t first = index * months_in(span), end = first + months_in(span);
  std::int64_t total = 0;
  for (std::int32_t begin = first; begin < end;) {
    const std::int32_t number = floor_quotient(begin, n);
    const std::int32_t stop = std::min(end, (number + 1) * n);
    total = add(total, part(unit_amount(version, unit, number), unit, begin, stop, version, true));
    begin = stop;
  }
  return total;
}

std::int64_t QuotaBook::target_of(const Version& version, Span span, std::int32_t index) const {
  const Payee* who = payee(version);
  const PerPeriod& incentive = version.target.incentive;
  const std::int64_t amount = who && who->target ? *who->target : incentive.amount;
  const std::int32_t n = months_in(incentive.per);
  const std::int32_t first = index * months_in(span), end = first + months_in(span);
  std::int64_t total = 0;
  for (std::int32_t begin = first; begin < end;) {
    const std::int32_t stop = std::min(end, (floor_quotient(begin, n) + 1) * n);
    total = add(total, part(amount, incentive.per, begin, stop, version, false));
    begin = stop;
  }
  return total;
}

PeriodQuota QuotaBook::at(const Plan& plan, std::size_t number, Span span, std::int32_t index) {
  plan_ = &plan;
  const Version& version = plan_->versions[number];
  PeriodQuota result;
  if (span == Span::plan) return result;
  if (version.has_target) result.target = target_of(version, span, index);
  if (!version.quota) return result;
  const Quota& quota = *version.quota;
  result.quota = quota_of(version, span, index);
  if (!version.has_target) return result;
  const Payee* who = payee(version);
  const std::int64_t target = who && who->target ? *who->target : version.target.incentive.amount;
  std::int64_t amount = who && who->quota ? *who->quota : quota.amount.amount;
  if (quota.ratchet)
    amount = ratcheted(version, quota,
                       floor_quotient(index * months_in(span), months_in(quota.amount.per)));
  if (amount > 0)
    result.base = Fraction::of(product(target, months_in(quota.amount.per)),
                               product(amount, months_in(version.target.incentive.per)));
  const std::int32_t first = index * months_in(span), end = first + months_in(span);
  const Fraction plain = months(version, first, end, false),
                 ramped = months(version, first, end, true);
  const bool ramping = plain.num != ramped.num || plain.den != ramped.den;
  if (quota.ramp_rate == RampRate::super && !quota.ramp.empty() && ramping && result.quota > 0) {
    result.super = true;
    result.super_base = Fraction::of(result.target, result.quota);
  }
  return result;
}

void QuotaBook::sold(const Plan& plan, std::size_t version, sim::Date day, std::int64_t credit) {
  plan_ = &plan;
  const Quota& quota = *plan_->versions[version].quota;
  if (!quota.ratchet) return;
  auto& unit = sold_[plan_->periods.index(quota.amount.per, day)];
  unit = add(unit, credit);
  const std::int32_t index = plan_->periods.index(quota.amount.per, day);
  for (auto& [known, quotas] : ratchet_) quotas.erase(quotas.upper_bound(index), quotas.end());
}

}  // namespace compensation
