// SPDX-License-Identifier: Apache-2.0
#include "models/ecosystem/mechanisms/effort.h"

#include <algorithm>
#include <vector>

#include "models/planning/split.h"
#include "sim/math.h"

namespace ecosystem {
namespace {

constexpr std::uint32_t own = 0xffffffffu;

struct Item {
  double worth;  // SA5's power of what it pays
  sim::Key key;
  std::uint32_t row;  // `own` for an opportunity of the own bag
};

struct Hours {
  double own_bag = 0, own_push = 0, value = 0;
};

// (gain x pace)^(1/(1-eps)) by stage, and the same to the power eps.
struct StagePowers {
  std::array<double, stages + 1> factor{}, factor_eps{}, value{};
};

// What a deal of each product is expected to pay one rep, and its part per unit of list price in
// SA5's power.
struct Pay {
  DealPay deal{};
  std::array<double, most_products + 1> power{}, power_eps{};
  bool plain = true;  // in proportion to the price, whatever the deal
};

double ramp(int weeks_at_work, double ramp_weeks) {
  if (weeks_at_work < 0) return 0;
  if (ramp_weeks <= 0) return 1;
  return std::min(1.0, (weeks_at_work + 1) / ramp_weeks);
}

// What the last of `left` productive hours adds [minor units], the powers of its items being `sum`.
double value_of_last_hour(const Effort& about, double sum, double left) {
  return about.elasticity *
         sim::exp((1 - about.elasticity) * sim::log(sum) + (about.elasticity - 1) * sim::log(left) -
                  about.elasticity * sim::log(about.scale_hours));
}

// What a thread needs for one rep's week; it grows to the largest book there is.
struct Scratch {
  Pay pay;
  std::vector<Item> items, ordered;
  std::vector<double> sums, values;
};

class Week {
 public:
  Week(const Effort& about, const Effort::Job& job, const StagePowers& stage, const Needs& needs,
       Reps& reps, Opportunities& opportunities, const sim::Step& step)
      : about_(about),
        job_(job),
        stage_(stage),
        needs_(needs),
        reps_(reps),
        opportunities_(opportunities),
        step_(step) {}

  void spend(Reps::Id rep, std::span<const Opportunities::Id> book) const {
    static thread_local Scratch at;
    foresee(rep, at.pay);
    collect(book, at.pay, job_.own_deal * (1 + reps_.bag_premium[rep]), at);
    if (about_.touch_hours > 0) best_first(at);  // else all are touched
    at.sums.clear();
    double sum = 0;
    for (const Item& item : at.items) at.sums.push_back(sum += item.worth);
    const double ramped = job_.hours * ramp(step_.week() - reps_.start_week[rep], job_.ramp_weeks);
    const double full = std::max(0.0, ramped - reps_.hours_owed[rep]);
    // The library's response counts hours in units of 1, ours of h0: so does the price of one.
    const double price = about_.hour_cost.minor > 0
                             ? static_cast<double>(about_.hour_cost.minor) *
                                   sim::exp(about_.elasticity * sim::log(about_.scale_hours))
                             : 0;
    const planning::HourSupply best({about_.elasticity, about_.touch_hours},
                                    {price, about_.hour_cost_power}, full);
    const planning::Supply supply = best(at.sums);
    const Hours spent = assign(at, supply);
    reps_.hours_owed[rep] = std::max(0.0, reps_.hours_owed[rep] - ramped);
    reps_.hours_given[rep] = full;
    reps_.hours_left[rep] = full - supply.hours;
    reps_.own_bag_hours[rep] = spent.own_bag;
    reps_.own_push[rep] = spent.own_push;
    reps_.hour_value[rep] = spent.value;
  }

