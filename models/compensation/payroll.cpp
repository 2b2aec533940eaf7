// SPDX-License-Identifier: Apache-2.0
// The pay engine: payees, kinds of credit, which period and table a credit falls into.
#include "models/compensation/payroll.h"

#include <fmt/format.h>

#include <algorithm>

namespace compensation {

namespace {

bool lets_through(const std::vector<std::string>& wanted, const std::string& word) {
  return wanted.empty() || std::ranges::find(wanted, word) != wanted.end();
}

bool lets_through(const Filter& filter, const CreditKind& kind) {
  return lets_through(filter.products, kind.product) && lets_through(filter.kinds, kind.kind) &&
         lets_through(filter.channels, kind.channel) && lets_through(filter.roles, kind.role) &&
         lets_through(filter.registrations, kind.registration);
}

}  // namespace

Payroll::Payroll(std::shared_ptr<const Plan> plan, Trace trace)
    : plan_(std::move(plan)), trace_(trace == Trace::yes) {
  know_what_to_keep();
  passes_.resize(plan_->versions.size());
  pools_.resize(components());
  contests_settled_.resize(components());
  last_days_.fill({sim::Date{INT32_MIN}, never});
}

// Of deals, for what looks back at them; what is posted before a plan asks for it is not kept.
void Payroll::know_what_to_keep() {
  for (const Version& version : plan_->versions) {
    const bool deal_caps = std::ranges::any_of(version.caps, &Cap::per_deal);
    keep_deals_ = keep_deals_ || deal_caps || (version.clawback && !version.clawback->restated);
    keep_past_ = keep_past_ || (version.clawback && version.clawback->restated);
  }
  trace_ = trace_ || keep_deals_;
}

std::string Payroll::component_name(std::int32_t number) const {
  const Version& version = plan_->versions.back();
  const auto n = static_cast<std::int32_t>(components());
  if (number < n) return version.components[static_cast<std::size_t>(number)].name;
  if (number == clawback_line()) return "clawback";
  const auto cap = static_cast<std::size_t>(number - n);
  for (std::size_t v = plan_->versions.size(); v-- > 0;)
    if (cap < plan_->versions[v].caps.size()) return "cap." + plan_->versions[v].caps[cap].name;
  return "cap";
}

// After the components and the caps of all versions.
std::int32_t Payroll::clawback_line() const {
  std::size_t caps = 0;
  for (const Version& version : plan_->versions) caps = std::max(caps, version.caps.size());
  return static_cast<std::int32_t>(components() + caps);
}

// For the caps and sub-quotas of every version.
void Payroll::make_room(PayeeState& state) const {
  std::size_t caps = state.caps.size(), subquotas = state.subquotas.size();
  for (const Version& version : plan_->versions) {
    caps = std::max(caps, version.caps.size());
    subquotas = std::max(subquotas, version.subquotas.size());
  }
  state.subquotas.resize(subquotas);
  state.caps.resize(caps);
}

std::uint32_t Payroll::add_payee(std::string_view name) {
  if (const auto at = numbers_.find(name); at != numbers_.end()) return at->second;
  const auto number = static_cast<std::uint32_t>(payees_.size());
  const auto key = numbers_.emplace(std::string(name), number).first;
  PayeeState state(key->first, QuotaBook(key->first));
  make_room(state);
  for (auto* amounts : {&state.fund_used, &state.spif_used, &state.contest})
    amounts->resize(components());
  state.bonus_years.resize(components());
  const Version& version = plan_->versions.back();
  state.known = version.payees.contains(name);
  payees_.push_back(std::move(state));
  meters_.resize(meters_.size() + components());
  restated_.push_back(0);
  join_team(payees_.back(), number, version);
  return number;
}

void Payroll::join_team(PayeeState& payee, std::uint32_t number, const Version& version) {
  const auto at = version.payees.find(payee.name);
  if (at == version.payees.end() || at->second.team.empty()) return;
  const auto [team, fresh] =
      team_numbers_.emplace(at->second.team, static_cast<std::int32_t>(teams_.size()));
  if (fresh) {
    teams_.emplace_back();
    teams_.back().components.resize(components());
    teams_.back().subquotas.resize(payee.subquotas.size());
  }
  payee.team = team->second;
  teams_[static_cast<std::size_t>(payee.team)].members.push_back(number);
}

std::uint32_t Payroll::add_kind(const CreditKind& kind) {
  const auto [at, fresh] = kind_numbers_.emplace(kind, static_cast<std::uint32_t>(kinds_.size()));
  if (!fresh) return at->second;
  kinds_.push_back(kind);
  for (std::size_t v = 0; v < plan_->versions.size(); ++v) add_passes(v, kind);
  return at->second;
}

void Payroll::add_passes(std::size_t number, const CreditKind& kind) {
  const Version& version = plan_->versions[number];
  const std::size_t filters = 1 + version.components.size() + version.subquotas.size();
  for (std::size_t filter = 0; filter < filters; ++filter)
    passes_[number].push_back(compensation::lets_through(filter_of(version, filter), kind));
}

// 0: the quota; then the components, then the sub-quotas.
const Filter& Payroll::filter_of(const Version& version, std::size_t filter) const {
  static const Filter all;
  if (filter == 0) return version.quota ? version.quota->filter : all;
  if (filter <= version.components.size()) return version.components[filter - 1].filter;
  return version.subquotas[filter - 1 - version.components.size()].filter;
}

bool Payroll::passes(std::size_t number, std::size_t filter, const Credit& credit) const {
  const Version& version = plan_->versions[number];
  const std::size_t filters = 1 + version.components.size() + version.subquotas.size();
  if (!passes_[number][credit.kind * filters + filter]) return false;
  const auto& least = filter_of(version, filter).at_least;
  return !least || credit.size >= *least || -credit.size >= *least;  // a refund as its deal
}

// The table of one payee's period; equal quotas and targets share one.
std::uint32_t Payroll::table_for(std::uint32_t payee, std::size_t component, std::size_t version,
                                 std::int32_t period) {
  const Component& about = plan_->versions[version].components[component];
  const PeriodQuota quota = payees_[payee].quotas.at(*plan_, version, about.measure, period);
  const std::array<std::int64_t, 9> key{static_cast<std::int64_t>(component),
                                        static_cast<std::int64_t>(version),
                                        quota.quota,
                                        quota.target,
                                        narrow(quota.base.num),
                                        narrow(quota.base.den),
                                        quota.super,
                                        narrow(quota.super_base.num),
                                        narrow(quota.super_base.den)};
  const auto [at, fresh] = table_numbers_.emplace(key, static_cast<std::uint32_t>(tables_.size()));
  if (fresh) tables_.push_back(PayFunction::of(about, quota));
  return at->second;
}

// Makes a meter ready for a day: closes the period before, finds the table, follows a change of
// plan within the period (R3).
void Payroll::open(std::uint32_t payee, std::size_t component, Meter& m, sim::Date day,
                   std::size_t version) {
  const Component& about = plan_->versions[version].components[component];
  const std::int32_t period = period_of(about.measure, day);
  if (m.period != period) {
    if (m.period != never) close(payee, component, m);
    const std::int64_t owed = m.owed;
    const std::uint32_t tracing = m.tracing;
    m = Meter{};
    m.owed = owed;
    m.tracing = tracing;
    m.period = period;
    m.table = table_for(payee, component, version, period);
    m.denominator = tables_[m.table].denominator();
    trace_from_now(m);
    return;
  }
  if (plan_->versions.size() == 1) return;
  const std::uint32_t table = table_for(payee, component, version, period);
  if (table == m.table) return;
  const Commission& commission = about.commission;
  if (about.type == Type::commission && commission.reading == Reading::retroactive) {
    auto& parts =
        retro_parts_[{payee * components() + component, static_cast<std::uint32_t>(period)}];
    std::int64_t before = m.credit;
    for (const auto& [old, pay] : parts) before -= pay;
    parts.emplace_back(m.table, before);
  } else if (about.type == Type::commission && commission.reading != Reading::interpolated) {
    make_impure(m);
  }
  m.table = table;
  if (m.pure) over(m, tables_[m.table].denominator());
}

void Payroll::trace_from_now(Meter& m) {
  if (!trace_ || m.tracing != 0) return;
  m.tracing = static_cast<std::uint32_t>(tracings_.size());
  tracings_.emplace_back();
}

// The period of a meter is over.
void Payroll::close(std::uint32_t payee, std::size_t component, Meter& m) {
  const Span measure = plan_->first().components[component].measure;
  if (!m.done || m.dirty)
    settle_meter(payee, component, m, plan_->periods.last_day(measure, m.period), true);
  if (keep_past_) closed_[{payee, static_cast<std::int32_t>(component), m.period}] = m;
  if (keep_past_ && m.tracing != 0) m.tracing = 0;  // the closed one keeps its own
  if (m.tracing != 0) tracings_[m.tracing] = Tracing{};
}

void Payroll::post(const Credit& credit) {
  const std::size_t number = plan_->version_at(credit.day);
  const Version& version = plan_->versions[number];
  std::int64_t quota_credit = 0;
  if (version.quota && credit.quota_credit && passes(number, 0, credit))
    quota_credit = credit.value[static_cast<std::size_t>(version.quota->basis)];
  if (quota_credit != 0 && version.quota->ratchet && !credit.rolled_up)
    payees_[credit.payee].quotas.sold(*plan_, number, credit.day, quota_credit);
  if (keep_deals_) note_credit(credit.payee, credit.deal);
  bool unstackable_paid = false;
  for (std::size_t i = 0; i < version.components.size(); ++i) {
    const Component& component = version.components[i];
    if (component.rolled_up != credit.rolled_up) continue;
    if (component.type == Type::spif)
      post_spif(credit, component, i, unstackable_paid);
    else
      post_component(credit, number, i, quota_credit);
  }
  if (!credit.rolled_up && !version.subquotas.empty()) accumulate(credit, number, quota_credit);
}

// Sub-quotas of the payee and of their team (R23).
void Payroll::accumulate(const Credit& credit, std::size_t number, std::int64_t quota_credit) {
  const Version& version = plan_->versions[number];
  PayeeState& state = payees_[credit.payee];
  for (std::size_t i = 0; i < version.subquotas.size(); ++i) {
    const SubQuota& about = version.subquotas[i];
    std::int64_t value = quota_credit;
    if (!about.of_quota)
      value = passes(number, 1 + version.components.size() + i, credit)
                  ? credit.value[static_cast<std::size_t>(about.basis)]
                  : 0;
    if (value == 0) continue;
    const std::int32_t period = plan_->periods.index(about.measure, credit.day);
    const auto put = [&](SubMeter& m) { m.credit[period] = add(m.of(period), value); };
    put(state.subquotas[i]);
    if (state.team >= 0) put(teams_[static_cast<std::size_t>(state.team)].subquotas[i]);
  }
  // Whoever the sub-quota concerns is looked at on the next payday.
  const auto wake = [&](std::uint32_t payee) {
    for (std::size_t i = 0; i < components(); ++i) {
      Meter& m = meter(payee, i);
      m.dirty = m.dirty || (m.period != never && !m.done);
    }
  };
  wake(credit.payee);
  if (state.team >= 0)
    for (const std::uint32_t member : teams_[static_cast<std::size_t>(state.team)].members)
      wake(member);
}

void Payroll::claim_fund(std::uint32_t payee, sim::Date day, sim::Date activity,
                         std::int64_t spent) {
  const Version& version = this->version(day);
  for (std::size_t i = 0; i < version.components.size(); ++i) {
    const Component& component = version.components[i];
    if (component.type != Type::mdf || day - activity > component.fund.deadline_days) continue;
    Meter& m = meter(payee, i);
    const std::int64_t fund = round_div(m.exact, billion) - payees_[payee].fund_used[i];
    const std::int64_t cents =
        std::max<std::int64_t>(0, std::min(fund, share_of(spent, component.fund.match)));
    payees_[payee].fund_used[i] += cents;
    m.owed += cents;
    emit(payee, static_cast<std::int32_t>(i), no_deal, Rule::fund, -1, spent, 0, cents);
  }
}

bool Payroll::lets_through(sim::Date day, std::size_t component, const CreditKind& kind,
                           std::int64_t size) {
  Credit credit;
  credit.kind = add_kind(kind);
  credit.size = size;
  return passes(plan_->version_at(day), 1 + component, credit);
}

void Payroll::forget() {
  lines_.clear();
  entries_.clear();
  payouts_.clear();
}

void Payroll::award(std::uint32_t payee, std::int32_t component, std::uint64_t deal,
                    std::int64_t credit, std::int64_t cents) {
  Meter& m = meter(payee, static_cast<std::size_t>(component));
  m.owed = add(m.owed, cents);
  if (keep_deals_) note_credit(payee, deal);
  const double rate = credit != 0 ? static_cast<double>(cents) / static_cast<double>(credit) : 0;
  emit(payee, component, deal, Rule::claim, -1, credit, rate, cents);
}

void Payroll::emit(std::uint32_t payee, std::int32_t component, std::uint64_t deal, Rule rule,
                   int tier, std::int64_t credit, double rate, std::int64_t cents) {
  if (!trace_ || cents == 0) return;
  entries_.push_back({payee, component, never, deal, rule, tier, credit, rate, cents});
}

std::int64_t Payroll::position(std::uint32_t payee, std::int32_t component, sim::Date day) {
  return position_of(view(payee, static_cast<std::size_t>(component), day, plan_->version_at(day)));
}

const PayFunction& Payroll::function(std::uint32_t payee, std::int32_t component, sim::Date day) {
  const Meter m = view(payee, static_cast<std::size_t>(component), day, plan_->version_at(day));
  return tables_[m.table];
}

}  // namespace compensation
