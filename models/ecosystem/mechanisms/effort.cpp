// SPDX-License-Identifier: Apache-2.0
#include "models/ecosystem/mechanisms/effort.h"

#include <algorithm>
#include <cmath>

#include "sim/math.h"

namespace ecosystem {
namespace {

constexpr std::uint32_t own = 0xffffffffu;

struct Item {
  double worth, sum;  // SA5's power of what it pays; sum: of it and all better ones
  std::uint32_t row;  // `own` for an opportunity of the own bag
  sim::Key key;
};

struct Hours {
  double unused = 0, own_bag = 0, own_push = 0, value = 0;
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

double left_after(const Effort& about, double hours, std::size_t touched) {
  return hours - static_cast<double>(touched) * about.touch_hours;
}

// n that maximises eps log(H - n touch) + (1-eps) log S_n, the sum of the n best. Both terms are
// concave in n, so the gain of one more falls and bisection finds where it turns negative.
std::size_t best_number(const Effort& about, const std::vector<Item>& items, double hours) {
  std::size_t most = items.size();
  if (about.touch_hours > 0)
    most = std::min(most, static_cast<std::size_t>(std::ceil(hours / about.touch_hours)));
  while (most > 0 && (items[most - 1].worth <= 0 || left_after(about, hours, most) <= 0)) --most;
  if (about.touch_hours <= 0 || most <= 1) return most;
  std::size_t low = 1, high = most;
  while (low < high) {
    const std::size_t n = (low + high) / 2;
    const double gain =
        about.elasticity * sim::log(left_after(about, hours, n + 1) / left_after(about, hours, n)) +
        (1 - about.elasticity) * sim::log(items[n].sum / items[n - 1].sum);
    if (gain > 0)
      low = n + 1;
    else
      high = n;
  }
  return low;
}

// Pay of a week of `left` hours on opportunities whose powers sum to `sum`, and what the last hour
// of them adds [minor units].
double value_of_last_hour(const Effort& about, double sum, double left) {
  return about.elasticity *
         sim::exp((1 - about.elasticity) * sim::log(sum) + (about.elasticity - 1) * sim::log(left) -
                  about.elasticity * sim::log(about.scale_hours));
}

// A week's hours, and what they earn beyond their cost.
struct Supply {
  double hours = 0, net = 0;
};

// Hours that pay for themselves if the n best are touched: the value of the last one meets its cost
// k (h / H)^g.
Supply supply_for(const Effort& about, const std::vector<Item>& items, std::size_t n,
                  double hours) {
  const double cost = static_cast<double>(about.hour_cost.minor), power = about.hour_cost_power;
  const double sum = items[n - 1].sum, touches = static_cast<double>(n) * about.touch_hours;
  const auto price = [&](double h) {
    return power == 1 ? cost * h / hours : cost * sim::pow(h / hours, power);
  };
  double low = touches, high = hours;
  if (high <= low) return {0, -cost * hours};
  if (value_of_last_hour(about, sum, high - touches) < cost)
    for (int i = 0; i < 24; ++i) {
      const double middle = 0.5 * (low + high);
      (value_of_last_hour(about, sum, middle - touches) > price(middle) ? low : high) = middle;
    }
  const double left = high - touches;
  return {high, value_of_last_hour(about, sum, left) * left / about.elasticity -
                    price(high) * high / (power + 1)};
}

// The best number to touch and hours to work: fewer hours touch fewer opportunities, and who
// touches one pays for that first. No hour if none pays.
double hours_supplied(const Effort& about, const std::vector<Item>& items, double hours) {
  std::size_t n = best_number(about, items, hours);
  if (n == 0) return 0;
  Supply best = supply_for(about, items, n, hours);
  n = std::max<std::size_t>(1, best_number(about, items, best.hours));
  best = supply_for(about, items, n, hours);
  for (const int step : {-1, 1})
    for (std::size_t next = n; (step > 0 ? next < items.size() : next > 1);) {
      next += static_cast<std::size_t>(step);
      const Supply other = supply_for(about, items, next, hours);
      if (other.net <= best.net) break;
      best = other;
    }
  return best.net > 0 ? best.hours : 0;
}

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
    static thread_local Pay pay;
    static thread_local std::vector<Item> items;
    foresee(rep, pay);
    collect(book, pay, items);
    if (about_.touch_hours > 0) std::sort(items.begin(), items.end(), better);  // else all touched
    double sum = 0;
    for (Item& item : items) item.sum = sum += item.worth;
    const double ramped = job_.hours * ramp(step_.week() - reps_.start_week[rep], job_.ramp_weeks);
    const double full = std::max(0.0, ramped - reps_.hours_owed[rep]);
    const double hours = about_.hour_cost.minor > 0 ? hours_supplied(about_, items, full) : full;
    const Hours spent = assign(pay, items, best_number(about_, items, hours), hours);
    reps_.hours_owed[rep] = std::max(0.0, reps_.hours_owed[rep] - ramped);
    reps_.hours_given[rep] = full;
    reps_.hours_left[rep] = spent.unused + full - hours;
    reps_.own_bag_hours[rep] = spent.own_bag;
    reps_.own_push[rep] = spent.own_push;
    reps_.hour_value[rep] = spent.value;
  }

