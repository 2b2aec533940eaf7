// SPDX-License-Identifier: Apache-2.0
#pragma once
// How many hours a rep works this week and on what.
//
// Item j pays v_j h^eps for h hours beyond the `touch_hours` that it costs before any hour counts.
// The best split of given hours is SA5's, h_j ~ v_j^(1/(1-eps)), over the n best items, where n
// maximises (hours - n touch)^eps S_n^(1-eps), S_n the sum of the powers of the n best
// (feasibility.md, findings 1 and 2). With a response of 1 all hours go to the best item (SA4).
//
// Hours may have a price of their own: with H hours at most, a rep who works h gives up
// k H / (1 + g) (h / H)^(1 + g), k what the H-th hour costs; without touch the best is
// h = (eps S^(1-eps) H^g / k)^(1/(1-eps+g)), at most H. No price: all H hours, if anything pays.

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <span>
#include <vector>

#include "sim/math.h"

namespace planning {

struct Response {
  double elasticity = 0.34;                                 // eps, in (0, 1]
  double touch_hours = 0;                                   // >= 0
  double exponent() const { return 1 / (1 - elasticity); }  // of values; eps < 1
};

struct HourPrice {
  double last = 0;       // k: of the last hour of all, unit of value; 0: hours are free
  double curvature = 1;  // g >= 0: how much dearer than the first
};

struct Supply {
  double hours = 0;         // all, touch included
  double productive = 0;    // hours - touched x touch_hours
  std::size_t touched = 0;  // the so many best items
};

// The best number of items and hours, eps < 1. sums[n - 1] = S_n: sums of v^(1/(1-eps)), best item
// first, of items worth something.
class HourSupply {
 public:
  HourSupply(const Response& response, const HourPrice& price, double most_hours)
      : response_(response), price_(price), most_(most_hours) {}

  Supply operator()(std::span<const double> sums) const {
    std::size_t n = most_touched(sums.size());
    if (n == 0) return {};
    n = best_number(sums, most_, n);
    if (price_.last <= 0) return at(n, most_);
    if (response_.touch_hours <= 0) return at(n, closed_form(sums[n - 1]));
    return priced(sums, n);
  }

 private:
  Supply at(std::size_t n, double hours) const { return {hours, left(hours, n), n}; }
  double left(double hours, std::size_t n) const {
    return hours - static_cast<double>(n) * response_.touch_hours;
  }
  // So many leave an hour that counts.
  std::size_t most_touched(std::size_t items) const {
    if (!(most_ > 0)) return 0;
    if (response_.touch_hours <= 0) return items;
    const double room = std::ceil(most_ / response_.touch_hours);
    std::size_t n = room < static_cast<double>(items) ? static_cast<std::size_t>(room) : items;
    while (n > 0 && left(most_, n) <= 0) --n;
    return n;
  }

  // Of one item more than n, in logs of eps log(hours - n touch) + (1-eps) log S_n. Both terms are
  // concave in n: the gain falls.
  double gain(std::span<const double> sums, double hours, std::size_t n) const {
    return response_.elasticity * sim::log(left(hours, n + 1) / left(hours, n)) +
           (1 - response_.elasticity) * sim::log(sums[n] / sums[n - 1]);
  }
  // n in [1, most] where it turns negative, by bisection; `most` leave an hour that counts.
  std::size_t best_number(std::span<const double> sums, double hours, std::size_t most) const {
    if (response_.touch_hours <= 0) return most;
    std::size_t low = 1, high = most;
    while (low < high) {
      const std::size_t n = (low + high) / 2;
      if (gain(sums, hours, n) > 0)
        low = n + 1;
      else
        high = n;
    }
    return low;
  }

  // log(eps S^(1-eps) H^g / k)
  double log_scale(double sum) const {
    return sim::log(response_.elasticity / price_.last) +
           (1 - response_.elasticity) * sim::log(sum) + price_.curvature * sim::log(most_);
  }
  double closed_form(double sum) const {
    const double power = 1 - response_.elasticity + price_.curvature;
    return std::min(most_, sim::exp(log_scale(sum) / power));
  }

  // With touch and price. More hours make more items worth while and the reverse, so going down
  // from the most of both ends at or above the best pair; from there one item less at a time, as
  // long as that pays (the value of the best hours is concave in n, with 0 at n = 0).
  Supply priced(std::span<const double> sums, std::size_t n) const {
    Try best = best_hours(sums[n - 1], n, most_);
    while (best.hours < most_ && n > 1 && gain(sums, best.hours, n - 1) <= 0) {
      --n;
      best = best_hours(sums[n - 1], n, best.hours);
    }
    while (n > 1) {
      const Try less = best_hours(sums[n - 2], n - 1, best.hours);
      if (less.value < best.value) break;
      --n;
      best = less;
    }
    return best.value > 0 ? at(n, best.hours) : Supply{};
  }

