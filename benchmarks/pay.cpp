// SPDX-License-Identifier: Apache-2.0
// The pay engine on its stated workload: 10^6 booked deals of 1,000 payees in four quarters, paid
// by marginal tiers with an accelerator, a quarterly cliff bonus and a SPIF with a pool. One pinned
// thread; best of the repetitions.
//   bench_pay [DIRECTORY]     leaves plan.toml, deals.csv and pay.json there (compare_pandas.py)
#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <fstream>
#include <map>
#include <string>
#include <vector>

#include "models/compensation/pay_log.h"
#include "models/compensation/read_plan.h"
#include "sim/pinning.h"

namespace {

using compensation::Credit;
using compensation::Payroll;
using Plan = std::shared_ptr<const compensation::Plan>;

constexpr std::uint32_t payees = 1000;
constexpr std::size_t deals = 1'000'000;
constexpr int repetitions = 7;

// splitmix64: the same deals wherever this runs.
class Numbers {
 public:
  std::uint64_t below(std::uint64_t n) {
    std::uint64_t z = state_ += 0x9E3779B97F4A7C15;
    z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
    z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
    return (z ^ (z >> 31)) % n;
  }

 private:
  std::uint64_t state_ = 1;
};

std::string plan_text() {
  std::string text = R"(format = 1
name = "benchmark"
currency = "USD"
paid = "quarter"
crediting_event = "booking"
splits = "sum_to_100"
products = ["core", "addon"]

[quota]
amount = "1.1M"
per = "quarter"

[component.commission]
type = "commission"
measure = "quarter"
reading = "marginal"
tiers = [{from = "0%", to = "100%", rate = "8%"}, {from = "100%", to = "125%", rate = "12%"}, {from = "125%", rate = "16%"}]

[component.bonus]
type = "bonus"
measure = "quarter"
amount = 5000
at = "100%"
catch_up = false

[component.push]
type = "spif"
products = ["addon"]
from = 2027-02-01
to = 2027-11-30
per_deal = 50
pool = "2.5M"
last_claim = "partial"
stackable = true
)";
  for (std::uint32_t i = 0; i < payees; ++i)
    text += fmt::format("\n[payee.p{:03}]\nquota = {}\n", i, 700'000 + 100'000 * (i % 8));
  return text;
}

// About 1.1M of credit a payee and quarter; rows in the order of a file, not of the engine.
std::string deal_text() {
  std::string text = "deal_id,date,payee,amount,product\n";
  const sim::Date first = sim::Date::from_civil(2027, 1, 1);
  Numbers draw;
  for (std::size_t i = 0; i < deals; ++i) {
    const auto day = static_cast<std::int32_t>(draw.below(365));
    const std::uint64_t payee = draw.below(payees), cents = 10'000 + draw.below(860'001);
    text += fmt::format("d{:06},{},p{:03},{}.{:02},{}\n", i, (first + day).text(), payee,
                        cents / 100, cents % 100, draw.below(10) == 0 ? "addon" : "core");
  }
  return text;
}

template <class Work>
double seconds(int times, Work work) {
  double best = 1e9;
  for (int i = 0; i < times; ++i) {
    const auto start = std::chrono::steady_clock::now();
    work();
    const std::chrono::duration<double> passed = std::chrono::steady_clock::now() - start;
    best = std::min(best, passed.count());
  }
  return best;
}

struct Workload {
  Plan plan;
  compensation::DealLog log;
  std::vector<Credit> credits;
};

std::unique_ptr<Payroll> empty_payroll(const Workload& work, Payroll::Trace trace) {
  auto payroll = std::make_unique<Payroll>(work.plan, trace);
  for (const std::string& name : work.log.payees) payroll->add_payee(name);
  for (const char* product : {"core", "addon"}) payroll->add_kind({product, "", "", ""});
  return payroll;
}

void post_and_settle(Payroll& payroll, const Workload& work, std::int32_t quarters) {
  const auto& periods = work.plan->periods;
  std::int32_t period = periods.index(work.plan->paid, work.credits[0].day);
  auto at = work.credits.begin();
  for (; quarters > 0; --quarters, ++period) {
    const sim::Date last = periods.last_day(work.plan->paid, period);
    for (; at != work.credits.end() && at->day <= last; ++at) payroll.post(*at);
    if (quarters > 1 || at == work.credits.end()) payroll.settle(period);
  }
}