 private:
  // By counting who is better than each, in single precision: four at a time and no branch to
  // guess. Who is alike in it is left to a sort.
  static void best_first(Scratch& at) {
    constexpr std::size_t most = 64, lanes = 4;
    const std::size_t n = at.items.size();
    if (n > most) return std::sort(at.items.begin(), at.items.end(), better);
    alignas(16) float worth[most];
    const std::size_t padded = (n + lanes - 1) / lanes * lanes;
    for (std::size_t i = 0; i < n; ++i) worth[i] = static_cast<float>(at.items[i].worth);
    for (std::size_t i = n; i < padded; ++i) worth[i] = 0;
    at.ordered.resize(n);
    std::size_t all = 0;
    for (std::size_t i = 0; i < n; ++i) {
      const float mine = worth[i];
      std::int32_t rank = 0;
      for (std::size_t j = 0; j < padded; ++j) rank += worth[j] > mine;
      all += static_cast<std::size_t>(rank);
      at.ordered[static_cast<std::size_t>(rank)] = at.items[i];
    }
    if (2 * all == n * (n - 1))
      at.items.swap(at.ordered);
    else
      std::sort(at.items.begin(), at.items.end(), better);
  }
  static bool better(const Item& a, const Item& b) {
    return a.worth != b.worth ? a.worth > b.worth : a.key < b.key;
  }

  void foresee(Reps::Id rep, Pay& pay) const {
    job_.foresight.deals(reps_, rep, step_, pay.deal);
    pay.plain = job_.foresight.in_proportion();
    for (std::size_t k = 0; k < job_.foresight.products(); ++k) {
      compensation::Outlook& deal = pay.deal[k];
      if (k < job_.foresight.own_product()) {
        const double knows = reps_.knows(rep, Products::Id(k));
        deal.per_unit *= knows;
        deal.per_deal *= knows;
      }
      pay.plain = pay.plain && deal.per_deal == 0;
      if (k > 0 && deal.per_unit == pay.deal[k - 1].per_unit) {
        pay.power[k] = pay.power[k - 1];
        pay.power_eps[k] = pay.power_eps[k - 1];
        continue;
      }
      pay.power[k] = power_of(deal.per_unit);
      pay.power_eps[k] = deal.per_unit > 0 ? pay.power[k] / deal.per_unit : 0;
    }
  }

  void collect(std::span<const Opportunities::Id> book, const Pay& pay, double own_deal,
               Scratch& at) const {
    at.items.clear();
    for (const Opportunities::Id row : book) opportunities_.push[row] = 0;
    if (pay.plain)
      collect_plain(book, pay, at);
    else
      collect_any(book, pay, at);
    if (job_.own_items == 0) return;
    const std::size_t last = job_.foresight.own_product();
    const double worth =
        pay.plain ? power_of(own_deal) * stage_.factor[0] * pay.power[last]
                  : power_of(job_.foresight.worth(pay.deal[last], own_deal) * stage_.value[0]);
    if (worth <= 0) return;
    for (std::size_t i = 0; i < job_.own_items; ++i) at.items.push_back({worth, {i}, own});
  }

  // Pay in proportion to the price: its power is a product of powers, known beforehand.
  void collect_plain(std::span<const Opportunities::Id> book, const Pay& pay, Scratch& at) const {
    for (const Opportunities::Id row : book) {
      const std::size_t k = opportunities_.product[row].index();
      double worth =
          opportunities_.weight[row] * stage_.factor[opportunities_.stage[row]] * pay.power[k];
      // With the vendor's people in it a deal is worth what they know of the product.
      if (opportunities_.joint[row] > 0 && worth > 0)
        worth *= power_of(opportunities_.joint[row] / knows(row));
      if (opportunities_.pay_change[row] != 0)
        worth *= power_of(1 + opportunities_.pay_change[row]);
      if (worth > 0) at.items.push_back({worth, opportunities_.key(row), row.index()});
    }
  }

  // Any pay: the powers of the whole book at once.
  void collect_any(std::span<const Opportunities::Id> book, const Pay& pay, Scratch& at) const {
    at.values.clear();
    for (const Opportunities::Id row : book) {
      double value = deal_worth(pay.deal[opportunities_.product[row].index()], row) *
                     stage_.value[opportunities_.stage[row]] *
                     job_.foresight.noise(opportunities_, row, step_);
      if (opportunities_.joint[row] > 0 && value > 0)
        value *= opportunities_.joint[row] / knows(row);
      value *= 1 + opportunities_.pay_change[row];
      if (value <= 0) continue;
      at.items.push_back({0, opportunities_.key(row), row.index()});
      at.values.push_back(value);
    }
    sim::log(at.values, at.values);
    for (double& value : at.values) value *= about_.exponent();
    sim::exp(at.values, at.values);
    for (std::size_t i = 0; i < at.items.size(); ++i) at.items[i].worth = at.values[i];
  }