  struct Try {
    double hours, value;
  };
  // Where an hour's value is its price, or `from`, if it is worth more there. By Newton in
  // y = log(productive hours): log value less log price is concave in y and falls, so that steps go
  // down to the root and never below.
  Try best_hours(double sum, std::size_t n, double from) const {
    const double eps = response_.elasticity, g = price_.curvature;
    const double touched = static_cast<double>(n) * response_.touch_hours, scale = log_scale(sum);
    double all = from, productive = from - touched, y = sim::log(productive);
    for (int i = 0; i < 60; ++i) {
      const double over = scale - (1 - eps) * y - g * sim::log(all);
      if (over >= 0) break;
      const double step = over / (1 - eps + g * productive / all);
      y += step;
      productive = sim::exp(y);
      all = std::min(from, productive + touched);
      if (step > -1e-9) break;  // the next would be of 1e-18
    }
    const double pay = sim::exp(eps * y + (1 - eps) * sim::log(sum));
    // Inside, the price of the last hour is its value, eps x pay / productive.
    const double last = all < most_ ? eps * pay / productive : price_.last;
    return {all, pay - last * all / (1 + g)};
  }

  Response response_;
  HourPrice price_;
  double most_;
};

// Splits a week's hours; keep one per thread, it allocates only when it meets more items than ever.
class HourSplit {
 public:
  // values[j] = v_j, what one hour beyond the touch brings (any unit, that of the price; <= 0:
  // nothing); hours[j]: what item j gets, touch included. Of equal values the earlier is first.
  Supply operator()(std::span<const double> values, double most_hours, const Response& response,
                    const HourPrice& price, std::span<double> hours) {
    const double best = values.empty() ? 0 : *std::max_element(values.begin(), values.end());
    if (!(best > 0)) {
      std::fill(hours.begin(), hours.end(), 0.0);
      return {};
    }
    const HourPrice relative{price.last / best, price.curvature};  // values in those of the best
    if (response.elasticity >= 1)
      return all_on_best(values, best, most_hours, response.touch_hours, relative, hours);
    powers_.resize(values.size());
    for (std::size_t j = 0; j < values.size(); ++j) powers_[j] = std::max(0.0, values[j] / best);
    sim::pow(powers_, response.exponent(), powers_);
    return of_powers(powers_, most_hours, response, relative, hours);
  }

  // The same from powers[j] = v_j^(1/(1-eps)) for those who have them (eps < 1): no pow.
  Supply of_powers(std::span<const double> powers, double most_hours, const Response& response,
                   const HourPrice& price, std::span<double> hours) {
    std::fill(hours.begin(), hours.end(), 0.0);
    items_.clear();
    for (std::size_t j = 0; j < powers.size(); ++j)
      if (powers[j] > 0) items_.push_back({powers[j], static_cast<std::uint32_t>(j)});
    if (response.touch_hours > 0) std::sort(items_.begin(), items_.end(), better);
    sums_.clear();
    double sum = 0;
    for (const Item& item : items_) sums_.push_back(sum += item.power);
    const Supply supply = HourSupply(response, price, most_hours)(sums_);
    if (supply.touched == 0) return supply;
    const double share = supply.productive / sums_[supply.touched - 1];
    for (std::size_t i = 0; i < supply.touched; ++i)
      hours[items_[i].number] = response.touch_hours + share * items_[i].power;
    return supply;
  }

 private:
  struct Item {
    double power;
    std::uint32_t number;
  };
  static bool better(const Item& a, const Item& b) {
    return a.power != b.power ? a.power > b.power : a.number < b.number;
  }

  // A response of 1 (SA4). Without touch, equally good items share; else the first takes all.
  static Supply all_on_best(std::span<const double> values, double best, double most, double touch,
                            const HourPrice& price, std::span<double> hours) {
    std::fill(hours.begin(), hours.end(), 0.0);
    if (!(most > 0)) return {};
    const double g = price.curvature;
    double all = most;  // an hour brings 1
    if (price.last > 0 && g > 0)
      all = std::min(most, most * sim::exp(-sim::log(price.last) / g));
    else if (price.last > 1)
      all = 0;
    const double cost = price.last > 0 && all > 0
                            ? price.last * most / (1 + g) * sim::exp((1 + g) * sim::log(all / most))
                            : 0;
    if (all <= touch || all - touch <= cost) return {};
    auto sharing = static_cast<std::size_t>(std::count(values.begin(), values.end(), best));
    if (touch > 0) sharing = 1;
    std::size_t given = 0;
    for (std::size_t j = 0; j < values.size() && given < sharing; ++j)
      if (values[j] == best) {
        hours[j] = all / static_cast<double>(sharing);
        ++given;
      }
    return {all, all - touch, sharing};
  }

  std::vector<Item> items_;
  std::vector<double> powers_, sums_;
};

}  // namespace planning
