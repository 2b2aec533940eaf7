// SPDX-License-Identifier: Apache-2.0
// What holds of every plan and every log: pay_properties.h tries it on random ones.
#include <set>

#include "tests/models/compensation/pay_properties.h"

namespace {

using namespace pay_properties;

// R3, R27: the order of rows in the file is nothing.
TEST(PayProperties, OrderOfRowsDoesNotMatter) {
  check("order of rows", Wish{}, [](const Case& c) {
    Case other = c;
    Luck luck(c.salt);
    random_plans::shuffle(luck, other.rows);
    const Paid a = pay(c), b = pay(other);
    const std::string lines = differ(lines_of(a.payroll()), lines_of(b.payroll()));
    return lines.empty() ? differ(payables_of(a.payroll()), payables_of(b.payroll())) : lines;
  });
}

// R28: a trace is told or not; what is paid is the same.
TEST(PayProperties, TracingChangesNothing) {
  check("trace or none", Wish{}, [](const Case& c) {
    return differ(lines_of(pay(c).payroll()), lines_of(pay(c, Payroll::Trace::no).payroll()));
  });
}

// R1, R4: a measuring period pays the same in all, however often its paydays come.
std::string by_quarters(const Case& c) {
  Case rare = ended(c);
  const Amounts monthly = totals_of(pay(rare).payroll());
  std::string& head = rare.tables[0];
  if (const auto at = head.find("\"month\""); at != std::string::npos)
    head.replace(at, 7, "\"quarter\"");
  return differ(monthly, totals_of(pay(rare).payroll()));
}

TEST(PayProperties, HowOftenPaidDoesNotMatter) {
  Wish wish;
  wish.paid = "month";
  wish.cap = wish.minimum = wish.guarantee = wish.team = wish.clawback = wish.subquota = false;
  check("how often paid", wish, by_quarters);
}

TEST(PayProperties, HowOftenPaidDoesNotMatterToTeamsAndClawbacks) {
  Wish wish;
  wish.paid = "month";
  wish.measure = "quarter";
  wish.cap = wish.minimum = wish.guarantee = false;
  check("how often paid, teams, clawbacks, sub-quotas", wish, by_quarters);
}

// R28, R29: entries sum to their line, lines to their payout.
std::string ledger(const Case& c) {
  const Paid paid = pay(c);
  const Payroll& payroll = paid.payroll();
  Amounts lines, payouts;
  for (const auto& line : payroll.lines()) {
    lines[key_of(payroll, line)] += line.cents;
    payouts[fmt::format("{} {}", line.payee, line.period)] += line.cents;
  }
  for (const auto& entry : payroll.entries())
    lines[key_of(payroll, {entry.payee, entry.component, entry.period, 0})] -= entry.cents;
  std::set<std::pair<std::uint32_t, std::int32_t>> seen;
  for (const auto& payout : payroll.payouts()) {
    payouts[fmt::format("{} {}", payout.payee, payout.period)] -= payout.earned + payout.clawback;
    if (!seen.emplace(payout.payee, payout.period).second) return "two payouts";
  }
  for (auto* rest : {&lines, &payouts})
    std::erase_if(*rest, [](const auto& entry) { return entry.second == 0; });
  return lines.empty() && payouts.empty() ? ""
                                          : "entries and lines differ by\n" + text_of(lines) +
                                                "lines and payouts by\n" + text_of(payouts);
}

TEST(PayProperties, EntriesSumToLinesAndLinesToPayouts) { check("ledger", Wish{}, ledger); }

TEST(PayProperties, EntriesSumToLinesWithoutRestating) {
  Wish wish;
  wish.restated = false;
  check("ledger, not restated", wish, ledger);
}

// R16: what was paid = what was earned + what is still to be recovered + what was given away.
std::string draws(const Case& c) {
  const Paid paid = pay(c);
  const auto& draw = paid.plan->first().draw;
  struct Sums {
    std::int64_t paid = 0, due = 0, given = 0, balance = 0, debt = 0;
  };
  std::map<std::uint32_t, Sums> all;
  for (const auto& p : paid.payroll().payouts()) {
    Sums& sums = all[p.payee];
    sums.paid += p.payable;
    sums.due += p.earned + p.clawback;
    sums.given += p.forgiven + (draw && !draw->recoverable ? p.draw_advance : 0);
    const std::int64_t before = sums.balance, owed = sums.debt;
    sums.balance = p.draw_balance;
    sums.debt = p.debt;
    if (p.payable < 0 || p.draw_balance < 0 || p.debt < 0 || p.draw_recovery > before)
      return "an amount is below nothing";
    const bool advanced = p.draw_advance > 0;
    if (advanced && p.payable != draw->amount) return "a draw pays up to its amount";
    if (advanced && p.draw_recovery > 0) return "advanced and recovered at once";
    if (p.debt > 0 && p.earned + p.clawback - owed != -p.debt) return "debt";
    if (sums.paid != sums.due + sums.balance + sums.debt + sums.given)
      return fmt::format("paid {} = due {} + balance {} + debt {} + given {}?", sums.paid, sums.due,
                         sums.balance, sums.debt, sums.given);
  }
  return "";
}

TEST(PayProperties, DrawsBalance) {
  Wish wish;
  wish.change = false;
  const auto make = [&](Luck& luck) {
    Case c = random_plans::random_case(luck, wish);
    random_plans::PlanWriter(luck, wish, c).draw_if_none();
    return c;
  };
  check("draws", make, draws);
}

// R3: a change that changes nothing is none.
std::string empty_change(const Case& c) {
  Case changed = c;
  Luck luck(c.salt);
  const sim::Date day = random_plans::new_year() + static_cast<int>(luck.below(300));
  changed.tables.push_back(fmt::format("[[change]]\nfrom = {}\n", day.text()));
  return differ(lines_of(pay(c).payroll()), lines_of(pay(changed).payroll()));
}

TEST(PayProperties, AnEmptyChangeChangesNothing) {
  Wish wish;
  wish.change = wish.clawback = wish.deal_cap = false;
  check("empty change", wish, empty_change);
}

// What counts deal by deal needs traces that a change does not cut.
TEST(PayProperties, AnEmptyChangeChangesNothingOfDeals) {
  Wish wish;
  wish.change = false;
  check("empty change, clawbacks and caps per deal", wish, empty_change);
}

// R3: nor is one that begins when all is done, whatever it says.
TEST(PayProperties, ALaterChangeChangesNothing) {
  Wish wish;
  wish.change = wish.guarantee = false;
  check("later change", wish, [](const Case& c) {
    Case changed = c;
    std::string text = "[[change]]\nfrom = 2030-01-01\n";
    for (const std::string& table : c.tables) {
      if (table.starts_with("[cap.x]")) text += "cap.x.amount = 12345\n";
      if (table.starts_with("[quota]")) text += "quota.amount = 77\n";
    }
    changed.tables.push_back(text +
                             "[change.cap.new]\ncomponents = [\"c0\"]\namount = 1\n"
                             "per = \"year\"\nover = \"forfeited\"\n");
    return differ(lines_of(pay(c).payroll()), lines_of(pay(changed).payroll()));
  });
}

// R4: months that are measured and paid by themselves are nothing to one another.
std::string add_up(const Case& c) {
  const auto day = sim::Date::from_civil(2027, 3, 1);
  Case early = c, late = c;
  std::erase_if(early.rows, [&](const Row& row) { return row.day >= day; });
  std::erase_if(late.rows, [&](const Row& row) { return row.day < day; });
  if (early.rows.empty() || late.rows.empty() || c.tables[0].find("fiscal") != std::string::npos)
    return "";
  Amounts parts = lines_of(pay(early).payroll());
  parts.merge(lines_of(pay(late).payroll()));
  return differ(lines_of(pay(c).payroll()), parts);
}

Wish of_months() {
  Wish wish;
  wish.paid = wish.measure = "month";
  wish.ratchet = wish.catch_up = wish.clawback = wish.cap = wish.outside = wish.events = false;
  wish.guarantee = wish.change = false;
  return wish;
}

TEST(PayProperties, MonthsAddUp) {
  Wish wish = of_months();
  wish.subquota = false;
  check("months add up", wish, add_up);
}

TEST(PayProperties, MonthsAddUpUnderSubquotas) {
  check("months add up, sub-quotas", of_months(), add_up);
}

// What Cy does is nothing to Ann, if no team, pool, contest or claim is between them.
TEST(PayProperties, OthersDoNotMatter) {
  Wish wish;
  wish.team = wish.outside = wish.split = wish.minimum = wish.guarantee = false;
  check("others", wish, [](const Case& c) {
    Case alone = c;
    std::erase_if(alone.rows, [](const Row& row) { return row.payee == "Cy"; });
    Amounts with, without;
    std::erase_if(alone.rows, [&](const Row& row) {
      return row.payee.empty() && std::ranges::none_of(alone.rows, [&](const Row& deal) {
               return deal.id == row.id && deal.type.empty();
             });
    });
    for (const auto& [key, cents] : totals_of(pay(ended(c)).payroll()))
      if (!key.starts_with("Cy")) with[key] = cents;
    for (const auto& [key, cents] : totals_of(pay(ended(alone)).payroll()))
      if (!key.starts_with("Cy")) without[key] = cents;
    return differ(with, without);
  });
}

}  // namespace
