// SPDX-License-Identifier: Apache-2.0
#include "models/ecosystem/role_payroll.h"

#include <fmt/format.h>

#include <algorithm>
#include <tuple>
#include <utility>

#include "models/planning/ratchet.h"
#include "sim/math.h"
#include "sim/money.h"

namespace ecosystem {
namespace {

compensation::Plan plan_of(const PlanTerms& terms, const std::vector<std::string>& products) {
  if (!terms.file.empty()) return plan_file(terms, products);
  compensation::Plan plan;
  plan.paid = compensation::Span::quarter;
  plan.versions.push_back(version_of(terms));
  return plan;
}

std::string name_of(sim::Key person) { return fmt::format("{:016x}", person.value); }

}  // namespace

RolePayroll::RolePayroll(const PlanTerms& terms, std::shared_ptr<const sim::Calendar> calendar,
                         std::vector<std::string> products)
    : terms_(terms), products_(std::move(products)) {
  plan_ = std::make_shared<compensation::Plan>(plan_of(terms, products_));
  plan_->periods = compensation::Periods::of(std::move(calendar));
  payroll_ = std::make_unique<compensation::Payroll>(plan_, compensation::Payroll::Trace::no);
  for (const std::string& product : products_) {
    compensation::CreditKind kind;
    kind.product = product;
    kinds_.push_back(payroll_->add_kind(kind));
  }
}

void RolePayroll::change(const PlanTerms& terms, sim::Date from) {
  if (terms == terms_) return;
  auto plan = std::make_shared<compensation::Plan>(*plan_);
  compensation::Version version = plan_of(terms, products_).versions.back();
  const auto kept = [](const compensation::Component& component) {
    return std::tie(component.name, component.type, component.measure, component.basis);
  };
  if (!std::ranges::equal(version.components, plan->versions.back().components, {}, kept, kept))
    throw sim::BadInput(
        "a plan that begins at a date must have the components of the plan before it, in its order "
        "and by name, type, measure and basis (a component may pay nothing)");
  terms_ = terms;
  version.from = from;
  for (const auto& [name, person] : people_) this->name(person, version);
  if (plan->versions.back().from == from) plan->versions.pop_back();
  plan->versions.push_back(std::move(version));
  payroll_->change(plan);
  plan_ = plan;
}

// Whose days or quota matter to a version becomes a payee of it by name. A plan file asks for days
// (ramps, draws, guarantees, proration); the plan of a few figures only if it ramps.
void RolePayroll::name(const compensation::Payee& person, compensation::Version& version) const {
  const bool dated = !terms_.file.empty() || (version.quota && !version.quota->ramp.empty());
  if (!(dated && (person.start || person.end)) && !(version.quota && person.quota)) return;
  compensation::Payee& payee = version.payees[person.name];
  payee.name = person.name;
  if (dated) payee.start = person.start;
  if (dated) payee.end = person.end;
  if (person.quota) payee.quota = *person.quota * months_in(version.quota->amount.per) / 3;
}

void RolePayroll::hand_out(std::span<const OwnQuota> quotas, sim::Date from) {
  sim::validate(plan_->versions.back().quota.has_value(),
                "quotas are handed out to people whose plan has none");
  for (const OwnQuota& own : quotas) {
    compensation::Payee& person = people_[payroll_->payee(own.who)];
    person.name = payroll_->payee(own.who);
    person.quota = own.quota;
  }
  auto plan = std::make_shared<compensation::Plan>(*plan_);
  const bool at_work = period_ != INT32_MIN;
  if (at_work && plan->versions.back().from != from) {
    plan->versions.push_back(plan->versions.back());
    plan->versions.back().from = from;
  }
  for (const auto& [name, person] : people_) this->name(person, plan->versions.back());
  payroll_->change(plan);
  plan_ = std::move(plan);
}

std::uint32_t RolePayroll::join(sim::Key person, std::size_t row, const Own& own) {
  if (own.first_day || own.quota) {
    compensation::Payee& payee = people_[name_of(person)];
    payee.name = name_of(person);
    payee.start = own.first_day;
    payee.quota = own.quota;
    name(payee, plan_->versions.back());
  }
  accrued_.push_back(0);
  debts_.push_back(0);
  rows_.push_back(row);
  spifs_.push_back(0);
  return payroll_->add_payee(name_of(person));
}

void RolePayroll::leave(std::uint32_t who, sim::Date last_day) {
  compensation::Payee& person = people_[payroll_->payee(who)];
  person.name = payroll_->payee(who);
  person.end = last_day;
  name(person, plan_->versions.back());
}

double RolePayroll::ratchet_weight(double far_sighted, double discount) const {
  const auto& quota = plan_->versions.back().quota;
  if (far_sighted == 0 || !quota || !quota->ratchet) return 1;
  const double seen =
      planning::ratchet_factor(sim::exp(-discount), quota->ratchet->weight.number());
  return 1 + far_sighted * (seen - 1);
}

planning::PayCurve RolePayroll::quota_curve(std::uint32_t who, sim::Date day, double quota) {
  planning::PayCurve sum;
  const auto& components = plan_->at(day).components;
  for (std::size_t i = 0; i < components.size(); ++i) {
    const compensation::Type type = components[i].type;
    if (type != compensation::Type::commission && type != compensation::Type::curve &&
        type != compensation::Type::bonus)
      continue;
    const auto& function = payroll_->function(who, static_cast<std::int32_t>(i), day);
    if (function.of_quota() && !function.pays_nothing())
      sum += planning::PayCurve::of(function, static_cast<std::int64_t>(quota));
  }
  return sum;
}

// A week may hold the end of a pay period: its deals belong to two.
void RolePayroll::settle_before(sim::Date day) {
  const std::int32_t now = plan_->periods.index(plan_->paid, day);
  if (period_ == INT32_MIN) period_ = now;
  for (; period_ < now; ++period_) {
    payroll_->settle(period_);
    for (const compensation::Line& line : payroll_->lines()) {
      const auto number = static_cast<std::size_t>(line.component);
      const auto& components = plan_->first().components;
      if (line.component >= 0 && number < components.size() &&
          components[number].type == compensation::Type::spif)
        spifs_[line.payee] += line.cents;
    }
    for (const compensation::Payout& payout : payroll_->payouts()) {
      std::int64_t& accrued = accrued_[payout.payee];
      std::int64_t& debt = debts_[payout.payee];
      const std::int64_t recovered = debt - payout.clawback - payout.debt;
      debt = payout.debt;
      if (payout.payable != 0 || accrued != 0)
        waiting_.push_back(
            {payout.payee, accrued, payout.payable, spifs_[payout.payee], recovered});
      accrued = spifs_[payout.payee] = 0;
    }
    payroll_->forget();
  }
}

void RolePayroll::post(std::uint32_t who, const Sale& sale, double share, bool commissionable,
                       bool quota, bool first) {
  using compensation::Basis;
  const auto part = [share](std::int64_t amount) {
    return share == 1 ? amount : sim::Money{amount}.share(share).minor;
  };
  compensation::Credit credit;
  credit.day = sale.day;
  credit.deal = sale.deal.value;
  credit.payee = who;
  credit.kind = kinds_[sale.product];
  credit.size = part(sale.amount);
  credit.value.fill(credit.size);
  // First year: the part of it that the term reaches; TCV: all of the term.
  const auto of_term = [&](std::int32_t weeks) {
    if (sale.term_weeks == 0) return credit.size;
    return compensation::round_div(static_cast<compensation::Int128>(credit.size) * weeks, 52);
  };
  credit.value[static_cast<std::size_t>(Basis::first_year)] =
      of_term(std::min(52, sale.term_weeks));
  credit.value[static_cast<std::size_t>(Basis::tcv)] = of_term(sale.term_weeks);
  credit.value[static_cast<std::size_t>(Basis::margin)] = part(sale.margin);
  credit.value[static_cast<std::size_t>(Basis::list)] = part(sale.list);
  credit.value[static_cast<std::size_t>(Basis::discount)] = part(sale.list - sale.amount);
  credit.value[static_cast<std::size_t>(Basis::units)] = share > 0 ? 1 : 0;
  credit.commissionable = commissionable;
  credit.quota_credit = quota;
  credit.claims_spif = first;
  payroll_->post(credit);
}

std::int64_t RolePayroll::credit(std::uint32_t who, const Sale& sale) {
  settle_before(sale.day);
  const double both = std::min(sale.commissionable, sale.quota_credit);
  if (both > 0) post(who, sale, both, true, true, true);
  if (sale.commissionable > both)
    post(who, sale, sale.commissionable - both, true, false, both == 0);
  if (sale.quota_credit > both) post(who, sale, sale.quota_credit - both, false, true, false);
  const std::int64_t due = payroll_->owed(who), more = due - accrued_[who];
  accrued_[who] = due;
  return more;
}

void RolePayroll::end(const Ended& ended) {
  if (!plan_->at(ended.day).clawback) return;
  settle_before(ended.day);
  compensation::Trigger trigger;
  trigger.day = ended.day;
  trigger.contract_start = ended.start;
  trigger.deal = ended.deal.value;
  trigger.kind = "churn";
  trigger.term_days = 7 * ended.term_weeks;
  payroll_->post(trigger);
}

std::vector<RolePayroll::Pay> RolePayroll::paydays(sim::Date day) {
  settle_before(day + 1);
  return std::exchange(waiting_, {});
}

}  // namespace ecosystem
