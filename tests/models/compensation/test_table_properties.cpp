// SPDX-License-Identifier: Apache-2.0
// What holds of tables: a few lines of arithmetic say the same, more sales pay no less, and what a
// deal would pay is what it pays.
#include "tests/models/compensation/pay_properties.h"

namespace {

using namespace pay_properties;
using compensation::billion;
using compensation::Int128;

// --- tables -------------------------------------------------------------------------------------

// One commission on a quota of the same period, for payees who do not differ.
Case one_table(Luck& luck, std::string_view reading) {
  Wish wish;
  wish.plain = true;
  wish.windfall = wish.minimum = wish.guarantee = wish.events = wish.outside = false;
  wish.reading = reading;
  Case c;
  const auto span = luck.pick({"month", "quarter", "year"});
  c.tables.push_back(fmt::format(
      "format = 1\nname = \"random\"\ncurrency = \"USD\"\npaid = \"{}\"\n"
      "crediting_event = \"booking\"\nsplits = \"sum_to_100\"\nproducts = [\"A\", \"B\"]\n"
      "[target]\nincentive = {}\nper = \"{}\"\n[quota]\namount = {}\nper = \"{}\"\n",
      span, 1 + luck.below(2000), span, 250 * (1 + luck.below(12)), span));
  c.tables.push_back(fmt::format("[component.c]\nmeasure = \"{}\"\n", span) +
                     random_plans::CommissionWriter(luck, wish).write(false));
  random_plans::add_rows(luck, wish, c);
  return c;
}

// What credit of a period pays by R6, R7, R10, R11, worked in another way than the engine's.
std::int64_t by_hand(const compensation::Version& version, std::int64_t credit) {
  const auto& about = version.components[0].commission;
  const Int128 quota = version.quota->amount.amount, target = version.target.incentive.amount;
  const Int128 c = Int128{credit} * billion;
  const auto bound = [&](bool of_quota, compensation::Share share, std::int64_t amount) {
    return of_quota ? quota * share.billionths : Int128{amount} * billion;
  };
  const Int128 threshold = !about.has_threshold ? 0
                                                : bound(about.threshold_of_quota,
                                                        about.threshold_share, about.threshold);
  if (about.has_threshold && c < threshold) return 0;
  const Int128 floor = about.above_only ? threshold : 0;
  Int128 den = Int128{billion} * billion;  // of a rate, and of nano-credit
  if (about.base && about.tiers[0].pays == compensation::Tier::Pays::times)
    den *= about.base->derived ? quota : billion;
  Int128 sum = 0;
  for (std::size_t i = 0; i < about.tiers.size(); ++i) {
    const auto& tier = about.tiers[i];
    Int128 rate = tier.share.billionths;
    if (tier.pays == compensation::Tier::Pays::times)
      rate *= about.base->derived ? target : about.base->rate.billionths;
    const bool last = i + 1 == about.tiers.size();
    const Int128 from = bound(tier.of_quota, tier.from_share, tier.from);
    const Int128 to = last ? std::max(c, from) + 1
                           : bound(about.tiers[i + 1].of_quota, about.tiers[i + 1].from_share,
                                   about.tiers[i + 1].from);
    if (about.reading == compensation::Reading::retroactive) {
      if ((c >= from || i == 0) && c < to) sum = (c - floor) * rate;
    } else {
      const Int128 low = i == 0 ? std::min(c, floor) : std::max(from, floor);
      if (i == 0 && c < floor)
        sum += c * rate;
      else
        sum += std::max<Int128>(0, std::min(c, to) - (i == 0 ? std::max(from, floor) : low)) * rate;
    }
  }
  return compensation::round_div(sum, den);
}

std::string as_by_hand(const Case& c) {
  const Paid paid = pay(c);
  std::map<std::pair<std::uint32_t, std::int32_t>, std::int64_t> credits;
  Payroll payroll(paid.plan, Payroll::Trace::no);
  for (const auto& credit : compensation::credits_of(*paid.plan, paid.log, payroll)) {
    const auto period = paid.plan->periods.index(paid.plan->paid, credit.day);
    credits[{paid.payroll().add_payee(payroll.payee(credit.payee)), period}] += credit.value[0];
  }
  Amounts expected;
  for (const auto& [at, credit] : credits)
    if (const auto cents = by_hand(paid.plan->first(), credit))
      expected[fmt::format("{} c {}", paid.payroll().payee(at.first), at.second)] = cents;
  return differ(expected, lines_of(paid.payroll()));
}

TEST(TableProperties, MarginalTablesPayWhatASumSays) {
  check(
      "marginal by hand", [](Luck& luck) { return one_table(luck, "marginal"); }, as_by_hand);
}

TEST(TableProperties, RetroactiveTablesPayWhatAProductSays) {
  check(
      "retroactive by hand", [](Luck& luck) { return one_table(luck, "retroactive"); }, as_by_hand);
}

// R7: for rates that rise, a retroactive table pays no less than a marginal one.
std::string retroactive_or_marginal(const Case& c) {
  Case other = c;
  for (std::string& table : other.tables)
    if (const auto at = table.find("\"marginal\""); at != std::string::npos)
      table.replace(at, 10, "\"retroactive\"");
  const Amounts marginal = totals_of(pay(c).payroll());
  const Amounts retroactive = totals_of(pay(other).payroll());
  for (const auto& [key, cents] : marginal)
    if (!retroactive.contains(key) || retroactive.at(key) < cents)
      return "marginal, retroactive:\n" + differ(marginal, retroactive);
  for (const auto& [key, cents] : retroactive)
    if (cents < 0) return "less than nothing:\n" + text_of(retroactive);
  return "";
}

Wish rising_tables() {
  Wish wish;
  wish.rising = true;
  wish.reading = "marginal";
  wish.negative = wish.others = wish.outside = wish.windfall = wish.minimum = wish.guarantee =
      false;
  wish.clawback = wish.cap = false;
  wish.season = false;  // a ramp's super rate falls
  return wish;
}

TEST(TableProperties, RetroactiveIsNoLessThanMarginal) {
  Wish wish = rising_tables();
  wish.plain = true;
  wish.change = false;
  check("retroactive >= marginal", wish, retroactive_or_marginal);
}

TEST(TableProperties, RetroactiveIsNoLessThanMarginalAcrossBasesAndChanges) {
  // What an above_only threshold withholds of a smaller pay credit is in proportion where a table
  // is read retroactively, and where the deals lie where it is read marginally.
  Wish wish = rising_tables();
  wish.above_only = false;
  check("retroactive >= marginal, other bases and changes", wish, retroactive_or_marginal);
}

// R29: who sells more earns no less.
TEST(TableProperties, MoreSalesPayNoLess) {
  Wish wish;
  wish.rising = wish.plain = true;
  wish.negative = wish.events = wish.split = wish.outside = false;
  wish.clawback = wish.ratchet = wish.team = wish.cap = wish.subquota = wish.roll_up = false;
  check("monotone", wish, [](const Case& c) {
    Case more = c;
    if (c.rows.empty()) return std::string();
    Row& row = chosen(more);
    const std::int64_t by = c.salt % 3 == 0 ? 1 : static_cast<std::int64_t>(c.salt % 100'000);
    row.cents += by;
    row.margin += by;
    const Amounts before = totals_of(pay(ended(c)).payroll());
    const Amounts after = totals_of(pay(ended(more)).payroll());
    for (const auto& [key, cents] : before)
      if (!after.contains(key) || after.at(key) < cents)
        return fmt::format("{} more on {}\n", by, row.id) + differ(before, after);
    return std::string();
  });
}

// --- questions ----------------------------------------------------------------------------------

// What a deal would pay is what it pays, before caps, clawback and draw.
std::string asked_and_posted(const Case& c) {
  const auto plan = plan_of(c);
  const auto log = compensation::read_deals(c.log(), "deals.csv", *plan);
  Payroll with(plan, Payroll::Trace::yes), without(plan, Payroll::Trace::no);
  const auto credits = compensation::credits_of(*plan, log, with);
  compensation::credits_of(*plan, log, without);
  if (credits.empty()) return "";
  compensation::Credit deal = credits.back();
  deal.day = deal.day + static_cast<int>(c.salt % 40);
  deal.deal = 1'000'000;
  deal.whole = nullptr;
  deal.split = compensation::Share::whole(1);
  deal.commissionable = deal.quota_credit = true;
  deal.size = static_cast<std::int64_t>(c.salt % 300'000);
  deal.value.fill(deal.size);
  const bool units = c.plan().find("basis = \"units\"") != std::string::npos;
  if (!units) deal.value[6] = 1;
  for (Payroll* payroll : {&with, &without})
    for (const auto& credit : credits) payroll->post(credit);
  const std::int64_t said = with.marginal(deal.payee, deal.kind, deal.size, deal.day);
  std::int64_t paid = 0;
  with.post(deal);
  for (Payroll* payroll : {&with, &without})
    payroll->settle(plan->periods.index(plan->paid, deal.day));
  for (const auto& line : with.lines()) paid += line.cents;
  for (const auto& line : without.lines()) paid -= line.cents;
  if (said == paid) return "";
  return fmt::format("{} on {} ({}): said {}, paid {}", deal.size, deal.day.text(),
                     with.payee(deal.payee), said, paid);
}

Wish of_questions() {
  Wish wish;
  wish.cap = wish.clawback = wish.draw = wish.team = wish.subquota = wish.catch_up = false;
  wish.events = wish.roll_up = wish.at_zero = wish.guarantee = wish.contest = false;
  return wish;
}

Case asked_case(Luck& luck, const Wish& wish) {
  Case c = random_plans::random_case(luck, wish);
  std::erase_if(c.rows, [](const Row& row) { return row.type == "claim"; });
  return c;
}

TEST(TableProperties, MarginalPayIsWhatADealPays) {
  Wish wish = of_questions();
  wish.plain = true;
  wish.at_least = wish.outside = wish.minimum = wish.guarantee = wish.windfall = wish.change =
      false;
  check(
      "marginal pay", [&](Luck& luck) { return asked_case(luck, wish); }, asked_and_posted);
}

TEST(TableProperties, MarginalPayIsWhatADealPaysOutsideOfTables) {
  Wish wish = of_questions();
  wish.plain = true;
  wish.at_least = wish.change = false;
  check(
      "marginal pay, windfalls, minima, SPIFs", [&](Luck& luck) { return asked_case(luck, wish); },
      asked_and_posted);
}

TEST(TableProperties, MarginalPayIsWhatADealPaysOnOtherBases) {
  Wish wish = of_questions();
  wish.outside = false;
  wish.change = false;  // a question after a change of rates within the period is an estimate
  check(
      "marginal pay, other bases", [&](Luck& luck) { return asked_case(luck, wish); },
      asked_and_posted);
}

}  // namespace
