// SPDX-License-Identifier: Apache-2.0
#include "models/ecosystem/plan_terms.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "models/compensation/read_plan.h"
#include "models/packaged_files.h"
#include "sim/check.h"

namespace ecosystem {
namespace {

using compensation::Share;
using compensation::Span;

Share share_of(double number) {
  return {static_cast<std::int64_t>(std::llround(number * compensation::billion))};
}

compensation::Quota quota_of(const PlanTerms& terms) {
  compensation::Quota quota;
  quota.amount = {terms.quota, Span::quarter};
  quota.basis = terms.basis;
  if (!terms.season.empty()) {
    double sum = 0;
    for (const double share : terms.season) sum += share;
    sim::validate(terms.season.size() == 4 && std::abs(sum - 1) < 1e-9,
                  "quota_season must be four shares that sum to 1");
    quota.amount = {4 * terms.quota, Span::year};
    std::int64_t left = compensation::billion;
    for (std::size_t i = 0; i < 4; ++i) {
      const Share share = i < 3 ? share_of(terms.season[i]) : Share{left};
      quota.season.push_back(share);
      left -= share.billionths;
    }
    quota.season_span = Span::quarter;
  }
  for (const double share : terms.ramp) quota.ramp.push_back(share_of(share));
  if (terms.ratchet > 0) {
    sim::validate(terms.season.empty() && terms.per != Span::year,
                  "a ratchet moves the quota of each quarter: it goes with no quota_season, nor "
                  "with quota_per = \"year\"");
    quota.ratchet = {share_of(terms.ratchet), {}, false};
  }
  return quota;
}

compensation::Component commission_of(const PlanTerms& terms) {
  compensation::Component component;
  component.name = "commission";
  component.measure = terms.per;
  component.basis = terms.basis;
  compensation::Commission& commission = component.commission;
  commission.base = compensation::BaseRate{false, share_of(terms.base_rate)};
  const auto tier = [&](double from, double times) {
    compensation::Tier next;
    next.of_quota = terms.quota > 0;
    next.pays = compensation::Tier::Pays::times;
    next.from_share = share_of(from);
    next.share = share_of(times);
    commission.tiers.push_back(next);
  };
  tier(0, 1);
  if (terms.quota <= 0) return component;
  if (terms.cap > 0 && terms.cap <= 1) {
    tier(terms.cap, 0);
    return component;
  }
  tier(1, terms.accelerator);
  if (terms.cap > 0) tier(terms.cap, 0);
  return component;
}

compensation::Component bonus_of(const PlanTerms& terms) {
  compensation::Component component;
  component.name = "bonus";
  component.type = compensation::Type::bonus;
  component.measure = terms.per;
  component.basis = terms.basis;
  const std::int64_t months = compensation::months_in(terms.per);
  component.bonus.amount = terms.bonus * months / 3;
  component.bonus.at = Share::whole(1);
  return component;
}

compensation::Clawback clawback_of(const PlanTerms& terms) {
  using Amount = compensation::Clawback::Amount;
  compensation::Clawback clawback;
  clawback.triggers = {"churn"};
  clawback.components = {"commission"};
  clawback.window = terms.clawback_months;
  clawback.amount = terms.clawback_pro_rata ? Amount::pro_rata : Amount::full;
  return clawback;
}

void check_products(const compensation::Plan& plan, const std::vector<std::string>& products) {
  for (const std::string& product : plan.products)
    sim::validate(std::ranges::find(products, product) != products.end(),
                  fmt::format("plan '{}' names the product '{}'; the scenario has: {}", plan.name,
                              product, fmt::join(products, ", ")));
}

}  // namespace

compensation::Version version_of(const PlanTerms& terms) {
  compensation::Version version;
  if (terms.quota > 0) version.quota = quota_of(terms);
  version.components.push_back(commission_of(terms));
  // A bonus of 0 stands for "none", so that a dated change may bring one, or a quota.
  version.components.push_back(bonus_of(terms));
  if (terms.clawback_months > 0) version.clawback = clawback_of(terms);
  return version;
}

compensation::Plan plan_file(const PlanTerms& terms, const std::vector<std::string>& products) {
  const bool content = terms.file.find('\n') != std::string::npos;
  std::string_view text = terms.file;
  if (!content) {
    text = {};
    std::string names;
    for (const models::PackagedFile& file : models::packaged_plans()) {
      if (file.name == terms.file) text = file.toml;
      names += fmt::format("{}{}", names.empty() ? "" : ", ", file.name);
    }
    if (text.empty())
      throw sim::BadInput(fmt::format("there is no plan '{}': a path ending in .toml, or one of {}",
                                      terms.file, names));
  }
  compensation::Plan plan =
      compensation::read_plan(text, content ? "the scenario's plan file" : terms.file);
  check_products(plan, products);
  sim::validate(plan.currency == terms.currency,
                fmt::format("plan '{}' pays in {}, the scenario counts in {}", plan.name,
                            plan.currency, terms.currency));
  return plan;
}

}  // namespace ecosystem
