// SPDX-License-Identifier: Apache-2.0
// What holds of deals: splits and refunds.
#include <set>

#include "tests/models/compensation/pay_properties.h"

namespace {

using namespace pay_properties;
using compensation::Rule;

// --- splits -------------------------------------------------------------------------------------

// R14: the sellers' credits sum to the deal in every basis.
TEST(DealProperties, CreditsOfASplitSumToTheDeal) {
  check("credits of splits", Wish{}, [](const Case& c) {
    const auto plan = plan_of(c);
    const auto log = compensation::read_deals(c.log(), "deals.csv", *plan);
    Payroll payroll(plan, Payroll::Trace::no);
    const auto seller = payroll.add_kind({"A", "", "", "", "seller"});
    const auto other = payroll.add_kind({"B", "", "", "", "seller"});
    std::map<std::uint64_t, std::array<std::int64_t, 7>> sums;
    for (const auto& credit : compensation::credits_of(*plan, log, payroll))
      if (!credit.rolled_up && (credit.kind == seller || credit.kind == other))
        for (std::size_t b = 0; b < 7; ++b) sums[credit.deal][b] += credit.value[b];
    // Credit notes of the same id are credited to their deal.
    std::map<std::string, std::array<std::int64_t, 7>> rest;
    for (const auto& [deal, sum] : sums)
      for (std::size_t b = 0; b < 7; ++b) rest[log.deals[deal].id][b] += sum[b];
    for (const auto& deal : log.deals)
      if (rest.contains(deal.id))
        for (std::size_t b = 0; b < 7; ++b) rest[deal.id][b] -= deal.value[b];
    for (const auto& [id, left] : rest)
      if (left != std::array<std::int64_t, 7>{}) return "credits of " + id;
    return std::string();
  });
}

// At one flat rate k payees of split deals earn what one would, but for rounding: each of k + 1
// amounts is at most half a cent off, so their sums differ by at most (k + 1) / 2, and are equal if
// the rate makes whole cents.
std::string split_or_not(const Case& c) {
  Case whole = c;
  whole.rows.clear();
  std::set<std::tuple<std::string, std::string, sim::Date>> seen;
  for (Row row : c.rows) {
    if (!seen.emplace(row.id, row.type, row.day).second) continue;
    row.payee = "Ann";
    row.split.clear();
    whole.rows.push_back(row);
  }
  std::map<std::int32_t, std::int64_t> off, payees;
  const Paid shared = pay(c), alone = pay(whole);
  for (const auto& line : shared.payroll().lines()) {
    off[line.period] += line.cents;
    ++payees[line.period];
  }
  for (const auto& line : alone.payroll().lines()) off[line.period] -= line.cents;
  const bool exact = c.tables[0].find("rate = \"100%\"") != std::string::npos;
  for (const auto& [period, cents] : off)
    if (std::abs(cents) > (exact ? 0 : (payees[period] + 1) / 2))
      return fmt::format("period {}: {} cents", period, cents);
  return "";
}

TEST(DealProperties, PaysOfASplitSumToThePayOfTheDeal) {
  const auto make = [](Luck& luck) {
    Wish wish;
    wish.events = wish.outside = false;
    wish.plain = true;
    Case c;
    c.tables.push_back(fmt::format(
        "format = 1\nname = \"flat\"\ncurrency = \"USD\"\npaid = \"month\"\n"
        "crediting_event = \"booking\"\nsplits = \"sum_to_100\"\n[component.c]\n"
        "type = \"commission\"\nreading = \"{}\"\nmeasure = \"month\"\n"
        "tiers = [{{from = 0, rate = \"{}%\"}}]\n",
        luck.pick({"marginal", "retroactive"}), luck.pick({"100", "10", "7.3", "0.777", "12.5"})));
    random_plans::add_rows(luck, wish, c);
    return c;
  };
  check("pays of splits", make, split_or_not);
}

// --- refunds ------------------------------------------------------------------------------------

// R17: a deal that ends when all is done gives back what its trace says it was paid, retroactive
// true-ups and cuts by caps included. A cap on components that are not clawed back has no say.
Case with_churn(Luck& luck, std::string_view amount) {
  Wish wish;
  wish.clawback = wish.cap = wish.events = wish.change = wish.negative = wish.draw = false;
  wish.max_rows = 12;
  Case c = random_plans::random_case(luck, wish);
  std::erase_if(c.rows, [](const Row& row) { return row.type == "claim"; });
  const bool first = luck.chance(50);  // or all that are there
  std::string all = "\"c0\"";
  for (const std::string& table : c.tables)
    for (const char* name : {"c1", "c2"})
      if (!first && table.starts_with(fmt::format("[component.{}]", name)))
        all += fmt::format(", \"{}\"", name);
  c.tables.push_back(
      fmt::format("[clawback]\ntriggers = [\"churn\"]\ncomponents = [{}]\n"
                  "window_months = 60\n{}\nvalued_at = \"original_rate\"\n",
                  all, amount));
  Row churn = chosen(c);
  churn.type = "churn";
  churn.payee = churn.split = churn.role = "";
  churn.day = sim::Date::from_civil(2028, 6, 30);
  c.rows.push_back(churn);
  return c;
}

// Cents of a deal's entries in components that are clawed back, and in the clawback.
std::string takes_back(const Case& c) {
  const Paid paid = pay(c);
  if (paid.log.events.empty() || !paid.plan->first().clawback) return "";
  const auto& listed = paid.plan->first().clawback->components;
  Amounts kept;
  for (const auto& entry : paid.payroll().entries()) {
    if (entry.deal != paid.log.events[0].deal || entry.rule == Rule::minimum) continue;
    const std::string name = paid.payroll().component_name(entry.component);
    const bool counts = std::ranges::find(listed, name) != listed.end() || name == "clawback" ||
                        name == "cap.clawed";
    if (counts) kept[paid.payroll().payee(entry.payee)] += entry.cents;
  }
  std::erase_if(kept, [](const auto& entry) { return entry.second == 0; });
  return kept.empty() ? "" : "left to\n" + text_of(kept);
}

TEST(DealProperties, AClawbackTakesBackWhatTheTracePaid) {
  check(
      "refund of a deal", [](Luck& luck) { return with_churn(luck, "amount = \"full\""); },
      takes_back);
}

TEST(DealProperties, AClawbackTakesBackWhatCapsLeft) {
  const auto make = [](Luck& luck) {
    Case c = with_churn(luck, "amount = \"full\"");
    const std::string& about = c.tables.back();
    const auto from = about.find("components = "), to = about.find("\n", from);
    const std::string text = fmt::format(
        "[cap.clawed]\n{}\namount = {}\nper = \"{}\"\nover = \"forfeited\"\n",
        about.substr(from, to - from), 10 * luck.below(40), luck.pick({"deal", "year"}));
    c.tables.push_back(text);
    return c;
  };
  check("refund under a cap", make, takes_back);
}

TEST(DealProperties, AClawbackDoesNotMindCapsOnOthers) {
  const auto make = [](Luck& luck) {
    Case c = with_churn(luck, "amount = \"full\"");
    c.tables.push_back(
        "[component.other]\ntype = \"commission\"\nreading = \"marginal\"\nmeasure = \"year\"\n"
        "tiers = [{from = 0, rate = \"10%\"}]\n");
    c.tables.push_back(
        fmt::format("[cap.other]\ncomponents = [\"other\"]\namount = {}\nper = \"{}\"\n"
                    "over = \"forfeited\"\n",
                    10 * luck.below(20), luck.pick({"deal", "year"})));
    return c;
  };
  check("refund beside a cap", make, takes_back);
}

// R17, restated: what is left is the pay of the log without the deal.
Case with_restating(Luck& luck, bool windfall, bool per_deal) {
  Wish wish;
  wish.plain = true;
  wish.at_zero = wish.events = wish.negative = wish.minimum = wish.guarantee = wish.catch_up =
      wish.clawback = false;
  wish.outside = wish.subquota = wish.team = wish.ratchet = wish.change = wish.roll_up = false;
  wish.cap = false;
  wish.windfall = windfall;
  wish.per_deal = per_deal;
  Case c = random_plans::random_case(luck, wish);
  for (std::string& table :
       c.tables)  // else pay depends on the way: it is spread over quota credit
    if (const auto at = table.find("quota_credit = true"); at != std::string::npos)
      table.replace(at, 19, "quota_credit = false");
  std::string all;
  for (const std::string& table : c.tables)
    if (table.starts_with("[component."))
      all += fmt::format("{}\"{}\"", all.empty() ? "" : ", ", table.substr(11, 2));
  c.tables.push_back(
      fmt::format("[clawback]\ntriggers = [\"churn\"]\ncomponents = [{}]\n"
                  "window_months = 60\namount = \"full\"\n"
                  "valued_at = \"restated\"\n",
                  all));
  return c;
}

std::string as_without_the_deal(const Case& c) {
  Case churned = ended(c), without = churned;
  if (c.rows.empty()) return "";
  Row churn = chosen(c);
  std::erase_if(without.rows, [&](const Row& row) { return row.id == churn.id; });
  churn.type = "churn";
  churn.payee = churn.split = "";
  churn.day = sim::Date::from_civil(2028, 6, 30);
  churned.rows.push_back(churn);
  Amounts left;
  const Paid with = pay(churned), other = pay(without);
  if (!with.plan->first().clawback) return "";
  for (const auto& line : with.payroll().lines())
    left[with.payroll().payee(line.payee)] += line.cents;
  for (const auto& line : other.payroll().lines())
    left[other.payroll().payee(line.payee)] -= line.cents;
  std::erase_if(left, [](const auto& entry) { return entry.second == 0; });
  return left.empty() ? "" : churn.id + " left\n" + text_of(left);
}

TEST(DealProperties, RestatingPaysAsWithoutTheDeal) {
  check(
      "restated", [](Luck& luck) { return with_restating(luck, false, false); },
      as_without_the_deal);
}

TEST(DealProperties, RestatingPaysAsWithoutTheDealThatWasPaidByItself) {
  check(
      "restated, per deal", [](Luck& luck) { return with_restating(luck, false, true); },
      as_without_the_deal);
}

TEST(DealProperties, RestatingPaysAsWithoutTheWindfall) {
  check(
      "restated, windfall", [](Luck& luck) { return with_restating(luck, true, false); },
      as_without_the_deal);
}

// R18: a credit note over all of a deal in its period leaves nothing of it.
Wish of_notes() {
  Wish wish;
  wish.at_zero = wish.outside = wish.minimum = wish.guarantee = wish.windfall = wish.events = false;
  wish.clawback = wish.cap = wish.change = wish.team = wish.catch_up = wish.ratchet = false;
  wish.subquota = false;
  wish.paid = "year";
  return wish;
}

std::string note_undoes(const Case& c) {
  Case noted = ended(c);
  Row deal = chosen(noted);
  deal.id = "noted";
  deal.type = deal.role = deal.split = "";
  deal.cents = static_cast<std::int64_t>(c.salt % 200'000);
  deal.margin = deal.cents / 2;
  deal.units = 2;
  noted.rows.push_back(deal);
  deal.type = "credit_note";
  deal.cents = -deal.cents;
  deal.margin = -deal.margin;
  deal.units = -deal.units;
  noted.rows.push_back(deal);
  return differ(totals_of(pay(ended(c)).payroll()), totals_of(pay(noted).payroll()));
}

TEST(DealProperties, ACreditNoteUndoesItsDeal) {
  Wish wish = of_notes();
  wish.at_least = false;
  check("credit note", wish, note_undoes);
}

}  // namespace
