// SPDX-License-Identifier: Apache-2.0
#pragma once
// Each rep splits the week's hours over their opportunities by what an hour earns them.
//
// An opportunity pays in expectation v * h^eps for h hours (EQ5), where v = commission per unit of
// value x value x what a stage adds to the chance of winning x pace of stages. The best split of H
// hours is SA5's: h ~ v^(1/(1-eps)) over the n best opportunities, where each one touched costs
// `touch_hours` first, and n maximises (H - n touch)^eps (sum of v^(1/(1-eps)))^(1-eps)
// (feasibility.md, findings 1 and 2: greedy or softmax effort starves small deals).
//
// Commission per unit of value is what the rep's own plan is expected to pay on the next unit of
// credit (EQ2). Sellers of a partner hold their employer's other products against yours; their plan
// pays on the margin of either.

#include <algorithm>
#include <cmath>
#include <vector>

#include "models/ecosystem/company.h"
#include "models/ecosystem/state.h"
#include "sim/field.h"
#include "sim/step.h"

namespace ecosystem {

struct Effort {
  double elasticity = 0.34;
  double scale_hours = 4;
  double touch_hours = 1;
  double booking_cv = 0.35;
  static constexpr auto fields = std::tuple{
      sim::field(&Effort::elasticity, {.name = "elasticity",
                                       .unit = "1",
                                       .meaning = "elasticity of progress in hours",
                                       .low = .25,
                                       .high = .45,
                                       .distribution = Distribution::uniform,
                                       .min = .05,
                                       .max = .9,
                                       .source = "SA5 (Albers, Mantrala, Sridhar 2010)",
                                       .evidence = Evidence::field_study,
                                       .role = sim::Role::uncertainty}),
      sim::field(&Effort::scale_hours, {.name = "scale_hours",
                                        .unit = "hour/week",
                                        .meaning = "hours at which a stage goes at its own pace",
                                        .low = 2,
                                        .high = 8,
                                        .distribution = Distribution::lognormal,
                                        .min = .01,
                                        .max = 100,
                                        .source = "feasibility.md 2",
                                        .role = sim::Role::uncertainty}),
      sim::field(&Effort::touch_hours,
                 {.name = "touch_hours",
                  .unit = "hour/week",
                  .meaning = "hours an opportunity costs before any hour counts",
                  .low = .5,
                  .high = 1.5,
                  .distribution = Distribution::uniform,
                  .min = 0,
                  .max = 40,
                  .source = "feasibility.md, finding 2",
                  .role = sim::Role::uncertainty}),
      sim::field(&Effort::booking_cv,
                 {.name = "booking_cv",
                  .unit = "1",
                  .meaning = "standard deviation of a quarter's bookings as a share of quota, as "
                             "reps believe it",
                  .min = .01,
                  .max = 3,
                  .source = "SA11"})};

  // What the buyer's side contributes: the gain in chance of winning from each stage onwards, and
  // the pace of stages (choice.h and pursuit.h own these figures).
  struct Prospects {
    std::array<double, stages + 1> gain{};  // mean gain of a further stage, by stage reached
    double pace = 0;                        // stages per week at scale_hours
  };

  struct Values {  // per unit of own list value; powers are precomputed for a week
    std::array<double, stages + 1> factor{}, factor_eps{};  // (gain * pace)^(1/(1-eps)), ^eps
  };

  double exponent() const { return 1.0 / (1.0 - elasticity); }

  // Called once for each fresh opportunity: its size in SA5's power.
  void weigh(Opportunities& opportunities, Opportunities::Id row, std::int64_t size) const {
    const double value = static_cast<double>(size);
    opportunities.weight[row] = sim::exp(exponent() * sim::log(value));  // cheaper than pow
    opportunities.weight_eps[row] = opportunities.weight[row] / value;  // eps/(1-eps) = 1/(1-eps)-1
  }

  Values values(const Prospects& prospects) const {
    Values values;
    for (std::size_t s = 0; s <= stages; ++s) {
      const double pace = prospects.gain[s] * prospects.pace;
      values.factor[s] = sim::pow(pace, exponent());
      values.factor_eps[s] = pace > 0 ? values.factor[s] / pace : 0;
    }
    return values;
  }

  void operator()(Reps& reps, Opportunities& opportunities,
                  const sim::Groups<Opportunities, Reps>& books, const AccountExecutive& executive,
                  const PartnerSeller& seller, double reseller_discount, const Prospects& prospects,
                  const RolePayroll& executives, const RolePayroll& sellers,
                  const sim::Step& step) const {
    const Values stage = values(prospects);
    const sim::Date today = step.calendar().date(step.week(), 0);
    // Most sellers are at the base rate of their plan.
    const double usual_power = own_bag_power(seller, seller.base_rate, stage);
    step.each(reps, [&](Reps::Id rep) {
      const bool direct = reps.role[rep] == Role::account_executive;
      const double rate =
          (direct ? executives : sellers).expected_rate(reps.payee[rep], today, booking_cv);
      const double pay = direct ? rate : rate * reseller_discount;
      const double own_power =
          direct || rate == seller.base_rate ? usual_power : own_bag_power(seller, rate, stage);
      const Work work = split(reps, rep, books[rep], opportunities, stage, pay,
                              direct ? 0 : static_cast<std::size_t>(seller.own_opportunities),
                              own_power, direct ? executive.ramp_weeks : 0,
                              direct ? executive.hours : seller.hours, step.week());
      reps.hours_left[rep] = work.unused;
      reps.own_bag_hours[rep] = work.own_bag;
    });
  }

