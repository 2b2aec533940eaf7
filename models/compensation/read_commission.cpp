// SPDX-License-Identifier: Apache-2.0
// Commissions: rate tables and what bounds them (R2, R6-R11, R13).
#include <fmt/format.h>

#include <algorithm>

#include "models/compensation/read_component.h"

namespace compensation {
namespace {

// A bound of tiers or thresholds: "125%" is an attainment, else an amount (or units).
struct Bound {
  bool of_quota = false;
  Share share;
  std::int64_t amount = 0;
};

Bound read_bound(const Table& table, std::string_view key, int digits) {
  Bound bound;
  const std::string word = literal(*table.node(key)).value_or("");
  const auto share = read_share(word);
  const auto amount = read_amount(word, digits);
  bound.of_quota = word.ends_with('%');
  if (bound.of_quota && share && share->billionths >= 0 && *share <= most_attainment)
    bound.share = *share;
  else if (!bound.of_quota && amount && *amount >= 0)
    bound.amount = *amount;
  else
    table.fail(key, fmt::format("R2: '{}' must be a share of quota (\"100%\") or an amount", key));
  return bound;
}

Tier read_tier(const Table& row, int digits, bool units) {
  Tier tier;
  if (row.has("from")) {
    const Bound from = read_bound(row, "from", units ? 0 : digits);
    tier.of_quota = from.of_quota;
    tier.from_share = from.share;
    tier.from = from.amount;
  }
  const int said = row.has("rate") + row.has("times") + row.has("each") + row.has("amount");
  if (said != 1)
    row.fail("", "R6: a tier says one of 'rate', 'times', 'each', 'amount'",
             "rate: share of credit; times: multiple of the base rate; each: money per unit");
  if (row.has("rate")) {
    tier.pays = Tier::Pays::rate;
    tier.share = row.share("rate");
  } else if (row.has("times")) {
    tier.pays = Tier::Pays::times;
    tier.share = row.share("times", Share::whole(20));
  } else if (row.has("each")) {
    tier.pays = Tier::Pays::each;
    tier.money = row.amount("each");
  } else {
    tier.pays = Tier::Pays::amount;
    tier.money = row.amount("amount");
  }
  return tier;
}

// R2: half-open, contiguous, the last without end.
void check_tiers(const std::vector<Tier>& tiers, const std::vector<Table>& rows, int digits,
                 bool units) {
  for (std::size_t i = 0; i < tiers.size(); ++i) {
    const Tier& tier = tiers[i];
    if (i == 0 && (tier.from != 0 || tier.from_share.billionths != 0))
      rows[i].fail("from", "R2: the first tier begins at 0", "use threshold for \"nothing below\"");
    if (i > 0) {
      const Tier& before = tiers[i - 1];
      if (before.of_quota != tier.of_quota)
        rows[i].fail("from", "R2: tiers are either shares of quota or amounts, not both");
      else if (tier.from <= before.from && tier.from_share <= before.from_share)
        rows[i].fail("from", "R2: tiers overlap: 'from' is not above the tier before");
    }
    if (!rows[i].has("to")) continue;
    const Bound to = read_bound(rows[i], "to", units ? 0 : digits);
    if (i + 1 == tiers.size()) {
      rows[i].fail("to", "R2: the last tier has no end", "leave 'to' out");
      continue;
    }
    const Tier& next = tiers[i + 1];
    const auto order = to.of_quota ? to.share <=> next.from_share : to.amount <=> next.from;
    if (to.of_quota != next.of_quota || order != 0)
      rows[i].fail("to", order > 0 ? "R2: tiers overlap: 'to' is above the next 'from'"
                                   : "R2: a gap between tiers: 'to' is below the next 'from'");
  }
}

std::optional<BaseRate> read_base(const Table& table) {
  if (!table.has("base_rate")) return std::nullopt;
  BaseRate base;
  const TomlNode& node = *table.node("base_rate");
  if (node.type == TomlNode::Type::text && node.text == "target/quota")
    base.derived = true;
  else
    base.rate = table.share("base_rate");
  return base;
}

void read_threshold(const Table& table, Commission& commission, int digits) {
  if (table.has("threshold") != table.has("threshold_pays"))
    table.fail("threshold", "R11: 'threshold' and 'threshold_pays' come together",
               "threshold_pays: from_first_dollar, above_only (it has no default)");
  if (!table.has("threshold")) return;
  const Bound bound = read_bound(table, "threshold", digits);
  commission.has_threshold = true;
  commission.threshold_of_quota = bound.of_quota;
  commission.threshold_share = bound.share;
  commission.threshold = bound.amount;
  commission.above_only = table.choice<int>("threshold_pays") == 1;
}

Windfall read_windfall(const Table& table) {
  Windfall windfall;
  windfall.above = table.amount("above");
  windfall.quota_credit = table.boolean("quota_credit");
  const TomlNode* pays = table.node("pays");
  windfall.at_base = pays && pays->type == TomlNode::Type::text && pays->text == "base_rate";
  if (!windfall.at_base) windfall.rate = table.share("pays");
  return windfall;
}

bool is_per_deal(Reading reading) {
  return reading == Reading::per_deal_flat || reading == Reading::per_deal_step;
}

void check_commission(const Table& table, const Commission& commission, bool units) {
  const bool interpolated = commission.reading == Reading::interpolated;
  for (const Tier& tier : commission.tiers) {
    if ((tier.pays == Tier::Pays::amount) != interpolated)
      table.fail("tiers", "R9: 'amount' tiers are read \"interpolated\", and only those");
    if (tier.pays == Tier::Pays::times && !commission.base)
      table.fail("tiers", "R10: 'times' needs 'base_rate'", "a rate, or \"target/quota\"");
    if ((tier.pays == Tier::Pays::each) != units && tier.pays != Tier::Pays::amount)
      table.fail("tiers", "R6: 'each' pays units: basis = \"units\", and units are paid 'each'");
    if (tier.of_quota && is_per_deal(commission.reading))
      table.fail("tiers", "R8: per-deal tiers are amounts, not shares of quota");
  }
  if (is_per_deal(commission.reading) != table.has("size"))
    table.fail("size", "R8: per-deal readings, and only those, say 'size'",
               "\"deal\" or \"credit\" (it has no default)");
  if (commission.has_threshold && is_per_deal(commission.reading))
    table.fail("threshold", "R11: a threshold needs credit that accumulates, not per-deal tiers");
  if (commission.windfall && commission.windfall->at_base && !commission.base)
    table.fail("windfall", "R13: pays = \"base_rate\" needs 'base_rate'");
  if (commission.windfall && (units || interpolated || commission.reading == Reading::retroactive))
    table.fail("windfall", "R13: windfall needs marginal or per-deal tiers that pay a rate");
  if (commission.windfall && commission.reading == Reading::per_deal_step &&
      commission.size_of_deal)
    table.fail("windfall", "R13: windfall within stepped deals needs size = \"credit\"");
  if (commission.minimum_per_deal && commission.reading != Reading::marginal &&
      !is_per_deal(commission.reading))
    table.fail("minimum_per_deal", "R17: a minimum per deal needs a marginal or per-deal reading");
  if (interpolated && commission.above_only)
    table.fail("threshold_pays", "R11: \"above_only\" needs tiers that pay a rate");
}

}  // namespace

Commission read_commission(const Table& table, bool units) {
  Commission commission;
  commission.reading = table.choice<Reading>("reading");
  const std::vector<Table> rows = table.rows("tiers");
  for (const Table& row : rows) commission.tiers.push_back(read_tier(row, table.digits(), units));
  check_tiers(commission.tiers, rows, table.digits(), units);
  commission.base = read_base(table);
  commission.size_of_deal = table.choice<int>("size") == 0;
  read_threshold(table, commission, units ? 0 : table.digits());
  if (table.has("windfall")) commission.windfall = read_windfall(table.table("windfall"));
  commission.minimum_per_deal = table.maybe_amount("minimum_per_deal");
  commission.minimum = table.maybe_amount("minimum");
  check_commission(table, commission, units);
  return commission;
}

}  // namespace compensation