 private:
  static bool better(const Item& a, const Item& b) {
    return a.worth != b.worth ? a.worth > b.worth : a.key < b.key;
  }

  void foresee(Reps::Id rep, Pay& pay) const {
    job_.foresight.deals(reps_, rep, step_, pay.deal);
    pay.plain = job_.foresight.in_proportion();
    for (std::size_t k = 0; k < job_.foresight.products(); ++k) {
      compensation::Outlook& deal = pay.deal[k];
      if (k < job_.foresight.own_product()) {
        deal.per_unit *= reps_.knowledge[rep];
        deal.per_deal *= reps_.knowledge[rep];
      }
      pay.plain = pay.plain && deal.per_deal == 0;
      if (k > 0 && deal.per_unit == pay.deal[k - 1].per_unit) {
        pay.power[k] = pay.power[k - 1];
        pay.power_eps[k] = pay.power_eps[k - 1];
        continue;
      }
      pay.power[k] = sim::pow(deal.per_unit, about_.exponent());
      pay.power_eps[k] = deal.per_unit > 0 ? pay.power[k] / deal.per_unit : 0;
    }
  }

  void collect(std::span<const Opportunities::Id> book, const Pay& pay,
               std::vector<Item>& items) const {
    items.clear();
    for (const Opportunities::Id row : book) {
      const std::size_t k = opportunities_.product[row].index();
      const std::uint8_t stage = opportunities_.stage[row];
      const double worth = pay.plain
                               ? opportunities_.weight[row] * stage_.factor[stage] * pay.power[k]
                               : power_of(deal_worth(pay.deal[k], row) * stage_.value[stage] *
                                          job_.foresight.noise(opportunities_, row, step_));
      items.push_back({worth, 0, row.index(), opportunities_.key(row)});
      opportunities_.push[row] = 0;
    }
    if (job_.own_items == 0) return;
    const std::size_t last = job_.foresight.own_product();
    const double worth =
        pay.plain ? power_of(job_.own_deal) * stage_.factor[0] * pay.power[last]
                  : power_of(job_.foresight.worth(pay.deal[last], job_.own_deal) * stage_.value[0]);
    for (std::size_t i = 0; i < job_.own_items; ++i) items.push_back({worth, 0, own, {i}});
  }

  double deal_worth(const compensation::Outlook& deal, Opportunities::Id row) const {
    const std::int64_t list = needs_.value[opportunities_.need[row]];
    return job_.foresight.worth(deal, static_cast<double>(list));
  }
  double power_of(double x) const { return x > 0 ? sim::exp(about_.exponent() * sim::log(x)) : 0; }

  Hours assign(const Pay& pay, const std::vector<Item>& items, std::size_t touched,
               double hours) const {
    if (touched == 0) return {hours, 0, 0, 0};
    const double sum = items[touched - 1].sum, left = left_after(about_, hours, touched);
    const double scale = sim::pow(left / (sum * about_.scale_hours), about_.elasticity);
    Hours spent;
    double push_of_own = -1;  // all alike
    if (about_.hour_cost.minor > 0 || job_.foresight.of_partner())
      spent.value = value_of_last_hour(about_, sum, left);
    for (std::size_t i = 0; i < touched; ++i) {
      const Item& item = items[i];
      const double share = left * item.worth / sum;
      if (item.row == own) {
        spent.own_bag += share + about_.touch_hours;
        if (push_of_own < 0) push_of_own = scale * sim::pow(item.worth, about_.elasticity);
        spent.own_push += push_of_own;
        continue;
      }
      const Opportunities::Id row(item.row);
      const std::size_t k = opportunities_.product[row].index();
      opportunities_.push[row] =
          scale * (pay.plain ? pay.power_eps[k] * opportunities_.weight_eps[row] *
                                   stage_.factor_eps[opportunities_.stage[row]]
                             : sim::pow(item.worth, about_.elasticity));
      opportunities_.hours[row] += share + about_.touch_hours;
    }
    return spent;
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
    (reps.role[rep] == Role::account_executive ? executives : sellers).spend(rep, books[rep]);
  });
}

}  // namespace ecosystem
