// SPDX-License-Identifier: Apache-2.0
// What a plan's parts say of each other.
#include <fmt/format.h>

#include <algorithm>

#include "models/compensation/read_component.h"

namespace compensation {
namespace {

class Check {
 public:
  Check(const Version& version, const Plan& plan, const TomlNode& root,
        std::vector<sim::Problem>& problems)
      : version_(version), plan_(plan), root_(root), problems_(problems) {}

  void all() {
    if (version_.components.empty()) fail({}, "a plan has at least one [component.NAME]");
    if (version_.quota) filter(version_.quota->filter, {"quota"});
    for (const Component& component : version_.components) check(component);
    for (const SubQuota& quota : version_.subquotas) check(quota);
    for (const Cap& cap : version_.caps) {
      names(cap.components, {"cap", cap.name, "components"}, "R13");
      if (!cap.per_deal && months_in(cap.per) < months_in(plan_.paid))
        fail({"cap", cap.name, "per"}, "R13: a cap's period is not shorter than the pay period");
    }
    if (version_.clawback) check(*version_.clawback);
    for (const auto& [name, payee] : version_.payees) check(payee);
    same_components();
    if (version_.quota) check_quota(*version_.quota);
  }

 private:
  using Path = std::vector<std::string>;

  void fail(const Path& path, std::string message, std::string help = "") {
    const TomlNode* node = &root_;
    for (const std::string& step : path) {
      const TomlNode* next = node->find(step);
      if (!next) break;
      node = next;
    }
    problems_.push_back({node->place.source ? node->place : root_.place,
                         fmt::format("{}", fmt::join(path, ".")), std::move(message),
                         std::move(help)});
  }

  void filter(const Filter& filter, Path path) {
    path.emplace_back("products");
    for (const std::string& product : filter.products) {
      if (std::ranges::find(plan_.products, product) != plan_.products.end()) continue;
      const std::string near = sim::nearest(product, plan_.products);
      fail(path, fmt::format("R23: there is no product \"{}\"", product),
           !near.empty()            ? fmt::format("did you mean \"{}\"?", near)
           : plan_.products.empty() ? "list all products: products = [...] at the top"
                                    : fmt::format("products: {}", fmt::join(plan_.products, ", ")));
    }
  }

  const Component* find(const std::string& name) const {
    const auto at = std::ranges::find(version_.components, name, &Component::name);
    return at == version_.components.end() ? nullptr : &*at;
  }

  void names(const std::vector<std::string>& wanted, const Path& path, std::string_view rule) {
    std::vector<std::string> known;
    for (const Component& component : version_.components) known.push_back(component.name);
    for (const std::string& name : wanted) {
      if (find(name)) continue;
      const std::string near = sim::nearest(name, known);
      fail(path, fmt::format("{}: there is no component \"{}\"", rule, name),
           near.empty() ? fmt::format("components: {}", fmt::join(known, ", "))
                        : fmt::format("did you mean \"{}\"?", near));
    }
  }

  static bool needs_quota(const Component& component) {
    const Commission& commission = component.commission;
    if (component.type == Type::curve || component.type == Type::bonus) return true;
    if (component.type != Type::commission) return false;
    return (!commission.tiers.empty() && commission.tiers[0].of_quota) ||
           commission.threshold_of_quota || (commission.base && commission.base->derived);
  }
  static bool needs_target(const Component& component) {
    if (component.type == Type::curve) return true;
    if (component.type == Type::bonus) return !component.bonus.amount;
    return component.type == Type::commission && component.commission.base &&
           component.commission.base->derived;
  }

  void check(const Component& component) {
    const Path path{"component", component.name};
    filter(component.filter, path);
    if (needs_quota(component) && !version_.quota)
      fail(path, fmt::format("R19: component.{} needs a [quota]", component.name));
    if (needs_target(component) && !version_.has_target)
      fail(path, fmt::format("R10: component.{} needs a [target]", component.name));
    if (component.type == Type::commission && component.commission.base &&
        component.commission.base->derived && version_.quota && version_.quota->amount.amount == 0)
      fail(path, "R10: \"target/quota\" needs a quota above 0");
    if (component.measure == Span::plan && needs_quota(component))
      fail(path, "R4: a quota is for a period; measure = \"plan\" has none");
    if (component.type == Type::commission && component.commission.minimum &&
        months_in(component.measure) < months_in(plan_.paid))
      fail(path, "R25: a minimum is for a period not shorter than the pay period");
    if (component.type == Type::commission &&
        component.commission.threshold_of_quota != component.commission.tiers[0].of_quota &&
        component.commission.above_only)
      fail(path, "R11: an \"above_only\" threshold is a share of quota if the tiers are, else not");
  }