 private:
  struct Work {
    double unused = 0, own_bag = 0;
  };
  struct Item {
    double worth, sum;  // sum: of it and all better ones
    double pay_eps;     // of pay x knowledge, as weight_eps is of size
    std::uint32_t row;  // none for an opportunity of the own bag
    sim::Key key;
  };
  static constexpr std::uint32_t own = 0xffffffffu;

  // SA5's power of one own-bag opportunity, taken at the first stage. Its margin is paid at the
  // rate the seller's plan is expected to pay on the next unit of margin, as the vendor's is.
  double own_bag_power(const PartnerSeller& seller, double rate, const Values& stage) const {
    const double value = static_cast<double>(seller.own_deal.minor) * seller.own_margin * rate;
    return sim::pow(value, exponent()) * stage.factor[0];
  }

  Work split(const Reps& reps, Reps::Id rep, std::span<const Opportunities::Id> book,
             Opportunities& opportunities, const Values& stage, double pay, std::size_t own_items,
             double own_power, double ramp_weeks, double full_hours, int week) const {
    const double hours = full_hours * ramp(week - reps.start_week[rep], ramp_weeks);
    double expected = -1, pay_power = 0, pay_eps = 0;  // most know all products alike
    static thread_local std::vector<Item> items;
    items.clear();
    for (const Opportunities::Id row : book) {
      if (const double v = pay * reps.knows(rep, opportunities.product[row]); v != expected) {
        expected = v;
        pay_power = sim::pow(v, exponent());
        pay_eps = v > 0 ? pay_power / v : 0;
      }
      const double worth =
          opportunities.weight[row] * stage.factor[opportunities.stage[row]] * pay_power;
      items.push_back({worth, 0, pay_eps, row.index(), opportunities.key(row)});
      opportunities.push[row] = 0;
    }
    for (std::size_t i = 0; i < own_items; ++i) items.push_back({own_power, 0, 0, own, {i}});
    const auto better = [](const Item& a, const Item& b) {
      return a.worth != b.worth ? a.worth > b.worth : a.key < b.key;
    };
    if (touch_hours > 0) std::sort(items.begin(), items.end(), better);  // else all are touched
    const std::size_t most = touchable(hours, items.size());
    return assign(items, best_number(items, hours, most), hours, opportunities, stage);
  }

  static double ramp(int weeks_at_work, double ramp_weeks) {
    if (weeks_at_work < 0) return 0;
    if (ramp_weeks <= 0) return 1;
    return std::min(1.0, (weeks_at_work + 1) / ramp_weeks);
  }

  std::size_t touchable(double hours, std::size_t items) const {
    if (touch_hours <= 0) return items;
    return std::min(items, static_cast<std::size_t>(std::ceil(hours / touch_hours)));
  }

  // n that maximises eps log(H - n touch) + (1-eps) log S_n, the sum of the n best. Both terms are
  // concave in n, so the gain of one more falls and bisection finds where it turns negative.
  std::size_t best_number(std::vector<Item>& items, double hours, std::size_t most) const {
    double sum = 0;
    for (std::size_t i = 0; i < most; ++i) items[i].sum = sum += items[i].worth;
    while (most > 0 && (items[most - 1].worth <= 0 || left_after(hours, most) <= 0)) --most;
    if (touch_hours <= 0 || most <= 1) return most;
    std::size_t low = 1, high = most;
    while (low < high) {
      const std::size_t n = (low + high) / 2;
      const double gain = elasticity * sim::log(left_after(hours, n + 1) / left_after(hours, n)) +
                          (1 - elasticity) * sim::log(items[n].sum / items[n - 1].sum);
      if (gain > 0)
        low = n + 1;
      else
        high = n;
    }
    return low;
  }

  double left_after(double hours, std::size_t touched) const {
    return hours - static_cast<double>(touched) * touch_hours;
  }

  Work assign(const std::vector<Item>& items, std::size_t touched, double hours,
              Opportunities& opportunities, const Values& stage) const {
    if (touched == 0) return {hours, 0};
    const double sum = items[touched - 1].sum;
    const double left = hours - static_cast<double>(touched) * touch_hours;
    const double scale = sim::pow(left / (sum * scale_hours), elasticity);
    Work work;
    for (std::size_t i = 0; i < touched; ++i) {
      const double share = left * items[i].worth / sum;
      if (items[i].row == own) {
        work.own_bag += share + touch_hours;
        continue;
      }
      const Opportunities::Id row(items[i].row);
      opportunities.push[row] = scale * items[i].pay_eps * opportunities.weight_eps[row] *
                                stage.factor_eps[opportunities.stage[row]];
      opportunities.hours[row] += share + touch_hours;
    }
    return work;
  }
};

}  // namespace ecosystem
