// SPDX-License-Identifier: Apache-2.0
#include "models/compensation/keys.h"

#include <array>
#include <vector>

#include "models/compensation/plan.h"

namespace compensation {
namespace {

constexpr std::string_view spans = "month|quarter|year";
constexpr std::string_view measures = "month|quarter|year|plan";
constexpr std::string_view bases = "amount|first_year|tcv|margin|list|discount|units";

constexpr Key file[] = {
    {"format", Kind::whole, "", "version of this format: 1", true},
    {"name", Kind::text, "", "the plan's name", true},
    {"currency", Kind::text, "R1", "currency, ISO 4217", true},
    {"paid", Kind::choice, "R4", "how often pay is settled", true, spans},
    {"crediting_event", Kind::choice, "R3", "which date of a deal counts", true,
     "booking|invoice|cash"},
    {"splits", Kind::choice, "R14", "what the seller rows of a deal must add up to", true,
     "sum_to_100|may_exceed_100"},
    {"calendar", Kind::choice, "R4", "civil months, or 52-week years", false, "civil|fiscal"},
    {"year_starts", Kind::whole, "R4", "civil: month the plan year begins in"},
    {"start", Kind::date, "R4", "fiscal: first day of a plan year"},
    {"products", Kind::names, "R23", "all products there are"},
    {"assumed", Kind::names, "", "keys filled in without the letter saying so"}};

constexpr Key target[] = {{"incentive", Kind::amount, "R10", "target incentive", true},
                          {"per", Kind::choice, "R10", "period of the target", true, spans},
                          {"base_salary", Kind::amount, "", "base salary for the same period"}};

constexpr Key ratchet[] = {
    {"weight", Kind::share, "R20", "L of q' = (1-L) q + L (1+g) sales", true},
    {"growth", Kind::share, "R20", "g of q' = (1-L) q + L (1+g) sales", true},
    {"direction", Kind::choice, "R20", "may the quota fall?", true, "up_only|both"}};

constexpr Key quota[] = {
    {"amount", Kind::amount, "R19", "credit to reach", true},
    {"per", Kind::choice, "R19", "period of the quota", true, spans},
    {"basis", Kind::choice, "R15", "what is counted", false, bases},
    {"season", Kind::shares, "R19", "weights of the periods of a year"},
    {"start_rule", Kind::choice, "R19", "how the month of the first day counts", false,
     "15th|daily|full"},
    {"ramp", Kind::shares, "R19", "shares of quota in a payee's first months"},
    {"ramp_rate", Kind::choice, "R19", "base rate while ramping", false, "base|super"},
    {"ratchet", Kind::table, "R20", "next quota from sales", false, "", ratchet},
    {"measured_on", Kind::choice, "R21", "own credit, the team's, or both", false, "own|team|mix"},
    {"own_weight", Kind::share, "R21", "mix: weight of the payee's own attainment"}};

constexpr Key payee[] = {{"start", Kind::date, "R19", "first day"},
                         {"end", Kind::date, "R16", "last day"},
                         {"quota", Kind::amount, "R19", "in place of the plan's quota"},
                         {"target", Kind::amount, "R10", "in place of the plan's target incentive"},
                         {"team", Kind::text, "R21", "team whose credit is pooled"},
                         {"manages", Kind::names, "R14", "payees whose orders roll up"}};

constexpr Key filter[] = {{"products", Kind::names, "R15", "only these products"},
                          {"kinds", Kind::names, "R15", "only deals of these kinds"},
                          {"channels", Kind::names, "R15", "only deals through these channels"},
                          {"roles", Kind::names, "R14", "only credit of these roles"},
                          {"registrations", Kind::names, "R25", "only deals registered so"},
                          {"at_least", Kind::amount, "R22", "smallest deal amount"}};

constexpr Key common[] = {{"type", Kind::choice, "", "what kind of pay", true,
                           "commission|curve|bonus|spif|contest|mdf|claims"},
                          {"credits", Kind::choice, "R14",
                           "own deals or the orders of a manager's people", false, "own|rolled_up"},
                          {"basis", Kind::choice, "R15", "what is paid on", false, bases}};

constexpr Key tier[] = {
    {"from", Kind::share, "R2", "inclusive: a share of quota (\"100%\") or an amount", true},
    {"to", Kind::share, "R2", "exclusive; must meet the next tier"},
    {"rate", Kind::share, "R6", "share of credit"},
    {"times", Kind::share, "R10", "multiple of the base rate"},
    {"each", Kind::amount, "R6", "money per unit"},
    {"amount", Kind::amount, "R9", "money at `from`"}};

constexpr Key windfall[] = {
    {"above", Kind::amount, "R13", "credit of one deal from which it is windfall", true},
    {"pays", Kind::share, "R13", "a rate, or \"base_rate\"", true},
    {"quota_credit", Kind::boolean, "R13", "does windfall count for quota?", true}};

constexpr Key commission[] = {
    {"measure", Kind::choice, "R4", "where accumulation begins anew", true, measures},
    {"reading", Kind::choice, "R6-R9", "how the table is read", true,
     "marginal|retroactive|per_deal_flat|per_deal_step|interpolated"},
    {"tiers", Kind::rows, "R2", "rate table", true, "", tier},
    {"base_rate", Kind::share, "R10", "a rate, or \"target/quota\""},
    {"size", Kind::choice, "R8", "tier by the size of the deal or of the credit", false,
     "deal|credit"},
    {"threshold", Kind::share, "R11", "below it nothing: a share of quota or an amount"},
    {"threshold_pays", Kind::choice, "R11", "on reaching the threshold", false,
     "from_first_dollar|above_only"},
    {"windfall", Kind::table, "R13", "very large deals", false, "", windfall},
    {"minimum_per_deal", Kind::amount, "R17", "least commission of a deal"},
    {"minimum", Kind::amount, "R25", "least pay of a period"}};

constexpr Key curve[] = {
    {"measure", Kind::choice, "R4", "period of the target paid", true, measures},
    {"points", Kind::points, "R10", "pairs [attainment, share of target]", true},
    {"beyond", Kind::choice, "R10", "above the last point", true, "flat|extend"}};

constexpr Key bonus[] = {
    {"measure", Kind::choice, "R4", "period of the bonus", true, measures},
    {"amount", Kind::amount, "R12", "money"},
    {"share_of_target", Kind::share, "R12", "share of the period's target"},
    {"at", Kind::share, "R12", "attainment, compared exactly", true},
    {"catch_up", Kind::boolean, "R12", "are missed bonuses paid later in the year?", true}};

constexpr Key spif[] = {
    {"from", Kind::date, "R22", "first day", true},
    {"to", Kind::date, "R22", "last day", true},
    {"per_deal", Kind::amount, "R22", "money for each deal"},
    {"per_unit", Kind::amount, "R22", "money for each unit"},
    {"rate", Kind::share, "R22", "share of credit"},
    {"pool", Kind::amount, "R22", "money for all payees together"},
    {"per_person", Kind::amount, "R22", "most that one payee gets"},
    {"last_claim", Kind::choice, "R22", "a claim larger than what is left", false, "none|partial"},
    {"stackable", Kind::boolean, "R22", "does it pay beside other SPIFs?", true}};

constexpr Key contest[] = {{"from", Kind::date, "R30", "first day", true},
                           {"to", Kind::date, "R30", "last day", true},
                           {"prizes", Kind::amounts, "R30", "for the 1st, the 2nd, ...", true},
                           {"least", Kind::amount, "R30", "credit needed to be ranked"}};

constexpr Key mdf[] = {
    {"accrual", Kind::share, "R25", "share of basis put into the fund", true},
    {"match", Kind::share, "R25", "share of what was spent", true},
    {"deadline_days", Kind::whole, "R25", "days after the activity to claim", true}};

constexpr Key claims[] = {
    {"rate", Kind::share, "R26", "share of basis", true},
    {"policy", Kind::choice, "R26", "who is paid", true,
     "first_registered|first_touch|last_touch|equal|effort|time_decay|pay_all|house|marketplace"},
    {"window_days", Kind::whole, "R26", "days a registration lives"},
    {"last_day", Kind::choice, "R26", "does it live on day t0 + n?", false, "excluded|included"},
    {"queue", Kind::boolean, "R26", "do later registrations wait?"},
    {"claims_cap", Kind::share, "R26", "share of basis that all get at most, or \"none\"", true},
    {"half_life_days", Kind::whole, "R26", "time_decay: days in which a touch counts half"}};

constexpr Key step[] = {{"from", Kind::share, "R23", "sub-quota attainment", true},
                        {"times", Kind::share, "R23", "multiple of pay", true}};

constexpr Key subquota[] = {
    {"kind", Kind::choice, "R23", "gate: below it nothing", true, "gate|multiplier"},
    {"applies_to", Kind::names, "R23", "components", true},
    {"measure", Kind::choice, "R4", "period", true, measures},
    {"basis", Kind::choice, "R23", "what is counted", false, bases},
    {"amount", Kind::amount, "R23", "credit to reach"},
    {"units", Kind::whole, "R23", "units to reach"},
    {"quota", Kind::boolean, "R21", "measure the quota itself"},
    {"at", Kind::share, "R21", "attainment of it"},
    {"on", Kind::choice, "R21", "own credit or the team's", false, "own|team"},
    {"steps", Kind::rows, "R23", "multiplier", false, "", step}};

constexpr Key cap[] = {
    {"components", Kind::names, "R13", "what is capped", true},
    {"amount", Kind::amount, "R13", "most that is paid", true},
    {"per", Kind::choice, "R13", "per deal or period", true, "deal|month|quarter|year"},
    {"over", Kind::choice, "R13", "what is withheld", true, "forfeited|refundable"}};

constexpr Key slide[] = {{"month", Kind::whole, "R17", "months since the contract's start", true},
                         {"share", Kind::share, "R17", "share clawed from then on", true}};

constexpr Key clawback[] = {
    {"triggers", Kind::choices, "R17", "events", true, "churn|non_payment|downgrade"},
    {"components", Kind::names, "R17", "what is clawed back", true},
    {"window_months", Kind::whole, "R17", "from the contract's start"},
    {"window_days", Kind::whole, "R17", "from the contract's start"},
    {"amount", Kind::choice, "R17", "how much", true, "full|pro_rata|sliding"},
    {"steps", Kind::rows, "R17", "sliding", false, "", slide},
    {"valued_at", Kind::choice, "R17", "what was paid, or the period computed again", true,
     "original_rate|restated"}};

constexpr Key draw[] = {
    {"amount", Kind::amount, "R16", "per pay period", true},
    {"kind", Kind::choice, "R16", "is it recovered?", true, "recoverable|non_recoverable"},
    {"floor", Kind::choice, "R16", "recover only from earnings above the draw", false, "draw|none"},
    {"recovery_starts", Kind::whole, "R16", "pay period of the first recovery, from 1"},
    {"recovery_share", Kind::share, "R16", "share of what could be recovered"},
    {"leaver", Kind::choice, "R16", "balance of who leaves", false, "forgiven|owed"},
    {"from", Kind::date, "R16", "first day"},
    {"to", Kind::date, "R16", "last day"}};

constexpr std::array<std::string_view, 8> tables{"target",   "quota", "payee",    "component",
                                                 "subquota", "cap",   "clawback", "draw"};

std::vector<Key> joined(std::initializer_list<Keys> parts) {
  std::vector<Key> all;
  for (const Keys part : parts) all.insert(all.end(), part.begin(), part.end());
  return all;
}

}  // namespace

Keys file_keys() { return file; }
Keys target_keys() { return target; }
Keys payee_keys() { return payee; }
Keys filter_keys() { return filter; }
Keys cap_keys() { return cap; }
Keys clawback_keys() { return clawback; }
Keys draw_keys() { return draw; }

Keys quota_keys() {
  static const std::vector<Key> all = joined({quota, filter});
  return all;
}
Keys subquota_keys() {
  static const std::vector<Key> all = joined({subquota, filter});
  return all;
}

Keys component_keys(std::string_view type) {
  static const std::array<std::vector<Key>, 7> all{
      joined({common, filter, commission}), joined({common, filter, curve}),
      joined({common, filter, bonus}),      joined({common, filter, spif}),
      joined({common, filter, contest}),    joined({common, filter, mdf}),
      joined({common, filter, claims})};
  for (std::size_t i = 0; i < type_names.size(); ++i)
    if (type_names[i] == type) return all[i];
  return {};
}

std::span<const std::string_view> component_types() { return type_names; }
std::span<const std::string_view> version_tables() { return tables; }

}  // namespace compensation
