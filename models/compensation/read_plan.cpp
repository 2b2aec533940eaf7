// SPDX-License-Identifier: Apache-2.0
#include "models/compensation/read_plan.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "models/compensation/read_component.h"
#include "sim/money.h"

namespace compensation {
namespace {

using Problems = std::vector<sim::Problem>;

constexpr std::size_t most_problems = 100;
constexpr std::size_t most_changes = 64;

// What only the top of a file may say, and what each version says.
bool is_version_table(std::string_view key) {
  return std::ranges::find(version_tables(), key) != version_tables().end();
}

Target read_target(const TomlNode& node, int digits, Problems& problems) {
  const Table table(node, "target", target_keys(), digits, problems);
  const Span per = table.choice<Span>("per");
  return {{table.amount("incentive"), per}, table.amount("base_salary")};
}

void read_season(const Table& table, Quota& quota) {
  quota.season = table.shares("season");
  if (quota.season.empty()) return;
  std::int64_t total = 0;
  for (const Share share : quota.season) total += share.billionths;
  if (total != billion)
    table.fail("season", fmt::format("R19: the season sums to {}, not 100%", Share{total}.text()));
  const std::size_t n = quota.season.size();
  if (n != 4 && n != 12)
    table.fail("season", "R19: a season has 4 shares (quarters) or 12 (months)");
  quota.season_span = n == 12 ? Span::month : Span::quarter;
  if (quota.amount.per != Span::year && quota.amount.per != quota.season_span)
    table.fail("per", "R19: 'season' has as many shares as a year has such periods");
  quota.amount.per = Span::year;
}

Quota read_quota(const TomlNode& node, int digits, Problems& problems) {
  const Table table(node, "quota", quota_keys(), digits, problems);
  Quota quota;
  quota.basis = table.choice<Basis>("basis");
  quota.amount = {table.quantity("amount", quota.basis == Basis::units), table.choice<Span>("per")};
  quota.filter = read_filter(table);
  read_season(table, quota);
  quota.start_rule = table.choice<StartRule>("start_rule");
  quota.ramp = table.shares("ramp");
  if (quota.ramp.empty() == table.has("ramp_rate"))
    table.fail("ramp", "R19: 'ramp' and 'ramp_rate' come together",
               "ramp_rate: base, super (it has no default)");
  quota.ramp_rate = table.choice<RampRate>("ramp_rate");
  if (table.has("ratchet")) {
    const Table ratchet = table.table("ratchet");
    quota.ratchet = Ratchet{ratchet.share("weight"), ratchet.share("growth", Share::whole(10)),
                            ratchet.choice<int>("direction") == 0};
    if (!quota.season.empty())
      table.fail("ratchet", "R20: a quota is either seasonal or ratcheted");
  }
  quota.measured_on = table.choice<MeasuredOn>("measured_on");
  quota.own_weight = table.share("own_weight");
  if ((quota.measured_on == MeasuredOn::mix) != table.has("own_weight"))
    table.fail("own_weight", "R21: \"mix\", and only it, says 'own_weight'");
  return quota;
}

Payee read_payee(const TomlNode& node, bool units, int digits, Problems& problems) {
  const Table table(node, "payee." + node.key, payee_keys(), digits, problems);
  Payee payee;
  payee.name = node.key;
  if (table.has("start")) payee.start = table.date("start");
  if (table.has("end")) payee.end = table.date("end");
  if (payee.start && payee.end && *payee.end < *payee.start)
    table.fail("end", "R19: 'end' lies before 'start'");
  if (table.has("quota")) payee.quota = table.quantity("quota", units);
  payee.target = table.maybe_amount("target");
  payee.team = table.text("team");
  payee.manages = table.names("manages");
  return payee;
}

// Calls read(entry) for each [name.ENTRY].
template <class Read>
void each_entry(const TomlNode& root, std::string_view name, Problems& problems, Read read) {
  const TomlNode* group = root.find(name);
  if (!group) return;
  if (group->type != TomlNode::Type::table) {
    problems.push_back({group->place, std::string(name),
                        fmt::format("[{}.NAME] are tables, found {}", name, group->found()), ""});
    return;
  }
  for (const TomlNode& entry : group->children) {
    if (entry.type == TomlNode::Type::table)
      read(entry);
    else
      problems.push_back(
          {entry.key_place, fmt::format("{}.{}", name, entry.key),
           fmt::format("[{}.{}] is a table, found {}", name, entry.key, entry.found()), ""});
  }
}

Version read_version(const TomlNode& root, int digits, Problems& problems) {
  Version version;
  if (const TomlNode* target = root.find("target")) {
    version.target = read_target(*target, digits, problems);
    version.has_target = true;
  }
  if (const TomlNode* quota = root.find("quota"))
    version.quota = read_quota(*quota, digits, problems);
  each_entry(root, "component", problems, [&](const TomlNode& node) {
    version.components.push_back(read_component(node, digits, problems));
  });
  each_entry(root, "subquota", problems, [&](const TomlNode& node) {
    version.subquotas.push_back(read_subquota(node, digits, problems));
  });
  each_entry(root, "cap", problems, [&](const TomlNode& node) {
    version.caps.push_back(read_cap(node, digits, problems));
  });
  const bool units = version.quota && version.quota->basis == Basis::units;
  each_entry(root, "payee", problems, [&](const TomlNode& node) {
    version.payees.emplace(node.key, read_payee(node, units, digits, problems));
  });
  if (const TomlNode* clawback = root.find("clawback"))
    version.clawback = read_clawback(*clawback, digits, problems);
  if (const TomlNode* draw = root.find("draw")) version.draw = read_draw(*draw, digits, problems);
  return version;
}

// `over` laid upon `under`: tables member by member, everything else replaced.
void lay_over(TomlNode& under, const TomlNode& over) {
  for (const TomlNode& child : over.children) {
    const auto at = std::ranges::find(under.children, child.key, &TomlNode::key);
    if (at == under.children.end())
      under.children.push_back(child);
    else if (at->type == TomlNode::Type::table && child.type == TomlNode::Type::table)
      lay_over(*at, child);
    else
      *at = child;
  }
}

void read_changes(const TomlNode& root, Plan& plan, Problems& problems) {
  const TomlNode* changes = root.find("change");
  if (!changes) return;
  if (changes->type != TomlNode::Type::array || changes->children.size() > most_changes) {
    problems.push_back({changes->place, "change",
                        fmt::format("R3: [[change]] is a list of at most {} tables", most_changes),
                        ""});
    return;
  }
  TomlNode merged = root;
  for (const TomlNode& change : changes->children) {
    const TomlNode* from = change.find("from");
    if (!from || from->type != TomlNode::Type::date) {
      problems.push_back(
          {change.place, "change", "R3: a change says the date 'from' which it holds", ""});
      continue;
    }
    if (plan.versions.back().from && from->date <= *plan.versions.back().from)
      problems.push_back(
          {from->place, "change.from", "R3: changes are in order of their dates", ""});
    for (const TomlNode& said : change.children)
      if (said.key != "from" && !is_version_table(said.key))
        problems.push_back({said.key_place, "change." + said.key,
                            fmt::format("R3: a change cannot set '{}'", said.key),
                            fmt::format("allowed: {}", fmt::join(version_tables(), ", "))});
    lay_over(merged, change);
    Version version = read_version(merged, plan.digits, problems);
    version.from = from->date;
    plan.versions.push_back(std::move(version));
  }
}

void read_calendar(const Table& table, Plan& plan) {
  const bool fiscal = table.choice<int>("calendar") == 1;
  if (fiscal != table.has("start"))
    table.fail("start", "R4: a fiscal calendar, and only it, says its 'start'");
  if (fiscal && table.has("year_starts"))
    table.fail("year_starts", "R4: 'year_starts' is for civil calendars");
  if (fiscal && table.has("start"))
    plan.periods = Periods::of(
        std::make_shared<sim::Calendar>(sim::Calendar::Kind::fiscal, table.date("start")));
  else
    plan.periods = Periods::civil(
        table.has("year_starts") ? static_cast<int>(table.whole("year_starts", 1, 12)) : 1);
}

int read_currency(const Table& table, Plan& plan) {
  plan.currency = table.text("currency");
  try {
    return sim::currency_digits(plan.currency);
  } catch (const sim::BadInput& error) {
    if (table.has("currency")) table.fail("currency", error.what());
    return 2;
  }
}

Plan read_root(const TomlNode& root, Problems& problems) {
  Plan plan;
  std::vector<std::string> skip{"change"};
  for (const std::string_view name : version_tables()) skip.emplace_back(name);
  const Table table(root, "", file_keys(), 2, problems, skip);
  if (table.has("format")) table.whole("format", 1, 1);
  plan.name = table.text("name");
  plan.digits = read_currency(table, plan);
  plan.paid = table.choice<Span>("paid");
  plan.crediting_event = table.choice<EventDate>("crediting_event");
  plan.splits = table.choice<Splits>("splits");
  plan.products = table.names("products");
  plan.assumed = table.names("assumed");
  read_calendar(table, plan);
  plan.versions.push_back(read_version(root, plan.digits, problems));
  read_changes(root, plan, problems);
  for (const Version& version : plan.versions) check_references(version, plan, root, problems);
  return plan;
}

}  // namespace

Plan read_plan(std::string_view text, std::string_view display_name) {
  const auto source = std::make_shared<const sim::Source>(
      sim::Source{std::string(display_name), std::string(text)});
  const TomlNode root = sim::parse_toml(source);
  Problems problems;
  Plan plan;
  try {
    plan = read_root(root, problems);
  } catch (const Overflow& error) {
    problems.push_back({root.place, "", error.what(), ""});
  }
  if (problems.size() > most_problems) problems.resize(most_problems);
  if (!problems.empty()) throw sim::ScenarioError(std::move(problems));
  return plan;
}

}  // namespace compensation
