// SPDX-License-Identifier: Apache-2.0
// Effort of a rep-week: a rep with 20 open opportunities and a plan of three components (commission
// with an accelerator, quarterly bonus, SPIF) splits the hours of a week; ns per rep-week on one
// pinned thread, by planner. Median of the repetitions.
//   bench_effort [repetitions]
#include "models/ecosystem/mechanisms/effort.h"

#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <cstdlib>
#include <memory>
#include <vector>

#include "sim/cpu.h"
#include "sim/workers.h"

namespace {

using namespace ecosystem;

constexpr std::size_t people = 1'000, open = 20;

std::string plan_text(bool spif) {
  std::string text = R"(format = 1
name = "bench"
currency = "USD"
paid = "quarter"
crediting_event = "booking"
splits = "sum_to_100"
calendar = "fiscal"
start = 2026-02-02
[quota]
amount = 225_000
per = "quarter"
[component.commission]
type = "commission"
measure = "quarter"
reading = "marginal"
tiers = [{from = "0%", to = "100%", rate = 0.10}, {from = "100%", rate = 0.15}]
[component.bonus]
type = "bonus"
measure = "quarter"
amount = 5_000
at = "100%"
catch_up = false
)";
  if (spif)
    text += R"([component.spif]
type = "spif"
from = 2026-02-02
to = 2027-02-01
per_deal = 250
stackable = true
)";
  return text;
}

struct Floor {
  Reps reps;
  Opportunities opportunities;
  Needs needs;
  Products products;
  sim::Groups<Opportunities, Reps> books;
  Effort effort;
  Reasoning reasoning;
  sim::Random random{1, 0};
  std::shared_ptr<const sim::Calendar> calendar = std::make_shared<const sim::Calendar>(
      sim::Calendar::Kind::fiscal, sim::Date::from_civil(2026, 2, 2));
  std::unique_ptr<RolePayroll> payroll;
  DynamicPlan programme;

  Floor(Planner planner, bool spif) {
    PlanTerms terms;
    terms.file = plan_text(spif);
    payroll = std::make_unique<RolePayroll>(terms, calendar, std::vector<std::string>{"platform"});
    products.add(sim::named("platform"));
    for (std::size_t r = 0; r < people; ++r) add_rep(planner, r);
    books.assign(opportunities, opportunities.rep, reps.size());
    payroll->begin(calendar->date(5, 0));
    if (planner == Planner::dynamic)
      programme = dynamic_plan(*payroll, calendar->date(5, 0), reasoning.booking_cv, 1, 0, .34);
  }

  void add_rep(Planner planner, std::size_t number) {
    const Reps::Id rep = reps.add(sim::child(kinds::rep, sim::named("bench"), number));
    reps.start_week[rep] = -1000;
    reps.knows(rep, Products::Id(0)) = reps.plan_credit[rep] = 1;
    reps.planner[rep] = planner;
    reps.payee[rep] = payroll->join(reps.key(rep), number);
    sim::Draw draw = random.draw({99, "bench", "rep", "", sim::Level::chance}, reps.key(rep));
    const auto booked = static_cast<std::int64_t>(15e6 * draw.uniform());
    payroll->credit(reps.payee[rep], {sim::child(kinds::need, reps.key(rep), 999),
                                      calendar->date(0, 0), 0, booked, booked, booked});
    for (std::size_t i = 0; i < open; ++i) {
      const auto need = needs.add(sim::child(kinds::need, reps.key(rep), i));
      const auto row = opportunities.add(sim::child(kinds::opportunity, reps.key(rep), i));
      needs.value[need] = static_cast<std::int64_t>(2.8e6 * sim::exp(.6 * draw.normal()));
      opportunities.rep[row] = rep;
      opportunities.need[row] = need;
      opportunities.product[row] = Products::Id(0);
      opportunities.stage[row] = static_cast<std::uint8_t>(draw.below(4));
      effort.weigh(opportunities, row, needs.value[need]);
    }
  }

  double week() {  // ns per rep
    const Foresight foresight(reasoning, *payroll, products, nullptr, {1, .25}, -1, &programme);
    const Effort::Job job{foresight, 30, 0};
    const sim::Step step(5, *calendar, random, sim::serial_workers());
    const auto begin = std::chrono::steady_clock::now();
    effort(reps, opportunities, books, needs, {{.05, .07, .09, .005}, .45}, {job, job}, step);
    const std::chrono::duration<double, std::nano> took = std::chrono::steady_clock::now() - begin;
    return took.count() / static_cast<double>(people);
  }
};

double median_week(Floor& floor, int repetitions) {
  std::vector<double> times;
  for (int i = 0; i < repetitions; ++i) times.push_back(floor.week());
  std::sort(times.begin(), times.end());
  return times[times.size() / 2];
}

}  // namespace

int main(int argc, char** argv) {
  const int repetitions = argc > 1 ? std::atoi(argv[1]) : 201;
  fmt::print("kernels: {}; {} open opportunities; ns per rep-week\n", sim::name(sim::cpu()), open);
  fmt::print("{:10} {:>16} {:>22}\n", "planner", "commission+bonus", "commission+bonus+SPIF");
  const std::pair<const char*, Planner> planners[] = {
      {"myopic", Planner::myopic}, {"shadow", Planner::shadow}, {"dynamic", Planner::dynamic}};
  for (const auto& [name, planner] : planners) {
    Floor two(planner, false), three(planner, true);
    fmt::print("{:10} {:16.0f} {:22.0f}\n", name, median_week(two, repetitions),
               median_week(three, repetitions));
    if (planner == Planner::dynamic)
      fmt::print("the programme's table has {} bytes\n", three.programme.table->bytes());
  }
}
