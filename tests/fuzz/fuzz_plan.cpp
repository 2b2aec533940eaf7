// SPDX-License-Identifier: Apache-2.0
// Any bytes as a plan file: the reader either says what is wrong with them or makes a plan, and a
// log of all types of rows paid by it balances to the cent. The log speaks the plan's words.
#include <cstddef>
#include <cstdint>
#include <set>
#include <string>
#include <vector>

#include "models/compensation/read_plan.h"
#include "sim/check.h"
#include "tests/fuzz/statement_checks.h"

namespace {

using compensation::Filter;
using compensation::Plan;

// @0..@3: payees; $p $k $c $r: product, kind, channel, registration; #: zeros.
constexpr std::string_view rows = R"(
deal_id,date,payee,amount,invoice_date,cash_date,type,split,role,product,kind,channel,registration,first_year,tcv,margin,list,discount,units,start_date,term_months,commissionable,quota_credit,registered,touched,hours
d1,2027-01-10,@0,40000#,2027-01-31,2027-03-01,,,,$p,$k,$c,$r,20000#,90000#,9000#,50000#,10000#,3,,,,,,,
d2,2027-01-20,@1,60000#,2027-02-10,2027-03-10,deal,60%,,$p,$k,$c,$r,30000#,60000#,8000#,60000#,0,4,2027-02-01,24,,,,,
d2,2027-01-20,@2,60000#,2027-02-10,2027-03-10,deal,40%,seller,$p,$k,$c,$r,30000#,60000#,8000#,60000#,0,4,2027-02-01,24,,,,,
d2,2027-01-20,@3,60000#,2027-02-10,2027-03-10,deal,50%,overlay,$p,$k,$c,$r,30000#,60000#,8000#,60000#,0,4,2027-02-01,24,,no,,,
d3,2027-02-15,@0,250000#,2027-02-15,2027-02-15,,,,$p,$k,$c,$r,250000#,750000#,25000#,300000#,50000#,10,,36,,,,,
d4,2027-02-28,@1,0,2027-02-28,2027-02-28,,,,,,,,0,0,0,0,0,0,,,,,,,
d5,2027-03-31,@2,333333#,2027-03-31,2027-04-01,,,,$p,$k,$c,$r,111111#,333333#,77777#,333333#,1#,7,,,,,,,
d3,2027-04-02,@0,-250000#,2027-04-02,2027-04-02,credit_note,,,$p,$k,$c,$r,-250000#,-750000#,-25000#,-300000#,-50000#,-10,,,,,,,
d6,2027-05-05,@3,120000#,2027-05-05,2027-05-05,,,,$p,$k,$c,$r,120000#,120000#,12000#,120000#,0,2,2027-05-05,1,no,,,,
d7,2027-06-30,@0,990000#,2027-06-30,2027-06-30,,,engineer,$p,$k,$c,$r,990000#,990000#,99000#,999999#,9999#,12,,,,,,,
d1,2027-07-01,,,,,churn,,,,,,,,,,,,,,,,,,,
d5,2027-07-02,,1000,,,downgrade,,,,,,,,,,,,,,,,,,,
d6,2027-08-01,,,,,non_payment,,,,,,,,,,,,,,,,,,,
d8,2027-09-15,@1,700000#,2027-09-15,2027-09-15,,,,$p,$k,$c,$r,700000#,700000#,70000#,700000#,0,9,,,,,,,
d9,2027-10-01,,80000#,2027-10-01,2027-10-01,,,,$p,$k,$c,$r,80000#,80000#,8000#,80000#,0,1,,,,,,,
d9,,@1,,,,claim,,,,,direct,,,,,,,,,,,,2027-08-01,2027-07-15,7.5
d9,,@2,,,,claim,,,,,marketplace,,,,,,,,,,,,2027-08-02,2027-09-30,2.25
d9,,@3,,,,claim,,,,,,,,,,,,,,,,,,2027-08-20,0
m1,2027-11-10,@0,1500,,,mdf_claim,,,,,,,,,,,,,2027-10-20,,,,,,
m2,2027-11-11,@1,999999#,,,mdf_claim,,,,,,,,,,,,,2027-11-01,,,,,,
d10,2028-01-05,@2,1,2028-01-05,2028-01-05,,,,$p,$k,$c,$r,1,1,1,1,1,1,,,,,,,
d8,2028-01-06,,,,,churn,,,,,,,,,,,,,,,,,,,
)";

struct Words {
  std::set<std::string> products{""}, kinds{""}, channels{""}, registrations{""};
  void add(const Filter& filter) {
    products.insert(filter.products.begin(), filter.products.end());
    kinds.insert(filter.kinds.begin(), filter.kinds.end());
    channels.insert(filter.channels.begin(), filter.channels.end());
    registrations.insert(filter.registrations.begin(), filter.registrations.end());
  }
};

Words words_of(const Plan& plan) {
  Words words;
  for (const auto& version : plan.versions) {
    if (version.quota) words.add(version.quota->filter);
    for (const auto& component : version.components) words.add(component.filter);
    for (const auto& subquota : version.subquotas) words.add(subquota.filter);
  }
  return words;
}

// Another word from row to row; all four begin alike, so that filters pass now and then.
const std::string& pick(const std::set<std::string>& words, std::size_t row) {
  auto at = words.rbegin();
  for (std::size_t skip = row % words.size(); skip > 0; --skip) ++at;
  return *at;
}

std::string cell(const std::string& word) {
  std::string quoted = "\"";
  for (const char c : word) quoted += c == '"' ? "\"\"" : std::string(1, c);
  return quoted + "\"";
}

std::string log_for(const Plan& plan, const std::string& zeros) {
  const Words words = words_of(plan);
  std::vector<std::string> payees;
  for (const auto& [name, payee] : plan.versions.back().payees)
    if (payees.size() < 4) payees.push_back(name);
  for (const char* name : {"Ann", "Bob", "Cal", "Dee"}) payees.emplace_back(name);
  std::string log;
  std::size_t row = 0;
  std::string deal;
  for (std::size_t i = 1; i < rows.size(); ++i) {
    const char c = rows[i];
    if (c == '\n' && rows.substr(i + 1, 3) != deal) {
      deal = rows.substr(i + 1, 3);
      ++row;
    }
    if (c == '#') {
      log += zeros;
    } else if (c == '@') {
      log += cell(payees[static_cast<std::size_t>(rows[++i] - '0')]);
    } else if (c == '$') {
      const char which = rows[++i];
      log += cell(pick(which == 'p'   ? words.products
                       : which == 'k' ? words.kinds
                       : which == 'c' ? words.channels
                                      : words.registrations,
                       row));
    } else {
      log += c;
    }
  }
  return log;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  for (const char* zeros : {"", "0000000"}) {
    try {
      const auto plan = std::make_shared<const Plan>(compensation::read_plan(text, "plan.toml"));
      const std::string log = log_for(*plan, zeros);
      fuzz::pay_and_check(plan, compensation::read_deals(log, "deals.csv", *plan));
    } catch (const sim::BadInput&) {
      // As it should be.
    }
  }
  return 0;
}