  double knows(Opportunities::Id row) const {
    return reps_.knows(opportunities_.rep[row], opportunities_.product[row]);
  }
  double deal_worth(const compensation::Outlook& deal, Opportunities::Id row) const {
    const std::int64_t list = needs_.value[opportunities_.need[row]];
    return job_.foresight.worth(deal, static_cast<double>(list));
  }
  double power_of(double x) const { return x > 0 ? sim::exp(about_.exponent() * sim::log(x)) : 0; }

  Hours assign(Scratch& at, const planning::Supply& supply) const {
    if (supply.touched == 0) return {};
    const double sum = at.sums[supply.touched - 1], left = supply.productive;
    const double scale = sim::exp(about_.elasticity * sim::log(left / (sum * about_.scale_hours)));
    Hours spent;
    if (about_.hour_cost.minor > 0 || job_.foresight.of_partner())
      spent.value = value_of_last_hour(about_, sum, left);
    const std::span<const Item> touched(at.items.data(), supply.touched);
    if (!at.pay.plain) pushes_of(touched, at.values);
    double push_of_own = -1;  // all alike
    for (std::size_t i = 0; i < touched.size(); ++i) {
      const Item& item = touched[i];
      const double hours = left * item.worth / sum + about_.touch_hours;
      if (item.row == own) {
        spent.own_bag += hours;
        if (push_of_own < 0) push_of_own = scale * sim::pow(item.worth, about_.elasticity);
        spent.own_push += push_of_own;
        continue;
      }
      const Opportunities::Id row(item.row);
      opportunities_.push[row] = scale * (at.pay.plain ? plain_push(at.pay, item) : at.values[i]);
      opportunities_.hours[row] += hours;
    }
    return spent;
  }

  // worth^eps, from powers known beforehand.
  double plain_push(const Pay& pay, const Item& item) const {
    const Opportunities::Id row(item.row);
    if (opportunities_.joint[row] > 0 || opportunities_.pay_change[row] != 0)
      return sim::pow(item.worth, about_.elasticity);
    return pay.power_eps[opportunities_.product[row].index()] * opportunities_.weight_eps[row] *
           stage_.factor_eps[opportunities_.stage[row]];
  }
  void pushes_of(std::span<const Item> touched, std::vector<double>& pushes) const {
    pushes.resize(touched.size());
    for (std::size_t i = 0; i < touched.size(); ++i) pushes[i] = touched[i].worth;
    sim::log(pushes, pushes);
    for (double& push : pushes) push *= about_.elasticity;
    sim::exp(pushes, pushes);
  }

  const Effort& about_;
  const Effort::Job& job_;
  const StagePowers& stage_;
  const Needs& needs_;
  Reps& reps_;
  Opportunities& opportunities_;
  const sim::Step& step_;
};

}  // namespace

void Effort::weigh(Opportunities& opportunities, Opportunities::Id row, std::int64_t size) const {
  const double value = static_cast<double>(size);
  opportunities.weight[row] = sim::exp(exponent() * sim::log(value));  // cheaper than pow
  opportunities.weight_eps[row] = opportunities.weight[row] / value;   // eps/(1-eps) = 1/(1-eps)-1
}

void Effort::operator()(Reps& reps, Opportunities& opportunities,
                        const sim::Groups<Opportunities, Reps>& books, const Needs& needs,
                        const Prospects& prospects, const ByRole<Job>& jobs,
                        const sim::Step& step) const {
  StagePowers stage;
  for (std::size_t s = 0; s <= stages; ++s) {
    stage.value[s] = prospects.gain[s] * prospects.pace;
    stage.factor[s] = sim::pow(stage.value[s], exponent());
    stage.factor_eps[s] = stage.value[s] > 0 ? stage.factor[s] / stage.value[s] : 0;
  }
  const Week executives(*this, jobs.executives, stage, needs, reps, opportunities, step);
  const Week sellers(*this, jobs.sellers, stage, needs, reps, opportunities, step);
  step.each(reps, [&](Reps::Id rep) {
    if (reps.role[rep] == Role::storefront) return;
    (reps.role[rep] == Role::account_executive ? executives : sellers).spend(rep, books[rep]);
  });
}

}  // namespace ecosystem
