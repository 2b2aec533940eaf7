// SPDX-License-Identifier: Apache-2.0
#include "models/compensation/read_component.h"

#include <fmt/format.h>

#include <algorithm>

namespace compensation {
namespace {

constexpr Share hundred_percent = Share::whole(1);

Curve read_curve(const Table& table) {
  Curve curve;
  for (const auto& [x, y] : table.points("points")) {
    if (!curve.attainment.empty() && x <= curve.attainment.back())
      table.fail("points", "R10: attainments rise from point to point");
    curve.attainment.push_back(x);
    curve.payout.push_back(y);
  }
  curve.extend = table.choice<int>("beyond") == 1;
  if (curve.attainment.empty() || (curve.extend && curve.attainment.size() < 2))
    table.fail("points", "R10: a curve needs points (two to extend it)");
  return curve;
}

Bonus read_bonus(const Table& table) {
  Bonus bonus;
  bonus.amount = table.maybe_amount("amount");
  bonus.share_of_target = table.share("share_of_target", Share::whole(20));
  bonus.at = table.share("at", most_attainment);
  bonus.catch_up = table.boolean("catch_up");
  if (table.has("amount") == table.has("share_of_target"))
    table.fail("", "R12: a bonus says either 'amount' or 'share_of_target'");
  return bonus;
}

Spif read_spif(const Table& table) {
  Spif spif;
  spif.from = table.date("from");
  spif.to = table.date("to");
  if (table.has("to") && spif.to < spif.from) table.fail("to", "R22: 'to' lies before 'from'");
  if (table.has("per_deal") + table.has("per_unit") + table.has("rate") != 1)
    table.fail("", "R22: a SPIF says one of 'per_deal', 'per_unit', 'rate'");
  spif.pays = table.has("per_deal")   ? Spif::Pays::per_deal
              : table.has("per_unit") ? Spif::Pays::per_unit
                                      : Spif::Pays::rate;
  spif.money = table.has("per_deal") ? table.amount("per_deal") : table.amount("per_unit");
  spif.rate = table.share("rate");
  spif.pool = table.maybe_amount("pool");
  spif.per_person = table.maybe_amount("per_person");
  spif.last_partial = table.choice<int>("last_claim") == 1;
  spif.stackable = table.boolean("stackable");
  if ((spif.pool || spif.per_person) && !table.has("last_claim"))
    table.fail("", "R22: a pool or a limit per person needs 'last_claim'",
               "it has no default: none, partial");
  return spif;
}

Contest read_contest(const Table& table, bool units) {
  Contest contest;
  contest.from = table.date("from");
  contest.to = table.date("to");
  if (table.has("to") && contest.to < contest.from)
    table.fail("to", "R30: 'to' lies before 'from'");
  contest.prizes = table.amounts("prizes");
  if (!std::ranges::is_sorted(contest.prizes, std::greater<>()))
    table.fail("prizes", "R30: a better place gets no smaller prize");
  contest.least = table.quantity("least", units);
  return contest;
}

Claims read_claims(const Table& table) {
  Claims claims;
  claims.rate = table.share("rate");
  claims.policy = table.choice<Policy>("policy");
  const bool registers =
      claims.policy == Policy::first_registered || claims.policy == Policy::marketplace;
  for (const std::string_view key : {"window_days", "last_day", "queue"})
    if (registers && !table.has(key))
      table.fail(
          "", fmt::format("R26: this policy needs '{}'; it has no default", key),
          "window_days = 90, last_day = \"excluded\" or \"included\", queue = true or false");
  claims.window_days = static_cast<std::int32_t>(table.whole("window_days", 0, 36500));
  claims.last_day_included = table.choice<int>("last_day") == 1;
  claims.queue = table.boolean("queue");
  const TomlNode* cap = table.node("claims_cap");
  if (cap && !(cap->type == TomlNode::Type::text && cap->text == "none"))
    claims.cap = table.share("claims_cap");
  if (table.has("half_life_days") != (claims.policy == Policy::time_decay))
    table.fail("half_life_days", "R26: time_decay, and only it, says 'half_life_days'");
  if (table.has("half_life_days"))
    claims.half_life_days = static_cast<std::int32_t>(table.whole("half_life_days", 1, 3650));
  return claims;
}

MarketingFund read_fund(const Table& table) {
  return {table.share("accrual"), table.share("match"),
          static_cast<std::int32_t>(table.whole("deadline_days", 0, 3650))};
}

}  // namespace

Filter read_filter(const Table& table, std::string_view at_least) {
  Filter filter{table.names("products"), table.names("kinds"),         table.names("channels"),
                table.names("roles"),    table.names("registrations"), std::nullopt};
  filter.at_least = table.maybe_amount(at_least);
  return filter;
}

Component read_component(const TomlNode& node, int digits, std::vector<sim::Problem>& problems) {
  Component component;
  component.name = node.key;
  const TomlNode* type = node.find("type");
  const Keys keys = type ? component_keys(type->text) : Keys{};
  const std::string path = "component." + node.key;
  if (keys.empty()) {
    problems.push_back({type ? type->place : node.key_place, path + ".type",
                        fmt::format("[{}] does not say a known 'type'", path),
                        fmt::format("allowed: {}", fmt::join(component_types(), ", "))});
    return component;
  }
  const Table table(node, path, keys, digits, problems);
  component.type = table.choice<Type>("type");
  component.filter = read_filter(table);
  component.basis = table.choice<Basis>("basis");
  component.rolled_up = table.choice<int>("credits") == 1;
  if (table.has("measure")) component.measure = table.choice<Span>("measure");
  const bool units = component.basis == Basis::units;
  switch (component.type) {
    case Type::commission:
      component.commission = read_commission(table, units);
      break;
    case Type::curve:
      component.curve = read_curve(table);
      break;
    case Type::bonus:
      component.bonus = read_bonus(table);
      break;
    case Type::spif:
      component.spif = read_spif(table);
      break;
    case Type::contest:
      component.contest = read_contest(table, units);
      break;
    case Type::mdf:
      component.fund = read_fund(table);
      break;
    case Type::claims:
      component.claims = read_claims(table);
      break;
  }
  return component;
}

SubQuota read_subquota(const TomlNode& node, int digits, std::vector<sim::Problem>& problems) {
  SubQuota quota;
  quota.name = node.key;
  const Table table(node, "subquota." + node.key, subquota_keys(), digits, problems);
  quota.filter = read_filter(table);
  quota.basis = table.has("units") ? Basis::units : table.choice<Basis>("basis");
  quota.measure = table.choice<Span>("measure");
  quota.on_team = table.choice<int>("on") == 1;
  quota.of_quota = table.boolean("quota");
  quota.gate = table.choice<int>("kind") == 0;
  quota.applies_to = table.names("applies_to");
  if (table.has("amount") + table.has("units") + quota.of_quota != 1)
    table.fail("", "R23: a sub-quota says one of 'amount', 'units', 'quota = true'");
  quota.amount = table.has("units") ? table.whole("units", 1, 1'000'000'000)
                                    : table.quantity("amount", quota.basis == Basis::units);
  if (!quota.of_quota && quota.amount <= 0) table.fail("amount", "R23: a sub-quota is above 0");
  if (quota.of_quota && quota.gate != table.has("at"))
    table.fail("at", "R21: a gate on the quota, and only it, says 'at'");
  if (table.has("at")) quota.at = table.share("at", most_attainment);
  if (quota.gate == table.has("steps"))
    table.fail("steps", "R23: a multiplier, and only it, says 'steps'");
  for (const Table& row : table.rows("steps")) {
    quota.from.push_back(row.share("from", most_attainment));
    quota.times.push_back(row.share("times", Share::whole(20)));
    const std::size_t n = quota.from.size();
    if (n == 1 ? quota.from[0].billionths != 0 : quota.from[n - 1] <= quota.from[n - 2])
      row.fail("from", "R2: steps begin at 0% and rise");
  }
  return quota;
}

Cap read_cap(const TomlNode& node, int digits, std::vector<sim::Problem>& problems) {
  const Table table(node, "cap." + node.key, cap_keys(), digits, problems);
  Cap cap;
  cap.name = node.key;
  cap.components = table.names("components");
  cap.amount = table.amount("amount");
  const int per = table.choice<int>("per");
  cap.per_deal = per == 0;
  if (per > 0) cap.per = static_cast<Span>(per - 1);
  cap.refundable = table.choice<int>("over") == 1;
  if (cap.per_deal && cap.refundable)
    table.fail("over", "R13: what a cap per deal withholds is forfeited: no later room frees it");
  return cap;
}

Clawback read_clawback(const TomlNode& node, int digits, std::vector<sim::Problem>& problems) {
  const Table table(node, "clawback", clawback_keys(), digits, problems);
  Clawback clawback;
  clawback.triggers = table.names("triggers");
  clawback.components = table.names("components");
  clawback.in_months = table.has("window_months");
  if (table.has("window_months") == table.has("window_days"))
    table.fail("", "R17: a clawback says 'window_months' or 'window_days'");
  clawback.window = static_cast<std::int32_t>(
      table.whole(clawback.in_months ? "window_months" : "window_days", 1, 36500));
  clawback.amount = table.choice<Clawback::Amount>("amount");
  clawback.restated = table.choice<int>("valued_at") == 1;
  if (table.has("steps") != (clawback.amount == Clawback::Amount::sliding))
    table.fail("steps", "R17: \"sliding\", and only it, says 'steps'");
  for (const Table& row : table.rows("steps")) {
    clawback.months.push_back(static_cast<std::int32_t>(row.whole("month", 0, 1200)));
    clawback.shares.push_back(row.share("share"));
    const std::size_t n = clawback.months.size();
    if (n == 1 ? clawback.months[0] != 0 : clawback.months[n - 1] <= clawback.months[n - 2])
      row.fail("month", "R17: steps begin at month 0 and rise");
  }
  return clawback;
}

Draw read_draw(const TomlNode& node, int digits, std::vector<sim::Problem>& problems) {
  const Table table(node, "draw", draw_keys(), digits, problems);
  Draw draw;
  draw.amount = table.amount("amount");
  draw.recoverable = table.choice<int>("kind") == 0;
  for (const std::string_view key : {"floor", "recovery_starts", "recovery_share", "leaver"})
    if (table.has(key) != draw.recoverable)
      table.fail(key, fmt::format("R16: a recoverable draw, and only it, says '{}'", key),
                 "it has no default (docs/plans.md)");
  draw.floor = table.choice<int>("floor") == 0;
  draw.recovery_starts = static_cast<std::int32_t>(table.whole("recovery_starts", 1, 1200));
  if (table.has("recovery_share"))
    draw.recovery_share = table.share("recovery_share", hundred_percent);
  draw.forgiven = table.choice<int>("leaver") == 0;
  if (table.has("from")) draw.from = table.date("from");
  if (table.has("to")) draw.to = table.date("to");
  if (draw.from && draw.to && *draw.to < *draw.from)
    table.fail("to", "R16: 'to' lies before 'from'");
  return draw;
}

}  // namespace compensation