  void check(const SubQuota& quota) {
    const Path path{"subquota", quota.name};
    filter(quota.filter, path);
    names(quota.applies_to, {"subquota", quota.name, "applies_to"}, "R23");
    for (const std::string& name : quota.applies_to) {
      const Component* component = find(name);
      if (component && (component->type == Type::spif || component->type == Type::contest ||
                        component->type == Type::claims || component->type == Type::mdf))
        fail(path, fmt::format("R5: a sub-quota does not apply to the {} \"{}\"",
                               type_names[static_cast<std::size_t>(component->type)], name));
      if (component && component->measure != quota.measure)
        fail(path,
             fmt::format("R23: sub-quota and component \"{}\" have the same 'measure'", name));
    }
    if (quota.on_team && months_in(quota.measure) < months_in(plan_.paid))
      fail(path, "R21: what a team is measured by has no shorter period than the pay period");
    if (quota.of_quota && !version_.quota) fail(path, "R21: quota = true needs a [quota]");
  }

  void check(const Clawback& clawback) {
    names(clawback.components, {"clawback", "components"}, "R17");
    if (!clawback.restated) return;
    for (const std::string& name : clawback.components) {
      const Component* component = find(name);
      if (component && component->type != Type::commission && component->type != Type::curve &&
          component->type != Type::bonus)
        fail({"clawback", "components"},
             fmt::format("R17: \"{}\" cannot be restated, only commissions, curves and bonuses",
                         name));
      if (component && component->type == Type::bonus && component->bonus.catch_up)
        fail({"clawback", "components"},
             fmt::format("R17: \"{}\" with catch_up cannot be restated", name));
    }
  }

  void check(const Payee& payee) {
    const Path path{"payee", payee.name};
    if (payee.quota && !version_.quota) fail(path, "R19: a payee's quota needs a [quota]");
    if (payee.target && !version_.has_target) fail(path, "R10: a payee's target needs a [target]");
    for (const std::string& name : payee.manages)
      if (name == payee.name) fail(path, "R14: nobody manages themselves");
  }

  void check_quota(const Quota& quota) {
    const bool teams = std::ranges::any_of(
        version_.payees, [](const auto& entry) { return !entry.second.team.empty(); });
    if (quota.measured_on != MeasuredOn::own && !teams)
      fail({"quota"}, "R21: measured_on needs payees with a 'team'");
    const auto finer = [&](const Component& component) {
      return needs_quota(component) && !quota.season.empty() &&
             months_in(component.measure) < months_in(quota.season_span);
    };
    for (const Component& component : version_.components)
      if (quota.measured_on != MeasuredOn::own && needs_quota(component) &&
          months_in(component.measure) < months_in(plan_.paid))
        fail({"component", component.name},
             "R21: what a team is measured by has no shorter period than the pay period");
    for (const Component& component : version_.components)
      if (quota.ratchet && needs_quota(component) &&
          months_in(component.measure) > months_in(quota.amount.per))
        fail({"component", component.name},
             "R20: under a ratchet the measuring period is no longer than the quota's");
    for (const Component& component : version_.components)
      if (finer(component))
        fail({"component", component.name}, "R19: measured in shorter periods than the season has");
  }

  // Accumulators go on through a change, so a component keeps its name, type and period.
  void same_components() {
    const Version& first = plan_.versions.front();
    const auto same = [](const Component& a, const Component& b) {
      return a.name == b.name && a.type == b.type && a.measure == b.measure && a.basis == b.basis;
    };
    if (!std::ranges::equal(first.components, version_.components, same))
      fail({"change"}, "R3: a change keeps the components with their type, measure and basis",
           "to end one, let it pay 0%");
  }

  const Version& version_;
  const Plan& plan_;
  const TomlNode& root_;
  std::vector<sim::Problem>& problems_;
};

}  // namespace

void check_references(const Version& version, const Plan& plan, const TomlNode& root,
                      std::vector<sim::Problem>& problems) {
  if (problems.empty()) Check(version, plan, root, problems).all();
}

}  // namespace compensation