double credits_per_second(const Workload& work, Payroll::Trace trace) {
  double best = 1e9;
  for (int i = 0; i < repetitions; ++i) {
    const auto payroll = empty_payroll(work, trace);
    best = std::min(best, seconds(1, [&] { post_and_settle(*payroll, work, 4); }));
  }
  return static_cast<double>(work.credits.size()) / best;
}

// Nanoseconds to ask `together` questions at the state of a payee in the midst of a quarter.
double question(const Workload& work, std::size_t together) {
  const auto payroll = empty_payroll(work, Payroll::Trace::no);
  const sim::Date day = sim::Date::from_civil(2027, 6, 15);
  for (const Credit& credit : work.credits)
    if (credit.day <= day && credit.day >= sim::Date::from_civil(2027, 4, 1)) payroll->post(credit);
  std::vector<std::int64_t> values(together), out(together), amounts(4096);
  Numbers draw;
  for (auto& amount : amounts) amount = static_cast<std::int64_t>(10'000 + draw.below(50'000'000));
  constexpr int questions = 10'000;
  std::int64_t total = 0;
  const double time = seconds(30 * repetitions, [&] {
    for (std::uint32_t i = 0; i < questions; ++i) {
      for (std::size_t k = 0; k < together; ++k) values[k] = amounts[(i * together + k) % 4096];
      payroll->marginal(i * 7 % payees, 0, values, day, out);
      total += out[0];
    }
  });
  if (total == 0) fmt::print("nothing would be paid\n");
  return 1e9 * time / questions;
}

std::map<std::string, std::int64_t> totals(const Workload& work) {
  const auto payroll = empty_payroll(work, Payroll::Trace::no);
  post_and_settle(*payroll, work, 4);
  std::map<std::string, std::int64_t> cents;
  for (const auto& line : payroll->lines())
    cents[payroll->component_name(line.component)] += line.cents;
  return cents;
}

}  // namespace

int main(int argc, char** argv) {
  sim::pin_this_thread(0);
  const std::string toml = plan_text(), csv = deal_text();
  Workload work;
  work.plan =
      std::make_shared<const compensation::Plan>(compensation::read_plan(toml, "plan.toml"));
  const double reading =
      seconds(3, [&] { work.log = compensation::read_deals(csv, "deals.csv", *work.plan); });
  const double crediting = seconds(3, [&] {
    work.credits =
        compensation::credits_of(*work.plan, work.log, *empty_payroll(work, Payroll::Trace::no));
  });
  const double plain = credits_per_second(work, Payroll::Trace::no);
  const double traced = credits_per_second(work, Payroll::Trace::yes);
  const double one = question(work, 1), twenty = question(work, 20);
  fmt::print("{} deals, {} payees, four quarters; one pinned thread\n", deals, payees);
  fmt::print("reading the log     {:8.2f} s\n", reading);
  fmt::print("credits from deals  {:8.2f} s\n", crediting);
  fmt::print("without traces      {:8.2f} million credits/s (at least 2)\n", plain / 1e6);
  fmt::print("with traces         {:8.2f} million credits/s (at least 0.5)\n", traced / 1e6);
  fmt::print("one question        {:8.0f} ns (at most 100)\n", one);
  fmt::print("twenty together     {:8.0f} ns (at most 400)\n", twenty);
  if (argc < 2) return 0;
  const std::string where = argv[1];
  std::ofstream(where + "/plan.toml") << toml;
  std::ofstream(where + "/deals.csv") << csv;
  std::string json = fmt::format(
      "{{\"reading\": {}, \"crediting\": {}, \"plain\": {}, \"traced\": {}, \"cents\": {{", reading,
      crediting, plain, traced);
  for (const auto& [name, cents] : totals(work))
    json += fmt::format("{}\"{}\": {}", json.ends_with('{') ? "" : ", ", name, cents);
  std::ofstream(where + "/pay.json") << json << "}}\n";
}
