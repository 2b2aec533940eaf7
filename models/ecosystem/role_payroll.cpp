// SPDX-License-Identifier: Apache-2.0
#include "models/ecosystem/role_payroll.h"

#include <fmt/format.h>

#include <cmath>
#include <utility>

namespace ecosystem {
namespace {

using compensation::Share;

Share share_of(double number) {
  return {static_cast<std::int64_t>(std::llround(number * compensation::billion))};
}

compensation::Version version_of(const PlanTerms& terms) {
  compensation::Version version;
  compensation::Component component;
  component.name = "commission";
  component.measure = compensation::Span::quarter;
  compensation::Commission& commission = component.commission;
  commission.base = compensation::BaseRate{false, share_of(terms.base_rate)};
  const bool quota = terms.quota > 0;
  compensation::Tier tier;
  tier.of_quota = quota;
  tier.pays = compensation::Tier::Pays::times;
  tier.share = Share::whole(1);
  commission.tiers.push_back(tier);
  if (quota) {
    version.quota.emplace();
    version.quota->amount = {terms.quota, compensation::Span::quarter};
    tier.from_share = Share::whole(1);
    tier.share = share_of(terms.accelerator);
    commission.tiers.push_back(tier);
  }
  version.components.push_back(std::move(component));
  return version;
}

}  // namespace

RolePayroll::RolePayroll(const PlanTerms& terms, std::shared_ptr<const sim::Calendar> calendar)
    : terms_(terms) {
  auto plan = std::make_shared<compensation::Plan>();
  plan->paid = compensation::Span::quarter;
  plan->periods = compensation::Periods::of(std::move(calendar));
  plan->versions.push_back(version_of(terms));
  plan_ = plan;
  payroll_ = std::make_unique<compensation::Payroll>(plan_, compensation::Payroll::Trace::no);
  kind_ = payroll_->add_kind({});
}

void RolePayroll::change(const PlanTerms& terms, sim::Date from) {
  if (terms == terms_) return;
  auto plan = std::make_shared<compensation::Plan>(*plan_);
  compensation::Version version = version_of(terms);
  version.from = from;
  if (plan->versions.back().from == from) plan->versions.pop_back();
  plan->versions.push_back(std::move(version));
  payroll_->change(plan);
  plan_ = plan;
  terms_ = terms;
}

std::uint32_t RolePayroll::join(sim::Key person, std::size_t row) {
  accrued_.push_back(0);
  rows_.push_back(row);
  return payroll_->add_payee(fmt::format("{:016x}", person.value));
}

// A week may hold the end of a pay period: its deals belong to two.
void RolePayroll::settle_before(sim::Date day) {
  const std::int32_t now = plan_->periods.index(plan_->paid, day);
  if (period_ == INT32_MIN) period_ = now;
  for (; period_ < now; ++period_) {
    payroll_->settle(period_);
    for (const compensation::Payout& payout : payroll_->payouts()) {
      std::int64_t& accrued = accrued_[payout.payee];
      if (payout.payable != 0 || accrued != 0)
        waiting_.push_back({payout.payee, accrued, payout.payable});
      accrued = 0;
    }
    payroll_->forget();
  }
}

std::int64_t RolePayroll::credit(std::uint32_t who, sim::Key deal, sim::Date day,
                                 std::int64_t amount) {
  settle_before(day);
  compensation::Credit credit;
  credit.day = day;
  credit.deal = deal.value;
  credit.payee = who;
  credit.kind = kind_;
  credit.size = amount;
  credit.value.fill(amount);
  payroll_->post(credit);
  const std::int64_t due = payroll_->owed(who), more = due - accrued_[who];
  accrued_[who] = due;
  return more;
}

std::vector<RolePayroll::Pay> RolePayroll::paydays(sim::Date day) {
  settle_before(day + 1);
  return std::exchange(waiting_, {});
}

}  // namespace ecosystem
